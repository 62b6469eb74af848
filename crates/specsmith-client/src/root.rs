//! `src/lib.rs` and the README: what a caller reads first.

use quote::quote;
use serde::Serialize;
use specsmith_runtime::Part;
use specsmith_rust::model::BodyKind;
use specsmith_rust::types::Validation;
use specsmith_rust::{Model, Prose, RustFile, types};

use crate::guide::{self, Guide};
use crate::security::OAuth;
use crate::{Options, callback, example, security, servers, stream, webhook};

/// Renders `src/lib.rs`.
pub(crate) fn render(model: &Model, options: &Options) -> RustFile {
    let mut file = RustFile::new();
    let mut docs = Prose::new();
    docs.append(&model.docs);
    if docs.is_empty() {
        docs.own("A client, generated from an OpenAPI document.");
    }
    if let Some(example) = example::doctest(model, options) {
        docs.own(&format!("```no_run\n{example}\n```"));
    }
    docs.own(
        "[`Client`] is where calls start. Each group of calls is a type of [`api`], what they send and\n\
         return is in [`types`], and every call ends with a value or an [`Error`].",
    );
    if !model.rules.types.is_empty() {
        docs.own("With the feature `validate`, types that the document limits have a method `validate`.");
    }
    if model.sent().next().is_some() {
        docs.own("What the API sends by itself is read by functions, and received by routes: with the feature `axum`.");
    }
    file.doc(&docs);
    if let Some(limit) = types::recursion_limit(model) {
        file.attribute(limit);
    }
    if model.groups.iter().any(|group| group.feature.is_some()) {
        file.attribute(quote!(#![cfg_attr(
            not(feature = "full"),
            allow(dead_code, unused_imports, unused_macros, reason = "it is for groups that are off")
        )]));
    }
    file.item(quote!(
        pub mod api;
    ));
    if !model.callbacks.is_empty() {
        file.item(quote!(
            pub mod callbacks;
        ));
    }
    file.item(quote!(
        mod client;
    ));
    file.item(quote!(
        pub mod runtime;
    ));
    if !model.headers.is_empty() {
        file.item(quote!(
            pub mod headers;
        ));
    }
    if !model.server_types.is_empty() {
        file.item(quote!(
            pub mod servers;
        ));
    }
    file.item(options.home(model).module());
    if model.webhooks.is_some() {
        file.item(quote!(
            pub mod webhooks;
        ));
    }
    if webhook::has_xml(model) {
        file.item(quote!(
            mod xml;
        ));
    }
    file.item(quote!(
        pub use bytes::Bytes;
    ));
    file.item(quote!(
        pub use http::{self, StatusCode};
    ));
    file.item(quote!(
        pub use runtime::client::{
            Answer, Body, BoxError, BoxFuture, BuildError, Client, ClientBuilder, Error, Exchange, Middleware, Next,
            NoError, OpenResponse, Operation, OperationInfo, RateLimit, RawResponse, Request, RequestBody, Response,
            RetryPolicy, Server, StreamError, StreamErrorKind, Timeout, Token, TokenError, TokenErrorKind,
            TokenFailure, TokenProvider, TokenRequest, TokenSource, Transport, TransportError, TransportErrorKind,
            operation_of,
        };
    ));
    file.item(quote!(
        #[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
        pub use runtime::client::{Blocking, InsideRuntime, block_on};
    ));
    file.item(quote!(
        #[cfg(feature = "limits")]
        pub use runtime::client::{CircuitBreaker, CircuitOpen, RateLimiter};
    ));
    file.item(quote!(
        #[cfg(feature = "mock")]
        pub use runtime::client::mock;
    ));
    file.item(quote!(
        #[cfg(feature = "tower")]
        pub use runtime::client::TransportService;
    ));
    if model
        .operations()
        .flat_map(|(_, operation)| operation.bodies())
        .any(|body| body.kind == BodyKind::Multipart)
    {
        file.item(quote!(
            pub use runtime::client::{FilePart, Multipart};
        ));
    }
    if !model.headers.is_empty() {
        file.item(quote!(
            pub use runtime::client::{Header, HeaderError};
        ));
    }
    if let Some(oauth) = OAuth::of(model) {
        file.item(oauth.exports());
    }
    let streams = stream::parts(model);
    if streams.contains(&Part::ClientDownload) {
        file.item(quote!(
            pub use runtime::client::Download;
        ));
        file.item(quote!(
            #[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
            pub use runtime::client::BlockingDownload;
        ));
    }
    if streams.contains(&Part::ClientEvents) {
        file.item(quote!(
            pub use runtime::client::{Event, EventStream};
        ));
    }
    if streams.contains(&Part::ClientRecords) {
        file.item(quote!(
            pub use runtime::client::RecordStream;
        ));
    }
    if crate::is_paginated(model) {
        file.item(quote!(
            pub use runtime::client::{Items, Pages, Paginated, Pagination};
        ));
    }
    webhook::exports(&mut file, model);
    if let Some(validation) = types::validation(model, Validation::Feature) {
        file.item(validation);
    }
    file
}

/// What the README says.
#[derive(Serialize)]
struct Readme<'a> {
    title: String,
    package: &'a str,
    library: String,
    /// A struct with limits.
    limited: Option<String>,
    /// Whether bytes can be read as they come.
    downloads: bool,
    /// What only some documents have, with calls.
    guides: Vec<Guide>,
    example: Option<String>,
    /// Rows of tables: the code, and what it stands for.
    servers: Vec<[String; 2]>,
    credentials: Vec<[String; 2]>,
    oauth: Option<String>,
    webhooks: Vec<[String; 2]>,
    callbacks: Vec<[String; 2]>,
    errors: Option<String>,
    /// The features of groups.
    features: Vec<&'a str>,
    groups: Vec<Group<'a>>,
}

/// A group of calls in the README.
#[derive(Serialize)]
struct Group<'a> {
    accessor: &'a str,
    heading: String,
    methods: Vec<&'a str>,
}

/// Renders the README.
pub(crate) fn readme(model: &Model, options: &Options) -> String {
    let groups = model.groups.iter().map(|group| Group {
        accessor: group.accessor.as_str(),
        heading: crate::group::heading(group),
        methods: group
            .operations
            .iter()
            .map(|operation| operation.method.as_str())
            .collect(),
    });
    let readme = Readme {
        title: Prose::one_line(&model.title),
        package: &options.package_name,
        library: options.library(),
        limited: model.limited_struct().map(|item| item.name.to_string()),
        downloads: stream::parts(model).contains(&Part::ClientDownload),
        guides: guide::all(model, options),
        example: example::program(model, options),
        servers: servers::rows(model),
        credentials: security::rows(model),
        oauth: security::example(model, options),
        webhooks: webhook::rows(model),
        callbacks: callback::rows(model),
        errors: example::errors(model, options),
        features: model
            .groups
            .iter()
            .filter_map(|group| group.feature.as_deref())
            .collect(),
        groups: groups.collect(),
    };
    specsmith_templates::render("client/README.md.j2", &readme)
}
