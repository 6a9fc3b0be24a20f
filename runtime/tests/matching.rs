//! From a path and a method to a route: what is found, and what is said when nothing is.

use rutter::{Method, prelude::*, testing::Client};

#[route(GET, "/")]
fn root() -> &'static str {
    "root"
}

#[route(GET, "/products")]
fn list() -> &'static str {
    "list"
}

#[route(POST, "/products", status = 201)]
fn create() -> &'static str {
    "create"
}

#[route(GET, "/products/[id]")]
fn by_id(id: &str) -> String {
    format!("id {id}")
}

#[route(DELETE, "/products/[slug]")]
fn delete(slug: String) -> String {
    format!("delete {slug}")
}

#[route(GET, "/products/new")]
fn new() -> &'static str {
    "new"
}

#[route(GET, "/products/[id]/reviews/[review]")]
fn review(review: u32, id: &str) -> String {
    format!("review {review} of {id}")
}

#[route(GET, "/products/new/help")]
fn help() -> &'static str {
    "help"
}

#[route(GET, "/files/[...path]")]
fn files(path: Vec<String>) -> String {
    format!("files {path:?}")
}

#[route(GET, "/docs/[[...path]]")]
fn docs(path: Option<Vec<String>>) -> String {
    format!("docs {path:?}")
}

#[route(GET, "/(shop)/cart")]
fn cart() -> &'static str {
    "cart"
}

#[route([PUT, PATCH], "/both")]
fn both(method: &Method) -> String {
    method.to_string()
}

#[route(OPTIONS, "/own")]
fn own() -> &'static str {
    "own options"
}

#[route(GET, "/own")]
fn own_get() -> &'static str {
    "own"
}

#[route(HEAD, "/own")]
fn own_head() -> Reply {
    NoContent.header("x-own", "head")
}

fn client() -> Client {
    let routes = rutter::routes![
        root, list, create, by_id, delete, new, review, help, files, docs, cart, both, own, own_get, own_head
    ];
    Client::new(routes.build().expect("the routes fit together"))
}

#[tokio::test]
async fn the_most_specific_pattern_is_found() {
    let table = [
        ("/", 200, "root"),
        ("/products", 200, "list"),
        ("/products/7", 200, "id 7"),
        ("/products/new", 200, "new"),
        ("/products/new/help", 200, "help"),
        // `new` has no reviews of its own: back to `[id]`.
        ("/products/new/reviews/3", 200, "review 3 of new"),
        ("/files/a", 200, "files [\"a\"]"),
        ("/files/a/b%20c/d%2Fe", 200, "files [\"a\", \"b c\", \"d/e\"]"),
        ("/docs", 200, "docs None"),
        ("/docs/a/b", 200, "docs Some([\"a\", \"b\"])"),
        ("/cart", 200, "cart"),
        ("/%70roducts/caf%C3%A9", 200, "id café"),
        ("/products/a%2Fb", 200, "id a/b"),
        ("/products/100%25", 200, "id 100%"),
        ("/products/7?x=1", 200, "id 7"),
    ];
    let client = client();
    for (path, status, text) in table {
        let answer = client.get(path).send().await;
        assert_eq!((answer.status().as_u16(), answer.text()), (status, text), "{path}");
    }
}

#[tokio::test]
async fn what_no_route_has_is_a_problem() {
    let table = [
        ("/nothing", 404),
        ("/files", 404),
        ("/shop/cart", 404),
        ("/products/7/reviews/many", 404),
        ("/products/%zz", 400),
        ("/products/%FF", 400),
        ("/products/a%00b", 400),
        ("/products/../products", 400),
        ("/products/%2e%2e/x", 400),
        ("/files/a/%2E/b", 400),
    ];
    let client = client();
    for (path, status) in table {
        let answer = client.get(path).send().await;
        assert_eq!(answer.status(), status, "{path}");
        assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{path}");
    }
}

#[tokio::test]
async fn a_method_that_no_route_of_the_path_has_is_a_405_with_allow() {
    let client = client();
    let answer = client.delete("/products").send().await;
    assert_eq!(answer.status(), 405);
    assert_eq!(answer.header("allow"), Some("GET, HEAD, POST, OPTIONS"));
    let answer = client.get("/both").send().await;
    assert_eq!((answer.status().as_u16(), answer.header("allow")), (405, Some("PUT, PATCH, OPTIONS")));
}

#[tokio::test]
async fn a_405_never_falls_through_to_another_pattern() {
    let answer = client().delete("/products/new").send().await;
    assert_eq!((answer.status().as_u16(), answer.header("allow")), (405, Some("GET, HEAD, OPTIONS")));
}

#[tokio::test]
async fn names_belong_to_the_route() {
    let client = client();
    assert_eq!(client.get("/products/x").send().await.text(), "id x");
    assert_eq!(client.delete("/products/x").send().await.text(), "delete x");
}

#[tokio::test]
async fn head_is_answered_by_get_without_its_body() {
    let answer = client().head("/products/7").send().await;
    assert_eq!((answer.status().as_u16(), answer.text()), (200, ""));
    assert_eq!(answer.header("content-length"), Some("4"));
    assert_eq!(answer.header("content-type"), Some("text/plain; charset=utf-8"));
}

#[tokio::test]
async fn options_is_answered_by_the_table_unless_a_route_does() {
    let client = client();
    let answer = client.options("/products").send().await;
    assert_eq!((answer.status().as_u16(), answer.header("allow")), (204, Some("GET, HEAD, POST, OPTIONS")));
    assert_eq!(client.options("/own").send().await.text(), "own options");
    let answer = client.options("*").send().await;
    assert_eq!(answer.status(), 204);
    assert_eq!(answer.header("allow"), Some("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"));
}

#[tokio::test]
async fn a_route_for_head_wins_over_get() {
    let answer = client().head("/own").send().await;
    assert_eq!((answer.status().as_u16(), answer.header("x-own")), (204, Some("head")));
}

#[tokio::test]
async fn a_list_of_methods_is_one_route() {
    let client = client();
    assert_eq!(client.put("/both").send().await.text(), "PUT");
    assert_eq!(client.patch("/both").send().await.text(), "PATCH");
}

#[tokio::test]
async fn an_untidy_path_is_redirected_to_the_tidy_one_with_its_query() {
    let table = [
        ("/products/", "/products"),
        ("//products", "/products"),
        ("/products//7?a=1&b=//", "/products/7?a=1&b=//"),
        ("/products\\7", "/products/7"),
        ("/\\evil.example/x", "/evil.example/x"),
        ("//evil.example//", "/evil.example"),
    ];
    let client = client();
    for (path, location) in table {
        let answer = client.get(path).send().await;
        assert_eq!((answer.status().as_u16(), answer.header("location")), (308, Some(location)), "{path}");
    }
}

#[tokio::test]
async fn methods_that_no_route_can_have_are_a_501() {
    for method in [Method::CONNECT, Method::TRACE, Method::from_bytes(b"BREW").expect("a token")] {
        assert_eq!(client().request(method.clone(), "/products").send().await.status(), 501, "{method}");
    }
}

#[tokio::test]
async fn the_status_option_replaces_a_plain_200() {
    assert_eq!(client().post("/products").send().await.status(), 201);
}

#[tokio::test]
async fn headers_that_ask_for_another_method_or_path_mean_nothing() {
    let request = client().post("/products").header("x-http-method-override", "DELETE").header("x-original-url", "/");
    assert_eq!(request.send().await.text(), "create");
}

#[tokio::test]
async fn a_fallback_answers_the_paths_that_no_route_has() {
    async fn nowhere(request: Request) -> impl IntoResponse {
        format!("nothing at {}", request.uri().path()).status(404)
    }
    let app = rutter::routes![root, list].fallback(nowhere).build().expect("the routes fit together");
    let client = Client::new(app);
    let answer = client.get("/where").send().await;
    assert_eq!((answer.status().as_u16(), answer.text()), (404, "nothing at /where"));
    assert_eq!(client.delete("/products").send().await.status(), 405);
}

#[test]
fn links_lead_to_their_routes() {
    assert_eq!(by_id::path("a b/c"), "/products/a%20b%2Fc");
    assert_eq!(review::path("x", 3), "/products/x/reviews/3");
    assert_eq!(files::path(["a", "b c"]), "/files/a/b%20c");
    assert_eq!(docs::path(None), "/docs");
    assert_eq!(docs::path(["a"]), "/docs/a");
    assert_eq!(cart::path(), "/cart");
    assert!(by_id::try_path("..").is_err());
    assert!(by_id::try_path("").is_err());
}
