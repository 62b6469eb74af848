//! Names as they come out.
