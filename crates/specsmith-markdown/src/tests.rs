//! Cases for whole references.
