//! The arena of types, and where each type comes from.

use std::collections::BTreeMap;
use std::ops::{Index, IndexMut};

use specsmith_diagnostics::Location;

use crate::{Assertions, Docs, OperationId, ParameterIn, Shape, Status, View, refer};

/// Identifies a type of [`Types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct TypeId(pub u32);

/// A type: its shape, its place and its prose.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Type {
    /// Where it stands; names are made from this.
    pub origin: Origin,
    /// What values it has.
    pub shape: Shape,
    /// What values must satisfy beyond the shape.
    pub assertions: Assertions,
    /// What the document says about it.
    pub docs: Docs,
    /// The place in the source.
    pub location: Location,
}

/// Where a type stands in the document.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// A named schema, by its name as written.
    Component(String),
    /// A schema inside something else.
    Inline {
        /// What it stands in.
        owner: Owner,
        /// The way from the owner to it.
        step: Step,
    },
}

/// What an inline type stands in.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// Another type.
    Type(TypeId),
    /// An operation.
    Operation(OperationId),
    /// A callback of an operation, by its name as written.
    Callback(OperationId, String),
    /// A named component that is not a schema, by its name as written.
    Component(ComponentKind, String),
}

/// Named components that can hold schemas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ComponentKind {
    /// A shared parameter.
    Parameter,
    /// A shared request body.
    RequestBody,
    /// A shared response.
    Response,
    /// A shared response header.
    Header,
    /// Parameters that all operations of one path share; the name is the path.
    Path,
    /// A webhook; the name is its key.
    Webhook,
    /// A shared callback.
    Callback,
}

/// The way from an owner to a type inside it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The value of a property.
    Property(String),
    /// The items of an array.
    Items,
    /// An item of a tuple, counted from 0.
    Item(usize),
    /// The values of additional properties.
    AdditionalProperties,
    /// The values of the properties that match a pattern.
    PatternProperty(String),
    /// A branch of a union.
    Variant {
        /// Which branch, from 0.
        index: usize,
        /// A name that the document suggests: a title or a constant that tells the branch.
        hint: Option<String>,
    },
    /// The type that a nullable wraps.
    NonNull,
    /// A parameter.
    Parameter(ParameterIn, String),
    /// The request body of this media type.
    RequestBody(String),
    /// The response body of this status and media type.
    Response(Status, String),
    /// A header of the response with this status.
    ResponseHeader(Status, String),
    /// The schema of a component that holds just one.
    Schema,
}

/// All types of an API.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Types {
    list: Vec<Type>,
    views: BTreeMap<TypeId, View>,
}

impl Types {
    /// An empty arena.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a place for a type whose shape follows with [`define`](Self::define); until then it is [`Shape::Any`].
    ///
    /// This is what makes recursion possible: an id can be used before the shape is known.
    pub fn reserve(&mut self, origin: Origin, location: Location) -> TypeId {
        self.add(Type {
            origin,
            shape: Shape::Any,
            assertions: Assertions::default(),
            docs: Docs::default(),
            location,
        })
    }

    /// Gives a reserved type its shape and prose.
    pub fn define(&mut self, id: TypeId, shape: Shape, docs: Docs) {
        let ty = &mut self[id];
        ty.shape = shape;
        ty.docs = docs;
    }

    /// Adds a finished type.
    pub fn add(&mut self, ty: Type) -> TypeId {
        let id = TypeId(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        self.list.push(ty);
        id
    }

    /// The direction that a type is for; `None` for one that serves both or none.
    pub fn view(&self, id: TypeId) -> Option<&View> {
        self.views.get(&id)
    }

    /// Says that a type is for one direction.
    pub fn set_view(&mut self, id: TypeId, view: View) {
        self.views.insert(id, view);
    }

    /// All types with their ids, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = (TypeId, &Type)> {
        (0..).map(TypeId).zip(&self.list)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Keeps the types that have a new place, which are in the order of their places, and says where their owners are.
    pub(crate) fn retain(&mut self, places: &BTreeMap<TypeId, TypeId>, owner: &dyn Fn(&mut Owner)) {
        let moved = |id: &mut TypeId| *id = places.get(id).copied().unwrap_or(*id);
        let mut index = 0;
        self.list.retain(|_| {
            index += 1;
            places.contains_key(&TypeId(index - 1))
        });
        for ty in &mut self.list {
            refer::of_shape_mut(&mut ty.shape).into_iter().for_each(moved);
            if let Origin::Inline { owner: of, .. } = &mut ty.origin {
                owner(of);
            }
        }
        let views = std::mem::take(&mut self.views).into_iter();
        self.views = views
            .filter_map(|(id, mut view)| {
                view.response.iter_mut().for_each(moved);
                refer::of_shape_mut(&mut view.declared).into_iter().for_each(moved);
                Some((*places.get(&id)?, view))
            })
            .collect();
    }

    /// Follows aliases to the type that has a shape of its own.
    ///
    /// A chain of aliases that comes back to itself ends after as many steps as there are types.
    pub fn resolve(&self, mut id: TypeId) -> TypeId {
        for _ in 0..self.list.len() {
            match self[id].shape {
                Shape::Alias(target) => id = target,
                _ => break,
            }
        }
        id
    }
}

/// # Panics
/// When the id comes from another arena.
#[expect(
    clippy::indexing_slicing,
    reason = "ids are only made by `add`, so each is within its own arena"
)]
impl Index<TypeId> for Types {
    type Output = Type;

    fn index(&self, id: TypeId) -> &Type {
        &self.list[id.0 as usize]
    }
}

#[expect(
    clippy::indexing_slicing,
    reason = "ids are only made by `add`, so each is within its own arena"
)]
impl IndexMut<TypeId> for Types {
    fn index_mut(&mut self, id: TypeId) -> &mut Type {
        &mut self.list[id.0 as usize]
    }
}
