//! Slack: the prefix of its signature, and its time.

use super::*;

/// The example of Slack's documentation.
pub(super) const SLACK: Genuine = Genuine {
    provider: slack,
    secret: "8f742231b10e8888abcd99yyyzzz85a5",
    other: "8f742231b10e8888abcd99yyyzzz85a6",
    at: 1_531_420_618,
    headers: &[
        ("x-slack-request-timestamp", "1531420618"),
        ("x-slack-signature", "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"),
    ],
    signature: "x-slack-signature",
    body: concat!(
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V",
        "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=",
        "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN",
        "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    ),
    id: None,
};

fn slack(text: &str, clock: Clock) -> Box<dyn Provider> {
    Box::new(Slack::new(secret(text)).clock(clock))
}

#[test]
fn the_prefix_of_a_signature_is_its_own() {
    let digits = &SLACK.value("x-slack-signature")[3..];
    for prefix in ["", "v1=", "V0=", "v0", "sha256="] {
        assert_eq!(SLACK.with("x-slack-signature", format!("{prefix}{digits}")), Err(Refused::Mismatch), "{prefix}");
    }
}

#[test]
fn another_time_is_another_signature() {
    for time in ["1531420619", "1531420617", "01531420618", "+1531420618", "-1", "1531420618.0", "99999999999999999999"]
    {
        assert_eq!(SLACK.with("x-slack-request-timestamp", time), Err(Refused::Mismatch), "{time}");
    }
}
