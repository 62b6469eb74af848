//! The path that all paths of an API are below: that of its first server, unless the user chooses another one.

use specsmith_rust::Model;

use crate::Options;

/// The path, with `/` in front and none at its end; empty where there is none.
pub(crate) fn of(model: &Model, options: &Options) -> String {
    match (&options.base_path, model.servers.first()) {
        (Some(path), _) => normal(path),
        (None, Some(server)) => normal(path(&server.address())),
        (None, None) => String::new(),
    }
}

/// Whether a router of axum takes it as it is.
pub(crate) fn is_plain(path: &str) -> bool {
    !path.contains(['{', '}', ':', '*'])
}

/// The path of an address, which can be relative.
fn path(address: &str) -> &str {
    let address = address.split(['?', '#']).next().unwrap_or_default();
    let Some((_, rest)) = address.split_once("//") else {
        return address;
    };
    rest.find('/').and_then(|start| rest.get(start..)).unwrap_or_default()
}

/// The path as requests have it: without `.` and `..`, escaped.
fn normal(path: &str) -> String {
    let mut segments = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()),
            segment => segments.push(segment),
        }
    }
    let mut text = String::new();
    for segment in segments {
        text.push('/');
        for byte in segment.bytes() {
            match byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@%".contains(&byte) {
                true => text.push(char::from(byte)),
                false => text.push_str(&format!("%{byte:02X}")),
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use specsmith_ir::{Server, ServerVariable};

    use super::*;

    fn base_path(url: &str, configured: Option<&str>) -> String {
        let version = ServerVariable {
            name: "version".to_owned(),
            default: "v2".to_owned(),
            values: Vec::new(),
            description: None,
        };
        let server = Server {
            url: url.to_owned(),
            name: None,
            description: None,
            variables: vec![version],
        };
        let model = Model {
            servers: vec![server],
            ..Model::default()
        };
        let options = Options {
            package_name: "a".to_owned(),
            contract: None,
            base_path: configured.map(str::to_owned),
        };
        of(&model, &options)
    }

    #[test]
    fn it_is_the_path_of_the_first_server() {
        for (url, path) in [
            ("https://api.example.com", ""),
            ("https://api.example.com/", ""),
            ("https://api.example.com/v1", "/v1"),
            ("https://api.example.com:8443/api/{version}/?a=/b#/c", "/api/v2"),
            ("//api.example.com/v1", "/v1"),
            ("/api/v3", "/api/v3"),
            ("/", ""),
            ("", ""),
            ("v1", "/v1"),
            ("./a/../b/", "/b"),
            ("https://api.example.com/ü {x}", "/%C3%BC%20%7Bx%7D"),
        ] {
            assert_eq!(base_path(url, None), path, "{url}");
        }
        assert_eq!(base_path("https://api.example.com/v1", Some("")), "");
        assert_eq!(base_path("https://api.example.com/v1", Some("/internal/")), "/internal");
    }
}
