//! Members that must be there and are missing or null all the same: a default and an event instead of an error.

use serde::de::MapAccess;
use tracing::warn;

use super::object::ObjectReader;

impl<'de, A: MapAccess<'de>> ObjectReader<'_, 'de, A> {
    /// The field of a member that should be there.
    pub fn lenient<T: Default>(&self, name: &'static str, slot: Option<Option<T>>) -> T {
        self.settled(name, slot).unwrap_or_default()
    }

    /// The field of an enum that should be there; its default is an unknown value without text.
    pub fn lenient_enum<T: for<'a> From<&'a str>>(
        &self,
        name: &'static str,
        slot: Option<Option<T>>,
    ) -> T {
        self.settled(name, slot).unwrap_or_else(|| T::from(""))
    }

    /// The field of a list that should be there and have no null in it.
    pub fn lenient_items<T>(
        &self,
        name: &'static str,
        slot: Option<Option<Vec<Option<T>>>>,
    ) -> Vec<T> {
        let items = self.settled(name, slot);
        self.without_null(name, items.unwrap_or_default())
    }

    /// The field of a list that may be absent and should have no null in it.
    pub fn optional_items<T>(
        &self,
        name: &'static str,
        slot: Option<Option<Vec<Option<T>>>>,
    ) -> Option<Vec<T>> {
        slot.flatten().map(|items| self.without_null(name, items))
    }

    /// The value, after telling where there is none.
    fn settled<T>(&self, name: &'static str, slot: Option<Option<T>>) -> Option<T> {
        let problem = match &slot {
            Some(Some(_)) => None,
            Some(None) => Some("null"),
            None => Some("missing"),
        };
        if let Some(problem) = problem {
            warn!(
                object = self.object,
                property = name,
                "the property is {problem}, a default is taken"
            );
        }
        slot.flatten()
    }

    fn without_null<T>(&self, name: &'static str, items: Vec<Option<T>>) -> Vec<T> {
        let count = items.len();
        let items: Vec<T> = items.into_iter().flatten().collect();
        if items.len() < count {
            warn!(
                object = self.object,
                property = name,
                "items that are null are left out"
            );
        }
        items
    }
}
