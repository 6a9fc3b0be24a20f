//! The page in a real browser: what happens elsewhere appears in it, also after the shop was closed for a while.

#![cfg(unix)]

use core::ops::RangeInclusive;
use std::{env, fs, path::Path, process::Command};

use browser_test::{Browser, Page};
use readme_test::Server;
use serde_json::json;

#[test]
fn what_happens_elsewhere_appears_in_the_page() {
    let Some(browser) = Browser::start() else { return };
    let folder = tempfile::tempdir().expect("a folder can be made");
    let server = Server::start(&mut shop(folder.path()));
    let address = server.address().to_owned();

    let page = visit(&browser, &address);
    assert_eq!(entries(&page, "Connected"), 1);
    // Gone if the page is ever loaded again.
    page.evaluate("window.isTheSame = true");

    let other = visit(&browser, &address);
    page.wait_until("document.querySelector('#visitors').textContent === '2'");
    add(&other, "Boat compass", "89", "navigation");
    page.wait_until(&shows("New: Boat compass, 89.00"));
    assert_eq!(first(&page), "Boat compass");
    assert_eq!(page.evaluate("document.querySelector('#products li').dataset.mark"), "new");
    assert_eq!(first(&other), "Boat compass");
    page.wait_until("document.querySelector('#total').textContent === '9'");

    change_price(&other, 11_900..=11_900);
    page.wait_until(&shows("Changed: Brass sextant, 119.00"));
    let price = "document.querySelector('[data-id=\"1\"] .price').textContent";
    assert_eq!(page.evaluate(price), "119.00");
    assert_eq!(page.evaluate("document.querySelector('[data-id=\"1\"]').dataset.mark"), "changed");

    // One that has heard of no product yet, and names none in its address.
    page.evaluate(
        "window.told = [];
        new Promise(connected => {
            window.listener = new EventSource('/api/events');
            listener.addEventListener('product', event => told.push(event.lastEventId));
            listener.addEventListener('message', connected);
        }).then(() => {})",
    );

    server.stop();
    page.wait_until("document.querySelector('#status').textContent === 'Reconnecting…'");

    // Open on the same database all the while.
    let beside = Server::start(&mut shop(folder.path()));
    let third = visit(&browser, beside.address());
    add(&third, "Storm lantern", "42.50", "lights");
    add(&third, "Tide tables 2026", "9", "books");
    assert_eq!(first(&page), "Boat compass");
    let server = Server::start_on(&mut shop(folder.path()), &address);
    page.wait_until(&shows("New: Tide tables 2026, 9.00"));
    page.wait_until(CONNECTED);
    assert_eq!(entries(&page, "Connected"), 2);

    // And goes on in both directions.
    add(&third, "Lead line", "15", "navigation");
    page.wait_until(&shows("New: Lead line, 15.00"));
    add(&page, "Deck prism", "64", "lights");
    third.wait_until(&shows("New: Deck prism, 64.00"));

    page.wait_until(&shows("New: Deck prism, 64.00"));
    for name in ["Storm lantern", "Tide tables 2026", "Lead line", "Deck prism"] {
        assert_eq!(entries(&page, name), 1, "{name}");
    }
    let ids = "[...document.querySelectorAll('#products li')].map(item => Number(item.dataset.id))";
    assert_eq!(page.evaluate(ids), json!([13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]));
    page.wait_until("told.length === 4");
    assert_eq!(page.evaluate("told"), json!(["3", "4", "5", "6"]));
    assert_eq!(page.evaluate("window.isTheSame"), true);
    page.wait_until("document.querySelector('#total').textContent === '13'");

    if let Some(file) = env::var_os("SCREENSHOT") {
        page.evaluate("document.activeElement.blur(), scrollTo(0, 0)");
        fs::write(file, page.screenshot(1200, 850)).expect("a file can be written");
    }
    drop((other, third));
    server.stop();
    beside.stop();
}

#[test]
fn markup_in_a_name_is_text_in_the_page() {
    let Some(browser) = Browser::start() else { return };
    let folder = tempfile::tempdir().expect("a folder can be made");
    let server = Server::start(&mut shop(folder.path()));
    let page = visit(&browser, server.address());
    let name = "<img src=x onerror='window.isForged = true'>&amp;";
    add(&page, name, "1", "<b>bold</b>");
    page.wait_until(&shows(&format!("New: {name}, 1.00")));
    for _ in ["as it was told", "as it is in the page of the server"] {
        assert_eq!(first(&page), name);
        assert_eq!(page.evaluate("document.querySelectorAll('img, b').length + (window.isForged ? 1 : 0)"), 0);
        page.go(&format!("http://{}/", server.address()));
    }
}

#[test]
fn a_page_that_was_kept_catches_up_with_what_happened_at_another_instance() {
    let Some(browser) = Browser::start() else { return };
    let folder = tempfile::tempdir().expect("a folder can be made");
    let [server, beside] = [(); 2].map(|()| Server::start(&mut shop(folder.path())));
    drop(visit(&browser, server.address()));
    add(&visit(&browser, beside.address()), "Boat compass", "89", "navigation");

    let page = visit(&browser, server.address());
    page.wait_until(&shows("New: Boat compass, 89.00"));
    assert_eq!(first(&page), "Boat compass");
    let kept = page.evaluate("fetch('/').then(answer => answer.headers.get('cache-status'))");
    assert!(kept.as_str().is_some_and(|status| status.starts_with("rutter; hit")), "{kept}");
}

#[test]
fn a_page_that_the_shop_has_forgotten_loads_its_list_anew() {
    let Some(browser) = Browser::start() else { return };
    let folder = tempfile::tempdir().expect("a folder can be made");
    let server = Server::start(&mut shop(folder.path()));
    let address = server.address().to_owned();
    let page = visit(&browser, &address);
    page.evaluate("window.isTheSame = true");
    server.stop();

    let beside = Server::start(&mut shop(folder.path()));
    let other = visit(&browser, beside.address());
    change_price(&other, 1..=1_100);
    add(&other, "Boat compass", "89", "navigation");
    let _server = Server::start_on(&mut shop(folder.path()), &address);
    page.wait_until(&shows("The list was loaded anew"));
    page.wait_until(CONNECTED);
    assert_eq!(first(&page), "Boat compass");
    add(&other, "Lead line", "15", "navigation");
    page.wait_until(&shows("New: Lead line, 15.00"));
    assert_eq!(entries(&page, "New"), 1);
    assert_eq!(page.evaluate("window.isTheSame"), true);
}

/// The program over the database of this folder.
fn shop(folder: &Path) -> Command {
    let mut shop = Command::new(env!("CARGO_BIN_EXE_storefront"));
    shop.env("DATABASE_URL", format!("sqlite://{}/shop.db", folder.display())).env_remove("REDIS_URL");
    shop
}

const CONNECTED: &str = "document.querySelector('#status').textContent === 'Connected'";

/// Opens the page, and waits until it listens.
fn visit(browser: &Browser, address: &str) -> Page {
    let page = browser.open(&format!("http://{address}/"));
    page.wait_until(CONNECTED);
    page
}

/// Adds a product with the form of the page.
fn add(page: &Page, name: &str, price: &str, category: &str) {
    page.fill("#name", name);
    page.fill("#price", price);
    page.fill("#category", category);
    page.click("button");
    page.wait_until(&format!(
        "document.querySelector('#message').textContent === {}",
        json!(format!("{name} has been added."))
    ));
}

/// Gives the first product each of these prices in turn, as a program would.
fn change_price(page: &Page, prices: RangeInclusive<u32>) {
    let (first, last) = (prices.start(), prices.end());
    page.evaluate(&format!(
        "(async () => {{
            for (let price = {first}; price <= {last}; price++) {{
                const headers = {{ 'content-type': 'application/json' }};
                await fetch('/api/products/1', {{ method: 'PATCH', headers, body: JSON.stringify({{ price }}) }});
            }}
        }})()"
    ));
}

/// Whether an event is among the latest.
fn shows(entry: &str) -> String {
    format!("[...document.querySelectorAll('#log li')].some(item => item.lastChild.textContent === {})", json!(entry))
}

/// How many of the latest events have this in their text.
fn entries(page: &Page, text: &str) -> u64 {
    let text = json!(text);
    let found =
        format!("[...document.querySelectorAll('#log li')].filter(item => item.textContent.includes({text})).length");
    page.evaluate(&found).as_u64().expect("a number")
}

/// The name of the first product.
fn first(page: &Page) -> String {
    let name = page.evaluate("document.querySelector('#products li a').textContent");
    name.as_str().expect("a name").to_owned()
}
