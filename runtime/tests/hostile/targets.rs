//! Targets that cannot be read, or do not fit.

use super::*;

#[tokio::test]
async fn a_target_that_cannot_be_read_is_a_400() {
    let server = start().await;
    for target in [
        "/items/%",
        "/items/%2",
        "/items/%zz",
        "/items/%FF",
        "/items/%C3",
        "/items/%C0%AF",
        "/items/%ED%A0%80",
        "/items/a%00b",
        "/%00",
        "/items/..%2f..",
        "/files/..",
        "/files/%2e%2e/etc/passwd",
        "/files/./a",
        "/files/a/%2E",
        "*",
        "http:",
        "items/1",
        "?",
        "http://localhost:99999/alive",
        "file:///etc/passwd",
        "gopher://localhost/alive",
    ] {
        if target == "/items/..%2f.." {
            // The escaped slash makes one segment of it, which is no dot segment and no number.
            refused(&server, target, 404).await;
        } else if matches!(target, "http:" | "items/1" | "?" | "file:///etc/passwd") {
            refused_by_hyper(&server, target, 400).await;
        } else {
            refused(&server, target, 400).await;
        }
    }
}

#[tokio::test]
async fn bytes_that_no_target_may_hold_are_a_400_by_hyper() {
    let server = start().await;
    for target in [&b"/items/\0"[..], b"/items/\x7f", b"/items/\x01", b"/items/ 1", b"/items/\t", b"/items/\r1"] {
        let request = [b"GET ", target, b" HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"].concat();
        let answer = exchange(&server, &request).await;
        assert_eq!(answer.status(), 400, "{}", target.escape_ascii());
        still_serves(&server).await;
    }
}

#[tokio::test]
async fn what_a_path_spells_but_its_type_is_not_is_a_404() {
    let server = start().await;
    for id in
        ["256", "-1", "1.0", "1e2", "0x1", "", " ", "%20", "%2B1", "NaN", "99999999999999999999999", "\u{661}", "1%0A"]
    {
        let id = id.replace(' ', "%20");
        refused(&server, &format!("/items/{id}x"), 404).await;
    }
    refused(&server, "/items/256", 404).await;
    refused(&server, &format!("/items/{}", "9".repeat(60_000)), 404).await;
    refused(&server, &format!("/{}", "a/".repeat(30_000)), 308).await;
    refused(&server, &format!("{}/a", "/a".repeat(30_000)), 404).await;
    refused_by_hyper(&server, &format!("/items/{}", "9".repeat(70_000)), 414).await;
}

#[tokio::test]
async fn a_query_that_does_not_fit_is_a_400() {
    let server = start().await;
    let pairs = |count| format!("page=1&{}", "tag=x&".repeat(count));
    for query in [
        "",
        "page",
        "page=",
        "page=x",
        "page=256",
        "page=-1",
        "page=1&page=2",
        "page=%",
        "page=%zz",
        "page=%FF",
        "page=1&tag=%C3",
        "page=1&exact=maybe",
        "%00=%00",
        "page=%00",
        "PAGE=1",
        "page[]=1",
        "page=1;tag=x",
        &pairs(1_001),
        &pairs(5_000),
        &"&".repeat(10),
        &"a&".repeat(30_000),
    ] {
        refused(&server, &format!("/search?{query}"), 400).await;
    }
    assert_eq!(server.get(&format!("/search?{}", pairs(900))).await.status(), 200);
    // A hundred thousand pairs are longer than any target may be.
    refused_by_hyper(&server, &format!("/search?{}", pairs(12_000)), 414).await;
    refused_by_hyper(&server, &format!("/search?{}", pairs(100_000)), 431).await;
}
