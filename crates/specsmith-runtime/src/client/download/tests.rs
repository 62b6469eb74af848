//! Names of files, and downloads into files.

#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;

#[test]
fn names_of_files_are_read_and_made_safe() {
    let long = "n".repeat(300);
    let cases = [
        ("attachment", None),
        ("attachment; filename=report.pdf", Some("report.pdf")),
        (
            "attachment; FileName=\"a; b=\\\"c\\\".pdf\"; size=3",
            Some("a; b=_c_.pdf"),
        ),
        (
            "attachment; filename=\"a.txt\"; filename*=UTF-8''%e2%82%ac%20rates.txt",
            Some("\u{20ac} rates.txt"),
        ),
        (
            "attachment; filename*=iso-8859-1'en'%A3.txt",
            Some("\u{a3}.txt"),
        ),
        ("attachment; filename*=utf-7''x; filename=y", Some("y")),
        ("attachment; filename=\"../../etc/passwd\"", Some("passwd")),
        ("attachment; filename=\"C:\\temp\\a.txt\"", Some("a.txt")),
        ("attachment; filename*=UTF-8''..%2F..%2F.ssh", Some("ssh")),
        ("attachment; filename=\"..\"", None),
        ("attachment; filename=\"a\\", None),
        ("attachment; filename=\"NUL.txt\"", Some("_NUL.txt")),
        ("attachment; filename=com1", Some("_com1")),
        ("inline; filename=\"a\u{1}b?.txt \"", Some("ab_.txt")),
        (";;=;filename=;filename", None),
    ];
    for (header, name) in cases {
        assert_eq!(file_name(header).as_deref(), name, "{header}");
    }
    assert_eq!(
        file_name(&format!("a; filename={long}")).unwrap().len(),
        255
    );
}

#[cfg(feature = "fs")]
#[tokio::test]
async fn a_file_is_there_only_when_it_is_whole() {
    use super::super::{OperationInfo, TransportErrorKind};

    static INFO: OperationInfo = OperationInfo::new("getFile");
    let download = |body| {
        let head = RawResponse::new(&INFO, StatusCode::OK, HeaderMap::new(), Bytes::new());
        Download { head, body }
    };
    let folder = std::env::temp_dir().join(format!("specsmith-download-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("a.bin");
    assert_eq!(download(Body::new("bytes")).save(&path).await.unwrap(), 5);
    assert_eq!(std::fs::read(&path).unwrap(), b"bytes");

    let broken = Body::from_stream(Broken(Some(Bytes::from_static(b"half"))));
    let error = download(broken).save(&path).await.unwrap_err();
    let inner = error
        .get_ref()
        .and_then(|error| error.downcast_ref::<TransportError>());
    assert_eq!(inner.unwrap().kind(), TransportErrorKind::Reset);
    assert_eq!(std::fs::read(&path).unwrap(), b"bytes");
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
    std::fs::remove_dir_all(&folder).unwrap();
}

/// A chunk, and then an error.
#[cfg(feature = "fs")]
struct Broken(Option<Bytes>);

#[cfg(feature = "fs")]
impl Stream for Broken {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let reset = || TransportError::new(super::super::TransportErrorKind::Reset, "reset");
        Poll::Ready(Some(self.0.take().ok_or_else(reset)))
    }
}
