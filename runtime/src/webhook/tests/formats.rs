//! Which format a body has depends on what is signed, and on who signs it.

use super::{github::GITHUB, shopify::SHOPIFY, slack::SLACK, standard::STANDARD, stripe::STRIPE, *};

#[test]
fn the_format_of_a_body_is_what_its_provider_can_have_signed() {
    let github_form = Format::JsonIn("payload");
    let formats = |genuine: &Genuine, body: &str| {
        let provider = (genuine.provider)(genuine.secret, genuine.clock(0));
        ["application/x-www-form-urlencoded", "application/json", "text/plain"].map(|media_type| {
            let mut headers = genuine.headers();
            headers.insert("content-type", HeaderValue::from_static(media_type));
            provider.format(&Delivery::new(&headers, body.as_bytes()))
        })
    };
    for (body, slack, github) in [
        ("{}", Format::Json, Format::Json),
        (r#"{"note":"&id=forged&type=transfer&z="}"#, Format::Json, Format::Json),
        (r#"["&payload=%7B%7D&z="]"#, Format::Json, Format::Json),
        (" \t\r\n{\"a\":\"&b=c\"}", Format::Json, Format::Json),
        ("command=%2Fdeploy&text=now", Format::Form, Format::Json),
        ("payload=%7B%7D", Format::Form, github_form),
        ("payload=", Format::Form, github_form),
        (" payload=%7B%7D", Format::Form, Format::Json),
        ("Payload=%7B%7D", Format::Form, Format::Json),
        ("a=b&payload=%7B%7D", Format::Form, Format::Json),
        ("\"&payload=%7B%7D&z=\"", Format::Form, Format::Json),
        ("", Format::Form, Format::Json),
    ] {
        assert_eq!(formats(&SLACK, body), [slack; 3], "Slack: {body}");
        assert_eq!(formats(&GITHUB, body), [github; 3], "GitHub: {body}");
        for genuine in [STRIPE, SHOPIFY, STANDARD] {
            assert_eq!(formats(&genuine, body), [Format::Json; 3], "{}: {body}", genuine.signature);
        }
    }
}
