//! What a sender has sent: the headers, and the body byte by byte.

use core::fmt;
use std::borrow::Cow;

use http::HeaderMap;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};

use crate::webhook::Refused;

/// What a sender has sent: the headers, and the body byte by byte, before anything of it is believed.
///
/// ```
/// use rutter::{HeaderMap, HeaderValue, webhook::Delivery};
///
/// let mut headers = HeaderMap::new();
/// headers.insert("x-signature", HeaderValue::from_static("5f3c"));
/// let delivery = Delivery::new(&headers, br#"{"id": "evt_1"}"#);
/// assert_eq!(delivery.header("x-signature").unwrap(), "5f3c");
/// assert_eq!(delivery.header("x-time").unwrap_err().to_string(), "the header `x-time` is missing");
/// assert_eq!(delivery.member("id").unwrap(), "evt_1");
/// ```
#[derive(Clone, Copy)]
pub struct Delivery<'r> {
    headers: &'r HeaderMap,
    body: &'r [u8],
}

impl<'r> Delivery<'r> {
    /// What was sent: a test of a [`Provider`](crate::webhook::Provider) makes one itself.
    pub fn new(headers: &'r HeaderMap, body: &'r [u8]) -> Self {
        Delivery { headers, body }
    }

    /// The value of the header with this name, in lower case.
    ///
    /// # Errors
    /// When it is missing, stands twice, or is not visible ASCII.
    ///
    /// # Panics
    /// When no header can have this name.
    pub fn header(&self, name: &'static str) -> Result<&'r str, Refused> {
        let mut values = self.headers.get_all(name).iter();
        let Some(value) = values.next() else { return Err(Refused::Missing(name)) };
        // Of two signatures nobody can tell which one somebody in between has believed.
        if values.next().is_some() {
            return Err(Refused::Repeated(name));
        }
        value.to_str().map_err(|_| Refused::Unclear(name))
    }

    /// Whether there is a header with this name.
    pub fn has(&self, name: &str) -> bool {
        self.headers.contains_key(name)
    }

    /// The body, as it was signed.
    pub fn body(&self) -> &'r [u8] {
        self.body
    }

    /// The text at this name in a body that is a JSON object: where senders put the id of an event. Asked for once the
    /// signature has been verified.
    pub fn member(&self, name: &str) -> Option<Cow<'r, str>> {
        let found = serde_json::Deserializer::from_slice(self.body).deserialize_map(Member(name));
        found.ok()?.map(Cow::Owned)
    }

    /// Whether the body begins as an object or an array does, which no form can: these bytes are escaped there.
    pub(super) fn looks_like_json(&self) -> bool {
        matches!(self.body.trim_ascii_start().first(), Some(b'{' | b'['))
    }
}

/// Without the values of headers, which are signatures, and without the body.
impl fmt::Debug for Delivery<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Delivery({} headers, {} bytes)", self.headers.len(), self.body.len())
    }
}

/// Looks for the text at one name, and passes over everything else without keeping it.
struct Member<'n>(&'n str);

impl<'de> Visitor<'de> for Member<'_> {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some(name) = map.next_key::<String>()? {
            if name == self.0 {
                found = Some(map.next_value::<String>()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn a_header_is_sent_once_and_is_text() {
        let mut headers = HeaderMap::new();
        headers.insert("x-twice", HeaderValue::from_static("a"));
        headers.append("x-twice", HeaderValue::from_static("a"));
        headers.insert("x-bytes", HeaderValue::from_bytes(b"a\xFF").expect("HTTP allows it"));
        headers.insert("x-empty", HeaderValue::from_static(""));
        let delivery = Delivery::new(&headers, b"");
        assert!(matches!(delivery.header("x-none"), Err(Refused::Missing("x-none"))));
        assert!(matches!(delivery.header("x-twice"), Err(Refused::Repeated("x-twice"))));
        assert!(matches!(delivery.header("x-bytes"), Err(Refused::Unclear("x-bytes"))));
        assert!(matches!(delivery.header("x-empty"), Ok("")));
    }

    #[test]
    fn the_id_of_an_event_stands_in_its_object() {
        for (body, expected) in [
            (r#"{"id": "evt_1"}"#, Some("evt_1")),
            (r#"{"object": {"id": "no"}, "id": "a\nb", "more": [1]}"#, Some("a\nb")),
            (r#"{"id": 7}"#, None),
            (r#"{"id": null}"#, None),
            (r#"{"other": "evt_1"}"#, None),
            (r#"["id", "evt_1"]"#, None),
            (r#"{"id": "evt_1""#, None),
            ("", None),
        ] {
            assert_eq!(Delivery::new(&HeaderMap::new(), body.as_bytes()).member("id").as_deref(), expected, "{body}");
        }
    }

    #[test]
    fn nothing_of_a_delivery_is_printed() {
        let mut headers = HeaderMap::new();
        headers.insert("x-signature", HeaderValue::from_static("5f3c"));
        assert_eq!(format!("{:?}", Delivery::new(&headers, b"secret")), "Delivery(1 headers, 6 bytes)");
    }
}
