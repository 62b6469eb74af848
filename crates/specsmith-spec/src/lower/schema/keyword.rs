//! The check of each Schema Object against the table of its keywords.

mod subject;

use specsmith_diagnostics::{Code, Diagnostic, Severity, closest};

use super::kind;
use crate::grammar::{Fate, Keyword, Kind, Role, Value};
use crate::lower::context::{self, Context, Version};
use crate::lower::structure::extension;
use crate::{Key, Node, NodeKind};

fn find(name: &str) -> Option<&'static Keyword> {
    Kind::Schema.keyword(name)
}

/// Whether a keyword with this value makes a schema allow less than any value.
pub(crate) fn constrains(name: &str, value: Node<'_>) -> bool {
    let empty = || value.members().next().is_none() && value.items().next().is_none();
    match name {
        "nullable" => false,
        "properties" | "patternProperties" => value.is_object() && !empty(),
        "required" | "allOf" | "oneOf" | "anyOf" | "enum" => value.is_array() && !empty(),
        "additionalProperties" | "unevaluatedProperties" => {
            value.as_bool() == Some(false) || value.is_object() && !empty()
        }
        _ => find(name).is_some_and(|keyword| keyword.role == Role::Assertion),
    }
}

impl<'d> Context<'d, '_> {
    /// Reports what is wrong with the keywords of a schema, and what types do not say; once for each schema.
    pub(in crate::lower) fn check_keywords(&mut self, node: Node<'d>) {
        if self.schema_state.reached.contains(&node.id()) || !self.schema_state.checked.insert(node.id()) {
            return;
        }
        if !node.is_object() {
            // Elsewhere, the check of the objects around schemas tells it.
            if node.as_bool().is_none() && self.is_inside_schema(node) {
                let message = format!("a schema is an object or a boolean, not {}", node.kind_name());
                self.report(
                    Diagnostic::new(Code::WrongType, message)
                        .at(node.location())
                        .label("taken as any value"),
                );
            }
            return;
        }
        for (key, value) in node.members() {
            match find(&key.name) {
                Some(keyword) => {
                    self.check_era(keyword, key, value);
                    self.check_form(keyword.value, key, value);
                    self.check_role(keyword, key, node);
                    self.check_subject(key, value, node);
                    if matches!(keyword.name, "oneOf" | "anyOf") {
                        self.check_branches(keyword.name, value);
                    }
                    if keyword.name == "examples" && value.is_object() {
                        self.report_named_examples(value);
                    }
                }
                None if key.name.starts_with("x-") => {}
                None => self.report_unknown(key),
            }
        }
    }

    /// Reports branches of a union that refer to the schema that has it.
    fn check_branches(&mut self, keyword: &str, list: Node<'d>) {
        for branch in list.items() {
            if self.is_itself(list, branch) {
                let message = format!("this schema lists itself in its `{keyword}`");
                self.report(
                    Diagnostic::new(Code::RecursiveAllOf, message)
                        .at(branch.location())
                        .label("allows nothing that the others do not, and is left out"),
                );
            }
        }
    }

    /// Reports the examples of a media type where those of a schema belong.
    fn report_named_examples(&mut self, value: Node<'d>) {
        self.report(
            Diagnostic::new(Code::CoercedValue, "the `examples` of a schema are a list of values")
                .at(value.location())
                .help("they are taken as those of a media type, which have names and stand in `value`"),
        );
    }

    /// Reports what has no effect, because nothing is made of it or because it stands without what it is about.
    fn check_role(&mut self, keyword: &Keyword, key: &Key, node: Node<'d>) {
        let evaluated = key.name == "unevaluatedItems" && node.get("items").is_some_and(|items| !items.is_array());
        let (message, label) = if keyword.fate == Fate::Reported(Code::KeywordNotTyped) {
            let message = format!("types do not say `{}`", key.name);
            (message, "values are read and written as if it were not there")
        } else if evaluated {
            let message = "`items` leaves no item to `unevaluatedItems`".to_owned();
            (message, "has no effect")
        } else if let Some(needed) = needed(keyword.name).filter(|needed| node.get(needed).is_none()) {
            let message = format!("`{}` says nothing without `{needed}`", key.name);
            (message, "has no effect")
        } else {
            return;
        };
        self.report(
            Diagnostic::new(Code::KeywordNotTyped, message)
                .at(key.location)
                .label(label),
        );
    }

    fn check_era(&mut self, keyword: &Keyword, key: &Key, value: Node<'d>) {
        // What is newer than Swagger 2.0 and older than that was told where it was converted.
        let version = self.version.max(Version::V3_0);
        let (newer, older_than) = match keyword.value {
            Value::Bound if value.as_number().is_some() => (true, false),
            Value::Bound => (false, true),
            Value::Items if value.is_array() => (false, true),
            Value::Types if value.is_array() => (true, false),
            _ => (keyword.since > version, keyword.until.is_some()),
        };
        let old = version <= Version::V3_0;
        if newer && old && keyword.role == Role::Assertion {
            let message = match keyword.value {
                Value::Types => "a list of types belongs to OpenAPI 3.1".to_owned(),
                Value::Bound => format!("a number as `{}` belongs to OpenAPI 3.1", key.name),
                _ => format!("`{}` belongs to {}", key.name, keyword.since.title()),
            };
            self.report(Diagnostic::new(Code::NewerKeyword, message).at(key.location));
        }
        if older_than && (!old || keyword.name != "nullable" && keyword.value != Value::Bound) {
            let (message, help) = older(keyword.name);
            let diagnostic = Diagnostic::new(Code::OlderKeyword, message).at(key.location);
            self.report(diagnostic.help(help));
        }
    }

    fn check_form(&mut self, form: Value, key: &Key, value: Node<'d>) {
        let wanted = match form {
            Value::Any => return,
            Value::Types => return self.check_type(value),
            Value::Text if context::as_text(value).is_some() => return,
            Value::Text => "a string",
            Value::Boolean if context::as_flag(value).is_some() => return,
            Value::Boolean => "a boolean",
            Value::Number if value.as_number().is_some() => return,
            Value::Number => "a number",
            Value::Bound if value.as_number().is_some() || context::as_flag(value).is_some() => return,
            Value::Bound => "a number",
            Value::Count if value.as_number().is_some_and(|number| number.as_u64().is_some()) => return,
            Value::Count => "a whole number that is not negative",
            Value::List(_) if value.is_array() => return,
            Value::List(_) => "an array",
            Value::Names if value.items().all(|name| context::as_text(name).is_some()) && value.is_array() => return,
            Value::Names => "an array of names of properties",
            Value::Object(Kind::Schema) if value.as_bool().is_some() => return,
            Value::Items if value.is_object() || value.is_array() || value.as_bool().is_some() => return,
            Value::SchemaOrNames if value.is_object() || value.is_array() => return,
            Value::Object(_) | Value::Reference(_) | Value::Map(_) if value.is_object() => return,
            Value::Object(Kind::Schema) | Value::Items | Value::SchemaOrNames => "a schema",
            Value::Object(_) | Value::Reference(_) | Value::Map(_) => "an object",
        };
        let found = match value.kind() {
            NodeKind::Number(number) => format!("`{number}`"),
            NodeKind::Array if form == Value::Names => "an array of other things".to_owned(),
            _ => value.kind_name().to_owned(),
        };
        let diagnostic = Diagnostic::new(Code::WrongType, format!("`{}` must be {wanted}, not {found}", key.name))
            .at(value.location())
            .label("has no effect");
        self.report(if form == Value::Names && context::as_flag(value).is_some() {
            diagnostic.help("list the name of the property in the `required` of the object around it")
        } else {
            diagnostic
        });
    }

    fn check_type(&mut self, value: Node<'d>) {
        let items: Vec<Node<'d>> = if value.is_array() {
            value.items().collect()
        } else {
            vec![value]
        };
        if items.is_empty() {
            self.report(Diagnostic::new(Code::InvalidValue, "`type` lists no type").at(value.location()));
        }
        for item in items {
            let Some(name) = item.as_str() else {
                let message = format!("`type` must be the name of a type, not {}", item.kind_name());
                self.report(Diagnostic::new(Code::WrongType, message).at(item.location()));
                continue;
            };
            match kind::correct(name) {
                Some(meant) if meant == name => {}
                Some(meant) => self.report(
                    Diagnostic::new(Code::InvalidValue, format!("`{name}` is not a type"))
                        .at(item.location())
                        .label(format!("taken as `{meant}`")),
                ),
                None => self.report(
                    Diagnostic::new(Code::InvalidValue, format!("`{name}` is not a type"))
                        .at(item.location())
                        .label("taken as any value")
                        .help("types are `string`, `number`, `integer`, `boolean`, `array`, `object` and, since 3.1, `null`"),
                ),
            }
        }
    }

    fn report_unknown(&mut self, key: &Key) {
        let meant = closest(&key.name, Kind::Schema.names());
        let message = format!("`{}` is not a keyword of schemas", key.name);
        let mut diagnostic = Diagnostic::new(Code::UnknownKeyword, message)
            .at(key.location)
            .label("has no effect");
        match meant {
            _ if extension(&key.name).is_some() => diagnostic.help = extension(&key.name),
            Some(meant) => diagnostic = diagnostic.help(format!("did you mean `{meant}`?")),
            None if ["in", "style", "explode", "allowEmptyValue"].contains(&key.name.as_str()) => {
                diagnostic = diagnostic.help("it belongs to the parameter around the schema");
            }
            // JSON Schema lets authors add keywords, so one that looks like no other is theirs.
            None if self.version > Version::V3_0 => diagnostic.severity = Severity::Note,
            None => {}
        }
        self.report(diagnostic);
    }
}

/// The keyword without which another one says nothing.
fn needed(name: &str) -> Option<&'static str> {
    match name {
        "then" | "else" => Some("if"),
        "minContains" | "maxContains" => Some("contains"),
        _ => None,
    }
}

/// What to say about a keyword, or a form of one, that newer versions do not have.
fn older(name: &str) -> (String, &'static str) {
    let help = match name {
        "nullable" => "add `null` to the types instead: `type: [string, \"null\"]`",
        "exclusiveMinimum" | "exclusiveMaximum" => {
            "write the number itself as `exclusiveMinimum` or `exclusiveMaximum`"
        }
        "items" => "write `prefixItems`, which OpenAPI 3.1 has",
        "additionalItems" => "write `prefixItems` and `items`, as OpenAPI 3.1 has them",
        "definitions" => "write `$defs`, which OpenAPI 3.1 has, or use `components/schemas`",
        "dependencies" => "write `dependentRequired` or `dependentSchemas`",
        "$recursiveRef" | "$recursiveAnchor" => "write `$dynamicRef` and `$dynamicAnchor`, or just `$ref`",
        _ => "see JSON Schema 2020-12 for what took its place",
    };
    let what = match name {
        "exclusiveMinimum" | "exclusiveMaximum" => format!("a boolean as `{name}`"),
        "items" => "a list as `items`".to_owned(),
        _ => format!("`{name}`"),
    };
    (format!("{what} belongs to older versions of schemas"), help)
}
