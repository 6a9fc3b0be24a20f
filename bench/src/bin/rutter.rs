//! The server written with Rutter's routes.

use std::io;

use rutter::{Json, Query};
use rutter_bench::{NewProduct, Product, Search};

fn main() -> io::Result<()> {
    rutter_bench::serve(rutter::collect!().build().map_err(io::Error::other)?)
}

// `dynamic`, here and below: these two read nothing of the request, and would be served from the cache.
#[rutter::route(GET, "/text", dynamic)]
async fn text() -> &'static str {
    "hello, world"
}

#[rutter::route(GET, "/products/[id]")]
async fn product(id: u64) -> Json<Product> {
    Json(Product::find(id))
}

#[rutter::route(POST, "/products", status = 201)]
async fn create_product(new: Json<NewProduct>) -> Json<Product> {
    Json(new.into_inner().insert())
}

#[rutter::route(GET, "/search")]
async fn search(search: Query<Search>) -> Json<Search> {
    Json(search.into_inner())
}

#[rutter::route(GET, "/cached")]
fn cached() -> Json<Vec<Product>> {
    Json(Product::on_shelf("navigation"))
}

#[rutter::route(GET, "/cached/[slug]", revalidate = 300, tags("products", "product:[slug]"))]
fn cached_id(slug: String) -> Json<Vec<Product>> {
    Json(Product::on_shelf(&slug))
}

macro_rules! routes {
    ($($name:ident $path:literal)*) => {
        $(#[rutter::route(GET, $path, dynamic)]
        async fn $name() -> &'static str {
            $path
        })*
    };
}

rutter_bench::filler!(routes);
