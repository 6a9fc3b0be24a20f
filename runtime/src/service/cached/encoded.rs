//! A kept answer in the encoding that a client prefers.

use std::sync::Arc;

use http::StatusCode;
use tokio::runtime::Handle;

use crate::{
    cache::{Kept, Made},
    compression::{Encoding, weaken},
    conditional::Verdict,
    extract::HeadView,
    response::Response,
    route::Answer,
    service::{
        RouteFuture,
        cached::hit::{Hit, verdict},
        future::Finish,
    },
};

/// Answers with what is there; the first who wants an encoding waits until it is made, and others with it.
pub(super) fn answer(
    hit: &Hit,
    kept: &Arc<Kept>,
    head: &HeadView<'_>,
    encoding: Encoding,
    finish: Finish,
) -> RouteFuture {
    let finish = finish.framed();
    if let Made::Ready(variant) = kept.variant(encoding)
        && verdict(kept, head) == Verdict::Serve
    {
        return finish.ready(kept.hit_as(variant, hit.freshness, hit.now));
    }
    finish.answer(formed(kept, encoding, hit.respond(kept, head)), None)
}

/// The answer to one request, in its encoding as soon as that is made.
pub(super) fn formed(kept: &Arc<Kept>, encoding: Encoding, mut response: Response) -> Answer {
    let made = kept.variant(encoding);
    if response.status() == StatusCode::NOT_MODIFIED {
        // RFC 9110 §15.4.5: it has the entity tag that a 200 would have.
        if !matches!(made, Made::AsItIs) {
            weaken(response.headers_mut());
        }
        return Answer::Ready(response);
    }
    // A part of the answer, or a refusal.
    if response.status() != kept.status {
        return Answer::Ready(response);
    }
    match made {
        Made::AsItIs => Answer::Ready(response),
        Made::Ready(variant) => {
            Kept::dress(&mut response, encoding, variant);
            Answer::Ready(response)
        }
        Made::NotYet => {
            // Without a runtime there is no thread for it.
            let Ok(runtime) = Handle::try_current() else { return Answer::Ready(response) };
            let kept = Arc::clone(kept);
            Answer::Run(Box::pin(async move {
                let making = Arc::clone(&kept);
                // In a task of its own: whoever leaves takes nothing from the others.
                drop(runtime.spawn(async move { making.make_variant(encoding).await }).await);
                if let Made::Ready(variant) = kept.variant(encoding) {
                    Kept::dress(&mut response, encoding, variant);
                }
                response
            }))
        }
    }
}
