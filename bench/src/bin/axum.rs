//! The server written with axum's router and extractors.

use std::io;

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use hyper_util::service::TowerToHyperService;
use rutter_bench::{FILLER_PATHS, NewProduct, Product, Search};

fn main() -> io::Result<()> {
    let mut router = Router::new()
        .route("/text", get(text))
        .route("/products/{id}", get(product))
        .route("/products", post(create_product))
        .route("/search", get(search));
    for path in FILLER_PATHS {
        router = router.route(path, get(async move || path));
    }
    // `with_state` prepares the routes once, as `axum::serve` does; otherwise each clone would.
    rutter_bench::serve(TowerToHyperService::new(router.with_state(())))
}

async fn text() -> &'static str {
    "hello, world"
}

async fn product(Path(id): Path<u64>) -> Json<Product> {
    Json(Product::find(id))
}

async fn create_product(Json(new): Json<NewProduct>) -> (StatusCode, Json<Product>) {
    (StatusCode::CREATED, Json(new.insert()))
}

async fn search(Query(search): Query<Search>) -> Json<Search> {
    Json(search)
}
