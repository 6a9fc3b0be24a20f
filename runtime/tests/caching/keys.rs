//! What shares an answer and what does not.

use rutter::{Segments, prelude::*};

use crate::{App, Runs};

#[route(GET, "/one/[a]", revalidate = 60, register = false)]
fn one(a: &str, runs: State<Runs>) -> String {
    format!("{a}: run {}", runs.next())
}

#[route(GET, "/two/[a]/[b]", revalidate = 60, register = false)]
fn two(a: &str, b: &str, runs: State<Runs>) -> String {
    format!("{a} {b}: run {}", runs.next())
}

#[route(GET, "/all/[...path]", revalidate = 60, register = false)]
fn all(path: Segments<'_>, runs: State<Runs>) -> String {
    format!("{:?} as {}: run {}", path.clone().collect::<Vec<_>>(), path.as_raw(), runs.next())
}

#[route(GET, "/maybe/[[...path]]", revalidate = 60, register = false)]
fn maybe(path: Option<Vec<String>>, runs: State<Runs>) -> String {
    format!("{path:?}: run {}", runs.next())
}

/// No two of these share an answer, and each is kept.
async fn are_apart(app: &App, paths: &[&str]) {
    let mut texts = Vec::new();
    for path in paths {
        let text = app.text(path).await;
        assert!(!texts.contains(&text), "{path} shares an answer: {text}");
        texts.push(text);
    }
    for (path, text) in paths.iter().zip(texts) {
        assert_eq!(app.text(path).await, text, "{path} is kept");
    }
    assert_eq!(app.runs.count(), paths.len());
}

#[tokio::test]
async fn different_paths_have_different_answers() {
    let app = App::new(rutter::routes![one, two, all, maybe]);
    let paths = [
        "/one/a",
        "/one/A",
        "/one/a%2Fb",
        "/one/a%20b",
        "/one/a+b",
        "/one/%252F",
        "/one/%2F",
        "/two/a/b",
        "/two/ab/c",
        "/two/a/bc",
        "/two/a%2Fb/c",
        "/two/a/b%2Fc",
        "/all/a",
        "/all/a/b",
        "/all/a%2Fb",
        "/all/ab",
        "/maybe",
        "/maybe/a",
        "/maybe/a/b",
        "/maybe/a%2Fb",
    ];
    are_apart(&app, &paths).await;
}

#[tokio::test]
async fn spellings_of_one_path_share_an_answer_that_does_not_tell_them_apart() {
    for spellings in [
        ["/one/caf%C3%A9", "/one/caf%c3%a9", "/%6Fne/caf%C3%A9"],
        ["/all/a%2Fb/c", "/all/a%2fb/c", "/all/%61%2Fb/%63"],
        ["/one/ab", "/one/%61b", "/one/%61%62"],
    ] {
        let app = App::new(rutter::routes![one, all]);
        let text = app.text(spellings[2]).await;
        for path in spellings {
            assert_eq!(app.text(path).await, text, "{path}");
        }
        let app = App::new(rutter::routes![one, all]);
        assert_eq!(app.text(spellings[0]).await, text, "whoever comes first sees the same");
    }
}

#[tokio::test]
async fn what_is_no_text_is_refused_and_never_kept() {
    let app = App::new(rutter::routes![one, all]);
    for path in ["/one/%FF", "/one/%FE", "/all/%FF", "/one/%zz"] {
        assert_eq!(app.get(path).await.status(), 400, "{path}");
    }
    assert_eq!(app.runs.count(), 0);
}

#[tokio::test]
async fn a_query_that_nobody_reads_changes_nothing() {
    let app = App::new(rutter::routes![one]);
    for path in ["/one/a", "/one/a?x=1", "/one/a?y=%zz"] {
        assert_eq!(app.text(path).await, "a: run 1", "{path}");
    }
}

mod properties {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Whatever stands in a segment: the answer is the one for these segments, whoever asked before.
        #[test]
        fn an_answer_is_the_one_for_its_segments(segments in prop::collection::vec("[a-c/%.é\u{0}\\[\\]]{1,3}", 1..4)) {
            let app = App::new(rutter::routes![one, two, all, maybe]);
            let escaped: Vec<String> = segments.iter().map(|segment| escape(segment)).collect();
            prop_assume!(escaped.iter().all(|segment| segment != "." && segment != ".."));
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                for joined in [escaped.join("/"), escaped.concat(), escaped.join("%2F")] {
                    app.get(&format!("/all/{joined}")).await;
                    app.get(&format!("/maybe/{joined}")).await;
                }
                let answer = app.get(&format!("/all/{}", escaped.join("/"))).await;
                if answer.status() == 200 {
                    let expected = format!("{segments:?} as ");
                    assert!(answer.text().starts_with(&expected), "{} for {segments:?}", answer.text());
                }
            });
        }
    }

    fn escape(segment: &str) -> String {
        segment
            .bytes()
            .map(
                |byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") },
            )
            .collect()
    }
}
