//! How the variants of a union are told apart.
//!
//! The decision looks only at types. For each variant it gives conditions that can be seen on a value before it is
//! read, and it gives the order in which variants are tried:
//!
//! 1. With a discriminator, a variant with tags needs the property to have one of them. Variants that share a tag are
//!    told apart by what follows.
//! 2. A variant that shares no JSON type with any other needs just its JSON types.
//! 3. Among the others, a variant that lists its values (an enumeration, a constant) needs one of them, and comes
//!    before those that do not.
//! 4. Objects are split by the required property whose constant values separate the most pairs; each class is split
//!    again. Objects without that constant come after those with it.
//! 5. Objects that no constant separates need required properties that the others do not know, and that are sent in both
//!    directions. One that has none, where the other has, needs the absence of that property.
//! 6. Where two objects know each other's required properties, the one that requires more comes first, else the order
//!    of the document counts. The first needs a constant that the second excludes, though it may be absent from the
//!    second, or the absence of all properties that only the second knows. So an object goes to the first variant that
//!    knows all of its members.
//! 7. Fewer JSON types come before more, so that a variant of any value comes last.
//! 8. Where reading a value of one variant as the other fails, the order of trial tells them apart: because of a
//!    required property that the other does not know, a closed object, or the JSON type of a member or item.
//!
//! Two variants are ambiguous if nothing of that separates them. Listed values do not count as failing to read, because
//! clients keep values that an enumeration does not list. Of ambiguous variants that read a value, the one that leaves
//! the fewest of its members over is taken, else the first. The same holds of variants that the order of trial
//! separates, where the first may read values of the second and lose members of theirs.
//!
//! Of two variants that read the same values, one that needs more members or items than the other is no candidate for
//! a value that has fewer.

pub mod profile;

mod loss;
mod objects;

use std::collections::{BTreeMap, BTreeSet};

use crate::{Condition, Kind, KindSet, TypeId, Types, Value};

use self::loss::may_lose;
use self::objects::split;
use self::profile::{Members, Profile, profile};

/// How deep reading is followed to see that it tells two types apart.
const READ_DEPTH: usize = 4;

/// A variant to be decided on.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'t> {
    /// The type of its values.
    pub ty: TypeId,
    /// The values of the discriminator that mean it.
    pub tags: &'t [Value],
}

/// How the variants of a union are told apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// The places of the variants in the order in which they are tried, with their conditions.
    pub variants: Vec<(usize, Vec<Condition>)>,
    /// Pairs that nothing tells apart.
    pub ambiguous: Vec<(usize, usize)>,
    /// The variants of which one may leave fewer members over than another that reads the same values.
    pub alike: BTreeSet<usize>,
}

/// Unions of more variants than this are not looked into, because there are too many pairs.
const VARIANT_LIMIT: usize = 512;

/// Reading is not followed for unions of more variants than this, because there are too many pairs.
const READ_VARIANTS: usize = 256;

/// What is decided so far.
struct Deciding<'t> {
    types: &'t Types,
    profiles: Vec<Profile>,
    conditions: Vec<Vec<Condition>>,
    /// Pairs of which the first is tried before the second.
    before: Vec<(usize, usize)>,
    ambiguous: Vec<(usize, usize)>,
    /// Pairs that the order of trial separates, of which the first may lose members of the second.
    lossy: Vec<(usize, usize)>,
    /// How many members or items variants need that others, which read the same values, do not need.
    sizes: BTreeMap<usize, u64>,
}

/// Decides how the variants of a union are told apart; `property` is the discriminator's.
pub fn decide(types: &Types, property: Option<&str>, candidates: &[Candidate<'_>]) -> Decision {
    let mut deciding = Deciding {
        types,
        profiles: candidates
            .iter()
            .map(|candidate| profile(types, candidate.ty))
            .collect(),
        conditions: vec![Vec::new(); candidates.len()],
        before: Vec::new(),
        ambiguous: Vec::new(),
        lossy: Vec::new(),
        sizes: BTreeMap::new(),
    };
    let (tagged, untagged): (Vec<usize>, Vec<usize>) =
        (0..candidates.len()).partition(|index| property.is_some() && !tags(candidates, *index).is_empty());
    if let Some(property) = property {
        for index in &tagged {
            deciding.need(
                *index,
                Condition::PropertyValue {
                    name: property.to_owned(),
                    values: tags(candidates, *index).to_vec(),
                },
            );
        }
    }
    if candidates.len() > VARIANT_LIMIT {
        return deciding.undecided(&untagged);
    }
    if property.is_some() {
        for class in classes(&tagged, |index| texts(tags(candidates, index))) {
            if class.len() > 1 {
                split(&mut deciding, &class);
            }
        }
        for (first, second) in pairs_of(&tagged, &untagged) {
            deciding.before.push((first, second));
        }
    }
    deciding.by_kind(&untagged);
    deciding.finish()
}

fn tags<'t>(candidates: &[Candidate<'t>], index: usize) -> &'t [Value] {
    candidates.get(index).map_or(&[], |candidate| candidate.tags)
}

impl Deciding<'_> {
    /// The decision as far as it got, for too many variants.
    fn undecided(mut self, untagged: &[usize]) -> Decision {
        for index in untagged {
            self.need_kinds(*index);
        }
        if let [first, second, ..] = untagged {
            self.ambiguous.push((*first, *second));
        }
        self.finish()
    }

    fn finish(mut self) -> Decision {
        let order = self.order();
        let alike = self.alike();
        for (index, least) in std::mem::take(&mut self.sizes) {
            self.need(index, Condition::AtLeast(least));
        }
        let mut conditions = |index: usize| self.conditions.get_mut(index).map(std::mem::take).unwrap_or_default();
        Decision {
            variants: order.into_iter().map(|index| (index, conditions(index))).collect(),
            ambiguous: self.ambiguous,
            alike,
        }
    }

    fn alike(&self) -> BTreeSet<usize> {
        let with_members = KindSet::of(Kind::Object).union(KindSet::of(Kind::Array));
        let pairs = self.ambiguous.iter().filter(|(a, b)| {
            let kinds = self.kinds(*a).intersection(self.kinds(*b));
            !kinds.intersection(with_members).is_empty()
        });
        pairs.chain(&self.lossy).flat_map(|(a, b)| [*a, *b]).collect()
    }

    fn need(&mut self, index: usize, condition: Condition) {
        if let Some(conditions) = self.conditions.get_mut(index)
            && !conditions.contains(&condition)
        {
            conditions.push(condition);
        }
    }

    /// Orders two variants of which the first may read values of the second.
    fn try_before(&mut self, first: usize, second: usize, conditions: &[Condition]) {
        self.before.push((first, second));
        self.compare_sizes(first, second);
        if let (Some(one), Some(other)) = (self.profiles.get(first), self.profiles.get(second))
            && may_lose(self.types, one, other, conditions)
        {
            self.lossy.push((first, second));
        }
    }

    /// Takes two variants for ambiguous.
    fn cannot_tell(&mut self, a: usize, b: usize) {
        self.ambiguous.push((a, b));
        self.compare_sizes(a, b);
        self.compare_sizes(b, a);
    }

    /// Makes the first a candidate only for values that are large enough, where the second reads smaller ones.
    fn compare_sizes(&mut self, first: usize, second: usize) {
        let size = |index: usize| self.profiles.get(index).map_or(0, |profile| profile.least);
        let least = size(first);
        if least > size(second) {
            self.sizes.insert(first, least);
        }
    }

    fn kinds(&self, index: usize) -> KindSet {
        self.profiles.get(index).map_or(KindSet::ALL, |profile| profile.kinds)
    }

    fn members(&self, index: usize) -> Option<&Members> {
        self.profiles.get(index)?.members.as_ref()
    }

    fn values(&self, index: usize) -> Option<&[Value]> {
        self.profiles.get(index)?.values.as_deref()
    }

    /// Steps 2 and 3, and the others for objects.
    fn by_kind(&mut self, indexes: &[usize]) {
        for class in classes(indexes, |index| self.kinds(index).iter().collect()) {
            if let [alone] = class.as_slice() {
                self.need_kinds(*alone);
                continue;
            }
            self.by_value(&class);
        }
    }

    /// Tells variants of overlapping JSON types apart.
    fn by_value(&mut self, class: &[usize]) {
        let object = KindSet::of(Kind::Object);
        let objects: Vec<usize> = class
            .iter()
            .copied()
            .filter(|index| self.kinds(*index) == object)
            .collect();
        split(self, &objects);
        for index in class {
            match self.values(*index).map(<[Value]>::to_vec) {
                Some(values) => self.need(*index, Condition::Value(values)),
                None if self.conditions.get(*index).is_some_and(Vec::is_empty) => self.need_kinds(*index),
                None => {}
            }
        }
        for (a, b) in pairs(class) {
            if objects.contains(&a) && objects.contains(&b) {
                continue;
            }
            if self.kinds(a).intersection(self.kinds(b)).is_empty() {
                continue;
            }
            self.rank(a, b);
        }
    }

    fn need_kinds(&mut self, index: usize) {
        let kinds = self.kinds(index);
        if kinds != KindSet::ALL {
            self.need(index, Condition::Kind(kinds));
        }
    }

    /// Orders two variants of which at least one is not just an object.
    fn rank(&mut self, a: usize, b: usize) {
        match (self.values(a), self.values(b)) {
            (Some(values), Some(others)) => {
                if overlap(values, others) {
                    self.ambiguous.push((a, b));
                }
            }
            (Some(_), None) => self.before.push((a, b)),
            (None, Some(_)) => self.before.push((b, a)),
            (None, None) => {
                let (kinds, others) = (self.kinds(a), self.kinds(b));
                let narrower = |a: KindSet, b: KindSet| a.difference(b).is_empty() && a != b;
                if narrower(kinds, others) {
                    self.try_before(a, b, &[]);
                } else if narrower(others, kinds) {
                    self.try_before(b, a, &[]);
                } else if self.reading_tells(a, b) {
                    self.try_before(a, b, &[]);
                } else if self.reading_tells(b, a) {
                    self.try_before(b, a, &[]);
                } else {
                    self.cannot_tell(a, b);
                }
            }
        }
    }

    /// Whether values of the second variant are refused when they are read as the first.
    fn reading_tells(&self, a: usize, b: usize) -> bool {
        match (self.profiles.get(a), self.profiles.get(b)) {
            (Some(a), Some(b)) if self.profiles.len() <= READ_VARIANTS => reading_tells(self.types, a, b, READ_DEPTH),
            _ => false,
        }
    }

    /// The order of trial: that of the document, but for the pairs that were ordered.
    fn order(&self) -> Vec<usize> {
        let count = self.profiles.len();
        let mut waits = vec![0_usize; count];
        let mut next: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (first, second) in &self.before {
            next.entry(*first).or_default().push(*second);
            if let Some(waits) = waits.get_mut(*second) {
                *waits += 1;
            }
        }
        let mut left: BTreeSet<usize> = (0..count).collect();
        let mut ready: BTreeSet<usize> = left
            .iter()
            .copied()
            .filter(|index| waits.get(*index) == Some(&0))
            .collect();
        let mut order = Vec::new();
        // Orders that contradict each other leave none ready; then the document decides.
        while let Some(index) = ready.pop_first().or_else(|| left.first().copied()) {
            if !left.remove(&index) {
                continue;
            }
            order.push(index);
            for second in next.remove(&index).unwrap_or_default() {
                if let Some(waits) = waits.get_mut(second) {
                    *waits -= 1;
                    if *waits == 0 {
                        ready.insert(second);
                    }
                }
            }
        }
        order
    }
}

/// Whether values of the second type are refused when they are read as the first.
fn reading_tells(types: &Types, first: &Profile, second: &Profile, depth: usize) -> bool {
    // Where both may be `null`, it does not matter as what it is read.
    let null = KindSet::of(Kind::Null);
    let (kinds, others) = (first.kinds.difference(null), second.kinds.difference(null));
    if kinds.intersection(others).is_empty() {
        return true;
    }
    let Some(depth) = depth.checked_sub(1) else {
        return false;
    };
    let tells = |a, b| reading_tells(types, &profile(types, a), &profile(types, b), depth);
    let both = |kind| kinds == KindSet::of(kind) && others == KindSet::of(kind);
    if both(Kind::Array) {
        return first.items.zip(second.items).is_some_and(|(a, b)| tells(a, b));
    }
    match (&first.members, &second.members) {
        (Some(first), Some(second)) if both(Kind::Object) => {
            let unknown = |names: &BTreeSet<String>, members: &Members| {
                names.iter().any(|name| !members.known.contains_key(name))
            };
            let member = |name: &String| single(first, name).zip(single(second, name));
            unknown(&first.required, second)
                || first.closed && unknown(&second.required, first)
                || first.order.iter().filter_map(member).any(|(a, b)| tells(a, b))
        }
        _ => false,
    }
}

fn single(members: &Members, name: &str) -> Option<TypeId> {
    match members.known.get(name)?.as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

fn overlap(a: &[Value], b: &[Value]) -> bool {
    a.iter().any(|value| b.contains(value))
}

/// The classes of things that are connected by keys that they share, each in order, by their first.
fn classes<K: Ord>(indexes: &[usize], keys: impl Fn(usize) -> Vec<K>) -> Vec<Vec<usize>> {
    let mut with_key: BTreeMap<K, Vec<usize>> = BTreeMap::new();
    for index in indexes {
        for key in keys(*index) {
            with_key.entry(key).or_default().push(*index);
        }
    }
    let mut classes = Vec::new();
    let mut seen = BTreeSet::new();
    for first in indexes {
        let mut class = Vec::new();
        let mut open = vec![*first];
        while let Some(index) = open.pop() {
            if seen.insert(index) {
                class.push(index);
                // Once is enough: whoever shares the key is in the class from then on.
                open.extend(keys(index).iter().filter_map(|key| with_key.remove(key)).flatten());
            }
        }
        if !class.is_empty() {
            class.sort_unstable();
            classes.push(class);
        }
    }
    classes
}

/// Values as keys.
fn texts(values: &[Value]) -> Vec<String> {
    values.iter().map(Value::to_string).collect()
}

fn pairs(indexes: &[usize]) -> Vec<(usize, usize)> {
    let indexed = indexes.iter().enumerate();
    indexed
        .flat_map(|(position, a)| indexes.iter().skip(position + 1).map(|b| (*a, *b)))
        .collect()
}

fn pairs_of(first: &[usize], second: &[usize]) -> Vec<(usize, usize)> {
    first.iter().flat_map(|a| second.iter().map(|b| (*a, *b))).collect()
}

#[cfg(test)]
mod tests;
