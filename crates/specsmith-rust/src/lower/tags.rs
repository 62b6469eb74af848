//! Members whose value the union tells that their type is a variant of: nobody has to write them.

use std::collections::BTreeMap;

use specsmith_ir::{Api, Condition, Shape, TypeId, Union, Value};

/// The discriminators of types that are variants: the member and its one value, where all unions agree on it.
#[derive(Debug, Default)]
pub(super) struct Tags(BTreeMap<TypeId, Option<(String, Value)>>);

impl Tags {
    /// The discriminators of all variants.
    pub(super) fn of(api: &Api) -> Self {
        let mut tags = Self::default();
        for (_, ty) in api.types.iter() {
            if let Shape::Union(union) = &ty.shape {
                tags.add(api, union);
            }
        }
        tags
    }

    fn add(&mut self, api: &Api, union: &Union) {
        let Some(discriminator) = &union.discriminator else {
            return;
        };
        for variant in &union.variants {
            let tag = variant.conditions.iter().find_map(|condition| match condition {
                Condition::PropertyValue { name, values } if *name == discriminator.property => match values.as_slice()
                {
                    [only] => Some((name.clone(), only.clone())),
                    _ => None,
                },
                _ => None,
            });
            let known = self
                .0
                .entry(api.types.resolve(variant.ty))
                .or_insert_with(|| tag.clone());
            if *known != tag {
                *known = None;
            }
        }
    }

    /// The value of a member that makes an object of this type what it is.
    pub(super) fn value(&self, ty: TypeId, member: &str) -> Option<&Value> {
        let (name, value) = self.0.get(&ty)?.as_ref()?;
        (name == member).then_some(value)
    }
}
