//! Which JSON types a keyword is about: on values of others it has no effect.

use specsmith_diagnostics::Code;
use specsmith_ir::{Kind, KindSet};

use crate::lower::context::Context;
use crate::lower::schema::kind;
use crate::{Key, Node, NodeKind};

/// The JSON types that a keyword of a schema is about; `None` where it is about all.
fn subject(keyword: &str) -> Option<KindSet> {
    let kind = match keyword {
        "minLength" | "maxLength" | "pattern" | "contentEncoding" | "contentMediaType" => Kind::String,
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => Kind::Number,
        "items" | "prefixItems" | "minItems" | "maxItems" | "uniqueItems" => Kind::Array,
        "properties"
        | "required"
        | "patternProperties"
        | "propertyNames"
        | "minProperties"
        | "maxProperties"
        | "additionalProperties" => Kind::Object,
        _ => return None,
    };
    Some(KindSet::of(kind))
}

impl<'d> Context<'d, '_> {
    /// Notes a keyword that has no effect on values of the types that the schema states beside it.
    pub(super) fn check_subject(&mut self, key: &'d Key, value: Node<'d>, schema: Node<'d>) {
        let Some(stated) = schema.get("type") else { return };
        let Some((subject, kinds)) = subject(&key.name).zip(kind::stated(stated)) else {
            return;
        };
        if !subject.intersection(kinds).is_empty() || says_nothing(value) {
            return;
        }
        let of = stated
            .as_str()
            .map_or_else(|| "these types".to_owned(), |name| format!("type `{name}`"));
        let message = format!("`{}` has no effect on values of {of}", key.name);
        self.note(Code::KeywordNotTyped, message, key.location);
    }
}

/// Whether a value is one that tools write for no reason: a flag, or nothing at all.
fn says_nothing(value: Node<'_>) -> bool {
    match value.kind() {
        NodeKind::Null | NodeKind::Boolean(_) => true,
        NodeKind::Array => value.items().next().is_none(),
        NodeKind::Object => value.members().next().is_none(),
        _ => false,
    }
}
