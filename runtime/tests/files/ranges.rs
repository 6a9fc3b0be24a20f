//! Parts of a file: one, several, none.

use crate::{Site, common::Answer};

const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyz";

async fn ask(site: &Site, range: &str) -> Answer {
    site.with_headers("/file/letters.txt", &[("range", range)]).await
}

#[tokio::test]
async fn one_part_is_sent_with_its_place() {
    let site = Site::of(&[("letters.txt", LETTERS)]).await;
    for (range, place, expected) in [
        ("bytes=0-4", "bytes 0-4/26", "abcde"),
        ("bytes=0-0", "bytes 0-0/26", "a"),
        ("bytes=23-", "bytes 23-25/26", "xyz"),
        ("bytes=-2", "bytes 24-25/26", "yz"),
        ("bytes=20-99", "bytes 20-25/26", "uvwxyz"),
        ("bytes=-99", "bytes 0-25/26", "abcdefghijklmnopqrstuvwxyz"),
        ("bytes=0-4,3-6", "bytes 0-6/26", "abcdefg"),
        ("bytes=0-1,40-50", "bytes 0-1/26", "ab"),
        ("bytes=0-18446744073709551615", "bytes 0-25/26", "abcdefghijklmnopqrstuvwxyz"),
    ] {
        let answer = ask(&site, range).await;
        assert_eq!((answer.status(), answer.text().as_str()), (206, expected), "{range}");
        assert_eq!(answer.header("content-range"), Some(place), "{range}");
        assert_eq!(answer.header("content-length"), Some(expected.len().to_string().as_str()), "{range}");
        assert_eq!(answer.header("content-type"), Some("text/plain; charset=utf-8"), "{range}");
        for name in ["etag", "last-modified"] {
            assert!(answer.header(name).is_some(), "{range}: {name}");
        }
    }
}

#[tokio::test]
async fn several_parts_are_sent_in_one_body() {
    let site = Site::of(&[("letters.txt", LETTERS)]).await;
    let answer = ask(&site, "bytes=24-25, 0-0, 5-7").await;
    assert_eq!((answer.status(), answer.header("content-range")), (206, None));
    let media_type = answer.header("content-type").expect("a type");
    let boundary = media_type.strip_prefix("multipart/byteranges; boundary=").expect("a boundary");
    let part = |place: &str, text: &str| {
        format!(
            "--{boundary}\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-range: bytes {place}/26\r\n\r\n{text}\r\n"
        )
    };
    let expected = [part("24-25", "yz"), part("0-0", "a"), part("5-7", "fgh"), format!("--{boundary}--\r\n")].concat();
    assert_eq!(answer.text(), expected);
    assert_eq!(answer.header("content-length"), Some(expected.len().to_string().as_str()));
}

#[tokio::test]
async fn several_parts_of_a_large_file_are_sent_in_one_body() {
    let large: Vec<u8> = (0..1_000_000_u32).flat_map(u32::to_be_bytes).collect();
    let site = Site::of(&[("letters.txt", &large)]).await;
    let answer = ask(&site, "bytes=100-300099,3000000-3999999,-4").await;
    let media_type = answer.header("content-type").expect("a type").to_owned();
    let boundary = media_type.strip_prefix("multipart/byteranges; boundary=").expect("a boundary");
    let mut expected = Vec::new();
    for part in [100..300_100, 3_000_000..4_000_000] {
        let place = format!("{}-{}", part.start, part.end - 1);
        let head = format!(
            "--{boundary}\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-range: bytes {place}/4000000\r\n\r\n"
        );
        expected.extend([head.as_bytes(), &large[part], b"\r\n"].concat());
    }
    expected.extend(format!("--{boundary}--\r\n").bytes());
    assert_eq!(answer.header("content-length"), Some(expected.len().to_string().as_str()));
    assert!(answer.body == expected, "the last range lies within the second and is not sent twice");
}

#[tokio::test]
async fn a_part_that_is_not_there_is_a_416_that_tells_the_length() {
    let site = Site::of(&[("letters.txt", LETTERS)]).await;
    for range in ["bytes=26-", "bytes=26-30", "bytes=-0", "bytes=99-,30-40", "bytes=18446744073709551616-"] {
        let answer = ask(&site, range).await;
        assert_eq!((answer.status(), answer.is_problem()), (416, true), "{range}");
        assert_eq!(answer.header("content-range"), Some("bytes */26"), "{range}");
        assert_eq!((answer.header("etag"), answer.header("last-modified")), (None, None), "{range}");
    }
}

#[tokio::test]
async fn what_is_no_range_of_bytes_is_answered_with_the_whole() {
    let site = Site::of(&[("letters.txt", LETTERS)]).await;
    let many: Vec<String> = (0..33).map(|_| "0-0".to_owned()).collect();
    let many = format!("bytes={}", many.join(","));
    for range in ["letters=0-1", "bytes=", "bytes=3-1", "bytes=a", "0-1", "bytes=0-,0-", &many] {
        let answer = ask(&site, range).await;
        assert_eq!((answer.status(), answer.body.as_slice()), (200, LETTERS), "{range}");
        assert_eq!(answer.header("content-range"), None, "{range}");
    }
    let twice = site.with_headers("/file/letters.txt", &[("range", "bytes=0-1"), ("range", "bytes=2-3")]).await;
    assert_eq!((twice.status(), twice.body.as_slice()), (200, LETTERS));
}

#[tokio::test]
async fn of_an_empty_file_every_range_is_the_whole() {
    let site = Site::of(&[("letters.txt", b"")]).await;
    for range in ["bytes=0-", "bytes=-1", "bytes=5-9"] {
        let answer = ask(&site, range).await;
        assert_eq!((answer.status(), answer.header("content-length")), (200, Some("0")), "{range}");
    }
}
