//! Singular and plural of English words, as far as names need it.

/// Words that do not follow the rules, or that only look like a plural.
const IRREGULAR: &[(&str, &str)] = &[
    ("people", "person"),
    ("children", "child"),
    ("indices", "index"),
    ("vertices", "vertex"),
    ("matrices", "matrix"),
    ("shelves", "shelf"),
    ("halves", "half"),
    ("analyses", "analysis"),
    ("statuses", "status"),
    ("aliases", "alias"),
    ("addresses", "address"),
    ("buses", "bus"),
    ("movies", "movie"),
    ("cookies", "cookie"),
    ("caches", "cache"),
    ("databases", "database"),
    ("news", "news"),
    ("series", "series"),
    ("species", "species"),
    ("https", "https"),
    ("dns", "dns"),
    ("tls", "tls"),
    ("aws", "aws"),
    ("sms", "sms"),
    ("gps", "gps"),
    ("css", "css"),
    ("os", "os"),
    ("ios", "ios"),
    ("macos", "macos"),
    ("kubernetes", "kubernetes"),
    ("lens", "lens"),
    ("always", "always"),
    ("has", "has"),
    ("was", "was"),
    ("does", "does"),
    ("yes", "yes"),
    ("as", "as"),
];

/// The singular of a word in lower case; a word that is none stays.
pub(crate) fn singular(word: &str) -> String {
    if let Some((_, singular)) = IRREGULAR.iter().find(|(plural, _)| *plural == word) {
        return (*singular).to_owned();
    }
    if let Some(stem) = word.strip_suffix("ies")
        && stem.len() > 1
    {
        return format!("{stem}y");
    }
    for ending in ["sses", "shes", "ches", "xes", "zzes"] {
        if word.ends_with(ending) {
            return word.strip_suffix("es").unwrap_or(word).to_owned();
        }
    }
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 1 && !stem.ends_with(['s', 'u', 'i']) => stem.to_owned(),
        _ => word.to_owned(),
    }
}

/// Whether a word has a singular other than itself.
pub(crate) fn is_plural(word: &str) -> bool {
    singular(word) != word
}
