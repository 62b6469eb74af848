//! Parameters as generated code describes them: a place, a name and a style.

/// A parameter of an operation.
#[derive(Debug, Clone, Copy)]
pub struct Parameter {
    pub(crate) place: ParameterIn,
    pub(crate) name: &'static str,
    pub(crate) format: Format,
    pub(crate) members: Members,
}

/// Where a parameter is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ParameterIn {
    Path,
    Query,
    Querystring,
    Header,
    Cookie,
}

/// How the value of a parameter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Style(Encoding),
    Json,
    Text,
    Form,
}

/// Which pairs of a query or of cookies are members of an object that is written member by member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Members {
    /// The pair that has the name of the parameter.
    Own,
    /// The pairs of these names.
    Named(&'static [&'static str]),
    /// All pairs but those of these names.
    Besides(&'static [&'static str]),
}

/// A style of writing a parameter (OpenAPI 3.1.1, section 4.8.12.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `;color=blue`, in a path.
    Matrix,
    /// `.blue`, in a path.
    Label,
    /// `blue,black`, in a path or header.
    Simple,
    /// `color=blue`, in a query or cookie.
    Form,
    /// `color=blue%20black`, in a query.
    SpaceDelimited,
    /// `color=blue%7Cblack`, in a query.
    PipeDelimited,
    /// `color[R]=100`, in a query.
    DeepObject,
    /// `color=blue; size=3`, in cookies, not percent-encoded.
    Cookie,
}

/// A style with its details.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding {
    pub(crate) style: Style,
    pub(crate) spread: Spread,
}

/// Whether items of a list and members of an object are written one by one (`explode`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spread {
    Exploded,
    Joined,
}

impl Style {
    /// Each item of a list and each member of an object on its own (`explode: true`).
    pub const fn exploded(self) -> Encoding {
        Encoding {
            style: self,
            spread: Spread::Exploded,
        }
    }

    /// The items of a list or the members of an object in one value (`explode: false`).
    pub const fn joined(self) -> Encoding {
        Encoding {
            style: self,
            spread: Spread::Joined,
        }
    }
}

/// A parameter in the path.
pub const fn path(name: &'static str) -> Parameter {
    Parameter::new(ParameterIn::Path, name, Style::Simple.joined())
}

/// A parameter in the query.
pub const fn query(name: &'static str) -> Parameter {
    Parameter::new(ParameterIn::Query, name, Style::Form.exploded())
}

/// A parameter that is the whole query.
pub const fn querystring(name: &'static str) -> Parameter {
    Parameter {
        format: Format::Form,
        ..Parameter::new(ParameterIn::Querystring, name, Style::Form.exploded())
    }
}

/// A parameter in a header.
pub const fn header(name: &'static str) -> Parameter {
    Parameter::new(ParameterIn::Header, name, Style::Simple.joined())
}

/// A parameter in a cookie.
pub const fn cookie(name: &'static str) -> Parameter {
    Parameter::new(ParameterIn::Cookie, name, Style::Form.exploded())
}

impl Parameter {
    const fn new(place: ParameterIn, name: &'static str, encoding: Encoding) -> Self {
        Self {
            place,
            name,
            format: Format::Style(encoding),
            members: Members::Own,
        }
    }

    /// The same parameter in another style.
    #[must_use]
    pub const fn style(mut self, encoding: Encoding) -> Self {
        self.format = Format::Style(encoding);
        self
    }

    /// The same parameter, written as JSON.
    #[must_use]
    pub const fn json(mut self) -> Self {
        self.format = Format::Json;
        self
    }

    /// The same parameter, written as plain text.
    #[must_use]
    pub const fn text(mut self) -> Self {
        self.format = Format::Text;
        self
    }

    /// The same parameter as an object whose members are pairs of their own, of these names.
    #[must_use]
    pub const fn members(mut self, names: &'static [&'static str]) -> Self {
        self.members = Members::Named(names);
        self
    }

    /// The same parameter as an object whose members are pairs of their own: all but those of these names.
    #[must_use]
    pub const fn members_besides(mut self, names: &'static [&'static str]) -> Self {
        self.members = Members::Besides(names);
        self
    }
}

impl Members {
    /// Whether the pair of this name is a member.
    pub(crate) fn include(self, name: &str) -> bool {
        match self {
            Members::Own => false,
            Members::Named(names) => names.contains(&name),
            Members::Besides(names) => !names.contains(&name),
        }
    }
}

impl ParameterIn {
    /// The word of OpenAPI for it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            ParameterIn::Path => "path",
            ParameterIn::Query => "query",
            ParameterIn::Querystring => "querystring",
            ParameterIn::Header => "header",
            ParameterIn::Cookie => "cookie",
        }
    }
}
