//! Path templates, parsed.

/// A path such as `/users/{id}.json`, in segments between slashes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize)]
pub struct PathTemplate {
    /// The key of the path as written.
    pub text: String,
    /// What stands between the slashes; the path `/` has one empty segment, `/a/` ends with one.
    pub segments: Vec<PathSegment>,
    /// Literal query pairs that stand in the path (`/v1/models?beta=true`), in order.
    pub query: Vec<(String, String)>,
    /// A literal fragment that stands in the path; it only tells operations apart and is never sent.
    pub fragment: Option<String>,
}

/// What stands between two slashes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, serde::Serialize)]
pub struct PathSegment {
    /// Literal text and parameters in order; empty for an empty segment.
    pub parts: Vec<PathPart>,
}

/// A piece of a segment.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PathPart {
    /// Text, percent-decoded.
    Literal(String),
    /// The name of a path parameter.
    Parameter(String),
}

impl PathTemplate {
    /// The path as routers of servers parse it: `/users/{id}?beta=true`, where literals and names are percent-encoded if
    /// they hold a sign of the template.
    pub fn escaped(&self) -> String {
        let mut text = String::new();
        for segment in &self.segments {
            text.push('/');
            for part in &segment.parts {
                match part {
                    PathPart::Literal(literal) => escape(literal, &mut text),
                    PathPart::Parameter(name) => {
                        text.push('{');
                        escape(name, &mut text);
                        text.push('}');
                    }
                }
            }
        }
        for (index, (name, value)) in self.query.iter().enumerate() {
            text.push(if index == 0 { '?' } else { '&' });
            escape(name, &mut text);
            text.push('=');
            escape(value, &mut text);
        }
        text
    }
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '{' | '}' | '/' | '?' | '#' | '%' | '&' | '=' => out.push_str(&format!("%{:02X}", u32::from(c))),
            c => out.push(c),
        }
    }
}
