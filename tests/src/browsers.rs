//! The bookstore client compiles for browsers, with and without its features.

use std::process::Command;

use crate::{compile, root};

const TARGET: &str = "wasm32-unknown-unknown";

/// What there is beside the default, but for what a browser decides.
const FEATURES: &str = "limits,mock,tower,tracing,validate,webhooks";

/// Whether the standard library for browsers is installed.
fn is_there() -> bool {
    let output = Command::new("rustc")
        .args(["--print", "target-libdir", "--target", TARGET])
        .output()
        .expect("a compiler");
    let folder = String::from_utf8(output.stdout).expect("text");
    std::path::Path::new(folder.trim()).is_dir()
}

#[test]
fn the_client_compiles_for_browsers() {
    if !is_there() {
        println!("not looked at: the target {TARGET} is not installed");
        return;
    }
    for features in ["", FEATURES] {
        let arguments = [
            "check",
            "--quiet",
            "-p",
            "bookstore",
            "--target",
            TARGET,
            "--features",
            features,
        ];
        compile::run(&root(), &arguments);
    }
}
