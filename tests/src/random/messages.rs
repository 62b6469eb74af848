//! Parameters, headers, bodies and responses.

use serde_json::{Map, Value, json};

use super::schemas::Schemas;

const JSON: &[&str] = &[
    "application/json",
    "application/problem+json",
    "application/vnd.example.v1+json; charset=utf-8",
    "application/*",
    "text/json",
    "*/*",
    "application/merge-patch+json",
];
const BYTES: &[&str] = &[
    "application/octet-stream",
    "image/png",
    "image/*",
    "application/pdf",
    "text/csv",
    "application/zip",
];
const TEXT: &[&str] = &[
    "text/plain",
    "text/html",
    "text/plain; charset=utf-8",
    "application/yaml",
];
const STREAMS: &[&str] = &[
    "text/event-stream",
    "application/jsonl",
    "application/x-ndjson",
    "application/json-seq",
];
const STATUSES: &[&str] = &["200", "201", "202", "204", "206", "302", "304", "2XX"];
const ERRORS: &[&str] = &["400", "401", "404", "409", "422", "429", "500", "4XX", "5XX", "default"];
const HEADERS: &[&str] = &[
    "X-Rate-Limit",
    "ETag",
    "Location",
    "Link",
    "x_odd.name",
    "Retry-After",
    "Set-Cookie",
    "type",
];

impl Schemas<'_> {
    /// A parameter of the query, a header or a cookie.
    pub(super) fn parameter(&mut self, name: &str) -> Value {
        let place = self.draw.weighed(&[(70, "query"), (20, "header"), (10, "cookie")]);
        let mut parameter = json!({"name": name, "in": place});
        if self.draw.chance(25) {
            parameter["required"] = json!(true);
        }
        if self.draw.chance(40) {
            parameter["description"] = json!(self.draw.text());
        }
        if self.draw.chance(5) {
            parameter["deprecated"] = json!(true);
        }
        if self.draw.chance(6) {
            parameter["content"] = json!({"application/json": {"schema": self.schema(2)}});
            return parameter;
        }
        let depth = if self.draw.chance(70) { 0 } else { 2 };
        parameter["schema"] = match depth == 0 && self.draw.chance(20) {
            true => json!({"type": "array", "items": self.own(0)}),
            false => self.schema(depth),
        };
        match (place, self.draw.between(0, 9)) {
            ("query", 0) => parameter["style"] = json!("deepObject"),
            ("query", 1) => parameter["style"] = json!("pipeDelimited"),
            ("query", 2) => parameter["style"] = json!("spaceDelimited"),
            ("query", 3) => parameter["allowReserved"] = json!(true),
            ("query", 4) => parameter["allowEmptyValue"] = json!(true),
            ("cookie", 0) => parameter["style"] = json!("cookie"),
            _ => {}
        }
        if self.draw.chance(20) {
            parameter["explode"] = json!(self.draw.chance(50));
        }
        if self.draw.chance(10) {
            parameter["example"] = self.literal();
        }
        parameter
    }

    /// A parameter of the path.
    pub(super) fn segment(&mut self, name: &str) -> Value {
        let depth = usize::from(self.draw.chance(15));
        let mut parameter = json!({"name": name, "in": "path", "required": true, "schema": self.schema(depth)});
        if self.draw.chance(15) {
            parameter["style"] = json!(self.draw.of(&["label", "matrix", "simple"]));
            parameter["explode"] = json!(self.draw.chance(50));
        }
        parameter
    }

    /// Parameters of an operation whose names differ.
    pub(super) fn parameters(&mut self) -> Vec<Value> {
        let names = match self.draw.chance(70) {
            true => self.draw.names(0, 5),
            false => Vec::new(),
        };
        let named = names.iter().filter(|name| !name.is_empty());
        named.map(|name| self.parameter(name)).collect()
    }

    /// The content of a request or response.
    fn content(&mut self, is_sent: bool) -> Value {
        let mut content = Map::new();
        for _ in 0..self.draw.weighed(&[(80, 1), (15, 2), (5, 3)]) {
            let weight = if is_sent { 12 } else { 1 };
            let kind = self
                .draw
                .weighed(&[(60, 0), (weight, 1), (weight, 2), (6, 3), (6, 4), (7, 5), (3, 6)]);
            let (media_type, value) = match kind {
                0 => (self.draw.of(JSON), json!({"schema": self.schema(3)})),
                1 => ("application/x-www-form-urlencoded", self.form(false)),
                2 => ("multipart/form-data", self.form(true)),
                3 => (self.draw.of(BYTES), self.bytes()),
                4 => (self.draw.of(TEXT), json!({"schema": self.schema(1)})),
                5 => (self.draw.of(STREAMS), self.stream()),
                _ => ("application/xml", json!({"schema": self.schema(2)})),
            };
            content.insert(media_type.to_owned(), value);
        }
        for value in content.values_mut() {
            if !self.draw.chance(10) {
                continue;
            }
            value["examples"] = json!({"one": {"summary": self.draw.text(), "value": self.literal()}});
        }
        Value::Object(content)
    }

    fn bytes(&mut self) -> Value {
        match self.draw.between(0, 2) {
            0 => json!({}),
            1 => json!({"schema": {"type": "string", "format": "binary"}}),
            _ => json!({"schema": self.schema(1)}),
        }
    }

    fn stream(&mut self) -> Value {
        let keyword = self.draw.of(&["schema", "itemSchema"]);
        json!({ keyword: self.schema(2) })
    }

    fn form(&mut self, has_parts: bool) -> Value {
        let mut properties = Map::new();
        let mut encoding = Map::new();
        for name in self.draw.names(1, 6) {
            let property = match has_parts && self.draw.chance(30) {
                true => json!({"type": "string", "format": "binary"}),
                false => self.schema(2),
            };
            if self.draw.chance(15) {
                let value = match has_parts {
                    true => {
                        json!({"contentType": self.draw.of(&["application/json", "image/png, image/jpeg", "text/plain"])})
                    }
                    false => json!({"style": self.draw.of(&["form", "deepObject"]), "explode": self.draw.chance(50)}),
                };
                encoding.insert(name.clone(), value);
            }
            properties.insert(name, property);
        }
        let required: Vec<&String> = properties.keys().filter(|_| self.draw.chance(40)).collect();
        let mut schema = json!({"type": "object"});
        if !required.is_empty() {
            schema["required"] = json!(required);
        }
        schema["properties"] = Value::Object(properties);
        match self.draw.between(0, 9) {
            0 => json!({"schema": self.schema(2)}),
            _ if encoding.is_empty() => json!({ "schema": schema }),
            _ => json!({"schema": schema, "encoding": encoding}),
        }
    }

    pub(super) fn body(&mut self) -> Value {
        let mut body = json!({"content": self.content(true)});
        if self.draw.chance(60) {
            body["required"] = json!(true);
        }
        if self.draw.chance(20) {
            body["description"] = json!(self.draw.text());
        }
        body
    }

    pub(super) fn response(&mut self) -> Value {
        let mut response = json!({"description": self.draw.text()});
        if self.draw.chance(85) {
            response["content"] = self.content(false);
        }
        if self.draw.chance(20) {
            let names: Vec<&str> = (0..self.draw.between(1, 3)).map(|_| self.draw.of(HEADERS)).collect();
            let headers = names.into_iter().map(|name| (name.to_owned(), self.header()));
            response["headers"] = Value::Object(headers.collect());
        }
        response
    }

    fn header(&mut self) -> Value {
        let mut header = json!({"schema": self.schema(1)});
        if self.draw.chance(30) {
            header["required"] = json!(true);
        }
        header
    }

    pub(super) fn responses(&mut self) -> Value {
        let mut responses = Map::new();
        for _ in 0..self.draw.weighed(&[(70, 1), (20, 2), (10, 0)]) {
            responses.insert(self.draw.of(STATUSES).to_owned(), self.response());
        }
        for _ in 0..self.draw.between(0, 3) {
            responses.insert(self.draw.of(ERRORS).to_owned(), self.response());
        }
        if responses.is_empty() {
            responses.insert("default".to_owned(), self.response());
        }
        Value::Object(responses)
    }
}
