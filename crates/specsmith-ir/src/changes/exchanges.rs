//! Differences of what one operation exchanges: parameters, bodies, responses, headers, links.

use super::operations::line;
use super::{Aspect, Comparison, Part, Sent, Values, relation, security, types, words};
use crate::{
    Content, Direction, Header, Operation, Parameter, ParameterEncoding, ParameterIn, Presence, PropertyEncoding,
    Response,
};

/// Compares two operations whose requests are sent in this direction; `moved` says whether the path is another one.
pub(super) fn exchange(
    comparison: &mut Comparison<'_>,
    old: &Operation,
    new: &Operation,
    direction: Direction,
    moved: Values,
) {
    let back = match direction {
        Direction::Request => Direction::Response,
        Direction::Response => Direction::Request,
    };
    comparison.stands(Some(old.location), Some(new.location));
    comparison.sent = Sent::only(direction);
    comparison.aspect_of(Aspect::Path, line(old), line(new), moved);
    let name = |operation: &Operation| operation.name.clone().unwrap_or_default();
    comparison.aspect(Aspect::Name, name(old), name(new));
    comparison.aspect(Aspect::Tags, old.tags.join(", "), new.tags.join(", "));
    comparison.docs(&old.docs, &new.docs);
    security::requirements(comparison, &old.security, &new.security);
    parameters(comparison, &old.parameters, &new.parameters);
    match (&old.request_body, &new.request_body) {
        (None, None) => {}
        (None, Some(body)) => comparison.at(Part::Body, |comparison| {
            comparison.stands(None, Some(body.location));
            comparison.added(body.required);
        }),
        (Some(body), None) => comparison.at(Part::Body, |comparison| {
            comparison.stands(Some(body.location), None);
            comparison.removed(body.required);
        }),
        (Some(old), Some(new)) => comparison.at(Part::Body, |comparison| {
            comparison.stands(Some(old.location), Some(new.location));
            needed(comparison, old.required, new.required);
            comparison.docs(&old.docs, &new.docs);
            contents(comparison, &old.content, &new.content);
        }),
    }
    comparison.sent = Sent::only(back);
    responses(comparison, &old.responses, &new.responses);
}

/// Compares whether something must be there.
fn needed(comparison: &mut Comparison<'_>, old: bool, new: bool) {
    let says = |required: bool| if required { "required" } else { "optional" }.to_owned();
    let values = if new { Values::Fewer } else { Values::More };
    comparison.aspect_of(Aspect::Presence, says(old), says(new), values);
}

/// Compares whether something must be there, and what its absence means.
pub(super) fn presence(comparison: &mut Comparison<'_>, old: &Presence, new: &Presence) {
    needed(comparison, *old == Presence::Required, *new == Presence::Required);
    let default = |presence: &Presence| match presence {
        Presence::Default(value) => value.to_string(),
        Presence::Required | Presence::Optional => String::new(),
    };
    comparison.aspect(Aspect::Default, default(old), default(new));
}

fn parameters(comparison: &mut Comparison<'_>, old: &[Parameter], new: &[Parameter]) {
    // Those of paths may be called otherwise; they are the same at the same place.
    let in_path = |parameters: &'_ [Parameter]| {
        let names = parameters.iter().filter(|of| of.place == ParameterIn::Path);
        names.map(|of| of.name.clone()).collect::<Vec<_>>()
    };
    let (old_path, new_path) = (in_path(old), in_path(new));
    let is_same = |a: &Parameter, b: &Parameter| {
        let renamed = || {
            let place = new_path.iter().position(|name| *name == b.name);
            place.is_some() && place == old_path.iter().position(|name| *name == a.name)
        };
        a.place == b.place && (a.name == b.name || (a.place == ParameterIn::Path && renamed()))
    };
    for parameter in new {
        let part = Part::Parameter(parameter.place, parameter.name.clone());
        let before = old.iter().find(|of| is_same(of, parameter));
        comparison.at(part, |comparison| match before {
            Some(before) => {
                comparison.stands(Some(before.location), Some(parameter.location));
                presence(comparison, &before.presence, &parameter.presence);
                encoding(comparison, &before.encoding, &parameter.encoding);
                comparison.docs(&before.docs, &parameter.docs);
                types::pair(comparison, before.ty, parameter.ty);
            }
            None => {
                comparison.stands(None, Some(parameter.location));
                comparison.added(parameter.presence == Presence::Required);
            }
        });
    }
    for parameter in old {
        if !new.iter().any(|of| is_same(parameter, of)) {
            let part = Part::Parameter(parameter.place, parameter.name.clone());
            comparison.at(part, |comparison| {
                comparison.stands(Some(parameter.location), None);
                comparison.removed(parameter.presence == Presence::Required);
            });
        }
    }
}

fn encoding(comparison: &mut Comparison<'_>, old: &ParameterEncoding, new: &ParameterEncoding) {
    let (old, new) = (words::encoding(old), words::encoding(new));
    comparison.aspect_of(Aspect::Encoding, old, new, Values::Others);
}

fn contents(comparison: &mut Comparison<'_>, old: &[Content], new: &[Content]) {
    for content in new {
        let part = Part::MediaType(content.media_type.as_str().to_owned());
        let before = old.iter().find(|of| of.media_type == content.media_type);
        comparison.at(part, |comparison| match before {
            Some(before) => {
                let pairs = [
                    (before.ty, content.ty),
                    (before.item, content.item),
                    (before.event_data, content.event_data),
                ];
                for pair in pairs {
                    match pair {
                        (Some(old), Some(new)) => types::pair(comparison, old, new),
                        (None, None) => {}
                        (old, new) => types::one_side(comparison, old, new),
                    }
                }
                comparison.examples(&before.examples, &content.examples);
                let says = |content: &Content| content.encoding.iter().map(part_encoding).collect::<Vec<_>>();
                let (old, new) = (says(before).join(", "), says(content).join(", "));
                comparison.aspect_of(Aspect::Encoding, old, new, Values::Others);
                types::xml(comparison, before.xml.as_deref(), content.xml.as_deref());
            }
            None => comparison.choice_added(),
        });
    }
    for content in old {
        if !new.iter().any(|of| of.media_type == content.media_type) {
            let part = Part::MediaType(content.media_type.as_str().to_owned());
            comparison.at(part, Comparison::choice_removed);
        }
    }
}

/// How a part of a form is written, in words.
fn part_encoding(encoding: &PropertyEncoding) -> String {
    let mut words = vec![encoding.name.clone()];
    words.extend(encoding.content_types.iter().cloned());
    words.extend(encoding.style.as_ref().map(words::encoding));
    words.extend(encoding.headers.iter().map(|header| header.name.clone()));
    words.join(" ")
}

fn responses(comparison: &mut Comparison<'_>, old: &[Response], new: &[Response]) {
    for response in new {
        let before = old.iter().find(|of| of.status == response.status);
        comparison.at(Part::Response(response.status), |comparison| match before {
            Some(before) => {
                comparison.stands(Some(before.location), Some(response.location));
                comparison.docs(&before.docs, &response.docs);
                contents(comparison, &before.content, &response.content);
                headers(comparison, &before.headers, &response.headers);
                links(comparison, before, response);
            }
            None => {
                comparison.stands(None, Some(response.location));
                comparison.choice_added();
            }
        });
    }
    for response in old {
        if !new.iter().any(|of| of.status == response.status) {
            comparison.at(Part::Response(response.status), |comparison| {
                comparison.stands(Some(response.location), None);
                comparison.choice_removed();
            });
        }
    }
}

fn headers(comparison: &mut Comparison<'_>, old: &[Header], new: &[Header]) {
    for header in new {
        let before = old.iter().find(|of| of.name.eq_ignore_ascii_case(&header.name));
        comparison.at(Part::Header(header.name.clone()), |comparison| match before {
            Some(before) => {
                needed(comparison, before.required, header.required);
                encoding(comparison, &before.encoding, &header.encoding);
                comparison.docs(&before.docs, &header.docs);
                types::pair(comparison, before.ty, header.ty);
            }
            None => comparison.added(header.required),
        });
    }
    for header in old {
        if !new.iter().any(|of| of.name.eq_ignore_ascii_case(&header.name)) {
            let part = Part::Header(header.name.clone());
            comparison.at(part, |comparison| comparison.removed(header.required));
        }
    }
}

fn links(comparison: &mut Comparison<'_>, old: &Response, new: &Response) {
    let names = |response: &Response| response.links.iter().map(|link| link.name.clone()).collect::<Vec<_>>();
    let (old, new) = (names(old), names(new));
    for name in relation::only_in(&new, &old) {
        comparison.at(Part::Link(name.clone()), |comparison| comparison.added(false));
    }
    for name in relation::only_in(&old, &new) {
        comparison.at(Part::Link(name.clone()), |comparison| comparison.removed(false));
    }
}
