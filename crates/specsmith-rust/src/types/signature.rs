//! How requests that the API sends are signed, as an expression of the runtime.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::{HmacEncoding, HmacHash, SignatureScheme};

/// The scheme that the user names, as an expression; `runtime` is the module that has its types.
pub fn signature_scheme(scheme: &SignatureScheme, runtime: &TokenStream) -> TokenStream {
    let scheme = match scheme {
        SignatureScheme::Standard => quote!(STANDARD),
        SignatureScheme::Timestamped(header) => quote!(timestamped(#header)),
        SignatureScheme::Hmac(hmac) => {
            let header = &hmac.header;
            let hash = match hmac.hash {
                HmacHash::Sha1 => quote!(Sha1),
                HmacHash::Sha256 => quote!(Sha256),
                HmacHash::Sha512 => quote!(Sha512),
            };
            let encoding = (hmac.encoding == HmacEncoding::Base64).then(|| quote!(.base64()));
            let prefix = (!hmac.prefix.is_empty()).then(|| {
                let prefix = Literal::string(&hmac.prefix);
                quote!(.prefix(#prefix))
            });
            quote!(hmac(#header, #runtime::SignatureHash::#hash)#encoding #prefix)
        }
    };
    quote!(#runtime::SignatureScheme::#scheme)
}
