//! The path that all paths of an API are below: that of its first server, unless the user chooses another one.

use crate::Server;

/// The path that servers serve everything below, with `/` in front and none at its end; empty where there is none.
///
/// It is that of the first server of the document, since clients append paths to its address, or the one that the user
/// chooses.
pub fn base_path(servers: &[Server], chosen: Option<&str>) -> String {
    match (chosen, servers.first()) {
        (Some(path), _) => normal(path),
        (None, Some(server)) => normal(path(&server.address())),
        (None, None) => String::new(),
    }
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
    use crate::{Server, ServerVariable};

    fn base_path(url: &str, chosen: Option<&str>) -> String {
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
        super::base_path(&[server], chosen)
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
        assert_eq!(super::base_path(&[], None), "");
    }
}
