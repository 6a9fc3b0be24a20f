//! `/docs`: the pages of the folder `docs`.

use core::fmt::Write;
use std::{fs, io, path::Path, sync::LazyLock};

use rutter::{Segments, prelude::*};
use tokio::task::spawn_blocking;

/// The list of the pages.
#[route(GET, "/docs", revalidate = 60)]
async fn contents() -> Result<Html<String>, Problem> {
    let mut list = String::new();
    for Page { path, title } in spawn_blocking(|| pages(Path::new(FOLDER))).await?? {
        writeln!(list, "<li><a href=\"{}\">{title}</a></li>", docs::path(path))?;
    }
    Ok(Html(include_str!("docs.html").replace("{list}", &list)))
}

/// One of the pages, or what belongs to it. No path leads out of the folder.
#[route(GET, "/docs/[...path]")]
async fn docs(path: Segments<'_>) -> Result<File, Problem> {
    DOCS.open(path).await
}

static DOCS: LazyLock<Directory> =
    LazyLock::new(|| Directory::new(FOLDER).expect("the folder is there").extension("html"));

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs");

/// A file of HTML with a heading.
struct Page {
    path: Vec<String>,
    title: String,
}

/// The pages of a folder and of those in it, in the order of their names.
fn pages(folder: &Path) -> io::Result<Vec<Page>> {
    let mut entries: Vec<_> = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    entries.sort_unstable();
    let mut found = Vec::new();
    for entry in entries {
        let name = entry.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if entry.is_dir() {
            let inner = pages(&entry)?.into_iter();
            found.extend(inner.map(|page| Page { path: [vec![name.clone()], page.path].concat(), ..page }));
        } else if entry.extension().is_some_and(|extension| extension == "html") {
            let text = fs::read_to_string(&entry)?;
            let heading = text.split_once("<h1>").and_then(|(_, rest)| rest.split_once("</h1>"));
            let title = heading.map_or_else(|| name.clone(), |(title, _)| title.to_owned());
            found.push(Page { path: vec![name], title });
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use crate::testing::Shop;

    #[tokio::test]
    async fn every_file_of_the_folder_is_a_page_that_is_listed() {
        let shop = Shop::open().await;
        let list = shop.get("/docs").send().await;
        for (path, title) in [
            ("/docs/getting-started", "Getting started"),
            ("/docs/products/prices", "Prices"),
            ("/docs/products/slugs", "Slugs"),
            ("/docs/api/errors", "Errors"),
            ("/docs/api/search", "Search"),
        ] {
            assert!(list.text().contains(&format!("<a href=\"{path}\">{title}</a>")), "{path}");
            let page = shop.get(path).send().await;
            assert_eq!((page.status().as_u16(), page.header("content-type")), (200, Some("text/html; charset=utf-8")));
            assert!(page.text().contains(&format!("<h1>{title}</h1>")), "{path}");
        }
        assert_eq!(list.text().matches("<li>").count(), 5);
    }

    #[tokio::test]
    async fn a_page_is_not_sent_to_who_has_it() {
        let shop = Shop::open().await;
        let style = shop.get("/docs/style.css").send().await;
        assert_eq!(style.header("content-type"), Some("text/css; charset=utf-8"));
        let etag = style.header("etag").expect("an entity tag");
        assert_eq!(shop.get("/docs/style.css").header("if-none-match", etag).send().await.status(), 304);
    }

    #[tokio::test]
    async fn there_is_no_way_out_of_the_folder() {
        let shop = Shop::open().await;
        for path in [
            "/docs/nowhere",
            "/docs/products",
            "/docs/products%2Fprices",
            "/docs/products/prices.txt",
            "/docs/%2e%2e/Cargo.toml",
            "/docs/..%2fCargo.toml",
            "/docs/..%5cCargo.toml",
            "/docs/getting-started%00",
            "/docs/%2Fetc%2Fpasswd",
        ] {
            let answer = shop.get(path).send().await;
            assert!(matches!(answer.status().as_u16(), 400 | 404), "{path}: {}", answer.status());
            assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{path}");
        }
    }
}
