//! Which files are let through.

use super::*;

fn folders() -> (tempfile::TempDir, Files) {
    let dir = tempfile::tempdir().unwrap();
    let api = dir.path().join("api");
    fs::create_dir_all(api.join("models")).unwrap();
    fs::create_dir_all(dir.path().join("shared")).unwrap();
    fs::write(api.join("openapi.yaml"), "").unwrap();
    fs::write(api.join("models/pet.yaml"), "").unwrap();
    fs::write(dir.path().join("shared/error.yaml"), "").unwrap();
    fs::write(dir.path().join("secret.yaml"), "").unwrap();
    let files = Files::new("specs/openapi.yaml", Some(&api.join("openapi.yaml")), &[]).unwrap();
    (dir, files)
}

/// A file as seen from the folder of the document.
fn find(files: &Files, name: &str) -> Result<String, Denied> {
    let path = files.entry().parent().unwrap().join(name);
    match files.find(&path) {
        Ok(path) => Ok(files.shown(&path)),
        Err(Denied::Missing(_)) => Err(Denied::Missing(files.meant(&path))),
        Err(denied) => Err(denied),
    }
}

#[test]
fn files_below_the_folder_are_found() {
    let (_dir, files) = folders();
    assert_eq!(find(&files, "models/pet.yaml"), Ok("specs/models/pet.yaml".to_owned()));
    assert_eq!(
        find(&files, "models/pets.yaml"),
        Err(Denied::Missing(Some("pet.yaml".to_owned())))
    );
    assert_eq!(find(&files, "models/invoice.json"), Err(Denied::Missing(None)));
    assert_eq!(find(&files, "openapi.yaml/pet.yaml"), Err(Denied::Missing(None)));
    assert_eq!(find(&files, "models"), Err(Denied::NotRegular("a folder")));
    assert_eq!(files.own(), Some(files.entry().to_owned()));
}

#[test]
fn what_is_outside_is_refused_whether_it_exists_or_not() {
    let (dir, files) = folders();
    for path in ["secret.yaml", "missing.yaml", "shared/error.yaml", "api2/openapi.yaml"] {
        assert_eq!(
            files.find(&dir.path().canonicalize().unwrap().join(path)),
            Err(Denied::Outside),
            "{path}"
        );
    }
    assert_eq!(files.find(Path::new("/etc/passwd")), Err(Denied::Outside));
    assert_eq!(files.find(Path::new("/../etc/passwd")), Err(Denied::Outside));
}

#[test]
fn allowed_folders_are_looked_into_too() {
    let (dir, _) = folders();
    let shared = dir.path().join("shared");
    let files = Files::new(
        "openapi.yaml",
        Some(&dir.path().join("api/openapi.yaml")),
        std::slice::from_ref(&shared),
    )
    .unwrap();
    let found = files.find(&shared.canonicalize().unwrap().join("error.yaml")).unwrap();
    assert!(files.shown(&found).ends_with("shared/error.yaml"));
    assert_eq!(files.steps(&found), ["error.yaml"]);
    let missing = dir.path().join("nowhere");
    assert_eq!(
        Files::new("a", None, std::slice::from_ref(&missing)).unwrap_err(),
        missing
    );
    let text = Files::new("a", None, &[shared]).unwrap();
    assert_eq!(text.find(&text.entry().with_file_name("error.yaml")), Ok(found));
}

#[test]
fn a_text_has_no_files() {
    let files = Files::new("openapi.yaml", None, &[]).unwrap();
    assert_eq!(files.find(Path::new("pet.yaml")), Err(Denied::NoFolder));
    assert_eq!(files.find(Path::new("/etc/passwd")), Err(Denied::NoFolder));
}

#[cfg(unix)]
#[test]
fn links_that_lead_out_and_devices_are_refused() {
    use std::os::unix::{fs::symlink, net::UnixListener};
    let (dir, files) = folders();
    let api = dir.path().join("api");
    symlink(dir.path().join("secret.yaml"), api.join("link.yaml")).unwrap();
    symlink(dir.path().join("shared"), api.join("linked")).unwrap();
    symlink("models/pet.yaml", api.join("inside.yaml")).unwrap();
    symlink("/dev/zero", api.join("zero.yaml")).unwrap();
    symlink("round.yaml", api.join("round.yaml")).unwrap();
    let _listener = UnixListener::bind(api.join("socket.yaml")).unwrap();
    assert_eq!(find(&files, "inside.yaml"), Ok("specs/models/pet.yaml".to_owned()));
    for name in ["link.yaml", "linked/error.yaml", "zero.yaml"] {
        assert_eq!(find(&files, name), Err(Denied::Outside), "{name}");
    }
    assert_eq!(
        find(&files, "linked/eror.yaml"),
        Err(Denied::Missing(None)),
        "names of other folders stay unknown"
    );
    assert_eq!(
        find(&files, "socket.yaml"),
        Err(Denied::NotRegular("not a regular file"))
    );
    assert!(matches!(find(&files, "round.yaml"), Err(Denied::Unreadable(_))));
}

/// Whatever a reference says, what is found is a regular file below the folder.
#[test]
fn no_reference_leads_out() {
    use crate::address::Address;
    let (dir, files) = folders();
    let folder = files.entry().parent().unwrap().to_owned();
    let base = Address::File(files.entry().to_owned());
    let pieces = [
        "..",
        "%2e%2e",
        ".%2E",
        ".",
        "",
        "/",
        "//",
        "\\",
        "%2f",
        "%5c",
        "models",
        "Models",
        "pet.yaml",
        "secret.yaml",
        "shared",
        "error.yaml",
        "openapi.yaml",
        "api",
        "C:",
        "file:",
        "~",
        "%00",
        "\u{202e}",
        "etc",
        "passwd",
        "?",
        "%",
    ];
    let mut seed: u64 = 1;
    let mut next = |below: usize| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % below
    };
    let mut found = 0;
    for _ in 0..20_000 {
        let steps: Vec<&str> = (0..=next(6))
            .map(|_| *pieces.get(next(pieces.len())).unwrap())
            .collect();
        let reference = steps.join(if next(8) == 0 { "" } else { "/" });
        let Ok(Address::File(path)) = base.resolve(&reference) else {
            continue;
        };
        if let Ok(path) = files.find(&path) {
            assert!(path.starts_with(&folder) && path.is_file(), "{reference}");
            found += 1;
        }
    }
    assert!(found > 100, "{found}");
    drop(dir);
}
