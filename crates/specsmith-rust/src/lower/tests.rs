//! Models as they come out.
