use rutter::prelude::*;

#[route(GET, "/products", vary("accept-language"))]
fn products(client: ClientAddr) -> String {
    client.to_string()
}

fn main() {}
