//! A ledger is slow, fails, hangs or panics: no event is lost.

use rutter::webhook::MemoryLedger;

use crate::{
    ledgers::{Broken, Slow},
    *,
};

#[tokio::test]
async fn a_slow_ledger_is_told_what_has_become_of_an_event() {
    let ledger = Arc::new(Slow::default());
    let app = App::start(stripe().once_in(Arc::clone(&ledger))).await;
    assert_eq!(app.deliver("evt_1", "refuse").await.status(), 422);
    until("it is told", async || ledger.told() == ["claim", "release"]).await;
    assert_eq!(app.deliver("evt_1", "well").await.status(), 202);
    until("it is told", async || ledger.told().ends_with(&["claim", "finish"])).await;
    assert_eq!(app.deliver("evt_1", "well").await.text(), REPEATED);
    assert_eq!(ledger.told(), ["claim", "release", "claim", "finish", "claim"]);
    assert_eq!(ledger.entries(), (0, 1));
}

#[tokio::test]
async fn a_sender_that_leaves_while_the_ledger_is_asked_leaves_no_claim() {
    let ledger = Arc::new(Slow::default());
    let app = App::start(stripe().once_in(Arc::clone(&ledger))).await;
    let mut stream = app.server.connect().await;
    stream.write_all(genuine("/hooks", &event("evt_1", "well")).as_bytes()).await.expect("it can be sent");
    sleep(Duration::from_millis(20)).await;
    drop(stream);
    until("it is given up", async || ledger.told() == ["claim", "release"]).await;
    assert_eq!((app.runs.count(), ledger.entries()), (0, (0, 0)));
}

#[tokio::test]
async fn without_its_ledger_an_event_is_handled_all_the_same() {
    for broken in [Broken::Fails, Broken::Hangs, Broken::PanicsInTheEnd] {
        let app = App::start(stripe().once_in(broken)).await;
        for then in ["well", "well", "refuse"] {
            let status = if then == "well" { 202 } else { 422 };
            let mut stream = app.begin("/patient/a", "evt_1", then).await;
            assert_eq!(Answer::read(&mut stream).await.status(), status, "{broken:?}");
        }
        assert_eq!(app.runs.count(), 3);
        app.server.stop().await;
    }
}

/// An extractor that forgets to say that something is done for each request.
struct Forgetful(Webhook<Stripe, Event>);

impl FromRequest for Forgetful {
    const READS: rutter::Reads = rutter::Reads::BODY;
    type Rejection = rutter::webhook::WebhookRejection;

    async fn from_request(head: &RequestHead, body: &mut rutter::BodySlot) -> Result<Self, Self::Rejection> {
        Webhook::from_request(head, body).await.map(Forgetful)
    }
}

#[tokio::test]
async fn an_extractor_that_cannot_be_told_the_answer_claims_nothing() {
    #[route(POST, "/forgetful", register = false)]
    fn forgetful(event: Forgetful, runs: State<Runs>) -> String {
        format!("{} {}", event.0.id, runs.next())
    }
    let ledger = Arc::new(MemoryLedger::default());
    let app = App::of(routes![forgetful].state(stripe().once_in(Arc::clone(&ledger)))).await;
    for run in 1..3 {
        assert_eq!(app.deliver_to("/forgetful", "evt_1", "well").await.text(), format!("evt_1 {run}"));
    }
    assert_eq!(format!("{ledger:?}"), "MemoryLedger(0 of 100000 events)");
}
