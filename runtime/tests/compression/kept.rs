//! A kept answer in each encoding: made once, and gone with the answer.

use core::{fmt::Write as _, time::Duration};

use rutter::{Caching, Clock, Compression, RouteService, Routes, Timestamp, prelude::*, testing::Client};
use tokio::time::timeout;

use crate::{Answer, Runs, ask, common::Running, common::start, compressing, get, lines};

#[route(GET, "/static", register = false)]
fn fixed(runs: State<Runs>) -> impl IntoResponse {
    (format!("run {}\n", runs.next()) + &lines(1_000)).header("accept-ranges", "bytes")
}

#[route(GET, "/page/[id]", revalidate = 60, tags("page"), register = false)]
async fn page(id: u64, runs: State<Runs>) -> String {
    tokio::task::yield_now().await;
    format!("{id}: run {}\n", runs.next()) + &lines(1_000)
}

#[route(GET, "/image", register = false)]
fn image(runs: State<Runs>) -> impl IntoResponse {
    runs.next();
    ([("content-type", "image/png")], lines(100))
}

/// Text that nothing makes shorter by a half: hexadecimal noise.
#[route(GET, "/noise/[seed]", revalidate = 60, register = false)]
fn noise(seed: u64) -> String {
    let mut state = seed;
    let mut text = String::new();
    for _ in 0..4_096 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        write!(text, "{:04x}", state >> 48).expect("a `String` takes everything");
    }
    text
}

/// Text that nothing makes shorter at all.
#[route(GET, "/dense/[len]", revalidate = 60, register = false)]
fn dense(len: usize) -> impl IntoResponse {
    ([("content-type", "text/plain")], crate::noise(len))
}

#[route(GET, "/dense-later/[len]", revalidate = 60, register = false)]
async fn dense_later(len: usize) -> impl IntoResponse {
    tokio::task::yield_now().await;
    ([("content-type", "text/plain")], crate::noise(len))
}

/// What is kept and says that it comes in parts.
#[route(GET, "/report", revalidate = 60, register = false)]
fn report() -> Attachment {
    Attachment::new("report.txt", lines(1_000)).content_type("text/plain")
}

/// What is not kept, on a route whose answers are.
#[route(GET, "/failing", revalidate = 60, register = false)]
fn failing() -> impl IntoResponse {
    lines(100).status(500)
}

fn routes(runs: &Runs) -> Routes {
    rutter::routes![fixed, page, image, noise, dense, dense_later, report, failing].state(runs.clone())
}

async fn serving(runs: &Runs) -> Running {
    compressing(routes(runs)).await
}

#[tokio::test]
async fn each_encoding_is_served_from_one_run() {
    let runs = Runs::default();
    let server = serving(&runs).await;
    for path in ["/static", "/page/7"] {
        let before = runs.count();
        let plain = ask(&server, "GET", path, &[]).await;
        let strong = plain.header("etag").expect("a tag").to_owned();
        assert_eq!(plain.told(), [None, Some("accept-encoding"), Some(&*strong)]);
        for encoding in ["br", "zstd", "gzip", "br"] {
            for _ in 0..2 {
                let answer = get(&server, path, encoding).await;
                let weak = format!("W/{strong}");
                assert_eq!(answer.told(), [Some(encoding), Some("accept-encoding"), Some(&*weak)], "{path}");
                assert_eq!(answer.plain(), plain.plain(), "{path}, {encoding}");
                assert!(answer.body.len() < plain.body.len() / 3, "{path}, {encoding}");
                assert_eq!(answer.header("content-length"), Some(&*answer.body.len().to_string()));
                assert_eq!(answer.header("accept-ranges"), None);
                assert!(answer.header("cache-status").is_some_and(|status| status.starts_with("rutter; hit")));
                assert_eq!(answer.header("age"), Some("0"));
            }
        }
        assert_eq!(runs.count() - before, 1, "{path}");
    }
}

#[tokio::test]
async fn the_first_answer_is_compressed_too() {
    let runs = Runs::default();
    let server = serving(&runs).await;
    for (path, encoding) in [("/static", "br"), ("/page/1", "gzip"), ("/page/2", "zstd")] {
        let first = get(&server, path, encoding).await;
        assert_eq!(first.header("cache-status"), Some("rutter; fwd=miss; stored"));
        let second = get(&server, path, encoding).await;
        assert_eq!((first.told(), &first.body), (second.told(), &second.body), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_who_want_an_encoding_get_the_same() {
    let runs = Runs::default();
    let server = std::sync::Arc::new(serving(&runs).await);
    for path in ["/page/1", "/page/2"] {
        let asked: Vec<_> = (0..20)
            .map(|_| {
                let server = server.clone();
                tokio::spawn(async move { get(&server, path, "br").await })
            })
            .collect();
        for answer in asked {
            let answer: Answer = answer.await.expect("no panic");
            assert_eq!((answer.encoding(), answer.status), (Some("br"), 200));
            assert!(answer.plain().ends_with(&lines(1_000)));
        }
    }
    assert_eq!(runs.count(), 2);
}

#[tokio::test]
async fn head_and_304_say_what_the_200_would() {
    let runs = Runs::default();
    let server = serving(&runs).await;
    // Of what is not there yet, then of what is.
    for id in [1, 1, 2] {
        let path = format!("/page/{id}");
        let head = ask(&server, "HEAD", &path, &[("accept-encoding", "gzip")]).await;
        let answer = get(&server, &path, "gzip").await;
        assert_eq!((head.told(), head.body.len()), (answer.told(), 0));
        assert_eq!(head.header("content-length"), answer.header("content-length"));
        let weak = answer.header("etag").expect("a tag");
        let strong = weak.strip_prefix("W/").expect("a weak tag");
        for (accepts, sent, told) in
            [("gzip", weak, weak), ("gzip", strong, weak), ("br", weak, weak), ("identity", strong, strong)]
        {
            let headers = [("accept-encoding", accepts), ("if-none-match", sent)];
            let not_modified = ask(&server, "GET", &path, &headers).await;
            assert_eq!(not_modified.status, 304, "{accepts}, {sent}");
            assert_eq!(not_modified.told(), [None, Some("accept-encoding"), Some(told)], "{accepts}, {sent}");
        }
    }
    assert_eq!(runs.count(), 2);
}

#[tokio::test]
async fn what_is_not_compressible_is_kept_as_it_is() {
    let runs = Runs::default();
    let server = serving(&runs).await;
    for _ in 0..2 {
        let answer = get(&server, "/image", "br").await;
        assert_eq!((answer.encoding(), answer.header("vary")), (None, None));
        assert!(answer.header("etag").is_some_and(|tag| tag.starts_with('"')));
    }
    assert_eq!(runs.count(), 1);
}

#[tokio::test]
async fn what_no_encoding_makes_shorter_is_sent_as_it_is_from_the_first_answer_on() {
    let server = serving(&Runs::default()).await;
    for (path, len) in [("/dense/4096", 4_096), ("/dense-later/4097", 4_097)] {
        let mut tags = Vec::new();
        for encoding in ["br", "br", "zstd", "gzip"] {
            let answer = get(&server, path, encoding).await;
            assert_eq!((answer.encoding(), answer.vary()), (None, "accept-encoding".to_owned()), "{path}, {encoding}");
            assert!(answer.body == crate::noise(len), "{path}, {encoding}: {} bytes", answer.body.len());
            tags.push(answer.header("etag").expect("a tag").to_owned());
        }
        assert!(tags[0].starts_with('"') && tags.iter().all(|tag| *tag == tags[0]), "{tags:?}");
    }
}

#[tokio::test]
async fn a_part_is_one_of_the_bytes_as_they_are() {
    let server = serving(&Runs::default()).await;
    let whole = lines(1_000);
    let part = async |how: &str| {
        let headers = [("accept-encoding", "br"), ("range", "bytes=100-109")];
        let part = ask(&server, "GET", "/report", &headers).await;
        assert_eq!((part.status, part.encoding(), part.plain()), (206, None, whole[100..110].to_owned()), "{how}");
        assert_eq!(part.vary(), "accept-encoding");
        assert!(part.header("etag").is_some_and(|tag| tag.starts_with('"')), "{how}");
        assert!(part.header("cache-status").is_some_and(|status| status.starts_with(how)), "{how}");
    };
    part("rutter; fwd=miss; stored").await;
    part("rutter; hit").await;
    assert_eq!(get(&server, "/report", "br").await.plain(), whole);
    part("rutter; hit").await;
    let none = ask(&server, "GET", "/report", &[("accept-encoding", "br"), ("range", "bytes=100000-")]).await;
    assert_eq!((none.status, none.encoding()), (416, None));
}

#[tokio::test]
async fn what_is_not_kept_is_compressed_each_time() {
    let server = serving(&Runs::default()).await;
    for _ in 0..2 {
        let answer = get(&server, "/failing", "gzip").await;
        assert_eq!((answer.status, answer.encoding(), answer.plain()), (500, Some("gzip"), lines(100)));
        assert_eq!(answer.header("cache-status"), Some("rutter; fwd=miss; detail=status"));
    }
}

/// An application whose time stands still.
fn stopped(runs: &Runs, bytes: u64) -> (Client, RouteService, Clock) {
    let clock = Clock::stopped(Timestamp::from_millis(1_000_000));
    let caching = Caching::default().clock(clock.clone()).bytes(bytes);
    let service = routes(runs).caching(caching).compression(Compression::default()).build().expect("routes that fit");
    (Client::new(service.clone()), service, clock)
}

async fn run(client: &Client, encoding: &str) -> String {
    let answer = client.get("/page/7").header("accept-encoding", encoding).await;
    let plain = crate::decoded(answer.header("content-encoding"), answer.bytes());
    String::from_utf8(plain).expect("text").lines().next().expect("a line").to_owned()
}

#[tokio::test]
async fn every_encoding_ends_with_the_answer() {
    let runs = Runs::default();
    let (client, service, clock) = stopped(&runs, 1024 * 1024);
    for encoding in ["br", "gzip", "identity"] {
        assert_eq!(run(&client, encoding).await, "7: run 1");
    }
    service.cache().tag("page");
    for encoding in ["br", "gzip", "identity"] {
        assert_eq!(run(&client, encoding).await, "7: run 2", "{encoding}");
    }
    clock.advance(Duration::from_secs(61));
    // It is served stale, and made anew behind that.
    assert_eq!(run(&client, "gzip").await, "7: run 2");
    let refreshed = async {
        while run(&client, "gzip").await != "7: run 3" {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    timeout(Duration::from_secs(10), refreshed).await.expect("it is made anew");
    for encoding in ["br", "gzip", "identity"] {
        assert_eq!(run(&client, encoding).await, "7: run 3", "{encoding}");
    }
}

#[tokio::test]
async fn room_for_the_encodings_is_counted_when_an_answer_is_kept() {
    let runs = Runs::default();
    let (client, service, _) = stopped(&runs, 1024 * 1024);
    client.get("/page/7").await;
    let weight = service.cache().stats().bytes;
    let len = "7: run 1\n".len() + lines(1_000).len();
    assert!(weight > 2 * len as u64, "{weight} bytes for {len}");
    for encoding in ["br", "zstd", "gzip"] {
        client.get("/page/7").header("accept-encoding", encoding).await;
    }
    assert_eq!(service.cache().stats().bytes, weight, "encodings were there from the beginning");
    for id in 0..200 {
        for encoding in ["br", "zstd", "gzip"] {
            client.get(&format!("/page/{id}")).header("accept-encoding", encoding).await;
        }
    }
    assert!(service.cache().stats().bytes <= 1024 * 1024);
}

#[tokio::test]
async fn encodings_that_have_no_room_together_are_not_all_kept() {
    let (client, ..) = stopped(&Runs::default(), 1024 * 1024);
    client.get("/noise/7").await;
    let mut told = Vec::new();
    let mut kept = 0;
    for encoding in ["br", "gzip", "zstd", "br"] {
        let answer = client.get("/noise/7").header("accept-encoding", encoding).await;
        assert_eq!(answer.header("vary"), Some("accept-encoding"));
        told.push(answer.header("content-encoding").map(str::to_owned));
        kept += answer.bytes().len();
        let is_weak = answer.header("etag").expect("a tag").starts_with("W/");
        assert_eq!(is_weak, answer.header("content-encoding").is_some());
    }
    // Each is more than half as long as the answer.
    assert_eq!(told, [Some("br".to_owned()), None, None, Some("br".to_owned())], "{kept}");
}

#[tokio::test]
async fn nothing_is_reserved_where_nothing_is_compressed() {
    let service = routes(&Runs::default()).build().expect("routes that fit");
    let client = Client::new(service.clone());
    let answer = client.get("/page/7").header("accept-encoding", "gzip").await;
    assert_eq!((answer.header("content-encoding"), answer.header("vary")), (None, None));
    assert!(service.cache().stats().bytes < 2 * lines(1_000).len() as u64);
}

#[tokio::test]
async fn a_server_without_a_cache_compresses_each_time() {
    let runs = Runs::default();
    let routes = routes(&runs).caching(Caching::off()).compression(Compression::default());
    let server = start(routes).await;
    for n in 1..=2 {
        let answer = get(&server, "/static", "zstd").await;
        assert_eq!(answer.encoding(), Some("zstd"));
        assert!(answer.plain().starts_with(&format!("run {n}\n")));
    }
}
