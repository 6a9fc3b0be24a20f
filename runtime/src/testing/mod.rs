//! A client without a socket: requests straight into a [`RouteService`].
//!
//! ```
//! use rutter::{prelude::*, testing::Client};
//!
//! #[route(GET, "/hello/[name]")]
//! fn hello(name: &str) -> String {
//!     format!("hello, {name}")
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() {
//! let client = Client::new(rutter::routes![hello].build().unwrap());
//! let answer = client.get("/hello/ada").send().await;
//! assert_eq!(answer.status(), 200);
//! assert_eq!(answer.text(), "hello, ada");
//! # }
//! ```

mod contract;

use core::{future::Future, pin::Pin};

use http::{
    HeaderMap, HeaderName, HeaderValue, Method, Request, StatusCode, Version,
    header::{CONTENT_TYPE, HOST},
};
use hyper::service::Service;
use serde::{Serialize, de::DeserializeOwned};

pub use contract::{StoreContract, store_contract};

use crate::{Body, Bytes, RouteService};

/// A client whose requests go straight into a service.
#[derive(Debug, Clone)]
pub struct Client {
    app: RouteService,
}

impl Client {
    /// A client of this application.
    pub fn new(app: RouteService) -> Self {
        Client { app }
    }

    /// A request with any method. The target is a path, with a query or without.
    ///
    /// # Panics
    /// When the target is none.
    pub fn request(&self, method: Method, target: &str) -> TestRequest {
        let mut request = Request::new(Body::empty());
        *request.method_mut() = method;
        *request.uri_mut() = target.parse().unwrap_or_else(|error| panic!("`{target}` is no target: {error}"));
        *request.version_mut() = Version::HTTP_11;
        request.headers_mut().insert(HOST, HeaderValue::from_static("localhost"));
        TestRequest { app: self.app.clone(), request }
    }

    /// A GET request.
    pub fn get(&self, target: &str) -> TestRequest {
        self.request(Method::GET, target)
    }

    /// A HEAD request.
    pub fn head(&self, target: &str) -> TestRequest {
        self.request(Method::HEAD, target)
    }

    /// A POST request.
    pub fn post(&self, target: &str) -> TestRequest {
        self.request(Method::POST, target)
    }

    /// A PUT request.
    pub fn put(&self, target: &str) -> TestRequest {
        self.request(Method::PUT, target)
    }

    /// A PATCH request.
    pub fn patch(&self, target: &str) -> TestRequest {
        self.request(Method::PATCH, target)
    }

    /// A DELETE request.
    pub fn delete(&self, target: &str) -> TestRequest {
        self.request(Method::DELETE, target)
    }

    /// An OPTIONS request.
    pub fn options(&self, target: &str) -> TestRequest {
        self.request(Method::OPTIONS, target)
    }
}

/// A request that is not sent yet.
#[derive(Debug)]
#[must_use = "a request is sent by `send`"]
pub struct TestRequest {
    app: RouteService,
    request: Request<Body>,
}

impl TestRequest {
    /// Adds a header; `host` replaces the one that every request has.
    ///
    /// # Panics
    /// When HTTP does not allow the name or the value.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let name = HeaderName::try_from(name).unwrap_or_else(|_| panic!("`{name}` is no header name"));
        let value = HeaderValue::try_from(value).unwrap_or_else(|_| panic!("`{value:?}` is no header value"));
        if name == HOST {
            self.request.headers_mut().insert(name, value);
        } else {
            self.request.headers_mut().append(name, value);
        }
        self
    }

    /// Sets the body; a type is not set.
    pub fn body(mut self, body: impl Into<Body>) -> Self {
        *self.request.body_mut() = body.into();
        self
    }

    /// Sets a JSON body and its type.
    ///
    /// # Panics
    /// When the value cannot be written as JSON.
    pub fn json(mut self, value: &impl Serialize) -> Self {
        let json = serde_json::to_vec(value).expect("the value can be written as JSON");
        self.request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        self.body(json)
    }

    /// Attaches what a layer in front would: `Extension<T>` reads it.
    pub fn extension<T: Clone + Send + Sync + 'static>(mut self, value: T) -> Self {
        self.request.extensions_mut().insert(value);
        self
    }

    /// Sends the request and reads the answer to its end.
    ///
    /// # Panics
    /// When the body of the answer breaks off; [`TestRequest::send_streaming`] leaves it unread.
    pub async fn send(self) -> TestResponse {
        let (parts, mut body) = self.send_streaming().await.into_parts();
        let mut whole = Vec::new();
        while let Some(chunk) = body.chunk().await {
            whole.extend_from_slice(&chunk.unwrap_or_else(|error| panic!("the answer broke off: {error}")));
        }
        TestResponse { status: parts.status, headers: parts.headers, body: whole.into() }
    }

    /// Sends the request; the body of the answer is left to be read.
    pub async fn send_streaming(self) -> crate::Response {
        match self.app.call(self.request).await {
            Ok(response) => response,
            Err(never) => match never {},
        }
    }
}

/// A request can be awaited as it is: `client.get("/").await`.
impl IntoFuture for TestRequest {
    type Output = TestResponse;
    type IntoFuture = Pin<Box<dyn Future<Output = TestResponse> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

/// An answer, whole.
#[derive(Debug, Clone)]
pub struct TestResponse {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl TestResponse {
    /// The status; it compares with a number.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The value of a header, if it is there and text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body.
    pub fn bytes(&self) -> &Bytes {
        &self.body
    }

    /// The body as text.
    ///
    /// # Panics
    /// When it is no UTF-8.
    pub fn text(&self) -> &str {
        core::str::from_utf8(&self.body).expect("the body is text")
    }

    /// The body read as JSON.
    ///
    /// # Panics
    /// When it is none, or of another shape.
    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error} in {:?}", self.body))
    }
}
