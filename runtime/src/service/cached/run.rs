//! One computation of an answer that is kept: in a task of its own, with everyone who waits for it.

use core::{panic::AssertUnwindSafe, time::Duration};
use std::{panic::catch_unwind, sync::Arc};

use tokio::{runtime::Handle, time::timeout};

use crate::{
    cache::{CacheKey, Fate, Kept, KeyBytes, Landing, Lost, Part, Shelf, Waiting},
    extract::HeadView,
    route::{Answer, Route, Slot},
    service::{
        RouteService,
        cached::{
            guard::{Guarded, broken, whole},
            seen::seen,
            shared,
            shared::Elsewhere,
            target::{Made, Settled, Target},
        },
    },
    time::Timestamp,
};

/// One computation of an answer that is kept.
pub(super) struct Run {
    target: Target,
    route: &'static Route,
    /// What the handler sees.
    slot: Slot,
    longest: Duration,
    began: Timestamp,
}

/// The part that a request has in a computation.
pub(super) enum Joined {
    /// It runs the handler.
    Leads(Box<Run>),
    /// It waits.
    Follows(Waiting),
    /// Its answer has no key: the handler is run for it alone.
    Apart,
}

impl Joined {
    /// For others who wait for the same.
    pub(super) fn waiting(&self) -> Option<Waiting> {
        match self {
            Joined::Leads(run) => Some(run.waiting()),
            Joined::Follows(waiting) => Some(waiting.clone()),
            Joined::Apart => None,
        }
    }
}

/// How a refresh went.
enum Refreshed {
    /// There is a new answer, or nothing that may be kept.
    Anew,
    /// Another instance makes it.
    Elsewhere,
    /// The handler has failed: what was kept stays.
    Failed,
}

impl Run {
    /// Joins the computation for a request, or prepares it.
    pub(super) fn join(
        service: &RouteService,
        route: &'static Route,
        shelf: &Arc<Shelf>,
        head: &HeadView<'_>,
    ) -> Joined {
        let keeper = &service.shared.keeper;
        let mut key = KeyBytes::default();
        if !shelf.write_key(head, &mut key) {
            return Joined::Apart;
        }
        let (key, labels) = (CacheKey::from(key.as_slice()), shelf.labels(head));
        let seal = keeper.memory.labels().seal(&labels);
        let claim = match keeper.flights.join(&key, seal, keeper.clock.now()) {
            Part::Follows(waiting) => return Joined::Follows(waiting),
            Part::Leads(claim) => claim,
        };
        let longest = service.timeout(route).unwrap_or(keeper.longest);
        let slot = Slot(Some(seen(service, shelf, head)));
        let shared_key = shelf.shared_key(&key);
        let target = Target { keeper: Arc::clone(keeper), shelf: Arc::clone(shelf), key, shared_key, labels, claim };
        Joined::Leads(Box::new(Run { target, route, slot, longest, began: keeper.clock.now() }))
    }

    /// For those who wait for it.
    pub(super) fn waiting(&self) -> Waiting {
        self.target.claim.waiting()
    }

    /// Makes a stale answer anew, behind the request that is served with it; nobody else does, and the last failure is
    /// long enough ago.
    pub(super) fn behind(
        service: &RouteService,
        route: &'static Route,
        shelf: &Arc<Shelf>,
        head: &HeadView<'_>,
        kept: &Arc<Kept>,
        now: Timestamp,
    ) {
        let Ok(runtime) = Handle::try_current() else { return };
        if !kept.begins_refresh(now) {
            return;
        }
        let refresh = Refresh(Arc::clone(kept));
        if let Joined::Leads(run) = Run::join(service, route, shelf, head) {
            runtime.spawn(run.refresh(refresh));
        }
    }

    /// Runs the handler of a miss as far as it goes without waiting. What cannot be told at once is left to
    /// [`Run::fly`].
    pub(super) fn begin(mut self: Box<Self>) -> Begun {
        if self.target.keeper.far().is_some() {
            return Begun::Waits(self, None);
        }
        match self.call() {
            Err(why) => Begun::Landed(self.target.land(Landing::lost(why))),
            Ok(Answer::Ready(response)) => match self.target.settle(response, self.began) {
                Settled::Made(made) => Begun::Landed(self.target.land(made.landing)),
                Settled::Unread(response) => Begun::Waits(self, Some(Answer::Ready(response))),
            },
            Ok(answer) => Begun::Waits(self, Some(answer)),
        }
    }

    /// Makes the answer, wherever it comes from, and tells everyone.
    pub(super) async fn fly(mut self: Box<Self>, begun: Option<Answer>) -> Landing {
        let Some(far) = self.target.keeper.far().cloned() else {
            let landing = self.make(begun).await.map_or_else(Landing::lost, |made| made.landing);
            return self.target.land(landing);
        };
        let turn = match shared::find(&self.target, &far, false, self.longest).await {
            Elsewhere::Found(kept) => return self.target.land(Landing::Found(kept)),
            Elsewhere::Turn(turn) => turn,
        };
        let landing = self.make(begun).await.map_or_else(Landing::lost, |made| made.landing);
        self.target.share(&far, turn, landing).await
    }

    async fn refresh(self: Box<Self>, refresh: Refresh) {
        let clock = self.target.keeper.clock.clone();
        match self.renew().await {
            Refreshed::Anew => {}
            Refreshed::Elsewhere => refresh.0.wait(clock.now()),
            Refreshed::Failed => refresh.0.back_off(clock.now()),
        }
    }

    async fn renew(mut self: Box<Self>) -> Refreshed {
        let far = self.target.keeper.far().cloned();
        let turn = match &far {
            None => None,
            Some(far) => match shared::find(&self.target, far, true, self.longest).await {
                Elsewhere::Found(kept) => {
                    self.target.land(Landing::Found(kept));
                    return Refreshed::Anew;
                }
                // Another instance makes it anew, and the answer may still be served meanwhile.
                Elsewhere::Turn(Some(turn)) if turn.token.is_none() => return Refreshed::Elsewhere,
                Elsewhere::Turn(turn) => turn,
            },
        };
        let made = self.make(None).await;
        let failed = made.as_ref().map_or(true, |made| made.failed);
        // The handler says something else now, which is not kept: neither is what it said before.
        let forgets = made.as_ref().is_ok_and(|made| !made.failed && made.fate != Fate::Keep);
        if forgets {
            self.target.shelf.forget(&self.target.keeper.memory, &self.target.key);
        }
        let landing = made.map_or_else(Landing::lost, |made| made.landing);
        match far {
            None => drop(self.target.land(landing)),
            Some(far) => {
                if forgets {
                    far.remove(&self.target.shared_key).await;
                }
                self.target.share(&far, turn, landing).await;
            }
        }
        if failed { Refreshed::Failed } else { Refreshed::Anew }
    }

    /// Calls the handler and reads the whole of its answer, in bounded time.
    async fn make(&mut self, begun: Option<Answer>) -> Result<Made, Lost> {
        let made = timeout(self.longest, async {
            let answer = match begun {
                Some(answer) => answer,
                None => self.call()?,
            };
            let response = match answer {
                Answer::Ready(response) => response,
                Answer::Run(future) => Guarded(future).await?,
            };
            let response = match self.target.settle(response, self.began) {
                Settled::Made(made) => return Ok(made),
                Settled::Unread(response) => whole(response, self.target.keeper.largest).await?,
            };
            match self.target.settle(response, self.began) {
                Settled::Made(made) => Ok(made),
                Settled::Unread(_) => Err(Lost::Broken),
            }
        });
        made.await.unwrap_or(Err(Lost::Late))
    }

    fn call(&mut self) -> Result<Answer, Lost> {
        let called = catch_unwind(AssertUnwindSafe(|| self.route.call(&mut self.slot)));
        called.map_err(|panic| broken(&*panic))
    }
}

/// A computation that has begun.
pub(super) enum Begun {
    /// It has ended already.
    Landed(Landing),
    /// It goes on with this answer, or has yet to be called.
    Waits(Box<Run>, Option<Answer>),
}

/// Lets the next refresh begin when this one ends, however it does.
struct Refresh(Arc<Kept>);

impl Drop for Refresh {
    fn drop(&mut self) {
        self.0.ends_refresh();
    }
}
