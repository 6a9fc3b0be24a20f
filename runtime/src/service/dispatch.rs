//! From the head of a request to its route, and into the handler.

use core::panic::AssertUnwindSafe;
use std::{panic::catch_unwind, sync::Arc};

use http::{
    HeaderValue, StatusCode,
    header::{ALLOW, LOCATION},
};

#[cfg(feature = "compression")]
use crate::compression::Wish;
use crate::{
    body::Body,
    extract::RequestHead,
    response::{IntoResponse, NoContent, Problem, Response},
    route::{Methods, Slot},
    router::{BadPath, Chosen, MethodTable, Split, allow},
    service::{
        Place, RouteFuture, RouteService, cached,
        future::{Finish, panicked},
        origins,
    },
    work::Later,
};

/// Finds the route and answers by it; everything else is answered here.
#[inline]
pub(super) fn dispatch(service: &RouteService, slot: &mut Slot) -> RouteFuture {
    let RequestHead { parts, params, .. } = &mut slot.call().head;
    let Some(method) = Methods::of(&parts.method) else {
        return origins::without_route(service, slot, RouteFuture::ready(not_implemented()));
    };
    match service.shared.tree.first(parts.uri.path(), params) {
        Some(table) => enter(service, table, method, slot),
        None => search(service, method, slot),
    }
}

/// Finds the route for a path that is untidy, has escapes, or is not led to by first choices.
fn search(service: &RouteService, method: Methods, slot: &mut Slot) -> RouteFuture {
    let finish = Finish::of(method);
    let head = &mut slot.call().head;
    let (path, query) = (head.parts.uri.path(), head.parts.uri.query());
    let split = match Split::new(path) {
        Ok(split) => split,
        Err(_) if path == "*" && method == Methods::OPTIONS => {
            let options = RouteFuture::ready(options(&allow(service.shared.methods)));
            return origins::without_route(service, slot, options);
        }
        Err(bad) => return origins::without_route(service, slot, finish.ready(bad_path(bad))),
    };
    if let Some(tidy) = split.tidy(path) {
        let redirect = finish.ready(redirect(&tidy, query));
        return origins::without_route(service, slot, redirect);
    }
    let Some((table, params)) = service.shared.tree.at(path, &split) else {
        return nowhere(service, slot, method);
    };
    (head.params, head.decoded) = (params, split.into_decoded());
    enter(service, table, method, slot)
}

/// Chooses the route by its method, and answers by what is kept or calls the endpoint.
#[inline]
fn enter(service: &RouteService, table: &MethodTable, method: Methods, slot: &mut Slot) -> RouteFuture {
    if table.has_cors {
        return origins::enter(service, table, method, slot);
    }
    answer(service, table, method, slot)
}

/// The same where the answer says something to other origins.
#[cold]
#[inline(never)] // A copy of its own, so that the other has one caller.
pub(super) fn answer_again(
    service: &RouteService,
    table: &MethodTable,
    method: Methods,
    slot: &mut Slot,
) -> RouteFuture {
    answer(service, table, method, slot)
}

#[allow(clippy::inline_always)] // Called from two places it would be a call for every request.
#[inline(always)]
fn answer(service: &RouteService, table: &MethodTable, method: Methods, slot: &mut Slot) -> RouteFuture {
    let finish = finish(service, method, slot);
    let place = match table.choose(method) {
        Chosen::Route(route) | Chosen::HeadOf(route) => &service.shared.places[route],
        Chosen::Options => return RouteFuture::ready(options(table.allow())),
        Chosen::NotAllowed => return finish.ready(not_allowed(table.allow())),
    };
    if let Some(shelf) = &place.shelf {
        return cached::answer(service, place.route, shelf, slot, finish);
    }
    let policies = place.route.policies();
    if let Some(limit) = policies.body_limit {
        slot.call().body.limit_to(limit);
    }
    if place.has_later {
        return run_with_later(service, place, method, slot, finish);
    }
    run(service, place, method, slot, finish)
}

/// The same for a handler that may leave work for when its answer has been sent.
#[cold] // Few do: their way must not lengthen that of the others.
fn run_with_later(
    service: &RouteService,
    place: &Place,
    method: Methods,
    slot: &mut Slot,
    finish: Finish,
) -> RouteFuture {
    let (later, until_sent) = Later::until_sent(&service.shared.app.work, place.route.pattern());
    slot.call().head.later = Some(later);
    run(service, place, method, slot, finish).until_sent(until_sent)
}

/// Calls the endpoint, and revalidates what its success has changed.
#[allow(clippy::inline_always)] // Called from two places it would be a call for every request: 78 instructions.
#[inline(always)]
fn run(service: &RouteService, place: &Place, method: Methods, slot: &mut Slot, finish: Finish) -> RouteFuture {
    let timeout = service.timeout(place.route);
    if let Some(effects) = place.effects.as_ref().filter(|_| !method.is_safe()) {
        return effects.answer(service, place.route, slot, finish, timeout);
    }
    match catch_unwind(AssertUnwindSafe(|| place.route.call(slot))) {
        Ok(answer) => finish.answer(answer, timeout),
        Err(panic) => finish.ready(panicked(&*panic)),
    }
}

/// No route has the path.
fn nowhere(service: &RouteService, slot: &mut Slot, method: Methods) -> RouteFuture {
    let grant = origins::grant(service, slot);
    let future = fall_back(service, slot, method);
    future.granting(grant)
}

fn fall_back(service: &RouteService, slot: &mut Slot, method: Methods) -> RouteFuture {
    let finish = finish(service, method, slot);
    let Some(fallback) = &service.shared.fallback else {
        return finish.ready(Problem::new(StatusCode::NOT_FOUND).detail("no route has this path").into_response());
    };
    let call = slot.take();
    let (parts, peer, app) = (call.head.clone_parts(), call.head.peer, Arc::clone(&call.head.app));
    let request = match call.into_request() {
        Ok(request) => request,
        Err(error) => return finish.ready(Problem::from(error).into_response()),
    };
    match catch_unwind(AssertUnwindSafe(|| fallback.call(request, parts, peer, app))) {
        Ok(answer) => finish.answer(answer, service.shared.app.limits.handler),
        Err(panic) => finish.ready(panicked(&*panic)),
    }
}

/// What is done to the answer.
#[inline]
fn finish(service: &RouteService, method: Methods, slot: &mut Slot) -> Finish {
    #[cfg(feature = "compression")]
    if let Some(compression) = service.shared.compression {
        return Finish::of(method).wishing(Wish::of(compression, &slot.call().head.parts.headers));
    }
    #[cfg(not(feature = "compression"))]
    let _ = (service, slot);
    Finish::of(method)
}

fn not_implemented() -> Response {
    Problem::new(StatusCode::NOT_IMPLEMENTED).detail("no route can have this method").into_response()
}

fn not_allowed(allow: &HeaderValue) -> Response {
    let detail = format!("this path answers {}", allow.to_str().unwrap_or_default());
    let mut response = Problem::new(StatusCode::METHOD_NOT_ALLOWED).detail(detail).into_response();
    response.headers_mut().insert(ALLOW, allow.clone());
    response
}

pub(super) fn options(allow: &HeaderValue) -> Response {
    let mut response = NoContent.into_response();
    response.headers_mut().insert(ALLOW, allow.clone());
    response
}

fn bad_path(bad: BadPath) -> Response {
    let status = if bad == BadPath::TooLong { StatusCode::URI_TOO_LONG } else { StatusCode::BAD_REQUEST };
    Problem::new(status).detail(bad.to_string()).into_response()
}

fn redirect(path: &str, query: Option<&str>) -> Response {
    let target = query.map_or_else(|| path.to_owned(), |query| format!("{path}?{query}"));
    let Ok(location) = HeaderValue::try_from(target) else { return bad_path(BadPath::NotUtf8) };
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::PERMANENT_REDIRECT;
    response.headers_mut().insert(LOCATION, location);
    response
}
