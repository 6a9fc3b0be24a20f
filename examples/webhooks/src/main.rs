//! Webhooks: messages that somebody else's server has signed, each handled once.

use std::sync::{Mutex, MutexGuard};

use rutter::{
    GitHub, Secret, StandardWebhooks, Stripe,
    prelude::*,
    webhook::{Delivery, Provider, Refused, Secrets},
};
use serde::{Deserialize, Serialize};

/// What has been handled, in order.
#[derive(Clone, Default)]
struct Handled(std::sync::Arc<Mutex<Vec<String>>>);

impl Handled {
    fn all(&self) -> MutexGuard<'_, Vec<String>> {
        self.0.lock().expect("nothing panics while it holds this lock")
    }

    fn note(&self, what: impl Into<String>) {
        self.all().push(what.into());
    }
}

#[derive(Deserialize)]
struct StripeEvent {
    id: String,
    r#type: String,
}

#[derive(Serialize)]
struct Received {
    received: bool,
}

/// Answers at once, and works once the answer is on its way. An event that fails comes again.
#[route(POST, "/hooks/stripe")]
fn stripe(
    event: Webhook<Stripe, StripeEvent>,
    after: After,
    handled: State<Handled>,
) -> Result<Json<Received>, Problem> {
    if event.r#type == "invoice.unpayable" {
        return Err(Problem::new(503).detail("the books are closed"));
    }
    after.run(async move { handled.note(format!("stripe {} {}", event.r#type, event.id)) });
    Ok(Json(Received { received: true }))
}

/// Takes the verified bytes: what an event of GitHub looks like stands in one of its headers.
#[route(POST, "/hooks/github")]
fn github(delivery: Webhook<GitHub>, headers: &HeaderMap, handled: State<Handled>) -> &'static str {
    let event = headers.get("x-github-event").and_then(|event| event.to_str().ok()).unwrap_or("unknown");
    handled.note(format!("github {event} of {} bytes", delivery.len()));
    "noted\n"
}

/// Svix and many others. The id is a header, and is signed.
#[route(POST, "/hooks/standard")]
fn standard(event: Webhook<StandardWebhooks, StandardEvent>, handled: State<Handled>) {
    handled.note(format!("standard {} {}", event.r#type, event.id().unwrap_or_default()));
}

#[derive(Deserialize)]
struct StandardEvent {
    r#type: String,
}

/// A sender of one's own, which signs `lamps.body` as `X-Lighthouse-Signature`.
struct Lighthouse(Secrets);

impl Provider for Lighthouse {
    fn verify(&self, delivery: &Delivery<'_>) -> Result<(), Refused> {
        let signature = delivery.header("x-lighthouse-signature")?;
        self.0.verify_hex(&[b"lamps.", delivery.body()], signature)
    }
}

#[route(POST, "/hooks/lighthouse")]
fn lighthouse(lamp: Webhook<Lighthouse, String>, handled: State<Handled>) {
    handled.note(format!("{} is lit", *lamp));
}

/// What has been handled.
#[route(GET, "/handled", dynamic)]
fn handled(handled: State<Handled>) -> String {
    handled.all().join("\n") + "\n"
}

/// The secret in the environment, or one that everybody can read here.
fn secret(name: &str, development: &str) -> rutter::Result<Secret> {
    if let Some(secret) = Secret::from_env_if_set(name)? {
        return Ok(secret);
    }
    println!("`{name}` is not set: its development value is taken");
    Secret::new(development)
}

#[tokio::main]
async fn main() -> rutter::Result<()> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    let stripe = Stripe::new(secret("STRIPE_WEBHOOK_SECRET", "whsec_development")?);
    let standard = StandardWebhooks::new(secret("STANDARD_WEBHOOK_SECRET", "whsec_ZGV2ZWxvcG1lbnQ=")?)?;
    let github = GitHub::new(secret("GITHUB_WEBHOOK_SECRET", "It's a Secret to Everybody")?);
    let lighthouse = Lighthouse(Secrets::new(secret("LIGHTHOUSE_SECRET", "Fresnel")?));
    let app = rutter::collect!()
        .state(stripe.or(secret("STRIPE_WEBHOOK_SECRET_OLD", "whsec_retired")?))
        .state(standard.or(secret("STANDARD_WEBHOOK_SECRET_OLD", "whsec_cmV0aXJlZA==")?)?)
        .state(github.or(secret("GITHUB_WEBHOOK_SECRET_OLD", "retired")?))
        .state(lighthouse)
        .state(Handled::default());
    rutter::serve(app.build()?, std::env::var("ADDR").unwrap_or_else(|_| "127.0.0.1:3000".to_owned())).await
}
