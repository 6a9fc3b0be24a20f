//! Handling an event once: claimed before the handler runs, done once it has answered well, released when it has not.

use core::{
    fmt,
    future::{Future, poll_fn},
    panic::AssertUnwindSafe,
    pin::{Pin, pin},
    task::{Context, Poll, Waker},
    time::Duration,
};
use std::{
    panic::{Location, catch_unwind},
    sync::Arc,
};

use http::StatusCode;
use tokio::{runtime::Handle, time::timeout};

use crate::{
    cache::StoreError,
    chance::random,
    error::panic_text,
    extract::RequestHead,
    webhook::{Claim, EventKey, Ledger, MemoryLedger, WebhookRejection, renewal::Renewal},
    work::{Counted, Task, Work},
};

/// How an event is handled once: in which ledger that stands, and for how long.
///
/// ```
/// use core::time::Duration;
/// use rutter::webhook::{MemoryLedger, Once};
///
/// let once = Once::default().ledger(MemoryLedger::new(1_000)).remember(Duration::from_secs(24 * 60 * 60));
/// assert_eq!(format!("{once:?}"), "Once(MemoryLedger(0 of 1000 events), 86400s)");
/// ```
#[derive(Clone)]
pub struct Once {
    ledger: Arc<dyn Ledger>,
    window: Duration,
}

impl Once {
    /// Keeps them in this ledger.
    pub fn ledger(self, ledger: impl Ledger) -> Self {
        Once { ledger: Arc::new(ledger), ..self }
    }

    /// Remembers them for so long: longer than the sender tries. A delivery that is believed for longer than that is
    /// remembered for as long.
    pub fn remember(self, window: Duration) -> Self {
        Once { window, ..self }
    }

    /// The same for no shorter than this.
    pub(super) fn at_least(&self, window: Duration) -> Self {
        Once { ledger: Arc::clone(&self.ledger), window: self.window.max(window) }
    }

    /// Claims an event until its handler has answered.
    pub(super) async fn admit(&self, head: &RequestHead, provider: &str, id: &str) -> Result<(), WebhookRejection> {
        let Some(later) = &head.later else {
            tracing::error!(
                "an extractor with a `Webhook` inside has no `Reads::EACH`: its events are not handled once"
            );
            return Ok(());
        };
        // Not by the path: a catch-all has as many as somebody likes who has recorded a delivery.
        let event = EventKey::new(provider, later.route(), id);
        // From here on, also when the client leaves while the ledger is asked, the claim is given up.
        let mut hold = Hold::new(self, event, &head.app.notes);
        match in_time(self.ledger.claim(&event, hold.token, LEASE)).await {
            Ok(Claim::Granted) => {}
            Ok(Claim::InProgress) => return Err(hold.refused(WebhookRejection::InProgress)),
            Ok(Claim::Done) => return Err(hold.refused(WebhookRejection::Repeated)),
            // Once too often is better than never.
            Err(error) => tracing::warn!(%error, ledger = ?self.ledger, "an event is handled without its ledger"),
        }
        hold.renew();
        later.on_answer(move |status| hold.settle(status));
        Ok(())
    }
}

/// In memory, for three days: as long as Stripe tries.
impl Default for Once {
    fn default() -> Self {
        Once { ledger: Arc::new(MemoryLedger::default()), window: Duration::from_secs(3 * 24 * 60 * 60) }
    }
}

impl fmt::Debug for Once {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Once({:?}, {:?})", self.ledger, self.window)
    }
}

/// How long a claim in a shared ledger lasts when its process dies; until then it is renewed.
const LEASE: Duration = Duration::from_secs(5 * 60);

/// The longest that a ledger is waited for, whatever it is.
const PATIENCE: Duration = Duration::from_secs(1);

/// A claim; released when it is dropped, unless its end is known.
struct Hold {
    once: Once,
    event: EventKey,
    token: u64,
    /// What is to be written down, which the end of the server waits for.
    note: Option<Counted>,
    /// A request may be dropped anywhere.
    runtime: Option<Handle>,
    renewal: Option<Renewal>,
    is_open: bool,
}

impl Hold {
    fn new(once: &Once, event: EventKey, notes: &Work) -> Self {
        let runtime = Handle::try_current().ok();
        Hold {
            once: once.clone(),
            event,
            token: random(),
            note: Some(notes.expect()),
            runtime,
            renewal: None,
            is_open: true,
        }
    }

    /// It was never granted: there is nothing to give up.
    fn refused(&mut self, rejection: WebhookRejection) -> WebhookRejection {
        self.is_open = false;
        rejection
    }

    /// Keeps the claim for as long as the handler runs, also where that is longer than a lease.
    fn renew(&mut self) {
        let ledger = &self.once.ledger;
        if let Some(runtime) = self.runtime.as_ref().filter(|_| ledger.is_shared()) {
            self.renewal = Some(Renewal::begin(runtime, Arc::clone(ledger), self.event, self.token, LEASE));
        }
    }

    /// The handler has answered, or was cut off.
    fn settle(&mut self, status: Option<StatusCode>) {
        // Senders such as Stripe take a redirect for a failure, and deliver again.
        let is_handled = status.is_some_and(|status| status.is_success());
        if core::mem::take(&mut self.is_open) {
            self.write(is_handled);
        }
    }

    /// Writes what has become of the event: now, where that needs no waiting, so that the sender finds it when it comes
    /// again at once.
    fn write(&mut self, is_handled: bool) {
        let (Once { ledger, window }, event, token) = (self.once.clone(), self.event, self.token);
        let renewal = self.renewal.take();
        let mut writing: Pin<Box<dyn Future<Output = ()> + Send>> = Box::pin(async move {
            let writing = async {
                if let Some(renewal) = renewal {
                    renewal.end().await;
                }
                if is_handled { ledger.finish(&event, token, window) } else { ledger.release(&event, token) }.await
            };
            if let Err(error) = in_time(writing).await {
                tracing::warn!(%error, ?ledger, is_handled, "what has become of an event cannot be written down");
            }
        });
        let runtime = Handle::try_current().ok().or_else(|| self.runtime.clone());
        let _entered = runtime.as_ref().map(Handle::enter);
        let mut context = Context::from_waker(Waker::noop());
        match catch_unwind(AssertUnwindSafe(|| writing.as_mut().poll(&mut context))) {
            Ok(Poll::Ready(())) => {}
            Ok(Poll::Pending) => {
                if let (Some(note), Some(runtime)) = (self.note.take(), &runtime) {
                    note.run(Task { at: Location::caller(), future: writing }, runtime);
                }
            }
            Err(panic) => tracing::error!(panic = panic_text(&*panic), "a ledger panicked"),
        }
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        self.settle(None);
    }
}

/// Waits for a ledger, but not forever. One that answers at once needs no timer.
pub(super) async fn in_time<T>(call: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
    let mut call = pin!(call);
    let at_once = poll_fn(|context| {
        Poll::Ready(match call.as_mut().poll(context) {
            Poll::Ready(answer) => Some(answer),
            Poll::Pending => None,
        })
    });
    if let Some(answer) = at_once.await {
        return answer;
    }
    let late = || Err(StoreError::new("the ledger does not answer"));
    timeout(PATIENCE, call).await.unwrap_or_else(|_| late())
}
