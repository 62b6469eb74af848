//! The one table of the keywords of Schema Objects, and the check of each schema against it.

use specsmith_diagnostics::{Code, Diagnostic, Severity, closest};

use super::kind;
use crate::lower::context::{self, Context, Version};
use crate::{Key, Node, NodeKind};

/// What a keyword does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// It limits the values, and types or their constraints say so.
    Typed,
    /// It limits the values in a way that types do not say.
    Untyped,
    /// It tells people or tools something.
    Annotation,
}

/// The type of a keyword's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Any,
    Text,
    Boolean,
    Number,
    Count,
    Array,
    Object,
    Schema,
    Names,
    Types,
    /// A number since 3.1, a boolean before.
    Bound,
    /// A schema, or before 3.1 a list of them.
    Items,
}

/// Which versions have a keyword.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Era {
    All,
    /// JSON Schema 2020-12, so OpenAPI 3.1 and later.
    New,
    /// OpenAPI 3.0, or drafts of JSON Schema before 2020-12.
    Old,
}

struct Keyword {
    name: &'static str,
    role: Role,
    form: Form,
    era: Era,
}

const fn keyword(name: &'static str, role: Role, form: Form, era: Era) -> Keyword {
    Keyword { name, role, form, era }
}

const KEYWORDS: &[Keyword] = {
    use Era::{All, New, Old};
    use Form::{Any, Array, Boolean, Bound, Count, Items, Names, Number, Object, Schema, Text, Types};
    use Role::{Annotation, Typed, Untyped};
    &[
        keyword("$ref", Typed, Any, All),
        keyword("type", Typed, Types, All),
        keyword("enum", Typed, Array, All),
        keyword("const", Typed, Any, New),
        keyword("nullable", Typed, Boolean, Old),
        keyword("allOf", Typed, Array, All),
        keyword("oneOf", Typed, Array, All),
        keyword("anyOf", Typed, Array, All),
        keyword("discriminator", Typed, Object, All),
        keyword("properties", Typed, Object, All),
        keyword("required", Typed, Names, All),
        keyword("additionalProperties", Typed, Schema, All),
        keyword("patternProperties", Typed, Object, New),
        keyword("propertyNames", Typed, Schema, New),
        keyword("unevaluatedProperties", Typed, Schema, New),
        keyword("minProperties", Typed, Count, All),
        keyword("maxProperties", Typed, Count, All),
        keyword("items", Typed, Items, All),
        keyword("prefixItems", Typed, Array, New),
        keyword("additionalItems", Typed, Schema, Old),
        keyword("unevaluatedItems", Typed, Schema, New),
        keyword("minItems", Typed, Count, All),
        keyword("maxItems", Typed, Count, All),
        keyword("uniqueItems", Typed, Boolean, All),
        keyword("format", Typed, Text, All),
        keyword("pattern", Typed, Text, All),
        keyword("minLength", Typed, Count, All),
        keyword("maxLength", Typed, Count, All),
        keyword("contentEncoding", Typed, Text, New),
        keyword("contentMediaType", Typed, Text, New),
        keyword("minimum", Typed, Number, All),
        keyword("maximum", Typed, Number, All),
        keyword("exclusiveMinimum", Typed, Bound, All),
        keyword("exclusiveMaximum", Typed, Bound, All),
        keyword("multipleOf", Typed, Number, All),
        keyword("not", Untyped, Schema, All),
        keyword("if", Untyped, Schema, New),
        keyword("then", Untyped, Schema, New),
        keyword("else", Untyped, Schema, New),
        keyword("dependentRequired", Untyped, Object, New),
        keyword("dependentSchemas", Untyped, Object, New),
        keyword("dependencies", Untyped, Object, Old),
        keyword("contains", Untyped, Schema, New),
        keyword("minContains", Untyped, Count, New),
        keyword("maxContains", Untyped, Count, New),
        keyword("contentSchema", Untyped, Schema, New),
        keyword("$dynamicRef", Typed, Text, New),
        keyword("$recursiveRef", Typed, Text, Old),
        keyword("title", Annotation, Text, All),
        keyword("description", Annotation, Text, All),
        keyword("default", Annotation, Any, All),
        keyword("example", Annotation, Any, All),
        keyword("examples", Annotation, Any, New),
        keyword("deprecated", Annotation, Boolean, All),
        keyword("readOnly", Annotation, Boolean, All),
        keyword("writeOnly", Annotation, Boolean, All),
        keyword("externalDocs", Annotation, Object, All),
        keyword("xml", Annotation, Object, All),
        keyword("$comment", Annotation, Text, New),
        keyword("$id", Annotation, Text, New),
        keyword("id", Annotation, Text, Old),
        keyword("$schema", Annotation, Text, New),
        keyword("$anchor", Annotation, Text, New),
        keyword("$dynamicAnchor", Annotation, Text, New),
        keyword("$recursiveAnchor", Annotation, Boolean, Old),
        keyword("$vocabulary", Annotation, Object, New),
        keyword("$defs", Annotation, Object, New),
        keyword("definitions", Annotation, Object, Old),
    ]
};

fn find(name: &str) -> Option<&'static Keyword> {
    KEYWORDS.iter().find(|keyword| keyword.name == name)
}

/// Whether a keyword with this value makes a schema allow less than any value.
pub(super) fn constrains(name: &str, value: Node<'_>) -> bool {
    let empty = || value.members().next().is_none() && value.items().next().is_none();
    match name {
        "nullable" => false,
        "properties" | "patternProperties" => value.is_object() && !empty(),
        "required" | "allOf" | "oneOf" | "anyOf" | "enum" => value.is_array() && !empty(),
        "additionalProperties" | "unevaluatedProperties" => {
            value.as_bool() == Some(false) || value.is_object() && !empty()
        }
        _ => find(name).is_some_and(|keyword| keyword.role != Role::Annotation),
    }
}

impl<'d> Context<'d, '_> {
    /// Reports what is wrong with the keywords of a schema, and what types do not say; once for each schema.
    pub(super) fn check_keywords(&mut self, node: Node<'d>) {
        if !self.schema_state.checked.insert(node.id()) {
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
                    self.check_form(keyword.form, key, value);
                    self.check_role(keyword, key, node);
                }
                None if key.name.starts_with("x-") => {}
                None => self.report_unknown(key),
            }
        }
    }

    fn check_role(&mut self, keyword: &Keyword, key: &Key, node: Node<'d>) {
        let without_tuple = key.name == "unevaluatedItems" && node.get("prefixItems").is_none();
        // `then` and `else` are part of what is said about `if`.
        let told = matches!(keyword.name, "then" | "else") && node.get("if").is_some();
        if keyword.role != Role::Untyped && !without_tuple || told {
            return;
        }
        let message = format!("types do not say `{}`", key.name);
        self.report(
            Diagnostic::new(Code::KeywordNotTyped, message)
                .at(key.location)
                .label("values are read and written as if it were not there"),
        );
    }

    fn check_era(&mut self, keyword: &Keyword, key: &Key, value: Node<'d>) {
        let old = self.version == Version::V3_0;
        let era = match keyword.form {
            Form::Bound if value.as_number().is_some() => Era::New,
            Form::Bound => Era::Old,
            Form::Items if value.is_array() => Era::Old,
            Form::Types if value.is_array() => Era::New,
            _ => keyword.era,
        };
        match era {
            Era::New if old && keyword.role != Role::Annotation => {
                let message = match keyword.form {
                    Form::Types => "a list of types belongs to OpenAPI 3.1".to_owned(),
                    Form::Bound => format!("a number as `{}` belongs to OpenAPI 3.1", key.name),
                    _ => format!("`{}` belongs to OpenAPI 3.1", key.name),
                };
                self.report(Diagnostic::new(Code::NewerKeyword, message).at(key.location));
            }
            Era::Old if !old || keyword.name != "nullable" && keyword.form != Form::Bound => {
                let (message, help) = older(keyword.name);
                let diagnostic = Diagnostic::new(Code::OlderKeyword, message).at(key.location);
                self.report(diagnostic.help(help));
            }
            _ => {}
        }
    }

    fn check_form(&mut self, form: Form, key: &Key, value: Node<'d>) {
        let wanted = match form {
            Form::Any => return,
            Form::Types => return self.check_type(value),
            Form::Text if context::as_text(value).is_some() => return,
            Form::Text => "a string",
            Form::Boolean if context::as_flag(value).is_some() => return,
            Form::Boolean => "a boolean",
            Form::Number if value.as_number().is_some() => return,
            Form::Number => "a number",
            Form::Bound if value.as_number().is_some() || context::as_flag(value).is_some() => return,
            Form::Bound => "a number",
            Form::Count if value.as_number().is_some_and(|number| number.as_u64().is_some()) => return,
            Form::Count => "a whole number that is not negative",
            Form::Array if value.is_array() => return,
            Form::Array => "an array",
            Form::Names if value.items().all(|name| context::as_text(name).is_some()) && value.is_array() => return,
            Form::Names => "an array of names of properties",
            Form::Object if value.is_object() => return,
            Form::Object => "an object",
            Form::Schema if value.is_object() || value.as_bool().is_some() => return,
            Form::Items if value.is_object() || value.is_array() || value.as_bool().is_some() => return,
            Form::Schema | Form::Items => "a schema",
        };
        let found = match value.kind() {
            NodeKind::Number(number) => format!("`{number}`"),
            NodeKind::Array if form == Form::Names => "an array of other things".to_owned(),
            _ => value.kind_name().to_owned(),
        };
        self.report(
            Diagnostic::new(Code::WrongType, format!("`{}` must be {wanted}, not {found}", key.name))
                .at(value.location())
                .label("has no effect"),
        );
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
        let meant = closest(&key.name, KEYWORDS.iter().map(|keyword| keyword.name));
        let message = format!("`{}` is not a keyword of schemas", key.name);
        let mut diagnostic = Diagnostic::new(Code::UnknownKeyword, message)
            .at(key.location)
            .label("has no effect");
        match meant {
            Some(meant) => diagnostic = diagnostic.help(format!("did you mean `{meant}`?")),
            // JSON Schema lets authors add keywords, so one that looks like no other is theirs.
            None if self.version > Version::V3_0 => diagnostic.severity = Severity::Note,
            None => {}
        }
        self.report(diagnostic);
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
