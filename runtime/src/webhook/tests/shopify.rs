//! Shopify: what it documents.

use super::*;

/// `openssl dgst -sha256 -hmac hush -binary | base64` of the body.
pub(super) const SHOPIFY: Genuine = Genuine {
    provider: shopify,
    secret: "hush",
    other: "hush ",
    at: 0,
    headers: &[
        ("x-shopify-hmac-sha256", "qBvrsZF7RfB1iS6BX6IHqJTp5L911P7intnPeTPsH0I="),
        ("x-shopify-topic", "orders/create"),
        ("x-shopify-event-id", "98880550-7158-44d4-b7cd-2c97c8a091b5"),
    ],
    signature: "x-shopify-hmac-sha256",
    body: r#"{"id":820982911946154508}"#,
    id: Some("orders/create 98880550-7158-44d4-b7cd-2c97c8a091b5"),
};

fn shopify(text: &str, _: Clock) -> Box<dyn Provider> {
    Box::new(Shopify::new(secret(text)))
}
