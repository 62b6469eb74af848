//! Bytes and files that are no text.

use std::{env, fs, path::PathBuf};

use specsmith_diagnostics::{Code, Diagnostic};

use super::Source;

fn refused(bytes: &[u8]) -> Diagnostic {
    Source::from_bytes("x.yaml", bytes.to_vec()).unwrap_err()
}

#[test]
fn bytes_have_to_be_utf8() {
    let source = Source::from_bytes("x.yaml", "a: ä".into()).unwrap();
    assert_eq!((source.name.as_str(), source.text.as_str()), ("x.yaml", "a: ä"));
    let table: [(&[u8], &str); 7] = [
        (b"a: 1\nb: \xff", "`x.yaml` is not UTF-8 text: byte 0xFF in line 2"),
        (b"\xff\xfea\0:\0", "`x.yaml` is UTF-16 text"),
        (b"\xfe\xff\0a\0:", "`x.yaml` is UTF-16 text"),
        (b"a\0:\0", "`x.yaml` is UTF-16 text"),
        (b"\0a\0:", "`x.yaml` is UTF-16 text"),
        (b"\x1f\x8b\x08\0", "`x.yaml` is compressed with gzip"),
        (b"PK\x03\x04\xff", "`x.yaml` is a zip archive"),
    ];
    for (bytes, message) in table {
        let diagnostic = refused(bytes);
        assert_eq!(
            (diagnostic.code, diagnostic.message.as_str()),
            (Code::UnreadableFile, message)
        );
        assert!(diagnostic.help.is_some());
    }
}

#[test]
fn files() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let manifest = Source::from_file(&folder.join("Cargo.toml")).unwrap();
    assert_eq!(manifest.text, fs::read_to_string(folder.join("Cargo.toml")).unwrap());
    assert!(manifest.name.ends_with("/Cargo.toml"));
    let message = |path: PathBuf| Source::from_file(&path).unwrap_err().message;
    assert!(message(folder.clone()).ends_with("`: it is a folder"));
    assert!(message(folder.join("none.yaml")).ends_with("none.yaml`: there is no such file"));
}

#[cfg(unix)]
#[test]
fn devices_are_not_opened() {
    for path in ["/dev/zero", "/dev/null"] {
        let diagnostic = Source::from_file(path.as_ref()).unwrap_err();
        assert_eq!(
            diagnostic.message,
            format!("cannot read `{path}`: it is not a regular file")
        );
    }
}
