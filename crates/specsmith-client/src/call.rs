//! Calls as examples write them: with all that they need, and little more.

use specsmith_ir::MediaType;
use specsmith_rust::Model;
use specsmith_rust::model::{Body, BodyKind, Group, MultipartForm, Operation, PartKind, RustType, TypeBody};

use crate::Options;

/// A call of an operation.
pub(crate) struct Call {
    /// What it takes from around: names with their types, the client first.
    pub(crate) given: Vec<(String, String)>,
    /// The paths that it uses.
    pub(crate) uses: Vec<String>,
    /// Lines that stand before it.
    pub(crate) before: Vec<String>,
    /// The call itself, without `.await`.
    pub(crate) text: String,
}

impl Call {
    /// The call that sends this body, if any. `None` where it is not easily written.
    ///
    /// An optional body is sent by its method of the request.
    pub(crate) fn new(
        model: &Model,
        options: &Options,
        group: &Group,
        operation: &Operation,
        body: Option<&Body>,
    ) -> Option<Self> {
        let library = options.library();
        let mut call = Self {
            given: vec![("client".to_owned(), format!("{library}::Client"))],
            uses: Vec::new(),
            before: Vec::new(),
            text: String::new(),
        };
        let required = operation.parameters.iter().filter(|parameter| parameter.required);
        let mut arguments = Vec::new();
        for parameter in required {
            arguments.push(call.argument(model, &library, &parameter.ty, parameter.name.as_str())?);
        }
        let sent = body.map(|body| call.body(model, &library, body));
        let (method, setter) = match (body, sent) {
            (Some(body), sent) if body.required => {
                arguments.extend(sent??);
                (&body.method, String::new())
            }
            (Some(body), sent) => {
                let sent = sent??.join(", ");
                (&operation.method, format!(".{}({sent})", body.method))
            }
            (None, _) => (&operation.method, String::new()),
        };
        let arguments = arguments.join(", ");
        call.text = format!("client.{}().{method}({arguments}){setter}", group.accessor);
        Some(call)
    }

    /// Whether it needs nothing but the client.
    pub(crate) fn is_plain(&self) -> bool {
        self.given.len() == 1
    }

    /// The parameters of a function around it.
    pub(crate) fn parameters(&self) -> String {
        let given = self.given.iter().map(|(name, ty)| format!("{name}: {ty}"));
        Vec::from_iter(given).join(", ")
    }

    /// An argument: a value, or something that is given.
    fn argument(&mut self, model: &Model, library: &str, ty: &RustType, name: &str) -> Option<String> {
        value(model, ty).or_else(|| {
            let (ty, argument) = named(model, ty, name)?;
            self.give(name, format!("{library}::types::{ty}"))?;
            Some(argument)
        })
    }

    fn give(&mut self, name: &str, ty: String) -> Option<()> {
        let is_new = self.given.iter().all(|(known, _)| known != name);
        is_new.then(|| self.given.push((name.to_owned(), ty)))
    }

    /// The arguments that are the body.
    fn body(&mut self, model: &Model, library: &str, body: &Body) -> Option<Vec<String>> {
        let media_type = body
            .media_type
            .is_range()
            .then(|| media_type(body.media_type.essence()));
        let media_type = media_type.map(|media_type| format!("\"{media_type}\"")).into_iter();
        Some(match &body.kind {
            BodyKind::Json(ty) | BodyKind::Form(ty) | BodyKind::Xml(ty, _) => {
                vec![self.argument(model, library, ty, "body")?]
            }
            BodyKind::Lines(ty) => {
                let (ty, _) = named(model, ty, "line")?;
                self.give("lines", format!("Vec<{library}::types::{ty}>"))?;
                vec!["&lines".to_owned()]
            }
            BodyKind::Text => media_type.chain(["\"...\"".to_owned()]).collect(),
            BodyKind::Bytes => {
                self.uses.push(format!("{library}::RequestBody"));
                let file = "RequestBody::file(\"file.bin\")".to_owned();
                media_type.chain([file]).collect()
            }
            BodyKind::Multipart => {
                let form = match &body.form {
                    Some(form) => self.form(model, library, form)?,
                    None => {
                        self.uses
                            .extend(["FilePart", "Multipart"].map(|name| format!("{library}::{name}")));
                        let file = "FilePart::path(\"file.bin\")";
                        match has_names(&body.media_type) {
                            true => format!("Multipart::new().file(\"file\", {file})"),
                            false => format!("Multipart::new().append({file})"),
                        }
                    }
                };
                self.before.push(format!("let body = {form};"));
                vec!["body".to_owned()]
            }
        })
    }

    /// A form of the parts that must be sent, and of a file where one can be.
    fn form(&mut self, model: &Model, library: &str, form: &MultipartForm) -> Option<String> {
        let mut arguments = Vec::new();
        for part in form.parts.iter().filter(|part| part.required) {
            arguments.push(match &part.kind {
                PartKind::Value(ty) => self.argument(model, library, ty, part.name.as_str())?,
                kind => self.file(library, kind),
            });
        }
        let is_file = |kind: &PartKind| !matches!(kind, PartKind::Value(_));
        let has_file = form.parts.iter().any(|part| part.required && is_file(&part.kind));
        let mut optional = form
            .parts
            .iter()
            .filter(|part| !part.required && part.deprecated.is_none());
        let file = optional.find(|part| !has_file && is_file(&part.kind));
        let setter = file.map(|part| format!(".{}({})", part.name, self.file(library, &part.kind)));
        self.uses.push(format!("{library}::api::{}", form.name));
        Some(format!(
            "{}::new({}){}",
            form.name,
            arguments.join(", "),
            setter.unwrap_or_default()
        ))
    }

    fn file(&mut self, library: &str, kind: &PartKind) -> String {
        let path = format!("{library}::FilePart");
        if !self.uses.contains(&path) {
            self.uses.push(path);
        }
        let file = "FilePart::path(\"file.bin\")";
        match kind {
            PartKind::Files => format!("[{file}]"),
            _ => file.to_owned(),
        }
    }
}

/// Whether the parts of a multipart format have names.
fn has_names(media_type: &MediaType) -> bool {
    media_type.essence() == "multipart/form-data" || media_type.is_range()
}

/// A media type of a range.
fn media_type(range: &str) -> &'static str {
    match range {
        "text/*" => "text/plain",
        "image/*" => "image/png",
        "audio/*" => "audio/mpeg",
        "video/*" => "video/mp4",
        _ => "application/octet-stream",
    }
}

/// A type of the API, and how a variable with a value of it is an argument.
fn named(model: &Model, ty: &RustType, name: &str) -> Option<(String, String)> {
    match model.behind_aliases(ty) {
        RustType::Boxed(inner) => named(model, inner, name),
        RustType::Named(id) => {
            let item = model.ty(*id);
            let argument = match item.body {
                TypeBody::Enum(_) => name.to_owned(),
                TypeBody::Struct(_) | TypeBody::Union(_) | TypeBody::Tuple(_) => format!("&{name}"),
                TypeBody::Alias(_) | TypeBody::Newtype(_) => return None,
            };
            Some((item.name.to_string(), argument))
        }
        _ => None,
    }
}

/// A value for an argument.
pub(crate) fn value(model: &Model, ty: &RustType) -> Option<String> {
    match model.behind_aliases(ty) {
        text if model.takes_text(text) => Some("\"...\"".to_owned()),
        ty if ty.is_integer() => Some("1".to_owned()),
        RustType::Named(id) => match &model.ty(*id).body {
            TypeBody::Newtype(inner) if inner.is_text() => Some("&\"...\".into()".to_owned()),
            TypeBody::Newtype(inner) if inner.is_integer() => Some("1.into()".to_owned()),
            _ => None,
        },
        RustType::F64 => Some("1.5".to_owned()),
        RustType::Bool => Some("true".to_owned()),
        RustType::List(item) if model.takes_text(item) => Some("&[\"...\"]".to_owned()),
        _ => None,
    }
}
