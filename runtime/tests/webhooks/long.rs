//! A handler that runs for longer than a lease keeps its claim.

use rutter::{
    testing::Client,
    webhook::{Ledger, MemoryLedger},
};

use crate::{ledgers::Slow, *};

const TWENTY_MINUTES: Duration = Duration::from_secs(20 * 60);

#[route(POST, "/long", register = false)]
async fn long(_event: Webhook<Stripe>, runs: State<Runs>) {
    runs.next();
    sleep(TWENTY_MINUTES).await;
}

/// Delivers an event twice, the second time after nineteen minutes, and once more in the end.
async fn deliver(ledger: impl Ledger, clock: &Clock) -> Runs {
    let runs = Runs::default();
    let routes = routes![long].state(stripe().once_in(ledger)).state(runs.clone());
    let client = Client::new(routes.build().expect("the routes fit together"));
    let body = event("evt_1", "well");
    let deliver = || client.post("/long").header("stripe-signature", &signature(SECRET, &body)).body(body.clone());
    let first = tokio::spawn(deliver().send());
    sleep(Duration::from_secs(19 * 60)).await;
    clock.advance(Duration::from_secs(19 * 60));
    assert_eq!(deliver().await.status(), 409);
    assert_eq!(first.await.expect("it is answered").status(), 204);
    sleep(Duration::from_secs(1)).await;
    assert_eq!(deliver().await.text(), REPEATED);
    runs
}

#[tokio::test(start_paused = true)]
async fn in_a_shared_ledger_it_is_renewed() {
    let ledger = Arc::new(Slow::default());
    assert_eq!(deliver(Arc::clone(&ledger), &clock()).await.count(), 1);
    // At first, and each hundred seconds; then twice by the others.
    assert_eq!(ledger.told().iter().filter(|told| **told == "claim").count(), 1 + 11 + 2);
    sleep(TWENTY_MINUTES).await;
    assert!(ledger.told().ends_with(&["finish", "claim"]), "{:?}", ledger.told());
    assert_eq!(ledger.entries(), (0, 1));
}

#[tokio::test(start_paused = true)]
async fn in_memory_it_stands() {
    let clock = clock();
    let ledger = MemoryLedger::default().clock(clock.clone());
    assert_eq!(deliver(ledger, &clock).await.count(), 1);
}
