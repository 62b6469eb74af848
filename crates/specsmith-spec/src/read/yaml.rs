//! YAML 1.2 to the tree, by the events of a parser; what JSON does not have is converted, or refused with its place.

mod alias;
pub(super) mod core;
mod error;
mod merge;
mod tag;

use granit_parser::{Event, Parser, ScalarStyle, Span, StructureStyle, Tag};
use specsmith_diagnostics::{Code, Diagnostic, Location};

use self::{alias::Anchors, core::Scalar, tag::Kind};
use super::tree::{Container, Fatal, Tree};
use crate::{Document, NodeId};

/// The state of reading one text.
struct Reader<'t, 'd> {
    text: &'t str,
    tree: Tree<'d>,
    /// One for each container that is open in the tree.
    frames: Vec<Frame>,
    anchors: Anchors,
    /// Offset behind the last token that belongs to a value.
    end: usize,
    documents: usize,
}

/// What only YAML knows about an open container.
struct Frame {
    style: StructureStyle,
    anchor: usize,
    /// The positions of the members whose key is `<<`.
    merges: Vec<usize>,
}

/// A scalar as its event has it.
struct Token<'e> {
    text: &'e str,
    style: ScalarStyle,
    tag: Option<&'e Tag>,
    span: Span,
}

/// Reads a YAML text; returns its document.
pub(super) fn read(text: &str, tree: Tree<'_>) -> Result<Document, Fatal> {
    let nesting = tree.depth_limit().saturating_add(1);
    let options = granit_parser::options! {
        emit_comments: false,
        flow_nesting_limit: nesting,
        block_nesting_limit: nesting,
    };
    let mut reader = Reader {
        text,
        anchors: Anchors::new(tree.limits().repeated),
        tree,
        frames: Vec::new(),
        end: 0,
        documents: 0,
    };
    for event in Parser::new_from_str_with_options(text, options) {
        match event {
            Ok((event, span)) => reader.event(&event, span)?,
            Err(error) => return Err(error::syntax(&error, text, &reader.tree)),
        }
    }
    match reader.tree.root() {
        Some(root) => Ok(reader.tree.builder.finish(root)),
        None => Err(reader.fatal(Code::SyntaxError, "the document is empty", reader.tree.location(0, 0))),
    }
}

impl Reader<'_, '_> {
    fn event(&mut self, event: &Event<'_>, span: Span) -> Result<(), Fatal> {
        match event {
            Event::DocumentStart(..) => self.document(span),
            Event::Scalar(text, style, anchor, tag) => {
                let token = Token {
                    text,
                    style: *style,
                    tag: tag.as_deref(),
                    span,
                };
                self.scalar(&token, *anchor)
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.check_tag(tag.as_deref(), span, Kind::Sequence);
                self.open(Container::Array, *style, *anchor, span)
            }
            Event::MappingStart(style, anchor, tag) => {
                self.check_tag(tag.as_deref(), span, Kind::Mapping);
                self.open(Container::Object, *style, *anchor, span)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::Alias(anchor) => self.alias(*anchor, span),
            _ => Ok(()),
        }
    }

    fn document(&mut self, span: Span) -> Result<(), Fatal> {
        self.documents += 1;
        if self.documents == 1 {
            return Ok(());
        }
        let diagnostic = Diagnostic::new(Code::UnsupportedYaml, "the file holds several documents")
            .at(self.location(span))
            .help("keep one document in each file");
        Err(Box::new(diagnostic))
    }

    fn open(&mut self, container: Container, style: StructureStyle, anchor: usize, span: Span) -> Result<(), Fatal> {
        let location = self.location(span);
        if self.tree.expects_key() {
            return Err(self.complex_key(location));
        }
        self.tree.open(container, location.start as usize)?;
        self.frames.push(Frame {
            style,
            anchor,
            merges: Vec::new(),
        });
        Ok(())
    }

    fn close(&mut self, span: Span) -> Result<(), Fatal> {
        let Some(frame) = self.frames.pop() else {
            return Ok(());
        };
        if !frame.merges.is_empty() {
            self.merge(&frame.merges);
        }
        if frame.style == StructureStyle::Flow {
            self.end = self.location(span).end as usize;
        }
        match self.tree.close(self.end) {
            Some(node) => {
                self.anchors.define(frame.anchor, node, None);
                self.tree.value(node)
            }
            None => Ok(()),
        }
    }

    fn scalar(&mut self, token: &Token<'_>, anchor: usize) -> Result<(), Fatal> {
        let location = self.scalar_location(token);
        self.end = location.end as usize;
        if !self.tree.expects_key() {
            let node = self.scalar_node(token, location);
            self.anchors.define(anchor, node, Some(token.written()));
            return self.tree.value(node);
        }
        if anchor != 0 {
            let node = self.scalar_node(token, location);
            self.anchors.define(anchor, node, Some(token.written()));
        } else {
            self.check_tag(token.tag, token.span, Kind::Scalar);
        }
        if token.style == ScalarStyle::Plain && token.text == "<<" && token.tag.is_none() {
            let position = self.tree.member_count();
            if let Some(frame) = self.frames.last_mut() {
                frame.merges.push(position);
            }
        }
        self.tree.key(token.written().to_owned(), location);
        Ok(())
    }

    /// Adds the node of a scalar, which does not stand anywhere yet.
    fn scalar_node(&mut self, token: &Token<'_>, location: Location) -> NodeId {
        let scalar = self.resolve(token, location);
        let builder = &mut self.tree.builder;
        let (node, shown) = match &scalar {
            Scalar::Null => (builder.null(location), "null"),
            Scalar::Boolean(value) => (builder.boolean(location, *value), if *value { "true" } else { "false" }),
            Scalar::Number(number) => (builder.number(location, number.clone()), number.as_str()),
            Scalar::String | Scalar::NotFinite => return builder.string(location, token.text.to_owned()),
        };
        let written = token.written();
        if written != shown && !written.is_empty() {
            builder.note_written(node, written);
        }
        node
    }

    /// Decides the type of a scalar by its tag and its style.
    fn resolve(&mut self, token: &Token<'_>, location: Location) -> Scalar {
        let scalar = match token.tag {
            Some(tag) => self.tagged(tag, token),
            None if token.style == ScalarStyle::Plain => core::resolve(token.text),
            None => Scalar::String,
        };
        if matches!(scalar, Scalar::NotFinite) {
            self.tree.diagnostics.report(
                Diagnostic::new(
                    Code::NonFiniteNumber,
                    format!("`{}` is not a number of JSON", token.text),
                )
                .at(location)
                .label("read as a string"),
            );
        }
        scalar
    }

    /// The place of a scalar; that of a block scalar ends with its last line that is not blank.
    fn scalar_location(&self, token: &Token<'_>) -> Location {
        let mut location = self.location(token.span);
        if matches!(token.style, ScalarStyle::Literal | ScalarStyle::Folded) {
            let text = self.text.get(location.start as usize..location.end as usize);
            let blank = text.map_or(0, |text| text.len() - text.trim_end().len());
            location.end -= u32::try_from(blank).unwrap_or_default();
        }
        location
    }

    fn location(&self, span: Span) -> Location {
        let range = span.byte_range().unwrap_or_default();
        self.tree.location(range.start, range.end)
    }

    fn complex_key(&self, location: Location) -> Fatal {
        self.fatal(
            Code::UnsupportedYaml,
            "a mapping or a sequence cannot be a key in JSON",
            location,
        )
    }

    fn fatal(&self, code: Code, message: &str, location: Location) -> Fatal {
        Box::new(Diagnostic::new(code, message).at(location))
    }
}

impl<'e> Token<'e> {
    /// The text of the scalar; the parser gives `~` for one that is not there.
    fn written(&self) -> &'e str {
        if self.style == ScalarStyle::Plain && self.span.is_empty() {
            ""
        } else {
            self.text
        }
    }
}
