//! `/api/webhooks`: what Stripe and GitHub tell the shop, and the log of it.

use rutter::{GitHub, HeaderMap, Stripe, prelude::*};
use serde::{Deserialize, Serialize};

use crate::db::{Db, Handled};

/// What the shop needs to know of an event; its `data` depends on the type.
#[derive(Deserialize)]
struct StripeEvent {
    id: String,
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Serialize)]
struct Received {
    received: bool,
}

/// Takes an event of Stripe.
#[route(POST, "/api/webhooks/stripe")]
async fn stripe(event: Webhook<Stripe, StripeEvent>, db: State<Db>, after: After) -> Result<Json<Received>, Problem> {
    receive(&db, &after, "stripe", &event.id, &event.kind).await
}

/// Takes an event of GitHub: what has happened and its id are headers, which are not signed; the body is.
#[route(POST, "/api/webhooks/github")]
async fn github(
    delivery: Webhook<GitHub>,
    headers: &HeaderMap,
    db: State<Db>,
    after: After,
) -> Result<Json<Received>, Problem> {
    let Some(kind) = headers.get("x-github-event").and_then(|value| value.to_str().ok()) else {
        return Err(Problem::new(400).detail("the header `X-GitHub-Event` is missing"));
    };
    let Some(id) = delivery.id() else {
        return Err(Problem::new(400).detail("the header `X-GitHub-Delivery` is missing"));
    };
    receive(&db, &after, "github", id, kind).await
}

/// Writes an event down and answers at once; it is dealt with afterwards. Whoever has sent it will not send it again, so
/// from here on it must not be lost: what a shop that closes leaves over is dealt with when it opens.
async fn receive(db: &Db, after: &After, provider: &str, id: &str, kind: &str) -> Result<Json<Received>, Problem> {
    if let Some(number) = db.receive(provider, id, kind).await? {
        let db = db.clone();
        after.try_run(async move { Ok(db.deal_with(number).await?) });
    }
    Ok(Json(Received { received: true }))
}

/// Deals with what was left over when the shop closed.
pub(crate) async fn catch_up(db: &Db) -> sqlx::Result<()> {
    for number in db.left_over().await? {
        db.deal_with(number).await?;
    }
    Ok(())
}

/// The last fifty events that were dealt with, the newest first.
#[route(GET, "/api/webhooks/log", dynamic)]
async fn log(db: State<Db>) -> Result<Json<Vec<Handled>>, Problem> {
    Ok(Json(db.handled(50).await?))
}

#[cfg(test)]
mod tests {
    use core::time::Duration;
    use std::time::SystemTime;

    use hmac::{Hmac, KeyInit, Mac};
    use serde_json::{Value, json};
    use sha2::Sha256;
    use tokio::time::sleep;

    use crate::{settings::DEVELOPMENT, testing::Shop};

    fn sign(secret: &str, text: &str) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key of any length");
        mac.update(text.as_bytes());
        mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
    }

    async fn stripe(shop: &Shop, body: &str, secret: &str, age: u64) -> (u16, Value) {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("after 1970").as_secs();
        let time = now - age;
        let signature = format!("t={time},v1={}", sign(secret, &format!("{time}.{body}")));
        let request = shop.post("/api/webhooks/stripe").header("stripe-signature", &signature);
        let answer = request.body(body.to_owned()).send().await;
        (answer.status().as_u16(), answer.json())
    }

    async fn github(shop: &Shop, id: &str, signature: &str) -> u16 {
        let request = shop.post("/api/webhooks/github").header("x-github-event", "push");
        let request = request.header("x-github-delivery", id).header("x-hub-signature-256", signature);
        request.body("{}").send().await.status().as_u16()
    }

    /// The log, once it has as many entries.
    async fn log(shop: &Shop, entries: usize) -> Vec<String> {
        loop {
            let log: Vec<Value> = shop.get("/api/webhooks/log").send().await.json();
            if log.len() >= entries {
                let line = |event: &Value| format!("{} {} {}", event["provider"], event["id"], event["type"]);
                return log.iter().map(line).map(|line| line.replace('"', "")).collect();
            }
            sleep(Duration::from_millis(5)).await;
        }
    }

    #[tokio::test]
    async fn an_event_is_dealt_with_once() {
        let shop = Shop::open().await;
        let event = r#"{"id": "evt_1", "type": "invoice.paid", "data": {}}"#;
        assert_eq!(stripe(&shop, event, DEVELOPMENT.stripe, 0).await, (200, json!({ "received": true })));
        let (status, again) = stripe(&shop, event, DEVELOPMENT.stripe, 0).await;
        assert_eq!((status, &again["received"]), (200, &json!(true)));
        let signature = format!("sha256={}", sign(DEVELOPMENT.github, "{}"));
        assert_eq!(github(&shop, "delivery-1", &signature).await, 200);
        assert_eq!(log(&shop, 2).await, ["github delivery-1 push", "stripe evt_1 invoice.paid"]);
    }

    #[tokio::test]
    async fn what_is_not_signed_or_too_old_is_a_400() {
        let shop = Shop::open().await;
        let event = r#"{"id": "evt_1", "type": "invoice.paid"}"#;
        assert_eq!(stripe(&shop, event, "another", 0).await.0, 400);
        assert_eq!(stripe(&shop, event, DEVELOPMENT.stripe, 301).await.0, 400);
        let unsigned = shop.post("/api/webhooks/stripe").body(event).send().await;
        assert_eq!(unsigned.status(), 400);
        for signature in ["", "sha256=", &sign(DEVELOPMENT.github, "{}"), &format!("sha256={}", sign("another", "{}"))]
        {
            assert_eq!(github(&shop, "delivery-1", signature).await, 400, "{signature}");
        }
        assert!(log(&shop, 0).await.is_empty());
    }
}
