//! Sections of the README about what only some documents have: lists in pages, streams, downloads, files.

use serde::Serialize;
use specsmith_rust::Model;
use specsmith_rust::model::{Body, BodyKind, Operation, PartKind};

use crate::call::Call;
use crate::{Options, example, stream};

/// A section with a call of this API.
#[derive(Debug, Serialize)]
pub(crate) struct Guide {
    title: &'static str,
    text: &'static str,
    code: String,
    more: &'static str,
}

/// The sections of an API. There is none where no call is easily written.
pub(crate) fn all(model: &Model, options: &Options) -> Vec<Guide> {
    let guides = Guides { model, options };
    let all = [
        guides.pages(),
        guides.events(),
        guides.records(),
        guides.download(),
        guides.upload(),
        guides.parts(),
    ];
    all.into_iter().flatten().collect()
}

struct Guides<'a> {
    model: &'a Model,
    options: &'a Options,
}

impl Guides<'_> {
    fn pages(&self) -> Option<Guide> {
        let call = self.call(|operation| operation.pagination.is_some())?;
        Some(Guide {
            title: "Lists",
            text: "Lists come in pages, which `stream()` asks for as their items are needed:",
            code: self.code(
                &call,
                &format!("let mut items = {}.stream();", call.text),
                "while let Some(item) = items.next().await {\n    println!(\"{:?}\", item?);\n}\n",
            ),
            more: "`stream().collect(100)` makes a list of at most so many, `pages()` goes from page to page, and \
                   `with_cursor` goes on\nwhere `Pages::cursor` was.",
        })
    }

    fn events(&self) -> Option<Guide> {
        let call = self.call(|operation| operation.responses.streams.events.is_some())?;
        Some(Guide {
            title: "Server-sent events",
            text: "Events are read as they come, and `next()` gives one after the other:",
            code: self.code(
                &call,
                &format!("let mut events = {}.events().await?;", call.text),
                example::EVENTS,
            ),
            more: "`with_reconnect` takes a stream up again where the connection ends.",
        })
    }

    fn records(&self) -> Option<Guide> {
        let call = self.call(|operation| operation.responses.streams.records.is_some())?;
        Some(Guide {
            title: "JSON texts one after the other",
            text: "Records are read as they come, and `next()` gives one after the other:",
            code: self.code(
                &call,
                &format!("let mut records = {}.records().await?;", call.text),
                example::RECORDS,
            ),
            more: "",
        })
    }

    fn download(&self) -> Option<Guide> {
        let call = self.call(stream::is_download)?;
        Some(Guide {
            title: "Downloads",
            text: "`.await` gives bytes as a whole, `download()` as they come:",
            code: self.code(
                &call,
                &format!("let mut download = {}.download().await?;", call.text),
                "while let Some(chunk) = download.next().await {\n    println!(\"{} bytes\", chunk?.len());\n}\n",
            ),
            more: "With the feature `fs`, `save(path)` writes them to a file.",
        })
    }

    fn upload(&self) -> Option<Guide> {
        let call = self.sending(|body| body.kind == BodyKind::Bytes)?;
        Some(Guide {
            title: "Uploads",
            text: "A body of bytes is anything that is bytes, a file, or a stream (`RequestBody::open_with`):",
            code: self.code(&call, &format!("{}.await?;", call.text), ""),
            more: "A file is read while it is sent, and opened anew for each attempt.",
        })
    }

    fn parts(&self) -> Option<Guide> {
        let call = self.sending(has_file)?;
        Some(Guide {
            title: "Forms with files",
            text: "Files are bytes, paths or any `RequestBody`, with a name and a media type where they have one:",
            code: self.code(&call, &format!("{}.await?;", call.text), ""),
            more: "",
        })
    }

    /// The call that is written with the least, of the operations that are meant, with a body that they must have.
    fn call(&self, is_meant: impl Fn(&Operation) -> bool) -> Option<Call> {
        self.easiest(|operation| is_meant(operation).then(|| operation.body.as_ref().filter(|body| body.required)))
    }

    /// The call that is written with the least, of those that send a body like this.
    fn sending(&self, is_meant: impl Fn(&Body) -> bool) -> Option<Call> {
        self.easiest(|operation| operation.bodies().find(|body| is_meant(body)).map(Some))
    }

    fn easiest(&self, body: impl Fn(&Operation) -> Option<Option<&Body>>) -> Option<Call> {
        let calls = self.model.operations().filter_map(|(group, operation)| {
            let body = body(operation).filter(|_| operation.deprecated.is_none())?;
            Call::new(self.model, self.options, group, operation, body)
        });
        calls.min_by_key(|call| (call.given.len(), call.before.len()))
    }

    /// A call between lines, inside of a function where it needs more than the client.
    fn code(&self, call: &Call, statement: &str, rest: &str) -> String {
        let uses: String = call.uses.iter().map(|path| format!("use {path};\n")).collect();
        let lines: String = call.before.iter().map(|line| format!("{line}\n")).collect();
        let body = format!("{lines}{statement}\n{rest}");
        let separator = if uses.is_empty() { "" } else { "\n" };
        if call.is_plain() {
            return format!("{uses}{separator}{}", body.trim_end());
        }
        let body: String = body.lines().map(|line| format!("    {line}\n")).collect();
        let error = format!("{}::BoxError", self.options.library());
        format!(
            "{uses}{separator}async fn example({}) -> Result<(), {error}> {{\n{body}    Ok(())\n}}",
            call.parameters()
        )
    }
}

/// Whether a body has parts that are files, or can have.
fn has_file(body: &Body) -> bool {
    let is_file = |kind: &PartKind| !matches!(kind, PartKind::Value(_));
    let form = body.form.as_ref();
    body.kind == BodyKind::Multipart && form.is_none_or(|form| form.parts.iter().any(|part| is_file(&part.kind)))
}
