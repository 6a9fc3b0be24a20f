#[rutter::route(GET, "/products/[id]", tags("product:[id"))]
fn products(id: u64) {
    let _ = id;
}

fn main() {}
