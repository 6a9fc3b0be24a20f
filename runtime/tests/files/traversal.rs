//! No request target leads out of a folder, however it is spelled.

use rutter::Symlinks;

use crate::{
    common::start,
    folder::{CANARY, House, below},
};

/// Targets that lead, or would lead somewhere, to a file outside of the folder.
const TARGETS: &[&str] = &[
    // Steps upwards.
    "/../secret.txt",
    "/../../secret.txt",
    "/guide/../../secret.txt",
    "/guide/../../../secret.txt",
    "/./../secret.txt",
    "/../docs/../secret.txt",
    "/../secret/canary.txt",
    "/../docs-beside/canary.txt",
    "/..",
    "/../",
    "/.",
    "/guide/..",
    "/guide/../..",
    "/...",
    "/..../secret.txt",
    "/.../secret.txt",
    // Escaped.
    "/%2e%2e/secret.txt",
    "/%2E%2E/secret.txt",
    "/%2e./secret.txt",
    "/.%2e/secret.txt",
    "/%2E./secret.txt",
    "/%2e%2e%2fsecret.txt",
    "/..%2fsecret.txt",
    "/..%2Fsecret.txt",
    "/%2e%2e%2f%2e%2e%2fsecret.txt",
    "/guide%2f..%2f..%2fsecret.txt",
    "/guide/..%2f..%2fsecret.txt",
    "/.%2f..%2fsecret.txt",
    "/%2fsecret.txt",
    "/%2f..%2fsecret.txt",
    "/..%2f",
    "/%2e%2e%2f",
    "/%2e%2e",
    "/%2e",
    // Escaped twice and three times.
    "/%252e%252e/secret.txt",
    "/%252e%252e%252fsecret.txt",
    "/..%252fsecret.txt",
    "/..%25252fsecret.txt",
    "/%25%32%65%25%32%65/secret.txt",
    "/%252e%252e%255csecret.txt",
    // Backslashes.
    "/..%5csecret.txt",
    "/..%5Csecret.txt",
    "/%2e%2e%5csecret.txt",
    "/..\\secret.txt",
    "/guide\\..\\..\\secret.txt",
    "/%5c..%5csecret.txt",
    "/\\..\\secret.txt",
    "/..%5c..%5csecret.txt",
    "/%5c%5clocalhost%5cc$%5csecret.txt",
    // Other spellings of a dot and a slash, and bytes that are no UTF-8.
    "/%c0%ae%c0%ae/secret.txt",
    "/%c0%ae%c0%ae%c0%afsecret.txt",
    "/..%c0%afsecret.txt",
    "/..%c1%9csecret.txt",
    "/%e0%80%ae%e0%80%ae/secret.txt",
    "/..%ef%bc%8fsecret.txt",
    "/%ef%bc%8e%ef%bc%8e/secret.txt",
    "/..%e2%88%95secret.txt",
    "/%u002e%u002e/secret.txt",
    "/..%u2215secret.txt",
    "/%ff%fe/secret.txt",
    // NUL and other controls.
    "/../secret.txt%00",
    "/%00",
    "/page.html%00",
    "/..%00/secret.txt",
    "/page.html%00.png",
    "/%00../secret.txt",
    "/..%0d%0a/secret.txt",
    "/..%09/secret.txt",
    "/%0a../secret.txt",
    // Absolute paths, drives, shares, streams.
    "//etc/passwd",
    "/%2Fetc%2Fpasswd",
    "///etc/passwd",
    "/C:/secret.txt",
    "/C:%5csecret.txt",
    "/c%3a%5csecret.txt",
    "/C:secret.txt",
    "/page.html::$DATA",
    "/page.html:stream",
    "/%5c%5c%3f%5cC:%5csecret.txt",
    "/file:///etc/passwd",
    "/file:%2F%2F%2Fetc%2Fpasswd",
    "/~/secret.txt",
    "/~root/secret.txt",
    "/proc/self/cwd/secret.txt",
    "/dev/stdin",
    "/nul",
    "/con.txt",
    // Dots, spaces and semicolons at the end of a segment.
    "/..;/secret.txt",
    "/..;a=b/secret.txt",
    "/guide;/../../secret.txt",
    "/.. /secret.txt",
    "/..%20/secret.txt",
    "/..%2e/secret.txt",
    "/page.html.",
    "/page.html%20",
    "/secret.txt",
    "/page.html/",
    "/page.html/..",
    // Doubled slashes.
    "//../secret.txt",
    "/..//secret.txt",
    "/guide//..//..//secret.txt",
    "//secret.txt",
    "/.//../secret.txt",
    // Hidden names.
    "/.hidden",
    "/.git/config",
    "/%2egit/config",
    "/%2Egit%2Fconfig",
    "/guide/../.git/config",
    "/.git",
    "/.git/",
    "/.GIT/config",
    "/.",
    // Not a path at all.
    "*",
    "secret.txt",
    "../secret.txt",
    "http://localhost/../secret.txt",
    "http://localhost/%2e%2e/secret.txt",
    "/?../secret.txt",
    "/page.html?/../../secret.txt",
    "/#/../secret.txt",
];

#[tokio::test]
async fn no_target_leads_out_of_the_folder() {
    assert!(TARGETS.len() >= 80);
    let house = House::new();
    #[cfg(unix)]
    std::os::unix::fs::symlink("..", house.path("docs/up")).expect("a link can be made");
    let mut targets: Vec<String> = TARGETS.iter().map(|target| (*target).to_owned()).collect();
    targets.extend(["/up/secret.txt", "/up/secret/canary.txt", "/up/docs/page.html"].map(str::to_owned));
    targets.push(format!("/{}", house.path("secret.txt").display()));
    targets.push(format!("/{}", house.path("secret.txt").display().to_string().replace('/', "%2F")));
    let plain = house.docs();
    for directory in [
        plain.clone(),
        plain.clone().symlinks(Symlinks::Refuse),
        plain.clone().index("index.html").extension("html"),
        plain.extension("txt"),
    ] {
        let server = start(rutter::routes![below].state(directory.clone())).await;
        for target in &targets {
            let request = format!("GET {target} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
            let answer = server.send(&request).await;
            let said = [answer.head.as_str(), &answer.text()].concat();
            assert!(!said.contains(CANARY) && !said.contains("a hidden"), "{target} in {directory:?}: {said}");
            assert!(!said.contains("root:"), "{target} in {directory:?}: {said}");
            assert!(
                !said.contains(&*house.root.path().to_string_lossy()) || answer.status() == 308,
                "{target}: {said}"
            );
            // What is tidied leads to a target of its own, and to nothing that was not asked for above.
            let expected: &[u16] = match target.as_str() {
                "/?../secret.txt" | "/page.html?/../../secret.txt" | "/#/../secret.txt" => &[200, 400, 404],
                _ => &[200, 308, 400, 404],
            };
            assert!(expected.contains(&answer.status()), "{target} in {directory:?}: {said}");
        }
    }
}

/// The paths that a handler may give on its own, whatever the router would have done with them before.
#[tokio::test]
async fn no_list_of_segments_leads_out_of_the_folder() {
    let house = House::new();
    let directory = house.docs().index("index.html").extension("txt");
    for path in [
        &["..", "secret.txt"][..],
        &["../secret.txt"],
        &["..", "..", "secret.txt"],
        &["guide", "..", "..", "secret.txt"],
        &["guide/../../secret.txt"],
        &["..\\secret.txt"],
        &[".."],
        &["."],
        &["", "etc", "passwd"],
        &["/etc/passwd"],
        &["page.html\0"],
        &["page.html\0.png"],
        &[".hidden"],
        &[".git", "config"],
        &["guide", ".", "start.html"],
        &["", "page.html"],
        &["page.html", ""],
        &["..", "secret"],
    ] {
        let problem = directory.open(path).await.expect_err("it is refused");
        assert_eq!(problem.to_string(), "404 Not Found: there is no such file", "{path:?}");
    }
}
