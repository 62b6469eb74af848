//! Layers of some operations: what axum does for routes, for operations.

use std::convert::Infallible;
use std::ptr;
use std::sync::{Arc, OnceLock};

use axum::extract::{NestedPath, Request};
use axum::response::IntoResponse;
use axum::routing::Route;
use tower_layer::Layer;
use tower_service::Service;

use super::context::OperationInfo;
use super::pairs::Pairs;
use super::router::Routes;

impl Routes {
    /// Puts a layer around every operation that was added so far.
    ///
    /// Requests that lead to no operation do not pass it: for these, put it around the router.
    #[must_use]
    pub fn layer<L>(self, layer: L) -> Self
    where
        L: Layer<Route> + Clone + Send + Sync + 'static,
        L::Service: Service<Request> + Clone + Send + Sync + 'static,
        <L::Service as Service<Request>>::Response: IntoResponse + 'static,
        <L::Service as Service<Request>>::Error: Into<Infallible> + 'static,
        <L::Service as Service<Request>>::Future: Send + 'static,
    {
        self.layer_where(|_| true, layer)
    }

    /// Puts a layer around one operation: `routes.layer_for(&api::books::LIST_BOOKS, layer)`.
    ///
    /// # Panics
    /// When the operation is not among those that were added, which would leave it without the layer.
    #[must_use]
    #[track_caller]
    pub fn layer_for<L>(self, operation: &'static OperationInfo, layer: L) -> Self
    where
        L: Layer<Route> + Clone + Send + Sync + 'static,
        L::Service: Service<Request> + Clone + Send + Sync + 'static,
        <L::Service as Service<Request>>::Response: IntoResponse + 'static,
        <L::Service as Service<Request>>::Error: Into<Infallible> + 'static,
        <L::Service as Service<Request>>::Future: Send + 'static,
    {
        let is_it = |other: &'static OperationInfo| ptr::eq(other, operation);
        assert!(
            self.operations().any(is_it),
            "the operation `{}` is not among those that were added",
            operation.id
        );
        self.layer_where(is_it, layer)
    }

    /// Puts a layer around the operations of which something is true: their tags, methods or security.
    #[must_use]
    pub fn layer_where<L>(
        mut self,
        is_meant: impl Fn(&'static OperationInfo) -> bool,
        layer: L,
    ) -> Self
    where
        L: Layer<Route> + Clone + Send + Sync + 'static,
        L::Service: Service<Request> + Clone + Send + Sync + 'static,
        <L::Service as Service<Request>>::Response: IntoResponse + 'static,
        <L::Service as Service<Request>>::Error: Into<Infallible> + 'static,
        <L::Service as Service<Request>>::Future: Send + 'static,
    {
        let wrap = move |router: axum::Router| router.layer(layer.clone());
        self.wrap_where(is_meant, &wrap);
        self
    }
}

/// What was found for a request, on its way through the layers of its operation.
#[derive(Clone, Default)]
pub(super) struct Found {
    pub(super) values: Vec<(Arc<str>, String)>,
    pub(super) query: Pairs,
}

/// Where a layer around a whole router learns which operation a request led to.
#[derive(Debug, Clone, Default)]
pub(super) struct OperationSlot(Arc<OnceLock<Reached>>);

/// What a request led to.
#[derive(Debug)]
pub(super) struct Reached {
    pub(super) operation: &'static OperationInfo,
    /// The path, with `{parameters}` and everything before it.
    pub(super) route: Arc<str>,
}

impl OperationSlot {
    /// Tells the layers of a request its operation, and its path behind what the router is nested at.
    pub(super) fn fill(request: &Request, operation: &'static OperationInfo, route: &Arc<str>) {
        let Some(Self(slot)) = request.extensions().get() else {
            return;
        };
        let nested = request.extensions().get::<NestedPath>();
        let route = match nested.map(|path| path.as_str().trim_end_matches('/')) {
            None | Some("") => Arc::clone(route),
            Some(before) => format!("{before}{route}").into(),
        };
        let _ = slot.set(Reached { operation, route });
    }

    /// The slot of a request; layers share it.
    pub(super) fn of(request: &mut Request) -> Self {
        let slot = request.extensions_mut().get_or_insert_default::<Self>();
        slot.clone()
    }

    pub(super) fn get(&self) -> Option<&Reached> {
        self.0.get()
    }
}
