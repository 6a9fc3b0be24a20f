//! Work that begins once the answer has been sent.
//!
//! A webhook is answered at once and its work done later; a page is sent before its visit is counted:
//!
//! ```
//! use rutter::prelude::*;
//! # async fn send_mail(to: String) {}
//!
//! #[route(POST, "/orders")]
//! fn order(address: String, after: After) -> StatusCode {
//!     after.run(async move { send_mail(address).await });
//!     StatusCode::ACCEPTED
//! }
//! ```
//!
//! The rules:
//! - work begins once the connection has handed the last byte of the answer to the socket, so it never delays it; it
//!   also begins when the handler failed or panicked, when its time was up, and when the client has left. Where there
//!   are no bytes to follow (204, 304, HEAD, and the last few hundred of HTTP/2) it begins when the head, or those bytes,
//!   are on their way;
//! - a panic ends the piece of work that panics, and the log has it;
//! - work may hand over more work, which begins at once, and may revalidate what is kept: take
//!   [`Revalidate`](crate::Revalidate) beside `After`;
//! - [`serve`](crate::serve) waits for it when the application ends, until its drain time is over; the log names what
//!   was cut off by the file and line of its `run`. An accept loop of your own awaits
//!   [`RouteService::finished`](crate::RouteService::finished);
//! - a route that takes `After` is never kept: a kept answer would leave its work undone.

use core::{convert::Infallible, fmt, future::Future, panic::Location};
use std::sync::Arc;

use crate::{
    body::BodySlot,
    error::Result,
    extract::{FromRequest, RequestHead},
    reads::Reads,
    work::{Later, Task, Work},
};

/// Work that begins once the answer has been sent: an extractor.
///
/// A clone hands over work for the same answer. An extractor of your own that takes it has
/// [`Reads::EACH`](crate::Reads::EACH) among its `READS`; without that, work begins at once.
///
/// ```
/// use rutter::{prelude::*, testing::Client};
///
/// #[route(POST, "/visits/[page]")]
/// fn visit(page: &str, after: After, seen: State<std::sync::Mutex<Vec<String>>>) {
///     let page = page.to_owned();
///     after.run(async move { seen.lock().unwrap().push(page) });
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let app = rutter::routes![visit].state(std::sync::Mutex::new(Vec::<String>::new())).build().unwrap();
/// assert_eq!(Client::new(app.clone()).post("/visits/home").await.status(), 204);
/// app.finished().await;
/// # }
/// ```
#[derive(Clone)]
pub struct After(Arc<Later>);

impl After {
    /// Begins this work once the answer has been sent, or at once when it has.
    #[track_caller]
    pub fn run(&self, work: impl Future<Output = ()> + Send + 'static) {
        self.0.add(Task { at: Location::caller(), future: Box::pin(work) });
    }

    /// The same for work that may fail; the log has the error.
    ///
    /// ```
    /// # use rutter::prelude::*;
    /// # async fn send_mail(to: &str) -> std::io::Result<()> { Ok(()) }
    /// # fn order(after: After) {
    /// after.try_run(async {
    ///     send_mail("ada@example.org").await?;
    ///     Ok(())
    /// });
    /// # }
    /// ```
    #[track_caller]
    pub fn try_run(&self, work: impl Future<Output = Result<()>> + Send + 'static) {
        let at = Location::caller();
        let future = Box::pin(async move {
            if let Err(error) = work.await {
                tracing::error!(%error, %at, "work after an answer failed");
            }
        });
        self.0.add(Task { at, future });
    }
}

/// One without an answer to wait for: for unit tests of handlers. Its work begins at once.
impl Default for After {
    fn default() -> Self {
        After(Arc::new(Later::at_once(&Work::default())))
    }
}

impl FromRequest for After {
    const READS: Reads = Reads::EACH;
    const READY: bool = true;
    type Rejection = Infallible;

    async fn from_request(head: &RequestHead, _: &mut BodySlot) -> Result<Self, Infallible> {
        let later = head.later.clone().unwrap_or_else(|| Arc::new(Later::at_once(&head.app.work)));
        later.await_it();
        Ok(After(later))
    }
}

impl fmt::Debug for After {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("After")
    }
}
