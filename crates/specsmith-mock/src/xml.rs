//! Values as XML, where the document says how.

use serde_json::Value;
use specsmith_ir::{Api, Array, Content, Docs, Object, Shape, TypeId, Xml, XmlNames, XmlNode};
use specsmith_runtime::server::Problem;

/// How deep elements are.
const MAX_DEPTH: usize = 100;

/// Writes a body.
pub(crate) fn write(api: &Api, content: &Content, value: &Value) -> Result<String, Problem> {
    let ty = content.ty.ok_or_else(Problem::internal)?;
    let mut writer = Writer {
        api,
        text: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>".to_owned(),
    };
    let name = writer.root_name(ty);
    let place = content.xml.as_deref().cloned().unwrap_or_default();
    writer.element(&name, &place, ty, value, 0);
    Ok(writer.text)
}

struct Writer<'a> {
    api: &'a Api,
    text: String,
}

impl Writer<'_> {
    /// The name of the root where the document says none: that of the schema.
    fn root_name(&self, ty: TypeId) -> String {
        match &self.api.types[ty].origin {
            specsmith_ir::Origin::Component(name) => name.clone(),
            specsmith_ir::Origin::Inline { .. } => "root".to_owned(),
        }
    }

    /// What a type and its place say about its values.
    fn xml(&self, docs: &Docs, place: &Xml) -> Xml {
        match &docs.xml {
            Some(xml) => place.clone().or(xml),
            None => place.clone(),
        }
    }

    /// The type behind aliases and nullables, and what is said on the way.
    fn behind(&self, mut ty: TypeId, place: &Xml) -> (TypeId, Xml) {
        let types = &self.api.types;
        let mut xml = place.clone();
        for _ in 0..MAX_DEPTH {
            xml = self.xml(&types[ty].docs, &xml);
            match types[ty].shape {
                Shape::Alias(target) | Shape::Nullable(target) => ty = target,
                _ => break,
            }
        }
        (ty, xml)
    }

    fn element(&mut self, usual: &str, place: &Xml, ty: TypeId, value: &Value, depth: usize) {
        let (ty, xml) = self.behind(ty, place);
        let name = written(&xml, usual);
        self.text.push('<');
        self.text.push_str(&name);
        self.namespace(&xml);
        if depth < MAX_DEPTH {
            self.inside(ty, &xml, value, depth);
        } else {
            self.text.push('>');
        }
        self.text.push_str(&format!("</{name}>"));
    }

    fn namespace(&mut self, xml: &Xml) {
        if let Some(namespace) = &xml.namespace {
            let name = match &xml.prefix {
                Some(prefix) => format!("xmlns:{prefix}"),
                None => "xmlns".to_owned(),
            };
            self.attribute(&name, namespace);
        }
    }

    /// Attributes, the end of the tag, and what the element holds.
    fn inside(&mut self, ty: TypeId, xml: &Xml, value: &Value, depth: usize) {
        let api = self.api;
        match (&api.types[ty].shape, value) {
            (Shape::Object(object), Value::Object(members)) => {
                for (name, member) in members {
                    let (field, place) = self.field(object, name);
                    if place.node == Some(XmlNode::Attribute) {
                        if let Some(namespace) = place.namespace.as_ref().zip(place.prefix.as_ref()) {
                            self.attribute(&format!("xmlns:{}", namespace.1), namespace.0);
                        }
                        self.attribute(&written(&place, name), &scalar(member));
                    }
                    let _ = field;
                }
                self.text.push('>');
                for (name, member) in members {
                    self.member(object, name, member, depth);
                }
            }
            (Shape::Array(array), Value::Array(items)) => {
                self.text.push('>');
                let usual = xml.name.clone().unwrap_or_else(|| "item".to_owned());
                self.items(array, &usual, items, depth);
            }
            (Shape::Union(union), value) => {
                // The first variant that is of the same kind.
                let fits = |ty: &TypeId| {
                    let (ty, _) = self.behind(*ty, &Xml::default());
                    matches!(
                        (&api.types[ty].shape, value),
                        (Shape::Object(_), Value::Object(_)) | (Shape::Array(_), Value::Array(_))
                    )
                };
                let variant = union.variants.iter().map(|variant| variant.ty).find(fits);
                match variant.filter(|_| depth < MAX_DEPTH) {
                    Some(variant) => self.inside(self.behind(variant, xml).0, xml, value, depth + 1),
                    None => self.content(value),
                }
            }
            (_, value) => self.content(value),
        }
    }

    fn content(&mut self, value: &Value) {
        self.text.push('>');
        let text = scalar(value);
        self.escaped(&text);
    }

    /// The type of a member, and what is said about it in XML.
    fn field(&self, object: &Object, name: &str) -> (Option<TypeId>, Xml) {
        let Some(field) = object.fields.iter().find(|field| field.name == name) else {
            return (None, Xml::default());
        };
        let place = field.docs.xml.as_deref().cloned().unwrap_or_default();
        let (ty, xml) = self.behind(field.ty, &place);
        (Some(ty), xml)
    }

    fn member(&mut self, object: &Object, name: &str, value: &Value, depth: usize) {
        let api = self.api;
        let (ty, xml) = self.field(object, name);
        let Some(ty) = ty else {
            self.text.push_str(&format!("<{0}>", name_of(name)));
            self.escaped(&scalar(value));
            return self.text.push_str(&format!("</{0}>", name_of(name)));
        };
        match (xml.node, &api.types[ty].shape, value) {
            (Some(XmlNode::Attribute), ..) | (_, _, Value::Null) => {}
            (Some(XmlNode::Text | XmlNode::Cdata), _, value) => self.escaped(&scalar(value)),
            (node, Shape::Array(array), Value::Array(items)) => {
                let is_wrapped = node == Some(XmlNode::Element);
                let usual = self.usual_name(object, name);
                if is_wrapped {
                    let wrapper = written(&xml, &usual);
                    self.text.push_str(&format!("<{wrapper}"));
                    self.namespace(&xml);
                    self.text.push('>');
                    self.items(array, &usual, items, depth + 1);
                    self.text.push_str(&format!("</{wrapper}>"));
                } else {
                    let usual = xml.name.clone().unwrap_or(usual);
                    self.items(array, &usual, items, depth + 1);
                }
            }
            (..) => {
                let usual = self.usual_name(object, name);
                self.element(&usual, &xml, ty, value, depth + 1);
            }
        }
    }

    /// The name of an element that no schema names.
    fn usual_name(&self, object: &Object, name: &str) -> String {
        let field = object.fields.iter().find(|field| field.name == name);
        let origin = field.map(|field| &self.api.types[field.ty].origin);
        match (self.api.xml_names, origin) {
            (XmlNames::Schemas, Some(specsmith_ir::Origin::Component(schema))) => schema.clone(),
            _ => name.to_owned(),
        }
    }

    fn items(&mut self, array: &Array, usual: &str, items: &[Value], depth: usize) {
        let place = array.xml.as_deref().cloned().unwrap_or_default();
        for item in items {
            self.element(usual, &place, array.items, item, depth + 1);
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.text.push_str(&format!(" {name}=\""));
        self.escaped(value);
        self.text.push('"');
    }

    fn escaped(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.text.push_str("&amp;"),
                '<' => self.text.push_str("&lt;"),
                '>' => self.text.push_str("&gt;"),
                '"' => self.text.push_str("&quot;"),
                c if c.is_control() && !matches!(c, '\t' | '\n' | '\r') => self.text.push('\u{FFFD}'),
                c => self.text.push(c),
            }
        }
    }
}

/// The name of an element or attribute, with its prefix.
fn written(xml: &Xml, usual: &str) -> String {
    let name = name_of(xml.name.as_deref().unwrap_or(usual));
    match &xml.prefix {
        Some(prefix) => format!("{}:{name}", name_of(prefix)),
        None => name,
    }
}

/// A text as a name of XML: signs that it cannot have are replaced.
fn name_of(text: &str) -> String {
    let mut name: String = text
        .chars()
        .map(|c| match c {
            c if c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':') => c,
            _ => '_',
        })
        .collect();
    if !name.starts_with(|first: char| first.is_alphabetic() || first == '_') {
        name.insert(0, '_');
    }
    name
}

fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        value => value.to_string(),
    }
}
