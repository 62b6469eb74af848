//! Coverage for programs.

use specsmith_ir::{Number, Value};

use super::{Coverage, KeywordCoverage, Loss, Place};
use crate::Fate;

impl Coverage {
    /// The coverage as one line of JSON.
    ///
    /// ```json
    /// {"operations": 1, "webhooks": 0, "schemas": {"places": 2, "typed": 2, "perMille": 1000},
    ///  "losses": [{"code": "broken-ref", "message": "...",
    ///              "place": {"pointer": "/paths/~1a/get", "file": "openapi.yaml", "line": 3, "column": 5}}],
    ///  "untyped": [{"pointer": "/components/schemas/Pet", "file": "openapi.yaml", "line": 9, "column": 7}],
    ///  "keywords": [{"object": "Schema Object", "keyword": "type", "fate": "typed", "code": null, "used": 2, "lost": 0}]}
    /// ```
    pub fn to_json(&self) -> String {
        let schemas = object([
            ("places", count(self.schemas.places)),
            ("typed", count(self.schemas.typed)),
            ("perMille", count(self.schemas.per_mille())),
        ]);
        let all = object([
            ("operations", count(self.operations)),
            ("webhooks", count(self.webhooks)),
            ("schemas", schemas),
            ("losses", Value::Array(self.losses.iter().map(loss).collect())),
            ("untyped", Value::Array(self.untyped.iter().map(place).collect())),
            ("keywords", Value::Array(self.keywords.iter().map(keyword).collect())),
        ]);
        all.to_string()
    }
}

fn loss(loss: &Loss) -> Value {
    object([
        ("code", text(loss.code.name())),
        ("message", text(&loss.message)),
        ("place", loss.place.as_ref().map_or(Value::Null, place)),
    ])
}

fn place(place: &Place) -> Value {
    object([
        ("pointer", text(&place.pointer)),
        ("file", text(&place.file)),
        ("line", number(place.line.into())),
        ("column", number(place.column.into())),
    ])
}

fn keyword(keyword: &KeywordCoverage) -> Value {
    let code = match keyword.fate {
        Some(Fate::Reported(code)) => text(code.name()),
        _ => Value::Null,
    };
    object([
        ("object", text(keyword.object)),
        ("keyword", text(&keyword.keyword)),
        ("fate", keyword.fate.map_or(Value::Null, |fate| text(fate.name()))),
        ("code", code),
        ("used", count(keyword.used)),
        ("lost", count(keyword.lost)),
    ])
}

fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    Value::Object(
        members
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
    )
}

fn text(text: &str) -> Value {
    Value::String(text.to_owned())
}

fn count(count: usize) -> Value {
    number(i64::try_from(count).unwrap_or(i64::MAX))
}

fn number(number: i64) -> Value {
    Value::Number(Number::from(number))
}
