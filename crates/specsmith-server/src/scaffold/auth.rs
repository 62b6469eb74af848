//! The authenticator as it begins: each scheme refuses everybody.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span};
use quote::quote;
use specsmith_rust::model::Scheme;
use specsmith_rust::{Prose, RustFile};

use super::Scene;
use super::interface::{Interface, Member};
use crate::auth::{self, Auth};

/// The file of the authenticator.
pub(super) const FILE: &str = "src/auth.rs";

/// The trait of the authenticator.
const NAME: &str = "Authenticate";

/// What the trait of the authenticator wants.
pub(super) fn of(scene: &Scene<'_>, auth: &Auth<'_>) -> Interface {
    let scene = &scene.within(BTreeSet::new());
    let import = scene.import(&["crate", "runtime", "server"], &format!("{NAME} as {NAME}"));
    let name = Ident::new(NAME, Span::call_site());
    let mut interface = Interface::new(scene, (NAME, &name), import, FILE.to_owned());
    interface.docs(
        "Who calls, by the security schemes of the document.\n\n\
         Every function says whom a credential stands for. Until they are written, they refuse everybody: their\n\
         operations are answered with 401.",
    );
    for scheme in auth.schemes() {
        interface.want(principal(scheme));
    }
    for scheme in auth.schemes() {
        interface.want(function(scene, scheme));
    }
    interface
}

/// The type of whom a scheme lets through.
fn principal(scheme: &Scheme) -> Member {
    let name = &scheme.principal;
    Member {
        name: name.unraw().to_owned(),
        imports: Vec::new(),
        tokens: quote!(type #name = String;),
    }
}

fn function(scene: &Scene<'_>, scheme: &Scheme) -> Member {
    let mut file = RustFile::new();
    let mut import = |name: &str| scene.names.runtime(&mut file, name);
    let (context, denied) = (import("AuthContext"), import("Denied"));
    let credential = auth::argument(scheme).map(|(name, ty)| {
        let (name, ty) = (name.to_string(), import(&ty.to_string()));
        let name = Ident::new(&format!("_{name}"), Span::call_site());
        quote!(#name: #ty,)
    });
    let (name, principal) = (&scheme.function, &scheme.principal);
    let found = match scheme.is_scoped {
        true => {
            let granted = import("Granted");
            quote!(#granted<Self::#principal>)
        }
        false => quote!(Self::#principal),
    };
    let docs = format!(" Whom {} stands for.", Prose::code(&scheme.wire));
    Member {
        name: name.unraw().to_owned(),
        imports: scene.imports(&file),
        tokens: quote! {
            #[doc = #docs]
            async fn #name(&self, #credential _cx: #context<'_>) -> Result<#found, #denied> {
                Err(#denied::Invalid)
            }
        },
    }
}
