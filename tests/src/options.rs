//! What users decide about generated types: other libraries for dates, types of their own for formats and names.
//!
//! Each choice is made for the case with all formats, and for the bookstore where there is time, and what comes of it
//! compiles.

use std::{fs, path::Path};

use specsmith::{
    Aliases, Config, Dates, ExternType, HmacEncoding, HmacHash, HmacSignature, Kind, SignatureScheme, TypeOptions,
    WebhookName, WebhookOptions,
};

use crate::{case::Case, cases, compile, corpus};

/// The choices by name.
fn choices() -> Vec<(&'static str, TypeOptions)> {
    let dates = |dates| TypeOptions {
        dates,
        ..TypeOptions::default()
    };
    vec![
        ("jiff", dates(Dates::Jiff)),
        ("time", dates(Dates::Time)),
        ("text", dates(Dates::Text)),
        ("formats", formats()),
        ("newtypes", newtypes()),
    ]
}

/// A type of another crate, one of std and one of Rust's own.
fn formats() -> TypeOptions {
    let mut options = TypeOptions::default();
    let jiff = "{ version = \"0.2\", default-features = false, features = [\"serde\", \"std\"] }";
    let chosen = [
        (
            "duration",
            ExternType::new("jiff::SignedDuration").dependency("jiff", jiff),
        ),
        ("unix-time", ExternType::new("std::num::NonZeroI64")),
        ("uri", ExternType::new("String")),
        ("uuid", ExternType::new("std::string::String")),
        ("date", ExternType::new("jiff::civil::Date").dependency("jiff", jiff)),
    ];
    for (format, ty) in chosen {
        options.formats.insert(format.to_owned(), ty);
    }
    options
}

fn newtypes() -> TypeOptions {
    TypeOptions {
        aliases: Aliases::Newtype,
        ..TypeOptions::default()
    }
}

fn documents() -> [Case; 2] {
    [
        Case::file("formats", "tests/cases/ok/formats.yaml"),
        Case::file("bookstore", "examples/bookstore/openapi.yaml"),
    ]
}

fn config(case: &Case, choice: &str, options: &TypeOptions, out: &Path) -> Config {
    let mut case = case.clone();
    case.name = format!("{}_{choice}", case.name);
    cases::config(&case, out).type_options(options.clone())
}

/// The files of the client for the case with all formats, one after the other, without those of the runtime.
fn client(choice: &str) -> String {
    let [formats, _] = documents();
    let (_, options) = choices()
        .into_iter()
        .find(|(name, _)| *name == choice)
        .expect("a choice");
    let outcome = specsmith::render(&config(&formats, choice, &options, Path::new("out"))).expect("a client");
    let output = outcome.outputs.iter().find(|output| output.kind == Kind::Client);
    let tree = &output.expect("a client").result;
    let own = tree.iter().filter(|(path, _)| !path.starts_with("src/runtime/"));
    own.map(|(_, text)| text).collect()
}

fn assert_has(choice: &str, parts: &[&str]) {
    let text = client(choice);
    for part in parts {
        assert!(text.contains(part), "{choice}: no {part:?} in\n{text}");
    }
}

#[test]
fn dates_are_of_the_library_that_is_chosen() {
    assert_has(
        "jiff",
        &[
            "\njiff = { version = \"0.2\", default-features = false, features = [\"serde\", \"std\"] }\n",
            "use crate::runtime::codec::jiff_dates::DateTime;\n",
            "    pub at: DateTime,\n",
            "    pub day: Option<jiff::civil::Date>,\n",
            "    pub fn since(mut self, since: DateTime) -> Self {\n",
        ],
    );
    assert_has(
        "time",
        &[
            "\ntime = { version = \"0.3\", default-features = false, features = [\"formatting\", \"parsing\", \"serde-human-readable\"] }\n",
            "    pub at: DateTime,\n",
            "    pub day: Option<time::Date>,\n",
        ],
    );
    assert_has("text", &["    /// Format: `date-time`.\n", "    pub at: String,\n"]);
    for choice in ["jiff", "time", "text"] {
        assert!(!client(choice).contains("chrono"), "{choice}");
    }
}

#[test]
fn formats_are_of_the_types_that_are_chosen() {
    assert_has(
        "formats",
        &[
            "\njiff = { version = \"0.2\", default-features = false, features = [\"serde\", \"std\"] }\n",
            "    pub duration: Option<jiff::SignedDuration>,\n",
            "    pub unix_time: Option<std::num::NonZeroI64>,\n",
            "    pub link: Option<String>,\n",
            "    pub id: String,\n",
        ],
    );
}

#[test]
fn named_scalars_lists_and_maps_are_types_of_their_own_where_that_is_chosen() {
    assert_has(
        "newtypes",
        &[
            "pub struct Isbn(pub String);\ncodec!(newtype Isbn(String) text);\n",
            "pub struct Edition(pub i32);\ncodec!(newtype Edition(i32) parsed);\n",
            "pub struct Tags(pub Vec<String>);\ncodec!(newtype Tags(Vec<String>));\n",
            "pub struct Shelf(pub BTreeMap<String, Isbn>);\ncodec!(newtype Shelf(BTreeMap<String, Isbn>));\n",
            ", isbn: &Isbn) -> Request<GetValues> {\n",
            "    pub fn edition(mut self, edition: Edition) -> Self {\n",
            "    pub fn tags(mut self, tags: &Tags) -> Self {\n",
            "impl From<Isbn> for BookIdentifiers {\n",
            "rules!(newtype Isbn {\n    0: max_length(13),\n});\n",
            "    isbn: \"isbn\" nested,\n",
        ],
    );
}

/// The bookstore with all choices, and all cases with types of their own, are for `SPECSMITH_FULL`.
#[test]
fn every_choice_compiles() {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("options");
    let mut members = Vec::new();
    for (choice, options) in choices() {
        let [formats, bookstore] = documents();
        let bookstore = (corpus::is_full() || choice == "newtypes").then_some(bookstore);
        for case in [formats].into_iter().chain(bookstore) {
            let config = config(&case, choice, &options, &dir);
            let outcome = specsmith::generate(&config).unwrap_or_else(|error| panic!("{choice}: {error}"));
            let packages = outcome.outputs.iter().filter(|output| output.kind != Kind::Docs);
            members.extend(packages.map(|output| output.dir.strip_prefix(&dir).expect("below").display().to_string()));
        }
    }
    // These have named scalars, lists and maps, in parameters, bodies and each other.
    let cases = ["components", "recursion", "maps", "arrays", "parameters", "nullable"];
    let number = if corpus::is_full() { cases.len() } else { 2 };
    for name in cases.into_iter().take(number) {
        let case = Case::file(name, &format!("tests/cases/ok/{name}.yaml"));
        let outcome = specsmith::generate(&config(&case, "newtypes", &newtypes(), &dir)).expect("packages");
        let packages = outcome.outputs.iter().filter(|output| output.kind != Kind::Docs);
        members.extend(packages.map(|output| output.dir.strip_prefix(&dir).expect("below").display().to_string()));
    }
    compile::check(&dir, &members);
}

/// What users say about webhooks, and what the module of the client then has.
fn webhooks() -> [(&'static str, WebhookOptions, &'static str); 3] {
    let hmac = HmacSignature {
        header: "X-Signature".to_owned(),
        hash: HmacHash::Sha512,
        encoding: HmacEncoding::Base64,
        prefix: "v0=".to_owned(),
    };
    let options = |name, signature| WebhookOptions {
        name: Some(name),
        signature: Some(signature),
    };
    let header = WebhookName::Header("X-Name".to_owned());
    let member = || WebhookName::Member("/event/type".to_owned());
    [
        (
            "header",
            options(header, SignatureScheme::Standard),
            "webhook::SignatureScheme::STANDARD",
        ),
        (
            "member",
            options(member(), SignatureScheme::Timestamped("X-Signature".to_owned())),
            "webhook::SignatureScheme::timestamped(\"X-Signature\")",
        ),
        (
            "hmac",
            options(member(), SignatureScheme::Hmac(hmac)),
            "webhook::SignatureScheme::hmac(\"X-Signature\", webhook::SignatureHash::Sha512).base64().prefix(\"v0=\")",
        ),
    ]
}

#[test]
fn webhooks_are_told_apart_and_signed_as_the_user_says() {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("webhooks");
    let mut members = Vec::new();
    for (choice, webhooks, scheme) in webhooks() {
        let options = TypeOptions {
            webhooks,
            ..TypeOptions::default()
        };
        let case = Case::file("webhook_headers", "tests/cases/ok/webhook_headers.yaml");
        let outcome = specsmith::generate(&config(&case, choice, &options, &dir)).expect("packages");
        let output = outcome.outputs.iter().find(|output| output.kind == Kind::Client);
        let client = &output.expect("a client").dir;
        let text = fs::read_to_string(client.join("src/webhooks.rs")).expect("a module");
        let flat = text.split_whitespace().collect::<String>();
        for part in [scheme, "Some(\"push\") => push(body).map(Self::Push)"] {
            let part = part.split_whitespace().collect::<String>();
            assert!(flat.contains(&part), "{choice}: no {part:?} in\n{text}");
        }
        members.push(client.strip_prefix(&dir).expect("below").display().to_string());
    }
    compile::check(&dir, &members);
    let features = [
        "clippy",
        "--workspace",
        "--no-default-features",
        "--features=webhooks",
        "--quiet",
    ];
    compile::run(&dir, &features);
}
