//! `/api/time` and `/api/now`: the time of day, kept and not.

use rutter::prelude::*;
use serde::Serialize;

#[derive(Serialize)]
struct Now {
    now: String,
}

/// The time at which somebody asked first, RFC 3339. Nothing of the request is read, so the answer is the same for
/// everyone until its path is revalidated.
#[route(GET, "/api/time")]
fn time() -> Json<Now> {
    now()
}

/// The time at which the request is answered.
#[route(GET, "/api/now", dynamic)]
fn now() -> Json<Now> {
    Json(Now { now: jiff::Timestamp::now().to_string() })
}
