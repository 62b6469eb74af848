//! Names that generated code uses itself, by scope.

/// Types and traits of the prelude, of the crates generated code uses and of its runtime; no type of the document has
/// one of these names.
pub(crate) const TYPES: &[&str] = &[
    // The prelude of edition 2024 and what derives and signatures spell.
    "AsMut",
    "AsRef",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Self",
    "Send",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
    // Values in fields and signatures.
    "Arc",
    "BTreeMap",
    "Base64",
    "Bytes",
    "Cow",
    "DateTime",
    "FilePart",
    "FixedOffset",
    "Multipart",
    "NaiveDate",
    "Nullable",
    "Number",
    "RequestBody",
    "SecretString",
    "Uri",
    "Uuid",
    "Value",
    // The runtime of client and server.
    "ApiError",
    "BuildError",
    "Client",
    "ClientBuilder",
    "Context",
    "Error",
    "EventEncoding",
    "EventOperation",
    "EventStream",
    "HeaderMap",
    "NoError",
    "Operation",
    "OperationInfo",
    "RawResponse",
    "ReadResult",
    "RecordOperation",
    "RecordStream",
    "Request",
    "Response",
    "Router",
    "StatusCode",
    "StreamReader",
];

/// Methods that each group of the client has, or that would look like a method of a trait; `into` and `try_into` take
/// `self`, so they would win over ours.
pub(crate) const GROUP_METHODS: &[&str] = &["client", "clone", "into", "new", "try_into"];

/// Functions of each typed form of a multipart body, and names that no method has.
pub(crate) const FORM_METHODS: &[&str] = &["clone", "default", "from", "into", "new", "self", "try_into"];

/// Methods of the client that lead to no group, and names that no module of a group can have.
pub(crate) const ACCESSORS: &[&str] = &[
    "api_operations",
    "build",
    "builder",
    "client",
    "clone",
    "core",
    "default",
    "error",
    "fmt",
    "into",
    "new",
    "runtime",
    "send",
    "shared",
    "std",
    "try_into",
    "types",
];

/// Functions beside those of the operations of a group, and names that no method has.
pub(crate) const FUNCTIONS: &[&str] = &["new", "routes", "to_mut"];

/// Names that no method has which says whom a credential stands for.
pub(crate) const SCHEMES: &[&str] = &["new", "to_mut"];

/// Methods of a request of the client and names in the signatures of client and server.
pub(crate) const PARAMETERS: &[&str] = &[
    "add",
    "bitand",
    "bitor",
    "bitxor",
    "body",
    "call_blocking",
    "clone",
    "cx",
    "div",
    "download",
    "download_blocking",
    "events",
    "events_blocking",
    "into_future",
    "into_iter",
    "mul",
    "neg",
    "new",
    "not",
    "pages",
    "pages_blocking",
    "parameters",
    "parts",
    "records",
    "records_blocking",
    "rem",
    "request",
    "send",
    "send_blocking",
    "service",
    "shl",
    "shr",
    "stream",
    "stream_blocking",
    "sub",
    "with_attempt_timeout",
    "with_content_type",
    "with_credential",
    "with_header",
    "with_idempotency_key",
    "with_idle_timeout",
    "with_max_response_size",
    "with_query",
    "with_retry",
    "with_server",
    "with_timeout",
];

/// Methods of the client's builder that set no credential.
pub(crate) const BUILDER_METHODS: &[&str] = &[
    "attempt_timeout",
    "base_url",
    "basic_credential",
    "build",
    "clone",
    "connect_timeout",
    "credential",
    "default",
    "header",
    "http_client",
    "idle_timeout",
    "layer",
    "max_body",
    "max_response_size",
    "middleware",
    "new",
    "on_request",
    "on_response",
    "retry",
    "server",
    "service",
    "timeout",
    "transport",
    "user_agent",
];

/// Names that no module can have: on some systems they are no file names, or they mean something to Cargo.
pub(crate) const MODULES: &[&str] = &[
    "aux", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con", "lib", "lpt0",
    "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "main", "mod", "nul", "prn",
];

/// Keywords of all editions, and those that are reserved.
///
/// In their order, in which they are looked for.
pub(crate) const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Keywords that cannot be raw identifiers.
pub(crate) const PATH_KEYWORDS: &[&str] = &["Self", "crate", "self", "super"];
