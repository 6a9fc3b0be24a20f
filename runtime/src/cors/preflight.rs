//! A browser's question before a request: may I send it?

use http::{
    HeaderMap, HeaderName, HeaderValue, Method,
    header::{
        ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
        ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_HEADERS,
        ACCESS_CONTROL_REQUEST_METHOD, ORIGIN, VARY,
    },
};

use crate::{
    cors::{Policy, names::list, policy::only},
    methods::Methods,
    response::{IntoResponse, NoContent, Response},
};

/// A browser's question before a request (Fetch standard, "CORS-preflight request").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Preflight {
    /// The method that it asks for; none for one that no route can have.
    pub(crate) method: Option<Methods>,
}

impl Preflight {
    /// Whether a request with the method OPTIONS is one.
    pub(crate) fn of(request: &HeaderMap) -> Option<Self> {
        if !request.contains_key(ORIGIN) || !request.contains_key(ACCESS_CONTROL_REQUEST_METHOD) {
            return None;
        }
        // Methods are told apart by case: `patch` is none that a route has.
        let method = only(request, ACCESS_CONTROL_REQUEST_METHOD);
        let method = method.and_then(|method| Method::from_bytes(method.as_bytes()).ok());
        Some(Preflight { method: method.as_ref().and_then(Methods::of) })
    }
}

impl Policy {
    /// The answer to a preflight that is allowed; `methods` are those of the path.
    pub(crate) fn preflight(&self, request: &HeaderMap, methods: &HeaderValue) -> Option<Response> {
        let origin = self.allowed(request)?;
        let mut response = NoContent.into_response();
        let headers = response.headers_mut();
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        if self.credentials {
            headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
        }
        headers.insert(ACCESS_CONTROL_ALLOW_METHODS, methods.clone());
        let names = match &self.headers {
            Some(names) => (!names.is_empty()).then(|| names.clone()),
            None => list(request.get_all(ACCESS_CONTROL_REQUEST_HEADERS)),
        };
        if let Some(names) = names {
            headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, names);
        }
        if let Some(time) = &self.max_age {
            headers.insert(ACCESS_CONTROL_MAX_AGE, time.clone());
        }
        if self.private_network && only(request, REQUEST_PRIVATE_NETWORK).is_some_and(|asks| asks == "true") {
            headers.insert(ALLOW_PRIVATE_NETWORK, HeaderValue::from_static("true"));
        }
        headers.insert(VARY, self.vary_of_preflight());
        Some(response)
    }

    fn vary_of_preflight(&self) -> HeaderValue {
        HeaderValue::from_static(if self.private_network { VARY_WITH_NETWORK } else { VARY_OF_PREFLIGHT })
    }
}

/// Says what the answer to a preflight that is not allowed varies by, and no more.
pub(crate) fn refuse(policy: Option<&Policy>, headers: &mut HeaderMap) {
    headers.insert(VARY, policy.map_or(HeaderValue::from_static(VARY_OF_PREFLIGHT), Policy::vary_of_preflight));
}

const VARY_OF_PREFLIGHT: &str = "origin, access-control-request-method, access-control-request-headers";
const VARY_WITH_NETWORK: &str = "origin, access-control-request-method, access-control-request-headers, \
                                 access-control-request-private-network";

const REQUEST_PRIVATE_NETWORK: HeaderName = HeaderName::from_static("access-control-request-private-network");
const ALLOW_PRIVATE_NETWORK: HeaderName = HeaderName::from_static("access-control-allow-private-network");
