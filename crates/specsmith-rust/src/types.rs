//! Renders type definitions with their codecs.
