//! An API as JSON for programs of others.
//!
//! Structs are objects with the names of their fields, enums without fields are strings in snake case, other enums are
//! objects of one member that has the name of the variant. What has a text of its own is that text: media types, methods,
//! statuses, moments. Values of documents are JSON texts, so that numbers keep each digit.

use serde::ser::{Serialize, SerializeSeq, Serializer};

use crate::retirement::Moment;
use crate::{Api, KindSet, MediaType, Method, Number, Status, Type, TypeId, Types, Value, View};

/// Goes up when something of the form is gone or gets another meaning.
pub const JSON_FORMAT: u32 = 1;

/// The JSON of an API: an object with `format`, the `files` that locations count from 0, and the `api`.
///
/// ```
/// # use specsmith_ir::{Api, json};
/// let text = json(&Api::default(), &["openapi.yaml"]);
/// assert!(text.starts_with(r#"{"format":1,"files":["openapi.yaml"],"api":{"info":{"title":"","version":"""#));
/// ```
pub fn json(api: &Api, files: &[&str]) -> String {
    #[derive(serde::Serialize)]
    struct Whole<'a> {
        format: u32,
        files: &'a [&'a str],
        api: &'a Api,
    }
    let format = JSON_FORMAT;
    // Text, numbers and lists always have a form in JSON.
    serde_json::to_string(&Whole { format, files, api }).unwrap_or_default()
}

/// Writes types as a list in the order of their ids, each with its id and the direction that it is for.
pub(crate) fn types<S: Serializer>(types: &Types, serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(serde::Serialize)]
    struct Whole<'a> {
        id: TypeId,
        #[serde(flatten)]
        ty: &'a Type,
        view: Option<&'a View>,
    }
    let mut list = serializer.serialize_seq(Some(types.len()))?;
    for (id, ty) in types.iter() {
        let view = types.view(id);
        list.serialize_element(&Whole { id, ty, view })?;
    }
    list.end()
}

/// What is written as its text.
macro_rules! as_text {
    ($($ty:ty => $text:expr),* $(,)?) => {$(
        impl Serialize for $ty {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let text: fn(&Self) -> String = $text;
                serializer.serialize_str(&text(self))
            }
        }
    )*};
}
as_text!(
    MediaType => |of| of.as_str().to_owned(),
    Method => |of| of.as_str().to_owned(),
    Status => ToString::to_string,
    Moment => |of| of.http_date(),
    Value => ToString::to_string,
    Number => ToString::to_string,
);

impl Serialize for KindSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(|kind| format!("{kind:?}").to_lowercase()))
    }
}
