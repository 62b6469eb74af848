//! Templates of everything specsmith writes that is not regenerated Rust.
