#[rutter::route(GET, "/products/[id]")]
fn product(id: Vec<u64>) {
    let _ = id;
}

fn main() {}
