//! Responses that are read piece by piece: what says so of an operation, in code and in docs.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use specsmith_runtime::Part;
use specsmith_rust::model::{EventEncoding, Operation, Outcome, ResponseBody, RustType, StreamKind, Success};
use specsmith_rust::{Model, Prose, RustFile, types};

use crate::argument::imported;

/// The parts of the runtime for responses that are read piece by piece.
pub(crate) fn parts(model: &Model) -> Vec<Part> {
    let any = |wanted: fn(&Operation) -> bool| model.operations().any(|(_, operation)| wanted(operation));
    let parts = [
        (
            Part::ClientEvents,
            any(|operation| operation.responses.streams.events.is_some()),
        ),
        (
            Part::ClientRecords,
            any(|operation| operation.responses.streams.records.is_some()),
        ),
        (Part::ClientDownload, any(is_download)),
    ];
    let needed = parts.into_iter().filter(|(_, is_needed)| *is_needed);
    needed.map(|(part, _)| part).collect()
}

/// The type of stream that a call gives, where it gives one.
pub(crate) fn awaited(file: &mut RustFile, operation: &Operation) -> Option<TokenStream> {
    let name = match operation.responses.streams.awaited? {
        StreamKind::Events => format_ident!("EventStream"),
        StreamKind::Records => format_ident!("RecordStream"),
    };
    file.use_(quote!(crate::runtime::client::#name));
    Some(quote!(#name))
}

/// The constant of an operation that tells that its successes are streams.
pub(crate) fn reader(file: &mut RustFile, operation: &Operation) -> Option<TokenStream> {
    let stream = awaited(file, operation)?;
    file.use_(quote!(crate::runtime::client::StreamReader));
    Some(quote!(const STREAM: StreamReader<Self> = #stream::READER;))
}

/// Adds what says which streams an operation has.
pub(crate) fn implementations(file: &mut RustFile, model: &Model, operation: &Operation) {
    let (name, streams) = (&operation.name, &operation.responses.streams);
    if let Some(events) = &streams.events {
        file.use_(quote!(crate::runtime::client::{EventEncoding, EventOperation}));
        let data = imported(file, model, &events.data);
        let encoding = match events.encoding {
            EventEncoding::Json => quote!(Json),
            EventEncoding::Text => quote!(Text),
            EventEncoding::Event => quote!(Event),
            EventEncoding::EventOfJson => quote!(EventOfJson),
        };
        file.item(quote! {
            impl EventOperation for #name {
                type Data = #data;
                const ENCODING: EventEncoding = EventEncoding::#encoding;
            }
        });
    }
    if let Some(records) = &streams.records {
        file.use_(quote!(crate::runtime::client::RecordOperation));
        let record = imported(file, model, &records.record);
        let accept = Literal::string(&records.accept.join(", "));
        file.item(quote! {
            impl RecordOperation for #name {
                type Record = #record;
                const ACCEPT: &'static str = #accept;
            }
        });
    }
}

/// What the docs of a method say about streams; empty where there are none.
pub(crate) fn docs(model: &Model, operation: &Operation) -> String {
    let streams = &operation.responses.streams;
    let of = |ty: &RustType| {
        let code = types::tokens(model, ty).to_string().replace(' ', "");
        Prose::code(&code)
    };
    let mut sentences = Vec::new();
    if let Some(events) = &streams.events {
        let data = of(&events.data);
        sentences.push(match streams.awaited {
            Some(StreamKind::Events) => format!("Gives server-sent events of {data}."),
            _ => format!("[`Request::events`] gives server-sent events of {data}."),
        });
    }
    if let Some(records) = &streams.records {
        let record = of(&records.record);
        sentences.push(match streams.awaited {
            Some(StreamKind::Records) => format!("Gives a stream of {record}."),
            _ => format!("[`Request::records`] gives a stream of {record}."),
        });
    }
    if is_download(operation) {
        sentences.push("[`Request::download`] gives the bytes as they come.".to_owned());
    }
    sentences.join(" ")
}

/// Whether a success is bytes.
pub(crate) fn is_download(operation: &Operation) -> bool {
    let successes = || {
        let list = operation.responses.list.iter();
        list.filter(|response| response.outcome == Outcome::Success)
    };
    match &operation.responses.success {
        Success::Body(body) => *body == ResponseBody::Bytes,
        Success::Enum(_) => successes().any(|response| response.body == ResponseBody::Bytes),
    }
}
