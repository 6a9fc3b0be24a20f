//! What signed bytes mean is not for unsigned headers to say.

use rutter::{GitHub, Shopify, Slack};

use crate::*;

const FORM: &str = "application/x-www-form-urlencoded";
const TYPES: [&str; 5] = [FORM, "application/json", "application/json; charset=utf-8", "text/plain", "?"];

#[derive(Deserialize)]
struct Notice {
    id: String,
    r#type: String,
}

#[route(POST, "/github", register = false)]
fn github(notice: Webhook<GitHub, Notice>) -> String {
    format!("{} {}", notice.id, notice.r#type)
}

#[route(POST, "/shopify", register = false)]
fn shopify(notice: Webhook<Shopify, Notice>) -> String {
    format!("{} {}", notice.id, notice.r#type)
}

#[route(POST, "/slack", register = false)]
fn slack(notice: Webhook<Slack, Notice>) -> String {
    format!("{} {}", notice.id, notice.r#type)
}

#[derive(Deserialize)]
pub(crate) struct Command {
    command: String,
    text: Option<String>,
}

#[route(POST, "/command", register = false)]
pub(crate) fn command(command: Webhook<Slack, Command>) -> String {
    assert_eq!(command.id(), None);
    format!("{} {:?}", command.command, command.text)
}

/// Delivers a genuine body that says that it has this type.
async fn deliver(app: &App, path: &str, media_type: &str, body: &str) -> Answer {
    let headers = match path {
        "/github" => format!("x-hub-signature-256: sha256={}\r\n", hex::encode(hmac(body))),
        "/shopify" => {
            use base64::{Engine as _, engine::general_purpose::STANDARD};
            format!("x-shopify-hmac-sha256: {}\r\n", STANDARD.encode(hmac(body)))
        }
        "/hooks" => format!("stripe-signature: {}\r\n", signature(SECRET, body)),
        _ => {
            let digits = hex::encode(hmac(&format!("v0:{NOW}:{body}")));
            format!("x-slack-request-timestamp: {NOW}\r\nx-slack-signature: v0={digits}\r\n")
        }
    };
    app.server.send(request(path, &format!("content-type: {media_type}\r\n{headers}"), body)).await
}

fn hmac(text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).expect("a key of any length");
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

async fn app() -> App {
    let routes = routes![hook, github, shopify, slack, command].state(stripe()).state(Shopify::new(secret()));
    App::of(routes.state(GitHub::new(secret())).state(Slack::new(secret()).clock(clock()))).await
}

#[tokio::test]
async fn recorded_json_is_not_read_as_a_form() {
    let app = app().await;
    let recorded = r#"{"id":"real","type":"ping","note":"&id=forged&type=transfer&z="}"#;
    for path in ["/github", "/shopify", "/slack"] {
        for media_type in TYPES {
            let answer = deliver(&app, path, media_type, recorded).await;
            assert_eq!((answer.status(), answer.text().as_str()), (200, "real ping"), "{path} {media_type}");
        }
    }
}

#[tokio::test]
async fn a_form_is_refused_of_who_sends_none() {
    let app = app().await;
    for path in ["/hooks", "/shopify", "/github"] {
        for media_type in TYPES {
            let answer = deliver(&app, path, media_type, "id=evt_1&type=ping&then=well").await;
            assert_eq!(answer.status(), 400, "{path} {media_type}: {}", answer.text());
            assert!(answer.text().contains("the JSON is malformed"), "{}", answer.text());
        }
    }
}

#[tokio::test]
async fn whatever_type_a_body_says_it_has_it_is_read_as_what_it_is() {
    let app = app().await;
    for (number, media_type) in TYPES.into_iter().enumerate() {
        let event = event(&number.to_string(), "well");
        assert_eq!(deliver(&app, "/hooks", media_type, &event).await.status(), 202, "{media_type}");
        // A command has no id: each is one of its own.
        let answer = deliver(&app, "/command", media_type, "command=%2Fdeploy&text=to+production").await;
        assert_eq!((answer.status(), answer.text().as_str()), (200, r#"/deploy Some("to production")"#));
    }
}

#[tokio::test]
async fn what_github_sends_as_a_form_is_the_json_in_its_field() {
    let app = app().await;
    let json = "%7B%22id%22%3A%22real%22%2C%22type%22%3A%22a+b%22%7D";
    for media_type in TYPES {
        let answer = deliver(&app, "/github", media_type, &format!("payload={json}")).await;
        assert_eq!((answer.status(), answer.text().as_str()), (200, "real a b"), "{media_type}");
    }
    for (body, status, detail) in [
        (format!("payload={json}&payload={json}"), 400, "the field `payload` stands in the form more than once"),
        ("payload=".to_owned(), 400, "the body is empty, where JSON was expected"),
        ("payload=%7B".to_owned(), 400, "the JSON is malformed"),
        ("payload=%zz".to_owned(), 400, "the form is not percent-encoded UTF-8"),
        ("payload=%7B%7D".to_owned(), 422, "is required"),
        ("payload=%7B%7D&id=real&type=ping".to_owned(), 422, "is required"),
    ] {
        let answer = deliver(&app, "/github", FORM, &body).await;
        assert_eq!(answer.status(), status, "{body}");
        assert!(answer.text().contains(detail) && answer.is_problem(), "{}", answer.text());
    }
}
