//! What the objects of the specification are called.

use super::Kind;

impl Kind {
    /// All objects of OpenAPI 3, in the order of the specification.
    pub(crate) const ALL: &'static [Kind] = &[
        Kind::OpenApi,
        Kind::Info,
        Kind::Contact,
        Kind::License,
        Kind::Server,
        Kind::ServerVariable,
        Kind::Components,
        Kind::Paths,
        Kind::PathItem,
        Kind::Operation,
        Kind::ExternalDocs,
        Kind::Parameter,
        Kind::RequestBody,
        Kind::MediaType,
        Kind::Encoding,
        Kind::Responses,
        Kind::Response,
        Kind::Callback,
        Kind::Example,
        Kind::Link,
        Kind::Header,
        Kind::Tag,
        Kind::SecurityScheme,
        Kind::OAuthFlows,
        Kind::OAuthFlow,
        Kind::Schema,
        Kind::Discriminator,
        Kind::Xml,
    ];

    /// The name that the specification gives it.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Kind::OpenApi => "OpenAPI Object",
            Kind::Info => "Info Object",
            Kind::Contact => "Contact Object",
            Kind::License => "License Object",
            Kind::Server => "Server Object",
            Kind::ServerVariable => "Server Variable Object",
            Kind::Components => "Components Object",
            Kind::Paths | Kind::SwaggerPaths => "Paths Object",
            Kind::PathItem | Kind::SwaggerPathItem => "Path Item Object",
            Kind::Operation | Kind::SwaggerOperation => "Operation Object",
            Kind::ExternalDocs => "External Documentation Object",
            Kind::Parameter | Kind::SwaggerParameter => "Parameter Object",
            Kind::RequestBody => "Request Body Object",
            Kind::MediaType => "Media Type Object",
            Kind::Encoding => "Encoding Object",
            Kind::Responses | Kind::SwaggerResponses => "Responses Object",
            Kind::Response | Kind::SwaggerResponse => "Response Object",
            Kind::Callback => "Callback Object",
            Kind::Example => "Example Object",
            Kind::Link => "Link Object",
            Kind::Header | Kind::SwaggerHeader => "Header Object",
            Kind::Tag => "Tag Object",
            Kind::SecurityScheme | Kind::SwaggerSecurityScheme => "Security Scheme Object",
            Kind::OAuthFlows => "OAuth Flows Object",
            Kind::OAuthFlow => "OAuth Flow Object",
            Kind::Schema => "Schema Object",
            Kind::Discriminator => "Discriminator Object",
            Kind::Xml => "XML Object",
            Kind::Swagger => "Swagger Object",
            Kind::Items => "Items Object",
        }
    }

    /// The kind as a phrase: `a parameter`.
    pub(crate) fn phrase(self) -> &'static str {
        match self {
            Kind::OpenApi | Kind::Swagger => "the document",
            Kind::Info => "an info object",
            Kind::Contact => "a contact",
            Kind::License => "a license",
            Kind::Server => "a server",
            Kind::ServerVariable => "a server variable",
            Kind::Components => "the components object",
            Kind::Paths | Kind::SwaggerPaths => "the paths object",
            Kind::PathItem | Kind::SwaggerPathItem => "a path item",
            Kind::Operation | Kind::SwaggerOperation => "an operation",
            Kind::ExternalDocs => "an external documentation object",
            Kind::Parameter | Kind::SwaggerParameter => "a parameter",
            Kind::RequestBody => "a request body",
            Kind::MediaType => "a media type object",
            Kind::Encoding => "an encoding",
            Kind::Responses | Kind::SwaggerResponses => "a responses object",
            Kind::Response | Kind::SwaggerResponse => "a response",
            Kind::Callback => "a callback",
            Kind::Example => "an example",
            Kind::Link => "a link",
            Kind::Header | Kind::SwaggerHeader => "a header",
            Kind::Tag => "a tag",
            Kind::SecurityScheme | Kind::SwaggerSecurityScheme => "a security scheme",
            Kind::OAuthFlows => "an OAuth flows object",
            Kind::OAuthFlow => "an OAuth flow",
            Kind::Schema => "a schema",
            Kind::Discriminator => "a discriminator",
            Kind::Xml => "an XML object",
            Kind::Items => "an items object",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::grammar::{Grammar, SCHEMA, Value};

    fn kind_of(value: Value) -> Option<Kind> {
        match value {
            Value::Object(kind) | Value::Reference(kind) => Some(kind),
            Value::List(inner) | Value::Map(inner) => kind_of(*inner),
            Value::Items | Value::SchemaOrNames => kind_of(SCHEMA),
            _ => None,
        }
    }

    #[test]
    fn every_object_that_a_document_can_have_is_listed() {
        let mut met = BTreeSet::from([Kind::OpenApi]);
        let mut open = vec![Kind::OpenApi];
        while let Some(kind) = open.pop() {
            let values: Vec<Value> = match kind.grammar() {
                Grammar::Keywords(keywords) => keywords.iter().map(|keyword| keyword.value).collect(),
                Grammar::Names(value) => vec![value],
            };
            open.extend(values.into_iter().filter_map(kind_of).filter(|kind| met.insert(*kind)));
        }
        assert_eq!(met, Kind::ALL.iter().copied().collect());
    }
}
