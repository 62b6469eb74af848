//! Views of small APIs.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

use specsmith_diagnostics::Location;

use crate::*;

/// An API with operations that send and get types.
#[derive(Default)]
struct Builder {
    api: Api,
}

impl Builder {
    fn named(&mut self, name: &str, shape: Shape) -> TypeId {
        self.add(Origin::Component(name.to_owned()), shape)
    }

    fn inside(&mut self, owner: TypeId, step: Step, shape: Shape) -> TypeId {
        let owner = Owner::Type(owner);
        self.add(Origin::Inline { owner, step }, shape)
    }

    fn add(&mut self, origin: Origin, shape: Shape) -> TypeId {
        let id = self.api.types.reserve(origin, Location::default());
        self.api.types.define(id, shape, Docs::default());
        id
    }

    fn redefine(&mut self, id: TypeId, shape: Shape) {
        self.api.types.define(id, shape, Docs::default());
    }

    /// An operation that sends and gets these.
    fn operation(&mut self, sent: Option<TypeId>, got: Option<TypeId>) {
        let operation = operation(sent, got);
        self.api.operations.push(operation);
    }

    fn split(mut self) -> Split {
        let before = self.api.clone();
        split_views(&mut self.api);
        let again = {
            let mut again = self.api.clone();
            split_views(&mut again);
            again
        };
        assert!(again == self.api, "splitting again changes something");
        Split { before, api: self.api }
    }
}

fn operation(sent: Option<TypeId>, got: Option<TypeId>) -> Operation {
    let content = |ty: TypeId| Content {
        media_type: MediaType::new("application/json").unwrap(),
        ty: Some(ty),
        item: None,
        event_data: None,
        encoding: Vec::new(),
        examples: Vec::new(),
        xml: None,
    };
    Operation {
        name: None,
        method: Method::new("POST").unwrap(),
        path: PathTemplate {
            text: "/".to_owned(),
            segments: Vec::new(),
            query: Vec::new(),
            fragment: None,
        },
        tags: Vec::new(),
        docs: Docs::default(),
        parameters: Vec::new(),
        request_body: sent.map(|ty| RequestBody {
            required: true,
            content: vec![content(ty)],
            docs: Docs::default(),
            location: Location::default(),
        }),
        responses: got
            .into_iter()
            .map(|ty| Response {
                status: Status::Code(200),
                content: vec![content(ty)],
                links: Vec::new(),
                headers: Vec::new(),
                docs: Docs::default(),
                location: Location::default(),
            })
            .collect(),
        security: Vec::new(),
        servers: Vec::new(),
        pagination: None,
        retirement: None,
        body_limit: None,
        location: Location::default(),
    }
}

struct Split {
    before: Api,
    api: Api,
}

impl Split {
    /// The type that requests have beside this one.
    fn request(&self, id: TypeId) -> TypeId {
        let mut ids = self.api.types.iter().map(|(id, _)| id);
        ids.find(|of| self.view(*of).is_some_and(|view| view.response == Some(id)))
            .unwrap()
    }

    fn view(&self, id: TypeId) -> Option<&View> {
        self.api.types.view(id)
    }

    fn direction(&self, id: TypeId) -> Option<Direction> {
        self.view(id).map(|view| view.direction)
    }

    /// The fields of an object with the ids of their types.
    fn fields(&self, id: TypeId) -> Vec<(&str, TypeId)> {
        match &self.api.types[id].shape {
            Shape::Object(object) => object
                .fields
                .iter()
                .map(|field| (field.name.as_str(), field.ty))
                .collect(),
            shape => panic!("{shape:?}"),
        }
    }

    fn names(&self, id: TypeId) -> Vec<&str> {
        self.fields(id).into_iter().map(|(name, _)| name).collect()
    }

    /// How many types were added.
    fn added(&self) -> usize {
        self.api.types.len() - self.before.types.len()
    }

    fn sent(&self, operation: usize) -> TypeId {
        let body = self.api.operations[operation].request_body.as_ref();
        body.unwrap().content[0].ty.unwrap()
    }

    fn got(&self, operation: usize) -> TypeId {
        self.api.operations[operation].responses[0].content[0].ty.unwrap()
    }
}

/// An object of required fields; `<` before a name means read only, `>` write only.
fn object(fields: &[(&str, TypeId)]) -> Shape {
    let fields = fields.iter().map(|(name, ty)| {
        let (access, name) = match (name.strip_prefix('<'), name.strip_prefix('>')) {
            (Some(name), _) => (Access::ReadOnly, name),
            (_, Some(name)) => (Access::WriteOnly, name),
            _ => (Access::ReadWrite, *name),
        };
        Field {
            name: name.to_owned(),
            ty: *ty,
            presence: Presence::Required,
            access,
            docs: Docs::default(),
        }
    });
    Shape::Object(Object {
        fields: fields.collect(),
        rest: Rest::Unstated,
        patterns: Vec::new(),
        names: None,
        min_properties: None,
        max_properties: None,
    })
}

fn list(items: TypeId) -> Shape {
    Shape::Array(Array {
        items,
        min_items: None,
        max_items: None,
        unique_items: false,
        xml: None,
    })
}

fn map(values: TypeId) -> Shape {
    match object(&[]) {
        Shape::Object(object) => Shape::Object(Object {
            rest: Rest::Typed(values),
            ..object
        }),
        shape => shape,
    }
}

fn union(variants: &[(TypeId, Condition)], discriminator: Option<&str>) -> Shape {
    let variants = variants.iter().map(|(ty, condition)| Variant {
        ty: *ty,
        name: None,
        conditions: vec![condition.clone()],
        alike: false,
    });
    Shape::Union(Union {
        mode: UnionMode::OneOf,
        variants: variants.collect(),
        discriminator: discriminator.map(|property| Discriminator {
            property: property.to_owned(),
            default: None,
        }),
    })
}

fn conditions(api: &Api, id: TypeId) -> Vec<usize> {
    match &api.types[id].shape {
        Shape::Union(union) => union.variants.iter().map(|variant| variant.conditions.len()).collect(),
        shape => panic!("{shape:?}"),
    }
}

fn text() -> Shape {
    Shape::String(Text::default())
}

#[test]
fn a_type_of_both_directions_becomes_two() {
    let mut b = Builder::default();
    let string = b.named("Text", text());
    let user = b.named(
        "User",
        object(&[("<id", string), ("name", string), (">password", string)]),
    );
    b.operation(Some(user), Some(user));
    let split = b.split();
    let request = split.request(user);
    assert_eq!(split.names(user), ["id", "name"]);
    assert_eq!(split.names(request), ["name", "password"]);
    assert_eq!(split.view(user).unwrap().left_out, ["password"]);
    assert_eq!(split.view(request).unwrap().left_out, ["id"]);
    assert_eq!((split.sent(0), split.got(0)), (request, user));
    assert_eq!((split.added(), split.view(string)), (1, None));
}

#[test]
fn a_type_of_one_direction_stays_one() {
    let mut b = Builder::default();
    let string = b.named("Text", text());
    let fields = [("<id", string), (">password", string)];
    let [sent, got, unused] = ["Sent", "Got", "Unused"].map(|name| b.named(name, object(&fields)));
    b.operation(Some(sent), Some(got));
    let split = b.split();
    assert_eq!(split.added(), 0);
    assert_eq!(split.names(sent), ["password"]);
    assert_eq!(split.names(got), ["id"]);
    assert_eq!(split.names(unused), ["id", "password"]);
    assert_eq!(split.direction(sent), Some(Direction::Request));
    assert_eq!(split.direction(got), Some(Direction::Response));
    assert_eq!(split.direction(unused), None);
}

#[test]
fn what_does_not_differ_is_not_touched() {
    let mut b = Builder::default();
    let string = b.named("Text", text());
    let user = b.named("User", object(&[("name", string)]));
    b.operation(Some(user), Some(user));
    let split = b.split();
    assert!(split.api == split.before);
}

#[test]
fn whatever_holds_a_type_that_differs_differs() {
    let mut b = Builder::default();
    let string = b.named("Text", text());
    let user = b.named("User", object(&[("<id", string)]));
    let maybe = b.named("Maybe", Shape::Nullable(user));
    let users = b.named("Users", list(maybe));
    let by_name = b.named("ByName", map(users));
    let other = b.named("Other", Shape::Alias(by_name));
    let pair = b.named(
        "Pair",
        Shape::Tuple(Tuple {
            items: vec![string, other],
            rest: None,
            min_items: None,
            max_items: None,
        }),
    );
    let any = b.named("Any", union(&[(pair, Condition::Kind(KindSet::ALL))], None));
    let plain = b.named("Plain", list(string));
    let team = b.named("Team", object(&[("any", any), ("plain", plain)]));
    b.operation(Some(team), Some(team));
    let split = b.split();
    assert_eq!(split.added(), 8);
    let request = split.request(team);
    assert_eq!(split.fields(request), [("any", split.request(any)), ("plain", plain)]);
    assert_eq!(split.api.types[split.request(users)].shape, list(split.request(maybe)));
    assert_eq!(
        split.api.types[split.request(maybe)].shape,
        Shape::Nullable(split.request(user))
    );
    assert_eq!(split.fields(team), [("any", any), ("plain", plain)]);
}

#[test]
fn cycles_are_split_once() {
    let mut b = Builder::default();
    let string = b.named("Text", text());
    let node = b.named("Node", Shape::Any);
    let children = b.inside(node, Step::Property("children".to_owned()), list(node));
    b.redefine(node, object(&[("<id", string), ("children", children)]));
    let alone = b.named("Alone", Shape::Any);
    b.redefine(alone, object(&[("next", alone)]));
    b.operation(Some(node), Some(node));
    b.operation(Some(alone), Some(alone));
    let split = b.split();
    let (node_request, children_request) = (split.request(node), split.request(children));
    assert_eq!(split.fields(node_request), [("children", children_request)]);
    assert_eq!(split.api.types[children_request].shape, list(node_request));
    assert_eq!(split.added(), 2);
    // What stands inside a type of requests is named after it.
    assert_eq!(
        split.api.types[children_request].origin,
        Origin::Inline {
            owner: Owner::Type(node_request),
            step: Step::Property("children".to_owned())
        }
    );
}

#[test]
fn what_only_a_field_of_one_direction_leads_to_has_that_direction() {
    let mut b = Builder::default();
    let string = b.named("Text", text());
    let stamp = b.named("Stamp", object(&[("<at", string), (">by", string)]));
    let user = b.named("User", object(&[("name", string), ("<made", stamp)]));
    b.operation(Some(user), Some(user));
    let split = b.split();
    assert_eq!(split.added(), 1);
    assert_eq!(split.direction(stamp), Some(Direction::Response));
    assert_eq!(split.names(stamp), ["at"]);
}

#[test]
fn what_a_webhook_sends_comes_from_the_api() {
    let mut b = Builder::default();
    let string = b.named("Text", text());
    let event = b.named("Event", object(&[("<id", string), (">secret", string)]));
    let answer = b.named("Answer", object(&[("<id", string), (">secret", string)]));
    let webhook = operation(Some(event), Some(answer));
    b.api.webhooks.push(webhook);
    b.operation(None, Some(answer));
    let split = b.split();
    assert_eq!(split.names(event), ["id"]);
    assert_eq!(split.names(answer), ["id"]);
    let answered = split.api.webhooks[0].responses[0].content[0].ty.unwrap();
    assert_eq!(answered, split.request(answer));
    assert_eq!(split.names(answered), ["secret"]);
}

#[test]
fn variants_are_not_told_by_what_is_left_out() {
    let mut b = Builder::default();
    let string = b.named("Text", text());
    let has = |name: &str| Condition::HasProperty(name.to_owned());
    let file = b.named("File", object(&[("<size", string), ("name", string)]));
    let folder = b.named("Folder", object(&[("items", string)]));
    let nested = b.named("Nested", union(&[(file, has("name"))], None));
    let entry = b.named(
        "Entry",
        union(
            &[(file, has("size")), (folder, has("items")), (nested, has("size"))],
            None,
        ),
    );
    b.operation(Some(entry), Some(entry));
    let split = b.split();
    assert_eq!(conditions(&split.api, entry), [1, 1, 1]);
    assert_eq!(conditions(&split.api, split.request(entry)), [0, 1, 0]);
}

#[test]
fn nothing_is_demanded_that_is_left_out() {
    let members = |required: &[&str], dependent: &[&str]| {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Assertion::Members(Box::new(MemberAssertions {
            required: names(required),
            dependent_required: vec![("name".to_owned(), names(dependent))],
            ..MemberAssertions::default()
        }))
    };
    let all = |required: &[&str], dependent: &[&str]| {
        let inner = Assertions(vec![members(required, dependent)]);
        let not = Assertions(vec![members(&["id", "secret"], &[])]);
        Assertions(vec![
            members(required, dependent),
            Assertion::Any(vec![inner.clone()]),
            Assertion::If {
                condition: Box::default(),
                then: Box::new(inner),
                otherwise: Box::default(),
            },
            Assertion::Not(Box::new(not)),
        ])
    };
    let mut b = Builder::default();
    let string = b.named("Text", text());
    let user = b.named(
        "User",
        object(&[("<id", string), ("name", string), (">secret", string)]),
    );
    b.api.types[user].assertions = all(&["id", "name", "secret"], &["secret", "id"]);
    b.operation(Some(user), Some(user));
    let split = b.split();
    let request = &split.api.types[split.request(user)].assertions;
    assert_eq!(*request, all(&["name", "secret"], &["secret"]));
    assert_eq!(split.api.types[user].assertions, all(&["id", "name"], &["id"]));
}

#[test]
fn members_that_are_left_out_need_not_be_there_to_be_enough() {
    let mut b = Builder::default();
    let string = b.named("Text", text());
    let mut shape = object(&[("<id", string), ("<made", string), ("name", string)]);
    if let Shape::Object(object) = &mut shape {
        object.min_properties = Some(3);
    }
    let user = b.named("User", shape);
    b.operation(Some(user), Some(user));
    let split = b.split();
    let least = |id| match &split.api.types[id].shape {
        Shape::Object(object) => object.min_properties,
        other => panic!("{other:?}"),
    };
    assert_eq!((least(user), least(split.request(user))), (Some(3), Some(1)));
}

#[test]
fn a_discriminator_is_sent_in_both_directions() {
    let mut b = Builder::default();
    let string = b.named("Text", text());
    let file = b.named("File", object(&[("<kind", string), ("<id", string)]));
    let maybe = b.named("MaybeFile", Shape::Nullable(file));
    let is_file = Condition::PropertyValue {
        name: "kind".to_owned(),
        values: vec![Value::String("file".to_owned())],
    };
    let entry = b.named("Entry", union(&[(maybe, is_file)], Some("kind")));
    b.operation(Some(entry), Some(entry));
    let split = b.split();
    assert_eq!(split.names(split.request(file)), ["kind"]);
    assert_eq!(conditions(&split.api, split.request(entry)), [1]);
}
