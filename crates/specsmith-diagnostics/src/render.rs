//! Renderers: diagnostics as text for a terminal.

pub mod terminal;
mod visible;
