//! `xml!`: a line of the table that says how values stand in XML.

/// Makes a static of a root element, or of what is inside of elements.
///
/// ```text
/// xml!(PET = element("pet", &PET_CONTENT));
/// xml!(PET_CONTENT {
///     "id": attribute("id", &Content::Number),
///     "name": element("name", &Content::String),
/// });
/// xml!(COUNTS_CONTENT (element("", &Content::Number)) {});  // with what other members are
/// ```
#[allow(unused_macros, reason = "only generated code uses it")]
macro_rules! xml {
    ($name:ident = $node:expr) => {
        pub(crate) static $name: $crate::runtime::xml::Node = $node;
    };
    ($name:ident : $content:expr) => {
        static $name: $crate::runtime::xml::Content = $content;
    };
    ($name:ident { $($member:literal : $node:expr),* $(,)? }) => {
        static $name: $crate::runtime::xml::Content =
            $crate::runtime::xml::Content::Object(&[$(($member, $node)),*]);
    };
    ($name:ident ($rest:expr) { $($member:literal : $node:expr),* $(,)? }) => {
        static $name: $crate::runtime::xml::Content =
            $crate::runtime::xml::Content::Map(&[$(($member, $node)),*], $rest);
    };
}

#[allow(unused_imports, reason = "only generated code uses it")]
pub(crate) use xml;
