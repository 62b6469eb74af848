//! Folders with any history: what people put there stays as it is, and what is ours becomes right.

#![allow(clippy::expect_used, missing_docs)]
#![cfg(unix)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
};

use proptest::{
    collection::{btree_map, vec},
    prelude::*,
    sample::select,
};
use specsmith_output::{FileTree, OutputError, check, write};

/// Places of files.
const FILES: [&str; 8] = ["a", "b", "c/a", "c/b", "c/d/a", "e/a", "e/b", "f.rs"];

/// Places of links, which are files or folders for us.
const LINKS: [&str; 4] = ["a", "c", "c/d", "e/b"];

/// Files that are there already where links lead to; the last link leads nowhere.
const OUTSIDE: [&str; 3] = ["a", "c/a", "c/d/a"];

/// What happens to a folder.
#[derive(Debug, Clone)]
enum Step {
    /// Somebody puts a file there, unless it is one of ours.
    Put(&'static str),
    /// Somebody changes a file of ours.
    Edit(&'static str),
    /// Somebody removes whatever is there.
    Remove(&'static str),
    /// Somebody puts a link there that leads out of the folder, unless something is there.
    Link(&'static str),
    /// A run is cut short while it makes files.
    CutShort,
    /// These files are generated, each with one of three texts.
    Write(BTreeMap<&'static str, u8>),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        2 => select(&FILES[..]).prop_map(Step::Put),
        2 => select(&FILES[..]).prop_map(Step::Edit),
        1 => select(&FILES[..]).prop_map(Step::Remove),
        1 => select(&LINKS[..]).prop_map(Step::Link),
        1 => Just(Step::CutShort),
        5 => btree_map(select(&FILES[..]), 0..3_u8, 0..FILES.len()).prop_map(Step::Write),
    ]
}

/// A folder, next to one that links lead to, with what is known of both.
struct World {
    root: tempfile::TempDir,
    /// What people put there, with its text.
    theirs: BTreeMap<&'static str, String>,
    /// What runs wrote there and did not remove.
    ours: BTreeSet<String>,
}

impl World {
    fn new() -> Self {
        let root = tempfile::tempdir().expect("a temporary folder");
        for path in OUTSIDE {
            put(&root.path().join("outside").join(path), "outside");
        }
        fs::create_dir(root.path().join("out")).expect("a folder");
        Self {
            root,
            theirs: BTreeMap::new(),
            ours: BTreeSet::new(),
        }
    }

    fn dir(&self) -> PathBuf {
        self.root.path().join("out")
    }

    /// Whether a file can be put there without going through a link or a file.
    fn is_free(&self, path: &str) -> bool {
        let place = self.dir().join(path);
        let above = place.ancestors().skip(1).take_while(|above| *above != self.root.path());
        let plain = |above: &Path| fs::symlink_metadata(above).map_or(true, |metadata| metadata.is_dir());
        above.into_iter().all(plain) && fs::symlink_metadata(&place).is_err()
    }

    fn happens(&mut self, number: usize, step: Step) -> Result<(), TestCaseError> {
        match step {
            Step::Put(path) if self.is_free(path) && !self.ours.contains(path) => {
                let text = format!("put {number}");
                put(&self.dir().join(path), &text);
                self.theirs.insert(path, text);
            }
            Step::Edit(path) if self.ours.contains(path) && is_file(&self.dir(), path) => {
                put(&self.dir().join(path), &format!("edited {number}"));
            }
            Step::Remove(path) if is_file(&self.dir(), path) => {
                fs::remove_file(self.dir().join(path)).expect("removed");
                self.theirs.remove(path);
            }
            Step::Link(path) if self.is_free(path) => {
                let place = self.dir().join(path);
                fs::create_dir_all(place.parent().expect("a parent")).expect("a folder");
                symlink(self.root.path().join("outside").join(path), place).expect("a link");
            }
            Step::CutShort => put(&self.dir().join(".specsmith-staging/0"), "half"),
            Step::Write(files) => self.write(&files)?,
            _ => {}
        }
        Ok(())
    }

    fn write(&mut self, files: &BTreeMap<&str, u8>) -> Result<(), TestCaseError> {
        let mut tree = FileTree::new();
        for (path, number) in files {
            tree.insert(*path, format!("const N: u8 = {number};\n"));
        }
        let before = self.everything();
        match write(&self.dir(), &tree) {
            Ok(written) => {
                let report = check(&self.dir(), &tree).expect("a report");
                let left: Vec<String> = report.drift.into_iter().map(|drift| drift.path).collect();
                prop_assert_eq!(&left, &written.kept);
                let ours = files.keys().map(|path| (*path).to_owned());
                self.ours = ours.chain(written.kept).collect();
                let again = write(&self.dir(), &tree).expect("written once more");
                prop_assert!(again.is_unchanged());
            }
            Err(OutputError::Foreign { .. } | OutputError::NotPlain { .. }) => {
                prop_assert_eq!(self.everything(), before);
            }
            Err(error) => prop_assert!(false, "{error}"),
        }
        Ok(())
    }

    /// Every file and link, with text or goal; what a run that was cut short left behind is nobody's.
    fn everything(&self) -> BTreeMap<PathBuf, String> {
        let mut found = BTreeMap::new();
        let mut folders = vec![self.root.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder") {
                let entry = entry.expect("an entry");
                let kind = entry.file_type().expect("a kind");
                if entry.file_name() == ".specsmith-staging" {
                } else if kind.is_dir() {
                    folders.push(entry.path());
                } else if kind.is_symlink() {
                    let goal = fs::read_link(entry.path()).expect("a goal");
                    found.insert(entry.path(), goal.to_string_lossy().into_owned());
                } else {
                    found.insert(entry.path(), fs::read_to_string(entry.path()).expect("text"));
                }
            }
        }
        found
    }
}

fn put(place: &Path, text: &str) {
    fs::create_dir_all(place.parent().expect("a parent")).expect("a folder");
    fs::write(place, text).expect("a file");
}

/// Whether a plain file is there, in plain folders.
fn is_file(dir: &Path, path: &str) -> bool {
    let place = dir.join(path);
    let real = place.parent().and_then(|parent| parent.canonicalize().ok());
    let within = real.is_some_and(|real| dir.canonicalize().is_ok_and(|dir| real.starts_with(dir)));
    within && fs::symlink_metadata(place).is_ok_and(|metadata| metadata.is_file())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn what_is_theirs_stays_and_what_is_ours_becomes_right(steps in vec(step(), 1..16)) {
        let mut world = World::new();
        for (number, step) in steps.into_iter().enumerate() {
            world.happens(number, step)?;
            let found = world.everything();
            for (path, text) in &world.theirs {
                prop_assert_eq!(found.get(&world.dir().join(path)), Some(text), "{}", path);
            }
            for path in OUTSIDE {
                let place = world.root.path().join("outside").join(path);
                let text = found.get(&place).map(String::as_str);
                prop_assert_eq!(text, Some("outside"));
            }
        }
    }
}
