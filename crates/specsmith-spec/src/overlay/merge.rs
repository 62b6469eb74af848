//! Merging into a document and removing from it, by the rules of the Overlay Specification 1.1, section 4.4.3.

use std::{collections::BTreeMap, mem};

use serde_json::Value as Json;
use specsmith_diagnostics::Location;

use super::tree::{Content, Fresh, Place, SlotId, Step, Tree};

/// Values that cannot be merged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mismatch {
    /// The place of the value that was to be merged, and what it is.
    pub from: (Location, &'static str),
    /// The place of the value that stays as it is, and what it is.
    pub into: (Location, &'static str),
}

impl<'d> Tree<'d> {
    /// Merges a value into the one at a place; what does not fit is noted and left out.
    pub(super) fn merge(&mut self, place: &Place<'d>, fresh: Fresh, mismatches: &mut Vec<Mismatch>) {
        let head = self.head(place);
        let mut json = mem::take(&mut self.json);
        if let Some(target) = value_at(&mut json, &place.path) {
            let is_array = matches!(self.slot(fresh.slot).content, Content::Array(_));
            match &mut self.slot_mut(place.slot).content {
                // Only what is an array itself is concatenated.
                Content::Array(items) if !is_array => {
                    items.push(fresh.slot);
                    if let Json::Array(values) = target {
                        values.push(fresh.json);
                    }
                }
                _ => self.merge_into((place.slot, head), target, (fresh.slot, fresh.json), mismatches),
            }
        }
        self.json = json;
    }

    /// Merges two values in both of their forms; the depth of what is merged bounds the recursion.
    ///
    /// `head` is where the value that stays begins to be seen.
    fn merge_into(
        &mut self,
        (into, head): (SlotId, Location),
        into_json: &mut Json,
        (from, from_json): (SlotId, Json),
        mismatches: &mut Vec<Mismatch>,
    ) {
        let is_scalar = |content: &Content<'d>| matches!(content, Content::Scalar(_));
        let (old, new) = (self.slot(into), self.slot(from));
        let mismatch = Mismatch {
            from: (new.location, new.kind_name()),
            into: (head, old.kind_name()),
        };
        if is_scalar(&old.content) && is_scalar(&new.content) {
            let (location, content) = (new.location, new.content.clone());
            let slot = self.slot_mut(into);
            (slot.location, slot.content) = (location, content);
            *into_json = from_json;
            return;
        }
        let empty = || Content::Array(Vec::new());
        let new = mem::replace(&mut self.slot_mut(from).content, empty());
        let old = mem::replace(&mut self.slot_mut(into).content, empty());
        let merged = match (old, new, into_json, from_json) {
            (Content::Array(mut items), Content::Array(new), Json::Array(values), Json::Array(new_values)) => {
                items.extend(new);
                values.extend(new_values);
                Content::Array(items)
            }
            (
                Content::Object(mut members),
                Content::Object(new),
                Json::Object(values),
                Json::Object(mut new_values),
            ) => {
                for (name, member) in *new {
                    let value = new_values.remove(name).unwrap_or_default();
                    if let (Some(old), Some(old_value)) = (members.get(name), values.get_mut(name)) {
                        self.merge_into((old.value, old.key), old_value, (member.value, value), mismatches);
                    } else {
                        members.insert(name, member);
                        values.insert(name.to_owned(), value);
                    }
                }
                Content::Object(members)
            }
            (old, ..) => {
                mismatches.push(mismatch);
                old
            }
        };
        self.slot_mut(into).content = merged;
    }

    /// Removes values from what they stand in; the whole document cannot be removed.
    pub(super) fn remove(&mut self, places: &[Place<'d>]) {
        let mut parents: BTreeMap<&[Step<'d>], Vec<Step<'d>>> = BTreeMap::new();
        for place in places {
            if let Some((step, parent)) = place.path.split_last() {
                parents.entry(parent).or_default().push(*step);
            }
        }
        // From the inside out, since removing an item moves those behind it.
        let mut parents: Vec<_> = parents.into_iter().collect();
        parents.sort_by_key(|(path, _)| std::cmp::Reverse(path.len()));
        for (path, mut steps) in parents {
            let Some(slot) = self.at(path) else { continue };
            steps.sort_unstable();
            if let Some(json) = value_at(&mut self.json, path) {
                remove_from(json, &steps);
            }
            match &mut self.slot_mut(slot).content {
                Content::Array(items) => retain(items, &steps),
                Content::Object(members) => members.retain(|name, _| steps.binary_search(&Step::Name(name)).is_err()),
                Content::Scalar(_) => {}
            }
        }
    }
}

fn remove_from(json: &mut Json, steps: &[Step<'_>]) {
    match json {
        Json::Array(values) => retain(values, steps),
        Json::Object(values) => {
            for step in steps {
                if let Step::Name(name) = step {
                    values.remove(*name);
                }
            }
        }
        _ => {}
    }
}

/// Keeps the items that none of the steps, which are sorted, leads to.
fn retain<T>(items: &mut Vec<T>, steps: &[Step<'_>]) {
    let mut index = 0;
    items.retain(|_| {
        let keep = steps.binary_search(&Step::Index(index)).is_err();
        index += 1;
        keep
    });
}

fn value_at<'j>(json: &'j mut Json, path: &[Step<'_>]) -> Option<&'j mut Json> {
    path.iter().try_fold(json, |json, step| match step {
        Step::Name(name) => json.get_mut(*name),
        Step::Index(index) => json.get_mut(*index),
    })
}
