//! Values of the application, handed to handlers.

use core::{fmt, ops::Deref};
use std::sync::Arc;

use http::StatusCode;

use crate::{
    body::BodySlot,
    extract::{FromHead, FromRequest, RequestHead},
    reads::Reads,
    response::Problem,
    state::{Requirements, as_written},
};

/// A value of the application, the same for every request: a pool of connections, a configuration.
///
/// It is given to [`Routes::state`](crate::Routes::state) and found by its type. An application
/// does not start while a handler asks for a value that was not given.
///
/// ```
/// use rutter::State;
///
/// struct Db { url: String }
///
/// fn show(db: State<Db>) -> String {
///     format!("connected to {}", db.url)
/// }
///
/// // A handler is a function, and a test calls it as one.
/// assert_eq!(show(State::new(Db { url: "memory".to_owned() })), "connected to memory");
/// ```
pub struct State<T>(
    /// The value, shared.
    pub Arc<T>,
);

impl<T> State<T> {
    /// Shares a value: what a test gives to a handler.
    ///
    /// ```
    /// assert_eq!(*rutter::State::new(7), 7);
    /// ```
    pub fn new(value: T) -> Self {
        State(Arc::new(value))
    }

    /// The shared value, to keep beyond the request.
    ///
    /// ```
    /// let shared: std::sync::Arc<u8> = rutter::State::new(7).into_arc();
    /// ```
    pub fn into_arc(self) -> Arc<T> {
        self.0
    }
}

impl<T: Send + Sync + 'static> FromRequest for State<T> {
    const READS: Reads = Reads::NOTHING;
    const READY: bool = true;
    type Rejection = Problem;

    async fn from_request(head: &RequestHead, _: &mut BodySlot) -> Result<Self, Problem> {
        Self::from_head(head)
    }

    fn requires(requirements: &mut Requirements) {
        requirements.state::<T>();
    }

    fn is_absent(_: &Problem) -> bool {
        false
    }
}

/// For structs that borrow: `#[derive(FromRequest)] struct Page<'r> { db: State<Db>, headers: &'r HeaderMap }`.
impl<T: Send + Sync + 'static> FromHead<'_> for State<T> {
    const READS: Reads = Reads::NOTHING;
    type Rejection = Problem;

    fn from_head(head: &RequestHead) -> Result<Self, Problem> {
        head.app.state.find().map(State).ok_or_else(|| {
            // `Routes::build` refuses to start without it, unless the extractor is called by hand.
            let name = as_written(core::any::type_name::<T>());
            tracing::error!("no `{name}` was given to `Routes::state`: answered with a 500");
            Problem::new(StatusCode::INTERNAL_SERVER_ERROR)
        })
    }

    fn requires(requirements: &mut Requirements) {
        requirements.state::<T>();
    }

    fn is_absent(_: &Problem) -> bool {
        false
    }
}

impl<T> Deref for State<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> Clone for State<T> {
    fn clone(&self) -> Self {
        State(Arc::clone(&self.0))
    }
}

impl<T> From<T> for State<T> {
    fn from(value: T) -> Self {
        State::new(value)
    }
}

impl<T> From<Arc<T>> for State<T> {
    fn from(value: Arc<T>) -> Self {
        State(value)
    }
}

impl<T: fmt::Debug> fmt::Debug for State<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("State").field(&*self.0).finish()
    }
}
