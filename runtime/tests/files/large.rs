//! A file that is larger than what is held of it.

use std::{
    fs,
    io::{Seek, SeekFrom, Write},
    time::Duration,
};

use http_body_util::{BodyExt, Empty};
use rutter::Bytes;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    time::sleep,
};

use crate::{Site, age};

fn numbers(count: u32) -> Vec<u8> {
    (0..count).flat_map(u32::to_be_bytes).collect()
}

#[tokio::test]
async fn a_large_file_arrives_intact() {
    let large = numbers(2_000_001);
    let site = Site::of(&[("large.bin", &large)]).await;
    let answer = site.get("/file/large.bin").await;
    assert_eq!(answer.header("content-length"), Some("8000004"));
    assert!(answer.body == large);
    let edge = 64 * 1024;
    for (range, bytes) in [
        (format!("bytes={}-{}", edge - 1, edge), &large[edge - 1..=edge]),
        (format!("bytes={edge}-"), &large[edge..]),
        ("bytes=-200000".to_owned(), &large[large.len() - 200_000..]),
    ] {
        let answer = site.with_headers("/file/large.bin", &[("range", &range)]).await;
        assert!(answer.status() == 206 && answer.body == bytes, "{range}");
    }
}

#[tokio::test]
async fn files_around_the_sizes_of_chunks_arrive_intact() {
    for size in [65_535, 65_536, 65_537, 131_071, 131_072, 131_073, 262_144] {
        let bytes: Vec<u8> = (0..size).map(|at: u32| at.to_be_bytes()[3]).collect();
        let site = Site::of(&[("some.bin", &bytes)]).await;
        assert!(site.get("/file/some.bin").await.body == bytes, "{size}");
    }
}

/// A sparse gigabyte, of which the client reads the beginning and then waits.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_slow_client_holds_little_of_a_large_file_in_memory() {
    let site = Site::of(&[("huge.bin", b"")]).await;
    let mut huge = fs::File::options().write(true).open(site.path("huge.bin")).expect("it can be opened");
    huge.seek(SeekFrom::Start(1 << 30)).and_then(|_| huge.write(b"end")).expect("it can be written");
    age(&site.path("huge.bin"));
    let before = resident();
    let mut clients = Vec::new();
    for _ in 0..4 {
        let mut client = site.server.connect().await;
        client.write_all(b"GET /file/huge.bin HTTP/1.1\r\nhost: a\r\n\r\n").await.expect("it can be sent");
        let mut start = vec![0; 256 * 1024];
        client.read_exact(&mut start).await.expect("the beginning");
        assert!(start.starts_with(b"HTTP/1.1 200 OK"));
        clients.push(client);
    }
    sleep(Duration::from_millis(300)).await;
    let grown = resident().saturating_sub(before);
    assert!(grown < 64 << 20, "{grown} bytes for four clients who wait");
}

/// The bytes that this process has in memory.
#[cfg(target_os = "linux")]
fn resident() -> usize {
    let status = fs::read_to_string("/proc/self/statm").expect("Linux tells");
    let pages: usize = status.split(' ').nth(1).expect("a number").parse().expect("a number");
    pages * 4_096
}

#[tokio::test]
async fn a_file_that_grows_is_sent_as_long_as_it_was() {
    let large = numbers(1_000_000);
    let site = Site::of(&[("log.bin", &large)]).await;
    let mut client = site.server.connect().await;
    client
        .write_all(b"GET /file/log.bin HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
        .await
        .expect("it can be sent");
    let mut start = vec![0; 1_024];
    client.read_exact(&mut start).await.expect("the beginning");
    let mut log = fs::File::options().append(true).open(site.path("log.bin")).expect("it can be opened");
    log.write_all(b"more").expect("it can be written");
    let mut rest = Vec::new();
    client.read_to_end(&mut rest).await.expect("the rest");
    let answer = [start, rest].concat();
    assert!(answer.ends_with(&large[large.len() - 100..]), "it ends where it ended when it was opened");
}

#[tokio::test]
async fn http_2_has_files_and_parts_too() {
    let large = numbers(500_000);
    let site = Site::of(&[("large.bin", &large), ("a.txt", b"hello, file")]).await;
    let mut sender = site.server.http2().await;
    for (path, range, status, expected) in [
        ("/file/large.bin", "none", 200, &large[..]),
        ("/file/large.bin", "bytes=1000000-", 206, &large[1_000_000..]),
        ("/file/a.txt", "bytes=0-4", 206, b"hello"),
        ("/file/a.txt", "bytes=99-", 416, b""),
    ] {
        let request = http::Request::get(format!("http://localhost{path}")).header("range", range);
        let answer = sender.send_request(request.body(Empty::<Bytes>::new()).expect("a request")).await.expect("one");
        assert_eq!(answer.status(), status, "{path} {range}");
        let body = answer.into_body().collect().await.expect("a whole body").to_bytes();
        assert!(status == 416 || body == expected, "{path} {range}");
    }
}
