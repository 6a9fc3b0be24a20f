struct Path<T>(T);

#[rutter::route(GET, "/products/[id]")]
fn product(Path(id): Path<u64>) {
    let _ = id;
}

fn main() {}
