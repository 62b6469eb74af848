//! The files that a document consists of, each read once.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    path::{Path, PathBuf},
    rc::Rc,
};

use specsmith_diagnostics::{Diagnostic, Diagnostics, Location, SourceMap, closest};

use super::{
    Place,
    homes::Layout,
    reason::{self, Broken},
};
use crate::{
    Document, Limits, Node, Source,
    address::Address,
    read::{
        self,
        files::{Denied, Files},
    },
    resource::{self, Fragment, Meant, Reference, Resources},
};

/// How many references one reference may lead through.
const MOST_STEPS: usize = 32;
/// How many names are compared in all to suggest one for a name that is unknown.
const MOST_COMPARED: usize = 500_000;
/// How many missing files are looked for under other names.
const MOST_MISSING: usize = 200;

/// One file.
pub(super) struct Part {
    pub document: Document,
    pub resources: Resources,
    /// Where it is; `None` for a document that is no file.
    pub path: Option<PathBuf>,
}

/// How sure it is that a reference means a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Certainty {
    /// The specification says so.
    Certain,
    /// It stands in a value where it may be part of the value.
    Maybe,
}

/// The limits on files are exceeded; this was reported.
#[derive(Debug)]
pub(super) struct Exceeded;

/// The files that were read so far, and the way to more.
pub(super) struct Parts<'a> {
    list: Vec<Rc<Part>>,
    by_path: BTreeMap<PathBuf, usize>,
    /// Files that are neither JSON nor YAML.
    garbled: BTreeSet<PathBuf>,
    /// The addresses that documents and schemas give themselves.
    addresses: BTreeMap<Address, Place>,
    files: Files,
    limits: &'a Limits,
    sources: &'a mut SourceMap,
    pub diagnostics: &'a mut Diagnostics,
    /// Where the document has its schemas.
    schemas: &'static str,
    bytes: usize,
    nodes: usize,
    /// How many missing files were looked for under other names.
    missing: usize,
    /// How many names were compared with one that is not there.
    compared: usize,
    /// Whether a limit was exceeded.
    pub exceeded: bool,
}

impl<'a> Parts<'a> {
    /// The document itself.
    pub(super) fn new(
        document: Document,
        files: Files,
        limits: &'a Limits,
        sources: &'a mut SourceMap,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        let mut parts = Self {
            list: Vec::new(),
            by_path: BTreeMap::new(),
            garbled: BTreeSet::new(),
            addresses: BTreeMap::new(),
            files,
            limits,
            sources,
            diagnostics,
            schemas: match Layout::of(document.root()) {
                Layout::Components => "#/components/schemas",
                Layout::Top => "#/definitions",
            },
            bytes: 0,
            nodes: 0,
            missing: 0,
            compared: 0,
            exceeded: false,
        };
        let place = parts.files.entry().to_owned();
        let path = parts.files.own();
        parts.add(document, path, place);
        parts
    }

    /// The file of this number.
    pub(super) fn part(&self, number: usize) -> Option<Rc<Part>> {
        self.list.get(number).cloned()
    }

    /// How many files there are.
    pub(super) fn count(&self) -> usize {
        self.list.len()
    }

    /// The folders and the name of the file of this number.
    pub(super) fn steps(&self, number: usize) -> Vec<String> {
        let path = self.list.get(number).and_then(|part| part.path.as_deref());
        path.map_or_else(Vec::new, |path| self.files.steps(path))
    }

    /// The place that a reference means which stands at `node` of this file.
    pub(super) fn locate(
        &mut self,
        number: usize,
        node: Node<'_>,
        text: &str,
        certainty: Certainty,
    ) -> Result<Place, Box<Diagnostic>> {
        self.locate_by(number, node, text, certainty, &mut { MOST_STEPS })
    }

    fn locate_by(
        &mut self,
        number: usize,
        node: Node<'_>,
        text: &str,
        certainty: Certainty,
        left: &mut usize,
    ) -> Result<Place, Box<Diagnostic>> {
        let part = self.part(number).filter(|_| !text.trim().is_empty());
        let part = part.ok_or_else(|| reason::broken(text, Broken::Empty))?;
        let Reference { address, fragment } =
            Reference::parse(text).map_err(|why| reason::broken(text, Broken::Pointer(why)))?;
        let meant = part.resources.meant(node, address);
        let base = match meant.map_err(|error| reason::address(text, address, error))? {
            Meant::Inside(node) => Place { part: number, node },
            Meant::Outside(address) => self.find(&part, &address, text, node.location(), certainty)?,
        };
        match fragment {
            Fragment::Whole => Ok(base),
            Fragment::Anchor(name) => {
                let target = self.part(base.part);
                let schema = target.and_then(|target| target.resources.anchor(base.node, &name));
                let node = schema.ok_or_else(|| reason::broken(text, Broken::Anchor))?;
                Ok(Place { node, ..base })
            }
            Fragment::Pointer(steps) => {
                let root = Place {
                    node: part.document.root().id(),
                    ..base
                };
                match self.follow(base, &steps, text, certainty, left) {
                    // Many authors mean the whole file, whatever the schema around says.
                    Err(_) if address.is_empty() && root != base => self.follow(root, &steps, text, certainty, left),
                    found => found,
                }
            }
        }
    }

    /// Follows the steps of a pointer, and the references on its way: where these are replaced by their targets, the
    /// pointer is right.
    fn follow(
        &mut self,
        base: Place,
        steps: &[String],
        text: &str,
        certainty: Certainty,
        left: &mut usize,
    ) -> Result<Place, Box<Diagnostic>> {
        let part = self.part(base.part);
        let part = part.ok_or_else(|| reason::broken(text, Broken::Empty))?;
        let stray = match resource::walk(part.node(base), steps) {
            Ok(node) => {
                let node = node.id();
                return Ok(Place { node, ..base });
            }
            Err(stray) => stray,
        };
        if let Some(reference) = stray.at.get("$ref")
            && let Some(on_the_way) = reference.as_str()
            && *left > 0
        {
            *left -= 1;
            let target = self.locate_by(base.part, reference, on_the_way, certainty, left)?;
            return self.follow(
                target,
                steps.get(stray.taken..).unwrap_or_default(),
                text,
                certainty,
                left,
            );
        }
        let names = stray.at.members().map(|(key, _)| key.name.as_str());
        let compared = &mut self.compared;
        let names = names.take(MOST_COMPARED.saturating_sub(*compared));
        let meant = closest(&stray.step, names.inspect(|_| *compared += 1));
        Err(reason::broken(text, Broken::Stray(stray.clone(), meant)))
    }

    /// The document or schema that has this address.
    fn find(
        &mut self,
        from: &Part,
        address: &Address,
        text: &str,
        place: Location,
        certainty: Certainty,
    ) -> Result<Place, Box<Diagnostic>> {
        if let Some(known) = self.addresses.get(address) {
            return Ok(*known);
        }
        let Some(path) = from.resources.file(address) else {
            return Err(reason::network(text));
        };
        let found = self
            .files
            .find(&path)
            .map_err(|denied| self.denied(text, &path, denied))?;
        if let Some(known) = self.by_path.get(&found) {
            let root = self.list.get(*known).map(|part| part.document.root().id());
            return root
                .map(|node| Place { part: *known, node })
                .ok_or_else(|| reason::broken(text, Broken::Empty));
        }
        if self.garbled.contains(&found) {
            return Err(reason::garbled(text));
        }
        self.read(found, path, text, place, certainty)
    }

    fn read(
        &mut self,
        found: PathBuf,
        path: PathBuf,
        text: &str,
        location: Location,
        certainty: Certainty,
    ) -> Result<Place, Box<Diagnostic>> {
        self.admit(&found, location).map_err(|Exceeded| reason::garbled(text))?;
        let mut scratch = Diagnostics::new();
        let diagnostics = match certainty {
            Certainty::Certain => &mut *self.diagnostics,
            Certainty::Maybe => &mut scratch,
        };
        let name = self.files.shown(&found);
        if let Err(error) = File::open(&found) {
            return Err(self.denied(text, &found, Denied::Unreadable(error.kind())));
        }
        let document = match Source::from_file_within(&found, self.limits) {
            Ok(source) => {
                self.bytes = self.bytes.saturating_add(source.text.len());
                read::read(Source { name, ..source }, self.limits, self.sources, diagnostics)
            }
            Err(diagnostic) => {
                let message = diagnostic.message.replace(&*found.to_string_lossy(), &name);
                diagnostics.report(Diagnostic { message, ..diagnostic }.at(location));
                None
            }
        };
        let Some(document) = document else {
            self.garbled.insert(found);
            return Err(reason::garbled(text));
        };
        let place = self.add(document, Some(found), path);
        if self.nodes > self.limits.nodes {
            let message = format!("the files of the document have more than {} values", self.limits.nodes);
            self.exceed(self.limits.exceeded("nodes", message).at(location));
        }
        Ok(place)
    }

    /// Why a file cannot be had; looks for one that may be meant, as long as that has not cost too much.
    fn denied(&mut self, text: &str, path: &Path, denied: Denied) -> Box<Diagnostic> {
        let denied = match denied {
            Denied::Missing(None) if self.missing < MOST_MISSING => {
                self.missing += 1;
                Denied::Missing(self.files.meant(path))
            }
            denied => denied,
        };
        reason::denied(text, &denied, self.schemas)
    }

    fn exceed(&mut self, diagnostic: Diagnostic) {
        if !self.exceeded {
            self.exceeded = true;
            self.diagnostics.report(diagnostic);
        }
    }

    /// Whether one more file is within the limits; reports it where it is not.
    fn admit(&mut self, path: &Path, place: Location) -> Result<(), Exceeded> {
        let size = fs::metadata(path).map_or(0, |metadata| metadata.len());
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        let (name, message) = if self.list.len() >= self.limits.files {
            (
                "files",
                format!("the document consists of more than {} files", self.limits.files),
            )
        } else if self.bytes.saturating_add(size) > self.limits.total_bytes {
            let most = self.limits.total_bytes;
            (
                "total_bytes",
                format!("the files of the document have more than {most} bytes"),
            )
        } else {
            return Ok(());
        };
        self.exceed(self.limits.exceeded(name, message).at(place));
        Err(Exceeded)
    }

    fn add(&mut self, document: Document, found: Option<PathBuf>, path: PathBuf) -> Place {
        let part = self.list.len();
        let place = Place {
            part,
            node: document.root().id(),
        };
        let resources = Resources::of(&document, Address::File(path));
        for (address, node) in resources.addresses() {
            self.addresses.entry(address.clone()).or_insert(Place { part, node });
        }
        if let Some(found) = &found {
            self.by_path.insert(found.clone(), part);
        }
        self.nodes = self.nodes.saturating_add(document.len());
        self.list.push(Rc::new(Part {
            document,
            resources,
            path: found,
        }));
        place
    }

    /// The text of a reference as it is written from the document itself.
    pub(super) fn rebased(&self, number: usize, node: Node<'_>, text: &str) -> String {
        let (address, fragment) = text.split_once('#').map_or((text, None), |(a, b)| (a, Some(b)));
        let Some(part) = self.list.get(number) else {
            return text.to_owned();
        };
        let address = match part.resources.base(node).1.resolve(address) {
            Ok(Address::Uri(uri)) => uri,
            Ok(Address::File(path)) => {
                let from = self.files.entry().parent().unwrap_or(Path::new(""));
                reason::relative(
                    from,
                    if address.is_empty() {
                        part.path.as_deref().unwrap_or(&path)
                    } else {
                        &path
                    },
                )
            }
            Err(_) => address.to_owned(),
        };
        match fragment {
            Some(fragment) => format!("{address}#{fragment}"),
            None => address,
        }
    }

    /// All files, the limits, and where findings go.
    pub(super) fn into_inner(self) -> (Vec<Rc<Part>>, &'a Limits, &'a mut Diagnostics) {
        (self.list, self.limits, self.diagnostics)
    }
}

impl Part {
    /// The node at a place of this file.
    pub(super) fn node(&self, place: Place) -> Node<'_> {
        self.document.node(place.node)
    }
}
