use rutter::prelude::*;

#[route(GET, "/prices", revalidate = 60)]
fn prices() -> Sse {
    Sse::channel(async move |mut events| Ok(events.send(Event::data("12 €")).await?))
}

fn main() {}
