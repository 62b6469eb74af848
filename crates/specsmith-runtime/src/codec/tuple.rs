//! Tuples: arrays whose first items have types of their own.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error as _, SeqAccess, Visitor};
use serde::ser::{Error as _, Serialize, SerializeSeq, Serializer};

/// A struct that is an array in JSON; `codec!(tuple ..)` implements it.
pub trait Tuple: Sized {
    /// Reads the items.
    fn read<'de, A: SeqAccess<'de>>(items: &mut TupleReader<'_, A>) -> Result<Self, A::Error>;
}

/// Reads a tuple; the name is that of the type, for errors.
pub fn read_tuple<'de, T: Tuple, D: Deserializer<'de>>(
    name: &'static str,
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_seq(TupleVisitor(name, PhantomData))
}

struct TupleVisitor<T>(&'static str, PhantomData<T>);

impl<'de, T: Tuple> Visitor<'de> for TupleVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an array (`{}`)", self.0)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<T, A::Error> {
        let mut reader = TupleReader {
            items: &mut items,
            tuple: self.0,
            count: 0,
            ended: false,
        };
        let tuple = T::read(&mut reader)?;
        match reader.next::<Excess>()? {
            None => Ok(tuple),
            Some(_) => Err(A::Error::custom(format_args!(
                "more items than `{}` has",
                self.0
            ))),
        }
    }
}

/// An item behind the last one, whatever it is.
struct Excess;

impl<'de> Deserialize<'de> for Excess {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        serde::de::IgnoredAny::deserialize(deserializer).map(|_| Self)
    }
}

/// Reads items one by one.
#[derive(Debug)]
pub struct TupleReader<'a, A> {
    items: &'a mut A,
    tuple: &'static str,
    count: usize,
    /// Whether there are no more; formats may take what follows for another item.
    ended: bool,
}

impl<'de, A: SeqAccess<'de>> TupleReader<'_, A> {
    /// The next item, which must be there.
    pub fn required<T: Deserialize<'de>>(&mut self) -> Result<T, A::Error> {
        let next = self.next()?;
        next.ok_or_else(|| {
            let (count, tuple) = (self.count, self.tuple);
            A::Error::custom(format_args!("only {count} items where `{tuple}` has more"))
        })
    }

    /// The next item, which may be absent.
    pub fn optional<T: Deserialize<'de>>(&mut self) -> Result<Option<T>, A::Error> {
        self.next()
    }

    /// All other items.
    pub fn rest<T: Deserialize<'de>>(&mut self) -> Result<Vec<T>, A::Error> {
        let mut rest = Vec::new();
        while let Some(item) = self.next()? {
            rest.push(item);
        }
        Ok(rest)
    }

    fn next<T: Deserialize<'de>>(&mut self) -> Result<Option<T>, A::Error> {
        if self.ended {
            return Ok(None);
        }
        let next = self.items.next_element()?;
        self.count += usize::from(next.is_some());
        self.ended = next.is_none();
        Ok(next)
    }
}

/// Writes items one by one and keeps the first error, so that generated code has none to pass on.
#[derive(Debug)]
pub struct TupleWriter<Q: SerializeSeq> {
    items: Result<Q, Q::Error>,
    /// Whether an item was absent, so that there can be no more.
    ended: bool,
}

impl<Q: SerializeSeq> TupleWriter<Q> {
    /// Begins an array.
    pub fn begin<S>(serializer: S) -> Self
    where
        S: Serializer<SerializeSeq = Q, Error = Q::Error>,
    {
        Self {
            items: serializer.serialize_seq(None),
            ended: false,
        }
    }

    /// Ends the array.
    pub fn end(self) -> Result<Q::Ok, Q::Error> {
        match self.items {
            Ok(items) => items.end(),
            Err(error) => Err(error),
        }
    }

    /// Writes an item.
    pub fn value<T: Serialize>(&mut self, item: &T) {
        let Ok(items) = &mut self.items else { return };
        let written = match self.ended {
            false => items.serialize_element(item),
            true => Err(Q::Error::custom(
                "an item is there although one before it is not",
            )),
        };
        if let Err(error) = written {
            self.items = Err(error);
        }
    }

    /// Writes an item unless it is absent.
    pub fn optional<T: Serialize>(&mut self, item: &Option<T>) {
        match item {
            Some(item) => self.value(item),
            None => self.ended = true,
        }
    }

    /// Writes all other items.
    pub fn rest<T: Serialize>(&mut self, items: &[T]) {
        for item in items {
            self.value(item);
        }
    }
}
