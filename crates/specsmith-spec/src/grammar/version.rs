//! The versions of OpenAPI.

/// The versions of OpenAPI that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Version {
    /// Swagger 2.0
    V2_0,
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
            Version::V2_0 => "2.0",
            Version::V3_0 => "3.0",
            Version::V3_1 => "3.1",
            Version::V3_2 => "3.2",
        }
    }

    /// The version as a document's reader calls it: `Swagger 2.0`, `OpenAPI 3.1`.
    pub(crate) fn title(self) -> String {
        match self {
            Version::V2_0 => "Swagger 2.0".to_owned(),
            _ => format!("OpenAPI {}", self.name()),
        }
    }

    /// Takes the value of `swagger`: `2.0`, or `2`.
    pub(crate) fn parse_swagger(text: &str) -> Option<Self> {
        matches!(text, "2" | "2.0").then_some(Version::V2_0)
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
