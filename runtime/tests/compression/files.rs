//! Files and parts of them: a part is one of the bytes as they are, the whole is compressed.

use std::{fs, path::PathBuf, time::SystemTime};

use rutter::prelude::*;
use tempfile::TempDir;

use crate::{Answer, ask, common::Running, compressing, get, lines};

#[route(GET, "/file/[name]", register = false)]
async fn file(name: &str, folder: State<PathBuf>) -> Result<File, Problem> {
    File::open(folder.join(name)).await
}

#[route(GET, "/attachment", dynamic, register = false)]
fn attachment() -> impl IntoResponse {
    Attachment::new("log.txt", lines(100)).content_type("text/plain").header("etag", "\"v1\"")
}

/// A server of one file that is read at once, of one that is read while it is sent, and of an image.
struct Site {
    server: Running,
    _folder: TempDir,
}

/// What has the form of text, and how many lines of it.
const TEXTS: [(&str, usize); 3] = [("/file/short.txt", 100), ("/file/long.txt", 20_000), ("/attachment", 100)];

impl Site {
    async fn new() -> Site {
        let folder = tempfile::tempdir().expect("a folder can be made");
        for (name, count) in [("short.txt", 100), ("long.txt", 20_000), ("image.png", 100)] {
            let path = folder.path().join(name);
            fs::write(&path, lines(count)).expect("the file can be written");
            // The tag of a file that has changed just now is weak.
            let file = fs::File::options().append(true).open(&path).expect("the file can be opened");
            file.set_modified(SystemTime::UNIX_EPOCH).expect("its time can be set");
        }
        let routes = rutter::routes![file, attachment].state(folder.path().to_owned());
        Site { server: compressing(routes).await, _folder: folder }
    }

    /// GET of a client that takes everything.
    async fn with(&self, target: &str, headers: &[(&str, &str)]) -> Answer {
        let headers = [&[("accept-encoding", "br, zstd, gzip")], headers].concat();
        ask(&self.server, "GET", target, &headers).await
    }

    /// The strong tag of a file, and the weak one of its compressed form.
    async fn tags(&self, target: &str) -> [String; 2] {
        let plain = ask(&self.server, "GET", target, &[]).await;
        let strong = plain.header("etag").expect("a tag").to_owned();
        assert_eq!(plain.told(), [None, Some("accept-encoding"), Some(&*strong)]);
        let weak = format!("W/{strong}");
        [strong, weak]
    }
}

#[tokio::test]
async fn a_file_of_text_is_compressed() {
    let site = Site::new().await;
    for (target, count) in TEXTS {
        let [_, weak] = site.tags(target).await;
        for encoding in ["br", "zstd", "gzip"] {
            let answer = get(&site.server, target, encoding).await;
            assert_eq!((answer.status, answer.plain() == lines(count)), (200, true), "{target}, {encoding}");
            assert_eq!(answer.told(), [Some(encoding), Some("accept-encoding"), Some(&*weak)], "{target}");
            assert_eq!(answer.header("accept-ranges"), None, "{target}");
        }
    }
    let image = site.with("/file/image.png", &[]).await;
    assert_eq!((image.encoding(), image.header("vary"), image.plain()), (None, None, lines(100)));
}

#[tokio::test]
async fn a_part_is_sent_as_it_is_and_varies_as_the_whole_does() {
    let site = Site::new().await;
    for (target, count) in TEXTS {
        let [strong, _] = site.tags(target).await;
        let part = site.with(target, &[("range", "bytes=10-19")]).await;
        assert_eq!((part.status, part.plain()), (206, lines(count)[10..20].to_owned()), "{target}");
        assert_eq!(part.told(), [None, Some("accept-encoding"), Some(&*strong)], "{target}");
        let several = site.with(target, &[("range", "bytes=0-9,30-39")]).await;
        assert!(several.header("content-type").is_some_and(|value| value.starts_with("multipart/byteranges")));
        assert_eq!((several.status, several.plain().contains(&lines(count)[30..40])), (206, true), "{target}");
        assert_eq!(several.told(), [None, Some("accept-encoding"), Some(&*strong)], "{target}");
    }
    let image = site.with("/file/image.png", &[("range", "bytes=10-19")]).await;
    assert_eq!((image.status, image.header("vary")), (206, None));
}

#[tokio::test]
async fn a_range_counts_only_beside_the_tag_of_the_bytes_as_they_are() {
    let site = Site::new().await;
    for (target, count) in TEXTS {
        let [strong, weak] = site.tags(target).await;
        let part = site.with(target, &[("range", "bytes=10-19"), ("if-range", &strong)]).await;
        assert_eq!((part.status, part.plain()), (206, lines(count)[10..20].to_owned()), "{target}");
        let whole = site.with(target, &[("range", "bytes=10-19"), ("if-range", &weak)]).await;
        assert_eq!((whole.status, whole.plain() == lines(count)), (200, true), "{target}");
        assert_eq!(whole.told(), [Some("br"), Some("accept-encoding"), Some(&*weak)], "{target}");
    }
}

#[tokio::test]
async fn either_tag_is_known_again() {
    let site = Site::new().await;
    for (target, _) in TEXTS {
        for tag in site.tags(target).await {
            let answer = site.with(target, &[("if-none-match", &tag)]).await;
            assert_eq!((answer.status, answer.body.len()), (304, 0), "{target}, {tag}");
            assert_eq!(answer.told(), [None, Some("accept-encoding"), Some(&*tag)], "{target}, {tag}");
        }
    }
}

#[tokio::test]
async fn what_is_not_there_is_refused() {
    let site = Site::new().await;
    for (target, count) in TEXTS {
        let answer = site.with(target, &[("range", "bytes=9000000-")]).await;
        let len = format!("bytes */{}", lines(count).len());
        assert_eq!((answer.status, answer.header("content-range")), (416, Some(&*len)), "{target}");
        assert_eq!(answer.encoding(), None, "{target}");
    }
}
