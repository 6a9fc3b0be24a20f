//! From the head of a request to its route, and into the handler.

use core::panic::AssertUnwindSafe;
use std::{panic::catch_unwind, sync::Arc};

use http::{
    HeaderValue, StatusCode,
    header::{ALLOW, LOCATION},
    request::Parts,
};

use crate::{
    body::{Body, BodySlot},
    extract::{Params, RequestHead},
    response::{IntoResponse, NoContent, Problem, Response},
    route::{Call, Methods, Slot},
    router::{BadPath, Chosen, MethodTable, Split, allow},
    service::{
        RouteFuture, RouteService,
        future::{Finish, panicked},
    },
};

/// Finds the route and calls its endpoint; everything else is answered here.
pub(super) fn dispatch(service: &RouteService, parts: Parts, body: Body) -> RouteFuture {
    let Some(method) = Methods::of(&parts.method) else {
        return RouteFuture::ready(not_implemented());
    };
    let finish = Finish { without_body: method == Methods::HEAD };
    if let Some(table) = service.shared.tree.fixed(parts.uri.path()) {
        return enter(service, table, method, Found::default(), parts, body, finish);
    }
    let split = match Split::new(parts.uri.path()) {
        Ok(split) => split,
        Err(_) if parts.uri.path() == "*" && method == Methods::OPTIONS => {
            return RouteFuture::ready(options(&allow(service.shared.methods)));
        }
        Err(bad) => return finish.ready(bad_path(bad)),
    };
    if let Some(tidy) = split.tidy(parts.uri.path()) {
        return finish.ready(redirect(&tidy, parts.uri.query()));
    }
    match service.shared.tree.at(parts.uri.path(), &split) {
        Some((table, params)) => {
            let found = Found { params, decoded: split.into_decoded() };
            enter(service, table, method, found, parts, body, finish)
        }
        None => nowhere(service, parts, body, finish),
    }
}

/// What the path says beyond which route it is for.
#[derive(Default)]
struct Found {
    params: Params,
    decoded: Option<Box<str>>,
}

/// Chooses the route by its method and calls its endpoint.
#[inline]
fn enter(
    service: &RouteService,
    table: &MethodTable,
    method: Methods,
    found: Found,
    parts: Parts,
    body: Body,
    finish: Finish,
) -> RouteFuture {
    let route = match table.choose(method) {
        Chosen::Route(route) | Chosen::HeadOf(route) => service.shared.routes[route],
        Chosen::Options => return RouteFuture::ready(options(table.allow())),
        Chosen::NotAllowed => return finish.ready(not_allowed(table.allow())),
    };
    let (limits, policies) = (&service.shared.app.limits, route.policies());
    let app = Arc::clone(&service.shared.app);
    let mut slot = Slot(Some(Call {
        head: RequestHead { parts, decoded: found.decoded, params: found.params, peer: service.peer, app },
        body: BodySlot::new(body, policies.body_limit.unwrap_or(limits.body), limits.body_idle),
    }));
    match catch_unwind(AssertUnwindSafe(|| route.call(&mut slot))) {
        Ok(answer) => finish.answer(answer, policies.timeout.or(limits.handler)),
        Err(panic) => finish.ready(panicked(&*panic)),
    }
}

fn nowhere(service: &RouteService, parts: Parts, body: Body, finish: Finish) -> RouteFuture {
    let Some(fallback) = &service.shared.fallback else {
        return finish.ready(Problem::new(StatusCode::NOT_FOUND).detail("no route has this path").into_response());
    };
    let limits = &service.shared.app.limits;
    let call = |body| http::Request::from_parts(parts, body);
    match BodySlot::new(body, limits.body, limits.body_idle).take() {
        Ok(body) => match catch_unwind(AssertUnwindSafe(|| fallback.call(call(body)))) {
            Ok(answer) => finish.answer(answer, limits.handler),
            Err(panic) => finish.ready(panicked(&*panic)),
        },
        Err(error) => finish.ready(crate::extract::BodyRejection::from(error).into_response()),
    }
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

fn options(allow: &HeaderValue) -> Response {
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
