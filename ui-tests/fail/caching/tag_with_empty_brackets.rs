#[rutter::route(GET, "/products/[id]", tags("product:[]"))]
fn products(id: u64) {
    let _ = id;
}

fn main() {}
