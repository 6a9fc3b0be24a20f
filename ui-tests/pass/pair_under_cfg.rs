//! Two functions for one route, of which the platform has one.

use rutter::route;

/// On Unix.
#[cfg(unix)]
#[route(GET, "/platform")]
fn platform() -> &'static str {
    "unix"
}

/// Elsewhere.
#[cfg(not(unix))]
#[route(GET, "/platform")]
fn platform() -> &'static str {
    "other"
}

#[cfg_attr(all(), cfg(any()))]
#[route(GET, "/never")]
fn never(text: String, bytes: rutter::Bytes) {
    let _ = (text, bytes);
}

#[route(GET, "/never")]
#[cfg(all())]
fn always() {}

fn main() {
    assert!(rutter::routes![platform, always].build().is_ok());
    assert_eq!(rutter::collect!().table().to_string().lines().count(), 2);
}
