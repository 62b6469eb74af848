//! Guesses how the pages of operations follow each other, by the names that APIs use.
//!
//! A guess is only ever proposed. What is proposed was compared with the operation, so that it verifies; whether the
//! server means it, a person has to say.

use std::collections::BTreeSet;

use specsmith_diagnostics::Location;

use super::verify::{escaped, lists, page_of};
use super::{PageDeclaration, PageStyle, Written, verify};
use crate::pointer::{self, resolve};
use crate::{Access, Api, Operation, OperationId, ParameterIn, Shape, TypeId, Types};

/// A declaration that fits some operations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inferred {
    /// What to declare.
    pub declaration: PageDeclaration,
    /// The operations that it is for.
    pub operations: Vec<OperationId>,
    /// Whether it can be declared for all operations: behind the ones before, it fits no others.
    pub for_all: bool,
}

/// Parameters that take a cursor.
const CURSORS: &[&str] = &[
    "cursor",
    "nextcursor",
    "startcursor",
    "pagecursor",
    "after",
    "afterid",
    "startingafter",
    "startafter",
    "pagetoken",
    "nextpagetoken",
    "nexttoken",
    "continuationtoken",
    "token",
    "continue",
    "marker",
    "nextmarker",
    "startkey",
    "pagestate",
    "offset",
    "page",
    "from",
];

/// Members that hold the cursor of the next page.
const NEXT_CURSORS: &[&str] = &[
    "nextcursor",
    "cursor",
    "endcursor",
    "nextpagetoken",
    "nexttoken",
    "nextpage",
    "next",
    "nextmarker",
    "marker",
    "continue",
    "continuationtoken",
    "nextpageoffset",
    "nextoffset",
    "startingafter",
    "after",
    "offset",
    "lastkey",
    "lastid",
];

/// Members that hold the address of the next page.
const NEXT_URLS: &[&str] = &[
    "next",
    "nexturl",
    "nexturi",
    "nextlink",
    "nextpageuri",
    "nextpageurl",
    "odatanextlink",
    "nexthref",
    "href",
];

/// Objects around these members, by the beginning of their names.
const ENVELOPES: &[&str] = &[
    "meta",
    "metadata",
    "page",
    "pages",
    "paging",
    "pagination",
    "pageinfo",
    "cursor",
    "cursors",
    "nextpage",
    "next",
    "links",
    "link",
    "responsemetadata",
    "result",
    "results",
    "data",
    "info",
];

const OFFSETS: &[&str] = &["offset", "skip", "start", "startindex"];
const PAGES: &[&str] = &["page", "pagenumber", "pageno", "pageindex", "pagenum", "p"];
const HAS_MORE: &[&str] = &["hasmore", "hasnext", "hasnextpage", "more"];
const TOTALS: &[&str] = &[
    "total",
    "totalcount",
    "totalitems",
    "totalresults",
    "totalsize",
    "count",
];
const TOTAL_PAGES: &[&str] = &["totalpages", "pagecount", "pages", "pagestotal", "lastpage"];

/// Proposes declarations, the ones for most operations first.
///
/// Operations that have a pagination are left out, and so are deprecated ones where nothing else is like them.
pub fn infer(api: &Api) -> Vec<Inferred> {
    let open = || api.operations().filter(|(_, operation)| operation.pagination.is_none());
    let mut groups: Vec<(PageDeclaration, Vec<OperationId>)> = Vec::new();
    for (id, declaration) in guesses(open(), &api.types) {
        match groups.iter_mut().find(|(known, _)| *known == declaration) {
            Some((_, operations)) => operations.push(id),
            None => groups.push((declaration, vec![id])),
        }
    }
    // What is more particular comes first, so that what is less so can be declared for all the rest.
    groups.sort_by_key(|(declaration, operations)| (rank(declaration), std::cmp::Reverse(operations.len())));
    let mut taken: BTreeSet<OperationId> = BTreeSet::new();
    let mut inferred = Vec::new();
    for (declaration, operations) in groups {
        let fits = |(id, operation): &(OperationId, &Operation)| {
            !taken.contains(id) && verify(&api.types, operation, &declaration).is_ok()
        };
        let for_all = open().filter(fits).all(|(id, _)| operations.contains(&id));
        taken.extend(&operations);
        inferred.push(Inferred {
            declaration,
            operations,
            for_all,
        });
    }
    inferred
}

/// A guess for each operation that seems to have pages.
///
/// Where operations differ in nothing but the name of their only list, none of them names it, so that one declaration is
/// enough for all.
fn guesses<'a>(
    operations: impl Iterator<Item = (OperationId, &'a Operation)>,
    types: &'a Types,
) -> Vec<(OperationId, PageDeclaration)> {
    let mut guesses = Vec::new();
    let mut lists: Vec<(PageDeclaration, BTreeSet<String>)> = Vec::new();
    for (id, operation) in operations {
        let guesser = Guesser { types, operation };
        let Some((declaration, items)) = guesser.guess() else {
            continue;
        };
        match lists.iter_mut().find(|(known, _)| *known == declaration) {
            Some((_, known)) => drop(known.insert(items.clone())),
            None => lists.push((declaration.clone(), BTreeSet::from([items.clone()]))),
        }
        guesses.push((id, operation, declaration, items));
    }
    let complete = |(id, operation, declaration, items): (_, _, PageDeclaration, String)| {
        let named = lists.iter().find(|(known, _)| *known == declaration);
        let is_alone = named.is_none_or(|(_, names)| names.len() == 1);
        let is_needed = verify(types, operation, &declaration).is_err();
        let named = (!items.is_empty() && (is_alone || is_needed)).then(|| written(&items));
        let items = named;
        (id, PageDeclaration { items, ..declaration })
    };
    guesses.into_iter().map(complete).collect()
}

fn rank(declaration: &PageDeclaration) -> usize {
    match declaration.style {
        PageStyle::LinkHeader => 0,
        PageStyle::Cursor => 1,
        PageStyle::NextUrl => 2,
        PageStyle::Offset if declaration.total.is_some() => 3,
        PageStyle::Page if declaration.total_pages.is_some() => 4,
        PageStyle::Offset => 5,
        PageStyle::Page => 6,
    }
}

struct Guesser<'a> {
    types: &'a Types,
    operation: &'a Operation,
}

impl Guesser<'_> {
    /// The declaration without its list, and the list.
    fn guess(&self) -> Option<(PageDeclaration, String)> {
        let method = self.operation.method.as_str();
        if !matches!(method, "GET" | "POST" | "QUERY") {
            return None;
        }
        let (_, page) = page_of(self.operation)?;
        let members = self.members(page);
        let items = self.items(page)?;
        let candidates = [
            self.link_header(),
            self.cursor(&members),
            self.next_url(&members),
            self.last_item(&members, &items),
            self.counter(PageStyle::Offset, OFFSETS, &members),
            self.counter(PageStyle::Page, PAGES, &members),
        ];
        let fits = |declaration: &PageDeclaration| {
            let items = Some(written(&items)).filter(|_| !items.is_empty());
            let complete = PageDeclaration {
                items,
                ..declaration.clone()
            };
            verify(self.types, self.operation, &complete).is_ok()
        };
        let declaration = candidates.into_iter().flatten().find(fits)?;
        Some((declaration, items))
    }

    /// The list of a page: the only one, or one by a usual name.
    fn items(&self, page: TypeId) -> Option<String> {
        let mut found = lists(self.types, page);
        if found.is_empty() {
            let nested = self
                .fields(page, "")
                .into_iter()
                .filter(|(name, ..)| ENVELOPES.contains(&folded(name).as_str()));
            for (_, pointer, ty) in nested {
                found.extend(
                    lists(self.types, ty)
                        .into_iter()
                        .filter(|list| !list.is_empty())
                        .map(|list| pointer.clone() + &list),
                );
            }
        }
        let usual = [
            "/data", "/items", "/results", "/entries", "/values", "/value", "/objects",
        ];
        match &*found {
            [only] => Some(only.clone()),
            found => {
                let is_errors = |list: &&String| matches!(&*folded(list), "errors" | "warnings" | "order" | "includes");
                let mut others = found.iter().filter(|list| !is_errors(list));
                let usual = found.iter().find(|list| usual.contains(&list.as_str()));
                let first = others.next();
                usual.or(first.filter(|_| others.next().is_none())).cloned()
            }
        }
    }

    /// The members of a page and of the envelopes in it: name, pointer, type.
    fn members(&self, page: TypeId) -> Vec<(String, String, TypeId)> {
        let mut members = self.fields(page, "");
        let envelopes = members
            .clone()
            .into_iter()
            .filter(|(name, ..)| ENVELOPES.contains(&folded(name).as_str()));
        for (_, pointer, ty) in envelopes {
            let inner = self.fields(ty, &pointer);
            let deeper = inner
                .clone()
                .into_iter()
                .filter(|(name, ..)| ENVELOPES.contains(&folded(name).as_str()));
            members.extend(inner);
            for (_, pointer, ty) in deeper {
                members.extend(self.fields(ty, &pointer));
            }
        }
        members
    }

    fn fields(&self, ty: TypeId, at: &str) -> Vec<(String, String, TypeId)> {
        let Shape::Object(object) = &self.types[resolve(self.types, ty)].shape else {
            return Vec::new();
        };
        let fields = object.fields.iter().filter(|field| field.access != Access::WriteOnly);
        let field = |field: &crate::Field| (field.name.clone(), format!("{at}{}", escaped(&field.name)), field.ty);
        fields.map(field).collect()
    }

    fn link_header(&self) -> Option<PageDeclaration> {
        let (response, _) = page_of(self.operation)?;
        let mut headers = response.headers.iter();
        headers
            .any(|header| header.name.eq_ignore_ascii_case("link"))
            .then(|| PageDeclaration::new(PageStyle::LinkHeader, Location::default()))
    }

    fn cursor(&self, members: &[(String, String, TypeId)]) -> Option<PageDeclaration> {
        let parameter = self.parameter(CURSORS)?;
        let mut found = members.iter().filter(|(name, pointer, ty)| {
            let is_next = NEXT_CURSORS.contains(&folded(name).as_str());
            // A bare `cursor` or `page` says where this page is, unless it stands in something about the next one.
            let is_here = matches!(&*folded(name), "offset" | "after" | "marker") && !folded(pointer).contains("next");
            let last_needs_more = folded(name) != "lastid" || named(members, HAS_MORE).is_some();
            is_next && !is_here && last_needs_more && self.is_scalar(*ty)
        });
        let (_, next, _) = found.by_ref().min_by_key(|(name, ..)| position(NEXT_CURSORS, name))?;
        Some(PageDeclaration {
            parameter: Some(parameter),
            next: Some(written(next)),
            has_more: named(members, HAS_MORE).map(|pointer| written(&pointer)),
            ..PageDeclaration::new(PageStyle::Cursor, Location::default())
        })
    }

    /// The id of the last item where the page only says that there is more.
    fn last_item(&self, members: &[(String, String, TypeId)], items: &str) -> Option<PageDeclaration> {
        let has_more = named(members, HAS_MORE)?;
        let parameter = self.parameter(&["startingafter", "startafter", "after", "afterid", "cursor"])?;
        Some(PageDeclaration {
            parameter: Some(parameter),
            next: Some(written(&format!("{items}/-1/id"))),
            has_more: Some(written(&has_more)),
            ..PageDeclaration::new(PageStyle::Cursor, Location::default())
        })
    }

    fn next_url(&self, members: &[(String, String, TypeId)]) -> Option<PageDeclaration> {
        let found = members.iter().find(|(name, pointer, ty)| {
            let name = folded(name);
            let is_next = name != "href" || folded(pointer).contains("next");
            is_next && NEXT_URLS.contains(&name.as_str()) && self.is_address(&name, pointer, *ty)
        });
        let (_, next, _) = found?;
        Some(PageDeclaration {
            next: Some(written(next)),
            ..PageDeclaration::new(PageStyle::NextUrl, Location::default())
        })
    }

    /// Text that is an address by its format, its name, or what is around it.
    fn is_address(&self, name: &str, pointer: &str, ty: TypeId) -> bool {
        let Shape::String(text) = &self.types[resolve(self.types, ty)].shape else {
            return false;
        };
        let by_format = text
            .format
            .as_deref()
            .is_some_and(|format| matches!(format, "uri" | "url" | "uri-reference"));
        by_format
            || name != "next"
            || folded(pointer).contains("link")
            || self.parameter(PAGES).or_else(|| self.parameter(OFFSETS)).is_some()
    }

    fn counter(
        &self,
        style: PageStyle,
        names: &[&str],
        members: &[(String, String, TypeId)],
    ) -> Option<PageDeclaration> {
        let mut declaration = PageDeclaration::new(style, Location::default());
        declaration.parameter = Some(self.parameter(names)?);
        let numbers: Vec<_> = members
            .iter()
            .filter(|(.., ty)| self.is_integer(*ty))
            .cloned()
            .collect();
        match style {
            PageStyle::Page => declaration.total_pages = named(&numbers, TOTAL_PAGES).map(|pointer| written(&pointer)),
            _ => declaration.total = named(&numbers, TOTALS).map(|pointer| written(&pointer)),
        }
        declaration.has_more = named(members, HAS_MORE).map(|pointer| written(&pointer));
        Some(declaration)
    }

    /// A parameter of the query, or else a member of the body, of one of these names.
    fn parameter(&self, names: &[&str]) -> Option<Written> {
        let parameters = self.operation.parameters.iter();
        let query = parameters.filter(|parameter| parameter.place == ParameterIn::Query);
        let best = query
            .map(|parameter| parameter.name.as_str())
            .filter(|name| names.contains(&folded(name).as_str()));
        if let Some(name) = best.min_by_key(|name| position(names, name)) {
            return Some(written(name));
        }
        let body = self.operation.request_body.as_ref()?;
        let ty = body.content.iter().find(|content| content.media_type.is_json())?.ty?;
        let members = self.fields(ty, "").into_iter();
        let best = members.filter(|(name, ..)| names.contains(&folded(name).as_str()));
        let (_, pointer, _) = best.min_by_key(|(name, ..)| position(names, name))?;
        Some(written(&pointer))
    }

    fn is_scalar(&self, ty: TypeId) -> bool {
        !matches!(
            self.types[pointer::resolve(self.types, ty)].shape,
            Shape::Object(_) | Shape::Array(_) | Shape::Tuple(_) | Shape::Boolean
        )
    }

    fn is_integer(&self, ty: TypeId) -> bool {
        matches!(
            self.types[pointer::resolve(self.types, ty)].shape,
            Shape::Integer(_) | Shape::Number(_)
        )
    }
}

/// The first of these names that a member has, as its pointer.
fn named(members: &[(String, String, TypeId)], names: &[&str]) -> Option<String> {
    let found = members
        .iter()
        .filter(|(name, ..)| names.contains(&folded(name).as_str()));
    let (_, pointer, _) = found.min_by_key(|(name, ..)| position(names, name))?;
    Some(pointer.clone())
}

fn position(names: &[&str], name: &str) -> usize {
    names
        .iter()
        .position(|known| *known == folded(name))
        .unwrap_or(names.len())
}

/// A name in lower case, letters only.
fn folded(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|c| c.to_ascii_lowercase()).collect()
}

fn written(text: &str) -> Written {
    Written {
        text: text.to_owned(),
        location: Location::default(),
    }
}
