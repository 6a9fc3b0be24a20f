use rutter::prelude::*;

struct NotFound;

#[route(GET, "/product")]
async fn product() -> Result<String, NotFound> {
    Err(NotFound)
}

fn main() {}
