//! The table of everything that a configuration file may say, from which its reference and its JSON Schema are made.

use std::fmt;

/// An option of a configuration file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConfigOption {
    /// The table that it stands in, such as `types`; empty at the top of the file.
    pub table: &'static str,
    /// Its key; `*` where users choose the keys.
    pub key: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// What it does, as Markdown.
    pub about: &'static str,
    /// An example, as TOML below the head of the table.
    pub example: &'static str,
}

/// What an option takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Takes {
    /// A path of a file, a folder or an address.
    Path,
    /// A list of paths, or one.
    Paths,
    /// Any text.
    Text,
    /// A name that Rust can have.
    Name,
    /// `true` or `false`.
    Flag,
    /// One of these texts.
    Choice(&'static [&'static str]),
    /// The name of a header.
    Header,
    /// A number of bytes, with a unit or without.
    Bytes,
    /// A whole number.
    Number,
    /// A list of selectors, or one.
    Selectors,
    /// A list of codes of diagnostics, or one.
    Codes,
    /// `true`, `false` or a list of names of schemas.
    Schemas,
    /// The paths of derive macros, or one.
    Derives,
    /// Attributes, or one.
    Attributes,
    /// The path of a Rust type, or a table with it and its dependency.
    ExternType,
    /// What cargo takes as a dependency.
    Dependency,
    /// A table that says how pages follow each other.
    Pages,
    /// A table that says when an operation goes away.
    Deprecation,
    /// A table that says where the name of a webhook is.
    WebhookName,
    /// How webhooks are signed.
    Signature,
    /// A table that says which program generates what.
    Generator,
}

impl fmt::Display for Takes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Takes::Path => "a path",
            Takes::Paths => "a path or a list of paths",
            Takes::Text => "text",
            Takes::Name => "a name",
            Takes::Flag => "`true` or `false`",
            Takes::Choice(texts) => return choice(f, texts),
            Takes::Header => "the name of a header",
            Takes::Bytes => "a number of bytes",
            Takes::Number => "a whole number",
            Takes::Selectors => "a selector or a list of selectors",
            Takes::Codes => "a code or a list of codes",
            Takes::Schemas => "`true`, `false` or a list of schema names",
            Takes::Derives => "a path, or a list of them",
            Takes::Attributes => "an attribute without `#[` and `]`, or a list of them",
            Takes::ExternType => "the path of a type, or a table with `type`",
            Takes::Dependency => "a version, or a table with the keys that cargo takes",
            Takes::Pages => "a table with `operations`, `style` and what the style needs",
            Takes::Deprecation => "a table with `since`, `sunset`, `link` or `sunset-link`",
            Takes::WebhookName => "a table with `header`, `member` or both",
            Takes::Signature => "`\"standard\"`, or a table with `header`",
            Takes::Generator => "a table with `command`, `dir` and `options`",
        })
    }
}

/// `"a"`, `"b"` or `"c"`.
fn choice(f: &mut fmt::Formatter<'_>, texts: &[&str]) -> fmt::Result {
    for (index, text) in texts.iter().enumerate() {
        let before = match index {
            0 => "",
            index if index + 1 == texts.len() => " or ",
            _ => ", ",
        };
        write!(f, "{before}`\"{text}\"`")?;
    }
    Ok(())
}

/// Everything that a configuration file may say, in the order of the reference.
pub fn config_options() -> &'static [ConfigOption] {
    OPTIONS
}

const OPTIONS: &[ConfigOption] = &[
    ConfigOption {
        table: "",
        key: "document",
        takes: Takes::Path,
        about: "The OpenAPI document, JSON or YAML.",
        example: r#"document = "openapi.yaml""#,
    },
    ConfigOption {
        table: "",
        key: "document-command",
        takes: Takes::Text,
        about: "A line for a shell that prints the document, for servers that make it from code; it runs in the folder of this\n\
                file. `generate` and `check` take what it prints instead of `document`, and compare that file with it. Build\n\
                scripts and other commands run nothing, and take `document`.",
        example: r#"document-command = "cargo run --quiet --bin openapi""#,
    },
    ConfigOption {
        table: "",
        key: "overlays",
        takes: Takes::Paths,
        about: "OpenAPI Overlays that are applied to the document first, in this order.",
        example: r#"overlays = ["fixes.overlay.yaml"]"#,
    },
    ConfigOption {
        table: "",
        key: "folders",
        takes: Takes::Paths,
        about: "Folders with files that the document may refer to, beside its own.",
        example: r#"folders = ["../common"]"#,
    },
    ConfigOption {
        table: "",
        key: "names-lock",
        takes: Takes::Path,
        about: "The file that remembers [names](../concepts/names.md#the-names-lock), for all outputs together; without this option\n\
                there is one in the folder of each package. Build scripts need it.",
        example: r#"names-lock = "names.lock.json""#,
    },
    ConfigOption {
        table: "operations",
        key: "include",
        takes: Takes::Selectors,
        about: "The operations that are generated, in all outputs; without it, all are. A selector is `tag:Books`, a path such as\n\
                `/books/**`, with a method such as `GET /books/*`, or an operationId; `*` is any text, and `**` any number of\n\
                segments. `tag:` takes the resource that operations without a tag are grouped by, too. Types, security schemes\n\
                and tags that nothing uses any more are left out. Names are those that everything has without a filter.",
        example: r#"include = ["tag:Books", "/authors/**"]"#,
    },
    ConfigOption {
        table: "operations",
        key: "exclude",
        takes: Takes::Selectors,
        about: "The operations that are not generated, of those that `include` selects.",
        example: r#"exclude = ["DELETE /**", "importBooks"]"#,
    },
    ConfigOption {
        table: "client",
        key: "dir",
        takes: Takes::Path,
        about: "The folder of the client package; needed where there is this table.",
        example: r#"dir = "crates/sdk""#,
    },
    ConfigOption {
        table: "client",
        key: "package",
        takes: Takes::Text,
        about: "The name of the package. Without it, the name is made from the folder.",
        example: r#"package = "bookstore""#,
    },
    ConfigOption {
        table: "client",
        key: "layout",
        takes: Takes::Choice(&["crate", "module", "split"]),
        about: "Whether a package is generated, a [module](../guides/module.md) of the crate that `dir` is in (`dir = \"src/api\"`\n\
                is the module `api`), or two packages, of which one has the [types](../concepts/large-documents.md#types-apart).\n\
                The default is `\"crate\"`.",
        example: r#"layout = "crate""#,
    },
    ConfigOption {
        table: "client",
        key: "group-features",
        takes: Takes::Flag,
        about: "Whether each group of calls is a feature of the package: `default-features = false, features = [\"books\"]` then\n\
                compiles just the calls of `books` and the types that they use. `full`, which is on by default, is all of them.\n\
                Without it there are no features for groups; the default is `false`.",
        example: "group-features = true",
    },
    ConfigOption {
        table: "client",
        key: "idempotency-header",
        takes: Takes::Header,
        about: "The header for [idempotency keys](../concepts/calls.md#retries), where the API has one that the document does not\n\
                name: calls that are not idempotent get a random key, so that they can be sent again.",
        example: r#"idempotency-header = "Idempotency-Key""#,
    },
    ConfigOption {
        table: "server",
        key: "dir",
        takes: Takes::Path,
        about: "The folder of the axum server package; needed where there is this table.",
        example: r#"dir = "crates/server""#,
    },
    ConfigOption {
        table: "server",
        key: "package",
        takes: Takes::Text,
        about: "The name of the package. Without it, the name is made from the folder.",
        example: r#"package = "bookstore-server""#,
    },
    ConfigOption {
        table: "server",
        key: "layout",
        takes: Takes::Choice(&["crate", "module", "split"]),
        about: "Whether a package is generated, a [module](../guides/module.md) of the crate that `dir` is in (`dir = \"src/api\"`\n\
                is the module `api`), or two packages, of which one has the [types](../concepts/large-documents.md#types-apart).\n\
                The default is `\"crate\"`.",
        example: r#"layout = "crate""#,
    },
    ConfigOption {
        table: "server",
        key: "base-path",
        takes: Takes::Path,
        about: "The path that the server serves everything below, `\"\"` for none. The default is that of the first server of\n\
                the document: `/v1` for `https://api.example.com/v1`.",
        example: r#"base-path = """#,
    },
    ConfigOption {
        table: "server",
        key: "contract",
        takes: Takes::Flag,
        about: "Whether the server serves the document, as `/openapi.json` and `/openapi.yaml`, and has a feature for a page\n\
                that shows it. The default is `true`.",
        example: "contract = false",
    },
    ConfigOption {
        table: "server",
        key: "body-limit",
        takes: Takes::Bytes,
        about: "How large the bodies of requests may be, as `\"8MiB\"`, `\"500kB\"` or `65536`; larger ones are answered with 413. Without it\n\
                they have at most 2 MiB, or what a layer of the program says.",
        example: r#"body-limit = "8MiB""#,
    },
    ConfigOption {
        table: "server.body-limits",
        key: "*",
        takes: Takes::Bytes,
        about: "The same for one operation, by its operationId, or like `\"PUT /books/{id}/cover\"`. `with_body_limits` of the program\n\
                counts before it.",
        example: "uploadCover = \"64MiB\"",
    },
    ConfigOption {
        table: "server.deprecations",
        key: "*",
        takes: Takes::Deprecation,
        about: "What responses of one operation say of its end, by its operationId, or like `\"GET /books\"`: `since` is the date of the\n\
                header `Deprecation` (RFC 9745), `sunset` that of `Sunset` (RFC 8594), and `link` and `sunset-link` are addresses of\n\
                pages about them. Dates are `2026-01-01`, or with a time as `2026-01-01T12:00:00Z`. It counts before what\n\
                [extensions of the document](../concepts/running-a-server.md#operations-that-go-away) say.",
        example: "listOld = { since = \"2026-01-01\", sunset = \"2027-01-01\", link = \"https://example.com/moving\" }",
    },
    ConfigOption {
        table: "docs",
        key: "dir",
        takes: Takes::Path,
        about: "The folder of the Markdown reference; needed where there is this table.",
        example: r#"dir = "docs/api""#,
    },
    ConfigOption {
        table: "docs",
        key: "layout",
        takes: Takes::Choice(&["tree", "book", "single"]),
        about: "Which files the [reference](../concepts/docs.md) has: a folder of pages that lead to each other, a book of mdBook, or\n\
                one page. The default is `\"tree\"`.",
        example: r#"layout = "book""#,
    },
    ConfigOption {
        table: "docs",
        key: "front-matter",
        takes: Takes::Choice(&["none", "docusaurus", "mkdocs"]),
        about: "What stands in front of each page, for the program that makes a site of them. The default is `\"none\"`.",
        example: r#"front-matter = "docusaurus""#,
    },
    ConfigOption {
        table: "docs",
        key: "diagrams",
        takes: Takes::Flag,
        about: "Whether there are diagrams, in Mermaid. Without it there are some but in books, since mdBook shows them as code.",
        example: "diagrams = false",
    },
    ConfigOption {
        table: "docs",
        key: "since",
        takes: Takes::Path,
        about: "An older document: the page of changes tells what is different from it.",
        example: r#"since = "openapi-1.1.yaml""#,
    },
    ConfigOption {
        table: "docs",
        key: "templates",
        takes: Takes::Path,
        about: "A folder with [templates](templates.md) that replace those of the same names.",
        example: r#"templates = "docs/templates""#,
    },
    ConfigOption {
        table: "types",
        key: "dir",
        takes: Takes::Path,
        about: "The folder of a package with the types and nothing else; without it there is none. The other options of this\n\
                table are about the types of all packages.",
        example: r#"dir = "crates/types""#,
    },
    ConfigOption {
        table: "types",
        key: "package",
        takes: Takes::Text,
        about: "The name of that package. Without it, the name is made from the folder.",
        example: r#"package = "bookstore-types""#,
    },
    ConfigOption {
        table: "types",
        key: "layout",
        takes: Takes::Choice(&["crate", "module"]),
        about: "Whether a package is generated, or a [module](../guides/module.md) of the\n\
                crate that `dir` is in: `dir = \"src/api\"` is the module `api`. The default is `\"crate\"`.",
        example: r#"layout = "crate""#,
    },
    ConfigOption {
        table: "types",
        key: "openness",
        takes: Takes::Choice(&["open", "closed"]),
        about: "Whether that package has room for what the document does not name, as clients have it and servers do not. The\n\
                default is `open`.",
        example: r#"openness = "closed""#,
    },
    ConfigOption {
        table: "types",
        key: "dates",
        takes: Takes::Choice(&["chrono", "jiff", "time", "text"]),
        about: "The crate of the types of dates and times; `text` makes them `String`. The default is `chrono`.",
        example: r#"dates = "jiff""#,
    },
    ConfigOption {
        table: "types",
        key: "aliases",
        takes: Takes::Choice(&["alias", "newtype"]),
        about: "What named scalars, lists and maps become: `type Isbn = String` or `struct Isbn(String)`. The default is\n`alias`.",
        example: r#"aliases = "newtype""#,
    },
    ConfigOption {
        table: "types",
        key: "lenient",
        takes: Takes::Schemas,
        about: "The types that are read leniently: where a member is null or missing that must be there, it gets a default.",
        example: r#"lenient = ["Book"]"#,
    },
    ConfigOption {
        table: "types",
        key: "keep-unknown",
        takes: Takes::Schemas,
        about: "The structs that keep members which the document does not name, and write them back.",
        example: "keep-unknown = true",
    },
    ConfigOption {
        table: "types.formats",
        key: "*",
        takes: Takes::ExternType,
        about: "The Rust type of a `format`, which replaces the one of specsmith. It implements `Debug`, `Clone`, `PartialEq` and\n\
                the traits of serde. The table has the keys of a dependency beside `type` (`version`, `features`, `path`, ...), which\n\
                go into generated manifests; `dependency` is the name of the package where the path does not begin with it.",
        example: "decimal = { type = \"rust_decimal::Decimal\", version = \"1\", features = [\"serde\"] }\nisbn = \"crate::isbn::Isbn\"",
    },
    ConfigOption {
        table: "generators",
        key: "*",
        takes: Takes::Generator,
        about: "A [generator of your own](../guides/generators.md): `command` is a line for a shell that runs in the folder of this\n\
                file, reads what the document means as JSON and prints files as JSON; they go to `dir`, and `check` compares them.\n\
                `options` is a table that the program gets. Only `generate` and `check` run it.",
        example: r#"audit = { command = "python3 tools/audit.py", dir = "docs/audit", options = { level = "all" } }"#,
    },
    ConfigOption {
        table: "pagination",
        key: "*",
        takes: Takes::Pages,
        about: "How the [pages](../concepts/pagination.md) of some operations follow each other. The name is for people.\n\
                `operations` is an `operationId`, something like `GET /books`, or a list of them, with `*` for any text: with a\n\
                `*` those operations count that fit the rest of the table, without one an operation that does not fit is an\n\
                error. Of several tables the first counts.\n\n\
                | `style` | the next page is found by | needs | can have |\n\
                |---|---|---|---|\n\
                | `cursor` | a value of the page before | `parameter`, `next` | `items`, `has-more` |\n\
                | `offset` | the number of items before it | `parameter` | `items`, `has-more`, `total`, `limit` |\n\
                | `page` | its number | `parameter` | `items`, `has-more`, `total-pages`, `first-page`, `limit` |\n\
                | `next-url` | an address in the page | `next` | `items`, `has-more` |\n\
                | `link-header` | the header `Link` with `rel=\"next\"` | | `items`, `parameter` |\n\n\
                `parameter`, and `limit` for the number of items of a page, are names of query parameters, or JSON Pointers into\n\
                the body of the request. With `limit`, a page with fewer items than it was sent is the last. With `link-header`,\n\
                `parameter` means only operations that have it, whether or not the document has the header. The others are JSON\n\
                Pointers into the body of the response, where `-1` is the last item of a list. Without `items`, the list is the\n\
                body itself or the one list in it.",
        example: "lists = { operations = \"list*\", style = \"cursor\", parameter = \"cursor\", next = \"/next\" }",
    },
    ConfigOption {
        table: "webhooks",
        key: "name",
        takes: Takes::WebhookName,
        about: "Where the name of a [webhook](../concepts/webhooks.md) is, as the document has it: in a header, or in the member\n\
                of the body at a JSON Pointer. With both, the member stands behind the header, where there is one, and only\n\
                the letters and digits of names are compared. Without it, the document has to tell them apart.",
        example: r#"name = { header = "X-GitHub-Event", member = "/action" }"#,
    },
    ConfigOption {
        table: "webhooks",
        key: "signature",
        takes: Takes::Signature,
        about: "How webhooks and callbacks are signed, for the functions `verifier` of the client and `signer` of the server: as\n\
                Standard Webhooks say, or by an HMAC in a header. The table can have `algorithm` (`\"sha1\"`, `\"sha256\"` or\n\
                `\"sha512\"`; the default is `sha256`), `encoding` (`\"hex\"` or `\"base64\"`; the default is `hex`) and `prefix`, the\n\
                text before it. With `timestamped = true`, the header is like `t=1700000000,v1=5257a8..`, and the time is signed, too.",
        example: r#"signature = { header = "X-Hub-Signature-256", prefix = "sha256=" }"#,
    },
    ConfigOption {
        table: "rename",
        key: "*",
        takes: Takes::Name,
        about: "The name that a schema has in Rust, by its name in the document. Anything else that is named has the JSON Pointer\n\
                of its place as key: a property (`like_this` names the field, `LikeThis` its unnamed type), a value below\n\
                `enum`, a variant below `oneOf` by the name of its schema, an operation (`#/paths/~1books/get`), a parameter\n\
                below `parameters` by its name, a tag (`#/tags/books`), or the resource\n\
                that operations without a tag are grouped by, as if it were one.",
        example: "Book_v2 = \"Book\"\n\"#/components/schemas/Book/properties/type\" = \"kind\"",
    },
    ConfigOption {
        table: "derives",
        key: "*",
        takes: Takes::Derives,
        about: "Traits that are derived for a schema beside the usual ones, or for all with `\"*\"`. `[dependencies]` has their\n\
                crates. Types of the runtime that fields hold, such as `Uri` and `Nullable`, do not have such traits. What a trait\n\
                needs is derived if it stands in the list, too: `[\"Eq\", \"PartialOrd\", \"Ord\"]`.\n\
                `\"*\" = \"Eq\"` is about the types that can have it: those without floating-point numbers. `\"*\" = \"Hash\"` adds both\n\
                to those without floating-point numbers and any values.",
        example: "\"*\" = \"Hash\"\nGenre = [\"PartialOrd\", \"strum::EnumCount\"]",
    },
    ConfigOption {
        table: "attributes",
        key: "*",
        takes: Takes::Attributes,
        about: "Attributes of the type of a schema, or of all with `\"*\"`. They stand below the derives, so that these find theirs.",
        example: "Book = \"must_use\"",
    },
    ConfigOption {
        table: "dependencies",
        key: "*",
        takes: Takes::Dependency,
        about: "What the manifests of generated packages depend on besides: the crates of derives and attributes. Where a\n\
                build script makes a module of your own crate, your manifest has them.",
        example: "strum = { version = \"0.28\", features = [\"derive\"] }",
    },
    ConfigOption {
        table: "diagnostics",
        key: "deny",
        takes: Takes::Codes,
        about: "Findings that are errors: [codes](diagnostics.md), or `warnings`, `notes` or `all`. Of `deny`, `warn` and `allow`\n\
                the one that stands last counts, and arguments count before all of them.",
        example: r#"deny = ["warnings"]"#,
    },
    ConfigOption {
        table: "diagnostics",
        key: "warn",
        takes: Takes::Codes,
        about: "Findings that are warnings.",
        example: r#"warn = "not-generated""#,
    },
    ConfigOption {
        table: "diagnostics",
        key: "allow",
        takes: Takes::Codes,
        about: "Findings that are not shown; how many there are is told.",
        example: r#"allow = ["ref-siblings"]"#,
    },
    ConfigOption {
        table: "limits",
        key: "*",
        takes: Takes::Number,
        about: "How much a document may be, by the name of the limit: a document that is beyond one is told it, with a value that\n\
                would do.",
        example: "depth = 800",
    },
];
