//! What the options about keeping answers expand to is accepted by a crate that forbids and denies what it can.

#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, unreachable_pub, unused_qualifications, rust_2018_idioms, let_underscore_drop)]
#![deny(single_use_lifetimes, trivial_casts, unused_lifetimes, unused_results, missing_debug_implementations)]

use rutter::prelude::*;

/// What the shop sells.
pub mod products {
    use rutter::prelude::*;

    /// What is about to go.
    #[deprecated]
    #[derive(Debug)]
    pub struct Old(HeaderMap);

    #[allow(deprecated)]
    impl FromRequest for Old {
        const READS: rutter::Reads = rutter::Reads::HEAD;
        type Rejection = core::convert::Infallible;

        async fn from_request(head: &RequestHead, _: &mut rutter::BodySlot) -> Result<Self, Self::Rejection> {
            Ok(Old(head.headers().clone()))
        }
    }

    #[allow(deprecated)]
    impl IntoResponse for Old {
        fn into_response(self) -> Response {
            self.0.len().to_string().into_response()
        }
    }

    /// Every product.
    #[route(GET, "/products", revalidate = 60, stale_for = 1d, tags("products"), vary("accept", query("page")))]
    #[allow(deprecated)]
    pub async fn list(old: Old, headers: HeaderMap) -> Result<(StatusCode, Old), Problem> {
        drop(headers);
        Ok((StatusCode::OK, old))
    }

    /// Makes one.
    #[route(POST, "/products", revalidates("products"))]
    pub fn create(text: String) -> Html<String> {
        Html(text)
    }

    /// No time is like another.
    #[route(GET, "/now", dynamic)]
    pub fn now() -> impl IntoResponse {
        "noon"
    }
}

fn main() {
    let routes = rutter::routes![products::list, products::create, products::now];
    assert!(routes.build().is_ok());
    assert_eq!(products::list::ROUTE.methods().to_string(), "GET");
    let _: StatusCode = StatusCode::OK;
}
