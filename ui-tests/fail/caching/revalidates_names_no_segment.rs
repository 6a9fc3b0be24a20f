#[rutter::route(DELETE, "/products/[id]", revalidates("products", "product:[slug]"))]
fn products(id: u64) {
    let _ = id;
}

fn main() {}
