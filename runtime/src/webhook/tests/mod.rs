//! What the senders document is accepted, and whatever differs from it in one byte is refused.

mod all;
mod formats;
mod github;
mod shopify;
mod slack;
mod standard;
mod stripe;

use http::{HeaderMap, HeaderName, HeaderValue};

use super::*;
use crate::{
    secret::Secret,
    time::{Clock, Timestamp},
};

/// A delivery that is genuine, and who believes it at this time.
struct Genuine {
    provider: fn(&str, Clock) -> Box<dyn Provider>,
    secret: &'static str,
    other: &'static str,
    at: u64,
    headers: &'static [(&'static str, &'static str)],
    /// Which of them is the signature.
    signature: &'static str,
    body: &'static str,
    id: Option<&'static str>,
}

fn secret(text: &str) -> Secret {
    Secret::new(text).expect("not empty")
}

impl Genuine {
    fn headers(&self) -> HeaderMap {
        let headers = self.headers.iter();
        headers.map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))).collect()
    }

    fn clock(&self, seconds: i64) -> Clock {
        Clock::stopped(Timestamp::from_millis(self.at.saturating_add_signed(seconds) * 1000))
    }

    fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), Refused> {
        (self.provider)(self.secret, self.clock(0)).verify(&Delivery::new(headers, body))
    }

    /// With another value in one of its headers.
    fn with(&self, name: &'static str, value: impl AsRef<[u8]>) -> Result<(), Refused> {
        let mut headers = self.headers();
        let value = HeaderValue::from_bytes(value.as_ref()).expect("HTTP allows it");
        headers.insert(name, value);
        self.verify(&headers, self.body.as_bytes())
    }

    fn value(&self, name: &str) -> &'static str {
        self.headers.iter().find(|(other, _)| *other == name).expect("there is one").1
    }

    /// The signature, where it begins and ends in its header.
    fn digits(&self) -> core::ops::Range<usize> {
        let value = self.value(self.signature);
        let start = value.find("v1=").map(|at| at + 3).or(value.find("v1,").map(|at| at + 3));
        let start = start.or(value.find("v0=").map(|at| at + 3)).or(value.find("sha256=").map(|at| at + 7));
        start.unwrap_or(0)..value.len()
    }

    /// Whether a time is signed.
    fn is_timed(&self) -> bool {
        self.at > 0
    }
}
