//! Cookies over real sockets: read, set, removed, signed and sealed.

mod corpus;
mod forged;
mod local;
mod reading;
mod setting;
mod stored;

#[path = "../common/mod.rs"]
mod common;

use rutter::{CookieKeys, Secret};

const OLD: &str = "the secret of the last year, in the evening";
const NEW: &str = "the secret of this year, in the morning";

fn keys(secret: &str) -> CookieKeys {
    CookieKeys::new(Secret::new(secret).unwrap()).unwrap()
}

/// What a browser sends back of a `Set-Cookie`.
fn sent_back(line: &str) -> &str {
    line.split(';').next().unwrap()
}
