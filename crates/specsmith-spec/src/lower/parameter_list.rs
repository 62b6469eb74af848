//! The parameters that come together in an operation: its own and those of its path, in the order of the path.

use std::collections::{BTreeMap, BTreeSet};

use specsmith_diagnostics::{Code, Diagnostic, Location};
use specsmith_ir::{
    Docs, Origin, Owner, Parameter, ParameterEncoding, ParameterIn, PathPart, PathTemplate, Presence, Step, Style,
};

use super::{context::Context, parameter::Identified, path::InQuery};
use crate::Node;

/// The path of an operation and its places.
#[derive(Debug, Clone, Copy)]
pub(super) struct PathPlace<'t> {
    /// The path.
    pub template: &'t PathTemplate,
    /// Its parameters in the query.
    pub in_query: &'t [InQuery],
    /// The place of the key of the path.
    pub path: Location,
    /// The place of the operation.
    pub operation: Location,
}

/// What must be unique among the parameters of an operation.
type Identity = (ParameterIn, String);

impl<'d> Context<'d, '_> {
    /// The `parameters` of objects, each name and place once.
    pub(super) fn parameters(&mut self, nodes: &[Node<'d>], owner: &Owner) -> Vec<Parameter> {
        let mut parameters = Vec::new();
        for parameter in self.distinct_parameters(nodes) {
            if self.afford_copy(parameter.reference, parameter.node) && self.afford_name(owner, parameter.name_location)
            {
                parameters.push(self.parameter(&parameter, owner));
            }
        }
        parameters
    }

    /// The `parameters` of objects that can be together, before they are lowered.
    pub(super) fn distinct_parameters(&mut self, nodes: &[Node<'d>]) -> Vec<Identified<'d>> {
        let mut seen: BTreeMap<Identity, Location> = BTreeMap::new();
        let mut distinct = Vec::new();
        let lists = nodes.iter().filter_map(|node| node.get("parameters"));
        for reference in lists.flat_map(Node::items) {
            let Some(parameter) = self.identify(reference) else {
                continue;
            };
            let identity = identity(parameter.place, parameter.name);
            if let Some(first) = seen.get(&identity) {
                let message = format!(
                    "the {} parameter `{}` is described twice",
                    parameter.place, parameter.name
                );
                self.report(
                    Diagnostic::new(Code::DuplicateName, message)
                        .at(reference.location())
                        .related(*first, "this one counts"),
                );
                continue;
            }
            seen.insert(identity, reference.location());
            distinct.push(parameter);
        }
        let places: Vec<_> = distinct
            .iter()
            .map(|parameter| (parameter.place, parameter.reference.location()))
            .collect();
        let excluded = self.excluded_querystrings(&places);
        let mut index = 0..;
        distinct.retain(|_| index.next().is_none_or(|index| !excluded.contains(&index)));
        distinct
    }

    /// The parameters of a path, replaced by those of an operation that have the same name and place, then the rest.
    pub(super) fn merge_parameters(&mut self, shared: &[Parameter], own: Vec<Parameter>) -> Vec<Parameter> {
        let shared_names: BTreeSet<_> = shared.iter().map(identity_of).collect();
        let (overrides, own): (Vec<_>, Vec<_>) = own
            .into_iter()
            .partition(|parameter| shared_names.contains(&identity_of(parameter)));
        let mut overrides: BTreeMap<_, _> = overrides
            .into_iter()
            .map(|parameter| (identity_of(&parameter), parameter))
            .collect();
        let mut merged: Vec<_> = shared
            .iter()
            .map(|parameter| {
                overrides
                    .remove(&identity_of(parameter))
                    .unwrap_or_else(|| parameter.clone())
            })
            .collect();
        merged.extend(own);
        let places: Vec<_> = merged
            .iter()
            .map(|parameter| (parameter.place, parameter.location))
            .collect();
        let excluded = self.excluded_querystrings(&places);
        let mut index = 0..;
        merged.retain(|_| index.next().is_none_or(|index| !excluded.contains(&index)));
        merged
    }

    /// The parameters, by index, that are the whole query although others are in the query.
    fn excluded_querystrings(&mut self, places: &[(ParameterIn, Location)]) -> BTreeSet<usize> {
        let mut first = places.iter().find(|(place, _)| *place == ParameterIn::Query);
        let mut excluded = BTreeSet::new();
        for (index, item) in places.iter().enumerate() {
            if item.0 != ParameterIn::Querystring {
                continue;
            }
            let Some((_, other)) = first else {
                first = Some(item);
                continue;
            };
            excluded.insert(index);
            self.report(
                Diagnostic::new(
                    Code::ConflictingKeywords,
                    "a parameter that is the whole query stands beside another",
                )
                .at(item.1)
                .related(*other, "this one is taken"),
            );
        }
        excluded
    }

    /// Puts path parameters into the order of the path, adds those that are missing, leaves out those that it lacks.
    pub(super) fn in_path_order(
        &mut self,
        place: PathPlace<'_>,
        parameters: Vec<Parameter>,
        owner: &Owner,
    ) -> Vec<Parameter> {
        let (described, others): (Vec<_>, Vec<_>) = parameters
            .into_iter()
            .partition(|parameter| parameter.place == ParameterIn::Path);
        let index: BTreeMap<_, _> = (0..)
            .zip(&described)
            .map(|(index, parameter)| (parameter.name.clone(), index))
            .collect();
        let mut described: Vec<Option<Parameter>> = described.into_iter().map(Some).collect();
        let mut ordered = Vec::new();
        let mut missing = Vec::new();
        for name in names(place.template) {
            let found = index.get(name).and_then(|index: &usize| described.get_mut(*index));
            match found.and_then(Option::take) {
                Some(parameter) => ordered.push(parameter),
                None => {
                    missing.push(name);
                    ordered.push(self.undeclared(name, place.path, owner));
                }
            }
        }
        let (fixed, others): (Vec<_>, Vec<_>) = others
            .into_iter()
            .partition(|parameter| fixed_value(place.template, parameter).is_some());
        self.report_fixed(place, &fixed);
        let mut in_query: Vec<Parameter> = Vec::new();
        for InQuery { key, name } in place.in_query {
            let place_of = index.get(name.as_str()).copied();
            let found = place_of.and_then(|index: usize| described.get_mut(index)?.take());
            let is_it = |other: &Parameter| other.place == ParameterIn::Query && other.name == *key;
            if others.iter().chain(&in_query).chain(&fixed).any(is_it) {
                continue;
            }
            let parameter = found.unwrap_or_else(|| {
                missing.push(name);
                self.undeclared(name, place.path, owner)
            });
            in_query.push(moved_to_query(parameter, key));
        }
        let unused: Vec<_> = described.into_iter().flatten().collect();
        self.report_undeclared(place, &missing, &unused);
        self.report_unused(place, &missing, &unused);
        ordered.extend(in_query);
        ordered.extend(others);
        ordered
    }

    fn undeclared(&mut self, name: &str, location: Location, owner: &Owner) -> Parameter {
        let origin = Origin::Inline {
            owner: owner.clone(),
            step: Step::Parameter(ParameterIn::Path, name.to_owned()),
        };
        Parameter {
            name: name.to_owned(),
            place: ParameterIn::Path,
            presence: Presence::Required,
            ty: self.string(origin, location),
            encoding: ParameterEncoding::Style {
                style: Style::Simple,
                explode: false,
                allow_reserved: false,
            },
            docs: Docs::default(),
            location,
        }
    }

    fn report_undeclared(&mut self, place: PathPlace<'_>, missing: &[&str], unused: &[Parameter]) {
        for name in missing {
            let message = format!("the path parameter `{name}` is not described");
            let diagnostic = Diagnostic::new(Code::UndeclaredPathParameter, message)
                .at(place.operation)
                .related(place.path, "it stands in this path");
            let candidates = unused.iter().map(|parameter| parameter.name.as_str());
            let diagnostic = match self.suggest(name, candidates) {
                Some(meant) => diagnostic.help(format!("is it `{meant}`? it is taken as a string")),
                None => diagnostic.help("it is taken as a string"),
            };
            self.report(diagnostic);
        }
    }

    fn report_fixed(&mut self, place: PathPlace<'_>, fixed: &[Parameter]) {
        for parameter in fixed {
            let name = &parameter.name;
            let value = fixed_value(place.template, parameter).unwrap_or_default();
            let message = format!("the path says what the query parameter `{name}` is: `{value}`");
            self.report(
                Diagnostic::new(Code::DuplicateName, message)
                    .at(parameter.location)
                    .related(place.path, "this is the path")
                    .help("the parameter is not generated, as it would be sent a second time"),
            );
        }
    }

    fn report_unused(&mut self, place: PathPlace<'_>, missing: &[&str], unused: &[Parameter]) {
        for parameter in unused {
            let name = &parameter.name;
            let message = format!("the path does not have the parameter `{name}`");
            let diagnostic = Diagnostic::new(Code::UnusedPathParameter, message)
                .at(parameter.location)
                .related(place.path, "this is the path");
            let diagnostic = match self.suggest(name, missing.iter().copied()) {
                Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
                None => diagnostic,
            };
            self.report(diagnostic);
        }
    }
}

/// What the path itself writes into the query in place of a parameter.
fn fixed_value<'t>(template: &'t PathTemplate, parameter: &Parameter) -> Option<&'t str> {
    let pair = template.query.iter().find(|(name, _)| *name == parameter.name);
    pair.filter(|_| parameter.place == ParameterIn::Query)
        .map(|(_, value)| value.as_str())
}

/// A parameter that is described as one of the path, as the one of the query that it is.
fn moved_to_query(parameter: Parameter, key: &str) -> Parameter {
    let encoding = match parameter.encoding {
        ParameterEncoding::Style { allow_reserved, .. } => ParameterEncoding::Style {
            style: Style::Form,
            explode: true,
            allow_reserved,
        },
        encoding => encoding,
    };
    Parameter {
        name: key.to_owned(),
        place: ParameterIn::Query,
        encoding,
        ..parameter
    }
}

fn identity(place: ParameterIn, name: &str) -> Identity {
    let name = match place {
        ParameterIn::Header => name.to_ascii_lowercase(),
        _ => name.to_owned(),
    };
    (place, name)
}

fn identity_of(parameter: &Parameter) -> Identity {
    identity(parameter.place, &parameter.name)
}

/// The names of the parameters of a path, in order.
fn names(template: &PathTemplate) -> impl Iterator<Item = &str> {
    let parts = template.segments.iter().flat_map(|segment| &segment.parts);
    parts.filter_map(|part| match part {
        PathPart::Parameter(name) => Some(name.as_str()),
        PathPart::Literal(_) => None,
    })
}
