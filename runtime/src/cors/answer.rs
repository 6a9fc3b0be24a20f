//! What is said on an answer, and what it varies by.

use std::sync::Arc;

use http::{
    HeaderMap, HeaderName, HeaderValue,
    header::{ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, VARY},
};

use crate::{cors::Policy, vary::vary_by};

/// What the answer to one request says to the page that asks.
pub(crate) struct Grant {
    pub(super) policy: Arc<Policy>,
    /// The value of `Access-Control-Allow-Origin`; none for who is not allowed.
    pub(super) origin: Option<HeaderValue>,
}

impl Grant {
    /// Says it, and nothing else of its kind.
    #[inline]
    pub(crate) fn apply(self, headers: &mut HeaderMap) {
        let Grant { policy, origin } = self;
        // Once over the few names that are there costs less than looking for each of these.
        let (mut says_something, mut varies) = (false, false);
        for name in headers.keys() {
            says_something |= is_of_cors(name);
            varies |= *name == VARY;
        }
        if says_something {
            take_away(headers);
        }
        if policy.varies() && varies {
            vary_by(headers, ORIGIN);
        } else if policy.varies() {
            headers.insert(VARY, HeaderValue::from_static(ORIGIN));
        }
        let Some(origin) = origin else { return };
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        if policy.credentials {
            headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
        }
        if let Some(exposed) = &policy.exposed {
            headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, exposed.clone());
        }
    }
}

const ORIGIN: &str = "origin";

fn is_of_cors(name: &HeaderName) -> bool {
    name.as_str().starts_with("access-control-")
}

/// A handler does not know who is allowed.
#[cold]
fn take_away(headers: &mut HeaderMap) {
    let names: Vec<HeaderName> = headers.keys().filter(|name| is_of_cors(name)).cloned().collect();
    for name in names {
        headers.remove(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_answer_varies_by_is_said_once() {
        for (before, after) in [
            (&[][..], &["origin"][..]),
            (&["accept-language"], &["accept-language", "origin"]),
            (&["Origin"], &["Origin"]),
            (&["accept-encoding,ORIGIN ,x"], &["accept-encoding,ORIGIN ,x"]),
            (&["x-origin"], &["x-origin", "origin"]),
            (&["a", "origin"], &["a", "origin"]),
            (&["*"], &["*"]),
        ] {
            let mut headers = HeaderMap::new();
            for value in before {
                headers.append(VARY, HeaderValue::from_static(value));
            }
            vary_by(&mut headers, ORIGIN);
            assert_eq!(headers.get_all(VARY).iter().collect::<Vec<_>>(), after);
        }
    }
}
