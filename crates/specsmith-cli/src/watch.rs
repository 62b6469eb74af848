//! `specsmith generate --watch`: generates again when a file that was read has changed.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::mpsc::{self, Receiver},
    time::{Duration, Instant},
};

use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};
use specsmith::Config;

use crate::{
    arguments::GenerateArguments,
    generate,
    reporter::Reporter,
    terminal::{self, ERROR, FAILED, GOOD, USAGE, count},
    walk,
};

/// How long nothing may happen before files are read: programs write in several steps.
const QUIET: Duration = Duration::from_millis(20);

type Events = Receiver<notify::Result<Event>>;

/// Runs the subcommand until it is ended from outside.
pub(crate) fn run(arguments: &GenerateArguments) -> ExitCode {
    if arguments.reads_standard_input() {
        terminal::message(ERROR, "error", "standard input cannot be watched");
        return ExitCode::from(USAGE);
    }
    let reporter = walk::reporter(arguments);
    let configs = match arguments.configs() {
        Ok(configs) => configs,
        Err(error) => return reporter.no_config(&error),
    };
    if configs.iter().any(|(_, config)| config.document_command().is_some()) {
        let text = "what a program reads is not known, so the document that it prints cannot be watched";
        terminal::message(ERROR, "error", text);
        return ExitCode::from(USAGE);
    }
    let (sender, events) = mpsc::channel();
    let watcher = match notify::recommended_watcher(sender) {
        Ok(watcher) => watcher,
        Err(error) => {
            terminal::message(ERROR, "error", format_args!("files cannot be watched: {error}"));
            return ExitCode::from(FAILED);
        }
    };
    let mut watch = Watch {
        arguments,
        reporter,
        watcher,
        folders: BTreeSet::new(),
        config_file: arguments.config_file().map(|path| Seen::new(&path)),
        apis: Vec::new(),
    };
    watch.begin(configs);
    while watch.wait(&events) {
        watch.again();
    }
    ExitCode::from(FAILED)
}

/// What is watched, and what is done about it.
struct Watch<'a> {
    arguments: &'a GenerateArguments,
    reporter: Reporter,
    watcher: RecommendedWatcher,
    /// The folders in which changes are told.
    folders: BTreeSet<PathBuf>,
    config_file: Option<Seen>,
    apis: Vec<Api>,
}

/// An API, and the files that it was made from.
struct Api {
    config: (Option<String>, Config),
    files: Vec<Seen>,
}

/// A file, and what was in it when it was looked at last.
struct Seen {
    path: PathBuf,
    /// Where changes of it are told to be: as it is named, and behind links.
    places: Vec<PathBuf>,
    content: Option<u64>,
}

impl Seen {
    fn new(path: &Path) -> Self {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new(".")).canonicalize();
        let named = folder.ok().and_then(|folder| Some(folder.join(path.file_name()?)));
        Self {
            path: path.to_owned(),
            places: named.into_iter().chain(path.canonicalize().ok()).collect(),
            content: content(path),
        }
    }

    /// Whether there is something else in it than before; looks at it.
    fn has_changed(&mut self) -> bool {
        let before = std::mem::replace(&mut self.content, content(&self.path));
        before != self.content
    }
}

/// What is in a file, as a number that tells different contents apart.
fn content(path: &Path) -> Option<u64> {
    let bytes = fs::read(path).ok()?;
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    Some(hasher.finish())
}

impl Watch<'_> {
    /// Begins with these APIs, all of which are generated.
    fn begin(&mut self, configs: Vec<(Option<String>, Config)>) {
        let apis = configs.into_iter().map(|config| Api {
            // Looked at before they are read, so that no change in between is lost.
            files: config
                .1
                .files(None)
                .iter()
                .map(|file| Seen::new(file.as_ref()))
                .collect(),
            config,
        });
        self.apis = apis.collect();
        self.generate(|_| true);
    }

    /// Generates what has changed.
    fn again(&mut self) {
        if self.config_file.as_mut().is_some_and(Seen::has_changed) {
            match self.arguments.configs() {
                Ok(configs) => return self.begin(configs),
                Err(error) => {
                    // The message is what counts: the next change may mend it.
                    let _: ExitCode = self.reporter.no_config(&error);
                    return;
                }
            }
        }
        let changed = |api: &mut Api| {
            let mut any = false;
            // All of them are looked at.
            for file in &mut api.files {
                any |= file.has_changed();
            }
            any
        };
        self.generate(changed);
    }

    /// Generates the APIs that are chosen.
    fn generate(&mut self, mut chosen: impl FnMut(&mut Api) -> bool) {
        let start = Instant::now();
        let chosen: Vec<bool> = self.apis.iter_mut().map(&mut chosen).collect();
        let (mut apis, others): (Vec<_>, Vec<_>) = std::mem::take(&mut self.apis)
            .into_iter()
            .enumerate()
            .partition(|(index, _)| chosen.get(*index).copied().unwrap_or_default());
        if !apis.is_empty() {
            let configs: Vec<_> = apis.iter().map(|(_, api)| api.config.clone()).collect();
            let reporter = &self.reporter;
            let tell = |outcome: &_| generate::tell(reporter, outcome);
            let walked = walk::steps(self.arguments, reporter, &configs, generate::STEP, tell);
            reporter.finish();
            for ((_, api), walked) in apis.iter_mut().zip(walked) {
                let mut known: BTreeMap<PathBuf, Seen> = std::mem::take(&mut api.files)
                    .into_iter()
                    .map(|file| (file.path.clone(), file))
                    .collect();
                let files = walked.files.iter().map(PathBuf::from);
                api.files = files
                    .map(|path| known.remove(&path).unwrap_or_else(|| Seen::new(&path)))
                    .collect();
            }
        }
        let is_idle = apis.is_empty();
        apis.extend(others);
        apis.sort_by_key(|(index, _)| *index);
        self.apis = apis.into_iter().map(|(_, api)| api).collect();
        if !is_idle {
            self.listen();
            let files: BTreeSet<&PathBuf> = self.files().map(|file| &file.path).collect();
            let (files, took) = (count(files.len(), "file"), start.elapsed().as_millis());
            terminal::note(format_args!("{GOOD}watching{GOOD:#} {files}, after {took} ms"));
        }
    }

    fn files(&self) -> impl Iterator<Item = &Seen> {
        let files = self.apis.iter().flat_map(|api| &api.files);
        files.chain(&self.config_file)
    }

    /// Asks for changes in the folders of all files; folders, since many programs put another file in the place of one.
    fn listen(&mut self) {
        let places = self.files().flat_map(|file| &file.places);
        let folders: BTreeSet<PathBuf> = places.filter_map(|place| Some(place.parent()?.to_owned())).collect();
        for folder in folders.difference(&self.folders) {
            if let Err(error) = self.watcher.watch(folder, RecursiveMode::NonRecursive) {
                let text = format!("`{}` cannot be watched: {error}", folder.display());
                terminal::message(ERROR, "error", text);
            }
        }
        self.folders.extend(folders);
    }

    /// Waits until something happens to a file, and then until it is quiet; `false` where nothing will happen any more.
    fn wait(&self, events: &Events) -> bool {
        loop {
            match events.recv() {
                Ok(event) if self.is_ours(&event) => break,
                Ok(_) => {}
                Err(_) => return false,
            }
        }
        while events.recv_timeout(QUIET).is_ok() {}
        true
    }

    fn is_ours(&self, event: &notify::Result<Event>) -> bool {
        match event {
            // We read them ourselves.
            Ok(event) if event.kind.is_access() => false,
            Ok(event) => {
                let is_known = |path: &PathBuf| self.files().any(|file| file.places.contains(path));
                event.need_rescan() || event.paths.iter().any(is_known)
            }
            // What was missed is not known.
            Err(_) => true,
        }
    }
}
