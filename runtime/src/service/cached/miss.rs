//! An answer that is not there: one request leads, the others follow.

use core::{future::Future, panic::AssertUnwindSafe, pin::Pin};
use std::{panic::catch_unwind, sync::Arc};

use http::header::{CACHE_STATUS, VARY};
use tokio::runtime::Handle;

#[cfg(feature = "compression")]
use crate::service::cached::encoded::formed;
use crate::{
    cache::{Forwarded, Keeper, Kept, Landing, Lost, Shelf, Waiting},
    response::Response,
    route::{Answer, Call, Route, Slot},
    service::{
        RouteFuture, RouteService,
        cached::{
            Run,
            hit::{Hit, find, respond_anew},
            run::{Begun, Joined},
            seen::seen,
        },
        future::{Finish, failed, panicked, too_slow},
    },
};

/// Runs the handler for everyone who waits.
pub(super) fn miss(
    service: &RouteService,
    route: &'static Route,
    shelf: &Arc<Shelf>,
    slot: &mut Slot,
    finish: Finish,
) -> RouteFuture {
    let timeout = service.timeout(route);
    let asked = Asked { service: service.clone(), route, shelf: Arc::clone(shelf), call: slot.take(), finish };
    let asked = Box::new(asked);
    // What is kept is framed and in its encoding: a second look would compress what was not worth it. The rest is formed
    // where it is told from that.
    let finish = finish.framed();
    match catch_unwind(AssertUnwindSafe(|| asked.join())) {
        Ok(answer) => finish.answer(answer, timeout),
        Err(panic) => finish.ready(panicked(&*panic)),
    }
}

/// A request for an answer that is kept.
struct Asked {
    service: RouteService,
    route: &'static Route,
    shelf: Arc<Shelf>,
    call: Call,
    finish: Finish,
}

type Later<T> = Pin<Box<dyn Future<Output = T> + Send>>;

impl Asked {
    fn join(self: Box<Self>) -> Answer {
        // From now on it is heard what others revalidate.
        self.keeper().far();
        let joined = self.joined();
        self.part(joined)
    }

    fn joined(&self) -> Joined {
        Run::join(&self.service, self.route, &self.shelf, &self.call.head.view())
    }

    fn hit(&self) -> Option<Answer> {
        if !self.keeper().trusts_memory() {
            return None;
        }
        let kept = match self.shelf.only() {
            Some(only) => only.load_full()?,
            None => find(&self.service, &self.shelf, &self.call.head.view())?,
        };
        self.serve(&kept)
    }

    fn serve(&self, kept: &Arc<Kept>) -> Option<Answer> {
        let head = self.call.head.view();
        let hit = Hit::of(&self.service, self.route, &self.shelf, &head, kept)?;
        Some(self.formed(kept, hit.respond(kept, &head)))
    }

    /// An answer that is kept, in the encoding that its client prefers.
    #[cfg(feature = "compression")]
    fn formed(&self, kept: &Arc<Kept>, response: Response) -> Answer {
        match self.finish.encoding() {
            Some(encoding) if kept.is_compressible() => formed(kept, encoding, response),
            _ => Answer::Ready(response),
        }
    }

    #[cfg(not(feature = "compression"))]
    #[allow(clippy::unused_self)] // Without the feature there is one form.
    fn formed(&self, _: &Arc<Kept>, response: Response) -> Answer {
        Answer::Ready(response)
    }

    /// Leads or follows.
    fn part(self: Box<Self>, joined: Joined) -> Answer {
        match joined {
            Joined::Leads(run) => self.lead(run),
            Joined::Follows(waiting) => Answer::Run(self.follow(waiting)),
            Joined::Apart => self.alone("no-key"),
        }
    }

    fn lead(self: Box<Self>, run: Box<Run>) -> Answer {
        // The one who led before may have ended between the first look and this one.
        if let Some(answer) = self.hit() {
            return answer;
        }
        match run.begin() {
            Begun::Landed(landing) => match self.render(landing, true) {
                Ok(answer) => answer,
                Err(asked) => asked.alone("alone"),
            },
            Begun::Waits(run, begun) => {
                let waiting = run.waiting();
                let flight = run.fly(begun);
                // Without a runtime nothing outlives the request: it takes the computation along.
                let flight: Later<Landing> = match Handle::try_current() {
                    Ok(runtime) => {
                        runtime.spawn(flight);
                        Box::pin(async move { waiting.landing().await.unwrap_or_else(|| Landing::lost(Lost::Broken)) })
                    }
                    Err(_) => Box::pin(flight),
                };
                Answer::Run(Box::pin(async move {
                    let landing = flight.await;
                    self.rendered(landing, true).await
                }))
            }
        }
    }

    /// Waits for the one who leads. When nothing comes of it, one of those who wait leads once more.
    fn follow(self: Box<Self>, waiting: Waiting) -> Later<Response> {
        Box::pin(async move {
            let again = match waiting.landing().await {
                Some(Landing::Lost(_, again)) => again,
                Some(landing) => return self.rendered(landing, false).await,
                None => Arc::default(),
            };
            if let Some(answer) = self.hit() {
                return ended(answer).await;
            }
            let joined = again.join(|| {
                let joined = self.joined();
                let waiting = joined.waiting();
                (joined, waiting)
            });
            match joined {
                Ok(Joined::Follows(waiting)) | Err(waiting) => {
                    let landing = waiting.landing().await.unwrap_or_else(|| Landing::lost(Lost::Broken));
                    self.rendered(landing, false).await
                }
                Ok(joined) => ended(self.part(joined)).await,
            }
        })
    }

    async fn rendered(self: Box<Self>, landing: Landing, leads: bool) -> Response {
        match self.render(landing, leads) {
            Ok(answer) => ended(answer).await,
            Err(asked) => ended(asked.alone("alone")).await,
        }
    }

    /// The answer of a computation to this request; the request itself where it has to run the handler on its own.
    fn render(self: Box<Self>, landing: Landing, leads: bool) -> Result<Answer, Box<Self>> {
        let how = |why| if leads { Forwarded::NotStored(why) } else { Forwarded::Collapsed };
        let mut response = match landing {
            Landing::Kept(kept) => {
                let how = if leads { Forwarded::Stored } else { Forwarded::Collapsed };
                let response = told(respond_anew(&kept, &self.call.head.view()), &self.shelf, how);
                return Ok(self.formed(&kept, response));
            }
            // Between its finding and now it may have become too old.
            Landing::Found(kept) => match self.serve(&kept) {
                Some(answer) => return Ok(answer),
                None => return Err(self),
            },
            Landing::Shared(shared, why) => told(shared.response(), &self.shelf, how(why)),
            Landing::Alone(response, why) => {
                let taken = response.lock().expect("nothing panics while it holds this lock").take();
                match taken {
                    Some(response) => told(response, &self.shelf, Forwarded::NotStored(why)),
                    None => return Err(self),
                }
            }
            Landing::Lost(Lost::Broken, _) => failed(),
            Landing::Lost(Lost::Late, _) => too_slow(),
        };
        self.finish.form(&mut response);
        Ok(Answer::Ready(response))
    }

    /// Runs the handler for this request alone.
    fn alone(self: Box<Self>, why: &'static str) -> Answer {
        let Asked { service, route, shelf, call, finish } = *self;
        let answer = route.call(&mut Slot(Some(seen(&service, &shelf, &call.head.view()))));
        let tell = move |response| {
            let mut response = told(response, &shelf, Forwarded::NotStored(why));
            finish.form(&mut response);
            response
        };
        match answer {
            Answer::Ready(response) => Answer::Ready(tell(response)),
            Answer::Run(future) => Answer::Run(Box::pin(async move { tell(future.await) })),
        }
    }

    fn keeper(&self) -> &Arc<Keeper> {
        &self.service.shared.keeper
    }
}

async fn ended(answer: Answer) -> Response {
    match answer {
        Answer::Ready(response) => response,
        Answer::Run(future) => future.await,
    }
}

/// Says how an answer came about, and that another request may get another one (RFC 9110 §12.5.5).
fn told(mut response: Response, shelf: &Shelf, how: Forwarded) -> Response {
    let headers = response.headers_mut();
    headers.insert(CACHE_STATUS, how.value());
    if let Some(vary) = &shelf.vary_header {
        let known = headers.get_all(VARY).iter().any(|value| value == vary);
        if !known {
            headers.append(VARY, vary.clone());
        }
    }
    response
}
