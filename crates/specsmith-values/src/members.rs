//! Objects: which members they have, and how many.

use serde_json::{Map, Value};
use specsmith_ir::{Field, Object, Presence, Rest};

use crate::make::{Source, Values, plain};
use crate::pattern;

type Members = Map<String, Value>;

impl Values<'_> {
    pub(crate) fn object(&mut self, object: &Object, depth: usize) -> Option<Members> {
        let least = usize::try_from(object.min_properties.unwrap_or(0)).unwrap_or(usize::MAX);
        let most = usize::try_from(object.max_properties.unwrap_or(u64::MAX)).unwrap_or(usize::MAX);
        let mut members = match self.source {
            Source::Examples => self.documented(object, most, depth)?,
            Source::Varied | Source::Plain => self.chosen(object, most, depth)?,
        };
        // The smallest of the others, since they may lead back to this type.
        let mut optional = optional(object);
        optional.sort_by_key(|field| self.height(field.ty));
        for field in optional {
            if members.len() < least && !members.contains_key(&field.name) {
                let value = self.value(field.ty, depth + 1);
                members.extend(value.map(|value| (field.name.clone(), value)));
            }
        }
        self.others(object, &mut members, (least, most), depth)?;
        (members.len() <= most).then_some(members)
    }

    /// What is required, then some of the rest.
    fn chosen(&mut self, object: &Object, most: usize, depth: usize) -> Option<Members> {
        let mut members = Map::new();
        for field in object.fields.iter().filter(|field| is_required(field)) {
            members.insert(field.name.clone(), self.value(field.ty, depth + 1)?);
        }
        for field in optional(object) {
            if members.len() < most && !self.is_tight(depth) && self.random.coin(2) {
                let value = self.value(field.ty, depth + 1);
                members.extend(value.map(|value| (field.name.clone(), value)));
            }
        }
        Some(members)
    }

    /// Every member in the order of the document, by its example or default where it has one.
    fn documented(&mut self, object: &Object, most: usize, depth: usize) -> Option<Members> {
        let mut members = Map::new();
        let required = object.fields.iter().filter(|field| is_required(field)).count();
        let mut room = most.saturating_sub(required);
        for field in &object.fields {
            let is_required = is_required(field);
            if !is_required && (room == 0 || self.is_tight(depth)) {
                continue;
            }
            let value = match self.of_field(field, depth) {
                Some(example) => Some(example),
                None => self.value(field.ty, depth + 1),
            };
            match value {
                Some(value) => drop(members.insert(field.name.clone(), value)),
                None if is_required => return None,
                None => continue,
            }
            room = room.saturating_sub(usize::from(!is_required));
        }
        Some(members)
    }

    /// What the place of a member says about its value.
    fn of_field(&self, field: &Field, depth: usize) -> Option<Value> {
        let mut examples = field.docs.examples.iter().filter_map(|example| example.value.as_ref());
        let default = match &field.presence {
            Presence::Default(value) => Some(value),
            Presence::Required | Presence::Optional => None,
        };
        let value = examples.next().or(default).filter(|_| !self.is_tight(depth))?;
        Some(plain(value))
    }

    /// Members that are not named.
    fn others(
        &mut self,
        object: &Object,
        members: &mut Members,
        (least, most): (usize, usize),
        depth: usize,
    ) -> Option<()> {
        let missing = least.saturating_sub(members.len());
        if let Rest::Typed(ty) = object.rest {
            let more = match self.source {
                _ if self.is_tight(depth) => 0,
                Source::Examples => usize::from(object.fields.is_empty()),
                Source::Varied | Source::Plain => self.random.below(3),
            };
            for _ in 0..more.max(missing).min(most.saturating_sub(members.len())) {
                let name = match object.names {
                    Some(names) => self.value(names, depth)?.as_str()?.to_owned(),
                    None => self.member_name(),
                };
                let value = self.value(ty, depth + 1)?;
                members.entry(name).or_insert(value);
            }
        }
        for pattern in &object.patterns {
            if let Some(name) = pattern::matching(&mut self.random, &pattern.pattern)
                && !self.is_tight(depth)
                && members.len() < most
            {
                let value = self.value(pattern.ty, depth + 1)?;
                members.entry(name).or_insert(value);
            }
        }
        Some(())
    }

    fn member_name(&mut self) -> String {
        match self.source {
            Source::Varied => format!("other {}", self.random.below(1_000)),
            Source::Plain | Source::Examples => format!("other_{}", self.random.below(1_000)),
        }
    }
}

fn is_required(field: &Field) -> bool {
    field.presence == Presence::Required
}

fn optional(object: &Object) -> Vec<&Field> {
    object.fields.iter().filter(|field| !is_required(field)).collect()
}
