//! What the objects of Swagger 2.0 say together: which keywords a body, a form and a security scheme need and cannot have.

use specsmith_diagnostics::{Code, Diagnostic, Location};

use crate::{
    Node,
    grammar::Kind,
    lower::context::{Context, as_text, text},
};

/// Where a parameter can be.
const PLACES: [&str; 5] = ["path", "query", "header", "formData", "body"];
/// How the items of an array can be joined.
const FORMATS: [&str; 5] = ["csv", "ssv", "tsv", "pipes", "multi"];
/// What to say of a `type: file` elsewhere.
const FILE: &str = "only form parameters and responses can be files";
/// The kinds of security schemes, with the keywords of each.
const SCHEMES: [(&str, &[&str]); 3] = [
    ("basic", &[]),
    ("apiKey", &["name", "in"]),
    ("oauth2", &["flow", "authorizationUrl", "tokenUrl", "scopes"]),
];
/// The flows of OAuth 2, with the keywords that each needs.
const FLOWS: [(&str, &[&str]); 4] = [
    ("implicit", &["authorizationUrl", "scopes"]),
    ("password", &["tokenUrl", "scopes"]),
    ("application", &["tokenUrl", "scopes"]),
    ("accessCode", &["authorizationUrl", "tokenUrl", "scopes"]),
];

impl<'d> Context<'d, '_> {
    /// Checks that a parameter is a body with a schema, or a value of a type.
    pub(super) fn check_swagger_parameter(&mut self, node: Node<'d>, place: Location) {
        self.check_place(node);
        if text(node, "in") == Some("body") {
            self.check_body(node, place);
            return;
        }
        if let Some((key, _)) = node.entry("schema") {
            let message = "the `schema` of a parameter that is no body came with OpenAPI 3.0";
            // Beside a `type`, the two were reported as a conflict.
            if node.get("type").is_none() {
                let diagnostic = Diagnostic::new(Code::NewerKeyword, message).at(key.location);
                self.report(diagnostic.help("put its keywords beside `name` and `in`"));
            }
            return;
        }
        self.check_swagger_value(node, place, Kind::SwaggerParameter);
    }

    /// Checks the type of a parameter, header or item, which says itself what in OpenAPI 3 a schema says.
    pub(super) fn check_swagger_value(&mut self, node: Node<'d>, place: Location, kind: Kind) {
        if node.get("schema").is_some() || node.get("content").is_some() {
            return;
        }
        let Some(value) = node.get("type") else {
            let message = format!("{} has no `type`", kind.phrase());
            let diagnostic = Diagnostic::new(Code::MissingField, message).at(place);
            self.report(diagnostic.help("it is taken as a string"));
            return;
        };
        let is_form = text(node, "in") == Some("formData");
        let message = match value.as_str() {
            Some("file") if !is_form => FILE,
            Some("object") => "only bodies can be objects",
            _ => "",
        };
        if !message.is_empty() {
            let diagnostic = Diagnostic::new(Code::InvalidValue, message).at(value.location());
            self.report(diagnostic.help("use `in: body` and a `schema`"));
        }
        if value.as_str() == Some("array") && node.get("items").is_none() {
            let diagnostic = Diagnostic::new(Code::MissingField, "an array has no `items`").at(value.location());
            self.report(diagnostic.help("its items are taken as any values"));
        }
        self.check_collection_format(node, kind);
    }

    /// Checks that a security scheme has what its type needs, and nothing that has no effect.
    pub(super) fn check_swagger_scheme(&mut self, node: Node<'d>, place: Location) {
        let Some(value) = node.get("type") else { return };
        let Some(name) = as_text(value) else { return };
        let Some((_, keywords)) = SCHEMES.iter().find(|(known, _)| *known == name) else {
            self.unknown_scheme(name, value);
            return;
        };
        for (key, _) in node.members() {
            let belongs = |keywords: &[&str]| keywords.contains(&key.name.as_str());
            if !belongs(keywords) && SCHEMES.iter().any(|(_, keywords)| belongs(keywords)) {
                let message = format!("`{}` does not belong to a security scheme of this type", key.name);
                self.report(Diagnostic::new(Code::UnknownKeyword, message).at(key.location));
            }
        }
        if name == "oauth2" && node.get("flows").is_none() {
            self.check_flow(node, place);
        }
    }

    fn check_place(&mut self, node: Node<'d>) {
        let Some(value) = node.get("in") else { return };
        let Some(name) = as_text(value).filter(|name| !PLACES.contains(name)) else {
            return;
        };
        if name == "cookie" {
            let message = "parameters in `cookie` came with OpenAPI 3.0";
            self.report(Diagnostic::new(Code::NewerKeyword, message).at(value.location()));
            return;
        }
        let message = format!("a parameter cannot be in `{name}`");
        let diagnostic = Diagnostic::new(Code::InvalidValue, message).at(value.location());
        let diagnostic = self.with_choice(diagnostic, name, &PLACES, "places");
        self.report(diagnostic);
    }

    fn check_body(&mut self, node: Node<'d>, place: Location) {
        let kind = node.get("schema").and_then(|schema| schema.get("type"));
        if let Some(value) = kind.filter(|value| value.as_str() == Some("file")) {
            let diagnostic = Diagnostic::new(Code::InvalidValue, FILE).at(value.location());
            self.report(diagnostic.help("it is taken as bytes; a form has `in: formData` in place of `in: body`"));
        }
        if node.get("schema").is_none() && node.get("content").is_none() {
            let diagnostic = Diagnostic::new(Code::MissingField, "a body has no `schema`").at(place);
            self.report(match node.get("type") {
                Some(_) => diagnostic.help("put what is said about its values into a `schema`"),
                None => diagnostic.help("it is taken as any value"),
            });
            return;
        }
        for (key, _) in node.members() {
            // Beside `schema`, a `type` was reported as a conflict.
            let name = key.name.as_str();
            let is_inline = name == "allowEmptyValue" || Kind::Items.keyword(name).is_some();
            if is_inline && !matches!(name, "type" | "$ref") {
                let message = format!("`{}` has no effect beside the `schema` of a body", key.name);
                let diagnostic = Diagnostic::new(Code::UnknownKeyword, message).at(key.location);
                self.report(diagnostic.help("put it into the `schema`"));
            }
        }
    }

    fn check_collection_format(&mut self, node: Node<'d>, kind: Kind) {
        let Some(value) = node.get("collectionFormat") else {
            return;
        };
        let Some(name) = value.as_str() else { return };
        if !FORMATS.contains(&name) {
            let message = format!("`{name}` is not a way to join the items of an array");
            let diagnostic = Diagnostic::new(Code::InvalidValue, message).at(value.location());
            let diagnostic = self.with_choice(diagnostic, name, &FORMATS, "ways");
            self.report(diagnostic);
            return;
        }
        let is_repeatable =
            kind == Kind::SwaggerParameter && matches!(text(node, "in"), Some("query" | "formData") | None);
        if name == "multi" && !is_repeatable {
            let message = "`multi` is possible in `query` and `formData` only";
            let diagnostic = Diagnostic::new(Code::InvalidValue, message).at(value.location());
            self.report(diagnostic.help("it is taken as `csv`"));
        }
    }

    fn check_flow(&mut self, node: Node<'d>, place: Location) {
        let Some(value) = node.get("flow") else {
            let message = "a security scheme of type `oauth2` has no `flow`";
            self.report(Diagnostic::new(Code::MissingField, message).at(place));
            return;
        };
        let Some(name) = as_text(value) else { return };
        let Some((_, needed)) = FLOWS.iter().find(|(known, _)| *known == name) else {
            let message = format!("`{name}` is not a flow of OAuth 2 in Swagger 2.0");
            let diagnostic = Diagnostic::new(Code::InvalidValue, message).at(value.location());
            let diagnostic = match name {
                "authorizationCode" | "authorization_code" => diagnostic.help("it is taken as `accessCode`"),
                "clientCredentials" | "client_credentials" => diagnostic.help("it is taken as `application`"),
                _ => self.with_choice(diagnostic, name, &FLOWS.map(|(name, _)| name), "flows"),
            };
            self.report(diagnostic);
            return;
        };
        for keyword in needed.iter().filter(|keyword| node.get(keyword).is_none()) {
            let message = format!("the flow `{name}` has no `{keyword}`");
            self.report(Diagnostic::new(Code::MissingField, message).at(value.location()));
        }
    }

    fn unknown_scheme(&mut self, name: &str, value: Node<'d>) {
        if matches!(name, "http" | "openIdConnect" | "mutualTLS") {
            let message = format!("security schemes of type `{name}` came with OpenAPI 3.0");
            self.report(Diagnostic::new(Code::NewerKeyword, message).at(value.location()));
            return;
        }
        let message = format!("`{name}` is not a type of security scheme");
        let diagnostic = Diagnostic::new(Code::InvalidValue, message).at(value.location());
        let diagnostic = self.with_choice(diagnostic, name, &SCHEMES.map(|(name, _)| name), "types");
        self.report(diagnostic);
    }

    fn with_choice(&mut self, diagnostic: Diagnostic, name: &str, choices: &[&str], what: &str) -> Diagnostic {
        match self.suggest(name, choices.iter().copied()) {
            Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
            None => diagnostic.help(format!("the {what} are `{}`", choices.join("`, `"))),
        }
    }
}
