//! The macro that says what values of a type must keep to.

/// Says what the parts of a type must keep to, and gives it `validate`.
///
/// ```text
/// rules!(struct Booking {
///     passenger_name: "passengerName" min_length(1) max_length(120) pattern("^[A-Z]"),
///     seats: "seats" max_items(9) each(minimum(1) maximum(9)),
///     route: "route" nested,                       // what `Route` demands
///     stops: "stops" counted max_items(9),         // of the items only the number matters
///     codes: "codes" whole unique_items,           // of the value as it is in JSON
///     ..extra: each_member(max_length(5000)),      // the members without fields of their own
///     ..self: whole any((required("iban")) (required("card"))),
/// });
///
/// rules!(union Source {
///     Card: nested,
///     Text: max_length(5000),
/// });
///
/// rules!(tuple Track {
///     0: nested,
///     1: minimum(0),
///     2 rest: max_length(20),                      // each of all other items
/// });
///
/// rules!(newtype Isbn {
///     0: pattern("^[0-9]{13}$"),
/// });
///
/// rules!(static TREE {                             // rules that others refer to
///     types("object"),
///     members("left": (refer(TREE)), "right": (refer(TREE)),),
/// });
///
/// rules!(minimum(1) maximum(9))                    // the rules as an expression
/// ```
///
/// Commas at the end do not count: formatters add some where what is in parentheses looks like arguments.
#[cfg(feature = "validate")]
#[allow(unused_macros, reason = "an API may have no rules")]
macro_rules! rules {
    (struct $name:ident {
        $($field:ident: $wire:literal $($keyword:ident $(($($argument:tt)*))?)+,)*
        $(..$rest:ident: $($rest_keyword:ident $(($($rest_argument:tt)*))?)+,)*
    }) => {
        $crate::runtime::codec::rules!(@own $name found self {
            $($crate::runtime::codec::rules!(
                @check found.member($wire), &self.$field, $($keyword $(($($argument)*))?)+
            );)*
            $($crate::runtime::codec::rules!(
                @rest found self $rest $($rest_keyword $(($($rest_argument)*))?)+
            );)*
        });
    };
    (union $name:ident {
        $($variant:ident: $($keyword:ident $(($($argument:tt)*))?)+,)*
        $(..self: $($own_keyword:ident $(($($own_argument:tt)*))?)+,)*
    }) => {
        $crate::runtime::codec::rules!(@own $name found self {
            $(if let Self::$variant(value) = self {
                $crate::runtime::codec::rules!(
                    @check found.here(), value, $($keyword $(($($argument)*))?)+
                );
            })*
            $($crate::runtime::codec::rules!(
                @check found.here(), self, $($own_keyword $(($($own_argument)*))?)+
            );)*
        });
    };

    (tuple $name:ident {
        $($item:tt $($mode:ident)?: $($keyword:ident $(($($argument:tt)*))?)+,)*
    }) => {
        $crate::runtime::codec::rules!(@own $name found self {
            $($crate::runtime::codec::rules!(
                @item found self $item $($mode)?: $($keyword $(($($argument)*))?)+
            );)*
        });
    };
    (newtype $name:ident {
        $($item:tt: $($keyword:ident $(($($argument:tt)*))?)+,)*
    }) => {
        $crate::runtime::codec::rules!(@own $name found self {
            $($crate::runtime::codec::rules!(
                @check found.here(), &self.$item, $($keyword $(($($argument)*))?)+
            );)*
        });
    };

    (@own $name:ident $found:ident $self:ident { $($body:tt)* }) => {
        impl $crate::runtime::codec::Check for $name {
            fn view(&$self) -> $crate::runtime::codec::View<'_> {
                $crate::runtime::codec::View::Own($self)
            }

            #[allow(irrefutable_let_patterns, reason = "a union may have one variant")]
            fn check(&$self, $found: &mut $crate::runtime::codec::Checker) {
                $($body)*
            }
        }

        impl $name {
            /// Checks that the value keeps the rules of the document; the error lists everything that does not.
            pub fn validate(&self) -> Result<(), $crate::runtime::codec::Violations> {
                $crate::runtime::codec::Checker::run(self)
            }
        }
    };

    (@rest $found:ident $self:ident self $($rules:tt)+) => {
        $crate::runtime::codec::rules!(@check $found.here(), $self, $($rules)+)
    };
    (@rest $found:ident $self:ident $rest:ident $($rules:tt)+) => {
        $crate::runtime::codec::rules!(@check $found.here(), &$self.$rest, $($rules)+)
    };

    (@item $found:ident $self:ident .. self: $($rules:tt)+) => {
        $crate::runtime::codec::rules!(@check $found.here(), $self, $($rules)+)
    };
    (@item $found:ident $self:ident $first:tt rest: $($rules:tt)+) => {
        for (index, item) in $self.$first.iter().enumerate() {
            $crate::runtime::codec::rules!(@check $found.item($first + index), item, $($rules)+);
        }
    };
    (@item $found:ident $self:ident $item:tt: $($rules:tt)+) => {
        $crate::runtime::codec::rules!(@check $found.item($item), &$self.$item, $($rules)+)
    };

    (@check $at:expr, $value:expr, counted $($rules:tt)+) => {
        $at.counted($crate::runtime::codec::Count::count($value), $crate::runtime::codec::rules!($($rules)+))
    };
    (@check $at:expr, $value:expr, whole $($rules:tt)+) => {
        $at.whole($value, $crate::runtime::codec::rules!($($rules)+))
    };
    (@check $at:expr, $value:expr, $($rules:tt)+) => {
        $at.value($value, $crate::runtime::codec::rules!($($rules)+))
    };

    (@rule nested) => { $crate::runtime::codec::Rule::Nested };
    (@rule never) => { $crate::runtime::codec::Rule::Never };
    (@rule types $($name:literal)+ $(,)?) => { $crate::runtime::codec::Rule::Types(&[$($name),+]) };
    (@rule values $json:literal $(,)?) => {
        $crate::runtime::codec::Rule::Values({
            static VALUES: $crate::runtime::codec::Values = $crate::runtime::codec::Values::new($json);
            &VALUES
        })
    };
    (@rule minimum $limit:literal $(,)?) => { $crate::runtime::codec::Rule::Minimum(stringify!($limit)) };
    (@rule maximum $limit:literal $(,)?) => { $crate::runtime::codec::Rule::Maximum(stringify!($limit)) };
    (@rule exclusive_minimum $limit:literal $(,)?) => { $crate::runtime::codec::Rule::ExclusiveMinimum(stringify!($limit)) };
    (@rule exclusive_maximum $limit:literal $(,)?) => { $crate::runtime::codec::Rule::ExclusiveMaximum(stringify!($limit)) };
    (@rule multiple_of $step:literal $(,)?) => { $crate::runtime::codec::Rule::MultipleOf(stringify!($step)) };
    (@rule min_length $count:literal) => { $crate::runtime::codec::Rule::MinLength($count) };
    (@rule max_length $count:literal) => { $crate::runtime::codec::Rule::MaxLength($count) };
    (@rule min_items $count:literal) => { $crate::runtime::codec::Rule::MinItems($count) };
    (@rule max_items $count:literal) => { $crate::runtime::codec::Rule::MaxItems($count) };
    (@rule unique_items) => { $crate::runtime::codec::Rule::UniqueItems };
    (@rule each $($rules:tt)*) => {
        $crate::runtime::codec::Rule::Items { first: &[], rest: Some($crate::runtime::codec::rules!(@list $($rules)*)) }
    };
    (@rule items $(($($first:tt)*))* $([$($rest:tt)*])? $(,)?) => {
        $crate::runtime::codec::Rule::Items {
            first: &[$($crate::runtime::codec::rules!(@list $($first)*)),*],
            rest: $crate::runtime::codec::rules!(@option $([$($rest)*])?),
        }
    };
    (@rule contains $min:literal, $max:literal, $($rules:tt)*) => {
        $crate::runtime::codec::Rule::Contains {
            min: $min,
            max: Some($max),
            rules: $crate::runtime::codec::rules!(@list $($rules)*),
        }
    };
    (@rule contains $min:literal, $($rules:tt)*) => {
        $crate::runtime::codec::Rule::Contains {
            min: $min,
            max: None,
            rules: $crate::runtime::codec::rules!(@list $($rules)*),
        }
    };
    (@rule min_properties $count:literal) => { $crate::runtime::codec::Rule::MinProperties($count) };
    (@rule max_properties $count:literal) => { $crate::runtime::codec::Rule::MaxProperties($count) };
    (@rule each_member $($rules:tt)*) => {
        $crate::runtime::codec::Rule::Members {
            fields: &[],
            patterns: &[],
            rest: Some($crate::runtime::codec::rules!(@list $($rules)*)),
        }
    };
    (@rule members
        $($name:literal: ($($rules:tt)*),)*
        $($engine:ident($($pattern:tt)*): ($($pattern_rules:tt)*),)*
        $(..: ($($rest:tt)*),)?
    ) => {
        $crate::runtime::codec::Rule::Members {
            fields: &[$(($name, $crate::runtime::codec::rules!(@list $($rules)*))),*],
            patterns: &[$((
                $crate::runtime::codec::rules!(@pattern $engine $($pattern)*),
                $crate::runtime::codec::rules!(@list $($pattern_rules)*),
            )),*],
            rest: $crate::runtime::codec::rules!(@option $([$($rest)*])?),
        }
    };
    (@rule names $($rules:tt)*) => {
        $crate::runtime::codec::Rule::Names($crate::runtime::codec::rules!(@list $($rules)*))
    };
    (@rule required $($name:literal)+ $(,)?) => { $crate::runtime::codec::Rule::Required(&[$($name),+]) };
    (@rule dependent_required $name:literal: $($others:literal)*) => {
        $crate::runtime::codec::Rule::DependentRequired($name, &[$($others),*])
    };
    (@rule dependent $name:literal: $($rules:tt)*) => {
        $crate::runtime::codec::Rule::Dependent($name, $crate::runtime::codec::rules!(@list $($rules)*))
    };
    (@rule all $(($($rules:tt)*))* $(,)?) => {
        $crate::runtime::codec::Rule::All(&[$($crate::runtime::codec::rules!(@list $($rules)*)),*])
    };
    (@rule any $(($($rules:tt)*))* $(,)?) => {
        $crate::runtime::codec::Rule::Any(&[$($crate::runtime::codec::rules!(@list $($rules)*)),*])
    };
    (@rule one $(($($rules:tt)*))* $(,)?) => {
        $crate::runtime::codec::Rule::One(&[$($crate::runtime::codec::rules!(@list $($rules)*)),*])
    };
    (@rule not $($rules:tt)*) => {
        $crate::runtime::codec::Rule::Not($crate::runtime::codec::rules!(@list $($rules)*))
    };
    (@rule when ($($condition:tt)*) ($($then:tt)*) ($($otherwise:tt)*) $(,)?) => {
        $crate::runtime::codec::Rule::If {
            condition: $crate::runtime::codec::rules!(@list $($condition)*),
            then: $crate::runtime::codec::rules!(@list $($then)*),
            otherwise: $crate::runtime::codec::rules!(@list $($otherwise)*),
        }
    };
    (@rule unevaluated_items $($rules:tt)*) => {
        $crate::runtime::codec::Rule::UnevaluatedItems($crate::runtime::codec::rules!(@list $($rules)*))
    };
    (@rule unevaluated_members $($rules:tt)*) => {
        $crate::runtime::codec::Rule::UnevaluatedMembers($crate::runtime::codec::rules!(@list $($rules)*))
    };
    (@rule refer $rules:path $(,)?) => { $crate::runtime::codec::Rule::Refer(&$rules) };
    (@rule $engine:ident $($pattern:tt)*) => {
        $crate::runtime::codec::Rule::Pattern($crate::runtime::codec::rules!(@pattern $engine $($pattern)*))
    };

    (@pattern pattern $text:literal $(,)?) => {{
        static PATTERN: $crate::runtime::codec::Pattern = $crate::runtime::codec::Pattern::new($text, $text);
        &PATTERN
    }};
    (@pattern pattern $text:literal, $written:literal $(,)?) => {{
        static PATTERN: $crate::runtime::codec::Pattern = $crate::runtime::codec::Pattern::new($text, $written);
        &PATTERN
    }};
    (@pattern backtracking $text:literal $(,)?) => {{
        static PATTERN: $crate::runtime::codec::Backtracking = $crate::runtime::codec::Backtracking::new($text, $text);
        &PATTERN
    }};
    (@pattern backtracking $text:literal, $written:literal $(,)?) => {{
        static PATTERN: $crate::runtime::codec::Backtracking = $crate::runtime::codec::Backtracking::new($text, $written);
        &PATTERN
    }};

    (@option) => { None };
    (@option [$($rules:tt)*]) => { Some($crate::runtime::codec::rules!(@list $($rules)*)) };

    (@list $($keyword:ident $(($($argument:tt)*))?)* $(,)?) => {
        &[$($crate::runtime::codec::rules!(@rule $keyword $($($argument)*)?)),*]
    };

    (static $name:ident { $($keyword:ident $(($($argument:tt)*))?,)* }) => {
        pub(crate) static $name: $crate::runtime::codec::RuleList =
            &[$($crate::runtime::codec::rules!(@rule $keyword $($($argument)*)?)),*];
    };
    ($($keyword:ident $(($($argument:tt)*))?)+ $(,)?) => {{
        static RULES: $crate::runtime::codec::RuleList =
            &[$($crate::runtime::codec::rules!(@rule $keyword $($($argument)*)?)),+];
        RULES
    }};
}

/// Says nothing: the feature `validate` is off.
#[cfg(not(feature = "validate"))]
#[allow(unused_macros, reason = "an API may have no rules")]
macro_rules! rules {
    ($($rules:tt)*) => {};
}

#[allow(unused_imports, reason = "an API may have no rules")]
pub(crate) use rules;
