//! Tests of lowering schemas, from small documents.
