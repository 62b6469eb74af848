//! The versions of OpenAPI.

/// The versions of OpenAPI that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Version {
    /// OpenAPI 3.0.x
    V3_0,
    /// OpenAPI 3.1.x
    V3_1,
    /// OpenAPI 3.2.x
    V3_2,
}

impl Version {
    /// The two numbers that name it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Version::V3_0 => "3.0",
            Version::V3_1 => "3.1",
            Version::V3_2 => "3.2",
        }
    }

    /// Takes the value of `openapi`: `3.1`, `3.1.0` or `3.1.0-rc1`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        [Version::V3_0, Version::V3_1, Version::V3_2]
            .into_iter()
            .find(|version| {
                text.strip_prefix(version.name())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-']))
            })
    }
}
