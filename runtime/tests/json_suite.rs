//! The JSON texts of `JSONTestSuite`, as bodies: `data/README.md` says where they come from.

use rutter::{prelude::*, testing::Client};
use serde::Deserialize;

#[route(POST, "/json")]
async fn json(value: Json<serde_json::Value>) -> Json<serde_json::Value> {
    value
}

/// A type that takes everything, so that only malformed JSON is refused.
#[derive(Deserialize)]
struct Anything {}

#[route(POST, "/typed")]
async fn typed(list: Json<Vec<Anything>>) -> String {
    list.len().to_string()
}

#[tokio::test]
async fn what_must_be_read_is_a_200_and_what_must_not_a_400() {
    let client = Client::new(rutter::routes![json].build().expect("the routes fit together"));
    let mut counts = [0; 3];
    let mut wrong = Vec::new();
    for case in cases() {
        let request = client.post("/json").header("content-type", "application/json").body(case.text);
        let answer = request.send().await;
        let status = answer.status().as_u16();
        let (sort, fits) = match case.expect.as_str() {
            "y" => (0, status == 200),
            "n" => (1, status == 400 && answer.header("content-type") == Some("application/problem+json")),
            _ => (2, status == 200 || status == 400),
        };
        counts[sort] += 1;
        if !fits {
            wrong.push(format!("{}: {status} {}", case.name, answer.text()));
        }
    }
    assert_eq!(counts, [95, 188, 35]);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn json_that_must_be_refused_is_a_400_for_every_type() {
    let client = Client::new(rutter::routes![typed].build().expect("the routes fit together"));
    for case in cases() {
        let request = client.post("/typed").header("content-type", "application/json").body(case.text);
        let status = request.send().await.status().as_u16();
        match case.expect.as_str() {
            "n" => assert_eq!(status, 400, "{}", case.name),
            // Not a list of objects is a 422.
            _ => assert!(matches!(status, 200 | 400 | 422), "{}: {status}", case.name),
        }
    }
}

struct Case {
    name: String,
    expect: String,
    text: Vec<u8>,
}

fn cases() -> Vec<Case> {
    #[derive(Deserialize)]
    struct Line {
        name: String,
        expect: String,
        base64: String,
    }
    let lines = include_str!("data/json-test-suite.jsonl").lines();
    let read = |line| serde_json::from_str::<Line>(line).expect("a line of the suite");
    lines.map(read).map(|line| Case { name: line.name, expect: line.expect, text: decode(&line.base64) }).collect()
}

/// RFC 4648 §4.
fn decode(base64: &str) -> Vec<u8> {
    let value = |letter: u8| ALPHABET.iter().position(|other| *other == letter);
    let sextets: Vec<usize> = base64.bytes().filter_map(value).collect();
    let mut bytes = Vec::with_capacity(sextets.len());
    for group in sextets.chunks(4) {
        let bits = group.iter().chain([&0; 4]).take(4).fold(0, |bits, sextet| bits << 6 | sextet);
        let group_bytes = [bits >> 16, bits >> 8, bits].map(|byte| u8::try_from(byte & 0xFF).expect("eight bits"));
        bytes.extend_from_slice(&group_bytes[..group.len() - 1]);
    }
    bytes
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
