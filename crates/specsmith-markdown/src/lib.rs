//! Renders the Markdown reference of an API.
