//! The server written with axum's router and extractors.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::routing::{get, post};
use axum::{Json, Router};
use hyper_util::service::TowerToHyperService;
use moka::sync::Cache;
use rutter_bench::{FILLER_PATHS, NAVIGATION_ETAG, NewProduct, Product, Search};

fn main() -> io::Result<()> {
    let mut router = Router::new()
        .route("/text", get(text))
        .route("/products/{id}", get(product))
        .route("/products", post(create_product))
        .route("/search", get(search));
    for path in FILLER_PATHS {
        router = router.route(path, get(async move || path));
    }
    // Merged, so that the other routes have no state to clone.
    let kept = Router::new().route("/cached", get(cached)).route("/cached/{slug}", get(cached_id));
    router = router.merge(kept.with_state(Arc::new(Answers::default())));
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

/// The answers that are kept, as an axum application keeps them without a crate for it.
struct Answers {
    forever: Cache<String, Answer>,
    five_minutes: Cache<String, Answer>,
}

type Answer = (HeaderMap, Bytes);

impl Default for Answers {
    fn default() -> Self {
        let five_minutes = Cache::builder().max_capacity(10_000).time_to_live(Duration::from_secs(300)).build();
        Self { forever: Cache::new(10_000), five_minutes }
    }
}

async fn cached(State(answers): State<Arc<Answers>>) -> Answer {
    if let Some(answer) = answers.forever.get("/cached") {
        return answer;
    }
    let answer = answer("navigation", "public, max-age=0, must-revalidate");
    answers.forever.insert("/cached".to_owned(), answer.clone());
    answer
}

async fn cached_id(State(answers): State<Arc<Answers>>, Path(slug): Path<String>) -> Answer {
    if let Some(answer) = answers.five_minutes.get(&slug) {
        return answer;
    }
    let answer = answer(&slug, "public, max-age=0, s-maxage=300");
    answers.five_minutes.insert(slug, answer.clone());
    answer
}

fn answer(slug: &str, cache_control: &'static str) -> Answer {
    let body = serde_json::to_vec(&Product::on_shelf(slug)).expect("a struct of strings and numbers is always JSON");
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (ETAG, HeaderValue::from_static(NAVIGATION_ETAG)),
        (CACHE_CONTROL, HeaderValue::from_static(cache_control)),
    ];
    (headers.into_iter().collect(), body.into())
}
