//! Whether reading a value as another type than its own can lose members.

use crate::{Condition, Kind, KindSet, TypeId, Types};

use super::profile::{Members, Profile, profile};

/// How deep members are followed; what is deeper may be lost.
const DEPTH: usize = 3;

/// Whether values of the second type that satisfy conditions and are read as the first may lose members.
pub(super) fn may_lose(types: &Types, first: &Profile, second: &Profile, conditions: &[Condition]) -> bool {
    let separate = |condition: &Condition| matches!(condition, Condition::PropertyValue { .. });
    if conditions.iter().any(separate) {
        return false;
    }
    let is_absent = |name: &str| {
        (conditions.iter()).any(|condition| matches!(condition, Condition::LacksProperty(of) if of == name))
    };
    loses(types, first, second, &is_absent, DEPTH)
}

fn loses(types: &Types, first: &Profile, second: &Profile, is_absent: &dyn Fn(&str) -> bool, depth: usize) -> bool {
    let with_members = KindSet::of(Kind::Object).union(KindSet::of(Kind::Array));
    let both = first.kinds.intersection(second.kinds).intersection(with_members);
    // A value of any kind is kept as it is.
    if both.is_empty() || first.kinds == KindSet::ALL {
        return false;
    }
    let Some(depth) = depth.checked_sub(1) else {
        return true;
    };
    if both.contains(Kind::Array) {
        match (first.items, second.items) {
            (Some(a), Some(b)) if !loses_type(types, a, b, depth) => {}
            _ => return true,
        }
    }
    if !both.contains(Kind::Object) {
        return false;
    }
    match (&first.members, &second.members) {
        (Some(first), Some(second)) => second
            .order
            .iter()
            .any(|name| !is_absent(name) && loses_member(types, first, second, name, depth)),
        _ => true,
    }
}

fn loses_member(types: &Types, first: &Members, second: &Members, name: &str, depth: usize) -> bool {
    match (first.known.get(name), second.known.get(name)) {
        (None, _) => !first.keeps,
        (Some(ours), Some(theirs)) => theirs
            .iter()
            .any(|theirs| !ours.contains(theirs) && ours.iter().any(|ours| loses_type(types, *ours, *theirs, depth))),
        (Some(_), None) => false,
    }
}

fn loses_type(types: &Types, first: TypeId, second: TypeId, depth: usize) -> bool {
    let (first, second) = (types.resolve(first), types.resolve(second));
    first != second
        && loses(
            types,
            &profile(types, first),
            &profile(types, second),
            &|_| false,
            depth,
        )
}
