//! An event is handled once, and comes again when that has failed.

use std::borrow::Cow;

use base64::{Engine as _, prelude::BASE64_STANDARD as BASE64};
use rutter::{
    GitHub, Shopify,
    webhook::{Delivery, MemoryLedger, Once, Provider, Refused},
};

use crate::*;

#[tokio::test]
async fn an_event_that_was_handled_is_not_handled_again() {
    let app = App::start(stripe()).await;
    assert_eq!(app.deliver("evt_1", "well").await.status(), 202);
    for _ in 0..3 {
        let answer = app.deliver("evt_1", "well").await;
        assert_eq!((answer.status(), answer.text().as_str()), (200, REPEATED));
        assert_eq!(answer.header("content-type"), Some("application/json"));
    }
    assert_eq!(app.runs.count(), 1);
    assert_eq!(app.deliver("evt_2", "well").await.status(), 202);
    assert_eq!(app.runs.count(), 2);
}

/// Believes everyone, and says what is in a header for the id.
#[derive(Default)]
struct Gullible(Once);

impl Provider for Gullible {
    fn verify(&self, _: &Delivery<'_>) -> Result<(), Refused> {
        Ok(())
    }

    fn event_id<'r>(&self, delivery: &Delivery<'r>) -> Option<Cow<'r, str>> {
        delivery.header("x-id").ok().map(Cow::Borrowed)
    }

    fn once(&self) -> Option<&Once> {
        Some(&self.0)
    }
}

#[tokio::test]
async fn an_empty_id_is_none() {
    #[route(POST, "/stripe", register = false)]
    fn of_stripe(event: Webhook<Stripe>) -> String {
        format!("{:?}", event.id())
    }
    #[route(POST, "/github", register = false)]
    fn of_github(event: Webhook<GitHub>) -> String {
        format!("{:?}", event.id())
    }
    #[route(POST, "/shopify", register = false)]
    fn of_shopify(event: Webhook<Shopify>) -> String {
        format!("{:?}", event.id())
    }
    #[route(POST, "/own", register = false)]
    fn of_own(event: Webhook<Gullible>) -> String {
        format!("{:?}", event.id())
    }

    let routes = routes![of_stripe, of_github, of_shopify, of_own].state(stripe()).state(Gullible::default());
    let app = App::of(routes.state(GitHub::new(secret())).state(Shopify::new(secret()))).await;
    let body = r#"{"id":""}"#;
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).expect("a key of any length");
    mac.update(body.as_bytes());
    let signed = mac.finalize().into_bytes();
    let (hex, base64) = (hex::encode(signed), BASE64.encode(signed));
    for (path, headers) in [
        ("/stripe", format!("stripe-signature: {}\r\n", signature(SECRET, body))),
        ("/github", format!("x-hub-signature-256: sha256={hex}\r\nx-github-delivery:\r\n")),
        (
            "/shopify",
            format!("x-shopify-hmac-sha256: {base64}\r\nx-shopify-topic: orders/paid\r\nx-shopify-event-id:\r\n"),
        ),
        ("/own", "x-id:\r\n".to_owned()),
    ] {
        for _ in 0..2 {
            assert_eq!(app.server.send(request(path, &headers, body)).await.text(), "None", "{path}");
        }
    }
    assert_eq!(Webhook::<Stripe, _>::new("paid").with_id("").id(), None);
}

#[tokio::test]
async fn a_forged_delivery_of_a_handled_event_is_refused() {
    let app = App::start(stripe()).await;
    assert_eq!(app.deliver("evt_1", "well").await.status(), 202);
    let body = event("evt_1", "well");
    let headers = format!("stripe-signature: {}\r\n", signature("whsec_other", &body));
    assert_eq!(app.server.send(request("/hooks", &headers, &body)).await.status(), 400);
}

#[tokio::test]
async fn an_event_is_handled_again_when_that_has_failed() {
    let app = App::start(stripe()).await;
    for (round, (then, status)) in [
        ("move", 303),
        ("same", 304),
        ("refuse", 422),
        ("fail", 502),
        ("panic", 500),
        ("hang", 503),
        ("refuse", 422),
        ("well", 202),
    ]
    .into_iter()
    .enumerate()
    {
        assert_eq!(app.deliver("evt_1", then).await.status(), status, "{then}");
        assert_eq!(app.runs.count(), round + 1);
    }
    assert_eq!(app.deliver("evt_1", "well").await.text(), REPEATED);
}

#[tokio::test]
async fn so_it_is_on_a_route_that_revalidates() {
    let app = App::start(stripe()).await;
    for (then, status) in [("refuse", 422), ("panic", 500), ("well", 202)] {
        assert_eq!(app.deliver_to("/changes", "evt_1", then).await.status(), status, "{then}");
    }
    drop(app.begin("/changes", "evt_2", "hang").await);
    until("it is given up", async || app.deliver_to("/changes", "evt_2", "well").await.status() == 202).await;
    for id in ["evt_1", "evt_2"] {
        assert_eq!(app.deliver_to("/changes", id, "well").await.text(), REPEATED);
    }
}

#[tokio::test]
async fn an_event_is_handled_again_when_its_sender_has_left() {
    let app = App::start(stripe()).await;
    drop(app.begin("/patient/a", "evt_1", "hang").await);
    until("it is given up", async || app.deliver_to("/patient/a", "evt_1", "well").await.status() == 202).await;
    assert_eq!(app.deliver_to("/patient/a", "evt_1", "well").await.text(), REPEATED);
    assert_eq!(app.runs.count(), 2);
}

#[tokio::test]
async fn an_event_that_is_being_handled_comes_again() {
    let app = App::start(stripe()).await;
    let mut first = app.begin("/patient/a", "evt_1", "wait").await;
    let second = app.deliver_to("/patient/a", "evt_1", "wait").await;
    assert_eq!((second.status(), second.header("retry-after")), (409, Some("10")));
    assert!(second.is_problem() && second.text().contains("the event is being handled"), "{}", second.text());
    app.gate.0.notify_one();
    assert_eq!(Answer::read(&mut first).await.status(), 202);
    assert_eq!(app.deliver_to("/patient/a", "evt_1", "wait").await.text(), REPEATED);
    assert_eq!(app.runs.count(), 1);
}

#[tokio::test]
async fn of_many_deliveries_at_once_one_is_handled() {
    let app = Arc::new(App::start(stripe()).await);
    let mut deliveries = tokio::task::JoinSet::new();
    for _ in 0..30 {
        let app = Arc::clone(&app);
        deliveries.spawn(async move { app.deliver("evt_1", "well").await.status() });
    }
    let answers = deliveries.join_all().await;
    assert_eq!(answers.iter().filter(|status| **status == 202).count(), 1);
    assert!(answers.iter().all(|status| [202, 200, 409].contains(status)), "{answers:?}");
    assert_eq!(app.runs.count(), 1);
}

#[tokio::test]
async fn an_event_is_one_at_each_route_whatever_the_path() {
    #[route(POST, "/rest/[...rest]", register = false)]
    fn rest(rest: Vec<String>, event: Webhook<Stripe, Event>, runs: State<Runs>) -> StatusCode {
        runs.next();
        assert!(!rest.is_empty());
        assert_eq!(event.id(), Some(event.id.as_str()));
        StatusCode::ACCEPTED
    }
    let app = App::of(routes![hook, patient, rest].state(stripe())).await;
    for path in ["/rest/a", "/patient/a", "/hooks"] {
        assert_eq!(app.deliver_to(path, "evt_1", "well").await.status(), 202, "{path}");
    }
    for path in ["/rest/a", "/rest/b", "/rest/a/b/c", "/rest/%61", "/r%65st/a?b", "/patient/b", "/hooks?", "/%68ooks"] {
        assert_eq!(app.deliver_to(path, "evt_1", "well").await.text(), REPEATED, "{path}");
    }
    assert_eq!(app.runs.count(), 3);
}

#[tokio::test]
async fn an_event_is_remembered_for_its_window() {
    let clock = clock();
    let ledger = MemoryLedger::default().clock(clock.clone());
    let window = Duration::from_secs(60);
    let stripe = stripe().tolerance(Duration::from_secs(10));
    let app = App::start(stripe.once_in(ledger).remember(window)).await;
    assert_eq!(app.deliver("evt_1", "well").await.status(), 202);
    clock.advance(window.saturating_sub(Duration::from_secs(1)));
    assert_eq!(app.deliver("evt_1", "well").await.text(), REPEATED);
    clock.advance(Duration::from_secs(1));
    assert_eq!(app.deliver("evt_1", "well").await.status(), 202);
}

#[tokio::test]
async fn an_event_is_remembered_for_as_long_as_its_delivery_is_believed() {
    let hour = Duration::from_secs(3600);
    // Signed by a clock that is an hour ahead, it is believed for two.
    let clock = Clock::stopped(Timestamp::from_millis((NOW - 3600) * 1000));
    let ledger = MemoryLedger::default().clock(clock.clone());
    let minute = Duration::from_secs(60);
    let stripe = stripe().every_time().tolerance(hour).clock(clock.clone()).once_in(ledger).remember(minute);
    let app = App::start(stripe).await;
    assert_eq!(app.deliver("evt_1", "well").await.status(), 202);
    for _ in 0..7 {
        clock.advance(Duration::from_secs(1000));
        assert_eq!(app.deliver("evt_1", "well").await.text(), REPEATED);
    }
    // Up to the end of the last second.
    clock.advance(Duration::from_millis(200_999));
    assert_eq!(app.deliver("evt_1", "well").await.text(), REPEATED);
    clock.advance(Duration::from_millis(1));
    assert_eq!(app.deliver("evt_1", "well").await.status(), 400);
    assert_eq!(app.runs.count(), 1);
}

#[tokio::test]
async fn events_can_be_handled_every_time() {
    let ledger = Arc::new(MemoryLedger::default());
    let app = App::start(stripe().once_in(Arc::clone(&ledger)).every_time()).await;
    for _ in 0..3 {
        assert_eq!(app.deliver("evt_1", "well").await.status(), 202);
    }
    assert_eq!(app.runs.count(), 3);
    assert_eq!(format!("{ledger:?}"), "MemoryLedger(0 of 100000 events)");
}

#[tokio::test]
async fn an_event_without_an_id_is_handled_every_time() {
    #[route(POST, "/any", register = false)]
    fn any(delivery: Webhook<Stripe>, runs: State<Runs>) -> String {
        format!("{:?} {}", delivery.id(), runs.next())
    }
    let app = App::of(routes![any].state(stripe())).await;
    for run in 1..3 {
        assert_eq!(app.server.send(genuine("/any", "no JSON")).await.text(), format!("None {run}"));
    }
}
