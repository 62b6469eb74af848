//! Schemas of all shapes, which refer to each other.

use serde_json::{Map, Value, json};

use super::draw::Draw;

const FORMATS: &[&str] = &[
    "date",
    "date-time",
    "time",
    "duration",
    "uuid",
    "uri",
    "uri-reference",
    "email",
    "hostname",
    "ipv4",
    "ipv6",
    "byte",
    "binary",
    "password",
    "int64",
    "decimal",
    "json-pointer",
    "regex",
    "unknown-format",
    "base64url",
    "char",
];
const INTEGERS: &[&str] = &[
    "int32",
    "int64",
    "uint32",
    "uint64",
    "int8",
    "uint8",
    "unix-time",
    "int16",
    "unknown",
];
const PATTERNS: &[&str] = &[
    "^[a-z]+$",
    "^\\d{3}-\\d{2}$",
    "[A-Z]",
    "^(?:a|b)*$",
    "^\\S+@\\S+$",
    "^[\\w\\-]{1,20}$",
    "\\/x",
];

#[derive(Clone, Copy)]
enum Shape {
    Object,
    Map,
    Array,
    Tuple,
    Text,
    Integer,
    Number,
    Boolean,
    Enum,
    Const,
    OneOf,
    AnyOf,
    AllOf,
    Tagged,
    Several,
    Conditional,
    Anything,
    Null,
}

/// Draws schemas that refer to the components of a document.
pub(super) struct Schemas<'a> {
    pub(super) draw: &'a mut Draw,
    /// The names of the components.
    pub(super) names: &'a [String],
    /// How many of the components, from the first, a schema may be a part of: others would be parts of themselves.
    pub(super) before: usize,
}

impl Schemas<'_> {
    /// A schema that may hold others, so many deep.
    pub(super) fn schema(&mut self, depth: usize) -> Value {
        if self.draw.chance(if depth == 0 { 30 } else { 20 }) && !self.names.is_empty() {
            return self.reference(self.names.len());
        }
        self.own(depth)
    }

    /// A schema that is no reference.
    pub(super) fn own(&mut self, depth: usize) -> Value {
        let flat = [
            (20, Shape::Text),
            (12, Shape::Integer),
            (6, Shape::Number),
            (6, Shape::Boolean),
            (10, Shape::Enum),
            (3, Shape::Const),
            (2, Shape::Anything),
            (1, Shape::Null),
            (2, Shape::Several),
        ];
        let nested = [
            (24, Shape::Object),
            (5, Shape::Map),
            (10, Shape::Array),
            (3, Shape::Tuple),
            (5, Shape::OneOf),
            (4, Shape::AnyOf),
            (6, Shape::AllOf),
            (4, Shape::Tagged),
            (2, Shape::Conditional),
        ];
        let is_nested = depth > 0 && self.draw.chance(55);
        let shape = self.draw.weighed(if is_nested { &nested[..] } else { &flat[..] });
        let schema = self.shape(shape, depth.saturating_sub(1));
        self.with_notes(schema)
    }

    fn shape(&mut self, shape: Shape, depth: usize) -> Value {
        match shape {
            Shape::Object => self.object(depth),
            Shape::Map => json!({"type": "object", "additionalProperties": self.schema(depth)}),
            Shape::Array => self.array(depth),
            Shape::Tuple => self.tuple(depth),
            Shape::Text => self.string(),
            Shape::Integer => self.integer(),
            Shape::Number => self.number(),
            Shape::Boolean => json!({"type": "boolean"}),
            Shape::Enum => self.enumeration(),
            Shape::Const => json!({"const": self.literal()}),
            Shape::OneOf => json!({"oneOf": self.branches(depth)}),
            Shape::AnyOf => json!({"anyOf": self.branches(depth)}),
            Shape::AllOf => self.all_of(depth),
            Shape::Tagged => self.tagged(depth),
            Shape::Several => self.several(),
            Shape::Conditional => self.conditional(depth),
            Shape::Anything => match self.draw.between(0, 2) {
                0 => json!({}),
                1 => json!(true),
                _ => json!({"type": "object"}),
            },
            Shape::Null => json!({"type": "null"}),
        }
    }

    /// A reference to one of the first components, now and then with keywords beside it.
    fn reference(&mut self, among: usize) -> Value {
        let index = self.draw.between(0, among - 1);
        let mut schema = json!({"$ref": format!("#/components/schemas/{}", self.names[index])});
        if self.draw.chance(15) {
            schema["description"] = json!(self.draw.text());
        }
        schema
    }

    /// A schema that another is made of: it leads to no component that is made of that one.
    fn part(&mut self, depth: usize) -> Value {
        match self.before {
            0 => self.object(depth),
            before if self.draw.chance(50) => self.reference(before),
            _ => self.object(depth),
        }
    }

    fn branches(&mut self, depth: usize) -> Vec<Value> {
        let mut branches: Vec<Value> = Vec::new();
        for _ in 0..self.draw.between(1, 4) {
            let branch = match self.before {
                before if before > 0 && self.draw.chance(50) => self.reference(before),
                _ => self.own(depth),
            };
            branches.push(branch);
        }
        if self.draw.chance(15) {
            branches.push(json!({"type": "null"}));
        }
        branches
    }

    fn object(&mut self, depth: usize) -> Value {
        let mut schema = json!({"type": "object"});
        let names = self.draw.names(0, 6);
        let mut properties = Map::new();
        for name in &names {
            let mut property = self.schema(depth);
            self.mark(&mut property);
            properties.insert(name.clone(), property);
        }
        if !properties.is_empty() {
            schema["properties"] = Value::Object(properties);
        }
        let required: Vec<&String> = names.iter().filter(|_| self.draw.chance(40)).collect();
        if !required.is_empty() {
            schema["required"] = json!(required);
        }
        match self.draw.between(0, 11) {
            0 => schema["additionalProperties"] = json!(false),
            1 => schema["additionalProperties"] = json!(true),
            2 => schema["additionalProperties"] = self.schema(depth),
            3 => schema["patternProperties"] = json!({self.draw.of(PATTERNS): self.schema(depth)}),
            4 => schema["unevaluatedProperties"] = json!(false),
            5 => schema["minProperties"] = json!(1),
            6 => schema["propertyNames"] = json!({"pattern": self.draw.of(PATTERNS), "maxLength": 40}),
            _ => {}
        }
        if let Some(name) = names.first().filter(|_| self.draw.chance(5)) {
            schema["dependentRequired"] = json!({ name.clone(): [names.last()] });
        }
        schema
    }

    /// What a property says of its direction.
    fn mark(&mut self, property: &mut Value) {
        if !property.is_object() {
            return;
        }
        match self.draw.between(0, 14) {
            0 => property["readOnly"] = json!(true),
            1 => property["writeOnly"] = json!(true),
            2 => property["deprecated"] = json!(true),
            3 => property["xml"] = json!({"attribute": true}),
            4 => property["xml"] = json!({"name": "other", "wrapped": true}),
            _ => {}
        }
    }

    fn array(&mut self, depth: usize) -> Value {
        let mut schema = json!({"type": "array", "items": self.schema(depth)});
        match self.draw.between(0, 7) {
            0 => schema["minItems"] = json!(self.draw.between(0, 3)),
            1 => schema["maxItems"] = json!(self.draw.between(1, 9)),
            2 => schema["uniqueItems"] = json!(true),
            3 => schema["contains"] = json!({"type": "string"}),
            _ => {}
        }
        schema
    }

    fn tuple(&mut self, depth: usize) -> Value {
        let items: Vec<Value> = (0..self.draw.between(1, 4)).map(|_| self.schema(depth)).collect();
        let mut schema = json!({"type": "array", "prefixItems": items});
        match self.draw.between(0, 3) {
            0 => schema["items"] = json!(false),
            1 => schema["items"] = self.schema(depth),
            2 => schema["minItems"] = json!(items.len()),
            _ => {}
        }
        schema
    }

    fn string(&mut self) -> Value {
        let mut schema = json!({"type": "string"});
        match self.draw.between(0, 9) {
            0..=3 => schema["format"] = json!(self.draw.of(FORMATS)),
            4 => schema["pattern"] = json!(self.draw.of(PATTERNS)),
            5 => {
                schema["minLength"] = json!(self.draw.between(0, 3));
                schema["maxLength"] = json!(self.draw.between(3, 80));
            }
            6 => schema["default"] = json!(self.draw.name()),
            7 => schema["contentEncoding"] = json!("base64"),
            _ => {}
        }
        schema
    }

    fn integer(&mut self) -> Value {
        let mut schema = json!({"type": "integer"});
        if self.draw.chance(40) {
            schema["format"] = json!(self.draw.of(INTEGERS));
        }
        match self.draw.between(0, 5) {
            0 => schema["minimum"] = json!(self.draw.of(&[0, 1, -5])),
            1 => {
                schema["minimum"] = json!(1);
                schema["maximum"] = json!(self.draw.of(&[100, 255, 1_000_000]));
                schema["default"] = json!(20);
            }
            2 => schema["multipleOf"] = json!(5),
            3 => schema["exclusiveMaximum"] = json!(10),
            _ => {}
        }
        schema
    }

    fn number(&mut self) -> Value {
        let mut schema = json!({"type": "number"});
        match self.draw.between(0, 5) {
            0 => schema["format"] = json!(self.draw.of(&["float", "double", "decimal"])),
            1 => schema["minimum"] = json!(0.5),
            2 => schema["default"] = json!(self.draw.of(&[0.0, 1.5, -2.25, 1e10])),
            3 => schema["multipleOf"] = json!(0.01),
            _ => {}
        }
        schema
    }

    fn enumeration(&mut self) -> Value {
        let mut values: Vec<Value> = self.draw.names(1, 5).into_iter().map(Value::String).collect();
        let mut schema = json!({"type": "string"});
        match self.draw.between(0, 9) {
            0 => {
                values = (0..self.draw.between(1, 4)).map(|value| json!(value)).collect();
                schema["type"] = json!("integer");
            }
            1 => {
                values.push(Value::Null);
                schema["type"] = json!(["string", "null"]);
            }
            2 => {
                values.push(json!(7));
                values.push(json!(true));
                schema = json!({});
            }
            3 => schema["default"] = values[0].clone(),
            4 => {
                schema["x-enum-varnames"] = values
                    .iter()
                    .enumerate()
                    .map(|(at, _)| json!(format!("V{at}")))
                    .collect()
            }
            _ => {}
        }
        schema["enum"] = Value::Array(values);
        schema
    }

    /// A value without structure, and now and then one with.
    pub(super) fn literal(&mut self) -> Value {
        match self.draw.between(0, 8) {
            0 => json!(self.draw.between(0, 9)),
            1 => json!(true),
            2 => json!(1.5),
            3 => json!([1, "a"]),
            4 => json!({"a": null}),
            _ => json!(self.draw.name()),
        }
    }

    fn all_of(&mut self, depth: usize) -> Value {
        let parts: Vec<Value> = (0..self.draw.between(1, 3)).map(|_| self.part(depth)).collect();
        let mut schema = json!({"allOf": parts});
        if self.draw.chance(30) {
            let own = self.object(depth);
            for (key, value) in own.as_object().into_iter().flatten() {
                schema[key] = value.clone();
            }
        }
        schema
    }

    /// A union whose branches say by a member which of them a value is.
    fn tagged(&mut self, depth: usize) -> Value {
        let tag = self.draw.of(&["type", "kind", "object", "@type", "event-name"]);
        let mut branches: Vec<Value> = Vec::new();
        for name in self.draw.names(1, 4) {
            let mut branch = self.object(depth);
            branch["properties"][tag] = match self.draw.chance(50) {
                true => json!({"const": name}),
                false => json!({"type": "string", "enum": [name]}),
            };
            branch["required"] = json!([tag]);
            branches.push(branch);
        }
        let keyword = self.draw.of(&["oneOf", "anyOf"]);
        let mut schema = json!({keyword: branches});
        if self.draw.chance(50) {
            schema["discriminator"] = json!({"propertyName": tag});
        }
        schema
    }

    fn several(&mut self) -> Value {
        let all = ["string", "integer", "number", "boolean", "null", "array", "object"];
        let mut types = vec![self.draw.of(&all)];
        for _ in 0..2 {
            let more = self.draw.of(&all);
            if !types.contains(&more) {
                types.push(more);
            }
        }
        json!({"type": types})
    }

    fn conditional(&mut self, depth: usize) -> Value {
        let mut schema = self.object(depth);
        match self.draw.between(0, 2) {
            0 => {
                schema["if"] = json!({"required": ["id"]});
                schema["then"] = json!({"required": ["name"]});
            }
            1 => schema["not"] = json!({"required": ["error"]}),
            _ => schema["dependentSchemas"] = json!({"id": {"required": ["name"]}}),
        }
        schema
    }

    /// Notes that a schema may have, whatever it is.
    fn with_notes(&mut self, mut schema: Value) -> Value {
        if !schema.is_object() {
            return schema;
        }
        match self.draw.between(0, 19) {
            0..=3 => schema["description"] = json!(self.draw.text()),
            4 => schema["title"] = json!(self.draw.name()),
            5 => schema["example"] = self.literal(),
            6 => schema["examples"] = json!([self.literal()]),
            7 => schema["deprecated"] = json!(true),
            8 => schema["externalDocs"] = json!({"url": "https://example.com/docs"}),
            9 => schema["xml"] = json!({"name": "entry", "prefix": "e", "namespace": "https://example.com/ns"}),
            10 => schema["x-note"] = json!(self.draw.name()),
            11 => schema["nullable"] = json!(true),
            _ => {}
        }
        schema
    }
}
