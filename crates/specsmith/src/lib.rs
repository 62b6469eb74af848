//! OpenAPI-first code generator: a typed client SDK, an axum server and Markdown docs from one document.
