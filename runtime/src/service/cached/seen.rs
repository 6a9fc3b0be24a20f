//! What a handler sees of a request whose answer is kept for everyone.

use crate::{
    body::{Body, BodySlot},
    cache::{Shelf, canonical},
    extract::RequestHead,
    route::Call,
    router::Split,
    service::RouteService,
};

/// The request as everyone with the same key would have sent it: its path in one spelling, of the query and the headers
/// what `vary` names, no body. So the answer cannot depend on anything else.
pub(super) fn seen(service: &RouteService, shelf: &Shelf, head: &RequestHead) -> Option<Call> {
    let spelling = canonical(head.uri().path());
    let (params, decoded) = match &spelling {
        None => (head.params.clone(), head.decoded.clone()),
        Some(path) => {
            let split = Split::new(path).ok()?;
            let (_, params) = service.shared.tree.at(path, &split)?;
            (params, split.into_decoded())
        }
    };
    let parts = shelf.seen(head, spelling.as_deref().unwrap_or(head.uri().path()));
    let body = BodySlot::new(Body::empty(), head.app.limits.body, head.app.limits.body_idle);
    Some(Call { head: RequestHead { parts, decoded, params, peer: None, app: head.app.clone() }, body })
}
