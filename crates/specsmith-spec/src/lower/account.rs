//! An account of every keyword of a document: what nothing is made of is told, and no schema goes unchecked.
//!
//! What is the same at many places is told once, at the first of them, with their number.

use std::collections::BTreeSet;

use specsmith_diagnostics::{Code, Diagnostic, Location};

use super::{context::Context, schema::refers, structure};
use crate::{
    Key, Node, NodeKind,
    grammar::{Fate, Keyword, Kind, Member, Step, walk},
};

/// Reports what the steps before had no reason to look at.
pub(super) fn check(cx: &mut Context<'_, '_>) {
    cx.schema_state.close();
    cx.report_untyped();
    let document = cx.document;
    walk(document, |step| match step {
        Step::Object { node, kind } => cx.account_object(node, kind),
        Step::Member {
            kind,
            key,
            value,
            member: Member::Keyword(keyword),
            lost,
            ..
        } => cx.account_keyword((kind, keyword), key, value, lost),
        Step::Member { .. } => {}
    });
    cx.report_notes();
}

impl<'d> Context<'d, '_> {
    /// Reports schemas that say something of which no type was made, where nothing else tells why.
    fn report_untyped(&mut self) {
        let told: BTreeSet<Location> = self.findings().filter_map(|finding| finding.location).collect();
        let reached: Vec<_> = self.schema_state.reached().collect();
        for id in reached {
            let node = self.document.node(id);
            let Location { file, start, end } = node.location();
            let inside = Location::new(file, start, start)..=Location::new(file, end, end);
            if self.is_degraded(node) && told.range(inside).next().is_none() {
                self.report(
                    Diagnostic::new(
                        Code::KeywordNotTyped,
                        "the keywords of this schema do not say what type it is",
                    )
                    .at(node.location())
                    .label("taken as any value")
                    .help("add a `type`"),
                );
            }
        }
    }

    /// Checks objects that nothing leads to.
    fn account_object(&mut self, node: Node<'d>, kind: Kind) {
        match kind {
            Kind::Schema => {
                self.check_keywords(node);
                if refers(node) {
                    self.referent(node);
                }
            }
            // Only what stands in a schema was not met with the structure of the document.
            Kind::Discriminator | Kind::Xml | Kind::ExternalDocs if !self.kinds.contains_key(&node.id()) => {
                structure::check_object(self, node, kind);
            }
            _ => {}
        }
    }

    fn account_keyword(&mut self, (kind, keyword): (Kind, &Keyword), key: &Key, value: Node<'d>, lost: bool) {
        match keyword.fate {
            Fate::Reported(Code::NotGenerated) if !lost && says_something(value) => {
                let of = match kind {
                    Kind::OpenApi => String::new(),
                    kind => format!(" of {}", kind.phrase()),
                };
                let message = format!("nothing is generated for `{}`{of}", keyword.name);
                self.note(Code::NotGenerated, message, key.location);
            }
            _ if ["$schema", "jsonSchemaDialect"].contains(&keyword.name) => {
                if let Some(dialect) = value.as_str().filter(|dialect| !is_known(dialect)) {
                    let message = format!("`{dialect}` is not a dialect of JSON Schema that is known here");
                    self.note(Code::UnknownDialect, message, value.location());
                }
            }
            _ => {}
        }
    }
}

/// Whether a value is other than absence: `false`, null, and empty objects and lists say nothing.
fn says_something(value: Node<'_>) -> bool {
    match value.kind() {
        NodeKind::Null | NodeKind::Boolean(false) => false,
        NodeKind::Array => value.items().next().is_some(),
        NodeKind::Object => value.members().next().is_some(),
        _ => true,
    }
}

/// Whether schemas of a dialect mean here what they mean there: those of OpenAPI, and JSON Schema since draft 4, of which
/// all keywords are understood.
fn is_known(dialect: &str) -> bool {
    let address = dialect.trim_end_matches('#');
    let path = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"));
    let Some(path) = path else { return false };
    let openapi = [
        "spec.openapis.org/oas/3.1/dialect/",
        "spec.openapis.org/oas/3.2/dialect/",
    ];
    openapi.iter().any(|start| path.starts_with(start))
        || [
            "json-schema.org/draft/2020-12/schema",
            "json-schema.org/draft/2019-09/schema",
            "json-schema.org/draft-07/schema",
            "json-schema.org/draft-06/schema",
            "json-schema.org/draft-04/schema",
        ]
        .contains(&path)
}
