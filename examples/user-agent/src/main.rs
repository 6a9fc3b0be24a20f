//! A page for each kind of device, and what a `User-Agent` says.

use rutter::prelude::*;
use serde_json::{Value, json};

/// Everything that the agent tells, in the shape of `userAgent()` in Next.js.
#[route(GET, "/device")]
fn device(agent: UserAgent) -> Json<UserAgent> {
    Json(agent)
}

/// Telephones have a page of their own, programs get one without ornament, everybody else the whole.
#[route(GET, "/home")]
fn home(agent: UserAgent) -> Result<Json<Value>, Redirect> {
    if let Some(name) = agent.crawler() {
        return Ok(Json(json!({ "simplified": true, "for": name })));
    }
    if agent.is_mobile() {
        return Err(Redirect::to("/m/home"));
    }
    Ok(Json(json!({ "device": if agent.is_tablet() { "tablet" } else { "desktop" } })))
}

/// It reads nothing of the request: it is made once and kept.
#[route(GET, "/m/home")]
fn mobile_home() -> Json<Value> {
    Json(json!({ "device": "mobile" }))
}

#[tokio::main]
async fn main() -> rutter::Result<()> {
    let app = rutter::collect!().build()?;
    rutter::serve(app, std::env::var("ADDR").unwrap_or_else(|_| "127.0.0.1:3000".to_owned())).await
}
