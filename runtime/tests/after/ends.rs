//! How the end of an application treats work: it is waited for, up to a limit.

use core::time::Duration;

use http_body_util::Empty;
use rutter::routes;

use crate::*;

#[route(POST, "/held", register = false)]
fn held(after: After, log: State<Log>, gate: State<Gate>) {
    after.run(async move {
        log.say("begun");
        gate.opens().await;
        log.say("done");
    });
}

#[route(POST, "/chain", register = false)]
fn chain(after: After, log: State<Log>, gate: State<Gate>) {
    let again = after.clone();
    after.run(async move {
        log.say("begun");
        gate.opens().await;
        again.run(async move {
            tokio::time::sleep(Duration::from_millis(100)).await;
            log.say("done");
        });
    });
}

const POST: &str = "HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";

#[tokio::test]
async fn the_end_waits_for_work_and_for_what_it_hands_over() {
    for target in ["/held", "/chain"] {
        let (mut server, mut heard, gate) = start(routes![held, chain]).await;
        assert_eq!(server.send(format!("POST {target} {POST}")).await.status(), 204);
        assert_eq!(heard.next().await, "begun");
        server.begin_stop();
        assert!(heard.is_silent().await);
        gate.open();
        server.ended().await;
        assert_eq!(heard.0.try_recv(), Ok("done"), "{target}");
    }
}

#[tokio::test]
async fn work_that_outlasts_the_drain_time_is_cut_off() {
    let (log, heard) = mpsc::unbounded_channel();
    let mut heard = Heard(heard);
    let routes = routes![held].state(Log(log)).state(Gate::default());
    let mut server = common::start_with(routes, |server| server.drain(Duration::from_millis(300))).await;
    assert_eq!(server.send(format!("POST /held {POST}")).await.status(), 204);
    assert_eq!(heard.next().await, "begun");
    server.begin_stop();
    server.ended().await;
    // The work is dropped, and with it all that could say anything.
    assert_eq!(timeout(Duration::from_secs(5), heard.0.recv()).await, Ok(None));
}

#[route(GET, "/nothing", register = false)]
fn nothing() {}

/// Hands over work, and then waits for what never comes.
#[route(POST, "/leaves", register = false)]
async fn leaves(after: After, log: State<Log>) {
    let word = log.clone();
    after.run(async move { word.say("done") });
    log.say("handler");
    core::future::pending::<()>().await;
}

/// On HTTP/2 a handler runs in a task of its own, which outlives its connection by a moment.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn work_of_clients_that_leave_at_the_end_is_done() {
    for _ in 0..20 {
        let (mut server, mut heard, _) = start(routes![leaves]).await;
        let (mut sender, connection) = server.http2_connection().await;
        let request = http::Request::post("http://localhost/leaves").body(Empty::<Bytes>::new()).expect("a request");
        let answer = tokio::spawn(sender.send_request(request));
        assert_eq!(heard.next().await, "handler");
        server.begin_stop();
        tokio::time::sleep(Duration::from_millis(5)).await;
        connection.abort();
        answer.abort();
        server.ended().await;
        assert_eq!(heard.0.try_recv(), Ok("done"));
    }
}

#[tokio::test]
async fn no_drain_time_is_too_long() {
    let routes = routes![nothing];
    let server = common::start_with(routes, |server| server.drain(Duration::MAX).linger(Duration::MAX)).await;
    server.stop().await;
}

#[tokio::test]
async fn what_still_runs_is_named_by_file_and_line() {
    let (log, heard) = mpsc::unbounded_channel();
    let mut heard = Heard(heard);
    let gate = Gate::default();
    let app = routes![held].state(Log(log)).state(gate.clone()).build().expect("the routes fit together");
    let client = rutter::testing::Client::new(app.clone());
    assert!(app.unfinished().is_empty());
    assert_eq!(client.post("/held").await.status(), 204);
    assert_eq!(heard.next().await, "begun");
    let [work] = app.unfinished()[..] else { panic!("one piece of work") };
    assert!(work.at().file().ends_with("tests/after/ends.rs"), "{work}");
    assert!(timeout(Duration::from_millis(100), app.finished()).await.is_err());
    gate.open();
    app.finished().await;
    assert!(app.unfinished().is_empty());
}
