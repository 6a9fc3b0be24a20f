use rutter::prelude::*;

struct A;
struct B;
struct C;

#[route(GET, "/products/[a]")]
async fn products(a: A, b: &B, c: C) {
    let _ = (a, b, c);
}

fn main() {}
