//! The macro that gives a union its codec.

/// Implements `Serialize` and `Deserialize` for an enum of types, as `codec!(union ..)`.
///
/// ```text
/// codec!(union Source {
///     Card: ["object" = "card" | "credit_card"],  // conditions, all of which must hold
///     Account: [object, has "iban", lacks "number"],
///     Basket: [object, at_least 1],               // so many members or items
///     Points: [adds "object" = "points"],         // what it holds does not have the member
///     Text: [string | number],
///     Nothing: null,                              // a variant without a value
///     Standard: "standard",                       // for a text, a whole number or a boolean alone
///     Fund: [object] alike,                       // of such variants, the one that leaves the fewest members over
///     Gift: [has "code"] only,                    // no other of such variants fits
///     ..Other,                                    // keeps values that fit no variant
/// });
/// ```
#[allow(unused_macros, reason = "an API may have no unions")]
macro_rules! union_codec {
    ($name:ident { $($variant:ident: $conditions:tt $($mode:ident)?,)* $(..$unknown:ident,)? }) => {
        impl $crate::runtime::codec::Union for $name {
            const TOLD: &'static [$crate::runtime::codec::Told] =
                &[$($crate::runtime::codec::union_codec!(@told $conditions),)*];

            fn read_told<'de, D: ::serde::Deserializer<'de>>(
                kind: u8,
                deserializer: D,
            ) -> Result<Self, D::Error> {
                $($crate::runtime::codec::union_codec!(@read_told kind deserializer $variant $conditions);)*
                $crate::runtime::codec::untold(kind, deserializer)
            }

            fn choose(choice: &mut $crate::runtime::codec::Choice<'_>) -> Option<Self> {
                let closest = None;
                $($crate::runtime::codec::union_codec!(@choose choice closest $variant $conditions $($mode)?);)*
                closest
            }

            fn unknown(value: ::serde_json::Value) -> Result<Self, ::serde_json::Value> {
                $crate::runtime::codec::codec!(@unknown_value value, $($unknown)?)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $($crate::runtime::codec::union_codec!(@pattern value $variant $conditions) => {
                        $crate::runtime::codec::union_codec!(@write value serializer $conditions)
                    })*
                    $(Self::$unknown(value) => ::serde::Serialize::serialize(value, serializer),)?
                }
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::codec::read_union(stringify!($name), deserializer)
            }
        }
    };

    (@told null) => { ($crate::runtime::codec::kind::null, false, "") };
    (@told $constant:literal) => { ($crate::runtime::codec::kind::none, false, stringify!($constant)) };
    (@told []) => { ($crate::runtime::codec::kind::any, true, "") };
    (@told [= $($more:tt)*]) => { ($crate::runtime::codec::kind::none, false, "") };
    (@told [has $($more:tt)*]) => { ($crate::runtime::codec::kind::object, false, "") };
    (@told [adds $($more:tt)*]) => { ($crate::runtime::codec::kind::object, false, "") };
    (@told [lacks $($more:tt)*]) => { ($crate::runtime::codec::kind::object, false, "") };
    (@told [$name:literal $($more:tt)*]) => { ($crate::runtime::codec::kind::object, false, "") };
    (@told [$($kind:ident)|+]) => { ($($crate::runtime::codec::kind::$kind)|+, true, "") };
    (@told [$($kind:ident)|+, $($more:tt)*]) => { ($($crate::runtime::codec::kind::$kind)|+, false, "") };

    // Only objects and arrays are read as soon as their type is known; nothing is compiled for texts and numbers.
    (@read_told $kind:ident $deserializer:ident $variant:ident [number]) => {};
    (@read_told $kind:ident $deserializer:ident $variant:ident [string]) => {};
    (@read_told $kind:ident $deserializer:ident $variant:ident []) => {
        $crate::runtime::codec::union_codec!(@read_told $kind $deserializer $variant [any]);
    };
    (@read_told $kind:ident $deserializer:ident $variant:ident [$($told:ident)|+]) => {
        if ($($crate::runtime::codec::kind::$told)|+) & $kind != 0 {
            return $crate::runtime::codec::read_told(stringify!($variant), Self::$variant, $deserializer);
        }
    };
    (@read_told $kind:ident $deserializer:ident $variant:ident $conditions:tt) => {};

    (@choose $choice:ident $closest:ident $variant:ident null) => {
        if $choice.is($crate::runtime::codec::kind::null) {
            return Some(Self::$variant);
        }
    };
    (@choose $choice:ident $closest:ident $variant:ident $constant:literal) => {
        if $choice.value($constant) {
            return Some(Self::$variant);
        }
    };
    (@choose $choice:ident $closest:ident $variant:ident [$($conditions:tt)*]) => {
        if $crate::runtime::codec::union_codec!(@fits $choice $($conditions)*)
            && let Some(value) = $choice.read(stringify!($variant))
        {
            return Some(Self::$variant(value));
        }
    };
    (@choose $choice:ident $closest:ident $variant:ident [$($conditions:tt)*] alike) => {
        let $closest = if $crate::runtime::codec::union_codec!(@fits $choice $($conditions)*)
            && let Some(value) = $choice.read_closer(stringify!($variant))
        {
            Some(Self::$variant(value))
        } else {
            $closest
        };
    };
    (@choose $choice:ident $closest:ident $variant:ident [$($conditions:tt)*] only) => {
        let $closest = if $crate::runtime::codec::union_codec!(@fits $choice $($conditions)*)
            && let Some(value) = $choice.read_only(stringify!($variant))
        {
            Some(Self::$variant(value))
        } else {
            $closest
        };
    };

    (@fits $choice:ident) => { true };
    (@fits $choice:ident has $name:literal $(, $($rest:tt)*)?) => {
        $choice.has($name) $(&& $crate::runtime::codec::union_codec!(@fits $choice $($rest)*))?
    };
    (@fits $choice:ident lacks $name:literal $(, $($rest:tt)*)?) => {
        $choice.lacks($name) $(&& $crate::runtime::codec::union_codec!(@fits $choice $($rest)*))?
    };
    (@fits $choice:ident adds $($conditions:tt)*) => {
        $crate::runtime::codec::union_codec!(@fits $choice $($conditions)*)
    };
    (@fits $choice:ident at_least $count:literal $(, $($rest:tt)*)?) => {
        $choice.at_least($count) $(&& $crate::runtime::codec::union_codec!(@fits $choice $($rest)*))?
    };
    (@fits $choice:ident $name:literal = $($value:literal)|+ $(, $($rest:tt)*)?) => {
        ($($choice.property($name, $value))||+)
            $(&& $crate::runtime::codec::union_codec!(@fits $choice $($rest)*))?
    };
    (@fits $choice:ident = $($value:literal)|+ $(, $($rest:tt)*)?) => {
        ($($choice.value($value))||+)
            $(&& $crate::runtime::codec::union_codec!(@fits $choice $($rest)*))?
    };
    (@fits $choice:ident $($kind:ident)|+ $(, $($rest:tt)*)?) => {
        $choice.is($($crate::runtime::codec::kind::$kind)|+)
            $(&& $crate::runtime::codec::union_codec!(@fits $choice $($rest)*))?
    };

    (@pattern $value:ident $variant:ident null) => { Self::$variant };
    (@pattern $value:ident $variant:ident $constant:literal) => { Self::$variant };
    (@pattern $value:ident $variant:ident $conditions:tt) => { Self::$variant($value) };
    (@write $value:ident $serializer:ident null) => { $serializer.serialize_unit() };
    (@write $value:ident $serializer:ident $constant:literal) => {
        $crate::runtime::codec::write_constant($constant, $serializer)
    };
    (@write $value:ident $serializer:ident [adds $name:literal = $tag:literal $($more:tt)*]) => {
        $crate::runtime::codec::write_tagged($name, $tag, $value, $serializer)
    };
    (@write $value:ident $serializer:ident $conditions:tt) => { ::serde::Serialize::serialize($value, $serializer) };
}

#[allow(unused_imports, reason = "an API may have no unions")]
pub(crate) use union_codec;
