//! The texts of the runtime's files, for generators to copy.

/// A part of the runtime that an API may or may not need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Reading and writing JSON objects; every generated crate needs it.
    Codec,
    /// Enums of values.
    Enums,
    /// Unions.
    Unions,
    /// Arrays whose first items have types of their own.
    Tuples,
    /// Reading what lacks required members.
    Lenient,
    /// Addresses.
    Uri,
    /// Text that is not shown.
    Secret,
    /// Base64 text.
    Base64,
    /// Base64 text in the alphabet for addresses; needs the part for base64 too.
    Base64Url,
    /// Dates and times with an offset, of the crate `jiff`.
    JiffDates,
    /// Dates and times with an offset, of the crate `time`.
    TimeDates,
    /// Rules of types, and validation; a feature `validate` turns it on unless [`ValidateAlways`](Self::ValidateAlways)
    /// is there.
    Validate,
    /// Validation without a feature.
    ValidateAlways,
    /// Patterns that run in linear time.
    Patterns,
    /// Patterns that look around or refer back.
    Backtracking,
    /// Rules of addresses.
    ValidateUri,
    /// Rules of text that is not shown.
    ValidateSecret,
    /// Rules of base64 text.
    ValidateBase64,
    /// Validation of requests.
    ServerValidate,
    /// Calls over HTTP.
    Client,
    /// Files as bodies of the client; multipart bodies need it too.
    ClientFile,
    /// Form bodies of the client.
    ClientForm,
    /// Typed headers of responses; the parts of client and server for them need it too.
    Headers,
    /// Typed headers of responses of the client.
    ClientHeaders,
    /// Server-sent events in responses.
    ClientEvents,
    /// JSON texts one after the other in responses.
    ClientRecords,
    /// Bodies of responses as they come.
    ClientDownload,
    /// Lines of JSON as bodies of the client.
    ClientLines,
    /// Multipart bodies of the client.
    ClientMultipart,
    /// Calls that responses lead to.
    ClientLinks,
    /// How requests that the API sends are signed; needs the part for base64 too.
    Signature,
    /// Requests that the API sends, for those who get them; needs the part for signatures too.
    ClientWebhooks,
    /// XML in such requests; needs the part for XML too.
    ClientWebhookXml,
    /// Requests that the API sends, for itself; needs the part for signatures too.
    ServerSender,
    /// Tokens of OAuth 2.0.
    OAuth,
    /// Codes of OAuth 2.0 that a user brings; needs the part for its tokens too.
    OAuthCode,
    /// Authorization on another device; needs the part for its tokens too.
    OAuthDevice,
    /// Routing and reading requests.
    Server,
    /// The document, for those who ask the server for it.
    ServerContract,
    /// Credentials of requests.
    ServerAuth,
    /// User names and passwords; needs the parts for credentials and for base64 too.
    ServerBasic,
    /// JSON Web Tokens, which a feature turns on; needs the part for credentials too.
    ServerJwt,
    /// Lines of JSON as bodies of the server.
    ServerLines,
    /// Validation of such lines.
    ServerLinesValidate,
    /// Responses of the server that are sent item by item; events and records need it.
    ServerStreams,
    /// Server-sent events as responses of the server.
    ServerEvents,
    /// JSON texts one after the other as responses of the server.
    ServerRecords,
    /// Lists that come in pages.
    ClientPages,
    /// Typed headers of responses of the server.
    ServerHeaders,
    /// Multipart bodies of the server.
    ServerMultipart,
    /// Requests read by a document that is known at run time, which generated code never needs.
    Interpreted,
    /// Multipart bodies of the server whose parts have types; needs the part for multipart bodies too.
    ServerFormData,
    /// Validation of such parts.
    ServerFormDataValidate,
    /// Values as XML.
    Xml,
    /// XML in requests and responses of the client; needs the part for XML too.
    ClientXml,
    /// XML in requests and responses of the server; needs the part for XML too.
    ServerXml,
}

/// A file, and the part for which it is copied.
struct File {
    part: Part,
    path: &'static str,
    text: &'static str,
}

macro_rules! files {
    ($($part:ident: $($path:literal)*;)*) => {
        &[$($(File { part: Part::$part, path: $path, text: include_str!($path) },)*)*]
    };
}

const FILES: &[File] = files! {
    Codec: "codec.rs" "codec/buffer.rs" "codec/json.rs" "codec/macros.rs" "codec/methods.rs" "codec/nullable.rs"
        "codec/numbers.rs" "codec/object.rs";
    Enums: "codec/enums.rs";
    Unions: "codec/reader.rs" "codec/union_macro.rs" "codec/unions.rs";
    Tuples: "codec/tuple.rs";
    Lenient: "codec/lenient.rs";
    Uri: "codec/uri.rs";
    Secret: "codec/secret.rs";
    Base64: "codec/base64.rs";
    Base64Url: "codec/base64_url.rs";
    Signature: "signature.rs";
    ServerSender: "server/sender.rs" "server/sender/address.rs" "server/sender/delivery.rs" "server/sender/error.rs"
        "server/sender/expression.rs" "server/sender/retry.rs" "server/sender/signer.rs" "server/sender/transport.rs";
    JiffDates: "codec/jiff_dates.rs";
    TimeDates: "codec/time_dates.rs";
    Validate: "codec/rule_macro.rs" "codec/validate.rs" "codec/validate/checker.rs" "codec/validate/decimal.rs"
        "codec/validate/limits.rs" "codec/validate/place.rs" "codec/validate/rule.rs" "codec/validate/value.rs"
        "codec/validate/view.rs" "codec/validate/violation.rs";
    Patterns: "codec/validate/pattern.rs";
    Backtracking: "codec/validate/backtracking.rs";
    ValidateUri: "codec/validate/uri.rs";
    ValidateSecret: "codec/validate/secret.rs";
    ValidateBase64: "codec/validate/base64.rs";
    ServerValidate: "server/check.rs";
    Client: "client.rs" "client/auth.rs" "client/authorize.rs" "client/blocking.rs" "client/body.rs" "client/builder.rs"
        "client/default_transport.rs" "client/error.rs" "client/limits.rs" "client/middleware.rs"
        "client/mock.rs" "client/mock/body.rs" "client/mock/recorder.rs" "client/mock/recording.rs"
        "client/mock/redaction.rs" "client/mock/replayer.rs" "client/mock/request.rs" "client/mock/response.rs"
        "client/mock/stub.rs"
        "client/open_response.rs" "client/operation.rs" "client/parts.rs" "client/prepare.rs" "client/random.rs"
        "client/rate_limit.rs" "client/request.rs" "client/response.rs" "client/retry.rs" "client/send.rs"
        "client/server.rs" "client/service.rs" "client/stream_error.rs" "client/style.rs" "client/timer.rs"
        "client/token.rs" "client/trace.rs"
        "client/transport.rs" "client/url.rs";
    ClientFile: "client/file.rs";
    ClientEvents: "client/events.rs" "client/events/parser.rs" "client/events/source.rs" "client/events/blocking.rs"
        "client/mock/events.rs";
    ClientRecords: "client/records.rs" "client/records/blocking.rs" "client/mock/records.rs";
    ClientDownload: "client/download.rs" "client/download/blocking.rs";
    ClientForm: "client/form.rs";
    Headers: "header.rs";
    ClientHeaders: "client/header.rs";
    ClientLines: "client/lines.rs";
    ClientMultipart: "client/multipart.rs";
    ClientLinks: "client/link.rs";
    ClientWebhooks: "client/webhook.rs" "client/webhook/receive.rs" "client/webhook/signature.rs";
    ClientWebhookXml: "client/webhook/xml.rs";
    OAuth: "client/oauth.rs" "client/oauth/cache.rs" "client/oauth/discovery.rs" "client/oauth/exchange.rs";
    OAuthCode: "client/oauth/code.rs";
    OAuthDevice: "client/oauth/device.rs";
    Server: "server.rs" "server/body.rs" "server/clock.rs" "server/context.rs" "server/fault.rs" "server/faults.rs" "server/gate.rs"
        "server/input.rs" "server/matcher.rs" "server/media_type.rs" "server/pairs.rs" "server/parameter.rs" "server/percent.rs"
        "server/problem.rs" "server/request.rs" "server/response.rs" "server/router.rs" "server/serve.rs" "server/table.rs" "server/template.rs" "server/text.rs"
        "server/tls.rs";
    Server: "server/compression.rs" "server/cors.rs" "server/layer.rs" "server/metrics.rs" "server/observe.rs"
        "server/rate_limit.rs" "server/redis.rs" "server/request_id.rs" "server/trace.rs";
    ServerContract: "server/contract.rs" "server/docs_ui.rs";
    ServerAuth: "server/auth.rs" "server/auth/challenge.rs" "server/auth/credential.rs" "server/auth/gate.rs"
        "server/auth/scheme.rs";
    ServerBasic: "server/basic.rs";
    ServerJwt: "server/jwt.rs";
    ServerLines: "server/lines.rs";
    ServerLinesValidate: "server/lines/check.rs";
    ServerStreams: "server/stream.rs";
    ServerEvents: "server/events.rs";
    ServerRecords: "server/records.rs";
    ClientPages: "client/pages.rs" "client/pages/link.rs" "client/pages/lookup.rs" "client/pages/walk.rs"
        "client/pages/blocking.rs";
    ServerHeaders: "server/header.rs";
    ServerMultipart: "server/multipart.rs";
    Interpreted: "server/interpret.rs";
    ServerFormData: "server/file_part.rs" "server/file_part/spool.rs" "server/form_data.rs" "server/part.rs";
    ServerFormDataValidate: "server/form_data/check.rs";
    Xml: "xml.rs" "xml/decode.rs" "xml/element.rs" "xml/encode.rs" "xml/error.rs" "xml/macros.rs" "xml/node.rs"
        "xml/parse.rs" "xml/print.rs";
    ClientXml: "client/xml.rs";
    ServerXml: "server/xml.rs";
};

/// The first lines of the root; what a document does not need stays unused.
const ROOT: &str = "\
// Generated by specsmith. Changes are lost when it is generated again.

//! What the generated code leans on.

#![allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = \"an API need not use all of it\"
)]

";

/// The files of these parts: paths below `src/runtime`, with a `mod.rs` that lists exactly the modules that are there.
///
/// Tests are left out, and so are modules of parts that were not asked for, with their re-exports.
pub fn files(parts: &[Part]) -> Vec<(String, String)> {
    let (chosen, absent): (Vec<&File>, Vec<&File>) =
        FILES.iter().partition(|file| parts.contains(&file.part));
    let mut files = vec![(
        "mod.rs".to_owned(),
        root("", chosen.iter().map(|file| file.path)),
    )];
    for file in &chosen {
        let mut text = without_tests(file.text);
        if let Some(folder) = file.path.strip_suffix(".rs") {
            let absent = absent.iter();
            for name in absent.filter_map(|file| module_in(folder, file.path)) {
                text = without_module(&text, name);
            }
        }
        if parts.contains(&Part::ValidateAlways) {
            text = without_feature(&text);
        }
        files.push((file.path.to_owned(), text));
    }
    files
}

/// The files of the runtime for a package and for the one that has its types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SplitFiles {
    /// The codec, as a package has it whose types others use: paths below its `src/runtime`.
    pub types: Vec<(String, String)>,
    /// All else, which has the codec from there: paths below the `src/runtime` of the package that uses the types.
    pub rest: Vec<(String, String)>,
}

/// The [`files`] of these parts, of which the codec is in another package; `library` is the name of its crate.
pub fn split_files(parts: &[Part], library: &str) -> SplitFiles {
    let is_codec = |(path, _): &(String, String)| path.starts_with("codec");
    let (types, rest): (Vec<_>, Vec<_>) = files(parts).into_iter().skip(1).partition(is_codec);
    let types = types
        .into_iter()
        .map(|(path, text)| (path, for_others(text)));
    let codec = format!("pub use {library}::runtime::codec;\n");
    SplitFiles {
        types: rooted("", types.collect()),
        rest: rooted(&codec, rest),
    }
}

/// Files with a root before them that begins with these lines.
fn rooted(lines: &str, files: Vec<(String, String)>) -> Vec<(String, String)> {
    let root = root(lines, files.iter().map(|(path, _)| path.as_str()));
    let root = ("mod.rs".to_owned(), root);
    std::iter::once(root).chain(files).collect()
}

/// The text of `mod.rs`: these lines, and the modules among these paths.
fn root<'a>(lines: &str, paths: impl Iterator<Item = &'a str>) -> String {
    let names =
        paths.filter_map(|path| path.strip_suffix(".rs").filter(|name| !name.contains('/')));
    let modules: String = names.map(|name| format!("pub mod {name};\n")).collect();
    format!("{ROOT}{lines}{modules}")
}

/// A text in which the macros are there for other crates, and so is what their own crate alone had.
///
/// A macro that is exported is at the root of its crate, and its module names it from there.
fn for_others(mut text: String) -> String {
    let exports = text
        .lines()
        .filter_map(|line| line.strip_prefix("pub(crate) use ")?.strip_suffix(';'));
    let macros: Vec<String> = exports
        .filter(|path| !path.contains("::"))
        .map(str::to_owned)
        .collect();
    for name in macros {
        let definition = format!("\nmacro_rules! {name} {{");
        let exported = format!("\n#[macro_export]\n#[doc(hidden)]{definition}");
        text = text.replace(&definition, &exported).replace(
            &format!("pub(crate) use {name};"),
            &format!("pub use crate::{name};"),
        );
    }
    text.replace("pub(crate) static", "#[doc(hidden)]\n        pub static")
        .replace("pub(crate) ", "pub ")
}

/// The name of the module that a path is directly below a folder.
fn module_in<'a>(folder: &str, path: &'a str) -> Option<&'a str> {
    let name = path
        .strip_prefix(folder)?
        .strip_prefix('/')?
        .strip_suffix(".rs")?;
    (!name.contains('/')).then_some(name)
}

/// A text without its test module, which is a line or goes on to the end, and without what only this crate decides.
fn without_tests(text: &str) -> String {
    const TESTS: &str = "#[cfg(test)]\nmod tests";
    let text = &text.replace("#[cfg(feature = \"code\")]\n", "");
    let Some((before, rest)) = text.split_once(TESTS) else {
        return text.to_owned();
    };
    let after = rest.strip_prefix(";\n").unwrap_or_default();
    format!("{}\n{}", before.trim_end(), after)
}

/// A text without the declaration of a module and what is imported from it.
fn without_module(text: &str, module: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Attributes and docs, until it is known whether what they are for stays.
    let mut held = String::new();
    let mut lines = text.split_inclusive('\n');
    while let Some(line) = lines.next() {
        if line.starts_with("#[") || line.starts_with("///") {
            held.push_str(line);
            continue;
        }
        let item = ["pub(crate) ", "pub(super) ", "pub "]
            .into_iter()
            .find_map(|visibility| line.strip_prefix(visibility))
            .unwrap_or(line);
        let declares = item
            .strip_prefix("mod ")
            .and_then(|rest| rest.split(';').next())
            == Some(module);
        let path = item
            .strip_prefix("use ")
            .map(|path| path.strip_prefix("self::").unwrap_or(path));
        let imports = path
            .and_then(|path| path.strip_prefix(module))
            .is_some_and(|rest| rest.starts_with("::"));
        let held = std::mem::take(&mut held);
        if !declares && !imports {
            out.push_str(&held);
            out.push_str(line);
        } else if imports && !line.trim_end().ends_with(';') {
            // The list of an import goes on until its semicolon.
            let _ = lines.find(|line| line.trim_end().ends_with(';'));
        }
    }
    out
}

/// A text in which validation is always on.
fn without_feature(text: &str) -> String {
    const ON: &str = "#[cfg(feature = \"validate\")]\n";
    const OFF: &str = "#[cfg(not(feature = \"validate\"))]\n";
    let mut out = String::with_capacity(text.len());
    // Items end with a blank line.
    for (index, item) in text.split("\n\n").enumerate() {
        if item.contains(OFF) {
            continue;
        }
        if index > 0 {
            out.push_str("\n\n");
        }
        out.push_str(&item.replace(ON, ""));
    }
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

    use super::*;

    #[test]
    fn only_the_modules_that_are_there_are_named() {
        let files = files(&[Part::Codec, Part::Uri]);
        let paths: Vec<_> = files.iter().map(|(path, _)| path.as_str()).collect();
        assert!(
            paths.contains(&"mod.rs")
                && paths.contains(&"codec/uri.rs")
                && !paths.contains(&"codec/enums.rs")
        );
        let (_, codec) = files
            .iter()
            .find(|(path, _)| path == "codec.rs")
            .expect("the root of the codec");
        for absent in ["enums", "unions", "base64", "read_text_enum", "tests"] {
            assert!(!codec.contains(absent), "{absent} in {codec}");
        }
        for present in [
            "mod uri;",
            "pub use self::uri::Uri;",
            "mod object;",
            "pub(crate) use self::macros::codec;",
        ] {
            assert!(codec.contains(present), "no {present} in {codec}");
        }
        assert!(files[0].1.ends_with("pub mod codec;\n"));
    }

    #[test]
    fn the_codec_can_be_in_another_package() {
        let SplitFiles { types, rest } =
            split_files(&[Part::Codec, Part::Validate, Part::Client], "books_types");
        let text = |files: &[(String, String)], path: &str| {
            let found = files.iter().find(|(found, _)| found == path);
            found.map(|(_, text)| text.clone()).unwrap_or_default()
        };
        let root = text(&rest, "mod.rs");
        assert!(
            root.ends_with("\npub use books_types::runtime::codec;\npub mod client;\n"),
            "{root}"
        );
        assert!(text(&types, "mod.rs").ends_with("\npub mod codec;\n"));
        assert!(rest.iter().all(|(path, _)| !path.starts_with("codec")));
        let rules = text(&types, "codec/rule_macro.rs");
        assert_eq!(
            rules
                .matches("#[macro_export]\n#[doc(hidden)]\nmacro_rules! rules {")
                .count(),
            2
        );
        assert!(rules.ends_with("\npub use crate::rules;\n"), "{rules}");
        // What a macro makes elsewhere is as visible as it is here.
        for (path, text) in &types {
            assert!(!text.contains("pub(crate)"), "{path}");
        }
    }

    #[test]
    fn every_file_of_the_crate_is_part_of_something() {
        let sources = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        for folder in ["codec", "client", "server", "xml"] {
            for entry in std::fs::read_dir(sources.join(folder)).expect("a folder of sources") {
                let name = entry
                    .expect("an entry")
                    .file_name()
                    .into_string()
                    .expect("a name");
                let path = format!("{folder}/{name}");
                assert!(
                    name == "tests.rs"
                        || !name.ends_with(".rs")
                        || FILES.iter().any(|file| file.path == path),
                    "{path} belongs to no part"
                );
            }
        }
    }
}
