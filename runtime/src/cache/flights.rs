//! Computations that are under way: many wait for one.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use tokio::sync::watch;

use crate::{
    body::Body,
    cache::{CacheKey, Holds, kept::Kept, labels::LiveSeal},
    response::Response,
    time::Timestamp,
};

/// Computations that are under way, one for each key.
#[derive(Debug, Default)]
pub(crate) struct Flights(Mutex<UnderWay>);

#[derive(Debug, Default)]
struct UnderWay {
    by_key: HashMap<CacheKey, Flight>,
    /// Until when requests for a key do not wait for each other, because an answer to one could not be shared.
    apart: HashMap<CacheKey, Timestamp>,
    /// How many there have been: each has a number of its own, from 1.
    begun: u64,
}

#[derive(Debug)]
struct Flight {
    number: u64,
    seal: LiveSeal,
    landing: watch::Receiver<Option<Landing>>,
}

/// How a computation ended.
#[derive(Debug, Clone)]
pub(crate) enum Landing {
    /// With an answer that is kept.
    Kept(Arc<Kept>),
    /// With an answer that another instance has made.
    Found(Arc<Kept>),
    /// With an answer for those who wait, and why it is not kept.
    Shared(Arc<Shared>, &'static str),
    /// With an answer for one of them, the first who takes it; the others run the handler themselves.
    Alone(Arc<Mutex<Option<Response>>>, &'static str),
    /// Without an answer; those who wait try once more, together.
    Lost(Lost, Arc<Again>),
}

/// One more try for everyone who has waited in vain.
#[derive(Debug, Default)]
pub(crate) struct Again(Mutex<Option<Waiting>>);

/// Why a computation has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lost {
    /// The handler panicked, or its answer broke off.
    Broken,
    /// The handler took too long.
    Late,
}

/// An answer for everyone who waits.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// The part that a caller has in a computation.
#[derive(Debug)]
pub(crate) enum Part {
    /// It computes.
    Leads(Claim),
    /// It waits.
    Follows(Waiting),
}

/// The right to compute. When it is dropped, those who wait know that nothing comes.
#[derive(Debug)]
pub(crate) struct Claim {
    flights: Arc<Flights>,
    key: CacheKey,
    number: u64,
    pub(crate) seal: LiveSeal,
    landing: watch::Sender<Option<Landing>>,
}

/// Waits for somebody else's computation.
#[derive(Debug, Clone)]
pub(crate) struct Waiting(watch::Receiver<Option<Landing>>);

impl Flights {
    /// Joins the computation of a key, or begins it. `seal` are the versions of its labels now. A computation that
    /// began before something was revalidated is not joined: its answer is out of date.
    pub(crate) fn join(self: &Arc<Self>, key: &CacheKey, seal: LiveSeal, now: Timestamp) -> Part {
        let mut flights = self.0.lock().expect("nothing panics while it holds this lock");
        if flights.apart.get(key).is_some_and(|until| now < *until) {
            let landing = watch::Sender::new(None);
            return Part::Leads(Claim { flights: Arc::clone(self), key: key.clone(), number: 0, seal, landing });
        }
        if let Some(flight) = flights.by_key.get(key).filter(|flight| flight.seal.holds() == Holds::Whole) {
            return Part::Follows(Waiting(flight.landing.clone()));
        }
        flights.begun += 1;
        let number = flights.begun;
        let (landing, waiting) = watch::channel(None);
        flights.by_key.insert(key.clone(), Flight { number, seal: seal.clone(), landing: waiting });
        Part::Leads(Claim { flights: Arc::clone(self), key: key.clone(), number, seal, landing })
    }

    /// Lets nobody wait for a computation of this key until then.
    pub(crate) fn set_apart(&self, key: &CacheKey, until: Timestamp) {
        let mut flights = self.0.lock().expect("nothing panics while it holds this lock");
        if flights.apart.len() >= MOST_APART {
            flights.apart.clear();
        }
        flights.apart.insert(key.clone(), until);
    }

    /// How many are under way.
    pub(crate) fn len(&self) -> usize {
        self.0.lock().expect("nothing panics while it holds this lock").by_key.len()
    }
}

/// More are forgotten: at worst some requests wait for each other once more.
const MOST_APART: usize = 1_000;

impl Landing {
    /// Without an answer, for the first time: those who wait try once more.
    pub(crate) fn lost(why: Lost) -> Landing {
        Landing::Lost(why, Arc::default())
    }
}

impl Again {
    /// Begins the new try, or waits with those who have.
    pub(crate) fn join<T>(&self, join: impl FnOnce() -> (T, Option<Waiting>)) -> Result<T, Waiting> {
        let mut others = self.0.lock().expect("nothing panics while it holds this lock");
        if let Some(waiting) = &*others {
            return Err(waiting.clone());
        }
        let (joined, waiting) = join();
        *others = waiting;
        Ok(joined)
    }
}

impl Claim {
    /// For those who wait.
    pub(crate) fn waiting(&self) -> Waiting {
        Waiting(self.landing.subscribe())
    }

    /// Ends the computation and tells those who wait.
    pub(crate) fn land(self, landing: Landing) {
        self.clear();
        self.landing.send_replace(Some(landing));
    }

    /// Takes the place of the computation away, unless a newer one has it.
    fn clear(&self) {
        let mut flights = self.flights.0.lock().expect("nothing panics while it holds this lock");
        if flights.by_key.get(&self.key).is_some_and(|flight| flight.number == self.number) {
            flights.by_key.remove(&self.key);
        }
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        self.clear();
    }
}

impl Waiting {
    /// How the computation ended; `None` when it was given up.
    pub(crate) async fn landing(mut self) -> Option<Landing> {
        let landed = self.0.wait_for(Option::is_some).await.ok()?;
        landed.clone()
    }
}

impl Shared {
    pub(crate) fn response(&self) -> Response {
        let mut response = Response::new(Body::from(self.body.clone()));
        *response.status_mut() = self.status;
        response.headers_mut().clone_from(&self.headers);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cache::{Label, Mode, labels::Labels};

    const NOW: Timestamp = Timestamp::from_millis(0);

    fn key() -> CacheKey {
        CacheKey::from(&b"key"[..])
    }

    fn shared() -> Landing {
        let shared = Shared { status: StatusCode::OK, headers: HeaderMap::new(), body: Bytes::from_static(b"x") };
        Landing::Shared(Arc::new(shared), "status")
    }

    fn leads(part: Part) -> Claim {
        match part {
            Part::Leads(claim) => claim,
            Part::Follows(_) => panic!("somebody else computes"),
        }
    }

    fn follows(part: Part) -> Waiting {
        match part {
            Part::Follows(waiting) => waiting,
            Part::Leads(_) => panic!("nobody else computes"),
        }
    }

    #[tokio::test]
    async fn one_computes_and_the_others_wait() {
        let (flights, labels) = (Arc::new(Flights::default()), Labels::default());
        let seal = || labels.seal(&[Label::tag("a")]);
        let claim = leads(flights.join(&key(), seal(), NOW));
        let waiting = [follows(flights.join(&key(), seal(), NOW)), follows(flights.join(&key(), seal(), NOW))];
        leads(flights.join(&CacheKey::from(&b"other"[..]), seal(), NOW));
        claim.land(shared());
        for waiting in waiting {
            assert!(matches!(waiting.landing().await, Some(Landing::Shared(..))));
        }
        assert_eq!(flights.len(), 0);
    }

    #[tokio::test]
    async fn those_who_wait_know_when_nothing_comes() {
        let (flights, labels) = (Arc::new(Flights::default()), Labels::default());
        let claim = leads(flights.join(&key(), labels.seal(&[]), NOW));
        let waiting = follows(flights.join(&key(), labels.seal(&[]), NOW));
        drop(claim);
        assert!(waiting.landing().await.is_none());
        leads(flights.join(&key(), labels.seal(&[]), NOW));
    }

    #[tokio::test]
    async fn a_computation_that_is_out_of_date_is_not_joined() {
        let (flights, labels) = (Arc::new(Flights::default()), Labels::default());
        let seal = || labels.seal(&[Label::tag("a")]);
        let old = leads(flights.join(&key(), seal(), NOW));
        labels.revalidate(&Label::tag("a"), Mode::Expire);
        let new = leads(flights.join(&key(), seal(), NOW));
        let waiting = follows(flights.join(&key(), seal(), NOW));
        old.land(shared());
        assert_eq!(flights.len(), 1, "the end of the old one leaves the new one alone");
        new.land(shared());
        assert!(waiting.landing().await.is_some());
    }
}
