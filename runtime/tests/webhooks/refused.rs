//! Who is refused, in which order, and what they are told.

use std::{
    io::{self, Write},
    sync::Mutex,
};

use rutter::{GitHub, webhook::WebhookRejection};
use tracing::subscriber::set_default;

use crate::*;

#[route(POST, "/optional", register = false)]
fn optional(event: Option<Webhook<Stripe, Event>>) -> String {
    format!("{}", event.is_some())
}

#[route(POST, "/result", register = false)]
fn result(event: Result<Webhook<Stripe, Event>, WebhookRejection>) -> Result<String, WebhookRejection> {
    match event {
        Ok(event) => Ok(event.into_inner().id),
        Err(WebhookRejection::Repeated) => Ok("again".to_owned()),
        Err(WebhookRejection::Refused(why)) => Ok(why.to_string()),
        Err(other) => Err(other),
    }
}

#[route(POST, "/raw", register = false)]
fn raw(delivery: Webhook<Stripe>) -> Bytes {
    assert_eq!(delivery.bytes(), &**delivery);
    delivery.into_inner().into_bytes()
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused_before_its_signature_is_looked_at() {
    let app = App::start(stripe()).await;
    let large = event(&"x".repeat(1100), "well");
    for headers in ["", "stripe-signature: forged\r\n"] {
        assert_eq!(app.server.send(request("/hooks", headers, &large)).await.status(), 413);
    }
    let answer = app.server.send(genuine("/hooks", &large)).await;
    assert!(answer.status() == 413 && answer.is_problem(), "{answer:?}");
    assert_eq!(app.runs.count(), 0);
}

#[tokio::test]
async fn a_refusal_helps_a_sender_and_no_attacker() {
    let app = App::start(stripe()).await;
    let body = event("evt_1", "well");
    let good = signature(SECRET, &body);
    let answer = app.server.send(request("/hooks", "", &body)).await;
    assert_eq!(
        (answer.status(), answer.text().as_str()),
        (
            400,
            r#"{"title":"Bad Request","status":400,"detail":"the header `stripe-signature` is missing","errors":[{"in":"header","name":"stripe-signature","detail":"is required"}]}"#
        )
    );
    let forged = r#"{"title":"Bad Request","status":400,"detail":"no signature matches the body"}"#;
    for (what, value, body) in [
        ("another secret", signature("whsec_other", &body), body.as_str()),
        ("another body", good.clone(), r#"{"id":"evt_1","then":"Well"}"#),
        // Nothing is parsed before it is verified, so that is all that is told of a body that is no JSON.
        ("no JSON", good.clone(), "{"),
        ("no body", good.clone(), ""),
        ("truncated", good[..good.len() - 1].to_owned(), &body),
        ("another time", good.replacen("t=1700000000", "t=1700000001", 1), &body),
        ("a time from long ago", good.replacen("t=1700000000", "t=1", 1), &body),
        ("nothing", "t=1700000000,v1=".to_owned(), &body),
    ] {
        let answer = app.server.send(request("/hooks", &format!("stripe-signature: {value}\r\n"), body)).await;
        assert_eq!((answer.status(), answer.text().as_str()), (400, forged), "{what}");
        assert!(answer.is_problem());
    }
    assert_eq!(app.runs.count(), 0);
    assert_eq!(app.server.send(genuine("/hooks", &body)).await.status(), 202);
}

#[test]
fn a_provider_that_is_missing_is_named_as_it_is_written() {
    let error = routes![crate::formats::command].build().expect_err("nobody gives one").to_string();
    assert!(error.contains("`rutter::Slack` is required as state"), "{error}");
    assert!(error.contains("add `.state(…)` with a `rutter::Slack`"), "{error}");
}

#[tokio::test]
async fn a_sender_is_told_what_its_header_should_be() {
    let app = App::start(stripe()).await;
    let body = event("evt_1", "well");
    let good = signature(SECRET, &body);
    for (headers, detail) in [
        (
            format!("stripe-signature: {good}\r\nstripe-signature: {good}\r\n"),
            "the header `stripe-signature` is sent more than once, and is expected once",
        ),
        (
            format!("stripe-signature: {}\r\n", good.replacen("t=", "t=1,t=", 1)),
            "the header `stripe-signature` is expected in its documented form",
        ),
    ] {
        let answer = app.server.send(request("/hooks", &headers, &body)).await;
        assert_eq!(answer.status(), 400, "{headers}");
        assert!(answer.text().contains(detail), "{}", answer.text());
    }
}

#[tokio::test]
async fn a_genuine_delivery_that_comes_late_is_told_so() {
    let clock = clock();
    let app = App::start(stripe().clock(clock.clone())).await;
    clock.advance(Duration::from_secs(301));
    let answer = app.deliver("evt_1", "well").await;
    assert_eq!(answer.status(), 400);
    let detail = "the time of the signature is more than 300 s away from the time here";
    assert!(answer.text().contains(detail), "{}", answer.text());
}

#[tokio::test]
async fn what_is_genuine_and_does_not_fit_is_refused_as_json_is() {
    let app = App::start(stripe()).await;
    for (body, status, detail) in [
        (r#"{"id":"evt_1","then":"never"}"#, 422, r#"{"in":"body","name":"then","detail":"unknown variant"#),
        (r#"{"id":"evt_1"}"#, 422, r#"{"in":"body","name":"then","detail":"is required"}"#),
        (r#"{"id":"evt_1","then":"well",}"#, 400, "the JSON is malformed at line 1, column 29"),
        ("", 400, "the body is empty, where JSON was expected"),
    ] {
        let answer = app.server.send(genuine("/hooks", body)).await;
        assert_eq!(answer.status(), status, "{body}");
        assert!(answer.text().contains(detail) && answer.is_problem(), "{}", answer.text());
    }
    // What could not be read was not handled.
    assert_eq!(app.deliver("evt_1", "well").await.status(), 202);
}

#[tokio::test]
async fn an_option_does_not_take_what_is_forged_for_nothing() {
    let app = App::of(routes![optional].state(stripe())).await;
    let body = event("evt_1", "well");
    for (headers, body) in [("", ""), ("", body.as_str()), ("stripe-signature: t=1700000000,v1=00\r\n", body.as_str())]
    {
        assert_eq!(app.server.send(request("/optional", headers, body)).await.status(), 400);
    }
    assert_eq!(app.server.send(genuine("/optional", &body)).await.text(), "true");
}

#[tokio::test]
async fn a_result_hands_the_refusal_to_the_handler() {
    let app = App::of(routes![result].state(stripe())).await;
    let body = event("evt_1", "well");
    let missing = app.server.send(request("/result", "", &body)).await;
    assert_eq!((missing.status(), missing.text().as_str()), (200, "the header `stripe-signature` is missing"));
    assert_eq!(app.server.send(genuine("/result", &body)).await.text(), "evt_1");
    assert_eq!(app.server.send(genuine("/result", &body)).await.text(), "again");
    assert_eq!(app.server.send(genuine("/result", "{}")).await.status(), 422);
}

#[tokio::test]
async fn the_bytes_are_those_that_were_signed() {
    let app = App::of(routes![raw].state(stripe())).await;
    let body = "{ \"id\" :\n\t\"evt_1\" } \r\n";
    assert_eq!(app.server.send(genuine("/raw", body)).await.text(), body);
}

#[test]
fn an_application_without_its_provider_does_not_start() {
    let refused = routes![raw].state(GitHub::new(secret())).build().expect_err("there is no `Stripe`").to_string();
    assert!(refused.contains("Stripe") && refused.contains("/raw"), "{refused}");
    assert!(!refused.contains("hunter2"), "{refused}");
}

/// What is written to the log.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no panic while it is held").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn the_log_has_the_provider_and_the_path_and_no_secret() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().with_ansi(false).with_writer(move || writer.clone()).finish();
    let _here = set_default(subscriber);
    let app = App::start(stripe()).await;
    let body = event("evt_1", "well");
    let forged = signature("whsec_other", &body);
    app.server.send(request("/hooks", &format!("stripe-signature: {forged}\r\n"), &body)).await;
    let told = String::from_utf8(log.0.lock().expect("no panic while it is held").clone()).expect("UTF-8");
    assert!(told.contains("WARN") && told.contains("a webhook is refused"), "{told}");
    assert!(told.contains("provider=\"Stripe\"") && told.contains("/hooks"), "{told}");
    assert!(told.contains("no signature matches the body"), "{told}");
    assert!(!told.contains("hunter2") && !told.contains("v1=") && !told.contains("evt_1"), "{told}");
}
