//! Limits of values as sentences, the same in doc comments and in the reference.

use specsmith_ir::Numeric;

/// How many there may be: `At least 2 items.`
pub fn counts(noun: &str, least: Option<u64>, most: Option<u64>) -> Vec<String> {
    let one = noun.trim_end_matches('s');
    let count = |number: u64| match number {
        1 => format!("1 {one}"),
        number => format!("{number} {noun}"),
    };
    match (least.filter(|least| *least > 0), most) {
        (Some(least), Some(most)) if least == most => vec![format!("Exactly {}.", count(least))],
        (Some(least), Some(most)) => vec![format!("{least} to {}.", count(most))],
        (Some(least), None) => vec![format!("At least {}.", count(least))],
        (None, Some(most)) => vec![format!("At most {}.", count(most))],
        (None, None) => Vec::new(),
    }
}

/// Which numbers there may be: `At least 0.`, `A multiple of 5.`
pub fn bounds(numeric: &Numeric) -> Vec<String> {
    let bounds = [
        ("At least", &numeric.minimum),
        ("More than", &numeric.exclusive_minimum),
        ("At most", &numeric.maximum),
        ("Less than", &numeric.exclusive_maximum),
    ];
    let bounds = bounds
        .into_iter()
        .filter_map(|(relation, bound)| bound.as_ref().map(|bound| format!("{relation} {bound}.")));
    let steps = numeric.multiple_of.iter().map(|step| format!("A multiple of {step}."));
    bounds.chain(steps).collect()
}
