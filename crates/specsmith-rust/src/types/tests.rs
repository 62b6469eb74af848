//! Cases for type definitions.
