#[rutter::route(GET, "/products/[id]")]
fn product(number: u64) {
    let _ = number;
}

fn main() {}
