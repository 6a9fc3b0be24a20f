//! Every option about keeping answers, and what it says.

use core::time::Duration;

use rutter::{CachePolicy, prelude::*};

#[derive(serde::Deserialize)]
struct Search {
    page: Option<u32>,
}

#[derive(serde::Deserialize)]
struct Filter<'r> {
    brand: Option<&'r str>,
}

#[route(GET, "/about")]
fn about() -> &'static str {
    "a shop"
}

#[route(GET, "/now", dynamic)]
fn now() -> &'static str {
    "noon"
}

#[route(GET, "/shops/[shop]/products", revalidate = 60, stale_for = 1h, tags("products", "shop:[shop]"))]
async fn products(shop: &str) -> Result<Json<Vec<String>>, Problem> {
    Ok(Json(vec![shop.to_owned()]))
}

#[route([GET, HEAD], "/products/[id]", tags("product:[id]"), revalidate = false, status = 200)]
fn product(id: u64, shop: State<String>) -> impl IntoResponse {
    format!("{id} of {}", *shop)
}

#[route(GET, "/files/[...path]", tags("[path]", "file:[path]:text"), revalidate = 7d, stale_for = 0s)]
fn file(path: Vec<String>) -> (StatusCode, Option<Html<String>>) {
    (StatusCode::OK, Some(Html(path.join("/"))))
}

#[route(GET, "/docs/[[...path]]", revalidate = 5m)]
fn docs(path: Option<Vec<String>>) -> Response {
    path.unwrap_or_default().join("/").into_response()
}

#[route(GET, "/greeting", vary("Accept-Language"))]
fn greeting(headers: &HeaderMap) -> String {
    headers.len().to_string()
}

#[route(GET, "/search", vary(query("page", "sort"), "accept-language", query("brand")), revalidate = 2h)]
fn search(headers: &HeaderMap, search: Query<Search>, filter: Query<Filter<'_>>) -> String {
    format!("{} {:?} {:?}", headers.len(), search.page, filter.brand)
}

#[route(GET, "/everything", tags("products"), vary(query), status = 404)]
fn everything(search: Option<Query<Search>>) -> &'static str {
    if search.is_some() { "some" } else { "all" }
}

#[route(GET, "/quoted/[name]", revalidate = 30s)]
fn quoted<'a>(name: &'a str) -> Json<Vec<&'a str>> {
    Json(vec![name])
}

#[cfg(any())]
#[route(GET, "/never", revalidate = 60)]
fn never(text: String) -> Body {
    text.into()
}

#[cfg_attr(all(), cfg(any()))]
#[route(GET, "/never", revalidate = 60)]
fn neither(text: String) -> Body {
    text.into()
}

#[route(POST, "/products/[id]", revalidates("products", "product:[id]"), status = 201)]
fn change(id: u64, text: String) -> String {
    format!("{id} {text}")
}

#[route([GET, DELETE], "/cart", revalidates("cart"))]
fn cart(headers: &HeaderMap) -> String {
    headers.len().to_string()
}

/// It streams, so it is not kept; nobody has asked for it.
#[route(GET, "/stream")]
fn stream() -> Result<Body, Problem> {
    Ok("a".into())
}

fn every(seconds: u64, stale_for: Option<u64>) -> CachePolicy {
    CachePolicy::Revalidate { every: Duration::from_secs(seconds), stale_for: stale_for.map(Duration::from_secs) }
}

fn main() {
    let policies = [
        (about::ROUTE, CachePolicy::Static),
        (now::ROUTE, CachePolicy::Dynamic),
        (products::ROUTE, every(60, Some(3600))),
        (product::ROUTE, CachePolicy::Static),
        (file::ROUTE, every(7 * 24 * 3600, Some(0))),
        (docs::ROUTE, every(300, None)),
        (greeting::ROUTE, CachePolicy::Static),
        (search::ROUTE, every(7200, None)),
        (everything::ROUTE, CachePolicy::Static),
        (quoted::ROUTE, every(30, None)),
        (change::ROUTE, CachePolicy::Dynamic),
        (cart::ROUTE, CachePolicy::Dynamic),
        (stream::ROUTE, CachePolicy::Dynamic),
    ];
    for (route, policy) in policies {
        assert_eq!(route.cache_policy(), policy, "{route:?}");
    }

    let tags = |route: &rutter::Route| format!("{:?}", route.policies().cache.tags);
    assert_eq!(
        tags(products::ROUTE),
        "[TagTemplate { text: \"products\", pieces: [Text(\"products\")] }, \
         TagTemplate { text: \"shop:[shop]\", pieces: [Text(\"shop:\"), Param(0)] }]"
    );
    assert_eq!(
        tags(file::ROUTE),
        "[TagTemplate { text: \"[path]\", pieces: [Param(0)] }, \
         TagTemplate { text: \"file:[path]:text\", pieces: [Text(\"file:\"), Param(0), Text(\":text\")] }]"
    );
    let expired: Vec<&str> = change::ROUTE.policies().cache.revalidates.iter().map(|tag| tag.as_str()).collect();
    assert_eq!(expired, ["products", "product:[id]"]);
    assert_eq!(format!("{:?}", greeting::ROUTE.policies().cache.vary), "[Header(\"accept-language\")]");
    assert_eq!(
        format!("{:?}", search::ROUTE.policies().cache.vary),
        "[Query(\"page\"), Query(\"sort\"), Header(\"accept-language\"), Query(\"brand\")]"
    );
    assert_eq!(format!("{:?}", everything::ROUTE.policies().cache.vary), "[WholeQuery]");
}
