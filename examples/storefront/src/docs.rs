//! `/docs`: the pages of the folder `docs`.

use core::fmt::Write;

use rutter::{Segments, prelude::*};

/// A page, compiled in.
struct Doc {
    path: &'static str,
    title: &'static str,
    body: &'static str,
}

/// The list of pages, or one of them.
#[route(GET, "/docs/[[...path]]")]
fn docs(path: Segments<'_>) -> Result<Html<String>, Problem> {
    let path: Vec<_> = path.collect();
    if path.is_empty() {
        return Ok(contents());
    }
    // The path is compared and never joined to the name of a folder: there is no way out of it.
    let doc = DOCS.iter().find(|doc| doc.path.split('/').eq(&path));
    let doc = doc.ok_or_else(|| Problem::not_found("there is no such page; /docs lists all of them"))?;
    Ok(document(doc.title, doc.body))
}

fn contents() -> Html<String> {
    let mut list = String::from("<ul>\n");
    for doc in DOCS {
        let segments: Vec<_> = doc.path.split('/').collect();
        let _ = writeln!(list, "<li><a href=\"{}\">{}</a></li>", docs::path(segments), doc.title);
    }
    document("Documentation", &(list + "</ul>\n"))
}

fn document(title: &str, body: &str) -> Html<String> {
    Html(include_str!("docs.html").replace("{title}", title).replace("{body}", body))
}

macro_rules! doc {
    ($path:literal, $title:literal) => {
        Doc { path: $path, title: $title, body: include_str!(concat!("../docs/", $path, ".html")) }
    };
}

const DOCS: &[Doc] = &[
    doc!("getting-started", "Getting started"),
    doc!("products/prices", "Prices"),
    doc!("products/slugs", "Slugs"),
    doc!("api/errors", "Errors"),
    doc!("api/search", "Search"),
];

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;
    use crate::testing::Shop;

    #[test]
    fn every_file_of_the_folder_is_a_page() {
        fn collect(folder: &Path, prefix: &str, pages: &mut Vec<String>) {
            for entry in fs::read_dir(folder).expect("the folder is there") {
                let path = entry.expect("it can be read").path();
                let name = format!("{prefix}{}", path.file_stem().expect("it has a name").display());
                if path.is_dir() { collect(&path, &format!("{name}/"), pages) } else { pages.push(name) }
            }
        }
        let mut files = Vec::new();
        collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("docs"), "", &mut files);
        let mut pages: Vec<&str> = DOCS.iter().map(|doc| doc.path).collect();
        files.sort_unstable();
        pages.sort_unstable();
        assert_eq!(files, pages);
    }

    #[tokio::test]
    async fn every_page_that_is_listed_is_there() {
        let shop = Shop::open().await;
        let list = shop.get("/docs").send().await;
        for doc in DOCS {
            let path = format!("/docs/{}", doc.path);
            assert!(list.text().contains(&format!("<a href=\"{path}\">{}</a>", doc.title)), "{path}");
            assert_eq!(shop.get(&path).send().await.status(), 200, "{path}");
        }
    }

    #[tokio::test]
    async fn there_is_no_way_out_of_the_folder() {
        let shop = Shop::open().await;
        for path in [
            "/docs/nowhere",
            "/docs/products",
            "/docs/products%2Fprices",
            "/docs/products/prices.html",
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
