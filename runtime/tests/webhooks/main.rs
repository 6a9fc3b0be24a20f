//! Webhooks over real sockets: what is forged does not pass, and what is genuine is handled once.

#![cfg(feature = "webhooks")]

#[path = "../common/mod.rs"]
mod common;
mod ending;
mod failing;
#[cfg(feature = "form")]
mod formats;
mod ledgers;
mod long;
mod once;
#[cfg(feature = "redis")]
#[path = "../common/redis.rs"]
mod redis_server;
mod refused;
#[cfg(feature = "redis")]
mod shared;

use core::time::Duration;
use std::{sync::Arc, time::Instant};

use common::{Answer, Running, Runs};
use hmac::{Hmac, KeyInit as _, Mac as _};
use rutter::{Clock, Routes, Secret, Server, Stripe, Timestamp, prelude::*, routes};
use serde::Deserialize;
use sha2::Sha256;
use tokio::{io::AsyncWriteExt as _, net::TcpStream, sync::Notify, time::sleep};

/// An event that says what is to become of it.
#[derive(Debug, Deserialize)]
struct Event {
    id: String,
    then: Then,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Then {
    Well,
    Move,
    Same,
    Refuse,
    Fail,
    Panic,
    Hang,
    /// Well, once the gate opens.
    Wait,
}

/// Holds handlers up until a test lets them go on.
#[derive(Clone, Default)]
struct Gate(Arc<Notify>);

#[route(POST, "/hooks", body_limit = 1kb, timeout = 400ms, register = false)]
async fn hook(event: Webhook<Stripe, Event>, runs: State<Runs>, gate: State<Gate>) -> StatusCode {
    runs.next();
    assert_eq!(event.id(), Some(event.id.as_str()));
    become_of(event.then, &gate).await
}

/// The same without a limit of time.
#[route(POST, "/patient/[name]", register = false)]
async fn patient(name: &str, event: Webhook<Stripe, Event>, runs: State<Runs>, gate: State<Gate>) -> StatusCode {
    runs.next();
    assert!(!name.is_empty());
    become_of(event.then, &gate).await
}

/// The same on a route whose success revalidates what is kept.
#[route(POST, "/changes", revalidates("events"), register = false)]
async fn change(event: Webhook<Stripe, Event>, runs: State<Runs>, gate: State<Gate>) -> StatusCode {
    runs.next();
    become_of(event.then, &gate).await
}

async fn become_of(then: Then, gate: &Gate) -> StatusCode {
    match then {
        Then::Well => StatusCode::ACCEPTED,
        Then::Move => StatusCode::SEE_OTHER,
        Then::Same => StatusCode::NOT_MODIFIED,
        Then::Refuse => StatusCode::UNPROCESSABLE_ENTITY,
        Then::Fail => StatusCode::BAD_GATEWAY,
        Then::Panic => panic!("on purpose"),
        Then::Hang => core::future::pending().await,
        Then::Wait => {
            gate.0.notified().await;
            StatusCode::ACCEPTED
        }
    }
}

const SECRET: &str = "whsec_hunter2";
const NOW: u64 = 1_700_000_000;

fn secret() -> Secret {
    Secret::new(SECRET).expect("not empty")
}

fn clock() -> Clock {
    Clock::stopped(Timestamp::from_millis(NOW * 1000))
}

fn stripe() -> Stripe {
    Stripe::new(secret()).clock(clock())
}

/// One instance, and how often its handlers have run.
struct App {
    server: Running,
    runs: Runs,
    gate: Gate,
}

impl App {
    async fn start(stripe: Stripe) -> App {
        App::of(routes![hook, patient, change].state(stripe)).await
    }

    async fn of(routes: Routes) -> App {
        App::with(routes, |server| server).await
    }

    async fn with(routes: Routes, settings: impl FnOnce(Server) -> Server) -> App {
        let (runs, gate) = (Runs::default(), Gate::default());
        let server = common::start_with(routes.state(runs.clone()).state(gate.clone()), settings).await;
        App { server, runs, gate }
    }

    /// Delivers a genuine event.
    async fn deliver(&self, id: &str, then: &str) -> Answer {
        self.deliver_to("/hooks", id, then).await
    }

    async fn deliver_to(&self, path: &str, id: &str, then: &str) -> Answer {
        self.server.send(genuine(path, &event(id, then))).await
    }

    /// The same without waiting for the answer.
    async fn begin(&self, path: &str, id: &str, then: &str) -> TcpStream {
        let before = self.runs.count();
        let mut stream = self.server.connect().await;
        stream.write_all(genuine(path, &event(id, then)).as_bytes()).await.expect("it can be sent");
        until("the handler runs", async || self.runs.count() > before).await;
        stream
    }
}

fn event(id: &str, then: &str) -> String {
    format!(r#"{{"id":"{id}","then":"{then}"}}"#)
}

fn genuine(path: &str, body: &str) -> String {
    request(path, &format!("stripe-signature: {}\r\n", signature(SECRET, body)), body)
}

fn request(path: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!("POST {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}\r\n{body}")
}

fn signature(secret: &str, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key of any length");
    mac.update(format!("{NOW}.{body}").as_bytes());
    format!("t={NOW},v1={}", hex::encode(mac.finalize().into_bytes()))
}

/// Tries again until it is so.
async fn until(what: &str, holds: impl AsyncFn() -> bool) {
    let begun = Instant::now();
    while !holds().await {
        assert!(begun.elapsed() < Duration::from_secs(20), "not within 20 s: {what}");
        sleep(Duration::from_millis(10)).await;
    }
}

const REPEATED: &str = r#"{"received":true,"repeated":true}"#;
