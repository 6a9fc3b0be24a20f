//! What a handler sees of a request whose answer is kept for everyone.

use std::{borrow::Cow, sync::Arc};

use crate::{
    body::{Body, BodySlot},
    cache::{Shelf, canonical},
    extract::{HeadView, Params, RequestHead},
    route::Call,
    router::Split,
    service::RouteService,
};

/// The request as everyone with the same key would have sent it: its path in one spelling, of the query and the headers
/// what `vary` names, no body. So the answer cannot depend on anything else.
pub(super) fn seen(service: &RouteService, shelf: &Shelf, head: &HeadView<'_>) -> Call {
    let sent = head.uri.path();
    let (path, params, decoded) = match canonical(sent).and_then(|path| resolved(service, path)) {
        Some((path, params, decoded)) => (Cow::Owned(path), params, decoded),
        None => (Cow::Borrowed(sent), head.params.clone(), head.decoded.map(Box::from)),
    };
    let parts = shelf.seen(head, &path);
    let app = Arc::clone(&service.shared.app);
    let body = BodySlot::new(Body::empty(), app.limits.body, app.limits.body_idle);
    Call { head: RequestHead { parts, decoded, params, peer: None, app, later: None }, body }
}

/// Another spelling of a path, with the places of the values in it.
fn resolved(service: &RouteService, path: String) -> Option<(String, Params, Option<Box<str>>)> {
    let split = Split::new(&path).ok()?;
    let (_, params) = service.shared.tree.at(&path, &split)?;
    let decoded = split.into_decoded();
    Some((path, params, decoded))
}
