//! Types that the user chose for formats, and dependencies: what can be wrong with them.

use specsmith_rust::TypeOptions;
use toml_edit::Value;

use crate::ConfigError;

/// Refuses a path that is none, and a dependency that no manifest can have.
pub(crate) fn check(options: &TypeOptions) -> Result<(), ConfigError> {
    for (format, ty) in &options.formats {
        let wrong = |reason| ConfigError::FormatType {
            format: format.clone(),
            path: ty.path.clone(),
            reason,
        };
        if !ty.is_path() {
            return Err(wrong("it is not the path of a Rust type"));
        }
        if let Some((package, value)) = &ty.dependency {
            if !is_package(package) {
                return Err(wrong("its dependency is not the name of a package"));
            }
            if value.parse::<Value>().is_err() {
                return Err(wrong("what it says about its dependency is not a TOML value"));
            }
        }
    }
    for (package, value) in &options.dependencies {
        let wrong = |reason| ConfigError::Dependency {
            package: package.clone(),
            reason,
        };
        if !is_package(package) {
            return Err(wrong("it is not the name of a package"));
        }
        if value.parse::<Value>().is_err() {
            return Err(wrong("what is said about it is not a TOML value"));
        }
    }
    Ok(())
}

fn is_package(name: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(is_letter)
}

#[cfg(test)]
mod tests {
    use specsmith_rust::ExternType;

    use super::*;

    fn found(ty: ExternType) -> Option<String> {
        let mut options = TypeOptions::default();
        options.formats.insert("decimal".to_owned(), ty);
        check(&options).err().map(|error| error.to_string())
    }

    #[test]
    fn dependencies_are_those_of_a_manifest() {
        let found = |package: &str, value: &str| {
            let mut options = TypeOptions::default();
            options.dependencies.insert(package.to_owned(), value.to_owned());
            check(&options).err().map(|error| error.to_string())
        };
        assert_eq!(found("strum", "{ version = \"0.28\", features = [\"derive\"] }"), None);
        let wrong = |reason: &str| Some(format!("the dependency `a b` cannot be: {reason}"));
        assert_eq!(found("a b", "\"1\""), wrong("it is not the name of a package"));
        let wrong = Some("the dependency `a` cannot be: what is said about it is not a TOML value".to_owned());
        assert_eq!(found("a", "1 2"), wrong);
    }

    #[test]
    fn paths_and_dependencies_are_checked() {
        let decimal = || ExternType::new("rust_decimal::Decimal");
        for ty in [
            decimal(),
            decimal().dependency("rust_decimal", "\"1\""),
            decimal().dependency("rust_decimal", "{ version = \"1\", features = [\"serde\"] }"),
            ExternType::new("chrono::DateTime<chrono::Utc>"),
            ExternType::new("::std::string::String"),
            ExternType::new("String"),
        ] {
            assert_eq!(found(ty), None);
        }
        for (ty, reason) in [
            (ExternType::new("a decimal"), "it is not the path of a Rust type"),
            (ExternType::new(""), "it is not the path of a Rust type"),
            (ExternType::new("X; struct Y"), "it is not the path of a Rust type"),
            (
                decimal().dependency("rust decimal", "\"1\""),
                "its dependency is not the name of a package",
            ),
            (
                decimal().dependency("rust_decimal", "1 2"),
                "what it says about its dependency is not a TOML value",
            ),
        ] {
            let expected = format!("the format `decimal` cannot be `{}`: {reason}", ty.path);
            assert_eq!(found(ty), Some(expected));
        }
    }
}
