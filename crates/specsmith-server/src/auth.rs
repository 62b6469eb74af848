//! Who may call: the trait that says whom credentials stand for, and the functions that ask it for an operation.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use specsmith_ir::{ParameterIn, RequiredScheme, SchemeId, SecurityRequirement};
use specsmith_rust::model::{Caller, Operation, Scheme, SchemeKind};
use specsmith_rust::{Model, Prose, RustFile};

use crate::names::Names;

/// The schemes and callers of operations that requests reach; there is none where all operations are for everybody.
pub(crate) struct Auth<'m> {
    model: &'m Model,
    schemes: Vec<&'m Scheme>,
    callers: Vec<&'m Caller>,
}

impl<'m> Auth<'m> {
    pub(crate) fn new(model: &'m Model) -> Option<Self> {
        let used: BTreeSet<_> = model
            .operations()
            .filter_map(|(_, operation)| operation.caller)
            .collect();
        let callers: Vec<_> = (0..)
            .zip(&model.callers)
            .filter(|(id, _)| used.contains(&specsmith_rust::model::CallerId(*id)))
            .map(|(_, caller)| caller)
            .collect();
        let ids: BTreeSet<_> = callers
            .iter()
            .flat_map(|caller| &caller.ways)
            .flat_map(|way| &way.schemes)
            .collect();
        let schemes = model.schemes.iter().filter(|scheme| ids.contains(&scheme.source));
        let auth = Self {
            model,
            schemes: schemes.collect(),
            callers,
        };
        (!auth.callers.is_empty()).then_some(auth)
    }

    /// Whether a scheme is like this.
    pub(crate) fn has(&self, wanted: impl Fn(&Scheme) -> bool) -> bool {
        self.schemes.iter().any(|scheme| wanted(scheme))
    }

    /// The schemes, in the order of the document.
    pub(crate) fn schemes(&self) -> &[&'m Scheme] {
        &self.schemes
    }

    /// What of the runtime users need.
    pub(crate) fn exports(&self) -> Vec<&'static str> {
        exports(&self.schemes)
    }

    /// Renders `src/auth.rs`.
    pub(crate) fn render(&self) -> RustFile {
        let mut file = RustFile::new();
        let mut docs = Prose::new();
        docs.own("Who may call, by the security schemes of the document.");
        file.doc(&docs);
        file.use_(quote!(crate::runtime::server::{Gate, Problem, Request, Scheme, Security}));
        for name in self.exports() {
            let name = Ident::new(name, Span::call_site());
            file.use_(quote!(crate::runtime::server::#name));
        }
        self.interface(&mut file);
        let mut names = BTreeSet::new();
        for caller in &self.callers {
            if caller.name.as_ref().is_some_and(|name| names.insert(name)) {
                self.ways(&mut file, caller);
            }
        }
        self.table(&mut file);
        for scheme in &self.schemes {
            check(&mut file, scheme);
        }
        for caller in &self.callers {
            self.authorize(&mut file, caller);
        }
        file
    }

    /// The trait.
    fn interface(&self, file: &mut RustFile) {
        let types = self.schemes.iter().map(|scheme| {
            let docs = format!(" Whom {} lets through.", Prose::code(&scheme.wire));
            let name = &scheme.principal;
            quote!(#[doc = #docs] type #name: Send + Sync;)
        });
        let functions = self.schemes.iter().map(|scheme| function(scheme));
        file.item(quote! {
            /// Says whom credentials stand for, by the security schemes of the document.
            ///
            /// The server finds the credentials of a request, asks for the schemes that its operation requires, and
            /// answers `401` or `403` itself. Handlers get the caller by `caller` of their context.
            pub trait Authenticate: Send + Sync + 'static {
                #(#types)*
                #(#functions)*
            }
        });
    }

    /// The enum of those who come by one of several ways.
    fn ways(&self, file: &mut RustFile, caller: &Caller) {
        let Some(name) = &caller.name else { return };
        let parameters = principals(self.model, caller);
        let variants = caller.ways.iter().map(|way| {
            let (variant, schemes) = (&way.variant, schemes_of(self.model, &way.schemes));
            let docs = format!(" By {}.", listed(&schemes, "and"));
            let principals = schemes.iter().map(|scheme| &scheme.principal);
            quote!(#[doc = #docs] #variant(#(#principals),*),)
        });
        let all: Vec<_> = caller
            .ways
            .iter()
            .map(|way| schemes_of(self.model, &way.schemes))
            .collect();
        let all: Vec<_> = all.iter().map(|way| listed(way, "and")).collect();
        let docs = format!(" Who has come by {}.", all.join(", or by "));
        file.item(quote! {
            #[doc = #docs]
            #[derive(Debug, Clone, PartialEq, Eq)]
            pub enum #name<#(#parameters),*> { #(#variants)* }
        });
    }

    /// The table of the schemes.
    fn table(&self, file: &mut RustFile) {
        let realm = &self.model.title;
        let schemes = self.schemes.iter().map(|scheme| entry(scheme));
        file.item(quote! {
            static SECURITY: Security = Security {
                realm: #realm,
                schemes: &[#(#schemes),*],
            };
        });
    }

    /// The function that says who calls an operation.
    fn authorize(&self, file: &mut RustFile, caller: &Caller) {
        let ways = caller.ways.iter().map(|way| {
            let schemes = schemes_of(self.model, &way.schemes);
            let wires = schemes.iter().map(|scheme| &scheme.wire);
            let wires = quote!(&[#(#wires),*]);
            let checks = schemes.iter().map(|scheme| {
                let (local, check) = (local(scheme), check_name(scheme));
                quote!(&& let Some(#local) = #check(auth, &mut gate).await)
            });
            let locals: Vec<_> = schemes.iter().map(|scheme| local(scheme)).collect();
            let suffices = schemes
                .iter()
                .any(|scheme| scheme.is_scoped)
                .then(|| quote!(&& gate.suffices(#wires)));
            let found = match (&caller.name, locals.as_slice()) {
                (Some(name), locals) => {
                    let variant = &way.variant;
                    quote!(#name::#variant(#(#locals),*))
                }
                (None, [local]) => quote!(#local),
                (None, locals) => quote!((#(#locals),*)),
            };
            let found = match caller.is_optional {
                true => quote!(Some(#found)),
                false => found,
            };
            quote!(if gate.tries(#wires) #(#checks)* #suffices { return Ok(#found); })
        });
        let end = match caller.is_optional {
            true => quote!(gate.everybody().map(|()| None)),
            false => quote!(Err(gate.refusal())),
        };
        let enum_name = caller
            .name
            .as_ref()
            .map(|name| Ident::new(name.as_str(), Span::call_site()));
        let ty = caller_type(self.model, caller, enum_name.as_ref(), &quote!(A));
        let name = &caller.function;
        file.item(quote! {
            pub(crate) async fn #name<A: Authenticate>(auth: &A, request: &mut Request) -> Result<#ty, Problem> {
                let mut gate = Gate::new(request, &SECURITY);
                #(#ways)*
                #end
            }
        });
    }
}

/// What of the runtime authenticators for schemes need.
pub(crate) fn exports(schemes: &[&Scheme]) -> Vec<&'static str> {
    let has = |wanted: fn(&Scheme) -> bool| schemes.iter().any(|scheme| wanted(scheme));
    let all = [
        ("AuthContext", true),
        ("BasicCredentials", has(|scheme| scheme.kind == SchemeKind::Basic)),
        ("ClientCertificate", has(|scheme| scheme.kind == SchemeKind::MutualTls)),
        ("Credential", has(sends_text)),
        ("Denied", true),
        ("Granted", has(|scheme| scheme.is_scoped)),
    ];
    let needed = all.into_iter().filter(|(_, is_needed)| *is_needed);
    needed.map(|(name, _)| name).collect()
}

/// The type of the context of an operation, in the trait of its group.
pub(crate) fn context(file: &mut RustFile, model: &Model, names: &Names, operation: &Operation) -> TokenStream {
    let context = names.runtime(file, "Context");
    let Some(caller) = model.caller(operation) else {
        return quote!(#context);
    };
    let name = caller.name.as_ref();
    let local = name.map(|name| names.import(file, "crate::auth", name.as_str()));
    let ty = caller_type(model, caller, local.as_ref(), &quote!(Self));
    quote!(#context<#ty>)
}

/// The type of a caller: the enum has this name, and the principals are types of `of`.
pub(crate) fn caller_type(model: &Model, caller: &Caller, name: Option<&Ident>, of: &TokenStream) -> TokenStream {
    let principals = principals(model, caller).into_iter();
    let principals: Vec<_> = principals.map(|principal| quote!(#of::#principal)).collect();
    let ty = match (name, principals.as_slice()) {
        (Some(name), principals) => quote!(#name<#(#principals),*>),
        (None, [principal]) => quote!(#principal),
        (None, principals) => quote!((#(#principals),*)),
    };
    match caller.is_optional {
        true => quote!(Option<#ty>),
        false => ty,
    }
}

/// The types of principals that a caller has, each once.
fn principals<'m>(model: &'m Model, caller: &Caller) -> Vec<&'m specsmith_rust::Ident> {
    let mut found = Vec::new();
    for scheme in caller.ways.iter().flat_map(|way| schemes_of(model, &way.schemes)) {
        if !found.contains(&&scheme.principal) {
            found.push(&scheme.principal);
        }
    }
    found
}

fn schemes_of<'m>(model: &'m Model, ids: &[SchemeId]) -> Vec<&'m Scheme> {
    ids.iter().filter_map(|id| model.scheme(*id)).collect()
}

/// The function of a scheme in the trait.
fn function(scheme: &Scheme) -> TokenStream {
    let mut docs = Prose::new();
    let name = Prose::code(&scheme.wire);
    docs.own(&match &scheme.kind {
        SchemeKind::ApiKey { place, name: key } => {
            format!("Who has sent this key for {name}, in the {place} {}.", Prose::code(key))
        }
        SchemeKind::Basic => format!("Who has sent this user name and password for {name}."),
        SchemeKind::Bearer => format!("Who has sent this bearer token for {name}."),
        SchemeKind::Http { scheme } => {
            format!(
                "Who has sent this for {name}, in `Authorization` after {}.",
                Prose::code(scheme)
            )
        }
        SchemeKind::MutualTls => format!("Who has this certificate, for {name}."),
        SchemeKind::Unknown => {
            format!("Who has sent this request, for {name}: the document does not say how it works.")
        }
    });
    docs.append(&scheme.docs);
    let (docs, function, principal) = (docs.attributes(), &scheme.function, &scheme.principal);
    let credential = argument(scheme).map(|(name, ty)| quote!(#name: #ty,));
    let found = match scheme.is_scoped {
        true => quote!(Granted<Self::#principal>),
        false => quote!(Self::#principal),
    };
    quote! {
        #docs
        fn #function(&self, #credential cx: AuthContext<'_>) -> impl Future<Output = Result<#found, Denied>> + Send;
    }
}

/// The argument that the credential of a scheme is.
pub(crate) fn argument(scheme: &Scheme) -> Option<(TokenStream, TokenStream)> {
    match &scheme.kind {
        SchemeKind::ApiKey { .. } => Some((quote!(key), quote!(Credential))),
        SchemeKind::Bearer => Some((quote!(token), quote!(Credential))),
        SchemeKind::Http { .. } => Some((quote!(credential), quote!(Credential))),
        SchemeKind::Basic => Some((quote!(credentials), quote!(BasicCredentials))),
        SchemeKind::MutualTls => Some((quote!(certificate), quote!(ClientCertificate))),
        SchemeKind::Unknown => None,
    }
}

fn sends_text(scheme: &Scheme) -> bool {
    matches!(
        scheme.kind,
        SchemeKind::ApiKey { .. } | SchemeKind::Bearer | SchemeKind::Http { .. }
    )
}

/// The function that asks the trait for a scheme.
fn check(file: &mut RustFile, scheme: &Scheme) {
    let (name, function, principal) = (check_name(scheme), &scheme.function, &scheme.principal);
    let wire = &scheme.wire;
    let found = argument(scheme).map(|(argument, _)| {
        let get = match scheme.kind {
            SchemeKind::Basic => quote!(basic),
            SchemeKind::MutualTls => quote!(certificate),
            _ => quote!(credential),
        };
        (argument, get)
    });
    let pass = match scheme.is_scoped {
        true => quote!(pass_granted),
        false => quote!(pass),
    };
    let (get, asked) = match found {
        Some((argument, get)) => (
            quote!(let (#argument, cx) = gate.#get(#wire)?;),
            quote!(A::#function(auth, #argument, cx).await),
        ),
        None => (
            quote!(let cx = gate.context(#wire);),
            quote!(A::#function(auth, cx).await),
        ),
    };
    file.item(quote! {
        async fn #name<A: Authenticate>(auth: &A, gate: &mut Gate<'_>) -> Option<A::#principal> {
            #get
            gate.#pass(#wire, #asked)
        }
    });
}

/// The variable of whom a scheme lets through.
fn local(scheme: &Scheme) -> TokenStream {
    let name = scheme.function.unraw();
    match name {
        "auth" | "gate" => {
            let local = Ident::new(&format!("{name}_principal"), Span::call_site());
            quote!(#local)
        }
        _ => {
            let function = &scheme.function;
            quote!(#function)
        }
    }
}

/// The name of that function, which no caller's function has.
fn check_name(scheme: &Scheme) -> Ident {
    let name = scheme.function.unraw().to_string();
    // What would be a keyword that cannot be raw ends in an underscore.
    Ident::new(&format!("{}_passes", name.trim_end_matches('_')), Span::call_site())
}

/// A scheme, as the runtime has it.
fn entry(scheme: &Scheme) -> TokenStream {
    let name = &scheme.wire;
    match &scheme.kind {
        SchemeKind::ApiKey { place, name: key } => match place {
            ParameterIn::Query | ParameterIn::Querystring => quote!(Scheme::query(#name, #key)),
            ParameterIn::Cookie => quote!(Scheme::cookie(#name, #key)),
            ParameterIn::Header | ParameterIn::Path => quote!(Scheme::header(#name, #key)),
        },
        SchemeKind::Basic => quote!(Scheme::basic(#name)),
        SchemeKind::Bearer => quote!(Scheme::bearer(#name)),
        SchemeKind::Http { scheme } => quote!(Scheme::http(#name, #scheme)),
        SchemeKind::MutualTls => quote!(Scheme::mutual_tls(#name)),
        SchemeKind::Unknown => quote!(Scheme::unknown(#name)),
    }
}

/// The names of schemes in code, with a word before the last.
fn listed(schemes: &[&Scheme], word: &str) -> String {
    let names: Vec<_> = schemes.iter().map(|scheme| Prose::code(&scheme.wire)).collect();
    joined(&names, word)
}

fn joined(names: &[String], word: &str) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    }
}

/// What an operation needs, in a sentence; `None` where it is for everybody.
pub(crate) fn sentence(model: &Model, operation: &Operation) -> Option<String> {
    let caller = model.caller(operation)?;
    let one = |required: &RequiredScheme| {
        let name = Prose::code(&model.scheme(required.scheme)?.wire);
        let scopes: Vec<_> = required.scopes.iter().map(|scope| Prose::code(scope)).collect();
        Some(match scopes.is_empty() {
            true => name,
            false => format!("{name} with {}", joined(&scopes, "and")),
        })
    };
    let way = |way: &SecurityRequirement| {
        let schemes: Vec<_> = way.schemes.iter().filter_map(one).collect();
        (!schemes.is_empty()).then(|| joined(&schemes, "and"))
    };
    let ways: Vec<_> = operation.security.iter().filter_map(way).collect();
    let nobody = match caller.is_optional {
        true => ", or nothing",
        false => "",
    };
    Some(format!("Needs {}{nobody}.", ways.join(", or ")))
}
