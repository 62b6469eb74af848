//! Operations in the text of an API.

use crate::dump::Text;
use crate::dump::ty::{Names, xml};
use crate::pagination::{NextPage, Pagination};
use crate::{Content, Docs, Operation, OperationId, Parameter, ParameterEncoding, Presence, Response};

/// Writes an operation or a webhook.
pub(super) fn write(out: &mut Text, names: &Names<'_>, word: &str, operation: &Operation) {
    let name = operation.name.as_deref().unwrap_or("-");
    let deprecated = deprecated(&operation.docs);
    let tags = operation.tags.join(", ");
    out.line(
        0,
        format_args!(
            "{word} {name}: {} {} [{tags}]{deprecated}",
            operation.method, operation.path.text
        ),
    );
    for server in &operation.servers {
        out.line(1, format_args!("server {}", server.url));
    }
    for parameter in &operation.parameters {
        out.line(1, format_args!("{}", self::parameter(names, parameter)));
    }
    if let Some(body) = &operation.request_body {
        let mark = if body.required { "" } else { "?" };
        for content in &body.content {
            out.line(1, format_args!("body{mark} {}", self::content(names, content)));
        }
    }
    for response in &operation.responses {
        self::response(out, names, response);
    }
    if let Some(pagination) = &operation.pagination {
        out.line(1, format_args!("{}", self::pagination(pagination)));
    }
    for (name, value) in operation.retirement.iter().flat_map(|retirement| retirement.headers()) {
        out.line(1, format_args!("says {name}: {value}"));
    }
    if let Some(bytes) = operation.body_limit {
        out.line(1, format_args!("body at most {bytes}"));
    }
    for requirement in &operation.security {
        let schemes: Vec<String> = requirement
            .schemes
            .iter()
            .map(|required| {
                format!("scheme {} {}", required.scheme.0, required.scopes.join(" "))
                    .trim_end()
                    .to_owned()
            })
            .collect();
        out.line(1, format_args!("security [{}]", schemes.join(" and ")));
    }
}

fn pagination(pagination: &Pagination) -> String {
    let next = match &pagination.next {
        NextPage::Cursor(parameter, pointer) => format!("cursor {} from {pointer}", parameter.as_str()),
        NextPage::Offset(parameter) => format!("offset {}", parameter.as_str()),
        NextPage::Number(parameter, first) => format!("page {} from {first}", parameter.as_str()),
        NextPage::Url(pointer) => format!("address {pointer}"),
        NextPage::Link => "link".to_owned(),
    };
    let optional = |name: &str, pointer: &Option<String>| {
        let pointer = pointer.as_ref().map(|pointer| format!(" {name} {pointer}"));
        pointer.unwrap_or_default()
    };
    let (more, total) = (
        optional("more", &pagination.has_more),
        optional("total", &pagination.total),
    );
    let limit = pagination.limit.as_ref().map_or_else(String::new, |limit| {
        let most = limit.most.map(|most| format!(" to {most}")).unwrap_or_default();
        format!(" limit {}{most}", limit.parameter.as_str())
    });
    format!("pages {next} items \"{}\"{more}{total}{limit}", pagination.items)
}

fn parameter(names: &Names<'_>, parameter: &Parameter) -> String {
    let (mark, default) = match &parameter.presence {
        Presence::Required => ("", String::new()),
        Presence::Optional => ("?", String::new()),
        Presence::Default(value) => ("?", format!(" = {value}")),
    };
    let encoding = match &parameter.encoding {
        ParameterEncoding::Style {
            style,
            explode,
            allow_reserved,
        } => {
            let explode = if *explode { " explode" } else { "" };
            let reserved = if *allow_reserved { " reserved" } else { "" };
            format!("{style:?}{explode}{reserved}").to_lowercase()
        }
        ParameterEncoding::Content(media_type) => media_type.to_string(),
    };
    let ty = names.short(parameter.ty);
    let deprecated = deprecated(&parameter.docs);
    format!(
        "{} {}{mark}: {ty}{default} ({encoding}){deprecated}",
        parameter.place, parameter.name
    )
}

fn content(names: &Names<'_>, content: &Content) -> String {
    let ty = content.ty.map_or_else(|| "-".to_owned(), |ty| names.short(ty));
    let items = content
        .item
        .map_or_else(String::new, |item| format!(" items {}", names.short(item)));
    let data = content
        .event_data
        .map_or_else(String::new, |data| format!(" data {}", names.short(data)));
    let xml = xml(content.xml.as_deref());
    format!("{}: {ty}{items}{data}{xml}", content.media_type)
}

fn response(out: &mut Text, names: &Names<'_>, response: &Response) {
    if response.content.is_empty() {
        out.line(1, format_args!("{}", response.status));
    }
    for content in &response.content {
        out.line(1, format_args!("{} {}", response.status, self::content(names, content)));
    }
    for header in &response.headers {
        let mark = if header.required { "" } else { "?" };
        let ty = names.short(header.ty);
        out.line(2, format_args!("header {}{mark}: {ty}", header.name));
    }
    for link in &response.links {
        let parameters = link.parameters.iter();
        let parameters = parameters.map(|of| format!(" {} {} = {}", of.place, of.name, of.value));
        let body = link.body.as_ref().map(|body| format!(" body = {body}"));
        let values: String = parameters.chain(body).collect();
        let OperationId(target) = link.target;
        out.line(2, format_args!("link {}: operation {target}{values}", link.name));
    }
}

fn deprecated(docs: &Docs) -> &'static str {
    if docs.deprecated { " deprecated" } else { "" }
}
