use rutter::prelude::*;

#[route(GET, "/products", tags("products"))]
fn products() -> Result<(StatusCode, Body), Problem> {
    Ok((StatusCode::OK, "[]".into()))
}

fn main() {}
