//! The macro that gives a type its codec.

/// Implements `Serialize` and `Deserialize`.
///
/// ```text
/// codec!(struct Booking {
///     "object" = "booking",                       // always written, and checked when it is there
///     "version" = 2 required,                     // the same, and it must be there
///     id: "id",                                   // required; null is a value of an `Option`
///     passenger_name: "passenger_name" optional,  // `Option`: `None` is not written
///     seat: "seat" exact,                         // `Option`: as `optional`, but null is not `None`
///     note: "note" nullable,                      // `Nullable`: absent, null or a value
///     _: "owner",                                 // ignored where it is there
///     title: "title" lenient,                     // required; a default where it is missing or null
///     genre: "genre" lenient_enum,                // the same for an enum, whose default is an unknown value
///     stops: "stops" lenient_items,               // the same for a list; items that are null are left out
///     tags: "tags" optional_items,                // `Option` of a list; items that are null are left out
///     ..headers if starts_with("x-"),             // `BTreeMap`: other properties of such names
///     ..extra,                                    // `BTreeMap`: all other properties
/// });
/// codec!(closed struct Booking { .. });           // other properties are an error
///
/// codec!(tuple Point {                            // an array
///     0,
///     1 optional,                                 // `Option`: `None` is not written, nor is what follows
///     2 rest,                                     // `Vec`: all other items
/// });
///
/// codec!(enum Genre: String {                     // or `i64`, or `Value`
///     Crime = "crime",
///     ..Unknown,                                  // keeps all other values
/// });
///
/// codec!(newtype Tags(Vec<String>));                // the JSON of what it holds
/// codec!(newtype Isbn(String) text);                // with conversions from and to text
/// codec!(newtype Level(i64) parsed);                // with the `FromStr` and `Display` of what it holds
///
/// codec!(union Source { .. });                  // see `union_codec!`
/// ```
#[allow(unused_macros, reason = "an API may have no types")]
macro_rules! codec {
    (struct $name:ident { $($body:tt)* }) => {
        $crate::runtime::codec::codec!(@struct $name skip { $($body)* });
    };
    (closed struct $name:ident { $($body:tt)* }) => {
        $crate::runtime::codec::codec!(@struct $name unknown { $($body)* });
    };

    (@struct $name:ident $other:ident {
        $($constant_name:literal = $constant:literal $($required:ident)?,)*
        $($field:ident: $wire:literal $($mode:ident)?,)*
        $(_: $ignored:literal,)*
        $(..$rest:ident $(if $test:ident($text:literal))?,)*
    }) => {
        impl $crate::runtime::codec::Object for $name {
            $crate::runtime::codec::codec!(@constants $($constant_name $($required)?,)*);

            fn read<'de, A: ::serde::de::MapAccess<'de>>(
                members: &mut $crate::runtime::codec::ObjectReader<'_, 'de, A>,
            ) -> Option<Self> {
                $(let mut $field = None;)*
                $(let mut $rest = ::std::collections::BTreeMap::new();)*
                while members.advance() {
                    match members.name() {
                        $($constant_name => members.constant($constant_name, $constant),)*
                        $($wire => members.value(&mut $field),)*
                        $($ignored => members.skip(),)*
                        $(_ if $crate::runtime::codec::codec!(@keeps members $($test $text)?) => members.keep(&mut $rest),)*
                        _ => members.$other(),
                    }
                }
                if !members.is_sound() {
                    return None;
                }
                Some(Self {
                    $($field: $crate::runtime::codec::codec!(@take members $field $wire $($mode)?),)*
                    $($rest,)*
                })
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::codec::read_object(stringify!($name), deserializer)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut out = $crate::runtime::codec::ObjectWriter::begin(serializer);
                $(out.constant($constant_name, $constant);)*
                $($crate::runtime::codec::codec!(@put self out $field $wire $($mode)?);)*
                $crate::runtime::codec::codec!(
                    @rests self out [$($constant_name,)* $($wire,)*] { $(..$rest $(if $test($text))?,)* }
                );
                out.end()
            }
        }
    };

    (@constants) => {};
    (@constants $($name:literal $($required:ident)?,)+) => {
        const CONSTANTS: &'static [(&'static str, $crate::runtime::codec::Presence)] =
            &[$(($name, $crate::runtime::codec::codec!(@presence $($required)?)),)+];
    };

    (@presence) => { $crate::runtime::codec::Presence::Optional };
    (@presence required) => { $crate::runtime::codec::Presence::Required };

    (@keeps $members:ident) => { true };
    (@keeps $members:ident $test:ident $text:literal) => { $members.name().$test($text) };

    (@take $members:ident $field:ident $wire:literal) => {
        match $field {
            Some(value) => value,
            None => return $members.miss($wire),
        }
    };
    (@take $members:ident $field:ident $wire:literal optional) => { $field.flatten() };
    (@take $members:ident $field:ident $wire:literal nullable) => { $field.unwrap_or_default() };
    (@take $members:ident $field:ident $wire:literal exact) => { $field };
    (@take $members:ident $field:ident $wire:literal $lenient:ident) => { $members.$lenient($wire, $field) };

    (@rests $self:ident $out:ident [] {}) => { $out.nothing() };
    (@rests $self:ident $out:ident $names:tt {}) => {};
    (@rests $self:ident $out:ident $names:tt { $(..$rest:ident $(if $test:ident($text:literal))?,)+ }) => {
        $($crate::runtime::codec::codec!(@rest $self $out $names $rest $($test $text)?);)+
    };
    (@rest $self:ident $out:ident $names:tt $rest:ident) => { $out.rest(&$names, &$self.$rest) };
    (@rest $self:ident $out:ident $names:tt $rest:ident $test:ident $text:literal) => {
        $out.matching(&$names, |name| name.$test($text), &$self.$rest)
    };

    (@put $self:ident $out:ident $field:ident $wire:literal) => { $out.value($wire, &$self.$field) };
    (@put $self:ident $out:ident $field:ident $wire:literal optional) => { $out.optional($wire, &$self.$field) };
    (@put $self:ident $out:ident $field:ident $wire:literal nullable) => { $out.nullable($wire, &$self.$field) };
    (@put $self:ident $out:ident $field:ident $wire:literal exact) => { $out.optional($wire, &$self.$field) };
    (@put $self:ident $out:ident $field:ident $wire:literal optional_items) => { $out.optional($wire, &$self.$field) };
    (@put $self:ident $out:ident $field:ident $wire:literal $lenient:ident) => { $out.value($wire, &$self.$field) };

    (tuple $name:ident { $($index:tt $($mode:ident)?,)* }) => {
        impl $crate::runtime::codec::Tuple for $name {
            fn read<'de, A: ::serde::de::SeqAccess<'de>>(
                items: &mut $crate::runtime::codec::TupleReader<'_, A>,
            ) -> Result<Self, A::Error> {
                Ok(Self(
                    $($crate::runtime::codec::codec!(@item items $index $($mode)?),)*
                ))
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::codec::read_tuple(stringify!($name), deserializer)
            }
        }

        impl ::serde::Serialize for $name {
            #[allow(unused_mut, reason = "there may be nothing to write")]
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut out = $crate::runtime::codec::TupleWriter::begin(serializer);
                $($crate::runtime::codec::codec!(@put_item self out $index $($mode)?);)*
                out.end()
            }
        }
    };

    (@item $items:ident $index:tt) => { $items.required()? };
    (@item $items:ident $index:tt optional) => { $items.optional()? };
    (@item $items:ident $index:tt rest) => { $items.rest()? };
    (@put_item $self:ident $out:ident $index:tt) => { $out.value(&$self.$index) };
    (@put_item $self:ident $out:ident $index:tt optional) => { $out.optional(&$self.$index) };
    (@put_item $self:ident $out:ident $index:tt rest) => { $out.rest(&$self.$index) };

    (newtype $name:ident($inner:ty) $($more:ident)?) => {
        impl From<$inner> for $name {
            fn from(value: $inner) -> Self {
                Self(value)
            }
        }

        impl From<$name> for $inner {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                ::serde::Serialize::serialize(&self.0, serializer)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                ::serde::Deserialize::deserialize(deserializer).map(Self)
            }
        }

        $($crate::runtime::codec::codec!(@newtype $more $name $inner);)?
    };

    (@newtype text $name:ident $inner:ty) => {
        impl $name {
            /// The text.
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.0.as_str()
            }
        }

        $crate::runtime::codec::codec!(@newtype parsed $name $inner);
    };

    (@newtype parsed $name:ident $inner:ty) => {
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = <$inner as ::std::str::FromStr>::Err;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };

    (enum $name:ident: String { $($variant:ident = $value:literal,)* $(..$unknown:ident,)? }) => {
        impl $name {
            /// All values that the API names.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The value as it is written.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    $(Self::$unknown(text) => text,)?
                }
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        $crate::runtime::codec::codec!(@from_text $name { $($variant = $value,)* } $($unknown)?);
    };

    (@from_text $name:ident { $($variant:ident = $value:literal,)* }) => {
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::codec::read_text_enum(stringify!($name), deserializer)
            }
        }

        impl TryFrom<&str> for $name {
            type Error = $crate::runtime::codec::UnknownValue;

            fn try_from(text: &str) -> Result<Self, $crate::runtime::codec::UnknownValue> {
                match text {
                    $($value => Ok(Self::$variant),)*
                    _ => Err($crate::runtime::codec::UnknownValue::text(stringify!($name), &[$($value),*], text)),
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::runtime::codec::UnknownValue;

            fn try_from(text: String) -> Result<Self, $crate::runtime::codec::UnknownValue> {
                Self::try_from(text.as_str())
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::runtime::codec::UnknownValue;

            fn from_str(text: &str) -> Result<Self, $crate::runtime::codec::UnknownValue> {
                Self::try_from(text)
            }
        }
    };
    (@from_text $name:ident { $($variant:ident = $value:literal,)* } $unknown:ident) => {
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::codec::read_open_text_enum(stringify!($name), deserializer)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($value => Self::$variant,)*
                    _ => Self::$unknown(text.to_owned()),
                }
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            fn from_str(text: &str) -> Result<Self, ::std::convert::Infallible> {
                Ok(Self::from(text))
            }
        }
    };

    (enum $name:ident: i64 { $($variant:ident = $value:literal,)* $(..$unknown:ident,)? }) => {
        impl $name {
            /// All values that the API names.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The value as it is written.
            pub fn as_i64(&self) -> i64 {
                match self {
                    $(Self::$variant => $value,)*
                    $(Self::$unknown(value) => *value,)?
                }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.as_i64(), f)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.as_i64())
            }
        }

        $crate::runtime::codec::codec!(@from_integer $name { $($variant = $value,)* } $($unknown)?);
    };

    (@from_integer $name:ident { $($variant:ident = $value:literal,)* }) => {
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::codec::read_integer_enum(stringify!($name), &[$($value),*], deserializer)
            }
        }

        impl TryFrom<i64> for $name {
            type Error = $crate::runtime::codec::UnknownValue;

            fn try_from(value: i64) -> Result<Self, $crate::runtime::codec::UnknownValue> {
                match value {
                    $($value => Ok(Self::$variant),)*
                    _ => Err($crate::runtime::codec::UnknownValue::integer(stringify!($name), &[$($value),*], &value)),
                }
            }
        }
    };
    (@from_integer $name:ident { $($variant:ident = $value:literal,)* } $unknown:ident) => {
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::codec::read_open_integer_enum(stringify!($name), &[$($value),*], deserializer)
            }
        }

        impl From<i64> for $name {
            fn from(value: i64) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    _ => Self::$unknown(value),
                }
            }
        }
    };

    (enum $name:ident: Value { $($variant:ident = $value:expr,)* $(..$unknown:ident,)? }) => {
        impl $crate::runtime::codec::ValueEnum for $name {
            fn from_value(value: ::serde_json::Value) -> Result<Self, ::serde_json::Value> {
                #[allow(unused_imports, reason = "for values that no literal holds")]
                use $crate::runtime::codec::json;

                $(if $crate::runtime::codec::same(&value, &$value.into()) {
                    return Ok(Self::$variant);
                })*
                $crate::runtime::codec::codec!(@unknown_value value, $($unknown)?)
            }

            fn to_value(&self) -> ::serde_json::Value {
                #[allow(unused_imports, reason = "for values that no literal holds")]
                use $crate::runtime::codec::json;

                match self {
                    $(Self::$variant => $value.into(),)*
                    $(Self::$unknown(value) => value.clone(),)?
                }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::runtime::codec::show(f, &$crate::runtime::codec::ValueEnum::to_value(self))
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                ::serde::Serialize::serialize(&$crate::runtime::codec::ValueEnum::to_value(self), serializer)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::codec::read_value_enum(stringify!($name), deserializer)
            }
        }
    };

    (@unknown_value $value:ident,) => { Err($value) };
    (@unknown_value $value:ident, $unknown:ident) => { Ok(Self::$unknown($value)) };

    (union $($union:tt)*) => { $crate::runtime::codec::union_codec!($($union)*); };
}

pub(crate) use codec;
