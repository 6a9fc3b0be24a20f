//! Stripe: the items of its header, and its time.

use super::*;

/// `openssl dgst -sha256 -hmac whsec_test` of `1700000000.{"id":"evt_1"}`.
pub(super) const STRIPE: Genuine = Genuine {
    provider: stripe,
    secret: "whsec_test",
    other: "whsec_other",
    at: 1_700_000_000,
    headers: &[(
        "stripe-signature",
        "t=1700000000,v1=c89214b5b5da833daed6f0b8c5bb6bd58cea9022bd80ccc78230f3942d632925",
    )],
    signature: "stripe-signature",
    body: r#"{"id":"evt_1"}"#,
    id: Some("evt_1"),
};

fn stripe(text: &str, clock: Clock) -> Box<dyn Provider> {
    Box::new(Stripe::new(secret(text)).clock(clock))
}

#[test]
fn an_old_secret_is_accepted_for_as_long_as_it_is_named() {
    let (old, new) = (secret(STRIPE.secret), secret(STRIPE.other));
    let headers = STRIPE.headers();
    let delivery = Delivery::new(&headers, STRIPE.body.as_bytes());
    let clock = STRIPE.clock(0);
    assert_eq!(Stripe::new(new.clone()).or(old.clone()).clock(clock.clone()).verify(&delivery), Ok(()));
    assert_eq!(Stripe::new(old).or(new.clone()).clock(clock.clone()).verify(&delivery), Ok(()));
    assert_eq!(Stripe::new(new).clock(clock).verify(&delivery), Err(Refused::Mismatch));
}

/// Signs as a sender would that makes the mistake.
fn signed(name: &'static str, time: &str) -> Result<(), Refused> {
    let parts: &[&[u8]] = &[time.as_bytes(), b".", b"{}"];
    let signature = hex::encode(secrets::signature(&secret("whsec_test"), parts));
    let mut headers = HeaderMap::new();
    headers.insert(name, HeaderValue::try_from(format!("t={time},v1={signature}")).expect("a header"));
    Stripe::new(secret("whsec_test")).clock(STRIPE.clock(0)).verify(&Delivery::new(&headers, b"{}"))
}

#[test]
fn a_signed_time_that_is_none_is_refused() {
    assert_eq!(signed("stripe-signature", "1700000000"), Ok(()));
    for time in
        ["", "+1700000000", "-1700000000", "1700000000.0", "1.7e9", " 1700000000", "99999999999999999999", "now"]
    {
        assert_eq!(signed("stripe-signature", time), Err(Refused::Unclear("stripe-signature")), "{time:?}");
    }
    for time in ["0", "18446744073709551615"] {
        assert!(matches!(signed("stripe-signature", time), Err(Refused::Untimely(_))), "{time}");
    }
}

#[test]
fn the_items_of_stripes_header() {
    const GOOD: &str = "c89214b5b5da833daed6f0b8c5bb6bd58cea9022bd80ccc78230f3942d632925";
    let bad = "0".repeat(64);
    let many = |count: usize| format!("t=1700000000,{}v1={GOOD}", format!("v1={bad},").repeat(count));
    let unclear = Err(Refused::Unclear("stripe-signature"));
    for (header, expected) in [
        (format!("t=1700000000,v1={GOOD}"), Ok(())),
        (format!("v1={GOOD},t=1700000000"), Ok(())),
        (format!("t=1700000000,v1={bad},v1={GOOD}"), Ok(())),
        (format!("t=1700000000,v1={GOOD},v0={bad}"), Ok(())),
        (format!("t=1700000000,v1=,v1={GOOD},,=,v9"), Ok(())),
        (many(15), Ok(())),
        (many(16), Err(Refused::Mismatch)),
        (many(10_000), Err(Refused::Mismatch)),
        (format!("t=1700000000,v0={GOOD}"), Err(Refused::Mismatch)),
        (format!("t=1700000000,V1={GOOD}"), Err(Refused::Mismatch)),
        (format!("t=1700000000, v1={GOOD}"), Err(Refused::Mismatch)),
        (format!("t=1700000000,v1= {GOOD}"), Err(Refused::Mismatch)),
        ("t=1700000000,v1=".to_owned(), Err(Refused::Mismatch)),
        ("t=1700000000".to_owned(), Err(Refused::Mismatch)),
        (format!("t=1700000001,v1={GOOD}"), Err(Refused::Mismatch)),
        (format!("t=1700000000,t=1700000000,v1={GOOD}"), unclear),
        (format!("v1={GOOD}"), unclear),
        (GOOD.to_owned(), unclear),
        (String::new(), unclear),
        (",".repeat(10_000), unclear),
    ] {
        assert_eq!(STRIPE.with("stripe-signature", &header), expected, "{}", &header[..header.len().min(200)]);
    }
}
