//! Published documents, where `SPECSMITH_CORPUS` says where they are, and what others make of what is written.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use specsmith_diagnostics::{Diagnostics, SourceMap};

use super::check;
use crate::{Limits, Source, read, to_json, to_yaml};

fn documents() -> Vec<PathBuf> {
    let Some(folder) = env::var_os("SPECSMITH_CORPUS").filter(|folder| !folder.is_empty()) else {
        eprintln!("skipped: SPECSMITH_CORPUS is not set");
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "json" || extension == "yaml")
    });
    files.sort();
    assert!(!files.is_empty(), "a folder without documents");
    files
}

#[test]
fn published_documents_are_the_same_after_writing_and_reading() {
    let mut values = 0;
    let documents = documents();
    for path in &documents {
        let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
        let source = Source::from_file(path).unwrap();
        let document = read(source, &Limits::default(), &mut sources, &mut diagnostics).unwrap();
        check(&document);
        values += document.len();
        let name = path.file_name().unwrap().to_string_lossy();
        keep(&name, "json", &to_json(&document));
        keep(&name, "yaml", &to_yaml(&document));
    }
    eprintln!("{} documents, {values} values", documents.len());
}

/// Keeps what was written where `SPECSMITH_WRITTEN` says, for other readers to compare.
pub(super) fn keep(name: &str, format: &str, text: &str) {
    if let Some(folder) = env::var_os("SPECSMITH_WRITTEN") {
        fs::write(Path::new(&folder).join(format!("{name}.{format}")), text).unwrap();
    }
}
