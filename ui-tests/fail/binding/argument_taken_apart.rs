struct Id(u64);

#[rutter::route(GET, "/products/[id]")]
fn product(Id(id): Id) {
    let _ = id;
}

fn main() {}
