//! What a handler sees of a request whose answer is kept for everyone.

use std::sync::Arc;

use crate::{
    body::{Body, BodySlot},
    cache::{Shelf, canonical},
    extract::{HeadView, RequestHead},
    route::Call,
    router::Split,
    service::RouteService,
};

/// The request as everyone with the same key would have sent it: its path in one spelling, of the query and the headers
/// what `vary` names, no body. So the answer cannot depend on anything else.
pub(super) fn seen(service: &RouteService, shelf: &Shelf, head: &HeadView<'_>) -> Option<Call> {
    let spelling = canonical(head.uri.path());
    let (params, decoded) = match &spelling {
        None => (head.params.clone(), head.decoded.map(Box::from)),
        Some(path) => {
            let split = Split::new(path).ok()?;
            let (_, params) = service.shared.tree.at(path, &split)?;
            (params, split.into_decoded())
        }
    };
    let parts = shelf.seen(head, spelling.as_deref().unwrap_or(head.uri.path()));
    let app = Arc::clone(&service.shared.app);
    let body = BodySlot::new(Body::empty(), app.limits.body, app.limits.body_idle);
    Some(Call { head: RequestHead { parts, decoded, params, peer: None, app }, body })
}
