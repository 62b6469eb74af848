//! How typed values look to rules.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Display;

use serde_json::{Number, Value};

use super::super::nullable::Nullable;
use super::checker::Checker;

/// What a value is to rules.
#[derive(Clone)]
pub enum View<'v> {
    /// Nothing that there is a rule for: absent, null, `true`, `false`.
    Nothing,
    /// A whole number.
    Integer(i128),
    /// A number.
    Float(f64),
    /// A number of any size.
    Number(&'v Number),
    /// Text.
    Text(Cow<'v, str>),
    /// Text that is not shown.
    Secret(&'v str),
    /// A list.
    List(&'v dyn List),
    /// A map.
    Map(&'v dyn Members),
    /// Any JSON.
    Json(&'v Value),
    /// A type with rules of its own.
    Own(&'v dyn Check),
}

/// A value that rules can be checked for.
pub trait Check {
    /// What it is to rules.
    fn view(&self) -> View<'_>;

    /// Checks what the type itself demands.
    fn check(&self, _found: &mut Checker) {}
}

/// The items of a list.
pub trait List {
    /// How many there are.
    fn length(&self) -> usize;

    /// The item at a place.
    fn item(&self, index: usize) -> View<'_>;
}

/// The members of a map.
pub trait Members {
    /// How many there are.
    fn length(&self) -> usize;

    /// Passes on each with its name.
    fn each(&self, visit: &mut dyn FnMut(&str, View<'_>));
}

/// A value that may have items or members, whatever these are.
pub trait Count {
    /// How many it has; `None` where it is no list or map.
    fn count(&self) -> Option<usize>;
}

macro_rules! check {
    ($($type:ty: $view:expr;)*) => {$(
        impl Check for $type {
            fn view(&self) -> View<'_> {
                let view: fn(&Self) -> View<'_> = $view;
                view(self)
            }
        }
    )*};
}

check! {
    (): |_| View::Nothing;
    bool: |_| View::Nothing;
    i8: |value| View::Integer((*value).into());
    i16: |value| View::Integer((*value).into());
    u8: |value| View::Integer((*value).into());
    u16: |value| View::Integer((*value).into());
    i32: |value| View::Integer((*value).into());
    i64: |value| View::Integer((*value).into());
    u32: |value| View::Integer((*value).into());
    u64: |value| View::Integer((*value).into());
    f64: |value| View::Float(*value);
    String: |value| View::Text(value.into());
    Number: |value| View::Number(value);
    Value: |value| View::Json(value);
}

impl<T: Check> Check for Option<T> {
    fn view(&self) -> View<'_> {
        self.as_ref().map_or(View::Nothing, Check::view)
    }
}

impl<T: Check, E> Check for Result<T, E> {
    fn view(&self) -> View<'_> {
        self.as_ref().map_or(View::Nothing, Check::view)
    }
}

impl<T: Check> Check for Nullable<T> {
    fn view(&self) -> View<'_> {
        self.value().map_or(View::Nothing, Check::view)
    }
}

impl<T: Check> Check for Box<T> {
    fn view(&self) -> View<'_> {
        (**self).view()
    }
}

impl<T: Check> Check for Vec<T> {
    fn view(&self) -> View<'_> {
        View::List(self)
    }
}

impl<T: Check> List for Vec<T> {
    fn length(&self) -> usize {
        self.len()
    }

    fn item(&self, index: usize) -> View<'_> {
        self.get(index).map_or(View::Nothing, Check::view)
    }
}

impl<K: Display, T: Check> Check for BTreeMap<K, T> {
    fn view(&self) -> View<'_> {
        View::Map(self)
    }
}

impl<K: Display, T: Check> Members for BTreeMap<K, T> {
    fn length(&self) -> usize {
        self.len()
    }

    fn each(&self, visit: &mut dyn FnMut(&str, View<'_>)) {
        for (name, value) in self {
            visit(&name.to_string(), value.view());
        }
    }
}

macro_rules! tuples {
    ($($($type:ident)+;)*) => {$(
        #[allow(non_snake_case, reason = "the names of the types are those of the items")]
        impl<$($type: Check),+> Check for ($($type,)+) {
            fn view(&self) -> View<'_> {
                View::List(self)
            }
        }

        #[allow(non_snake_case, reason = "the names of the types are those of the items")]
        impl<$($type: Check),+> List for ($($type,)+) {
            fn length(&self) -> usize {
                [$(stringify!($type)),+].len()
            }

            fn item(&self, index: usize) -> View<'_> {
                let ($($type,)+) = self;
                [$($type.view()),+].into_iter().nth(index).unwrap_or(View::Nothing)
            }
        }
    )*};
}

tuples! {
    A;
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
    A B C D E F G;
    A B C D E F G H;
    A B C D E F G H I;
    A B C D E F G H I J;
    A B C D E F G H I J K;
    A B C D E F G H I J K L;
}

impl<T> Count for Vec<T> {
    fn count(&self) -> Option<usize> {
        Some(self.len())
    }
}

impl<K, T> Count for BTreeMap<K, T> {
    fn count(&self) -> Option<usize> {
        Some(self.len())
    }
}

impl<T: Count> Count for Option<T> {
    fn count(&self) -> Option<usize> {
        self.as_ref().and_then(Count::count)
    }
}

impl<T: Count, E> Count for Result<T, E> {
    fn count(&self) -> Option<usize> {
        self.as_ref().ok().and_then(Count::count)
    }
}

impl<T: Count> Count for Nullable<T> {
    fn count(&self) -> Option<usize> {
        self.value().and_then(Count::count)
    }
}

impl<T: Count> Count for Box<T> {
    fn count(&self) -> Option<usize> {
        (**self).count()
    }
}
