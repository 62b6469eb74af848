//! The one list of diagnostic codes, with the text of `specsmith explain CODE`.

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The document cannot be used: nothing is generated, the exit code is 1. What only spoils one place, which then
    /// degrades, is a warning.
    Error,
    /// Something was understood in a way the author may not expect, or was left out.
    Warning,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// The severity as a word: `error`, `warning`, `note`.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal, $severity:ident;)+) => {
        /// What kind of finding a diagnostic is.
        ///
        /// The doc comment of each variant is what `specsmith explain CODE` prints.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Code {
            /// Every code, in the order of the list.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)+];

            /// The name in kebab-case, as printed in brackets.
            pub fn name(self) -> &'static str {
                match self {
                    $(Code::$variant => $name,)+
                }
            }

            /// The severity it has unless the configuration says otherwise.
            pub fn severity(self) -> Severity {
                match self {
                    $(Code::$variant => Severity::$severity,)+
                }
            }

            /// What it means and what to do about it, as Markdown.
            pub fn explanation(self) -> &'static str {
                match self {
                    $(Code::$variant => concat!($($doc, "\n",)+),)+
                }
            }
        }
    };
}

codes! {
    /// The text is neither JSON nor YAML. The message says what stands at the marked place and what could stand there.
    SyntaxError = "syntax-error", Error;
    /// A mapping has the same key twice. JSON and YAML leave open which value counts; the first one is read so that the
    /// rest of the document can be checked. Remove one of them.
    DuplicateKey = "duplicate-key", Error;
    /// YAML that has no counterpart in JSON: a tag other than those of the core schema (`!!str`, `!!int`, ...), a mapping
    /// or sequence as a key, several documents in one file, an alias inside the value it stands for. Say it in the part
    /// of YAML that JSON has too.
    UnsupportedYaml = "unsupported-yaml", Error;
    /// `.inf` and `.nan` are numbers of YAML that JSON does not have; they are read as strings. Put the text in quotes
    /// where a string is meant.
    NonFiniteNumber = "non-finite-number", Warning;
    /// The document costs more than a limit allows: its size, its depth, the number of its values, what aliases repeat, or
    /// what is copied and merged. The limits leave room for ten times the largest published documents, and keep hostile
    /// ones from using up time and memory. Where a document is sound and needs more, raise the limit that the help names.
    LimitExceeded = "limit-exceeded", Error;
    /// The file cannot be opened or is not valid UTF-8.
    UnreadableFile = "unreadable-file", Error;
    /// The configuration file is not TOML, says what specsmith does not know, or leaves out every operation. The message says
    /// what could stand at the marked place; the reference of the configuration lists all options.
    InvalidConfig = "invalid-config", Error;
    /// An option is about something that the document does not have, such as a schema or an operation of another name, so it
    /// has no effect.
    UnusedOption = "unused-option", Warning;
    /// What is said about the pages of an operation, in `[pagination]` of the configuration or in an extension of the document,
    /// does not fit it: there is no such operation or parameter, a pointer leads to nothing in its responses or to something
    /// of another type, or the style of the pages needs more. The help says what there is.
    InvalidPagination = "invalid-pagination", Error;
    /// A generator of one's own has something to say about the document, or cannot make its files; the message begins with its
    /// name. What it calls an error keeps everything from being written.
    Generator = "generator", Warning;
    /// A derive, an attribute or the type of a format is of a crate that generated packages do not depend on, so they do not
    /// compile. Name the crate in `[dependencies]` of the configuration, or give the type of the format a `version`. Where
    /// a build script makes a module, the manifest of the crate around it has it, and this is not reported.
    MissingDependency = "missing-dependency", Warning;
    /// A name in `[rename]` cannot be used: it is no identifier, is not written as Rust writes such names, or is the name of
    /// something else that is renamed or that generated code needs. Types and variants are written `LikeThis`, all else
    /// `like_this`.
    InvalidRename = "invalid-rename", Error;
    /// The file that remembers names cannot be understood, perhaps since a merge left its marks in it. Nothing is generated,
    /// since all names might become others. Take the file from the last commit: what was added since gets its names anew.
    InvalidNamesLock = "invalid-names-lock", Error;
    /// The document does not say `openapi: 3.x`, or the version is one that specsmith does not read.
    UnsupportedVersion = "unsupported-version", Error;
    /// A `$ref` points to nothing: to a file that is not there, or to something that a file does not have. The place that
    /// uses it is treated as any value.
    BrokenRef = "broken-ref", Warning;
    /// A value has another type than the specification asks for at this place. The place is left out.
    WrongType = "wrong-type", Warning;
    /// A target of an overlay, or what it copies, is not a query of JSONPath as RFC 9535 defines it. The mark shows from
    /// where on it makes no sense. Names with a dash, a slash or a space stand in brackets and quotes: `$.info['x-owner']`.
    InvalidJsonpath = "invalid-jsonpath", Error;
    /// A query of an overlay selects nothing, so that its action would have no effect. The mark shows the part that leads
    /// nowhere. The document has probably changed since the overlay was written: change the target or drop the action. Where
    /// one overlay serves several documents, which need not have all that it changes, set this code to `warn` or `allow`.
    OverlayNoMatch = "overlay-no-match", Error;
    /// A value of an overlay cannot be merged with what its target selects: objects are merged with objects, arrays get
    /// items, and other values are replaced by others. To replace a value by one of another type, remove it with one
    /// action and add it to what it stood in with the next.
    OverlayMismatch = "overlay-mismatch", Error;
    /// An overlay says by `extends` that it was written for another document than the one it is applied to.
    OverlayExtends = "overlay-extends", Note;
    /// Something the specification requires is not there.
    MissingField = "missing-field", Warning;
    /// A value has another type than the specification asks for, but what it means is clear: a number or boolean where
    /// text belongs, or `"true"` in quotes where a boolean belongs. It is taken as meant. Add or remove the quotes.
    CoercedValue = "coerced-value", Warning;
    /// A value is none of those that are possible at this place. The help says which are; the place is left out or its
    /// default is used.
    InvalidValue = "invalid-value", Warning;
    /// The specification does not know a keyword at this place, so it has no effect. It is misspelled, at the wrong
    /// level, or belongs to Swagger 2.0. Names of your own start with `x-`.
    UnknownKeyword = "unknown-keyword", Warning;
    /// A keyword belongs to a later version of OpenAPI than the one the document names. It is understood as that version
    /// means it.
    NewerKeyword = "newer-keyword", Warning;
    /// A keyword, or a form of one, belongs to an older version of OpenAPI or JSON Schema than the document is written
    /// in. It is understood as that version means it. The help says what took its place.
    OlderKeyword = "older-keyword", Warning;
    /// `$schema` or `jsonSchemaDialect` names a dialect of JSON Schema that specsmith does not know. Schemas are read as
    /// those of OpenAPI, so keywords of the dialect that OpenAPI does not have, or has with another meaning, are not
    /// understood. Leave it out, or name `https://json-schema.org/draft/2020-12/schema`.
    UnknownDialect = "unknown-dialect", Warning;
    /// Something cannot be said in OpenAPI 3.2 just as it was, or counts there while the version of the document ignores it.
    /// The label says what became of it. Only `specsmith upgrade` reports this.
    InexactUpgrade = "inexact-upgrade", Warning;
    /// A schema uses a keyword that limits values in a way that types do not say. Values are read and written as if it
    /// were not there; the documentation of the API is where to mention it.
    KeywordNotTyped = "keyword-not-typed", Note;
    /// The schemas of an `allOf` exclude each other, so that no value fits all of them. What stands later is taken.
    ConflictingAllOf = "conflicting-allof", Warning;
    /// A schema contains itself through `allOf`, which no finite value can satisfy, or lists itself in its `oneOf` or `anyOf`,
    /// which allows nothing more. The repetition is ignored.
    RecursiveAllOf = "recursive-allof", Warning;
    /// Two schemas of a `oneOf` or `anyOf` allow the same values, and nothing that can be seen on a value tells which one
    /// is meant. Both are tried, and the one that leaves the fewest members of the value over is taken, else the first.
    /// Give each a required property with a constant value.
    AmbiguousUnion = "ambiguous-union", Warning;
    /// In XML, values stand in values of their own schema, or lists and objects in a list, without an element of their own.
    /// Nothing there tells where the inner one begins and ends. It is written as the document says; reading takes the outer
    /// one, and a list has one item. Give the inner one an element: `nodeType: element`, or `wrapped: true` before OpenAPI 3.2.
    AmbiguousXml = "ambiguous-xml", Warning;
    /// A discriminator maps a value to a schema that is not there or that the union does not list. It is left out.
    UnknownMapping = "unknown-mapping", Warning;
    /// `required` lists a name that is none of the properties, or `encoding` has one, so it has no effect.
    UndefinedProperty = "undefined-property", Warning;
    /// A `default` is not a value that its schema allows: it has another type, is not among the listed values, or is
    /// beyond a limit. It is taken as no default.
    WrongDefault = "wrong-default", Warning;
    /// Two keywords that exclude each other stand together. The first of the two that the message names is taken.
    ConflictingKeywords = "conflicting-keywords", Warning;
    /// A `$ref` points to something that is not opened: an address on the network, an absolute path, a file outside of the
    /// folder of the document, or any file where the document comes from no folder. The place that uses it is treated as any
    /// value. Put what it refers to beside the document, or allow its folder with `--allow-dir`. Nothing is ever fetched.
    ExternalRef = "external-ref", Warning;
    /// A `$ref` stands for something that cannot be one by the specification, such as an operation, a description or all of
    /// `properties`. What is meant is clear, so its target is taken in at this place; other tools may not do that. Refer to
    /// what can be a reference instead.
    MisplacedRef = "misplaced-ref", Note;
    /// A keyword stands beside a `$ref` that replaces everything but `summary` and `description`, so it has no effect.
    RefSiblings = "ref-siblings", Warning;
    /// Two things have the same name where names must be unique: operations with one `operationId`, tags, parameters of
    /// one place. The first one counts.
    DuplicateName = "duplicate-name", Warning;
    /// The key of a path is not a path template: it lacks the slash at the start, its braces do not match, or it uses a
    /// name twice. Its operations are left out where no sense can be made of it.
    InvalidPath = "invalid-path", Warning;
    /// Two operations answer the same requests: their paths differ only in the names of parameters. Rename one of them.
    AmbiguousPath = "ambiguous-path", Warning;
    /// A path has a parameter in braces that no Parameter Object describes. It becomes a required string.
    UndeclaredPathParameter = "undeclared-path-parameter", Warning;
    /// A parameter says `in: path` but the path has no such name in braces. It is left out.
    UnusedPathParameter = "unused-path-parameter", Warning;
    /// A header is described as a parameter or response header although HTTP or other parts of the document decide it:
    /// `Accept`, `Content-Type` and `Authorization`, and the headers that frame a message. It is left out.
    IgnoredHeader = "ignored-header", Note;
    /// A server's address has a variable that is not described, or the other way round.
    UndefinedServerVariable = "undefined-server-variable", Warning;
    /// A security requirement names a scheme that `components/securitySchemes` does not define. The operation stays
    /// protected by a scheme of this name about which nothing else is known.
    UndefinedSecurityScheme = "undefined-security-scheme", Warning;
    /// A security requirement names a scope that no flow of the scheme has. It is required all the same. Add it to the
    /// `scopes` of the flows that can grant it.
    UndefinedScope = "undefined-scope", Note;
    /// A link of a response does not fit: it leads to no operation, names a parameter that the operation does not have, or
    /// takes a value from where none is. Nothing is generated for it.
    InvalidLink = "invalid-link", Warning;
    /// The expression of a callback does not say where it is sent: it is none, names a parameter that the operation does not
    /// have, or takes a value from where none is. The callback is generated without a function for its address.
    InvalidCallback = "invalid-callback", Warning;
    /// Something valid that nothing is generated for, such as `allowEmptyValue`. Where the same is at several places of
    /// the document, the first of them is shown with their number.
    NotGenerated = "not-generated", Note;
    /// Two things of the document have names that are the same in Rust, such as `user_name` and `UserName`. The one whose name
    /// is written as in Rust keeps it, and schemas keep theirs before what is called after its place; the other one gets a
    /// longer name. `[rename]` in the configuration chooses names.
    NameCollision = "name-collision", Note;
    /// No value fits a schema: it is `false`, or it allows none of a list. It is taken as any value.
    ImpossibleType = "impossible-type", Warning;
    /// A pattern is no regular expression of ECMA-262, or larger than an engine takes.
    ///
    /// Values are not compared with it; types and documentation are not affected. Mend the pattern: escapes such as `\Z`
    /// and classes such as `\p{Alnum}` are of other languages.
    PatternNotChecked = "pattern-not-checked", Warning;
    /// The names of an object's members decide which type they have, by patterns that are more than a text with `^` or `$`.
    /// Such members are kept as any value.
    PatternNotTyped = "pattern-not-typed", Note;
    /// The body of a response can have several media types. Code is generated for all that have types, and for formats
    /// without types, such as YAML, only where there is nothing else.
    MediaTypeNotGenerated = "media-type-not-generated", Warning;
    /// A body has a format that there are no types for: YAML, forms that are no objects, XML of which the schema says no
    /// more than that it is an object. The text is given as it is.
    MediaTypeAsText = "media-type-as-text", Warning;
    /// Swagger 2.0 lists the media types of all responses of an operation, or of the whole document, at once, and some of
    /// them cannot carry what a single schema says: `text/plain` has no members. They are left out for that schema, and an
    /// error is taken as JSON where none of them can carry it. Files are sent in parts, and forms as forms only. A success
    /// without a schema is a file where the operation itself produces nothing but files.
    AssumedMediaType = "assumed-media-type", Note;
    /// A `collectionFormat` of Swagger 2.0 that nothing is generated for: `tsv`, `ssv` and `pipes` outside of queries and
    /// forms, and arrays inside arrays. The value is text, in which the caller joins the items.
    CollectionFormat = "collection-format", Warning;
    /// A body is described where HTTP has none: in responses to `HEAD` and of the statuses 1xx, 204, 205 and 304. It is
    /// left out.
    BodyNeverSent = "body-never-sent", Warning;
}

impl Code {
    /// The code of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }

    /// Whether it is an error that no level lowers: without more of the document there is nothing to go on with.
    pub fn is_fixed(self) -> bool {
        self.severity() == Severity::Error
            && !matches!(self, Code::DuplicateKey | Code::OverlayNoMatch | Code::OverlayMismatch)
    }
}

impl AsRef<str> for Code {
    fn as_ref(&self) -> &str {
        self.name()
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
