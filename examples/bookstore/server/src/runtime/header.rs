//! [`Header`]: a header of responses, with the type of its value.

use std::fmt;
use std::marker::PhantomData;

/// A header of responses that the document names, with the type of its value.
///
/// The response of a client reads it, the context of a server sets it.
pub struct Header<T> {
    name: &'static str,
    format: HeaderFormat,
    value: PhantomData<fn() -> T>,
}

/// How the value of a header is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeaderFormat {
    /// One text.
    Text,
    /// `a,b`
    List,
    /// `R,100,G,200`
    Object,
    /// `R=100,G=200`
    ExplodedObject,
    /// JSON.
    Json,
}

impl<T> Header<T> {
    /// A header whose value is one text.
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            format: HeaderFormat::Text,
            value: PhantomData,
        }
    }

    /// The same header with a list: `a,b`.
    #[must_use]
    pub const fn list(self) -> Self {
        self.formatted(HeaderFormat::List)
    }

    /// The same header with an object: `R,100,G,200`.
    #[must_use]
    pub const fn object(self) -> Self {
        self.formatted(HeaderFormat::Object)
    }

    /// The same header with an object: `R=100,G=200`.
    #[must_use]
    pub const fn exploded_object(self) -> Self {
        self.formatted(HeaderFormat::ExplodedObject)
    }

    /// The same header with JSON.
    #[must_use]
    pub const fn json(self) -> Self {
        self.formatted(HeaderFormat::Json)
    }

    /// Its name.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// How its value is written.
    pub(crate) const fn format(&self) -> HeaderFormat {
        self.format
    }

    const fn formatted(mut self, format: HeaderFormat) -> Self {
        self.format = format;
        self
    }
}

impl<T> Clone for Header<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Header<T> {}

impl<T> fmt::Debug for Header<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Header").field(&self.name).finish()
    }
}
