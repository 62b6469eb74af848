//! How the values of bodies stand in XML (OpenAPI 3.2, section 4.26).

mod ambiguous;

use std::collections::BTreeMap;

use specsmith_ir::{self as ir, Content, Origin, Presence, Rest, Shape, TypeId, XmlNames};

use super::context::Context;
use crate::Ident;
use crate::model::{Xml, XmlAbsence, XmlContent, XmlContentId, XmlItem, XmlNaming, XmlNode, XmlRoot, XmlRootId};
use crate::naming::{Case, Scope, words};

/// How deep types without a definition are written inside each other before the rest is any value.
const MAX_DEPTH: usize = 16;

/// What a root element is called to which nothing gives a name.
const ROOT: &str = "root";

/// What an item is called to which nothing gives a name.
const ITEM: &str = "item";

/// The root elements that bodies have, while operations are lowered.
#[derive(Debug, Default)]
pub(super) struct Roots(Vec<(TypeId, Option<Box<ir::Xml>>)>);

/// Whether values of the schema are more than text, so that XML can be read as its type.
pub(super) fn is_typed(cx: &Context<'_>, content: &Content) -> bool {
    content.ty.is_some_and(|ty| match cx.shape(cx.resolve(ty)) {
        Shape::Object(object) => !object.fields.is_empty() || !object.patterns.is_empty() || !is_any(cx, object.rest),
        Shape::Array(array) => !matches!(cx.shape(cx.resolve(array.items)), Shape::Any),
        Shape::Tuple(_) => true,
        Shape::Union(union) => {
            let is_object = |ty| matches!(cx.shape(cx.resolve(ty)), Shape::Object(_));
            union.variants.iter().all(|variant| is_object(variant.ty))
        }
        _ => false,
    })
}

fn is_any(cx: &Context<'_>, rest: Rest) -> bool {
    match rest {
        Rest::Typed(ty) => matches!(cx.shape(cx.resolve(ty)), Shape::Any),
        Rest::Unstated | Rest::Denied => true,
    }
}

/// The root element of a body.
pub(super) fn root(cx: &mut Context<'_>, content: &Content) -> XmlRootId {
    let ty = content.ty.unwrap_or(TypeId(u32::MAX));
    let roots = &mut cx.xml_roots.0;
    let same = |(known, xml): &(TypeId, Option<Box<ir::Xml>>)| (*known, xml) == (ty, &content.xml);
    let index = roots.iter().position(same).unwrap_or_else(|| {
        roots.push((ty, content.xml.clone()));
        roots.len() - 1
    });
    XmlRootId(u32::try_from(index).unwrap_or(u32::MAX))
}

/// The tables of all roots.
pub(super) fn lower(cx: &mut Context<'_>) -> Xml {
    let (xml, contents) = tables(cx);
    let types = Vec::from_iter(cx.xml_roots.0.iter().map(|(ty, _)| *ty));
    ambiguous::report(cx, &xml, &types, &contents);
    xml
}

/// The tables, and the types of their contents.
fn tables(cx: &Context<'_>) -> (Xml, Vec<TypeId>) {
    let mut tables = Tables {
        cx,
        known: BTreeMap::new(),
        pending: Vec::new(),
    };
    let mut scope = Scope::new(Case::Snake, &[]);
    let mut roots = Vec::new();
    for (ty, xml) in &cx.xml_roots.0 {
        let node = tables.root(*ty, xml.as_deref());
        let same = roots.iter().find(|root: &&XmlRoot| root.node == node);
        let name = match same {
            Some(same) => same.name.clone(),
            None => constant(&mut scope, tables.root_name(*ty, xml.as_deref(), &node)),
        };
        roots.push(XmlRoot { name, node });
    }
    let mut contents = Vec::new();
    while let Some(ty) = tables.pending.get(contents.len()).copied() {
        let content = tables.content_of_shape(ty, "", 0);
        let mut name = tables.type_name(ty).unwrap_or_default();
        name.push("content".to_owned());
        let name = constant(&mut scope, name);
        contents.push(XmlItem { name, content });
    }
    (Xml { roots, contents }, tables.pending)
}

/// `PET_CONTENT`
fn constant(scope: &mut Scope, name: Vec<String>) -> Ident {
    Ident::from_name(&scope.claim(&[name]).unraw().to_uppercase())
}

/// The tables so far.
struct Tables<'c, 'a> {
    cx: &'c Context<'a>,
    known: BTreeMap<TypeId, XmlContentId>,
    /// The types of the contents, by their ids.
    pending: Vec<TypeId>,
}

/// A place where a value stands.
struct Place<'p> {
    /// What the place itself says.
    xml: Option<&'p ir::Xml>,
    /// The name of the property.
    property: Option<&'p str>,
    /// The name where nothing gives one.
    other: &'p str,
    depth: usize,
}

impl Tables<'_, '_> {
    /// The words of the name of a type that has a definition.
    fn type_name(&self, ty: TypeId) -> Option<Vec<String>> {
        let definition = self.cx.definition(self.cx.item(ty)?)?;
        Some(words(definition.name.unraw()))
    }

    fn root_name(&self, ty: TypeId, xml: Option<&ir::Xml>, node: &XmlNode) -> Vec<String> {
        if xml.is_some_and(|xml| xml.name.is_some()) {
            return words(&node.name);
        }
        let core = self.cx.resolve(ty);
        let own = self.type_name(ty).or_else(|| self.type_name(core));
        own.unwrap_or_else(|| match self.cx.shape(core) {
            Shape::Array(array) if node.naming == XmlNaming::Any => {
                let mut name = self.type_name(self.cx.resolve(array.items)).unwrap_or_default();
                name.push("list".to_owned());
                name
            }
            _ => words(&node.name),
        })
    }

    /// The root element of values of a type, which must be one.
    fn root(&mut self, ty: TypeId, xml: Option<&ir::Xml>) -> XmlNode {
        let place = Place {
            xml,
            property: None,
            other: ROOT,
            depth: 0,
        };
        let mut node = self.node(ty, &place);
        let is_named = self.is_named(ty, xml);
        if node.kind != ir::XmlNode::Element {
            let content = match node.kind {
                ir::XmlNode::None => node.content,
                _ => XmlContent::Inner(Box::new(node)),
            };
            node = element(&self.schema_name(ty).unwrap_or_else(|| ROOT.to_owned()), content);
        }
        if !is_named {
            node.naming = XmlNaming::Any;
        }
        node
    }

    /// Whether the document says the name of the root element in so many words.
    fn is_named(&self, ty: TypeId, xml: Option<&ir::Xml>) -> bool {
        let says = |xml: &ir::Xml| xml.name.is_some();
        xml.is_some_and(says) || self.layers(ty).any(|ty| ty.docs.xml.as_deref().is_some_and(says))
    }

    /// A type, and what it is another name for or wraps.
    fn layers(&self, ty: TypeId) -> impl Iterator<Item = &ir::Type> {
        let mut next = Some(ty);
        let mut left = MAX_DEPTH;
        std::iter::from_fn(move || {
            let ty = self.cx.ty(next.take()?)?;
            left = left.checked_sub(1)?;
            if let Shape::Alias(target) | Shape::Nullable(target) = ty.shape {
                next = Some(target);
            }
            Some(ty)
        })
    }

    /// The name of the first named schema on the way to a type.
    fn schema_name(&self, ty: TypeId) -> Option<String> {
        self.layers(ty).find_map(|ty| match &ty.origin {
            Origin::Component(name) => Some(name.clone()),
            Origin::Inline { .. } => None,
        })
    }

    /// What stands for a value of a type at a place.
    fn node(&mut self, ty: TypeId, place: &Place<'_>) -> XmlNode {
        let mut xml = place.xml.cloned().unwrap_or_default();
        let is_reference = self.cx.is_component(ty);
        if self.cx.api.xml_names == XmlNames::Schemas && is_reference && xml.node == Some(ir::XmlNode::Element) {
            return self.around(ty, xml, place);
        }
        for layer in self.layers(ty) {
            if let Some(own) = &layer.docs.xml {
                xml = xml.or(own);
            }
        }
        let core = self.cx.resolve(ty);
        let is_list = matches!(self.cx.shape(core), Shape::Array(_) | Shape::Tuple(_));
        let kind = xml.node.unwrap_or(match is_list {
            true => ir::XmlNode::None,
            false => ir::XmlNode::Element,
        });
        let property = place.property.map(str::to_owned);
        let schema = self.schema_name(ty);
        let inferred = match (self.cx.api.xml_names, is_reference) {
            (XmlNames::Schemas, true) => schema.or(property),
            _ => property.or(schema),
        };
        let inferred = inferred.unwrap_or_else(|| place.other.to_owned());
        let name = match (kind, xml.name) {
            (ir::XmlNode::Element | ir::XmlNode::Attribute, Some(name)) => name,
            _ => inferred,
        };
        let items = match (place.property, kind) {
            (None, ir::XmlNode::None) => "",
            _ => &name,
        };
        let content = self.content(core, items, place.depth);
        named(kind, &name, xml.namespace, xml.prefix, content)
    }

    /// An element around what stands for a named schema.
    fn around(&mut self, ty: TypeId, xml: ir::Xml, place: &Place<'_>) -> XmlNode {
        let inner = self.node(
            ty,
            &Place {
                xml: None,
                property: place.property,
                other: place.other,
                depth: place.depth + 1,
            },
        );
        let content = match inner.kind {
            ir::XmlNode::None => inner.content,
            _ => XmlContent::Inner(Box::new(inner)),
        };
        let name = xml.name.as_deref().or(place.property).unwrap_or(place.other);
        named(ir::XmlNode::Element, name, xml.namespace, xml.prefix, content)
    }

    /// What is inside a value of a type; `items` is the name of items without one of their own.
    fn content(&mut self, ty: TypeId, items: &str, depth: usize) -> XmlContent {
        let is_shared = matches!(self.cx.shape(ty), Shape::Object(_) | Shape::Union(_)) && self.cx.item(ty).is_some();
        if !is_shared {
            return self.content_of_shape(ty, items, depth);
        }
        let next = XmlContentId(u32::try_from(self.pending.len()).unwrap_or(u32::MAX));
        let id = *self.known.entry(ty).or_insert(next);
        if id == next {
            self.pending.push(ty);
        }
        XmlContent::Named(id)
    }

    fn content_of_shape(&mut self, ty: TypeId, items: &str, depth: usize) -> XmlContent {
        let cx = self.cx;
        if depth > MAX_DEPTH {
            return XmlContent::Any;
        }
        let depth = depth + 1;
        match cx.shape(ty) {
            Shape::Boolean => XmlContent::Boolean,
            Shape::Integer(_) | Shape::Number(_) => XmlContent::Number,
            Shape::String(_) => XmlContent::String,
            Shape::Enum(values) => one_of(values.values.iter().map(|value| scalar(&value.value)).collect()),
            Shape::Const(value) => scalar(value),
            Shape::Array(array) => {
                let item = self.item(array.items, array.xml.as_deref(), items, depth);
                XmlContent::List(Box::new(item))
            }
            Shape::Tuple(tuple) => {
                let nodes = tuple.items.iter().map(|item| self.item(*item, None, items, depth));
                XmlContent::Tuple(nodes.collect())
            }
            Shape::Object(object) => {
                let mut fields = Vec::new();
                self.fields(object, depth, &mut fields);
                XmlContent::Object(fields, self.rest(object, depth).map(Box::new))
            }
            Shape::Union(union) => self.union(union, items, depth),
            Shape::Any | Shape::Never | Shape::Null | Shape::Nullable(_) | Shape::Alias(_) => XmlContent::Any,
        }
    }

    fn item(&mut self, ty: TypeId, xml: Option<&ir::Xml>, name: &str, depth: usize) -> XmlNode {
        let property = (!name.is_empty()).then_some(name);
        let place = Place {
            xml,
            property,
            other: ITEM,
            depth,
        };
        self.node(ty, &place)
    }

    /// Adds the members of an object that are not there yet.
    fn fields(&mut self, object: &ir::Object, depth: usize, fields: &mut Vec<(String, XmlNode)>) {
        for field in &object.fields {
            if fields.iter().any(|(known, _)| *known == field.name) {
                continue;
            }
            let place = Place {
                xml: field.docs.xml.as_deref(),
                property: Some(&field.name),
                other: ITEM,
                depth,
            };
            let mut node = self.node(field.ty, &place);
            let is_list = matches!(node.content, XmlContent::List(_));
            let is_text = matches!(node.kind, ir::XmlNode::Text | ir::XmlNode::Cdata);
            node.absence = match field.presence {
                Presence::Required if self.cx.is_nullable(field.ty) => XmlAbsence::Null,
                Presence::Required if is_list || is_text && node.content == XmlContent::String => XmlAbsence::Empty,
                _ => XmlAbsence::Absent,
            };
            fields.push((field.name.clone(), node));
        }
    }

    /// What stands for members without a name in the document.
    fn rest(&mut self, object: &ir::Object, depth: usize) -> Option<XmlNode> {
        let ty = match (object.rest, object.patterns.first()) {
            (Rest::Typed(ty), _) => ty,
            (_, Some(pattern)) => pattern.ty,
            (Rest::Unstated | Rest::Denied, None) => return None,
        };
        let core = self.cx.resolve(ty);
        let content = self.content(core, ITEM, depth);
        Some(element("", content))
    }

    /// The members of all variants that are objects, and what else a value can be.
    fn union(&mut self, union: &ir::Union, items: &str, depth: usize) -> XmlContent {
        let cx = self.cx;
        let (mut fields, mut rest) = (Vec::new(), None);
        let mut others = Vec::new();
        for variant in &union.variants {
            let core = cx.resolve(variant.ty);
            match cx.shape(core) {
                Shape::Object(object) => {
                    self.fields(object, depth, &mut fields);
                    rest = rest.or_else(|| self.rest(object, depth));
                }
                _ => others.push(self.content_of_shape(core, items, depth)),
            }
        }
        // What one variant requires another may not have.
        for (_, node) in &mut fields {
            node.absence = XmlAbsence::Absent;
        }
        if !fields.is_empty() || rest.is_some() || others.is_empty() {
            others.push(XmlContent::Object(fields, rest.map(Box::new)));
        }
        one_of(others)
    }
}

/// An element of a name without a namespace.
fn element(name: &str, content: XmlContent) -> XmlNode {
    named(ir::XmlNode::Element, name, None, None, content)
}

fn named(
    kind: ir::XmlNode,
    name: &str,
    namespace: Option<String>,
    prefix: Option<String>,
    content: XmlContent,
) -> XmlNode {
    // Real documents write the prefix as part of the name.
    let (inside, local) = match name.split_once(':') {
        Some((prefix, local)) if !prefix.is_empty() && !local.is_empty() => (Some(prefix.to_owned()), local),
        _ => (None, name),
    };
    XmlNode {
        kind,
        name: local.to_owned(),
        namespace,
        prefix: prefix.or(inside),
        naming: XmlNaming::Exact,
        absence: XmlAbsence::Absent,
        content,
    }
}

/// The content of a single value.
fn scalar(value: &ir::Value) -> XmlContent {
    match value {
        ir::Value::String(_) => XmlContent::String,
        ir::Value::Number(_) => XmlContent::Number,
        ir::Value::Boolean(_) => XmlContent::Boolean,
        _ => XmlContent::Any,
    }
}

/// The contents that values can have, each once; what text can be anyway comes last.
fn one_of(contents: Vec<XmlContent>) -> XmlContent {
    let mut kept: Vec<XmlContent> = Vec::new();
    let flat = contents.into_iter().flat_map(|content| match content {
        XmlContent::OneOf(contents) => contents,
        content => vec![content],
    });
    for content in flat {
        if !kept.contains(&content) {
            kept.push(content);
        }
    }
    kept.sort_by_key(|content| match content {
        XmlContent::Number => 0,
        XmlContent::Boolean => 1,
        XmlContent::String => 2,
        XmlContent::Any => 4,
        _ => 3,
    });
    match kept.len() {
        0 => XmlContent::Any,
        1 => kept.swap_remove(0),
        _ => XmlContent::OneOf(kept),
    }
}
