//! What Overlay Documents consist of, and the check that one does.

use specsmith_diagnostics::{Code, Diagnostic, Diagnostics, Location, Severity, closest};

use crate::{Node, NodeKind};

/// The versions of the Overlay Specification that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Version {
    /// Overlay 1.0.x
    V1_0,
    /// Overlay 1.1.x
    V1_1,
    /// Overlay 1.2.x
    V1_2,
}

use Version::{V1_0, V1_1, V1_2};

/// The objects of an Overlay Document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Overlay,
    Info,
    Action,
    Components,
    ReusableAction,
    Fields,
}

/// The type of a keyword's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Value {
    Any,
    Text,
    Boolean,
    Object(Kind),
    List(Kind),
    Map(Kind),
}

/// What becomes of an object without a keyword.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Need {
    /// Nothing, the keyword may be absent.
    Optional,
    /// The specification requires it, and it has no effect.
    Expected,
    /// The object makes no sense.
    Required,
}

struct Keyword {
    name: &'static str,
    value: Value,
    need: Need,
    since: Version,
}

const fn key(name: &'static str, value: Value, need: Need, since: Version) -> Keyword {
    Keyword {
        name,
        value,
        need,
        since,
    }
}

const OVERLAY: &[Keyword] = &[
    key("overlay", Value::Text, Need::Required, V1_0),
    key("$self", Value::Text, Need::Optional, V1_2),
    key("info", Value::Object(Kind::Info), Need::Expected, V1_0),
    key("extends", Value::Text, Need::Optional, V1_0),
    key("actions", Value::List(Kind::Action), Need::Required, V1_0),
    key("components", Value::Object(Kind::Components), Need::Optional, V1_2),
];

const INFO: &[Keyword] = &[
    key("title", Value::Text, Need::Expected, V1_0),
    key("version", Value::Text, Need::Expected, V1_0),
    key("description", Value::Text, Need::Optional, V1_1),
];

const ACTION: &[Keyword] = &[
    key("target", Value::Text, Need::Required, V1_0),
    key("description", Value::Text, Need::Optional, V1_0),
    key("update", Value::Any, Need::Optional, V1_0),
    key("copy", Value::Text, Need::Optional, V1_1),
    key("remove", Value::Boolean, Need::Optional, V1_0),
    key("$ref", Value::Text, Need::Optional, V1_2),
];

const COMPONENTS: &[Keyword] = &[key("actions", Value::Map(Kind::ReusableAction), Need::Optional, V1_2)];

const REUSABLE_ACTION: &[Keyword] = &[
    key("description", Value::Text, Need::Optional, V1_2),
    key("fields", Value::Object(Kind::Fields), Need::Expected, V1_2),
];

const FIELDS: &[Keyword] = &[
    key("description", Value::Text, Need::Optional, V1_2),
    key("update", Value::Any, Need::Optional, V1_2),
    key("copy", Value::Text, Need::Optional, V1_2),
    key("remove", Value::Boolean, Need::Optional, V1_2),
];

impl Version {
    /// The two numbers that name it.
    pub(super) fn name(self) -> &'static str {
        match self {
            V1_0 => "1.0",
            V1_1 => "1.1",
            V1_2 => "1.2",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        [V1_0, V1_1, V1_2].into_iter().find(|version| {
            let rest = text.strip_prefix(version.name());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    }
}

impl Kind {
    fn keywords(self) -> &'static [Keyword] {
        match self {
            Kind::Overlay => OVERLAY,
            Kind::Info => INFO,
            Kind::Action => ACTION,
            Kind::Components => COMPONENTS,
            Kind::ReusableAction => REUSABLE_ACTION,
            Kind::Fields => FIELDS,
        }
    }

    fn phrase(self) -> &'static str {
        match self {
            Kind::Overlay => "an overlay",
            Kind::Info => "the info object of an overlay",
            Kind::Action => "an action",
            Kind::Components => "the components object of an overlay",
            Kind::ReusableAction => "a reusable action",
            Kind::Fields => "the fields of a reusable action",
        }
    }
}

/// Checks an Overlay Document; `None` after reporting why, when it is none of a version that is read.
pub(super) fn check(root: Node<'_>, diagnostics: &mut Diagnostics) -> Option<Version> {
    let version = version(root)
        .map_err(|diagnostic| diagnostics.report(diagnostic))
        .ok()?;
    let mut check = Check { version, diagnostics };
    check.object(root, root.location(), Kind::Overlay);
    if let Some((key, actions)) = root.entry("actions")
        && actions.is_array()
        && actions.items().next().is_none()
    {
        let message = "the overlay has no actions, so it changes nothing";
        diagnostics.report(Diagnostic::new(Code::MissingField, message).at(key.location));
    }
    Some(version)
}

/// The version that an Overlay Document says it is.
fn version(root: Node<'_>) -> Result<Version, Diagnostic> {
    let unsupported = |message: String| Diagnostic::new(Code::UnsupportedVersion, message);
    let Some(value) = root.get("overlay") else {
        let place = root.members().next().map_or(root.location(), |(key, _)| key.location);
        let diagnostic = unsupported("this is not an Overlay Document".to_owned()).at(place);
        return Err(match root.get("openapi").or_else(|| root.get("swagger")) {
            Some(_) => diagnostic.help("this is the document itself, or another one, and not an overlay"),
            None => diagnostic
                .label("no `overlay` in this object")
                .help("add `overlay: 1.1.0`, or the version it was written for"),
        });
    };
    value
        .as_written()
        .and_then(|text| Version::parse(text.trim()))
        .ok_or_else(|| {
            let text = value.as_written().unwrap_or_else(|| value.kind_name());
            unsupported(format!("version `{text}` of the Overlay Specification is not read"))
                .at(value.location())
                .help("the versions that are read are 1.0, 1.1 and 1.2")
        })
}

struct Check<'a> {
    version: Version,
    diagnostics: &'a mut Diagnostics,
}

impl Check<'_> {
    fn object(&mut self, node: Node<'_>, place: Location, kind: Kind) {
        for (name, value) in node.members() {
            let Some(keyword) = kind.keywords().iter().find(|keyword| keyword.name == name.name) else {
                if !name.name.starts_with("x-") {
                    self.unknown(&name.name, name.location, kind);
                }
                continue;
            };
            if keyword.since > self.version {
                self.diagnostics.report(newer(
                    format!("`{}` came with Overlay {}", keyword.name, keyword.since.name()),
                    name.location,
                    self.version,
                ));
            }
            self.value(value, name.location, keyword);
        }
        let missing = |keyword: &&Keyword| keyword.need != Need::Optional && node.get(keyword.name).is_none();
        for keyword in kind.keywords().iter().filter(missing) {
            let message = format!("{} has no `{}`", kind.phrase(), keyword.name);
            let diagnostic = Diagnostic::new(Code::MissingField, message).at(place);
            self.report(diagnostic, keyword.need);
        }
    }

    /// Checks a value; the grammar bounds the recursion.
    fn value(&mut self, node: Node<'_>, place: Location, keyword: &Keyword) {
        let expected = match (keyword.value, node.kind()) {
            (Value::Any, _) | (Value::Text, NodeKind::String(_)) | (Value::Boolean, NodeKind::Boolean(_)) => return,
            (Value::Text, NodeKind::Number(_) | NodeKind::Boolean(_)) => return self.coerced(node, keyword),
            (Value::Object(kind), NodeKind::Object) => return self.object(node, place, kind),
            (Value::List(kind), NodeKind::Array) => {
                for item in node.items() {
                    self.entry(item, item.location(), kind);
                }
                return;
            }
            (Value::Map(kind), NodeKind::Object) => {
                for (key, member) in node.members() {
                    self.entry(member, key.location, kind);
                }
                return;
            }
            (Value::Text, _) => "a string",
            (Value::Boolean, _) => "`true` or `false`",
            (Value::Object(_) | Value::Map(_), _) => "an object",
            (Value::List(_), _) => "an array",
        };
        let message = format!("`{}` must be {expected}, not {}", keyword.name, node.kind_name());
        // An action whose effect is not clear must not be left out in silence of the exit code.
        let need = match keyword.name {
            "copy" | "remove" | "$ref" => Need::Required,
            _ => keyword.need,
        };
        self.report(Diagnostic::new(Code::WrongType, message).at(node.location()), need);
    }

    fn entry(&mut self, node: Node<'_>, place: Location, kind: Kind) {
        if node.is_object() {
            self.object(node, place, kind);
        } else {
            let message = format!("{} must be an object, not {}", kind.phrase(), node.kind_name());
            self.report(
                Diagnostic::new(Code::WrongType, message).at(node.location()),
                Need::Required,
            );
        }
    }

    fn coerced(&mut self, node: Node<'_>, keyword: &Keyword) {
        let text = node.as_written().unwrap_or_default();
        let message = format!("`{}` must be a string, and is {} here", keyword.name, node.kind_name());
        let diagnostic = Diagnostic::new(Code::CoercedValue, message).at(node.location());
        self.diagnostics
            .report(diagnostic.help(format!("it is taken as `\"{text}\"`; put quotes around it")));
    }

    fn unknown(&mut self, name: &str, location: Location, kind: Kind) {
        let message = format!("`{name}` is not a keyword of {}", kind.phrase());
        let diagnostic = Diagnostic::new(Code::UnknownKeyword, message).at(location);
        let known = kind.keywords().iter().map(|keyword| keyword.name);
        let diagnostic = match closest(name, known) {
            Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
            None => diagnostic,
        };
        self.diagnostics.report(diagnostic);
    }

    /// Reports what spoils one place; without what is required nothing can be done, which is an error.
    fn report(&mut self, mut diagnostic: Diagnostic, need: Need) {
        if need == Need::Required {
            diagnostic.severity = Severity::Error;
        }
        self.diagnostics.report(diagnostic);
    }
}

/// The diagnostic for what belongs to a later version than the overlay says it is.
pub(super) fn newer(message: String, location: Location, version: Version) -> Diagnostic {
    Diagnostic::new(Code::NewerKeyword, message)
        .at(location)
        .help(format!("the overlay says that it is Overlay {}", version.name()))
}
