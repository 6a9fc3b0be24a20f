//! Server-sent events: what one client says all others hear, and who comes back misses nothing.

use core::time::Duration;
use std::sync::{Mutex, PoisonError};

use rutter::{Broadcast, prelude::*};
use tokio::time::sleep;

/// Those who listen, and the id of what was said last.
struct Tavern {
    events: Broadcast,
    last: Mutex<u64>,
}

/// Everything that is said from now on, or since the event that the client has seen last.
#[route(GET, "/events")]
fn events(last: LastEventId, tavern: State<Tavern>) -> Sse {
    Sse::new(tavern.events.subscribe_after(&last)).retry(Duration::from_secs(2))
}

/// Says something to all who listen.
#[route(POST, "/say")]
fn say(text: String, tavern: State<Tavern>) -> Result<String, Problem> {
    if text.is_empty() {
        return Err(Problem::unprocessable("say something"));
    }
    // Held until it is sent, so that the ids are in order.
    let mut last = tavern.last.lock().unwrap_or_else(PoisonError::into_inner);
    *last += 1;
    let listeners = tavern.events.send(Event::data(text).event("said").id(*last))?;
    Ok(format!("{listeners} listen\n"))
}

/// A task for one client: when the client leaves, it goes no further.
#[route(GET, "/countdown/[from]")]
fn countdown(from: u8) -> Sse {
    Sse::channel(async move |mut events| {
        for left in (1..=from).rev() {
            events.send(Event::json(&left)).await?;
            sleep(Duration::from_millis(100)).await;
        }
        events.send(Event::data("ahoy")).await?;
        Ok(())
    })
}

#[tokio::main]
async fn main() -> rutter::Result<()> {
    let tavern = Tavern { events: Broadcast::new(100), last: Mutex::new(0) };
    let app = rutter::collect!().state(tavern).build()?;
    rutter::serve(app, std::env::var("ADDR").unwrap_or_else(|_| "127.0.0.1:3000".to_owned())).await
}
