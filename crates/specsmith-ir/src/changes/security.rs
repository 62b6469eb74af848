//! Differences of security schemes, and of what operations require of them.

use std::collections::BTreeSet;

use super::{Aspect, Comparison, Subject, Values};
use crate::{Api, SecurityRequirement, SecuritySchemeKind};

/// Compares the security schemes.
pub(super) fn schemes(comparison: &mut Comparison<'_>) {
    let (old, new) = (comparison.old, comparison.new);
    for scheme in &new.security_schemes {
        comparison.about(Subject::SecurityScheme(scheme.name.clone()));
        match old.security_schemes.iter().find(|of| of.name == scheme.name) {
            Some(before) => {
                let (of_old, of_new) = (kind(&before.kind), kind(&scheme.kind));
                comparison.aspect_of(Aspect::Type, of_old, of_new, Values::Others);
                comparison.docs(&before.docs, &scheme.docs);
            }
            None => comparison.added(false),
        }
    }
    for scheme in &old.security_schemes {
        if !new.security_schemes.iter().any(|of| of.name == scheme.name) {
            comparison.about(Subject::SecurityScheme(scheme.name.clone()));
            comparison.removed(false);
        }
    }
}

fn kind(kind: &SecuritySchemeKind) -> String {
    match kind {
        SecuritySchemeKind::ApiKey { place, name } => format!("key in the {place} {name}"),
        SecuritySchemeKind::Basic => "basic".to_owned(),
        SecuritySchemeKind::Bearer { .. } => "bearer".to_owned(),
        SecuritySchemeKind::Http { scheme } => scheme.clone(),
        SecuritySchemeKind::OAuth2 { flows } => {
            let flows: Vec<String> = flows.iter().map(|flow| format!("{:?}", flow.kind)).collect();
            format!("OAuth 2.0 {}", flows.join(", "))
        }
        SecuritySchemeKind::OpenIdConnect { url } => format!("OpenID Connect {url}"),
        SecuritySchemeKind::MutualTls => "certificate".to_owned(),
        SecuritySchemeKind::Unknown => "unknown".to_owned(),
    }
}

/// Compares the ways to be allowed to call an operation.
pub(super) fn requirements(comparison: &mut Comparison<'_>, old: &[SecurityRequirement], new: &[SecurityRequirement]) {
    let (before, after) = (comparison.old, comparison.new);
    let (old_ways, new_ways) = (ways(before, old), ways(after, new));
    // Who met a way still is let in where one of the new ways asks for no more.
    let covers = |ways: &[Way], by: &[Way]| ways.iter().all(|way| by.iter().any(|other| other.is_subset(way)));
    let values = match (covers(&old_ways, &new_ways), covers(&new_ways, &old_ways)) {
        (true, true) => Values::Same,
        (true, false) => Values::More,
        (false, true) => Values::Fewer,
        (false, false) => Values::Others,
    };
    comparison.aspect_of(Aspect::Security, words(before, old), words(after, new), values);
}

/// What one way asks for: schemes, and scopes of them.
type Way = BTreeSet<(String, String)>;

fn ways(api: &Api, ways: &[SecurityRequirement]) -> Vec<Way> {
    if ways.is_empty() {
        return vec![Way::new()];
    }
    let asks = |way: &SecurityRequirement| -> Way {
        let asked = way.schemes.iter().flat_map(|required| {
            let name = scheme_name(api, required.scheme).to_owned();
            let scopes = required.scopes.iter().map(|scope| (name.clone(), scope.clone()));
            scopes.chain([(name.clone(), String::new())]).collect::<Vec<_>>()
        });
        asked.collect()
    };
    ways.iter().map(asks).collect()
}

fn scheme_name(api: &Api, id: crate::SchemeId) -> &str {
    api.security_scheme(id).map_or("", |scheme| scheme.name.as_str())
}

/// The ways to be allowed to call an operation, in words.
fn words(api: &Api, ways: &[SecurityRequirement]) -> String {
    let ways = ways.iter().map(|way| {
        let schemes = way.schemes.iter().map(|required| {
            let name = scheme_name(api, required.scheme);
            match required.scopes.as_slice() {
                [] => name.to_owned(),
                scopes => format!("{name} with {}", scopes.join(", ")),
            }
        });
        match schemes.collect::<Vec<_>>() {
            schemes if schemes.is_empty() => "nothing".to_owned(),
            schemes => schemes.join(" and "),
        }
    });
    ways.collect::<Vec<_>>().join(" or ")
}
