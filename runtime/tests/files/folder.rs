//! The files below a folder, as its settings say.

use std::{fs, path::Path};

use rutter::{Symlinks, prelude::*, testing::Client};
use tempfile::TempDir;

/// Any file below the folder, or the folder itself.
#[route(GET, "/[[...path]]", register = false)]
pub(crate) async fn below(path: Segments<'_>, folder: State<Directory>) -> Result<File, Problem> {
    folder.open(path).await
}

/// A folder with pages, beside one that is none of anybody's business.
pub(crate) struct House {
    pub(crate) root: TempDir,
}

pub(crate) const CANARY: &str = "canary: nobody may read this";

impl House {
    pub(crate) fn new() -> House {
        let root = tempfile::tempdir().expect("a folder can be made");
        for (path, text) in [
            ("docs/index.html", "the index"),
            ("docs/page.html", "a page"),
            ("docs/both", "without extension"),
            ("docs/both.html", "with extension"),
            ("docs/guide/index.html", "the guide"),
            ("docs/guide/start.html", "the start"),
            ("docs/bare/one.txt", "one"),
            ("docs/a b.txt", "a space"),
            ("docs/é.txt", "an accent"),
            ("docs/v1.2.html", "a version"),
            ("docs/.hidden", "a hidden file"),
            ("docs/.git/config", "a hidden folder"),
            ("secret.txt", CANARY),
            ("secret/canary.txt", CANARY),
            ("docs-beside/canary.txt", CANARY),
        ] {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().expect("it has one")).expect("a folder can be made");
            fs::write(path, text).expect("a file can be written");
        }
        House { root }
    }

    pub(crate) fn path(&self, path: &str) -> std::path::PathBuf {
        self.root.path().join(path)
    }

    pub(crate) fn docs(&self) -> Directory {
        Directory::new(self.path("docs")).expect("the folder is there")
    }
}

pub(crate) fn client(directory: Directory) -> Client {
    Client::new(rutter::routes![below].state(directory).build().expect("the routes fit together"))
}

async fn text(client: &Client, target: &str) -> Option<String> {
    let answer = client.get(target).await;
    match answer.status().as_u16() {
        200 => Some(answer.text().to_owned()),
        404 => None,
        other => panic!("{target}: {other}"),
    }
}

/// A pipe that nobody writes to.
#[cfg(unix)]
pub(crate) fn fifo(path: &Path) {
    let made = std::process::Command::new("mkfifo").arg(path).status().expect("`mkfifo` runs");
    assert!(made.success());
}

#[tokio::test]
async fn files_are_found_by_their_path() {
    let house = House::new();
    let client = client(house.docs());
    for (target, expected) in [
        ("/page.html", Some("a page")),
        ("/guide/start.html", Some("the start")),
        ("/a%20b.txt", Some("a space")),
        ("/%C3%A9.txt", Some("an accent")),
        ("/%70age.html", Some("a page")),
        ("/", None),
        ("/guide", None),
        ("/page", None),
        ("/none", None),
        ("/page.html/more", None),
    ] {
        assert_eq!(text(&client, target).await.as_deref(), expected, "{target}");
    }
    assert_eq!(client.get("/page.html").await.header("content-type"), Some("text/html; charset=utf-8"));
}

#[tokio::test]
async fn a_folder_answers_with_its_index() {
    let house = House::new();
    let client = client(house.docs().index("index.html"));
    for (target, expected) in [("/", Some("the index")), ("/guide", Some("the guide")), ("/bare", None)] {
        assert_eq!(text(&client, target).await.as_deref(), expected, "{target}");
    }
    assert_eq!(client.get("/guide").await.header("content-type"), Some("text/html; charset=utf-8"));
}

#[tokio::test]
async fn an_extension_may_be_left_out() {
    let house = House::new();
    let client = client(house.docs().extension("html"));
    for (target, expected) in [
        ("/page", Some("a page")),
        ("/page.html", Some("a page")),
        ("/both", Some("without extension")),
        ("/guide/start", Some("the start")),
        ("/v1.2", Some("a version")),
        ("/bare/one", None),
        ("/guide", None),
        ("/", None),
    ] {
        assert_eq!(text(&client, target).await.as_deref(), expected, "{target}");
    }
    assert_eq!(client.get("/page").await.header("content-type"), Some("text/html; charset=utf-8"));
}

#[tokio::test]
async fn names_with_a_dot_before_them_are_hidden_unless_they_are_wanted() {
    let house = House::new();
    let (hidden, shown) = (client(house.docs()), client(house.docs().dot_files(true)));
    for (target, expected) in [("/.hidden", "a hidden file"), ("/.git/config", "a hidden folder")] {
        assert_eq!(text(&hidden, target).await, None, "{target}");
        assert_eq!(text(&shown, target).await.as_deref(), Some(expected), "{target}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn links_are_followed_as_the_folder_says() {
    use std::os::unix::fs::symlink;

    let house = House::new();
    for (link, target) in [
        ("docs/in.html", "page.html"),
        ("docs/chain.html", "in.html"),
        ("docs/up.html", "guide/../page.html"),
        ("docs/there", "guide"),
        ("docs/guide/back.html", "../page.html"),
        ("docs/out.txt", "../secret.txt"),
        ("docs/away", "../secret"),
        ("docs/chain-out.txt", "out.txt"),
        ("docs/dangling", "nowhere"),
        ("docs/round", "round"),
    ] {
        symlink(target, house.path(link)).expect("a link can be made");
    }
    symlink(house.path("secret.txt"), house.path("docs/absolute.txt")).expect("a link can be made");
    let [refuse, inside, anywhere] = [Symlinks::Refuse, Symlinks::Inside, Symlinks::Anywhere]
        .map(|symlinks| client(house.docs().symlinks(symlinks)));
    for (target, by_refuse, by_inside, by_anywhere) in [
        ("/page.html", Some("a page"), Some("a page"), Some("a page")),
        ("/guide/start.html", Some("the start"), Some("the start"), Some("the start")),
        ("/in.html", None, Some("a page"), Some("a page")),
        ("/chain.html", None, Some("a page"), Some("a page")),
        ("/up.html", None, Some("a page"), Some("a page")),
        ("/there/start.html", None, Some("the start"), Some("the start")),
        ("/guide/back.html", None, Some("a page"), Some("a page")),
        ("/out.txt", None, None, Some(CANARY)),
        ("/away/canary.txt", None, None, Some(CANARY)),
        ("/chain-out.txt", None, None, Some(CANARY)),
        ("/absolute.txt", None, None, Some(CANARY)),
        ("/dangling", None, None, None),
        ("/round", None, None, None),
    ] {
        assert_eq!(text(&refuse, target).await.as_deref(), by_refuse, "refuse {target}");
        assert_eq!(text(&inside, target).await.as_deref(), by_inside, "inside {target}");
        assert_eq!(text(&anywhere, target).await.as_deref(), by_anywhere, "anywhere {target}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn what_is_no_file_is_not_there_and_nobody_waits_for_it() {
    let house = House::new();
    fifo(&house.path("docs/fifo"));
    let _socket = std::os::unix::net::UnixListener::bind(house.path("docs/socket")).expect("a socket can be made");
    std::os::unix::fs::symlink("/dev/zero", house.path("docs/zero")).expect("a link can be made");
    for symlinks in [Symlinks::Refuse, Symlinks::Inside, Symlinks::Anywhere] {
        let client = client(house.docs().symlinks(symlinks));
        for target in ["/fifo", "/socket", "/zero"] {
            let answer = tokio::time::timeout(core::time::Duration::from_secs(5), client.get(target).send()).await;
            let answer = answer.expect("nobody waits for the other end");
            assert_eq!(answer.status(), 404, "{target} {symlinks:?}");
        }
    }
}

#[tokio::test]
async fn a_folder_that_is_exchanged_is_served_as_it_was() {
    let house = House::new();
    let client = client(house.docs());
    fs::rename(house.path("docs"), house.path("old")).expect("it can be renamed");
    fs::rename(house.path("secret"), house.path("docs")).expect("it can be renamed");
    assert_eq!(text(&client, "/page.html").await.as_deref(), Some("a page"));
    assert_eq!(text(&client, "/canary.txt").await, None);
}

#[test]
fn without_its_folder_nothing_starts() {
    let house = House::new();
    for (path, said) in [("none", "No such file"), ("secret.txt", "Not a directory")] {
        let error = Directory::new(house.path(path)).expect_err("it is no folder").to_string();
        assert!(error.starts_with("the folder `") && error.contains(path) && error.contains(said), "{error}");
    }
}

#[tokio::test]
async fn a_path_is_given_as_it_is_at_hand() {
    let house = House::new();
    let docs = house.docs();
    assert!(docs.open("guide/start.html").await.is_ok());
    assert!(docs.open(["guide", "start.html"]).await.is_ok());
    assert!(docs.open(vec!["guide".to_owned(), "start.html".to_owned()]).await.is_ok());
    assert!(docs.open(Some(vec!["page.html".to_owned()])).await.is_ok());
    for path in ["/page.html", "guide//start.html", "guide/", "../docs/page.html", "./page.html", ""] {
        assert_eq!(docs.open(path).await.expect_err("no file").status_code(), 404, "{path}");
    }
    assert!(docs.open(["guide/start.html"]).await.is_err(), "a slash inside of a segment is no step");
}
