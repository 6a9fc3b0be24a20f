//! Policies as statics of every kind, on routes and in scopes, under strict lints.

#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, unreachable_pub, unused_qualifications, rust_2018_idioms, clippy::all, clippy::pedantic)]

use core::time::Duration;
use std::sync::LazyLock;

use rutter::{Methods, prelude::*};

static API: Cors = Cors::origins(&["https://app.example.com", "capacitor://localhost", "http://[::1]:3000"])
    .dev_origin("http://localhost:5173")
    .dev_origin("http://127.0.0.1:5173")
    .credentials()
    .headers(&["content-type", "x-request-id"])
    .methods(Methods::GET.and(Methods::POST))
    .expose(&["x-total"])
    .max_age(Duration::from_secs(600))
    .private_network();

static BELOW: Cors = Cors::matching(|origin| origin.scheme() == "https" && origin.host().ends_with(".example.com"));

static LAZY: LazyLock<Cors> = LazyLock::new(|| Cors::parse("https://shop.example").expect("origins"));

#[route(GET, "/exact", cors = API)]
fn exact() {}

#[route(GET, "/below", cors = self::BELOW)]
fn below() {}

#[route(GET, "/lazy", cors = crate::LAZY)]
async fn lazy() {}

mod inner {
    use rutter::prelude::*;

    scope! { cors: super::LAZY }

    #[route(GET, "/inner")]
    pub(crate) fn route() {}

    pub(crate) mod innermost {
        rutter::scope! { crate: rutter, cors: crate::API, }
    }
}

fn main() {
    assert!(rutter::collect!().build().is_ok());
    let table = rutter::collect!().table().to_string();
    assert_eq!(table.matches(", cors").count(), 4, "{table}");
}
