//! How deep the smallest value of each type is nested, which tells where making one ends.

use specsmith_ir::{Api, Field, Object, Presence, Rest, Shape, TypeId};

/// What has no finite value, or none that is small enough to be made.
pub(crate) const ENDLESS: u32 = u32::MAX;
/// Deeper values are not made.
const HIGHEST: u32 = 100;

/// The height of each type, by its id.
#[derive(Debug)]
pub struct Heights(Vec<u32>);

impl Heights {
    /// Looks at types again and again until nothing changes, which each round brings one level closer.
    pub fn of(api: &Api) -> Self {
        let mut heights = Self(vec![ENDLESS; api.types.len()]);
        for _ in 0..=HIGHEST {
            let mut changed = false;
            for (id, ty) in api.types.iter() {
                let height = heights.shape(&ty.shape);
                if let Some(slot) = heights.0.get_mut(id.0 as usize) {
                    changed |= *slot != height;
                    *slot = height;
                }
            }
            if !changed {
                break;
            }
        }
        heights
    }

    pub(crate) fn get(&self, id: TypeId) -> u32 {
        self.0.get(id.0 as usize).copied().unwrap_or(ENDLESS)
    }

    fn shape(&self, shape: &Shape) -> u32 {
        match shape {
            Shape::Never => ENDLESS,
            Shape::Array(array) if array.min_items.unwrap_or(0) > 0 => above(self.get(array.items)),
            Shape::Tuple(tuple) => above(tuple.items.iter().map(|id| self.get(*id)).max().unwrap_or(0)),
            Shape::Object(object) => self.object(object),
            Shape::Union(union) => {
                let variants = union.variants.iter().map(|variant| self.get(variant.ty));
                variants.min().unwrap_or(ENDLESS)
            }
            Shape::Alias(target) => self.get(*target),
            _ => 0,
        }
    }

    fn object(&self, object: &Object) -> u32 {
        let (required, optional): (Vec<&Field>, Vec<&Field>) = object
            .fields
            .iter()
            .partition(|field| field.presence == Presence::Required);
        let least = usize::try_from(object.min_properties.unwrap_or(0)).unwrap_or(usize::MAX);
        let more = least.saturating_sub(required.len());
        let mut others: Vec<u32> = optional.iter().map(|field| self.get(field.ty)).collect();
        if let Rest::Typed(rest) = &object.rest {
            others.extend(std::iter::repeat_n(self.get(*rest), more.min(1_000)));
        }
        others.sort_unstable();
        let required = required.iter().map(|field| self.get(field.ty)).max();
        let other = more.checked_sub(1).and_then(|last| others.get(last).copied());
        above(required.max(other).unwrap_or(0))
    }
}

fn above(height: u32) -> u32 {
    match height {
        height if height < HIGHEST => height + 1,
        _ => ENDLESS,
    }
}
