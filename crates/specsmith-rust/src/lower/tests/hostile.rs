//! Lowering is total: any API gives a model that keeps its promises.

use super::build::*;
use specsmith_ir::*;

/// A generator of numbers that gives the same ones each time (SplitMix64).
struct Random(u64);

impl Random {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % below as u64).unwrap()
    }

    fn text(&mut self) -> String {
        const TEXTS: &[&str] = &[
            "",
            "a",
            "A",
            "type",
            "Self",
            "self",
            "Error",
            "userName",
            "user_name",
            "1",
            "+1",
            "-1",
            "\u{202e}",
            "😀",
            "\0",
            "a b",
            "Ä",
            "用",
            "*/",
            "\"",
            "r#a",
            "Unknown",
            "fooResponse",
            "foo",
        ];
        TEXTS[self.next(TEXTS.len())].to_owned()
    }

    fn id(&mut self, count: usize) -> TypeId {
        TypeId(u32::try_from(self.next(count)).unwrap())
    }

    fn presence(&mut self) -> Presence {
        match self.next(3) {
            0 => Presence::Required,
            1 => Presence::Optional,
            _ => Presence::Default(Value::String(self.text())),
        }
    }

    fn shape(&mut self, count: usize) -> Shape {
        match self.next(14) {
            0 => Shape::Any,
            1 => Shape::Never,
            2 => Shape::Null,
            3 => integer(),
            4 => string(),
            5 => values(&[&self.text(), &self.text(), &self.text()]),
            6 => Shape::Const(Value::String(self.text())),
            7 => list(self.id(count)),
            8 => Shape::Tuple(Tuple {
                items: (0..self.next(4)).map(|_| self.id(count)).collect(),
                rest: None,
                min_items: None,
                max_items: None,
            }),
            9 | 10 => {
                let fields = (0..self.next(5)).map(|_| {
                    let (name, ty, presence) = (self.text(), self.id(count), self.presence());
                    field(&name, ty, presence)
                });
                let fields = fields.collect();
                let rest = if self.next(3) == 0 {
                    Rest::Typed(self.id(count))
                } else {
                    Rest::Unstated
                };
                Shape::Object(Object {
                    fields,
                    ..empty_object(rest)
                })
            }
            11 => union(&(0..self.next(5)).map(|_| self.id(count)).collect::<Vec<_>>()),
            12 => Shape::Nullable(self.id(count)),
            _ => Shape::Alias(self.id(count)),
        }
    }

    fn origin(&mut self, count: usize) -> Origin {
        match self.next(5) {
            0 | 1 => Origin::Component(self.text()),
            2 => Origin::Inline {
                owner: Owner::Type(self.id(count)),
                step: property(&self.text()),
            },
            3 => Origin::Inline {
                owner: Owner::Type(self.id(count)),
                step: Step::Items,
            },
            _ => Origin::Inline {
                owner: Owner::Operation(OperationId(7)),
                step: Step::Schema,
            },
        }
    }

    fn api(&mut self) -> ApiBuilder {
        let mut api = ApiBuilder::default();
        let count = 1 + self.next(20);
        for _ in 0..count {
            let (origin, shape) = (self.origin(count), self.shape(count));
            api.add(origin, shape);
        }
        for _ in 0..self.next(6) {
            let (name, tag, ty) = (self.text(), self.text(), self.id(count));
            let place = [ParameterIn::Path, ParameterIn::Query, ParameterIn::Header][self.next(3)];
            let content = vec![
                as_json(Some(ty)),
                content("text/xml", None),
                as_json(Some(self.id(count))),
            ];
            let operation = api.operation(Some(&name), "GET", "/a/{b}", &[&tag]);
            operation.parameters = (0..self.next(5))
                .map(|_| parameter(&self.text(), place, self.presence(), ty))
                .collect();
            operation.request_body = Some(body(content.clone()));
            operation.responses = [Status::Code(200), Status::Code(404), Status::Default]
                .into_iter()
                .filter(|_| self.next(2) == 0)
                .map(|status| response(status, content.clone()))
                .collect();
        }
        api
    }
}

#[test]
fn any_api_gives_a_model_that_keeps_its_promises() {
    for seed in 0..500 {
        let api = Random(seed).api();
        let first = api.lower();
        let second = api.lower();
        assert_eq!(first.model, second.model, "seed {seed}");
    }
}

#[test]
fn ids_of_another_api_are_any_value() {
    let mut api = ApiBuilder::default();
    let stray = TypeId(1000);
    let book = api.component("Book", object(&[("stray", stray)]));
    api.component("Other", Shape::Alias(stray));
    api.inside(book, Step::Items, list(stray));
    let lowered = api.lower();
    assert_eq!(lowered.fields("Book"), ["stray: Option<Value>"]);
    assert_eq!(lowered.alias("Other"), "Value");
}

#[test]
fn long_chains_and_deep_nesting_end_in_time() {
    let mut api = ApiBuilder::default();
    let mut alias = api.component("Alias0", string());
    for index in 1..20_000 {
        alias = api.component(&format!("Alias{index}"), Shape::Alias(alias));
    }
    let root = api.component("Root", Shape::Any);
    let mut inner = api.inside(root, property("deep"), string());
    for _ in 0..20_000 {
        inner = api.inside(root, Step::Items, list(inner));
    }
    let mut holder = api.component("Holder0", object(&[]));
    for index in 1..20_000 {
        holder = api.component(&format!("Holder{index}"), required(&[("inner", holder)]));
    }
    let mut place = root;
    for index in 0..2000 {
        let owner = place;
        place = api.inside(owner, property("x"), Shape::Any);
        if index > 0 {
            api.redefine(owner, object(&[("x", place)]));
        }
    }
    api.redefine(
        root,
        object(&[
            ("deep", inner),
            ("alias", alias),
            ("holder", holder),
            ("x", TypeId(place.0 - 1999)),
        ]),
    );
    assert_eq!(api.lower().fields("Holder19999").len(), 1);
}

#[test]
fn wide_tuples_of_tuples_stay_small() {
    let mut api = ApiBuilder::default();
    let root = api.component("Root", Shape::Any);
    let mut inner = api.inside(root, Step::Items, string());
    for _ in 0..30 {
        let shape = Shape::Tuple(Tuple {
            items: vec![inner; 10],
            rest: None,
            min_items: None,
            max_items: None,
        });
        inner = api.inside(root, Step::Items, shape);
    }
    api.redefine(root, list(inner));
    assert!(format!("{:?}", api.lower().model).len() < 1_000_000);
}
