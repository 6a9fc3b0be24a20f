//! Signed and sealed cookies: what this application has made, and what others would like it to believe.

use proptest::prelude::{prop_assert_eq, proptest};
use rutter::{Secret, prelude::*, testing::Client};

use crate::{NEW, OLD, keys, sent_back};

fn signed(keys: &CookieKeys, name: &str, value: &str) -> Option<String> {
    Cookies::parse(&format!("{name}={value}")).signed(keys).get(name).map(str::to_owned)
}

fn opened(keys: &CookieKeys, name: &str, value: &str) -> Option<String> {
    Cookies::parse(&format!("{name}={value}")).private(keys).get(name)
}

#[test]
fn a_signed_cookie_can_be_read_by_everyone_and_made_by_nobody_else() {
    let cookie = keys(NEW).sign(Cookie::new("session", "ada"));
    let ours = cookie.value();
    let (value, tag) = ours.rsplit_once('.').unwrap();
    assert_eq!((value, tag.len()), ("ada", 43));
    assert_eq!(signed(&keys(NEW), "session", ours).as_deref(), Some("ada"));
    let flipped = if tag.starts_with('A') { 'B' } else { 'A' };
    for forged in [
        "ada".to_owned(),
        "ada.".to_owned(),
        ".".to_owned(),
        tag.to_owned(),
        format!(".{tag}"),
        format!("eve.{tag}"),
        format!("ada.x.{tag}"),
        format!("ada.{flipped}{}", &tag[1..]),
        format!("ada.{}", &tag[..42]),
        format!("ada.{tag}="),
        format!("ada.{tag}A"),
        format!("ada.{}", "A".repeat(43)),
        format!("{ours} x"),
        format!("\"{ours}\""),
    ] {
        assert_eq!(signed(&keys(NEW), "session", &forged), None, "{forged}");
    }
    assert_eq!(signed(&keys(OLD), "session", ours), None, "another key");
    for name in ["Session", "sessio", "sessionada", "other"] {
        assert_eq!(signed(&keys(NEW), name, ours), None, "moved to {name}");
    }
}

#[test]
fn a_name_and_a_value_are_not_cut_elsewhere() {
    let keys = keys(NEW);
    let tag = |name: &'static str, value: &'static str| {
        let cookie = keys.sign(Cookie::new(name, value));
        cookie.value().rsplit_once('.').unwrap().1.to_owned()
    };
    assert_ne!(tag("ab", "c"), tag("a", "bc"));
    assert_eq!(signed(&keys, "a", &format!("bc.{}", tag("ab", "c"))), None);
}

#[test]
fn the_last_letter_of_a_signature_counts_whole() {
    let ours = keys(NEW).sign(Cookie::new("a", "b")).value().to_owned();
    let (start, _) = ours.split_at(ours.len() - 1);
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let good = letters.chars().filter(|letter| signed(&keys(NEW), "a", &format!("{start}{letter}")).is_some());
    assert_eq!(good.count(), 1);
}

#[test]
fn a_sealed_cookie_is_read_by_nobody_else() {
    let cookie = keys(NEW).seal(Cookie::new("cart", "7 sextants"));
    let ours = cookie.value();
    assert!(!ours.contains("sextants"));
    assert_ne!(keys(NEW).seal(Cookie::new("cart", "7 sextants")).value(), ours, "each is another");
    assert_eq!(opened(&keys(NEW), "cart", ours).as_deref(), Some("7 sextants"));
    assert_eq!(opened(&keys(OLD), "cart", ours), None, "another key");
    assert_eq!(opened(&keys(NEW), "basket", ours), None, "moved");
    for at in 0..ours.len() {
        let mut forged = ours.as_bytes().to_vec();
        forged[at] = if forged[at] == b'A' { b'B' } else { b'A' };
        assert_eq!(opened(&keys(NEW), "cart", &String::from_utf8(forged).unwrap()), None, "{at}");
        assert_eq!(opened(&keys(NEW), "cart", &ours[..at]), None, "cut at {at}");
    }
}

#[test]
fn what_is_signed_is_not_sealed_and_the_other_way_round() {
    let keys = keys(NEW);
    assert_eq!(opened(&keys, "a", keys.sign(Cookie::new("a", "b")).value()), None);
    assert_eq!(signed(&keys, "a", keys.seal(Cookie::new("a", "b")).value()), None);
}

#[test]
fn old_keys_read_and_the_newest_writes() {
    let both = keys(NEW).or(Secret::new(OLD).unwrap()).unwrap();
    let (old_signed, old_sealed) = (keys(OLD).sign(Cookie::new("a", "b")), keys(OLD).seal(Cookie::new("a", "b")));
    assert_eq!(signed(&both, "a", old_signed.value()).as_deref(), Some("b"));
    assert_eq!(opened(&both, "a", old_sealed.value()).as_deref(), Some("b"));
    let (new_signed, new_sealed) = (both.sign(Cookie::new("a", "b")), both.seal(Cookie::new("a", "b")));
    assert_eq!(signed(&keys(NEW), "a", new_signed.value()).as_deref(), Some("b"));
    assert_eq!(opened(&keys(NEW), "a", new_sealed.value()).as_deref(), Some("b"));
    assert_eq!(signed(&keys(OLD), "a", new_signed.value()), None);
    assert_eq!(opened(&keys(OLD), "a", new_sealed.value()), None);
}

#[test]
fn a_forged_one_before_it_does_not_hide_ours() {
    let ours = keys(NEW).sign(Cookie::new("session", "ada"));
    let cookies = Cookies::parse(&format!("session=eve; session=eve.x; session={}", ours.value()));
    assert_eq!(cookies.signed(&keys(NEW)).get("session"), Some("ada"));
    let cookies = Cookies::parse(&"session=eve.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA;".repeat(2_000));
    assert_eq!(cookies.signed(&keys(NEW)).get("session"), None);
    assert_eq!(cookies.private(&keys(NEW)).get("session"), None);
}

#[test]
fn a_short_secret_is_refused() {
    let error = CookieKeys::new(Secret::new("x".repeat(31)).unwrap()).unwrap_err().to_string();
    assert_eq!(
        error,
        "a secret for cookies has 31 bytes, which can be guessed: make one of 32 or more with `openssl rand -base64 48`"
    );
    assert!(keys(NEW).or(Secret::new("short").unwrap()).is_err());
    assert_eq!(format!("{:?}", keys(NEW)), "CookieKeys(…)");
}

#[test]
fn a_log_has_no_values() {
    let cookies = Cookies::parse("a=secret");
    assert_eq!(format!("{:?}", cookies.signed(&keys(NEW))), "SignedCookies(Cookies[\"a\"])");
    assert_eq!(format!("{:?}", cookies.private(&keys(NEW))), "PrivateCookies(Cookies[\"a\"])");
}

/// The signature is what is documented, so that others can check it: this one was made by Python's `hmac`.
#[test]
fn the_signature_is_the_one_that_is_documented() {
    let cookie = CookieKeys::new(Secret::new("0123456789abcdef0123456789abcdef").unwrap()).unwrap();
    assert_eq!(cookie.sign(Cookie::new("session", "ada")).value(), "ada.y6IT9KsZ5dchJRBQwbOj1Guvkn564vVN2mN2HuvM9jg");
}

#[route(GET, "/session", register = false)]
fn who(session: SignedCookies) -> Result<String, Problem> {
    session.get("session").map(str::to_owned).ok_or_else(|| Problem::unauthorized("sign in first"))
}

#[route(POST, "/session", register = false)]
fn sign_in(user: String, keys: State<CookieKeys>) -> impl IntoResponse {
    NoContent.cookie(keys.sign(Cookie::new("session", user)))
}

#[route(GET, "/cart", register = false)]
fn cart(cart: Option<PrivateCookies>) -> impl IntoResponse {
    let cart = cart.expect("it is never absent");
    let more = format!("{}x", cart.get("cart").unwrap_or_default());
    more.clone().cookie(cart.keys().seal(Cookie::new("cart", more)))
}

#[tokio::test]
async fn a_session_is_signed_and_a_cart_is_sealed() {
    let client = Client::new(rutter::routes![who, sign_in, cart].state(keys(NEW)).build().unwrap());
    assert_eq!(client.get("/session").await.status(), 401);
    assert_eq!(client.get("/session").header("cookie", "session=ada").await.status(), 401);
    let set = client.post("/session").body("ada; eve\u{e9}").await;
    let back = sent_back(set.header("set-cookie").unwrap());
    assert_eq!(client.get("/session").header("cookie", back).await.text(), "ada; eve\u{e9}");
    let first = client.get("/cart").await;
    let back = sent_back(first.header("set-cookie").unwrap());
    assert_eq!(client.get("/cart").header("cookie", back).await.text(), "xx");
}

#[test]
fn without_keys_nothing_starts() {
    let error = rutter::routes![who].build().unwrap_err().to_string();
    assert!(error.contains("CookieKeys"), "{error}");
    assert!(rutter::routes![cart].build().is_err());
}

proptest! {
    #[test]
    fn every_text_is_signed_and_sealed(value in ".{0,100}") {
        let keys = keys(NEW);
        for cookie in [keys.sign(Cookie::new("a", value.clone())), keys.seal(Cookie::new("a", value.clone()))] {
            let answer = NoContent.cookie(cookie).into_response();
            let cookies = Cookies::parse(sent_back(answer.headers()["set-cookie"].to_str().unwrap()));
            let read = cookies.signed(&keys).get("a").map(str::to_owned).or_else(|| cookies.private(&keys).get("a"));
            prop_assert_eq!(read.as_deref(), Some(&*value));
        }
    }

    #[test]
    fn nothing_that_is_made_up_is_believed(value in "[ -~]{0,40}", tag in "[A-Za-z0-9_-]{43}") {
        prop_assert_eq!(signed(&keys(NEW), "a", &format!("{value}.{tag}")), None);
        prop_assert_eq!(opened(&keys(NEW), "a", &format!("{value}{tag}")), None);
    }
}
