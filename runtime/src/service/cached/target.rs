//! What becomes of an answer that was made: kept, given to those who wait, and to other instances.

use core::time::Duration;
use std::sync::Arc;

use http::StatusCode;

use crate::{
    cache::{CacheKey, Claim, Entry, Far, Fate, Holds, Keeper, Kept, Label, Landing, Shared, Shelf, Turn, entry, fate},
    response::Response,
    service::cached::shared,
    time::Timestamp,
};

/// Where an answer is kept, and who waits for it.
pub(super) struct Target {
    pub(super) keeper: Arc<Keeper>,
    pub(super) shelf: Arc<Shelf>,
    pub(super) key: CacheKey,
    /// The same for a store that others share.
    pub(super) shared_key: CacheKey,
    pub(super) labels: Vec<Label>,
    pub(super) claim: Claim,
}

/// What an answer has become.
pub(super) enum Settled {
    /// Known to those who wait.
    Made(Made),
    /// Nothing yet: its body has to be read first.
    Unread(Response),
}

/// A computation with an answer.
pub(super) struct Made {
    pub(super) landing: Landing,
    pub(super) fate: Fate,
    /// RFC 5861 §4: an answer of the server's fault does not replace a good one, whatever it says.
    pub(super) failed: bool,
}

impl Target {
    /// Decides what becomes of an answer, and keeps it.
    pub(super) fn settle(&self, response: Response, began: Timestamp) -> Settled {
        let (fate, failed) = (fate(&response, self.keeper.largest), is_failure(response.status()));
        if let Fate::Alone(why) = fate {
            self.shelf.warn(why);
            self.keeper.flights.set_apart(&self.key, self.keeper.clock.now() + APART);
            let landing = Landing::Alone(Arc::new(Some(response).into()), why);
            return Settled::Made(Made { landing, fate, failed });
        }
        let (parts, body) = response.into_parts();
        let body = match body.into_whole() {
            Ok(body) => body,
            Err(body) => return Settled::Unread(Response::from_parts(parts, body)),
        };
        let landing = match fate {
            Fate::Keep => self.keep(entry(parts.status, &parts.headers, &body, began, &self.shelf)),
            Fate::Share(why) | Fate::Alone(why) => {
                let shared = Shared { status: parts.status, headers: parts.headers, body };
                Landing::Shared(Arc::new(shared), why)
            }
        };
        Settled::Made(Made { landing, fate, failed })
    }

    /// Keeps an answer, unless what it is made of was expired meanwhile.
    fn keep(&self, entry: Entry) -> Landing {
        if self.claim.seal.holds() == Holds::Broken {
            return shared(entry, "revalidated");
        }
        let kept = Kept::new(entry, self.claim.seal.clone());
        #[cfg(feature = "compression")]
        let kept = kept.compressing(self.keeper.compression);
        let kept = Arc::new(kept);
        if !self.shelf.keep(&self.keeper.memory, &self.key, &kept) {
            return shared(kept.entry(), "no-room");
        }
        Landing::Kept(kept)
    }

    /// Tells those who wait here, then other instances.
    pub(super) async fn share(self, far: &Far, turn: Option<Turn>, landing: Landing) -> Landing {
        self.claim.land(landing.clone());
        if let Some(turn) = turn {
            shared::put(far, &self.shelf, &self.shared_key, &self.labels, &turn, &landing).await;
        }
        landing
    }

    pub(super) fn land(self, landing: Landing) -> Landing {
        self.claim.land(landing.clone());
        landing
    }
}

/// How long requests for a key do not wait for each other once an answer to one of them could not be shared.
const APART: Duration = Duration::from_secs(10);

/// Whether an answer tells of a trouble that passes: the server's, or too much at once.
fn is_failure(status: StatusCode) -> bool {
    status.is_server_error()
        || matches!(status, StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_EARLY | StatusCode::TOO_MANY_REQUESTS)
}

fn shared(entry: Entry, why: &'static str) -> Landing {
    let headers = entry.headers.into_iter().collect();
    Landing::Shared(Arc::new(Shared { status: entry.status, headers, body: entry.body }), why)
}
