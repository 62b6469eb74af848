//! The mock: a document that was understood, and the service that answers for it.

use std::sync::Arc;

use axum::response::{IntoResponse as _, Response};
use specsmith::{Config, Error, Understood};
use specsmith_ir::Api;
use specsmith_runtime::server::{self, Gate, Problem, Request, Routes, Security, Server};
use specsmith_values::{Heights, Patterns};
use tokio::net::TcpListener;

use crate::answer::{self, Asked};
use crate::describe::{self, Described};
use crate::layers::{self, Operation};
use crate::options::{Auth, BasePath, Options};
use crate::read;

/// A mock of an API.
#[derive(Debug)]
pub struct Mock {
    service: Arc<Service>,
}

/// What answers.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) api: Api,
    pub(crate) heights: Arc<Heights>,
    pub(crate) patterns: Patterns,
    pub(crate) options: Options,
    security: &'static Security,
    operations: Vec<Described>,
}

impl Mock {
    /// A mock of the document that a configuration names, below the path and with the limits that it says.
    ///
    /// # Errors
    /// When the document cannot be used.
    pub fn read(config: &Config, options: Options) -> Result<Self, Error> {
        Ok(Self::of(specsmith::understand(config)?, options))
    }

    /// A mock of a document that was understood, below the path and with the limits that its configuration says; the
    /// options count before these.
    pub fn of(understood: Understood, mut options: Options) -> Self {
        if options.base_path == BasePath::OfServer {
            options.base_path = BasePath::Given(understood.base_path);
        }
        options.body_limit = options.body_limit.or(understood.body_limit);
        Self::new(understood.api, options)
    }

    /// A mock of an API.
    pub fn new(api: Api, options: Options) -> Self {
        let operations = describe::operations(&api);
        let service = Service {
            security: describe::security(&api),
            heights: Arc::new(Heights::of(&api)),
            patterns: Patterns::default(),
            operations,
            options,
            api,
        };
        Self {
            service: Arc::new(service),
        }
    }

    /// How many operations it has.
    pub fn operations(&self) -> usize {
        self.service.operations.len()
    }

    /// The API.
    pub fn api(&self) -> &Api {
        &self.service.api
    }

    /// The path that everything is below; empty where there is none.
    pub fn base_path(&self) -> String {
        let chosen = match &self.service.options.base_path {
            BasePath::OfServer => None,
            BasePath::Given(path) => Some(path.as_str()),
        };
        specsmith_ir::base_path(&self.service.api.servers, chosen)
    }

    /// The router, for those who serve it themselves.
    pub fn into_router(self) -> axum::Router {
        let base_path = self.base_path();
        let service = self.service;
        let mut routes = Routes::new().with_base_path(base_path);
        for (index, described) in service.operations.iter().enumerate() {
            routes = routes.add(
                described.info,
                &service,
                move |service: Arc<Service>, request| async move { Ok(service.handle(index, request).await) },
            );
            let Some(operation) = service.api.operation(described.operation) else {
                continue;
            };
            if let Some(bytes) = operation.body_limit {
                routes = routes.limit_body(described.info, bytes);
            }
            let headers = operation.retirement.iter().flat_map(|retirement| retirement.headers());
            for (name, value) in headers {
                routes = routes.announce(described.info, &[(name, value.as_str())]);
            }
        }
        if let Some(bytes) = service.options.body_limit {
            routes = routes.limit_bodies(bytes);
        }
        layers::around(routes.into_router(), &service.options)
    }

    /// Serves it on a listener, with the limits of generated servers; it runs when it is awaited.
    pub fn serve(self, listener: TcpListener) -> Server {
        server::serve(listener, self.into_router())
    }
}

impl Service {
    async fn handle(&self, index: usize, request: Request) -> Response {
        if !self.options.delay.is_zero() {
            tokio::time::sleep(self.options.delay).await;
        }
        let Some(described) = self.operations.get(index) else {
            return Problem::not_found().into_response();
        };
        let mut response = match self.answer(described, request).await {
            Ok(response) => response,
            Err(problem) => problem.into_response(),
        };
        response.extensions_mut().insert(Operation(described.info.id));
        response
    }

    async fn answer(&self, described: &Described, mut request: Request) -> Result<Response, Problem> {
        if self.options.auth == Auth::Required && !described.info.security.is_empty() {
            self.authorize(described, &mut request)?;
        }
        read::parameters(self, described, &mut request);
        read::body(self, described, &mut request).await;
        let context = request.finish()?;
        let asked = Asked::new(context.method(), context.uri(), context.headers(), self.options.seed)?;
        let operation = self.api.operation(described.operation).ok_or_else(Problem::internal)?;
        answer::answer(self, operation, &asked)
    }

    /// Lets a request through that has the credentials of one of the ways of the operation.
    fn authorize(&self, described: &Described, request: &mut Request) -> Result<(), Problem> {
        let mut gate = Gate::new(request, self.security);
        for way in described.info.security.iter().filter(|way| !way.is_empty()) {
            let names: Vec<&str> = way.iter().map(|(name, _)| *name).collect();
            if gate.tries(&names) && names.iter().all(|name| gate.credential(name).is_some()) {
                return Ok(());
            }
        }
        gate.everybody()
    }
}
