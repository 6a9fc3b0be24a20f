#[rutter::route(GET, "/products/[id]", tags("products", "product:[ids]"))]
fn products(id: u64) {
    let _ = id;
}

fn main() {}
