//! JSON that was sent: members that stand there twice are refused, since readers differ in which one counts.

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use specsmith_runtime::server::{Fault, FaultKind};

/// Reads a JSON text.
pub(crate) fn read(text: &[u8]) -> Result<Value, Fault> {
    let value = serde_json::from_slice(text).map_err(|_| Fault::new(FaultKind::Syntax))?;
    let twice = RefCell::new(None);
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    // It is well-formed, so nothing else can fail.
    let _ = Once(&twice).deserialize(&mut deserializer);
    match twice.into_inner() {
        Some(fault) => Err(fault),
        None => Ok(value),
    }
}

/// Looks for members that stand there twice.
#[derive(Clone, Copy)]
struct Once<'f>(&'f RefCell<Option<Fault>>);

impl Once<'_> {
    /// Says that the fault is inside a part.
    fn within(self, step: &str) {
        let fault = self.0.take();
        self.0.replace(fault.map(|fault| fault.within(step)));
    }
}

impl<'de> DeserializeSeed<'de> for Once<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Once<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let mut index = 0_usize;
        loop {
            match items.next_element_seed(self) {
                Ok(Some(())) => index += 1,
                Ok(None) => return Ok(()),
                Err(error) => {
                    self.within(&index.to_string());
                    return Err(error);
                }
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let mut names = std::collections::BTreeSet::new();
        while let Some(name) = members.next_key::<String>()? {
            if !names.insert(name.clone()) {
                self.0.replace(Some(Fault::new(FaultKind::Duplicate).within(name)));
                return Err(A::Error::custom("twice"));
            }
            members.next_value_seed(self).inspect_err(|_| self.within(&name))?;
        }
        Ok(())
    }
}
