//! Compares a declaration with the operation that it is about.

use specsmith_diagnostics::{Code, Diagnostic, closest};

use super::{NextPage, PageDeclaration, PageLimit, PageParameter, PageStyle, Pagination, Written, listed};
use crate::pointer::{self, Lost};
use crate::{Content, Direction, Operation, ParameterIn, Presence, Response, Shape, Status, TypeId, Types, Value};

/// The pagination that a declaration means for an operation.
///
/// # Errors
/// Why the operation does not have it, at the place in the declaration that is to blame.
pub fn verify(
    types: &Types,
    operation: &Operation,
    declaration: &PageDeclaration,
) -> Result<Pagination, Box<Diagnostic>> {
    let verifier = Verifier {
        types,
        operation,
        declaration,
    };
    verifier.pagination().map_err(Box::new)
}

/// What the pages of an operation are called in messages: its name, or method and path.
pub(super) fn title(operation: &Operation) -> String {
    match &operation.name {
        Some(name) => format!("`{name}`"),
        None => format!("`{} {}`", operation.method, operation.path.text),
    }
}

/// The first successful response with a JSON body, and the type of that.
pub(super) fn page_of(operation: &Operation) -> Option<(&Response, TypeId)> {
    let is_success = |response: &&Response| match response.status {
        Status::Code(code) => code / 100 == 2,
        Status::Class(class) => class == 2,
        Status::Default => true,
    };
    let typed = |content: &Content| content.ty.filter(|_| content.media_type.is_json());
    let mut responses = operation.responses.iter().filter(is_success);
    responses.find_map(|response| Some((response, response.content.iter().find_map(typed)?)))
}

/// A parameter, its type where that is known, and whether it must be sent.
type Chosen = (PageParameter, Option<TypeId>, Presence);

struct Verifier<'a> {
    types: &'a Types,
    operation: &'a Operation,
    declaration: &'a PageDeclaration,
}

impl Verifier<'_> {
    fn pagination(&self) -> Result<Pagination, Diagnostic> {
        let declaration = self.declaration;
        if let Some(key) = declaration.lacks() {
            let message = format!("pages of the style `{}` need a `{key}`", declaration.style);
            return Err(Diagnostic::new(Code::InvalidPagination, message).at(declaration.location));
        }
        let page = page_of(self.operation).map(|(_, ty)| ty).ok_or_else(|| {
            let message = format!(
                "no response of {} is a page: none has a JSON body",
                title(self.operation)
            );
            self.about_operation(Diagnostic::new(Code::InvalidPagination, message).at(declaration.location))
        })?;
        Ok(Pagination {
            items: self.items(page)?,
            next: self.next(page)?,
            has_more: self.pointer(page, declaration.has_more.as_ref(), "a boolean", is_boolean)?,
            total: self.pointer(page, self.total(), "a number", is_number)?,
            limit: self.limit()?,
            location: declaration.location,
        })
    }

    fn total(&self) -> Option<&Written> {
        self.declaration
            .total
            .as_ref()
            .or(self.declaration.total_pages.as_ref())
    }

    fn next(&self, page: TypeId) -> Result<NextPage, Diagnostic> {
        let declaration = self.declaration;
        let next = declaration.next.as_ref();
        Ok(match declaration.style {
            PageStyle::Cursor => {
                let (parameter, taken, _) = self.parameter()?;
                let pointer = next
                    .map(|next| self.cursor(page, next, &parameter, taken))
                    .transpose()?;
                NextPage::Cursor(parameter, pointer.unwrap_or_default())
            }
            PageStyle::Offset => NextPage::Offset(self.counter()?.0),
            PageStyle::Page => {
                let (parameter, first) = self.counter()?;
                NextPage::Number(parameter, declaration.first_page.unwrap_or(first))
            }
            PageStyle::NextUrl => {
                let pointer = self.pointer(page, next, "an address", is_text)?;
                NextPage::Url(pointer.unwrap_or_default())
            }
            PageStyle::LinkHeader => {
                match declaration.parameter {
                    Some(_) => drop(self.parameter()?),
                    None => self.has_link_header()?,
                }
                NextPage::Link
            }
        })
    }

    /// A cursor whose type the parameter takes.
    fn cursor(
        &self,
        page: TypeId,
        next: &Written,
        parameter: &PageParameter,
        taken: Option<TypeId>,
    ) -> Result<String, Diagnostic> {
        let found = self.follow(page, next)?;
        let (Some(given), Some(taken)) = (found, taken) else {
            return Ok(next.text.clone());
        };
        let (given, taken) = (self.shape(given), self.shape(taken));
        let fits = match taken {
            Shape::String(_) => is_text(given) || is_number(given),
            Shape::Integer(_) | Shape::Number(_) => is_number(given),
            Shape::Any | Shape::Union(_) => true,
            _ => false,
        };
        if fits {
            return Ok(next.text.clone());
        }
        let message = format!(
            "`{}` leads to {}, but the parameter `{}` of {} takes {}",
            next.text,
            phrase(given),
            parameter.as_str(),
            title(self.operation),
            phrase(taken)
        );
        Err(self.about_operation(Diagnostic::new(Code::InvalidPagination, message).at(next.location)))
    }

    /// A parameter that takes a whole number, and its default.
    fn counter(&self) -> Result<(PageParameter, i64), Diagnostic> {
        let written = self.parameter_written()?;
        let (parameter, _, presence) = self.number(written)?;
        let default = match presence {
            Presence::Default(Value::Number(number)) => number.as_str().parse().ok(),
            _ => None,
        };
        Ok((parameter, default.unwrap_or(1)))
    }

    /// The parameter for the number of items of a page, and the most that it can be.
    fn limit(&self) -> Result<Option<PageLimit>, Diagnostic> {
        let Some(written) = &self.declaration.limit else {
            return Ok(None);
        };
        let (parameter, shape, _) = self.number(written)?;
        let most = match shape {
            Shape::Integer(numeric) => numeric.maximum.as_ref().and_then(|most| most.as_str().parse().ok()),
            _ => None,
        };
        Ok(Some(PageLimit { parameter, most }))
    }

    /// A parameter that takes a number.
    fn number(&self, written: &Written) -> Result<(PageParameter, &Shape, Presence), Diagnostic> {
        let (parameter, ty, presence) = self.chosen(written)?;
        let shape = ty.map_or(&Shape::Any, |ty| self.shape(ty));
        if is_number(shape) {
            return Ok((parameter, shape, presence));
        }
        let message = format!(
            "the parameter `{}` of {} takes {}, not a number",
            parameter.as_str(),
            title(self.operation),
            phrase(shape)
        );
        Err(self.about_operation(Diagnostic::new(Code::InvalidPagination, message).at(written.location)))
    }

    /// The parameter that chooses the page, with its type.
    fn parameter(&self) -> Result<Chosen, Diagnostic> {
        self.chosen(self.parameter_written()?)
    }

    fn parameter_written(&self) -> Result<&Written, Diagnostic> {
        self.declaration.parameter.as_ref().ok_or_else(|| {
            let message = format!("pages of the style `{}` need a `parameter`", self.declaration.style);
            Diagnostic::new(Code::InvalidPagination, message).at(self.declaration.location)
        })
    }

    /// A parameter of the query, or a member of the body.
    fn chosen(&self, written: &Written) -> Result<Chosen, Diagnostic> {
        if written.text.starts_with('/') {
            let ty = self.in_request_body(written)?;
            return Ok((PageParameter::Body(written.text.clone()), ty, Presence::Optional));
        }
        let parameters = &self.operation.parameters;
        let found = parameters.iter().find(|parameter| parameter.name == written.text);
        if let Some(parameter) = found.filter(|parameter| parameter.place == ParameterIn::Query) {
            let query = PageParameter::Query(parameter.name.clone());
            return Ok((query, Some(parameter.ty), parameter.presence.clone()));
        }
        let message = match found {
            Some(parameter) => format!(
                "`{}` is a {} parameter of {}, and only those of the query and the body say which page it is",
                written.text,
                parameter.place,
                title(self.operation)
            ),
            None => format!("{} has no parameter `{}`", title(self.operation), written.text),
        };
        let names = parameters
            .iter()
            .filter(|parameter| parameter.place == ParameterIn::Query);
        let names: Vec<&str> = names.map(|parameter| parameter.name.as_str()).collect();
        let finding = Diagnostic::new(Code::InvalidPagination, message).at(written.location);
        Err(self.about_operation(with_names(finding, &written.text, &names, "its query parameters are")))
    }

    fn in_request_body(&self, written: &Written) -> Result<Option<TypeId>, Diagnostic> {
        let body = self.operation.request_body.as_ref();
        let contents = body.into_iter().flat_map(|body| &body.content);
        let ty = contents
            .filter(|content| content.media_type.is_json())
            .find_map(|content| content.ty);
        let Some(ty) = ty else {
            let message = format!(
                "{} has no JSON body, so no member of it says which page it is",
                title(self.operation)
            );
            let finding = Diagnostic::new(Code::InvalidPagination, message).at(written.location);
            return Err(self.about_operation(finding));
        };
        self.follow(ty, written)
    }

    /// The list that is declared, or the only one there is.
    fn items(&self, page: TypeId) -> Result<String, Diagnostic> {
        if let Some(items) = &self.declaration.items {
            let found = pointer::follow(self.types, page, &items.text, Direction::Response);
            let found = found.map_err(|lost| self.lost(items, &lost))?;
            if let Some(ty) = found.ty.filter(|_| found.is_plain)
                && is_list(self.shape(ty))
            {
                return Ok(items.text.clone());
            }
            let what = match found.ty {
                Some(ty) if !is_list(self.shape(ty)) => phrase(self.shape(ty)),
                _ => "something without a type of its own",
            };
            let message = format!(
                "`{}` leads to {what} in {}, not to a list",
                items.text,
                title(self.operation)
            );
            let finding = Diagnostic::new(Code::InvalidPagination, message).at(items.location);
            let lists = lists(self.types, page);
            let lists: Vec<&str> = lists.iter().map(String::as_str).collect();
            return Err(self.about_operation(with_names(finding, &items.text, &lists, "its lists are")));
        }
        match &*lists(self.types, page) {
            [items] => Ok(items.clone()),
            found => {
                let message = match found {
                    [] => format!("the pages of {} have no list", title(self.operation)),
                    _ => format!("the pages of {} have more than one list", title(self.operation)),
                };
                let finding = Diagnostic::new(Code::InvalidPagination, message).at(self.declaration.location);
                let found: Vec<&str> = found.iter().map(String::as_str).collect();
                let finding = match &*found {
                    [] => finding,
                    found => finding.help(format!("name one by `items`: {}", listed(found))),
                };
                Err(self.about_operation(finding))
            }
        }
    }

    fn has_link_header(&self) -> Result<(), Diagnostic> {
        let headers = page_of(self.operation).map(|(response, _)| &response.headers);
        let mut headers = headers.into_iter().flatten();
        if headers.any(|header| header.name.eq_ignore_ascii_case("link")) {
            return Ok(());
        }
        let message = format!("the responses of {} have no header `Link`", title(self.operation));
        let finding = Diagnostic::new(Code::InvalidPagination, message).at(self.declaration.location);
        let help = "where the document leaves it out, name a query parameter of the pages by `parameter`";
        Err(self.about_operation(finding.help(help)))
    }

    /// A pointer to a value of a kind.
    fn pointer(
        &self,
        page: TypeId,
        written: Option<&Written>,
        expected: &str,
        is_expected: fn(&Shape) -> bool,
    ) -> Result<Option<String>, Diagnostic> {
        let Some(written) = written else { return Ok(None) };
        let found = self.follow(page, written)?;
        match found.map(|ty| self.shape(ty)) {
            Some(shape) if !is_expected(shape) => {
                let (what, title) = (phrase(shape), title(self.operation));
                let message = format!("`{}` leads to {what} in {title}, not to {expected}", written.text);
                Err(self.about_operation(Diagnostic::new(Code::InvalidPagination, message).at(written.location)))
            }
            _ => Ok(Some(written.text.clone())),
        }
    }

    fn follow(&self, ty: TypeId, written: &Written) -> Result<Option<TypeId>, Diagnostic> {
        let found = pointer::follow(self.types, ty, &written.text, Direction::Response);
        found.map(|found| found.ty).map_err(|lost| self.lost(written, &lost))
    }

    fn lost(&self, written: &Written, lost: &Lost<'_>) -> Diagnostic {
        let message = format!("`{}` leads nowhere in {}", written.text, title(self.operation));
        let finding = Diagnostic::new(Code::InvalidPagination, message).at(written.location);
        let finding = finding.label(match &*lost.members {
            [] => format!("nothing has members where `{}` is looked for", lost.step),
            _ => format!("there is no `{}`", lost.step),
        });
        self.about_operation(with_names(finding, &lost.step, &lost.members, "there are"))
    }

    fn shape(&self, ty: TypeId) -> &Shape {
        &self.types[pointer::resolve(self.types, ty)].shape
    }

    fn about_operation(&self, finding: Diagnostic) -> Diagnostic {
        match finding.location == Some(self.operation.location) {
            true => finding,
            false => finding.related(self.operation.location, "the operation"),
        }
    }
}

/// The lists of a page: itself, or those among its members.
pub(super) fn lists(types: &Types, page: TypeId) -> Vec<String> {
    let shape = |ty| &types[pointer::resolve(types, ty)].shape;
    match shape(page) {
        Shape::Array(_) => vec![String::new()],
        Shape::Object(object) => {
            let lists = object.fields.iter().filter(|field| is_list(shape(field.ty)));
            lists.map(|field| escaped(&field.name)).collect()
        }
        _ => Vec::new(),
    }
}

/// A member as a JSON Pointer.
pub(super) fn escaped(name: &str) -> String {
    format!("/{}", name.replace('~', "~0").replace('/', "~1"))
}

fn with_names(finding: Diagnostic, text: &str, names: &[&str], there_are: &str) -> Diagnostic {
    match (closest(text, names.iter().copied()), names) {
        (Some(meant), _) => finding.help(format!("did you mean `{meant}`?")),
        (None, []) => finding,
        (None, names) => finding.help(format!("{there_are} {}", listed(names))),
    }
}

fn is_list(shape: &Shape) -> bool {
    matches!(shape, Shape::Array(_))
}

fn is_boolean(shape: &Shape) -> bool {
    matches!(shape, Shape::Boolean | Shape::Any)
}

fn is_number(shape: &Shape) -> bool {
    matches!(
        shape,
        Shape::Integer(_) | Shape::Number(_) | Shape::Any | Shape::Union(_)
    )
}

fn is_text(shape: &Shape) -> bool {
    matches!(
        shape,
        Shape::String(_) | Shape::Enum(_) | Shape::Const(_) | Shape::Any | Shape::Union(_)
    )
}

/// What values of a shape are.
fn phrase(shape: &Shape) -> &'static str {
    match shape {
        Shape::Any => "anything",
        Shape::Never => "nothing",
        Shape::Null => "null",
        Shape::Boolean => "a boolean",
        Shape::Integer(_) | Shape::Number(_) => "a number",
        Shape::String(_) => "text",
        Shape::Enum(_) | Shape::Const(_) => "one of some values",
        Shape::Array(_) | Shape::Tuple(_) => "a list",
        Shape::Object(_) => "an object",
        Shape::Union(_) => "one of several types",
        Shape::Nullable(_) | Shape::Alias(_) => "another type",
    }
}
