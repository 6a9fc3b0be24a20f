//! What holds for every sender.

use proptest::{collection::vec, prelude::*};

use super::{github::GITHUB, shopify::SHOPIFY, slack::SLACK, standard::STANDARD, stripe::STRIPE, *};

const ALL: [Genuine; 5] = [STRIPE, GITHUB, SHOPIFY, SLACK, STANDARD];

#[test]
fn what_senders_document_is_accepted_and_its_id_known() {
    for genuine in ALL {
        let (headers, provider) = (genuine.headers(), (genuine.provider)(genuine.secret, genuine.clock(0)));
        let delivery = Delivery::new(&headers, genuine.body.as_bytes());
        assert_eq!(provider.verify(&delivery), Ok(()), "{}", genuine.signature);
        assert_eq!(provider.event_id(&delivery).as_deref(), genuine.id, "{}", genuine.signature);
    }
}

#[test]
fn a_body_with_one_byte_changed_added_or_missing_is_refused() {
    for genuine in ALL {
        let (headers, body) = (genuine.headers(), genuine.body.as_bytes());
        for at in 0..body.len() {
            for bit in 0..8 {
                let mut changed = body.to_vec();
                changed[at] ^= 1 << bit;
                assert_eq!(genuine.verify(&headers, &changed), Err(Refused::Mismatch));
            }
            assert_eq!(genuine.verify(&headers, &body[..at]), Err(Refused::Mismatch));
            assert_eq!(genuine.verify(&headers, &body[at + 1..]), Err(Refused::Mismatch));
        }
        for more in [" ", "\n", "\0", "\r\n"] {
            assert_eq!(genuine.verify(&headers, &[body, more.as_bytes()].concat()), Err(Refused::Mismatch));
            assert_eq!(genuine.verify(&headers, &[more.as_bytes(), body].concat()), Err(Refused::Mismatch));
        }
    }
}

#[test]
fn a_signature_with_one_byte_changed_is_refused() {
    for genuine in ALL {
        let value = genuine.value(genuine.signature).as_bytes();
        for at in genuine.digits() {
            for byte in 0x20..=0xFF {
                let mut changed = value.to_vec();
                changed[at] = byte;
                // Digits may be large; and a comma or a blank ends this signature and begins another.
                let is_same = changed.eq_ignore_ascii_case(value) && genuine.signature != STANDARD.signature;
                if (is_same && genuine.signature != SHOPIFY.signature) || byte == 0x7F || changed == value {
                    continue;
                }
                let refused = genuine.with(genuine.signature, &changed).expect_err("it is another signature");
                let expected = if byte > 0x7F { Refused::Unclear(genuine.signature) } else { Refused::Mismatch };
                assert_eq!(refused, expected, "{}", changed.escape_ascii());
            }
        }
    }
}

#[test]
fn a_truncated_signature_is_refused() {
    for genuine in ALL {
        let (value, digits) = (genuine.value(genuine.signature), genuine.digits());
        for at in digits.clone() {
            assert_eq!(genuine.with(genuine.signature, &value[..at]), Err(Refused::Mismatch));
            let without_start = format!("{}{}", &value[..digits.start], &value[at + 1..]);
            assert_eq!(genuine.with(genuine.signature, without_start), Err(Refused::Mismatch));
        }
        for more in ["0", "00", "=", "==", "A", "A=", "."] {
            assert_eq!(genuine.with(genuine.signature, format!("{value}{more}")), Err(Refused::Mismatch), "{more}");
        }
    }
}

#[test]
fn another_secret_is_refused() {
    for genuine in ALL {
        let headers = genuine.headers();
        let delivery = Delivery::new(&headers, genuine.body.as_bytes());
        let other = (genuine.provider)(genuine.other, genuine.clock(0));
        assert_eq!(other.verify(&delivery), Err(Refused::Mismatch), "{}", genuine.signature);
    }
}

#[test]
fn each_header_that_is_signed_or_signs_is_required_once() {
    for genuine in ALL {
        // Those of GitHub and Shopify beside the signature are not signed: without them there is no id.
        let required = genuine.headers.iter().filter(|(name, _)| genuine.is_timed() || *name == genuine.signature);
        for (name, value) in required {
            let mut headers = genuine.headers();
            headers.remove(*name);
            assert_eq!(genuine.verify(&headers, genuine.body.as_bytes()), Err(Refused::Missing(name)));
            let mut headers = genuine.headers();
            headers.append(*name, HeaderValue::from_static(value));
            assert_eq!(genuine.verify(&headers, genuine.body.as_bytes()), Err(Refused::Repeated(name)));
            assert!(genuine.with(name, "").is_err(), "an empty `{name}`");
        }
    }
}

#[test]
fn a_time_is_tolerated_up_to_both_edges() {
    for genuine in ALL.iter().filter(|genuine| genuine.is_timed()) {
        let headers = genuine.headers();
        let delivery = Delivery::new(&headers, genuine.body.as_bytes());
        for (seconds, is_near) in [(-301, false), (-300, true), (0, true), (300, true), (301, false)] {
            let verified = (genuine.provider)(genuine.secret, genuine.clock(seconds)).verify(&delivery);
            assert_eq!(verified.is_ok(), is_near, "{} after {seconds} s", genuine.signature);
        }
        // Whoever forges learns nothing of the time here.
        let late = (genuine.provider)(genuine.other, genuine.clock(9_999)).verify(&delivery);
        assert_eq!(late, Err(Refused::Mismatch));
    }
}

#[test]
fn the_name_of_a_provider_outlasts_compilers() {
    let names = ALL.map(|genuine| (genuine.provider)(genuine.secret, genuine.clock(0)).name());
    assert_eq!(names, ["Stripe", "GitHub", "Shopify", "Slack", "StandardWebhooks"]);
}

#[test]
fn no_secret_is_printed() {
    let providers = [
        format!("{:?}", Stripe::new(secret("hunter2")).or(secret("hunter2"))),
        format!("{:?}", GitHub::new(secret("hunter2"))),
        format!("{:?}", Shopify::new(secret("hunter2"))),
        format!("{:?}", Slack::new(secret("hunter2"))),
        format!("{:#?}", StandardWebhooks::new(secret("whsec_aHVudGVyMg==")).expect("base64")),
    ];
    for told in providers {
        assert!(told.contains("Secrets("), "{told}");
        assert!(!told.contains("hunter2") && !told.contains("aHVudGVy") && !told.contains("104"), "{told}");
    }
}

/// Those that mean something more often.
fn letter() -> impl Strategy<Value = u8> {
    prop_oneof![0x20_u8..0x7F, 0x80_u8..=0xFF, prop::sample::select(&b",= v1t0."[..])]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_header_and_no_body_panics_or_passes(
        values in vec(vec(letter(), 0..80), 3),
        body in vec(any::<u8>(), 0..40),
    ) {
        for genuine in ALL {
            let mut headers = HeaderMap::new();
            for ((name, _), value) in genuine.headers.iter().zip(&values) {
                headers.insert(HeaderName::from_static(name), HeaderValue::from_bytes(value).expect("HTTP allows it"));
            }
            let provider = (genuine.provider)(genuine.secret, genuine.clock(0));
            let delivery = Delivery::new(&headers, &body);
            prop_assert!(provider.verify(&delivery).is_err());
            let _ = provider.event_id(&delivery);
        }
    }
}
