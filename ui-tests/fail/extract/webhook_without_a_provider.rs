use rutter::prelude::*;

struct Stripe;

#[route(POST, "/hooks/stripe")]
async fn paid(event: Webhook<Stripe>) {
    let _ = event;
}

fn main() {}
