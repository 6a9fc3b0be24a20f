//! Standard Webhooks: the list of signatures, and the names of the headers.

use super::*;

/// The example of the libraries of Standard Webhooks.
pub(super) const STANDARD: Genuine = Genuine {
    provider: standard,
    secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    other: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSx",
    at: 1_614_265_330,
    headers: &[
        ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
        ("webhook-timestamp", "1614265330"),
        ("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
    ],
    signature: "webhook-signature",
    body: r#"{"test": 2432232314}"#,
    id: Some("msg_p5jXN8AQM9LWM0D4loKWxJek"),
};

fn standard(text: &str, clock: Clock) -> Box<dyn Provider> {
    Box::new(StandardWebhooks::new(secret(text)).expect("base64").clock(clock))
}

#[test]
fn another_time_is_another_signature() {
    for time in ["1614265331", "01614265330", "+1614265330", "", "-1", "99999999999999999999"] {
        assert_eq!(STANDARD.with("webhook-timestamp", time), Err(Refused::Mismatch), "{time}");
    }
}

#[test]
fn the_list_of_standard_signatures() {
    let good = STANDARD.value("webhook-signature");
    let bad = format!("v1,{}A=", "A".repeat(42));
    let many = |count: usize| format!("{}{good}", format!("{bad} ").repeat(count));
    for (header, expected) in [
        (good.to_owned(), Ok(())),
        (format!("{bad} {good}"), Ok(())),
        (format!("{good} {bad}"), Ok(())),
        (
            format!(
                "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg== {good}"
            ),
            Ok(()),
        ),
        (format!("  {good}"), Ok(())),
        (many(15), Ok(())),
        (many(16), Err(Refused::Mismatch)),
        (many(10_000), Err(Refused::Mismatch)),
        (good.replace("v1,", "v1a,"), Err(Refused::Mismatch)),
        (good.replace("v1,", "v2,"), Err(Refused::Mismatch)),
        (good.replace("v1,", "v1 "), Err(Refused::Mismatch)),
        (good.replace("v1,", "v1=,"), Err(Refused::Mismatch)),
        (good.replace("v1,", ""), Err(Refused::Mismatch)),
        (format!("{good},{good}"), Err(Refused::Mismatch)),
        ("v1,".to_owned(), Err(Refused::Mismatch)),
        (String::new(), Err(Refused::Mismatch)),
    ] {
        assert_eq!(STANDARD.with("webhook-signature", &header), expected, "{}", &header[..header.len().min(200)]);
    }
}

#[test]
fn the_names_of_svix_are_known_and_not_mixed() {
    let mut headers = HeaderMap::new();
    for (name, value) in STANDARD.headers {
        let name = HeaderName::try_from(name.replace("webhook", "svix")).expect("a name");
        headers.insert(name, HeaderValue::from_static(value));
    }
    assert_eq!(STANDARD.verify(&headers, STANDARD.body.as_bytes()), Ok(()));
    headers.insert("webhook-id", HeaderValue::from_static("msg_other"));
    assert_eq!(STANDARD.verify(&headers, STANDARD.body.as_bytes()), Err(Refused::Missing("webhook-timestamp")));
    assert_eq!(STANDARD.verify(&HeaderMap::new(), b""), Err(Refused::Missing("webhook-id")));
}

#[test]
fn the_parts_that_are_signed_cannot_be_shifted() {
    // The same bytes in all: `a.1.5.{}`, once signed for the body `5.{}` and once for the id `a.1`.
    let key = secret("whsec_YQ==");
    let signature = secrets::signature(&secret("a"), &[b"a.1.5.{}"]);
    let sent = |id: &'static str, time: &'static str, body: &'static str| {
        use base64::{Engine as _, engine::general_purpose::STANDARD};
        let mut headers = HeaderMap::new();
        headers.insert("webhook-id", HeaderValue::from_static(id));
        headers.insert("webhook-timestamp", HeaderValue::from_static(time));
        let signature = format!("v1,{}", STANDARD.encode(signature));
        headers.insert("webhook-signature", HeaderValue::try_from(signature).expect("a header"));
        let provider = StandardWebhooks::new(key.clone()).expect("base64");
        provider.clock(Clock::stopped(Timestamp::from_millis(0))).verify(&Delivery::new(&headers, body.as_bytes()))
    };
    assert_eq!(sent("a", "1", "5.{}"), Ok(()));
    assert_eq!(sent("a.1", "5", "{}"), Err(Refused::Unclear("webhook-id")));
    assert_eq!(sent("a", "1.5", "{}"), Err(Refused::Unclear("webhook-timestamp")));
    assert_eq!(sent("", "1", "5.{}"), Err(Refused::Unclear("webhook-id")));
}
