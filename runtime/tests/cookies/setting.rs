//! Cookies of an answer: several, replaced, removed, and those that no browser would take.

use proptest::prelude::{prop_assert_eq, proptest};
use rutter::{prelude::*, testing::Client};

use crate::sent_back;

fn lines(answer: impl IntoResponse) -> Vec<String> {
    let answer = answer.into_response();
    answer.headers().get_all("set-cookie").iter().map(|line| line.to_str().unwrap().to_owned()).collect()
}

fn named(name: &'static str) -> Cookie {
    Cookie::new(name, "1").secure(true)
}

#[test]
fn several_stand_beside_each_other() {
    let told = lines("x".cookie(named("a")).header("x-a", "b").cookie(named("b").path("/x")).status(201));
    assert_eq!(told, ["a=1; HttpOnly; SameSite=Lax; Secure; Path=/", "b=1; HttpOnly; SameSite=Lax; Secure; Path=/x"]);
}

#[test]
fn the_last_of_the_same_name_path_and_domain_stands() {
    let again =
        |cookie: Cookie| lines(NoContent.cookie(named("a").path("/x").domain("A.example")).cookie(cookie)).len();
    assert_eq!(again(named("a").path("/x").domain("a.example").http_only(false)), 1);
    assert_eq!(again(named("a").path("/x").domain(".a.EXAMPLE")), 1);
    assert_eq!(again(named("a").path("/x")), 2);
    assert_eq!(again(named("a").domain("a.example")), 2);
    assert_eq!(again(named("A").path("/x").domain("a.example")), 2);
    assert_eq!(again(named("a").path("/x").domain("a.example").partitioned()), 2);
    let told = lines("x".cookie(named("a")).cookie(named("b")).remove_cookie("a"));
    assert_eq!(told.iter().map(|line| sent_back(line)).collect::<Vec<_>>(), ["b=1", "a="]);
}

#[test]
fn every_answer_can_have_one() {
    let foreign = Response::new(Body::from("x"));
    let count = |answer: Reply| lines(answer).len();
    assert_eq!(count(foreign.cookie(named("a"))), 1);
    assert_eq!(count(Json(1).cookie(named("a"))), 1);
    assert_eq!(count(Redirect::to("/").cookie(named("a"))), 1);
    assert_eq!(count(Problem::unauthorized("who?").remove_cookie("a")), 1);
    assert_eq!(count((StatusCode::ACCEPTED, [("set-cookie", "b=2")], "x").cookie(named("a"))), 2);
    assert_eq!(count(Some("x").cookie(named("a"))), 1);
    assert_eq!(count(Reply::new(([("set-cookie", "b=2")], "x".cookie(named("a"))))), 2);
    assert_eq!(count("x".cookie(named("a")).header("set-cookie", "b=2")), 2);
}

#[test]
fn nobody_may_store_an_answer_with_a_cookie_unless_it_says_so() {
    let told = |answer: Reply| answer.into_response().headers()["cache-control"].to_str().unwrap().to_owned();
    assert_eq!(told("x".cookie(named("a"))), "no-store");
    assert_eq!(told("x".remove_cookie("a")), "no-store");
    assert_eq!(told("x".cookie(named("a")).header("cache-control", "private")), "private");
    assert_eq!(told("x".header("cache-control", "private").cookie(named("a"))), "private");
}

#[test]
fn a_cookie_that_no_browser_takes_is_a_500() {
    for cookie in [
        Cookie::new("", "x"),
        Cookie::new("a b", "x"),
        Cookie::new("a\r\nset-cookie: b", "x"),
        named("a").path("/; Domain=evil"),
        named("a").domain("a.example; Path=/x"),
        named("a").domain("a.example\r\nx: y"),
        named("__Host-a").domain("a.example"),
        named("__Host-a").path("/x"),
        named("__Secure-a").secure(false),
        named("a").same_site(SameSite::None).secure(false),
        named("a").partitioned().secure(false),
        Cookie::new("a", "x".repeat(4_097)),
        Cookie::new("a", "\u{e9}".repeat(700)),
    ] {
        let answer = "x".cookie(named("b")).cookie(cookie.clone()).cookie(named("c")).status(201).into_response();
        assert_eq!(answer.status(), 500, "{cookie:?}");
        assert!(!answer.headers().contains_key("set-cookie"), "{cookie:?}");
    }
}

#[test]
fn a_mistake_before_stays_one() {
    assert_eq!("x".header("x a", "b").cookie(named("a")).into_response().status(), 500);
}

#[test]
fn a_log_has_no_values() {
    assert_eq!(format!("{:?}", Cookie::new("a", "secret").path("/x")), "Cookie(\"a\")");
}

#[route(POST, "/echo/[name]", register = false)]
fn echo(name: &str, value: String) -> impl IntoResponse {
    NoContent.cookie(Cookie::new(name.to_owned(), value))
}

#[route(GET, "/echo/[name]", register = false)]
fn read(name: &str, cookies: Cookies) -> Option<String> {
    cookies.get(name).map(str::to_owned)
}

#[tokio::test]
async fn what_is_set_comes_back() {
    let client = Client::new(rutter::routes![echo, read].build().unwrap());
    for value in ["", "plain", "a b;c=d,\"e\"\\", "caf\u{e9} \u{1f36a}", "%41%", "\r\n\0", " x ", "\"quoted\""] {
        let set = client.post("/echo/a").body(value).await;
        let back = sent_back(set.header("set-cookie").unwrap()).to_owned();
        assert_eq!(client.get("/echo/a").header("cookie", &back).await.text(), value);
    }
}

proptest! {
    #[test]
    fn every_text_comes_back(name in "[!#$%&'*+.^_`|~0-9A-Za-z-]{1,20}", value in ".{0,100}") {
        let told = lines(NoContent.cookie(Cookie::new(name.clone(), value.clone())));
        let cookies = Cookies::parse(sent_back(&told[0]));
        prop_assert_eq!(cookies.get(&name), Some(&*value));
        prop_assert_eq!(cookies.iter().len(), 1);
    }
}
