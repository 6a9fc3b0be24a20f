//! A page on another origin, in a real browser: what the shop allows works, everything else the browser refuses.

#![cfg(unix)]

use std::{
    io::{self, BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    process::Command,
    thread,
};

use browser_test::{Browser, Page};
use readme_test::Server;
use serde_json::{Value, json};

#[test]
fn a_page_of_an_allowed_origin_may_do_what_the_shop_does() {
    let Some(browser) = Browser::start() else { return };
    let allowed = origin();
    let shop = Shop::open(&allowed);
    let page = browser.open(&allowed);

    assert_eq!(shop.ask(&page, "/api/products/1", &json!({})), json!({ "status": 200, "name": "Brass sextant" }));
    // These go through a preflight: the method, and the type of the body.
    let change = json!({ "method": "PATCH", "headers": JSON, "body": r#"{"price": 100}"# });
    assert_eq!(shop.ask(&page, "/api/products/1", &change)["status"], 200);
    let new = r#"{"name": "Lead line", "price": 1500, "category": "navigation"}"#;
    let new = json!({ "method": "POST", "headers": JSON, "body": new });
    assert_eq!(shop.ask(&page, "/api/products", &new), json!({ "status": 201, "name": "Lead line" }));
    assert_eq!(shop.ask(&page, "/api/products/9", &json!({ "method": "DELETE" }))["status"], 204);

    // What went wrong can be read as well.
    assert_eq!(shop.ask(&page, "/api/products/9", &json!({}))["status"], 404);
    assert_eq!(shop.ask(&page, "/api/nowhere", &json!({}))["status"], 404);
    let wrong = json!({ "method": "POST", "headers": JSON, "body": "{}" });
    assert_eq!(shop.ask(&page, "/api/products", &wrong)["status"], 422);

    // No route has this method, so the preflight does not name it.
    assert_eq!(shop.ask(&page, "/api/products", &json!({ "method": "PUT" })), REFUSED);
    let strange = json!({ "headers": { "x-strange": "1" } });
    assert_eq!(shop.ask(&page, "/api/products/1", &strange), REFUSED);
}

#[test]
fn a_session_is_sent_where_the_page_says_so_and_nowhere_else() {
    let Some(browser) = Browser::start() else { return };
    let allowed = origin();
    let shop = Shop::open(&allowed);
    let page = browser.open(&allowed);

    let sign_in = json!({ "method": "POST", "headers": JSON, "body": r#"{"user": "ada"}"#, "credentials": "include" });
    assert_eq!(shop.ask(&page, "/api/session", &sign_in)["status"], 200);
    let with = json!({ "credentials": "include" });
    assert_eq!(shop.ask(&page, "/api/session", &with)["status"], 200);
    assert_eq!(shop.ask(&page, "/api/session", &json!({}))["status"], 401);
    assert_eq!(page.evaluate("document.cookie"), "");

    let other = browser.open(&origin());
    assert_eq!(shop.ask(&other, "/api/session", &with), REFUSED);

    let sign_out = json!({ "method": "DELETE", "credentials": "include" });
    assert_eq!(shop.ask(&other, "/api/session", &sign_out), REFUSED);
    assert_eq!(shop.ask(&page, "/api/session", &with)["status"], 200);
    assert_eq!(shop.ask(&page, "/api/session", &sign_out)["status"], 204);
    assert_eq!(shop.ask(&page, "/api/session", &with)["status"], 401);
}

#[test]
fn a_page_of_any_other_origin_learns_nothing_and_changes_nothing() {
    let Some(browser) = Browser::start() else { return };
    let allowed = origin();
    let shop = Shop::open(&allowed);
    let others = [
        origin(),
        // Another name of the same place, and the same name at another port.
        allowed.replace("localhost", "127.0.0.1"),
        allowed.replace("localhost", "shop.localhost"),
    ];
    for other in others {
        let page = browser.open(&other);
        for with in ["omit", "include"] {
            let ask = |options: Value| {
                let mut options = options;
                options["credentials"] = with.into();
                options
            };
            assert_eq!(shop.ask(&page, "/api/products/1", &ask(json!({}))), REFUSED, "{other}");
            assert_eq!(shop.ask(&page, "/api/nowhere", &ask(json!({}))), REFUSED, "{other}");
            let delete = ask(json!({ "method": "DELETE" }));
            assert_eq!(shop.ask(&page, "/api/products/1", &delete), REFUSED, "{other}");
            let change = ask(json!({ "method": "PATCH", "headers": JSON, "body": r#"{"price": 1}"# }));
            assert_eq!(shop.ask(&page, "/api/products/1", &change), REFUSED, "{other}");
        }
    }
    let page = browser.open(&allowed);
    let product = format!("fetch('{}/api/products/1').then(answer => answer.json())", shop.url);
    assert_eq!(page.evaluate(&product)["price"], 12_900);
}

/// As `fetch` takes headers: pairs of name and value.
const JSON: [[&str; 2]; 1] = [["content-type", "application/json"]];

/// What `fetch` says of an answer that the page may not see.
const REFUSED: Value = Value::Null;

/// The program, for pages of one origin.
struct Shop {
    url: String,
    _server: Server,
    _folder: tempfile::TempDir,
}

impl Shop {
    fn open(allowed: &str) -> Shop {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let mut program = Command::new(env!("CARGO_BIN_EXE_storefront"));
        program.env("DATABASE_URL", format!("sqlite://{}/shop.db", folder.path().display()));
        program.env("ALLOWED_ORIGINS", format!("https://shop.example, {allowed}")).env_remove("REDIS_URL");
        let server = Server::start(&mut program);
        // By this name, which is the pages' as well: a cookie of the shop is no third party's.
        let url = format!("http://{}", server.address().replace("127.0.0.1", "localhost"));
        Shop { url, _server: server, _folder: folder }
    }

    /// What a page gets that asks with `fetch`.
    fn ask(&self, page: &Page, path: &str, options: &Value) -> Value {
        let url = json!(format!("{}{path}", self.url));
        page.evaluate(&format!(
            "fetch({url}, {options}).then(
                async answer => {{
                    const body = await answer.json().catch(() => ({{}}));
                    return body.name ? {{ status: answer.status, name: body.name }} : {{ status: answer.status }};
                }},
                () => null,
            )"
        ))
    }
}

/// A site of its own with one empty page: the address of a new origin.
fn origin() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("it listens").port();
    // It ends with the test. A thread each: a browser opens connections that it does not use.
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || page(stream));
        }
    });
    format!("http://localhost:{port}")
}

fn page(mut stream: TcpStream) -> io::Result<()> {
    let mut head = BufReader::new(&stream).lines();
    while head.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
    stream.write_all(
        b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 15\r\nconnection: close\r\n\r\n<!doctype html>",
    )
}
