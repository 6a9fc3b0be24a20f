//! Where a client that comes back wants to go on: the header `Last-Event-ID`.

use core::{convert::Infallible, str::FromStr};

use crate::{
    body::BodySlot,
    extract::{FromRequest, RequestHead},
    reads::Reads,
};

/// The id of the last event that a client has seen before it came back.
///
/// A browser sends it by itself. It is there only if an event had an id, and it is what a client says: anything at all.
///
/// ```
/// use rutter::{Event, LastEventId, prelude::*};
///
/// #[route(GET, "/count")]
/// fn count(last: LastEventId) -> Sse {
///     let first = last.parse().map_or(0, |last: u64| last + 1);
///     Sse::channel(async move |mut events| {
///         for number in first..10 {
///             events.send(Event::json(&number).id(number)).await?;
///         }
///         Ok(())
///     })
/// }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// # let client = rutter::testing::Client::new(rutter::routes![count].build().unwrap());
/// let answer = client.get("/count").header("last-event-id", "8").await;
/// assert_eq!(answer.text(), "id: 9\ndata: 9\n\n");
/// # }
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct LastEventId(Option<String>);

impl LastEventId {
    /// The id, as in a test of a handler; none if it is empty.
    ///
    /// ```
    /// use rutter::LastEventId;
    ///
    /// assert_eq!(LastEventId::new("7").as_str(), Some("7"));
    /// assert_eq!(LastEventId::new(""), LastEventId::default());
    /// ```
    pub fn new(id: impl Into<String>) -> Self {
        LastEventId(Some(id.into()).filter(|id| !id.is_empty()))
    }

    /// This id, or else another: a page that was made before it connects names in its address the last event that it
    /// shows. The header wins, for the address stays the same when a browser comes back.
    ///
    /// ```
    /// use rutter::LastEventId;
    ///
    /// assert_eq!(LastEventId::default().or(Some("3")).as_str(), Some("3"));
    /// assert_eq!(LastEventId::new("7").or(Some("3")).as_str(), Some("7"));
    /// ```
    pub fn or(self, other: Option<impl Into<String>>) -> Self {
        match (&self.0, other) {
            (None, Some(other)) => LastEventId::new(other),
            _ => self,
        }
    }

    /// The id, if there is one.
    ///
    /// ```
    /// use rutter::LastEventId;
    ///
    /// assert_eq!(LastEventId::new("a7").as_str(), Some("a7"));
    /// assert_eq!(LastEventId::default().as_str(), None);
    /// ```
    pub fn as_str(&self) -> Option<&str> {
        self.0.as_deref()
    }

    /// The id as a number, or another type that is read from text; `None` as well when it is none.
    ///
    /// ```
    /// use rutter::LastEventId;
    ///
    /// assert_eq!(LastEventId::new("7").parse(), Some(7));
    /// assert_eq!(LastEventId::new("seven").parse::<u64>(), None);
    /// ```
    pub fn parse<T: FromStr>(&self) -> Option<T> {
        self.as_str()?.parse().ok()
    }
}

impl FromRequest for LastEventId {
    const READS: Reads = Reads::HEAD;
    const READY: bool = true;
    type Rejection = Infallible;

    async fn from_request(head: &RequestHead, _: &mut BodySlot) -> Result<Self, Infallible> {
        let value = head.headers().get("last-event-id");
        // WHATWG HTML §9.2.3: it is sent in UTF-8, which `HeaderValue::to_str` does not read.
        let id = value.and_then(|value| core::str::from_utf8(value.as_bytes()).ok());
        Ok(LastEventId::new(id.unwrap_or_default()))
    }
}
