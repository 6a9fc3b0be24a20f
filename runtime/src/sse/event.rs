//! One event, and how it is written (WHATWG HTML §9.2).

use core::{fmt::Display, time::Duration};
use std::sync::Arc;

use bytes::Bytes;
use serde::Serialize;

use crate::{error::BoxError, sse::SseError};

/// One event.
///
/// It has data, and may have a name, an id and a time to wait before the client comes back. A clone shares all of it.
///
/// ```
/// use core::time::Duration;
/// use rutter::Event;
///
/// let event = Event::data("fog\nat noon").event("forecast").id(7).retry(Duration::from_secs(2));
/// assert_eq!(event.to_string(), "event: forecast\nid: 7\nretry: 2000\ndata: fog\ndata: at noon\n\n");
/// ```
///
/// A browser hands on only what has data, be it empty. Of an event without data, such as `Event::default().id(7)`, it
/// takes the id and the time, and says nothing.
///
/// What no event can hold is kept in it until it is sent, and refused then: see [`SseError`].
#[derive(Debug, Clone, Default)]
#[must_use = "an event is seen only when it is sent"]
pub struct Event(Arc<Fields>);

#[derive(Debug, Clone, Default)]
struct Fields {
    comment: Option<String>,
    name: Option<String>,
    id: Option<String>,
    retry: Option<Duration>,
    data: Option<String>,
    fault: Option<SseError>,
    /// All of it as it is written, where many will write it.
    written: Option<Bytes>,
}

impl Event {
    /// An event with this text.
    ///
    /// Lines end with CR, LF or both; the client gets them with LF between. Data may be empty.
    ///
    /// ```
    /// use rutter::Event;
    ///
    /// assert_eq!(Event::data("one\r\ntwo").to_string(), "data: one\ndata: two\n\n");
    /// assert_eq!(Event::data("").to_string(), "data:\n\n");
    /// ```
    pub fn data(text: impl Into<String>) -> Self {
        Event(Arc::new(Fields { data: Some(text.into()), ..Fields::default() }))
    }

    /// An event with this value as JSON. A value that cannot be written as JSON is refused when it is sent.
    ///
    /// ```
    /// use rutter::Event;
    ///
    /// assert_eq!(Event::json(&[1, 2]).to_string(), "data: [1,2]\n\n");
    /// ```
    pub fn json(value: &(impl Serialize + ?Sized)) -> Self {
        match serde_json::to_string(value) {
            Ok(text) => Event::data(text),
            Err(error) => Event::default().refused(SseError::Json(Arc::new(error))),
        }
    }

    /// A comment, which no client looks at: for whoever reads the stream on its way.
    ///
    /// ```
    /// use rutter::Event;
    ///
    /// assert_eq!(Event::comment("caught up").to_string(), ": caught up\n\n");
    /// ```
    pub fn comment(text: impl Into<String>) -> Self {
        Event(Arc::new(Fields { comment: Some(text.into()), ..Fields::default() }))
    }

    /// The name that a browser dispatches it by; without one that is `message`.
    ///
    /// CR, LF and NUL are refused when it is sent.
    ///
    /// ```
    /// use rutter::Event;
    ///
    /// assert_eq!(Event::data("12 kn").event("wind").to_string(), "event: wind\ndata: 12 kn\n\n");
    /// ```
    pub fn event(mut self, name: impl Into<String>) -> Self {
        let name = name.into();
        if breaks(&name) {
            return self.refused(SseError::Name(name));
        }
        self.change().name = Some(name);
        self
    }

    /// The id that a client which comes back names in [`Last-Event-ID`](crate::LastEventId). An empty one makes the
    /// client forget the last.
    ///
    /// CR, LF and NUL are refused when it is sent.
    ///
    /// ```
    /// use rutter::Event;
    ///
    /// assert_eq!(Event::data("x").id(7).to_string(), "id: 7\ndata: x\n\n");
    /// ```
    pub fn id(mut self, id: impl Display) -> Self {
        let id = id.to_string();
        if breaks(&id) {
            return self.refused(SseError::Id(id));
        }
        self.change().id = Some(id);
        self
    }

    /// How long the client waits before it comes back, from now on, in whole milliseconds.
    ///
    /// ```
    /// use core::time::Duration;
    /// use rutter::Event;
    ///
    /// assert_eq!(Event::default().retry(Duration::from_millis(1_500)).to_string(), "retry: 1500\n\n");
    /// ```
    pub fn retry(mut self, wait: Duration) -> Self {
        self.change().retry = Some(wait);
        self
    }

    /// Whether its id is this one.
    pub(super) fn has_id(&self, id: &str) -> bool {
        self.0.id.as_deref() == Some(id)
    }

    /// Why it cannot be sent.
    pub(super) fn fault(&self) -> Option<SseError> {
        self.0.fault.clone()
    }

    /// Writes it down now, for all who will send it.
    pub(super) fn write_down(mut self) -> Self {
        let written = self.to_bytes();
        self.change().written = Some(written);
        self
    }

    pub(super) fn to_bytes(&self) -> Bytes {
        self.0.written.clone().unwrap_or_else(|| {
            let mut bytes = Vec::new();
            self.0.write(&mut bytes);
            bytes.into()
        })
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) {
        match &self.0.written {
            Some(written) => out.extend_from_slice(written),
            None => self.0.write(out),
        }
    }

    /// The fields of this one alone. What has been written down is out of date then.
    fn change(&mut self) -> &mut Fields {
        let fields = Arc::make_mut(&mut self.0);
        fields.written = None;
        fields
    }

    fn refused(mut self, fault: SseError) -> Self {
        self.change().fault.get_or_insert(fault);
        self
    }
}

/// The text as it is sent.
impl core::fmt::Display for Event {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        // It is made of strings and ASCII.
        f.write_str(&String::from_utf8_lossy(&self.to_bytes()))
    }
}

/// A value that becomes an event: what the stream of [`Sse::new`](crate::Sse::new) is made of.
///
/// ```
/// use rutter::{BoxError, Event, IntoEvent};
///
/// struct Tick(u64);
///
/// impl IntoEvent for Tick {
///     fn into_event(self) -> Result<Event, BoxError> {
///         Ok(Event::data("tick").id(self.0))
///     }
/// }
/// assert_eq!(Tick(3).into_event().unwrap().to_string(), "id: 3\ndata: tick\n\n");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event",
    label = "no event can be made from this type",
    note = "let the stream give `Event` or `Result<Event, _>`: `.map(|value| Event::json(&value))`",
    note = "or implement `rutter::IntoEvent` for `{Self}`"
)]
pub trait IntoEvent {
    /// Makes the event.
    ///
    /// # Errors
    /// What stops the stream: it is logged, and the connection is cut.
    fn into_event(self) -> Result<Event, BoxError>;
}

impl IntoEvent for Event {
    fn into_event(self) -> Result<Event, BoxError> {
        Ok(self)
    }
}

impl<E: Into<BoxError>> IntoEvent for Result<Event, E> {
    fn into_event(self) -> Result<Event, BoxError> {
        self.map_err(Into::into)
    }
}

impl Fields {
    fn write(&self, out: &mut Vec<u8>) {
        if let Some(comment) = &self.comment {
            lines(comment).for_each(|line| write_field(out, "", line));
        }
        if let Some(name) = &self.name {
            write_field(out, "event", name);
        }
        if let Some(id) = &self.id {
            write_field(out, "id", id);
        }
        if let Some(retry) = self.retry {
            write_field(out, "retry", &u64::try_from(retry.as_millis()).unwrap_or(u64::MAX).to_string());
        }
        if let Some(data) = &self.data {
            lines(data).for_each(|line| write_field(out, "data", line));
        }
        out.push(b'\n');
    }
}

fn write_field(out: &mut Vec<u8>, name: &str, value: &str) {
    out.extend_from_slice(name.as_bytes());
    // One space behind the colon is taken away again, so a value may begin with its own.
    out.extend_from_slice(if value.is_empty() { b":" } else { b": " });
    out.extend_from_slice(value.as_bytes());
    out.push(b'\n');
}

/// The lines of a text, of which there is one at least: they end with CR, LF or CR LF.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    core::iter::from_fn(move || {
        let text = rest?;
        let Some(at) = text.find(['\r', '\n']) else { return rest.take() };
        let (line, end) = text.split_at(at);
        rest = end.strip_prefix("\r\n").or_else(|| end.get(1..));
        Some(line)
    })
}

/// A line break would begin another field, and a client ignores an id with NUL.
fn breaks(text: &str) -> bool {
    text.contains(['\r', '\n', '\0'])
}

#[cfg(test)]
mod tests;
