//! A whole file, with all that is said of it.

use std::fs;

use rutter::prelude::*;

use crate::{DATE, Site, file};

#[route(GET, "/named/[name]", register = false)]
async fn named(name: &str, folder: State<std::path::PathBuf>) -> Result<File, Problem> {
    Ok(File::open(folder.join("a.txt")).await?.attachment(name))
}

#[route(GET, "/inline", register = false)]
async fn inline(folder: State<std::path::PathBuf>) -> Result<File, Problem> {
    Ok(File::open(folder.join("a.txt")).await?.inline("naïve.txt").content_type("text/x-note"))
}

#[route(GET, "/refined", register = false)]
async fn refined(folder: State<std::path::PathBuf>) -> Result<impl IntoResponse, Problem> {
    let page = File::open(folder.join("a.txt")).await?;
    Ok(page.status(404).header("cache-control", "no-cache"))
}

/// Reads nothing of the request, and its type does not tell that it is a file: the body does.
#[route(GET, "/hidden", register = false)]
async fn hidden(folder: State<std::path::PathBuf>) -> Result<impl IntoResponse, Problem> {
    Ok(File::open(folder.join("a.txt")).await?.header("x-a", "b"))
}

#[tokio::test]
async fn a_file_is_never_kept_whatever_its_type_tells() {
    let site = Site::with(rutter::routes![hidden], &[("a.txt", b"first")]).await;
    for text in ["first", "second!"] {
        fs::write(site.path("a.txt"), text).expect("the file can be written");
        for _ in 0..2 {
            let answer = site.get("/hidden").await;
            assert_eq!((answer.text().as_str(), answer.header("x-a")), (text, Some("b")));
            assert_eq!(answer.header("cache-status"), Some("rutter; fwd=miss; detail=file"));
        }
    }
}

#[route(GET, "/split", register = false)]
async fn split(folder: State<std::path::PathBuf>) -> Result<File, Problem> {
    Ok(File::open(folder.join("a.txt")).await?.content_type("text/plain\r\nx: y"))
}

#[tokio::test]
async fn a_file_is_sent_with_its_type_its_length_and_its_version() {
    let site = Site::of(&[("a.txt", b"hello, file")]).await;
    let answer = site.get("/file/a.txt").await;
    assert_eq!((answer.status(), answer.text().as_str()), (200, "hello, file"));
    for (name, expected) in [
        ("content-type", "text/plain; charset=utf-8"),
        ("content-length", "11"),
        ("last-modified", DATE),
        ("etag", "\"b-188fcf053de38000\""),
        ("accept-ranges", "bytes"),
        ("x-content-type-options", "nosniff"),
    ] {
        assert_eq!(answer.header(name), Some(expected), "{name}");
    }
    assert_eq!(answer.header("content-disposition"), None);
}

#[tokio::test]
async fn head_says_what_get_would_and_sends_nothing() {
    let large = vec![7; 300_000];
    let site = Site::of(&[("a.txt", b"hello, file"), ("large.bin", &large)]).await;
    for target in ["/file/a.txt", "/file/large.bin"] {
        let (get, head) = (site.get(target).await, site.ask("HEAD", target, &[]).await);
        assert_eq!((head.status(), head.body.len()), (200, 0), "{target}");
        for name in ["content-type", "content-length", "last-modified", "etag", "accept-ranges"] {
            assert!(head.header(name).is_some() && head.header(name) == get.header(name), "{target}: {name}");
        }
    }
}

#[tokio::test]
async fn an_empty_file_is_whole() {
    let site = Site::of(&[("empty.css", b"")]).await;
    let answer = site.get("/file/empty.css").await;
    assert_eq!((answer.status(), answer.body.len(), answer.header("content-length")), (200, 0, Some("0")));
    assert_eq!(answer.header("content-type"), Some("text/css; charset=utf-8"));
}

#[tokio::test]
async fn a_file_that_has_just_been_changed_has_a_weak_entity_tag() {
    let site = Site::of(&[]).await;
    fs::write(site.path("new.txt"), "new").expect("it can be written");
    let etag = site.get("/file/new.txt").await.header("etag").expect("an entity tag").to_owned();
    assert!(etag.starts_with("W/\""), "{etag}");
}

#[tokio::test]
async fn a_name_may_be_given_for_saving() {
    let site = Site::with(rutter::routes![named, inline], &[("a.txt", b"x")]).await;
    for (target, expected) in [
        ("/named/report.txt", "attachment; filename=\"report.txt\""),
        ("/named/na%C3%AFve.txt", "attachment; filename=\"na_ve.txt\"; filename*=UTF-8''na%C3%AFve.txt"),
        ("/named/a%22;b.txt", "attachment; filename=\"a_;b.txt\"; filename*=UTF-8''a%22%3Bb.txt"),
        ("/named/a%0D%0Aset-cookie:b", "attachment; filename=\"a__set-cookie:b\""),
        ("/named/..%2F..%2Fpasswd", "attachment; filename=\".._.._passwd\""),
        ("/inline", "inline; filename=\"na_ve.txt\"; filename*=UTF-8''na%C3%AFve.txt"),
    ] {
        let answer = site.get(target).await;
        assert_eq!(answer.header("content-disposition"), Some(expected), "{target}");
    }
    let inline = site.get("/inline").await;
    // Its handler reads nothing of the request, and yet it is not kept: the system keeps its pages.
    assert_eq!((inline.header("content-type"), inline.header("cache-status")), (Some("text/x-note"), None));
}

#[tokio::test]
async fn an_answer_that_is_refined_to_another_status_is_whole() {
    let site = Site::with(rutter::routes![refined], &[("a.txt", b"nowhere")]).await;
    let answer = site.with_headers("/refined", &[("range", "bytes=0-1"), ("if-none-match", "*")]).await;
    assert_eq!((answer.status(), answer.text().as_str()), (404, "nowhere"));
    assert_eq!(answer.header("cache-control"), Some("no-cache"));
}

#[tokio::test]
async fn a_type_that_would_split_the_answer_is_a_500() {
    let site = Site::with(rutter::routes![split], &[("a.txt", b"x")]).await;
    let answer = site.get("/split").await;
    assert_eq!((answer.status(), answer.header("x")), (500, None));
}

#[tokio::test]
async fn what_is_no_file_is_a_404_that_names_no_path() {
    let site = Site::of(&[("a.txt", b"x")]).await;
    fs::create_dir(site.path("folder")).expect("a folder can be made");
    let mut targets = vec!["/file/none.txt", "/file/folder", "/file/a.txt%2Fb"];
    #[cfg(unix)]
    let _socket = {
        crate::folder::fifo(&site.path("fifo"));
        targets.extend(["/file/fifo", "/file/socket", "/file/%2Fdev%2Fnull"]);
        std::os::unix::net::UnixListener::bind(site.path("socket")).expect("a socket can be made")
    };
    for target in targets {
        let answer = site.get(target).await;
        assert_eq!((answer.status(), answer.is_problem()), (404, true), "{target}");
        assert_eq!(answer.text(), r#"{"title":"Not Found","status":404,"detail":"there is no such file"}"#);
    }
}

#[tokio::test]
async fn a_file_that_is_open_already_is_sent() {
    let site = Site::with(rutter::routes![opened, file], &[("a.txt", b"opened")]).await;
    let answer = site.get("/opened").await;
    assert_eq!((answer.text().as_str(), answer.header("content-type")), ("opened", Some("text/html; charset=utf-8")));
    assert_eq!(answer.header("etag"), site.get("/file/a.txt").await.header("etag"));
}

#[route(GET, "/opened", register = false)]
async fn opened(folder: State<std::path::PathBuf>) -> Result<File, Problem> {
    File::from_std(fs::File::open(folder.join("a.txt"))?, "page.html").await
}

#[tokio::test]
async fn a_fallback_knows_its_request_as_well() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let page = folder.path().join("index.html");
    fs::write(&page, "one page for every path").expect("it can be written");
    crate::age(&page);
    let routes = rutter::routes![file].state(folder.path().to_owned()).fallback(move |_| File::open(page.clone()));
    let client = rutter::testing::Client::new(routes.build().expect("the routes fit together"));
    let whole = client.get("/any/path").await;
    assert_eq!((whole.status().as_u16(), whole.text()), (200, "one page for every path"));
    let etag = whole.header("etag").expect("an entity tag");
    assert_eq!(client.get("/other").header("if-none-match", etag).await.status(), 304);
    assert_eq!(client.get("/other").header("range", "bytes=0-2").await.text(), "one");
}
