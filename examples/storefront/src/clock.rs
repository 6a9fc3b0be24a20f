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

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::testing::{Shop, cache_status};

    #[tokio::test]
    async fn time_stands_still_and_now_does_not() {
        let shop = Shop::open().await;
        for (target, statuses, is_same) in
            [("/api/time", ["rutter; fwd=miss; stored", "rutter; hit"], true), ("/api/now", ["none", "none"], false)]
        {
            let (one, other) = (shop.get(target).send().await, shop.get(target).send().await);
            assert_eq!([cache_status(&one), cache_status(&other)], statuses);
            assert_eq!(one.json::<Value>() == other.json::<Value>(), is_same, "{target}");
            let now: Value = one.json();
            assert!(now["now"].as_str().is_some_and(|now| now.parse::<jiff::Timestamp>().is_ok()), "{now}");
        }
    }
}
