//! What XML cannot tell apart: values that stand in their like without an element of their own.

use specsmith_diagnostics::{Code, Diagnostic};
use specsmith_ir::{self as ir, TypeId};

use super::super::context::Context;
use crate::Prose;
use crate::model::{Xml, XmlContent, XmlContentId, XmlNode};

/// Reports lists of lists, and types that contain themselves, where no element is between.
///
/// `contents` and `roots` are the types of the tables.
pub(super) fn report(cx: &mut Context<'_>, xml: &Xml, roots: &[TypeId], contents: &[TypeId]) {
    let mut within: Vec<Vec<XmlContentId>> = Vec::new();
    for (item, ty) in xml.contents.iter().zip(contents) {
        let mut found = Found::default();
        found.content(&item.content, "", Place::Direct);
        report_lists(cx, &found, *ty);
        within.push(found.within);
    }
    for (root, ty) in xml.roots.iter().zip(roots) {
        let mut found = Found::default();
        found.content(&root.node.content, "", Place::Direct);
        report_lists(cx, &found, *ty);
    }
    for id in in_themselves(&within) {
        let Some(ty) = contents.get(id) else { continue };
        let message = match xml
            .contents
            .get(id)
            .and(cx.item(*ty))
            .and_then(|item| cx.definition(item))
        {
            Some(definition) => {
                let name = Prose::code(definition.name.unraw());
                format!("in XML, nothing tells a {name} from the {name} that it stands in")
            }
            None => "in XML, nothing tells a value from the one of the same type that it stands in".to_owned(),
        };
        let finding = Diagnostic::new(Code::AmbiguousXml, message)
            .at(cx.location(*ty))
            .label("the inner one has no element of its own, and is not read");
        cx.report(finding.help(HELP));
    }
}

const HELP: &str = "give the inner one an element: `nodeType: element`, or `wrapped: true` before OpenAPI 3.2";

fn report_lists(cx: &mut Context<'_>, found: &Found, ty: TypeId) {
    for name in &found.lists {
        let list = match name.as_str() {
            "" => "the list".to_owned(),
            name => format!("the list {}", Prose::code(name)),
        };
        let finding = Diagnostic::new(
            Code::AmbiguousXml,
            format!("in XML, nothing tells the items of {list} apart"),
        );
        let finding = finding
            .at(cx.location(ty))
            .label("the items have no elements of their own");
        cx.report(finding.help(HELP));
    }
}

/// What is found in a content.
#[derive(Default)]
struct Found {
    /// The contents that stand in it without an element.
    within: Vec<XmlContentId>,
    /// The members that are lists of what has no element; the empty name is the content itself.
    lists: Vec<String>,
}

/// Whether an element is around.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Direct,
    /// In an element that stands in the content.
    Inside,
}

impl Found {
    fn content(&mut self, content: &XmlContent, name: &str, place: Place) {
        match content {
            XmlContent::Object(fields, _) => {
                for (member, node) in fields {
                    self.node(node, member, place);
                }
            }
            XmlContent::List(item) => {
                if item.kind == ir::XmlNode::None && !is_scalar(&item.content) {
                    self.lists.push(name.to_owned());
                }
                self.node(item, name, place);
            }
            XmlContent::Tuple(items) => items.iter().for_each(|item| self.node(item, name, place)),
            XmlContent::Inner(node) => self.node(node, name, place),
            XmlContent::OneOf(contents) => contents.iter().for_each(|content| self.content(content, name, place)),
            XmlContent::Named(id) if place == Place::Direct => self.within.push(*id),
            XmlContent::Named(_) | XmlContent::Any | XmlContent::String | XmlContent::Number | XmlContent::Boolean => {}
        }
    }

    fn node(&mut self, node: &XmlNode, name: &str, place: Place) {
        let place = match node.kind {
            ir::XmlNode::None => place,
            _ => Place::Inside,
        };
        self.content(&node.content, name, place);
    }
}

fn is_scalar(content: &XmlContent) -> bool {
    match content {
        XmlContent::Any | XmlContent::String | XmlContent::Number | XmlContent::Boolean => true,
        XmlContent::OneOf(contents) => contents.iter().all(is_scalar),
        // A list of one node is a list of that.
        XmlContent::Inner(node) => node.kind != ir::XmlNode::None || is_scalar(&node.content),
        _ => false,
    }
}

/// The indices of one content of each circle.
fn in_themselves(within: &[Vec<XmlContentId>]) -> Vec<usize> {
    #[derive(Clone, Copy, PartialEq, Eq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    let mut marks = vec![Mark::New; within.len()];
    let mut found = Vec::new();
    for start in 0..within.len() {
        let mut open = vec![(start, 0)];
        while let Some((id, next)) = open.pop() {
            let Some(mark) = marks.get_mut(id) else { continue };
            if next == 0 {
                match *mark {
                    Mark::Done => continue,
                    Mark::Open => {
                        found.push(id);
                        continue;
                    }
                    Mark::New => *mark = Mark::Open,
                }
            }
            match within.get(id).and_then(|inner| inner.get(next)) {
                Some(inner) => {
                    open.push((id, next + 1));
                    open.push((inner.0 as usize, 0));
                }
                None => *mark = Mark::Done,
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}
