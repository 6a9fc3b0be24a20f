//! The server written by hand on hyper: one `match` on method and path.

use std::convert::Infallible;
use std::io;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::header::{AGE, CACHE_CONTROL, CACHE_STATUS, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use rutter_bench::{NAVIGATION, NAVIGATION_ETAG, NewProduct, Product, Search};
use serde::Serialize;

fn main() -> io::Result<()> {
    rutter_bench::serve(service_fn(answer))
}

macro_rules! text_of_filler {
    ($($name:ident $path:literal)*) => {
        /// The text of a filler path.
        fn filler(path: &str) -> Option<&'static str> {
            match path {
                $($path => Some($path),)*
                _ => None,
            }
        }
    };
}
rutter_bench::filler!(text_of_filler);

async fn answer(request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path();
    Ok(match (&parts.method, path) {
        (&Method::GET, "/text") => text("hello, world"),
        (&Method::GET, "/search") => search(parts.uri.query().unwrap_or_default()),
        (&Method::GET, "/cached") => kept(&CACHED),
        (&Method::GET, "/cached/navigation") => kept(&CACHED_ID),
        (&Method::POST, "/products") => create_product(&parts.headers, body).await,
        (&Method::GET, _) => {
            if let Some(id) = path.strip_prefix("/products/") {
                product(id)
            } else if let Some(path) = filler(path) {
                text(path)
            } else {
                status(StatusCode::NOT_FOUND)
            }
        }
        _ => status(StatusCode::NOT_FOUND),
    })
}

fn product(id: &str) -> Response<Full<Bytes>> {
    let Ok(id) = id.parse() else {
        return status(StatusCode::BAD_REQUEST);
    };
    json(StatusCode::OK, &Product::find(id))
}

async fn create_product(headers: &HeaderMap, body: Incoming) -> Response<Full<Bytes>> {
    if !is_json(headers) {
        return status(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    let Ok(body) = body.collect().await else {
        return status(StatusCode::BAD_REQUEST);
    };
    let Ok(new) = serde_json::from_slice::<NewProduct>(&body.to_bytes()) else {
        return status(StatusCode::BAD_REQUEST);
    };
    json(StatusCode::CREATED, &new.insert())
}

fn search(query: &str) -> Response<Full<Bytes>> {
    let Ok(search) = serde_urlencoded::from_str::<Search>(query) else {
        return status(StatusCode::BAD_REQUEST);
    };
    json(StatusCode::OK, &search)
}

fn is_json(headers: &HeaderMap) -> bool {
    let Some(value) = headers.get(CONTENT_TYPE) else {
        return false;
    };
    let (essence, parameters) = value.as_bytes().split_at(JSON.len().min(value.len()));
    essence.eq_ignore_ascii_case(JSON.as_bytes()) && matches!(parameters.first(), None | Some(b';' | b' '))
}

const JSON: &str = "application/json";

fn text(body: &'static str) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::from(body));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}

fn json(status: StatusCode, value: &impl Serialize) -> Response<Full<Bytes>> {
    let body = serde_json::to_vec(value).expect("a struct of strings and numbers is always JSON");
    let mut response = Response::new(Full::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(JSON));
    response
}

/// The headers of an answer that is there before it is asked for: those that a hit in Rutter's cache has.
struct Kept {
    content_type: HeaderValue,
    etag: HeaderValue,
    cache_control: HeaderValue,
    age: HeaderValue,
    cache_status: HeaderValue,
}

// In statics, because `from_static` looks at every byte: there it does so while compiling.
static CACHED: Kept = Kept {
    content_type: HeaderValue::from_static(JSON),
    etag: HeaderValue::from_static(NAVIGATION_ETAG),
    cache_control: HeaderValue::from_static("public, max-age=0, must-revalidate"),
    age: HeaderValue::from_static("0"),
    cache_status: HeaderValue::from_static("rutter; hit"),
};

static CACHED_ID: Kept = Kept {
    content_type: HeaderValue::from_static(JSON),
    etag: HeaderValue::from_static(NAVIGATION_ETAG),
    cache_control: HeaderValue::from_static("public, max-age=0, s-maxage=300, stale-while-revalidate=31536000"),
    age: HeaderValue::from_static("0"),
    cache_status: HeaderValue::from_static("rutter; hit; ttl=299"),
};

fn kept(kept: &Kept) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::from(NAVIGATION));
    let headers = response.headers_mut();
    headers.insert(AGE, kept.age.clone());
    headers.insert(CACHE_STATUS, kept.cache_status.clone());
    headers.insert(CONTENT_TYPE, kept.content_type.clone());
    headers.insert(ETAG, kept.etag.clone());
    headers.insert(CACHE_CONTROL, kept.cache_control.clone());
    response
}

fn status(status: StatusCode) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::default());
    *response.status_mut() = status;
    response
}
