//! Parts of APIs.
#![allow(clippy::unwrap_used, clippy::panic)]

use specsmith_diagnostics::Location;

use super::*;
use crate::{
    Docs, Method, Parameter, ParameterEncoding, ParameterIn, PathTemplate, Presence, SecurityRequirement,
    SecurityScheme, SecuritySchemeKind, Shape, Step, Style, Tag,
};

fn operation(name: &str, tag: &str, ty: TypeId, scheme: u32) -> Operation {
    Operation {
        name: Some(name.to_owned()),
        method: Method::new("GET").unwrap(),
        path: PathTemplate {
            text: format!("/{name}"),
            segments: Vec::new(),
            query: Vec::new(),
            fragment: None,
        },
        tags: vec![tag.to_owned()],
        docs: Docs::default(),
        parameters: vec![Parameter {
            name: "q".to_owned(),
            place: ParameterIn::Query,
            presence: Presence::Optional,
            ty,
            encoding: ParameterEncoding::Style {
                style: Style::Form,
                explode: true,
                allow_reserved: false,
            },
            docs: Docs::default(),
            location: Location::default(),
        }],
        request_body: None,
        responses: Vec::new(),
        security: vec![SecurityRequirement {
            schemes: vec![RequiredScheme {
                scheme: SchemeId(scheme),
                scopes: Vec::new(),
            }],
        }],
        servers: Vec::new(),
        pagination: None,
        retirement: None,
        body_limit: None,
        location: Location::default(),
    }
}

fn api() -> Api {
    let mut api = Api::default();
    let mut component = |name: &str| {
        let id = api
            .types
            .reserve(Origin::Component(name.to_owned()), Location::default());
        api.types.define(id, Shape::Boolean, Docs::default());
        id
    };
    let (only, both, unused) = (component("Only"), component("Both"), component("Unused"));
    api.types.define(unused, Shape::Alias(only), Docs::default());
    let owner = Owner::Operation(OperationId(1));
    let inline = api.types.reserve(
        Origin::Inline {
            owner,
            step: Step::Parameter(ParameterIn::Query, "q".to_owned()),
        },
        Location::default(),
    );
    api.types.define(inline, Shape::Nullable(both), Docs::default());
    api.operations = vec![operation("first", "A", only, 0), operation("second", "B", inline, 1)];
    for name in ["A", "Above", "B", "Never"] {
        api.tags.push(Tag {
            name: name.to_owned(),
            docs: Docs::default(),
            parent: (name == "B").then(|| "Above".to_owned()),
        });
    }
    for name in ["a", "b", "never"] {
        api.security_schemes.push(SecurityScheme {
            name: name.to_owned(),
            kind: SecuritySchemeKind::Basic,
            docs: Docs::default(),
        });
    }
    api
}

fn names(api: &Api) -> (Vec<String>, Vec<&str>, Vec<&str>) {
    let types = api.types.iter().map(|(_, ty)| match &ty.origin {
        Origin::Component(name) => name.clone(),
        Origin::Inline { owner, .. } => format!("{owner:?} {:?}", ty.shape),
    });
    let schemes = api.security_schemes.iter().map(|scheme| scheme.name.as_str());
    let tags = api.tags.iter().map(|tag| tag.name.as_str());
    (types.collect(), schemes.collect(), tags.collect())
}

#[test]
fn what_only_left_out_operations_use_is_left_out() {
    let mut api = api();
    select(&mut api, &mut |operation| operation.name.as_deref() == Some("second"));
    let (types, schemes, tags) = names(&api);
    assert_eq!(types, ["Both", "Operation(OperationId(0)) Nullable(TypeId(0))"]);
    assert_eq!(schemes, ["b", "never"]);
    assert_eq!(tags, ["Above", "B", "Never"]);
    let [second] = api.operations.as_slice() else {
        panic!("one operation")
    };
    assert_eq!(second.parameters.first().unwrap().ty, TypeId(1));
    assert_eq!(
        second.security.first().unwrap().schemes.first().unwrap().scheme,
        SchemeId(0)
    );
}

#[test]
fn nothing_and_everything_can_be_left_out() {
    let mut nothing = api();
    select(&mut nothing, &mut |_| true);
    let (types, schemes, tags) = names(&nothing);
    // What nothing uses is no part of what is chosen.
    assert_eq!((types.len(), schemes.len(), tags.len()), (3, 3, 4));
    let mut everything = api();
    select(&mut everything, &mut |_| false);
    let (types, schemes, tags) = names(&everything);
    assert_eq!((types.len(), schemes, tags), (0, vec!["never"], vec!["Never"]));
}
