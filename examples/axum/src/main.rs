//! Rutter's routes behind an axum router: for moving from one to the other route by route.

use axum::{Router, routing::get};
use rutter::prelude::*;
use tokio::net::TcpListener;

/// A route of Rutter.
#[route(GET, "/new/[name]")]
fn hello(name: &str) -> String {
    format!("hello, {name}, from rutter\n")
}

#[tokio::main]
async fn main() -> rutter::Result<()> {
    let app = rutter::collect!().build()?;
    // axum answers its own routes; Rutter has the rest, with its 404s and 405s.
    let router = Router::new().route("/old", get(async || "hello from axum\n")).fallback_service(app);
    let address = std::env::var("ADDR").unwrap_or_else(|_| "127.0.0.1:3000".to_owned());
    let listener = TcpListener::bind(address).await?;
    println!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, router).await?;
    Ok(())
}
