//! Requests where a policy for other origins stands: preflights are answered here, other answers are granted to who is
//! allowed. All of it is out of the way of applications without a policy.

use std::{collections::HashMap, sync::Arc};

use http::{HeaderMap, HeaderValue, Method};

use crate::{
    cors::{Cors, Grant, Named, Policy, Preflight, refuse},
    route::{Methods, Route, Slot},
    router::{MethodTable, allow},
    service::{Place, RouteFuture, RouteService, dispatch},
};

/// The policy of a route, and what a preflight is told of its path.
pub(super) struct Guard {
    policy: Arc<Policy>,
    /// The methods of the path that have this policy.
    methods: HeaderValue,
}

/// Answers on a path where a route has a policy, or the application.
#[cold]
pub(super) fn enter(service: &RouteService, table: &MethodTable, method: Methods, slot: &mut Slot) -> RouteFuture {
    let request = &slot.call().head.parts.headers;
    if method == Methods::OPTIONS
        && let Some(preflight) = Preflight::of(request)
    {
        let guard = preflight.method.and_then(|method| guard(service, table, method));
        let allowed = guard.and_then(|guard| guard.policy.preflight(request, &guard.methods));
        return RouteFuture::ready(allowed.unwrap_or_else(|| {
            let mut response = dispatch::options(table.allow());
            refuse(guard.map(|guard| &*guard.policy), response.headers_mut());
            response
        }));
    }
    let policy = match table.route(method) {
        Some(route) => service.shared.places[route].guard.as_ref().map(|guard| &guard.policy),
        None => of_path(service, table),
    };
    let grant = policy.map(|policy| policy.grant(Some(method), request));
    let future = dispatch::answer_again(service, table, method, slot);
    future.granting(grant)
}

/// What the application's policy says where no route answers.
#[cold]
pub(super) fn grant(service: &RouteService, slot: &mut Slot) -> Option<Grant> {
    let head = &slot.call().head.parts;
    of_app(service, &head.method, &head.headers)
}

/// An answer that no route has given, as the application's policy has it.
#[cold]
pub(super) fn without_route(service: &RouteService, slot: &mut Slot, future: RouteFuture) -> RouteFuture {
    future.granting(grant(service, slot))
}

/// The same for a request that gets no further than the wire.
#[cfg(feature = "server")]
#[cold]
pub(super) fn without_slot<B>(service: &RouteService, request: &http::Request<B>, future: RouteFuture) -> RouteFuture {
    future.granting(of_app(service, request.method(), request.headers()))
}

fn of_app(service: &RouteService, method: &Method, headers: &HeaderMap) -> Option<Grant> {
    service.shared.cors.as_ref().map(|policy| policy.grant(Methods::of(method), headers))
}

/// What guards the route of a requested method, if its policy allows the method.
fn guard<'s>(service: &'s RouteService, table: &MethodTable, method: Methods) -> Option<&'s Guard> {
    let guard = service.shared.places[table.route(method)?].guard.as_ref()?;
    guard.policy.has(method).then_some(guard)
}

/// The policy of answers that are about the whole path: the one that all of its routes share.
fn of_path<'s>(service: &'s RouteService, table: &MethodTable) -> Option<&'s Arc<Policy>> {
    let mut policies =
        table.each().map(|(_, route)| service.shared.places[route].guard.as_ref().map(|guard| &guard.policy));
    let first = policies.next()?;
    if policies.all(|other| other.map(Arc::as_ptr) == first.map(Arc::as_ptr)) {
        return first;
    }
    service.shared.cors.as_ref()
}

/// Policies as they are made: one for each `Cors`, however many routes name it.
pub(super) struct Policies {
    app: Option<Arc<Policy>>,
    named: HashMap<*const Cors, Arc<Policy>>,
}

impl Policies {
    pub(super) fn new(app: Option<&Cors>) -> Self {
        Policies { app: app.map(made), named: HashMap::new() }
    }

    pub(super) fn into_app(self) -> Option<Arc<Policy>> {
        self.app
    }

    /// Its own option or the nearest scope, else what the application says.
    fn of(&mut self, route: &Route) -> Option<Arc<Policy>> {
        let Some(Named(cors)) = route.cors() else { return self.app.clone() };
        let cors = cors();
        Some(Arc::clone(self.named.entry(cors).or_insert_with(|| made(cors))))
    }

    /// Puts a guard before each route of a path that has a policy.
    pub(super) fn guard(&mut self, table: &mut MethodTable, places: &mut [Place]) {
        let methods: Vec<(Methods, usize, Option<Arc<Policy>>)> = table
            .allowed()
            .each()
            .filter_map(|(_, method)| Some((method, table.route(method)?)))
            .map(|(method, route)| (method, route, self.of(places[route].route)))
            .collect();
        for (_, route, policy) in &methods {
            let Some(policy) = policy else { continue };
            table.has_cors = true;
            let is_same = |other: &Option<Arc<Policy>>| other.as_ref().is_some_and(|other| Arc::ptr_eq(policy, other));
            let allowed = methods.iter().filter(|(method, _, other)| is_same(other) && policy.has(*method));
            let methods = allow(allowed.fold(Methods::NONE, |all, (method, ..)| all.and(*method)));
            places[*route].guard = Some(Guard { policy: Arc::clone(policy), methods });
        }
    }
}

fn made(cors: &Cors) -> Arc<Policy> {
    Arc::new(Policy::new(cors, cfg!(debug_assertions)))
}
