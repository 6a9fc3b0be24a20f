#[rutter::route(GET, "/products/[id]")]
fn product(id: Option<u64>) {
    let _ = id;
}

fn main() {}
