//! Schema Objects: those of Swagger 2.0 are those of OpenAPI 3.0, but for discriminators and files.

use specsmith_diagnostics::{Code, Diagnostic};

use super::{
    Converter,
    inline::BINARY,
    members::{Members, Word},
};
use crate::{Node, NodeId, grammar::Kind};

impl<'d> Converter<'d, '_> {
    /// A Schema Object; anything else is copied.
    ///
    /// The depth of the document bounds the recursion.
    pub(super) fn schema(&mut self, node: Node<'d>) -> NodeId {
        let mut members = Members::default();
        if !node.is_object() {
            return self.tree.import(node);
        }
        for (key, child) in node.members() {
            let name = key.name.as_str();
            let child = match name {
                "$ref" if child.as_str().is_some() => self.link(node, child, Kind::Schema),
                "type" if child.as_str() == Some("file") && is_of_response(node) => {
                    self.put_words(&mut members, child.location(), BINARY);
                    continue;
                }
                "discriminator" if !child.is_array() => match self.discriminator(node, child) {
                    Some(discriminator) => discriminator,
                    None => continue,
                },
                _ => self.member(Kind::Schema, name, child),
            };
            members.put(name, key.location, child);
        }
        let schema = self.tree.object(node.location(), members.list);
        self.place(node, schema)
    }

    /// A Discriminator Object; `None` after reporting that it is none.
    fn discriminator(&mut self, _schema: Node<'d>, node: Node<'d>) -> Option<NodeId> {
        if let Some(property) = node.as_str() {
            return Some(self.words(node.location(), &[("propertyName", Word::Text(property))]));
        }
        if node.is_object() {
            let message = "a discriminator that is an object came with OpenAPI 3.0";
            let diagnostic = Diagnostic::new(Code::NewerKeyword, message).at(node.location());
            self.cx
                .report(diagnostic.help("in Swagger 2.0 it is the name of a property"));
            return Some(self.object(node, Kind::Discriminator));
        }
        let message = format!("`discriminator` must be a string, not {}", node.kind_name());
        self.cx
            .report(Diagnostic::new(Code::WrongType, message).at(node.location()));
        None
    }
}

/// Whether a schema is that of a response, which can be a file.
fn is_of_response(schema: Node<'_>) -> bool {
    schema
        .parent()
        .is_some_and(|holder| holder.get("schema") == Some(schema))
}
