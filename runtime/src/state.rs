//! Values of the application, found by their type, and what handlers require of them.

use core::any::{Any, TypeId, type_name};
use std::sync::Arc;

use http::HeaderName;

/// The values given to [`Routes::state`](crate::Routes::state), one of each type.
#[derive(Clone, Default)]
pub(crate) struct StateMap(Vec<(TypeId, Arc<dyn Any + Send + Sync>)>);

impl StateMap {
    pub(crate) fn insert<T: Send + Sync + 'static>(&mut self, value: Arc<T>) {
        self.0.retain(|(id, _)| *id != TypeId::of::<T>());
        self.0.push((TypeId::of::<T>(), value));
    }

    // An application has a handful of values: a scan is faster than a hash.
    pub(crate) fn find<T: Send + Sync + 'static>(&self) -> Option<Arc<T>> {
        let (_, value) = self.0.iter().find(|(id, _)| *id == TypeId::of::<T>())?;
        value.clone().downcast().ok()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn has(&self, requirement: &Requirement) -> bool {
        self.0.iter().any(|(id, _)| *id == requirement.id)
    }
}

/// What a handler's arguments need before the application may start.
///
/// An extractor adds to it in [`FromRequest::requires`](crate::FromRequest::requires);
/// [`Routes::build`](crate::Routes::build) refuses to start when something is missing.
#[derive(Debug, Default)]
pub struct Requirements {
    states: Vec<Requirement>,
    headers: Vec<HeaderName>,
}

impl Requirements {
    /// Requires that a value of type `T` was given to [`Routes::state`](crate::Routes::state).
    pub fn state<T: Send + Sync + 'static>(&mut self) {
        let requirement = Requirement::of::<T>();
        if !self.states.contains(&requirement) {
            self.states.push(requirement);
        }
    }

    /// Requires that a route whose answers are kept names this header in its `vary`: without it the
    /// handler would never see the header.
    pub fn header(&mut self, name: &HeaderName) {
        if !self.headers.contains(name) {
            self.headers.push(name.clone());
        }
    }

    pub(crate) fn states(&self) -> impl Iterator<Item = &Requirement> {
        self.states.iter()
    }

    pub(crate) fn headers(&self) -> impl Iterator<Item = &HeaderName> {
        self.headers.iter()
    }
}

/// A type of which a value must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Requirement {
    pub(crate) id: TypeId,
    pub(crate) name: &'static str,
}

impl Requirement {
    pub(crate) fn of<T: 'static>() -> Requirement {
        Requirement { id: TypeId::of::<T>(), name: type_name::<T>() }
    }
}

/// A type's name as a user writes it: types of this crate without the private modules that they are in.
pub(crate) fn as_written(name: &str) -> String {
    let pieces = name.split_inclusive(|letter: char| !letter.is_alphanumeric() && !"_:".contains(letter));
    let public = |piece: &str| match piece.strip_prefix("rutter::").and_then(|path| path.rsplit_once("::")) {
        Some((_, name)) => format!("rutter::{name}"),
        None => piece.to_owned(),
    };
    pieces.map(public).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_of_this_crate_is_named_as_a_user_writes_it() {
        assert_eq!(as_written(type_name::<crate::Methods>()), "rutter::Methods");
        for (name, expected) in [
            ("rutter::webhook::github::GitHub", "rutter::GitHub"),
            ("rutter::Secret", "rutter::Secret"),
            ("rutter::sse::broadcast::Broadcast<shop::db::Db>", "rutter::Broadcast<shop::db::Db>"),
            (
                "std::collections::HashMap<u8, (rutter::time::Clock, &rutter::secret::Secret)>",
                "std::collections::HashMap<u8, (rutter::Clock, &rutter::Secret)>",
            ),
            ("shop::rutter::a::Db", "shop::rutter::a::Db"),
            ("my_rutter::a::Db", "my_rutter::a::Db"),
            ("rutter_shop::a::Db", "rutter_shop::a::Db"),
        ] {
            assert_eq!(as_written(name), expected);
        }
    }
}
