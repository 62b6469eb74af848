//! Values of the types of an API: [`Values`] makes them with a seed, [`Checker`] tells what is wrong with others.
//!
//! Both go by [`specsmith_ir::Api`], so they serve documents that are known at run time only: a mock, and tests.

mod check;
mod format;
mod heights;
mod make;
mod members;
mod pattern;
mod patterns;
mod random;
mod scalars;
mod text;

pub use self::check::{Checker, OneOf, Violation};
pub use self::heights::Heights;
pub use self::make::{Source, Values, plain};
pub use self::patterns::Patterns;
pub use self::random::Random;

#[cfg(test)]
mod tests;
