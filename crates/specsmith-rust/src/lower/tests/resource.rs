//! Resources of paths of every form.

use super::build::template;
use crate::lower::resource::{of_path, steps};

fn resource(text: &str) -> String {
    of_path(&template(text)).map_or_else(|| "-".to_owned(), |words| words.join(" "))
}

#[test]
fn a_resource_is_the_first_name_behind_what_frames_paths() {
    for (path, expected) in [
        ("/books", "books"),
        ("/books/{isbn}/reviews", "books"),
        ("/api/v4/projects/{id}", "projects"),
        ("/rest/api/2/issue", "issue"),
        ("/v2.1/shelves", "shelves"),
        ("/v1beta1/shelves", "shelves"),
        ("/2024-01-01/shelves", "shelves"),
        ("/ws/1.1/track.search", "track"),
        ("/{org}/repos", "repos"),
        ("/{id}.json/parts", "parts"),
        ("/.well-known/jwks.json", "well known"),
        ("/books:batch", "books"),
        ("/books.json", "books"),
        ("/chat.postMessage", "chat"),
        ("/api/0/internal/rpc/auth/change_scim/", "auth"),
        ("/2fa/setup", "2fa"),
        ("/Books/", "books"),
        ("/reports/send", "reports"),
    ] {
        assert_eq!(resource(path), expected, "{path}");
    }
}

#[test]
fn some_paths_are_about_no_resource() {
    for path in [
        "/",
        "/{id}",
        "/v2",
        "/api",
        "/{owner}/{repo}",
        "/sendMessage",
        "/logOut",
        "/close",
        "/v1/health",
        "/search",
        "//",
    ] {
        assert_eq!(resource(path), "-", "{path}");
    }
}

#[test]
fn formats_are_no_steps() {
    let named = |text: &str| steps(&template(text)).len();
    assert_eq!(named("/books.json"), 1);
    assert_eq!(named("/books/{isbn}.json"), 2);
    assert_eq!(named("/books/{isbn}:lend"), 3);
    assert_eq!(named("/v1/{tenant}/books"), 1);
}

#[test]
fn a_path_is_as_deep_as_it_is() {
    let deep = "/a".repeat(100_000);
    assert_eq!(steps(&template(&deep)).len(), 100_000);
}
