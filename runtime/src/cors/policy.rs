//! A policy with its header values, made once when the application is built.

use core::{fmt, panic::AssertUnwindSafe};
use std::{panic::catch_unwind, sync::Arc};

use http::{
    HeaderMap, HeaderValue,
    header::{AsHeaderName, ORIGIN},
};

use crate::{
    cors::{
        Cors, Grant, Origin,
        allowed::{Allowed, Headers, Predicate},
    },
    error::panic_text,
    methods::Methods,
};

/// A policy as requests meet it.
pub(crate) struct Policy {
    who: Who,
    methods: Option<Methods>,
    pub(super) credentials: bool,
    /// None where every header is allowed; empty where none is.
    pub(super) headers: Option<HeaderValue>,
    pub(super) exposed: Option<HeaderValue>,
    pub(super) max_age: Option<HeaderValue>,
    pub(super) private_network: bool,
}

/// Whose pages may read.
enum Who {
    Nobody,
    Anyone,
    /// Sorted.
    These(Box<[HeaderValue]>),
    Asked(Arc<Predicate>, Box<[HeaderValue]>),
}

impl Policy {
    /// Of a build that is being developed, or of one that is not.
    pub(crate) fn new(cors: &Cors, is_dev: bool) -> Self {
        let dev = cors.dev_origins.iter().flatten().copied().filter(|_| is_dev);
        let who = match &cors.allowed {
            Allowed::Anyone => Who::Anyone,
            Allowed::Nobody => Who::these(dev),
            Allowed::Named(origins) => Who::these(origins.iter().copied().chain(dev)),
            Allowed::Listed(origins) => Who::these(origins.iter().map(String::as_str).chain(dev)),
            Allowed::Matching(allows) => Who::Asked(Arc::new(*allows), sorted(dev)),
            Allowed::Asked(allows) => Who::Asked(Arc::clone(allows), sorted(dev)),
        };
        let headers = match cors.headers {
            Headers::Any => None,
            Headers::These(names) => Some(list(names)),
        };
        Policy {
            who,
            methods: cors.methods,
            credentials: cors.credentials,
            headers,
            exposed: Some(list(cors.exposed)).filter(|names| !names.is_empty()),
            max_age: cors.max_age.map(|time| HeaderValue::from(time.as_secs())),
            private_network: cors.private_network,
        }
    }

    /// What the answer to a request will say.
    #[inline]
    pub(crate) fn grant(self: &Arc<Self>, method: Option<Methods>, request: &HeaderMap) -> Grant {
        let is_allowed = self.methods.is_none() || method.is_some_and(|method| self.has(method));
        let origin = if is_allowed { self.allowed(request) } else { None };
        Grant { policy: Arc::clone(self), origin }
    }

    /// Whether it says anything to requests of this method. HEAD is GET without a body.
    pub(crate) fn has(&self, method: Methods) -> bool {
        let Some(methods) = self.methods else { return true };
        methods.contains(method) || (method == Methods::HEAD && methods.contains(Methods::GET))
    }

    /// The value of `Access-Control-Allow-Origin`, where there is one.
    #[inline]
    pub(super) fn allowed(&self, request: &HeaderMap) -> Option<HeaderValue> {
        match &self.who {
            Who::Nobody => None,
            Who::Anyone => Some(HeaderValue::from_static("*")),
            Who::These(origins) => find(origins, only(request, ORIGIN)?),
            Who::Asked(allows, dev) => {
                let sent = only(request, ORIGIN)?;
                let origin = Origin::sent(sent.as_bytes())?;
                find(dev, sent).or_else(|| says_yes(&**allows, &origin).then(|| sent.clone()))
            }
        }
    }

    /// Whether the headers depend on the origin.
    pub(super) fn varies(&self) -> bool {
        matches!(self.who, Who::These(_) | Who::Asked(..))
    }
}

impl Who {
    fn these<'o>(origins: impl Iterator<Item = &'o str>) -> Who {
        let origins = sorted(origins);
        if origins.is_empty() { Who::Nobody } else { Who::These(origins) }
    }
}

impl fmt::Debug for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Policy").finish_non_exhaustive()
    }
}

/// A policy as a route or a scope names it.
#[derive(Clone, Copy)]
pub(crate) struct Named(pub(crate) fn() -> &'static Cors);

impl PartialEq for Named {
    fn eq(&self, other: &Self) -> bool {
        // Functions have no address of their own; statics do.
        core::ptr::eq((self.0)(), (other.0)())
    }
}

impl Eq for Named {}

impl fmt::Debug for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (self.0)().fmt(f)
    }
}

/// The value of a header that stands once.
pub(super) fn only(headers: &HeaderMap, name: impl AsHeaderName) -> Option<&HeaderValue> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?;
    values.next().is_none().then_some(value)
}

fn find(origins: &[HeaderValue], sent: &HeaderValue) -> Option<HeaderValue> {
    let place = origins.binary_search_by(|origin| origin.as_bytes().cmp(sent.as_bytes())).ok()?;
    Some(origins[place].clone())
}

/// A predicate that panics says no: its panic must not end the connection.
fn says_yes(allows: &Predicate, origin: &Origin<'_>) -> bool {
    catch_unwind(AssertUnwindSafe(|| allows(origin))).unwrap_or_else(|panic| {
        tracing::error!(panic = panic_text(&*panic), "a function for origins panicked: the origin is not allowed");
        false
    })
}

fn sorted<'o>(origins: impl Iterator<Item = &'o str>) -> Box<[HeaderValue]> {
    let value = |origin| HeaderValue::from_str(origin).expect("origins are ASCII");
    let mut origins: Vec<_> = origins.map(value).collect();
    origins.sort_unstable_by(|one, other| one.as_bytes().cmp(other.as_bytes()));
    origins.dedup();
    origins.into()
}

fn list(names: &[&str]) -> HeaderValue {
    HeaderValue::from_str(&names.join(", ").to_ascii_lowercase()).expect("names of headers are ASCII")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is answered to the lines of `Origin` that a request has.
    fn allowed(cors: &Cors, is_dev: bool, origins: &[&str]) -> Option<String> {
        let origins = origins.iter().map(|origin| (ORIGIN, HeaderValue::from_str(origin).expect("a value")));
        let mut request = HeaderMap::new();
        for (name, value) in origins {
            request.append(name, value);
        }
        let value = Policy::new(cors, is_dev).allowed(&request);
        value.map(|value| value.to_str().expect("ASCII").to_owned())
    }

    #[test]
    fn an_origin_for_development_is_allowed_in_such_builds_only() {
        const DEV: &str = "http://localhost:5173";
        for cors in [
            Cors::none().dev_origin(DEV),
            Cors::origins(&["https://a.example"]).dev_origin(DEV),
            Cors::matching(|_| false).dev_origin("http://localhost:1").dev_origin(DEV),
        ] {
            assert_eq!(allowed(&cors, true, &[DEV]).as_deref(), Some(DEV), "{cors:?}");
            assert_eq!(allowed(&cors, false, &[DEV]), None, "{cors:?}");
        }
        let cors = Cors::none().dev_origin(DEV);
        assert!(Policy::new(&cors, true).varies());
        assert!(!Policy::new(&cors, false).varies(), "the answer is the same for everyone");
    }

    #[test]
    fn a_request_has_one_origin() {
        let (one, other) = ("https://a.example", "https://b.example");
        for cors in [Cors::origins(&["https://b.example", "https://a.example"]), Cors::matching(|_| true)] {
            assert_eq!(allowed(&cors, false, &[one]).as_deref(), Some(one));
            assert_eq!(allowed(&cors, false, &[other]).as_deref(), Some(other));
            for origins in [&[][..], &[one, one], &[one, other], &["", one], &["null"], &["https://a.example/"]] {
                assert_eq!(allowed(&cors, false, origins), None, "{origins:?}");
            }
        }
    }

    #[test]
    fn a_function_is_asked_about_origins_only_and_its_panic_is_a_no() {
        let cors = Cors::matching_with(|origin| {
            assert!(origin.host() != "panic.example", "a mistake");
            origin.host().ends_with(".example.com")
        });
        for (origin, expected) in [
            ("https://a.example.com", true),
            ("https://a.example.com:8443", true),
            ("https://panic.example", false),
            ("https://example.com", false),
            ("https://a.example.com.evil.com", false),
            ("https://evil.com/.example.com", false),
            ("https://evil.com#.example.com", false),
            ("https://evil.com`.example.com", false),
            ("null", false),
        ] {
            assert_eq!(allowed(&cors, false, &[origin]).is_some(), expected, "{origin}");
        }
    }

    #[test]
    fn methods_that_are_named_are_the_only_ones() {
        let policy = Policy::new(&Cors::any().methods(Methods::GET.and(Methods::PUT)), false);
        for (method, expected) in
            [(Methods::GET, true), (Methods::HEAD, true), (Methods::PUT, true), (Methods::POST, false)]
        {
            assert_eq!(policy.has(method), expected, "{method}");
        }
    }
}
