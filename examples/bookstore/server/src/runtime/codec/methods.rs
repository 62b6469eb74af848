//! The macros that give structs methods for their optional fields.

use super::Nullable;

/// Makes a chained setter of each line: it takes the value of an optional field.
///
/// ```text
/// setters!(Book {
///     with_genre(genre: Genre),                             // `Option<Genre>`
///     with_author(author: Box<Author>),                     // takes an `Author`
///     with_summary(summary: impl Into<String>),
///     with_note(note: Nullable<String>),                    // takes a value, an `Option` or a `Nullable`
///     with_others(..others: BTreeMap<String, Value>),       // no `Option`: all other members
/// });
/// ```
#[allow(unused_macros, reason = "an API may have no types")]
macro_rules! setters {
    ($name:ident { $($setter:ident($($argument:tt)*),)* }) => {
        impl $name {
            $($crate::runtime::codec::setters!(@setter $setter $($argument)*);)*
        }
    };
    (@setter $setter:ident $field:ident: Nullable<Box<$ty:ty>>) => {
        $crate::runtime::codec::setters!(@method $setter $field impl Into<Nullable<$ty>>, $field.into().map(Box::new));
    };
    (@setter $setter:ident $field:ident: Nullable<$ty:ty>) => {
        $crate::runtime::codec::setters!(@method $setter $field impl Into<Nullable<$ty>>, $field.into());
    };
    (@setter $setter:ident $field:ident: impl Into<$ty:ty>) => {
        $crate::runtime::codec::setters!(@method $setter $field impl Into<$ty>, Some($field.into()));
    };
    (@setter $setter:ident $field:ident: Box<$ty:ty>) => {
        $crate::runtime::codec::setters!(@method $setter $field $ty, Some(Box::new($field)));
    };
    (@setter $setter:ident $field:ident: $ty:ty) => {
        $crate::runtime::codec::setters!(@method $setter $field $ty, Some($field));
    };
    (@setter $setter:ident ..$field:ident: $ty:ty) => {
        $crate::runtime::codec::setters!(@method $setter $field $ty, $field);
    };
    (@method $setter:ident $field:ident $ty:ty, $value:expr) => {
        /// Sets the field that it is named after.
        #[must_use = "it gives the value back"]
        pub fn $setter(mut self, $field: $ty) -> Self {
            self.$field = $value;
            self
        }
    };
}

/// Makes a getter of each line: the value of an optional field, or its default.
///
/// ```text
/// defaults!(Settings {
///     page_size_or_default(page_size: i64 = 20),      // `Option<i64>`
///     sort_or_default(sort: Sort = Sort::Title),
///     language_or_default(language: &str = "en"),     // `Option<String>`
///     color_or_default(color: Option<Color> = None),  // `Nullable<Color>`: null is `None`
/// });
/// ```
#[allow(unused_macros, reason = "an API may have no defaults")]
macro_rules! defaults {
    ($name:ident { $($getter:ident($($default:tt)*),)* }) => {
        impl $name {
            $($crate::runtime::codec::defaults!(@getter $getter $($default)*);)*
        }
    };
    (@getter $getter:ident $field:ident: &str = $default:expr) => {
        #[doc = concat!("The value of `", stringify!($field), "`, or what its absence means.")]
        pub fn $getter(&self) -> &str {
            self.$field.as_deref().unwrap_or($default)
        }
    };
    (@getter $getter:ident $field:ident: $ty:ty = $default:expr) => {
        #[doc = concat!("The value of `", stringify!($field), "`, or what its absence means.")]
        pub fn $getter(&self) -> $ty {
            $crate::runtime::codec::OrDefault::or_default(&self.$field, || $default)
        }
    };
}

pub(crate) use defaults;
pub(crate) use setters;

/// An optional field whose absence means a value.
pub trait OrDefault {
    /// What the field holds where it is not absent.
    type Value;

    /// What it holds, or the default where it is absent.
    fn or_default(&self, default: impl FnOnce() -> Self::Value) -> Self::Value;
}

impl<T: Clone> OrDefault for Option<T> {
    type Value = T;

    fn or_default(&self, default: impl FnOnce() -> T) -> T {
        self.clone().unwrap_or_else(default)
    }
}

/// Null is no absence.
impl<T: Clone> OrDefault for Nullable<T> {
    type Value = Option<T>;

    fn or_default(&self, default: impl FnOnce() -> Option<T>) -> Option<T> {
        match self {
            Nullable::Absent => default(),
            Nullable::Null => None,
            Nullable::Value(value) => Some(value.clone()),
        }
    }
}
