use rutter::prelude::*;

struct Shop;

#[route(GET, "/products/[id]", revalidate = 60)]
fn products(id: u64, shop: Shop) -> String {
    let _ = shop;
    id.to_string()
}

fn main() {}
