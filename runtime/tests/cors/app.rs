//! The application's policy: for routes without one, and for what no route answers.

use super::*;

#[route(GET, "/list", dynamic, register = false)]
fn list() {}

#[route(GET, "/own", dynamic, cors = PUBLIC, register = false)]
fn own() {}

fn routes() -> rutter::Routes {
    rutter::routes![list, own].cors(API.clone())
}

#[tokio::test]
async fn what_no_route_answers_has_the_policy_of_the_application() {
    let server = start(routes()).await;
    for (line, status) in [
        ("GET /list", 200),
        ("GET /nowhere", 404),
        ("GET /bad%", 400),
        ("GET /list/", 308),
        ("GET //list", 308),
        ("PUT /list", 405),
        ("PROPFIND /list", 501),
        ("OPTIONS /list", 204),
        ("OPTIONS *", 204),
    ] {
        // A handler without a value is a 204.
        let status = if line == "GET /list" { 204 } else { status };
        server.tells_only_the_allowed(line, status).await;
    }
}

#[tokio::test]
async fn a_refusal_of_the_wire_has_it_too() {
    let server = start(routes()).await;
    for (request, status) in [
        (format!("GET /list HTTP/1.1\r\norigin: {APP}\r\n\r\n"), 400),
        (format!("GET /list HTTP/1.1\r\nhost: a b\r\norigin: {APP}\r\n\r\n"), 400),
        (format!("POST /list HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\norigin: {APP}\r\n\r\nzz\r\n"), 400),
        (format!("CONNECT a:80 HTTP/1.1\r\nhost: a:80\r\norigin: {APP}\r\n\r\n"), 501),
    ] {
        let answer = server.send(&request).await;
        assert_eq!((answer.status(), answer.said()), (status, ALLOWED.to_vec()), "{request}");
    }
}

#[tokio::test]
async fn the_option_of_a_route_wins() {
    let server = start(routes()).await;
    assert_eq!(server.get_from(EVIL, "/own").await.said(), ["allow-origin: *"]);
}

#[tokio::test]
async fn preflights_are_answered_for_routes_without_an_option() {
    let server = start(routes()).await;
    let answer = server.preflight(APP, "/list", "GET").await;
    assert_eq!(answer.header("access-control-allow-methods"), Some("GET, HEAD"));
    let answer = server.preflight(APP, "/nowhere", "GET").await;
    assert_eq!((answer.status(), answer.said()), (404, ALLOWED.to_vec()));
}

#[tokio::test]
async fn a_fallback_has_it_whether_it_waits_or_panics() {
    async fn nowhere(request: Request) -> &'static str {
        tokio::task::yield_now().await;
        assert!(request.uri().path() != "/panics", "a mistake");
        "nothing here"
    }

    let server = start(routes().fallback(nowhere)).await;
    let answer = server.get_from(APP, "/nowhere").await;
    assert_eq!((answer.text().as_str(), answer.said()), ("nothing here", ALLOWED.to_vec()));
    let answer = server.get_from(APP, "/panics").await;
    assert_eq!((answer.status(), answer.said()), (500, ALLOWED.to_vec()));
}

#[tokio::test]
async fn without_one_nothing_is_said() {
    let server = start(rutter::routes![list, own]).await;
    for target in ["/list", "/nowhere", "/bad%", "/list/"] {
        assert_eq!(server.get_from(APP, target).await.said(), [""; 0], "{target}");
    }
}

#[tokio::test]
async fn a_list_may_come_from_the_environment() -> rutter::Result<()> {
    let server = start(rutter::routes![list].cors(Cors::parse("http://localhost:5173, https://shop.example")?)).await;
    for (origin, expected) in [
        ("http://localhost:5173", Some("http://localhost:5173")),
        ("https://shop.example", Some("https://shop.example")),
        ("http://localhost:5174", None),
        ("http://shop.example", None),
    ] {
        let answer = server.get_from(origin, "/list").await;
        assert_eq!(answer.header("access-control-allow-origin"), expected, "{origin}");
    }
    Ok(())
}

#[test]
fn the_table_of_routes_tells_of_policies() {
    let table = rutter::routes![list, own].table().to_string();
    let told: Vec<bool> = table.lines().map(|line| line.contains("`dynamic`, cors")).collect();
    assert_eq!(told, [false, true], "{table}");
    let table = routes().build().expect("the routes fit together").table().to_string();
    assert_eq!(table.matches(", cors").count(), 2, "{table}");
}
