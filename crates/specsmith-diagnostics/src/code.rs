//! The one list of diagnostic codes, with the text of `specsmith explain CODE`.

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The document cannot be used, or not at this place; the exit code is 1.
    Error,
    /// Something was understood in a way the author may not expect, or was left out.
    Warning,
    /// Worth knowing.
    Note,
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
    /// The text is neither JSON nor YAML.
    SyntaxError = "syntax-error", Error;
    /// A mapping has the same key twice. JSON and YAML leave open which value counts, so none is chosen.
    DuplicateKey = "duplicate-key", Error;
    /// A limit on size, depth, number of values or alias expansion was exceeded.
    LimitExceeded = "limit-exceeded", Error;
    /// The file cannot be opened or is not valid UTF-8.
    UnreadableFile = "unreadable-file", Error;
    /// The document does not say `openapi: 3.x`, or the version is one that specsmith does not read.
    UnsupportedVersion = "unsupported-version", Error;
    /// A `$ref` points to nothing. The place that uses it is treated as any value.
    BrokenRef = "broken-ref", Error;
    /// A value has another type than the specification asks for at this place. The place is left out.
    WrongType = "wrong-type", Error;
    /// Something the specification requires is not there.
    MissingField = "missing-field", Error;
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
