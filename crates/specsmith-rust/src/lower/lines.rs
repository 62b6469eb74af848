//! How long the text of something is about, before it is printed.

use crate::Prose;
use crate::model::{Operation, ResponseBody, TypeBody, TypeItem};

/// How long a type definition is about, in lines.
pub(super) fn of_type(item: &TypeItem) -> usize {
    if item.same_as.is_some() {
        return 3 + prose(&item.docs);
    }
    let body = match &item.body {
        TypeBody::Struct(body) => {
            let fields = body.fields.iter().map(|field| 7 + prose(&field.docs));
            fields.sum::<usize>() + body.constants.len()
        }
        TypeBody::Enum(body) => body.variants.iter().map(|variant| 2 + prose(&variant.docs)).sum(),
        TypeBody::Union(body) => body.variants.iter().map(|variant| 8 + prose(&variant.docs)).sum(),
        TypeBody::Tuple(body) => 2 * body.items.len(),
        TypeBody::Alias(_) | TypeBody::Newtype(_) => 0,
    };
    10 + prose(&item.docs) + body
}

/// How long all that an operation needs is about, in lines.
pub(super) fn of_operation(operation: &Operation) -> usize {
    let parameters = operation.parameters.iter().map(|parameter| 10 + prose(&parameter.docs));
    let responses = operation.responses.list.iter().map(|response| match response.body {
        ResponseBody::Json(_) | ResponseBody::Xml(..) => 14 + prose(&response.docs),
        _ => 8 + prose(&response.docs),
    });
    let streams = 4 * operation.responses.stream_types().count();
    let links = operation.links.iter().map(|link| 14 + prose(&link.docs)).sum::<usize>();
    let body = operation.bodies().map(|body| 6 + prose(&body.docs)).sum::<usize>();
    40 + prose(&operation.docs) + parameters.sum::<usize>() + responses.sum::<usize>() + streams + body + links
}

fn prose(text: &Prose) -> usize {
    text.as_str().lines().count()
}
