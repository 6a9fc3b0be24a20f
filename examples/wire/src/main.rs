//! A small echo server for checking HTTP/1.1 on the wire: what a client sends comes back as text.

use rutter::prelude::*;

/// Answers with the body of the request, or `OK` where there is none.
#[route([GET, POST, PUT, PATCH, DELETE, OPTIONS], "/")]
async fn home(body: Bytes) -> Bytes {
    if body.is_empty() { Bytes::from_static(b"OK") } else { body }
}

/// Answers with the headers of the request, one a line.
#[route([GET, POST, PUT, PATCH, DELETE, OPTIONS], "/echo")]
fn echo(headers: &HeaderMap) -> String {
    lines(headers.iter().map(|(name, value)| format!("{name}: {}", String::from_utf8_lossy(value.as_bytes()))))
}

/// Answers with the cookies of the request, one a line.
#[route([GET, POST], "/cookie")]
fn cookie(headers: &HeaderMap) -> String {
    let values = headers.get_all("cookie").iter().map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    let cookies: Vec<String> =
        values.flat_map(|value| value.split(';').map(|one| one.trim().to_owned()).collect::<Vec<_>>()).collect();
    lines(cookies.into_iter())
}

/// Answers with the JSON value that was sent.
#[route(POST, "/json")]
fn json(value: Json<JsonValue>) -> Json<JsonValue> {
    value
}

type JsonValue = serde_json::Value;

fn lines(lines: impl Iterator<Item = String>) -> String {
    lines.fold(String::new(), |text, line| text + &line + "\n")
}

#[tokio::main]
async fn main() -> rutter::Result<()> {
    let app = rutter::collect!().build()?;
    let address = std::env::var("ADDR").unwrap_or_else(|_| "127.0.0.1:3000".to_owned());
    rutter::serve(app, address).await
}
