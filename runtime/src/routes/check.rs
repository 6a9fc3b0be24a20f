//! The rules that hold over all routes together.

use std::collections::HashMap;

use http::HeaderName;
use rutter_pattern::{Pattern, Shape};

use crate::{
    cache::Vary,
    route::{Methods, Route, Scope, scopes},
    routes::{BuildError, Mistake, Routes, error::Place},
    state::as_written,
};

/// Whether it is known which state the application will have.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum States {
    Given,
    Unknown,
}

/// Every rule, every mistake.
pub(super) fn all(routes: &Routes, states: States) -> Result<(), BuildError> {
    let mut mistakes = routes.mistakes.clone();
    there_are_routes(routes, &mut mistakes);
    no_two_routes_answer_the_same_requests(routes, &mut mistakes);
    what_is_kept_varies_by_what_is_read(routes, &mut mistakes);
    a_module_has_one_scope(routes, &mut mistakes);
    if states == States::Given {
        required_state_is_given(routes, &mut mistakes);
    }
    if mistakes.is_empty() { Ok(()) } else { Err(BuildError::new(mistakes)) }
}

fn there_are_routes(routes: &Routes, mistakes: &mut Vec<Mistake>) {
    if routes.routes.is_empty() && mistakes.is_empty() {
        mistakes.push(Mistake::NoRoutes);
    }
}

fn no_two_routes_answer_the_same_requests(routes: &Routes, mistakes: &mut Vec<Mistake>) {
    let mut shapes: HashMap<Shape, Vec<&Route>> = HashMap::new();
    for route in routes.routes.iter().copied() {
        match Pattern::parse(route.pattern()) {
            Ok(pattern) => {
                let others = shapes.entry(pattern.shape()).or_default();
                mistakes.extend(others.iter().filter_map(|other| conflict(other, route)));
                others.push(route);
            }
            Err(error) => mistakes.push(Mistake::Pattern { route: Place::of(route), message: error.to_string() }),
        }
    }
}

fn conflict(first: &Route, second: &Route) -> Option<Mistake> {
    let methods: Methods = first.methods().both(second.methods());
    (!methods.is_empty()).then(|| Mistake::conflict(methods, first, second))
}

fn what_is_kept_varies_by_what_is_read(routes: &Routes, mistakes: &mut Vec<Mistake>) {
    for route in routes.routes.iter().filter(|route| !route.cache_policy().is_dynamic()) {
        let vary = route.policies().cache.vary;
        let is_seen =
            |name: &HeaderName| vary.iter().any(|vary| matches!(vary, Vary::Header(seen) if *seen == name.as_str()));
        let requirements = route.requirements();
        let unseen = requirements.headers().filter(|name| !is_seen(name));
        mistakes.extend(
            unseen.map(|name| Mistake::UnseenHeader { name: name.as_str().to_owned(), route: Place::of(route) }),
        );
    }
}

/// The compiler sees two in one module, but not those inside of functions.
fn a_module_has_one_scope(routes: &Routes, mistakes: &mut Vec<Mistake>) {
    let mut scopes: Vec<&Scope> = scopes().filter(|scope| routes.routes.iter().any(|route| scope.has(route))).collect();
    scopes.sort_by_key(|scope| (scope.package, scope.program, scope.module, scope.file, scope.line));
    for pair in scopes.windows(2) {
        let module = |scope: &Scope| (scope.package, scope.program, scope.module);
        if module(pair[0]) == module(pair[1]) {
            let place = |scope: &Scope| format!("{}:{}", scope.file, scope.line);
            let scopes = [place(pair[0]), place(pair[1])];
            mistakes.push(Mistake::TwoScopes { module: pair[0].module, scopes });
        }
    }
}

fn required_state_is_given(routes: &Routes, mistakes: &mut Vec<Mistake>) {
    let mut missing: Vec<(&'static str, Vec<Place>)> = Vec::new();
    for route in &routes.routes {
        for requirement in route.requirements().states() {
            if routes.state.has(requirement) || routes.promised.contains(requirement) {
                continue;
            }
            match missing.iter_mut().find(|(name, _)| *name == requirement.name) {
                Some((_, places)) => places.push(Place::of(route)),
                None => missing.push((requirement.name, vec![Place::of(route)])),
            }
        }
    }
    let mistake = |(name, routes)| Mistake::MissingState { name: as_written(name), routes };
    mistakes.extend(missing.into_iter().map(mistake));
}
