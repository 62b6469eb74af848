//! Where documents and schemas are: files by their paths, everything else by URI (RFC 3986).

use std::path::{Component, Path, PathBuf};

use fluent_uri::{Uri, UriRef};

use crate::pointer::{percent_decode, percent_encode};

/// The address of a document, or of a schema that has one of its own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Address {
    /// A file.
    File(PathBuf),
    /// An absolute URI without a fragment.
    Uri(String),
}

/// Why the text of a reference is no address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AddressError {
    /// It starts at the root of a file system or names another machine.
    Absolute,
    /// It uses backslashes, or encodes a character that no file name has.
    Name,
    /// Its percent-encoding is wrong.
    Encoding,
    /// It is no URI.
    Syntax,
}

impl Address {
    /// The address that a reference without a fragment means, as seen from this one.
    pub(crate) fn resolve(&self, reference: &str) -> Result<Self, AddressError> {
        match (self, scheme(reference)) {
            (_, Some(scheme)) if scheme.len() == 1 || scheme.eq_ignore_ascii_case("file") => {
                Err(AddressError::Absolute)
            }
            (_, Some(_)) => {
                let uri = Uri::parse(encoded(reference)).map_err(|_| AddressError::Syntax)?;
                Ok(Self::of(&uri.normalize()))
            }
            (Address::Uri(base), None) => {
                let base = Uri::parse(base.as_str()).map_err(|_| AddressError::Syntax)?;
                let reference = UriRef::parse(encoded(reference)).map_err(|_| AddressError::Syntax)?;
                let uri = reference.resolve_against(&base).map_err(|_| AddressError::Syntax)?;
                Ok(Self::of(&uri.normalize()))
            }
            (Address::File(_), None) if reference.starts_with(['/', '\\']) => Err(AddressError::Absolute),
            (Address::File(base), None) => {
                let mut path = base.parent().map(Path::to_owned).unwrap_or_default();
                for segment in reference.split('/') {
                    push(&mut path, &percent_decode(segment).ok_or(AddressError::Encoding)?)?;
                }
                Ok(Address::File(path))
            }
        }
    }

    /// The file that an address means to those who know a document by its URI: what lies around that URI lies in the
    /// same way around the file of the document. `None` where both have nothing in common.
    pub(crate) fn beside(&self, document: &Address, file: &Address) -> Option<Self> {
        let (Address::Uri(uri), Address::Uri(base)) = (self, document) else {
            return None;
        };
        let (uri, base) = (Uri::parse(uri.as_str()).ok()?, Uri::parse(base.as_str()).ok()?);
        let authority = |uri: &Uri<&str>| uri.authority().map(|authority| authority.as_str().to_owned());
        let same_place = uri.scheme() == base.scheme() && authority(&uri) == authority(&base);
        if !same_place || uri.query().is_some() {
            return None;
        }
        let folders = base.path().as_str().rsplit_once('/')?.0;
        let mut folders: Vec<&str> = folders.split('/').collect();
        let mut steps: Vec<&str> = uri.path().as_str().split('/').collect();
        let name = steps.pop()?;
        let shared = folders.iter().zip(&steps).take_while(|(a, b)| a == b).count();
        let up = folders.split_off(shared).len();
        let down = steps.split_off(shared);
        let relative: String =
            ["../"].repeat(up).concat() + &down.iter().map(|step| format!("{step}/")).collect::<String>();
        file.resolve(&(relative + name)).ok()
    }

    /// A URI of the scheme `file` as nothing but a name; nothing is opened for it.
    pub(crate) fn name(text: &str) -> Option<Self> {
        scheme(text).filter(|scheme| scheme.eq_ignore_ascii_case("file"))?;
        Some(Self::of(&Uri::parse(encoded(text)).ok()?.normalize()))
    }

    fn of(uri: &Uri<String>) -> Self {
        let text = uri.as_str();
        Address::Uri(text.split_once('#').map_or(text, |(address, _)| address).to_owned())
    }
}

/// The scheme of a URI; a drive letter of Windows looks like one too.
fn scheme(text: &str) -> Option<&str> {
    let (scheme, _) = text.split_once(':')?;
    let rest = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    (scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(rest)).then_some(scheme)
}

/// Adds a step to a path; `..` takes the last one away.
fn push(path: &mut PathBuf, step: &str) -> Result<(), AddressError> {
    match step {
        "" | "." => {}
        ".." => match path.components().next_back() {
            Some(Component::Normal(_)) => {
                path.pop();
            }
            // Beyond the root, which is no folder that may be read.
            _ => path.push(".."),
        },
        _ if step.contains(['/', '\\', '\0']) || scheme(step).is_some_and(|scheme| scheme.len() == 1) => {
            return Err(AddressError::Name);
        }
        step => path.push(step),
    }
    Ok(())
}

/// The text with everything encoded that URIs do not have; authors write spaces and braces as they are.
fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    percent_encode(&mut encoded, text, |byte| b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte));
    encoded
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn file(path: &str) -> Address {
        Address::File(PathBuf::from(path))
    }

    fn uri(text: &str) -> Address {
        Address::Uri(text.to_owned())
    }

    #[test]
    fn files_are_found_from_the_folder_of_the_file() {
        let base = file("/api/v1/openapi.yaml");
        for (reference, expected) in [
            ("pet.yaml", "/api/v1/pet.yaml"),
            ("./models/pet.yaml", "/api/v1/models/pet.yaml"),
            ("../shared//pet.yaml", "/api/shared/pet.yaml"),
            ("a/./b/../pet.yaml", "/api/v1/a/pet.yaml"),
            ("%2e%2e/pet.yaml", "/api/pet.yaml"),
            ("my%20pet.yaml", "/api/v1/my pet.yaml"),
            ("my pet.yaml", "/api/v1/my pet.yaml"),
            ("m.room.message$m.text.yaml", "/api/v1/m.room.message$m.text.yaml"),
            ("tierärztin.yaml", "/api/v1/tierärztin.yaml"),
            ("Pet.YAML", "/api/v1/Pet.YAML"),
            ("../../../../etc/passwd", "/../../etc/passwd"),
        ] {
            assert_eq!(base.resolve(reference), Ok(file(expected)), "{reference}");
        }
        assert_eq!(file("").resolve("a/../../b"), Ok(file("../b")));
    }

    #[test]
    fn what_is_no_relative_path_is_refused() {
        let base = file("/api/openapi.yaml");
        for reference in [
            "/etc/passwd",
            "//host/share/a.yaml",
            "\\\\host\\share\\a.yaml",
            "file:///etc/passwd",
            "FILE:a.yaml",
            "C:\\a.yaml",
            "c:/a.yaml",
        ] {
            assert_eq!(base.resolve(reference), Err(AddressError::Absolute), "{reference}");
        }
        for reference in ["models\\pet.yaml", "a%2Fb.yaml", "a%5Cb.yaml", "%00", "a/c:b"] {
            assert_eq!(base.resolve(reference), Err(AddressError::Name), "{reference}");
        }
        for reference in ["a%zz", "%ff"] {
            assert_eq!(base.resolve(reference), Err(AddressError::Encoding), "{reference}");
        }
        assert_eq!(
            base.resolve("https://example.com/a b"),
            Ok(uri("https://example.com/a%20b"))
        );
        assert_eq!(base.resolve("data:,x"), Ok(uri("data:,x")));
    }

    #[test]
    fn uris_are_resolved_as_rfc_3986_says() {
        let base = uri("https://example.com/api/v1/openapi.yaml");
        for (reference, expected) in [
            ("pet.yaml", "https://example.com/api/v1/pet.yaml"),
            ("../pet", "https://example.com/api/pet"),
            ("/pet", "https://example.com/pet"),
            ("//other.example/pet", "https://other.example/pet"),
            ("HTTP://Example.com/%7Epet#x", "http://example.com/~pet"),
            ("urn:example:pet", "urn:example:pet"),
        ] {
            assert_eq!(base.resolve(reference), Ok(uri(expected)), "{reference}");
        }
        assert_eq!(base.resolve("file:///etc/passwd"), Err(AddressError::Absolute));
        assert_eq!(uri("urn:example:pet").resolve("b"), Err(AddressError::Syntax));
    }

    #[test]
    fn what_lies_around_a_uri_lies_around_its_file() {
        let document = uri("https://example.com/api/v1/openapi.yaml");
        let place = file("/base/spec/openapi.yaml");
        for (address, expected) in [
            (
                "https://example.com/api/v1/models/pet.yaml",
                Some("/base/spec/models/pet.yaml"),
            ),
            ("https://example.com/api/shared/pet.yaml", Some("/base/shared/pet.yaml")),
            ("https://example.com/pet.yaml", Some("/pet.yaml")),
            ("https://other.example/api/v1/pet.yaml", None),
            ("http://example.com/api/v1/pet.yaml", None),
            ("urn:example:pet", None),
        ] {
            assert_eq!(uri(address).beside(&document, &place), expected.map(file), "{address}");
        }
    }
}
