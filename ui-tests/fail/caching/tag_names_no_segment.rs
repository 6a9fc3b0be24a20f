#[rutter::route(GET, "/shops/[shop]/products/[id]", tags("product:[slug]"))]
fn products(shop: &str, id: u64) {
    let _ = (shop, id);
}

fn main() {}
