//! A handler stays the function that was written: a test calls it, and so does other code.

use rutter::prelude::*;

struct Db {
    last: u64,
}

/// One product.
#[route(GET, "/products/[id]")]
#[must_use]
#[inline]
async fn get_product(id: u64, db: State<Db>) -> Result<String, Problem> {
    Ok(format!("product {}", id + db.last))
}

#[route(GET, "/")]
#[deprecated]
fn home() -> &'static str {
    "welcome"
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let product = get_product(7, State::new(Db { last: 1 })).await;
    assert_eq!(product.ok().as_deref(), Some("product 8"));
    #[allow(deprecated)]
    let handler: fn() -> &'static str = home;
    assert_eq!(handler(), "welcome");
    assert_eq!(get_product::ROUTE.docs(), "One product.");
}
