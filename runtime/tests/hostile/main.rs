//! What a hostile client can send: each is answered with a problem of the 4xx sort, nothing
//! panics, nothing hangs, nothing of the inside is told, and the next client is served.

// The files are one test in parts.
#![allow(clippy::wildcard_imports)]

#[path = "../common/mod.rs"]
mod common;

mod anything;
mod bodies;
mod clients;
mod exchange;
mod heads;
mod targets;

use core::time::Duration;
use std::{cell::RefCell, panic, sync::Once};

use common::{Answer, Running};
use exchange::*;
use proptest::{collection::vec, prelude::*, sample::select};
use rutter::{Limits, Multipart, prelude::*, testing::Client};
use serde::Deserialize;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    runtime::Runtime,
    time::{sleep, timeout},
};

#[route(GET, "/alive")]
fn alive() -> &'static str {
    "alive"
}

#[route(GET, "/items/[id]")]
async fn item(id: u8) -> String {
    id.to_string()
}

#[route(GET, "/files/[...path]")]
async fn files(path: Vec<String>) -> String {
    path.join(" ")
}

#[route(GET, "/search")]
async fn search(search: Query<Search>) -> String {
    format!("{} {} {:?}", search.page, search.tag.len(), search.exact)
}

#[derive(Debug, Deserialize)]
struct Search {
    page: u8,
    #[serde(default)]
    tag: Vec<String>,
    exact: Option<bool>,
}

#[route(POST, "/json")]
async fn json(item: Json<InnermostSecret>) -> String {
    format!("{} {} {:?}", item.name, item.count, item.tags)
}

#[route(POST, "/form")]
async fn form(item: Form<InnermostSecret>) -> String {
    format!("{} {} {:?}", item.name, item.count, item.tags)
}

#[derive(Debug, Deserialize)]
struct InnermostSecret {
    name: String,
    count: u8,
    #[serde(default)]
    tags: Vec<String>,
}

#[route(POST, "/value")]
async fn value(value: Json<serde_json::Value>) -> Json<serde_json::Value> {
    value
}

#[route(POST, "/upload")]
async fn upload(mut form: Multipart) -> Result<String, Problem> {
    let mut parts = Vec::new();
    while let Some(part) = form.next_part().await? {
        let name = part.name().unwrap_or_default().to_owned();
        parts.push(format!("{name}: {}", part.text().await?));
    }
    Ok(parts.join(", "))
}

#[route(POST, "/text")]
async fn text(text: String) -> String {
    text
}

#[route(POST, "/small", body_limit = 16kb)]
async fn small(body: Bytes) -> String {
    body.len().to_string()
}

#[route(POST, "/stream")]
async fn stream(mut body: Body) -> Result<String, Problem> {
    let mut len = 0;
    while let Some(chunk) = body.chunk().await {
        len += chunk?.len();
    }
    Ok(len.to_string())
}

fn routes() -> rutter::Routes {
    let limits = Limits { body: 256 * 1024, body_idle: Duration::from_millis(100), ..Limits::default() };
    rutter::routes![alive, item, files, search, json, form, value, upload, text, small, stream].limits(limits)
}

async fn start() -> Running {
    note_panics();
    common::start_with(routes(), |server| server.header_timeout(Duration::from_millis(300))).await
}
