use rutter::prelude::*;

#[route(GET, "/prices")]
fn prices(lines: Body) -> Sse {
    Sse::new(lines)
}

fn main() {}
