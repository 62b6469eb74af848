//! Parameters with `in: formData` to a Request Body Object with one schema.

use specsmith_diagnostics::{Code, Diagnostic};
use specsmith_ir::MediaType;

use super::{
    Converter,
    inline::{Joined, Joining},
    media_type::{Listed, MediaTypes, listed},
    members::Members,
    operation::Item,
};
use crate::{
    Node, NodeId,
    lower::{flag, text},
};

const URLENCODED: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";

impl<'d> Converter<'d, '_> {
    /// The Request Body Object of the form of an operation.
    pub(super) fn form(&mut self, operation: Node<'d>, items: &[Item<'d>]) -> NodeId {
        let Some(first) = items.first().map(|item| item.reference) else {
            return self.tree.null(operation.location());
        };
        let media_types = self.form_types(operation, items);
        let schema = self.form_schema(first, items);
        let mut content = Members::default();
        for (index, listed) in media_types.iter().enumerate() {
            let schema = match index {
                0 => schema,
                _ => self.refer_to_new(first, schema),
            };
            let mut members = Members::default();
            members.put("schema", first.location(), schema);
            if let Some(encoding) = self.encoding(first, items) {
                members.put("encoding", first.location(), encoding);
            }
            let media_type = self.tree.object(first.location(), members.list);
            content.put(listed.name, listed.location, media_type);
        }
        let content = self.tree.object(first.location(), content.list);
        let mut members = Members::default();
        let required = items.iter().find(|item| flag(item.node, "required") == Some(true));
        if let Some((key, value)) = required.and_then(|item| item.node.entry("required")) {
            let value = self.tree.boolean(value.location(), true);
            members.put("required", key.location, value);
        }
        members.put("content", first.location(), content);
        self.tree.object(first.location(), members.list)
    }

    /// The media types of a form: files need parts, everything else can be both.
    fn form_types(&mut self, operation: Node<'d>, items: &[Item<'d>]) -> MediaTypes<'d> {
        let own = listed(operation.get("consumes"));
        let is_own = own.is_some();
        let mut media_types = own.unwrap_or_else(|| self.consumes.clone());
        let file = items
            .iter()
            .find(|item| text(item.node, "type") == Some("file"))
            .and_then(|item| item.node.get("type"));
        media_types.retain(|listed| {
            let media_type = MediaType::new(listed.name);
            let is_form = |media_type: &MediaType| media_type.is_form() && file.is_none();
            let can = media_type.is_some_and(|media_type| is_form(&media_type) || media_type.is_multipart());
            if !can && is_own {
                let message = format!("these form parameters are not sent as `{}`", listed.name);
                self.cx
                    .report(Diagnostic::new(Code::AssumedMediaType, message).at(listed.location));
            }
            can
        });
        if media_types.is_empty() {
            let location = items.first().map(|item| item.reference.location());
            media_types.push(match file {
                Some(file) => Listed {
                    name: MULTIPART,
                    location: file.location(),
                },
                None => Listed {
                    name: URLENCODED,
                    location: location.unwrap_or(operation.location()),
                },
            });
        }
        media_types
    }

    fn form_schema(&mut self, place: Node<'d>, items: &[Item<'d>]) -> NodeId {
        let (mut properties, mut required) = (Members::default(), Vec::new());
        for Item { reference, node, .. } in items {
            let Some(name) = node.get("name") else { continue };
            let Some(text) = text(*node, "name") else { continue };
            if !self.cx.afford_copy(*reference, *node) {
                break;
            }
            if flag(*node, "required") == Some(true) {
                required.push(self.text(name.location(), text));
            }
            if let Some((key, _)) = node
                .entry("allowEmptyValue")
                .filter(|_| flag(*node, "allowEmptyValue") == Some(true))
            {
                let message = "`allowEmptyValue` has no effect on what is generated";
                self.cx
                    .report(Diagnostic::new(Code::NotGenerated, message).at(key.location));
            }
            let property = self.property(*node);
            properties.put(text, name.location(), property);
        }
        let mut members = Members::default();
        let object = self.text(place.location(), "object");
        members.put("type", place.location(), object);
        if !required.is_empty() {
            let required = self.tree.array(place.location(), required);
            members.put("required", place.location(), required);
        }
        let properties = self.tree.object(place.location(), properties.list);
        members.put("properties", place.location(), properties);
        self.tree.object(place.location(), members.list)
    }

    /// How the arrays of a form are written.
    fn encoding(&mut self, place: Node<'d>, items: &[Item<'d>]) -> Option<NodeId> {
        let mut members = Members::default();
        for Item { node, .. } in items {
            let (Some(name), Some(name_node)) = (text(*node, "name"), node.get("name")) else {
                continue;
            };
            if let Joined::Style { location, words } = self.joined(*node, Joining::Pairs) {
                let encoding = self.words(location, words);
                members.put(name, name_node.location(), encoding);
            }
        }
        (!members.list.is_empty()).then(|| self.tree.object(place.location(), members.list))
    }
}
