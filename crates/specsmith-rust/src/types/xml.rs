//! The module that says how values stand in XML.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;
use specsmith_ir as ir;

use crate::model::{
    BodyKind, Model, ResponseBody, Xml, XmlAbsence, XmlContent, XmlContentId, XmlItem, XmlNaming, XmlNode, XmlRootId,
};
use crate::{Prose, RustFile};

/// What requests of XML are that the API sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum XmlSent {
    /// Of a type, for those who get them.
    Typed,
    /// Text, for those who send them.
    Text,
}

/// Renders the module with the root elements of bodies, and of what the API sends where that is wanted; `None` where no body
/// is XML of a type.
pub fn xml(model: &Model, sent: XmlSent) -> Option<RustFile> {
    let xml = &model.xml;
    let roots = used_roots(model, sent);
    if roots.is_empty() {
        return None;
    }
    let mut file = RustFile::new();
    let mut docs = Prose::new();
    docs.own("How values stand in XML: the root elements of bodies, and what is inside of them.");
    file.doc(&docs);
    if model.groups.iter().any(|group| group.feature.is_some()) {
        file.attribute(quote!(#![allow(dead_code, reason = "calls of features that are off need some of it")]));
    }
    file.use_(quote!(crate::runtime::xml::xml));
    let mut tables = Tables {
        file,
        xml,
        named: BTreeSet::new(),
    };
    let mut names = BTreeSet::new();
    for root in roots.into_iter().map(|id| xml.root(id)) {
        if names.insert(root.name.as_str()) {
            let (name, node) = (&root.name, tables.node(&root.node));
            tables.file.macro_line("xml", quote!(#name = #node));
        }
    }
    let mut done = BTreeSet::new();
    while let Some(id) = tables.named.pop_first() {
        done.insert(id);
        let item = xml.content(id);
        tables.item(item);
        tables.named.retain(|id| !done.contains(id));
    }
    Some(tables.file)
}

/// The root elements that the operations of a model have, and what the API sends.
fn used_roots(model: &Model, sent: XmlSent) -> BTreeSet<XmlRootId> {
    let mut roots = BTreeSet::new();
    for (_, operation) in model.operations() {
        roots.extend(operation.bodies().filter_map(|body| match &body.kind {
            BodyKind::Xml(_, root) => Some(*root),
            _ => None,
        }));
        let responses = operation.responses.list.iter();
        roots.extend(responses.filter_map(|response| match &response.body {
            ResponseBody::Xml(_, root) => Some(*root),
            _ => None,
        }));
    }
    if sent == XmlSent::Typed {
        roots.extend(model.sent().filter_map(|request| match &request.body {
            ResponseBody::Xml(_, root) => Some(*root),
            _ => None,
        }));
    }
    roots
}

struct Tables<'m> {
    file: RustFile,
    xml: &'m Xml,
    /// The contents that are named and not there yet.
    named: BTreeSet<XmlContentId>,
}

impl Tables<'_> {
    fn item(&mut self, item: &XmlItem) {
        let name = &item.name;
        let XmlContent::Object(fields, rest) = &item.content else {
            let content = self.content(&item.content);
            self.file.macro_line("xml", quote!(#name: #content));
            return;
        };
        let rest = rest.as_ref().map(|rest| self.node(rest)).into_iter();
        let lines = fields.iter().map(|(member, node)| {
            let node = self.node(node);
            quote!(#member: #node)
        });
        let lines = Vec::from_iter(lines);
        self.file.macro_lines("xml", quote!(#name #((#rest))*), lines);
    }

    fn node(&mut self, node: &XmlNode) -> TokenStream {
        let (name, content) = (&node.name, self.reference(&node.content));
        let (function, arguments) = match node.kind {
            ir::XmlNode::Element => (quote!(element), quote!(#name, #content)),
            ir::XmlNode::Attribute => (quote!(attribute), quote!(#name, #content)),
            ir::XmlNode::Text => (quote!(text), content),
            ir::XmlNode::Cdata => (quote!(cdata), content),
            ir::XmlNode::None => (quote!(within), content),
        };
        self.file.use_(quote!(crate::runtime::xml::#function));
        let is_named = matches!(node.kind, ir::XmlNode::Element | ir::XmlNode::Attribute);
        let namespace = node.namespace.as_ref().filter(|_| is_named);
        let namespace = namespace.map(|namespace| quote!(.namespace(#namespace)));
        let prefix = node.prefix.as_ref().filter(|_| is_named);
        let prefix = prefix.map(|prefix| quote!(.prefix(#prefix)));
        let naming = (node.naming == XmlNaming::Any).then(|| quote!(.any_name()));
        let absence = match node.absence {
            XmlAbsence::Absent => None,
            XmlAbsence::Null => Some(quote!(.or_null())),
            XmlAbsence::Empty => Some(quote!(.or_empty())),
        };
        quote!(#function(#arguments) #namespace #prefix #naming #absence)
    }

    fn reference(&mut self, content: &XmlContent) -> TokenStream {
        let content = match content {
            XmlContent::Named(id) => {
                self.named.insert(*id);
                let name = &self.xml.content(*id).name;
                quote!(#name)
            }
            content => self.content(content),
        };
        quote!(&#content)
    }

    fn content(&mut self, content: &XmlContent) -> TokenStream {
        self.file.use_(quote!(crate::runtime::xml::Content));
        match content {
            XmlContent::Any => quote!(Content::Any),
            XmlContent::String => quote!(Content::String),
            XmlContent::Number => quote!(Content::Number),
            XmlContent::Boolean => quote!(Content::Boolean),
            XmlContent::Object(fields, rest) => {
                let fields = fields.iter().map(|(name, node)| {
                    let node = self.node(node);
                    quote!((#name, #node))
                });
                let fields = Vec::from_iter(fields);
                match rest {
                    None => quote!(Content::Object(&[#(#fields),*])),
                    Some(rest) => {
                        let rest = self.node(rest);
                        quote!(Content::Map(&[#(#fields),*], #rest))
                    }
                }
            }
            XmlContent::List(item) => {
                let item = self.node(item);
                quote!(Content::List(#item))
            }
            XmlContent::Tuple(items) => {
                let items = Vec::from_iter(items.iter().map(|item| self.node(item)));
                quote!(Content::Tuple(&[#(#items),*]))
            }
            XmlContent::Inner(node) => {
                let node = self.node(node);
                quote!(Content::Inner(#node))
            }
            XmlContent::OneOf(contents) => {
                let contents = Vec::from_iter(contents.iter().map(|content| self.reference(content)));
                quote!(Content::OneOf(&[#(#contents),*]))
            }
            // A type is never all that the content of another one is.
            XmlContent::Named(_) => quote!(Content::Any),
        }
    }
}
