//! GitHub: the prefix of its signature.

use super::*;

/// The example of GitHub's documentation.
pub(super) const GITHUB: Genuine = Genuine {
    provider: github,
    secret: "It's a Secret to Everybody",
    other: "It's a secret to Everybody",
    at: 0,
    headers: &[
        ("x-hub-signature-256", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"),
        ("x-github-delivery", "72d3162e-cc78-11e3-81ab-4c9367dc0958"),
    ],
    signature: "x-hub-signature-256",
    body: "Hello, World!",
    id: Some("72d3162e-cc78-11e3-81ab-4c9367dc0958"),
};

fn github(text: &str, _: Clock) -> Box<dyn Provider> {
    Box::new(GitHub::new(secret(text)))
}

#[test]
fn the_prefix_of_a_signature_is_its_own() {
    let digits = &GITHUB.value("x-hub-signature-256")[7..];
    for prefix in ["", "sha1=", "SHA256=", "sha256", "sha256= ", " sha256=", "sha256=sha256=", "v0=", "v1="] {
        let refused = GITHUB.with("x-hub-signature-256", format!("{prefix}{digits}"));
        assert_eq!(refused, Err(Refused::Mismatch), "{prefix}");
    }
}

#[test]
fn a_digest_of_sha1_is_not_enough() {
    let mut headers = GITHUB.headers();
    headers.remove("x-hub-signature-256");
    headers.insert("x-hub-signature", HeaderValue::from_static("sha1=01dc10d0c83e72ed246219cdd91669667fe2ca59"));
    assert_eq!(GITHUB.verify(&headers, b"Hello, World!"), Err(Refused::Missing("x-hub-signature-256")));
}
