//! Each client gets the encoding that it likes best.

use http_body_util::{BodyExt, Empty};
use rutter::{
    Compression,
    compression::{Encoding, Level},
    prelude::*,
};

use crate::{ask, common::start, compressing, decoded, get, lines};

#[route(GET, "/lines/[count]", register = false)]
fn some(count: usize) -> String {
    lines(count)
}

#[route(POST, "/lines", register = false)]
async fn posted() -> String {
    tokio::task::yield_now().await;
    lines(100)
}

fn routes() -> rutter::Routes {
    rutter::routes![some, posted]
}

#[tokio::test]
async fn each_encoding_decodes_to_the_answer() {
    let server = compressing(routes()).await;
    // At once, and piece by piece.
    for count in [100, 10_000] {
        for encoding in ["br", "zstd", "gzip"] {
            let answer = get(&server, &format!("/lines/{count}"), encoding).await;
            assert_eq!((answer.status, answer.encoding()), (200, Some(encoding)), "{count}");
            assert_eq!(answer.plain(), lines(count), "{encoding}, {count}");
            assert!(answer.body.len() < lines(count).len() / 3, "{encoding}, {count}: {}", answer.body.len());
            assert_eq!(answer.header("content-type"), Some("text/plain; charset=utf-8"));
        }
    }
}

#[tokio::test]
async fn what_is_compressed_at_once_has_a_length() {
    let server = compressing(routes()).await;
    let answer = get(&server, "/lines/100", "gzip").await;
    assert_eq!(answer.header("content-length"), Some(&*answer.body.len().to_string()));
    assert_eq!(get(&server, "/lines/10000", "gzip").await.header("content-length"), None);
}

#[tokio::test]
async fn quality_decides_and_then_our_order() {
    let server = compressing(routes()).await;
    let table = [
        ("gzip, deflate, br, zstd", Some("br")),
        ("gzip;q=1, br;q=0.5", Some("gzip")),
        ("*", Some("br")),
        ("br;q=0, *;q=0.5", Some("zstd")),
        ("x-gzip", Some("gzip")),
        ("gzip;q=0", None),
        ("identity;q=0", None),
        ("deflate", None),
        ("", None),
    ];
    for (accepts, encoding) in table {
        let answer = get(&server, "/lines/100", accepts).await;
        assert_eq!((answer.status, answer.encoding(), answer.plain()), (200, encoding, lines(100)), "{accepts}");
    }
    assert_eq!(ask(&server, "GET", "/lines/100", &[]).await.encoding(), None);
    let two = [("accept-encoding", "br;q=0.5"), ("accept-encoding", "gzip;q=0.7")];
    assert_eq!(ask(&server, "GET", "/lines/100", &two).await.encoding(), Some("gzip"));
}

#[tokio::test]
async fn the_settings_say_what_is_offered_and_from_when_on() {
    let settings = Compression::default().encodings([Encoding::Gzip, Encoding::Brotli]).smallest(10).level(Level::Best);
    let server = start(routes().compression(settings)).await;
    assert_eq!(get(&server, "/lines/1", "br, zstd, gzip").await.encoding(), Some("gzip"));
    assert_eq!(get(&server, "/lines/1", "zstd").await.encoding(), None);
}

#[tokio::test]
async fn nothing_is_compressed_unless_it_was_asked_for() {
    let server = start(routes()).await;
    let answer = get(&server, "/lines/100", "gzip").await;
    assert_eq!((answer.told(), answer.plain()), ([None; 3], lines(100)));
}

#[tokio::test]
async fn answers_of_every_kind_are_compressed() {
    async fn nowhere(_: Request) -> impl IntoResponse {
        lines(100).status(404)
    }
    let server = compressing(routes().fallback(nowhere)).await;
    let answer = ask(&server, "POST", "/lines", &[("accept-encoding", "zstd")]).await;
    assert_eq!((answer.encoding(), answer.plain()), (Some("zstd"), lines(100)));
    let answer = get(&server, "/nowhere", "zstd").await;
    assert_eq!((answer.status, answer.encoding(), answer.plain()), (404, Some("zstd"), lines(100)));
}

#[tokio::test]
async fn http_2_has_compressed_answers_too() {
    let server = compressing(routes()).await;
    let mut sender = server.http2().await;
    for (path, count) in [("/lines/100", 100), ("/lines/10000", 10_000)] {
        let uri = format!("http://localhost{path}");
        let request = http::Request::get(uri).header("accept-encoding", "br").body(Empty::<Bytes>::new());
        let answer = sender.send_request(request.expect("a request")).await.expect("an answer");
        assert_eq!(answer.headers()["content-encoding"], "br");
        let body = answer.into_body().collect().await.expect("a whole body").to_bytes();
        assert_eq!(decoded(Some("br"), &body), lines(count).as_bytes());
    }
}
