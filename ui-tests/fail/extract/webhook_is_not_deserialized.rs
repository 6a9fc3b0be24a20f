use rutter::{Stripe, prelude::*};

struct Event {
    id: String,
}

#[route(POST, "/hooks/stripe")]
async fn paid(event: Webhook<Stripe, Event>) {
    let _ = event;
}

fn main() {}
