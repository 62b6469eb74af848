//! Time: the clock and the timers of the platform.

#[cfg(not(target_arch = "wasm32"))]
pub(super) use tokio::time::{Instant, sleep, timeout};
#[cfg(target_arch = "wasm32")]
pub(super) use wasmtimer::{std::Instant, tokio::sleep, tokio::timeout};
