//! The end of the server waits for what is written down of events, also of those whose handlers it cuts off.

use rutter::testing::Client;

use crate::{ledgers::Slow, *};

/// One whose end waits for 200 ms, and whose ledger takes longer than that.
async fn hasty(ledger: &Arc<Slow>) -> App {
    let routes = routes![patient].state(stripe().once_in(Arc::clone(ledger)));
    App::with(routes, |server| server.drain(Duration::from_millis(200))).await
}

#[tokio::test]
async fn the_end_of_the_server_waits_for_what_is_written() {
    let ledger = Arc::new(Slow::default());
    let app = App::start(stripe().once_in(Arc::clone(&ledger))).await;
    assert_eq!(app.deliver("evt_1", "well").await.status(), 202);
    app.server.stop().await;
    assert_eq!(ledger.told(), ["claim", "finish"]);
    assert_eq!(ledger.entries(), (0, 1));
}

#[tokio::test]
async fn who_is_cut_off_gives_up_what_it_has_claimed() {
    let ledger = Arc::new(Slow::taking(Duration::from_millis(500)));
    let app = hasty(&ledger).await;
    let _sender = app.begin("/patient/a", "evt_1", "hang").await;
    app.server.stop().await;
    assert_eq!(ledger.told(), ["claim", "release"]);
    assert_eq!(ledger.entries(), (0, 0));
}

#[tokio::test]
async fn so_does_who_is_cut_off_on_a_connection_of_many_requests() {
    let ledger = Arc::new(Slow::taking(Duration::from_millis(500)));
    let app = hasty(&ledger).await;
    let stream = hyper_util::rt::TokioIo::new(app.server.connect().await);
    let executor = hyper_util::rt::TokioExecutor::new();
    let (mut sender, connection) =
        hyper::client::conn::http2::handshake(executor, stream).await.expect("the server speaks it");
    let connection = tokio::spawn(async { drop(connection.await) });
    let body = event("evt_1", "hang");
    let request = http::Request::post(format!("http://{}/patient/a", app.server.address))
        .header("stripe-signature", signature(SECRET, &body))
        .body(rutter::Body::from(body))
        .expect("a request");
    let answer = tokio::spawn(sender.send_request(request));
    until("the handler runs", async || app.runs.count() == 1).await;
    app.server.stop().await;
    assert_eq!(ledger.told(), ["claim", "release"]);
    assert_eq!(ledger.entries(), (0, 0));
    answer.abort();
    connection.abort();
}

#[tokio::test]
async fn what_is_being_written_at_the_end_of_the_drain_is_written() {
    let ledger = Arc::new(Slow::taking(Duration::from_millis(500)));
    let app = hasty(&ledger).await;
    assert_eq!(app.deliver_to("/patient/a", "evt_1", "well").await.status(), 202);
    app.server.stop().await;
    assert_eq!(ledger.told(), ["claim", "finish"]);
    assert_eq!(ledger.entries(), (0, 1));
}

#[tokio::test]
async fn a_ledger_that_hangs_does_not_hold_up_the_end() {
    let ledger = Arc::new(Slow::taking(Duration::from_millis(900)));
    let app = hasty(&ledger).await;
    let _sender = app.begin("/patient/a", "evt_1", "hang").await;
    let begun = Instant::now();
    app.server.stop().await;
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn an_accept_loop_of_ones_own_can_wait_for_it() {
    let ledger = Arc::new(Slow::default());
    let routes = routes![patient].state(stripe().once_in(Arc::clone(&ledger)));
    let app = routes.state(Runs::default()).state(Gate::default()).build().expect("the routes fit together");
    let body = event("evt_1", "well");
    let delivery = Client::new(app.clone()).post("/patient/a").header("stripe-signature", &signature(SECRET, &body));
    assert_eq!(delivery.body(body).await.status(), 202);
    assert!(app.unfinished().is_empty(), "no handler has handed it over");
    app.finished().await;
    assert_eq!(ledger.entries(), (0, 1));
}
