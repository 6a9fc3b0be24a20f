//! What browsers send in the cases of the IETF: `data/README.md` says where they come from.

use rutter::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    test: String,
    sent: Vec<(String, String)>,
}

fn cases() -> impl Iterator<Item = Case> {
    let lines = include_str!("../data/cookies-http-state.jsonl").lines();
    lines.map(|line| serde_json::from_str(line).expect("a case a line"))
}

#[test]
fn what_browsers_send_is_what_is_read() {
    for Case { test, sent } in cases() {
        let line: Vec<String> = sent.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let cookies = Cookies::parse(&line.join("; "));
        let read: Vec<_> = cookies.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        assert_eq!(read, sent, "{test}");
    }
}

#[test]
fn what_browsers_send_can_be_set_and_is_read_again() {
    let mut count = 0;
    for Case { test, sent } in cases() {
        for (name, value) in sent {
            let answer = NoContent.cookie(Cookie::new(name.clone(), value.clone())).into_response();
            let is_token = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte));
            assert_eq!(answer.status(), if is_token { 204 } else { 500 }, "{test}");
            if is_token {
                let line = answer.headers()["set-cookie"].to_str().unwrap();
                assert_eq!(Cookies::parse(super::sent_back(line)).get(&name), Some(&*value), "{test}");
                count += 1;
            }
        }
    }
    assert!(count > 100, "{count}");
}
