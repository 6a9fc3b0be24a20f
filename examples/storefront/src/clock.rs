//! `/api/now`: the time of day.

use rutter::prelude::*;
use serde::Serialize;

#[derive(Serialize)]
struct Now {
    now: String,
}

/// The time at which the request is answered, RFC 3339.
#[route(GET, "/api/now")]
fn now() -> Json<Now> {
    Json(Now { now: jiff::Timestamp::now().to_string() })
}
