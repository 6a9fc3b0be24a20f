//! What each test does: a request, its refusal, and a look whether the server still serves.

use super::*;

pub(crate) const PROBLEM: &str = "application/problem+json";

/// A GET of this target is refused with a problem.
pub(crate) async fn refused(server: &Running, target: &str, status: u16) {
    let answer = exchange(server, &get(target)).await;
    if status == 308 {
        assert_eq!(answer.status(), 308, "{target}");
    } else {
        assert_refused(&answer, status, target);
    }
    still_serves(server).await;
}

/// hyper answers before anything of ours sees the request, without a body.
pub(crate) async fn refused_by_hyper(server: &Running, target: &str, status: u16) {
    let answer = exchange(server, &get(target)).await;
    assert_eq!((answer.status(), answer.closed), (status, true), "{}", target.get(..80).unwrap_or(target));
    still_serves(server).await;
}

/// A POST of this body is refused with a problem.
pub(crate) async fn refused_body(server: &Running, path: &str, kind: &str, body: impl AsRef<[u8]>, status: u16) {
    let body = body.as_ref();
    let answer = exchange(server, &post(path, kind, body)).await;
    assert_refused(&answer, status, &format!("{path} {kind} {}", body[..body.len().min(80)].escape_ascii()));
    still_serves(server).await;
}

pub(crate) fn get(target: &str) -> Vec<u8> {
    format!("GET {target} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").into_bytes()
}

pub(crate) fn post(path: &str, kind: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("POST {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-type: {kind}\r\n");
    [format!("{head}content-length: {}\r\n\r\n", body.len()).as_bytes(), body].concat()
}

/// Sends and reads at the same time: the server may answer before it has heard everything.
pub(crate) async fn exchange(server: &Running, request: &[u8]) -> Answer {
    let (mut reader, mut writer) = server.connect().await.into_split();
    let send = async {
        let _ = writer.write_all(request).await;
        writer
    };
    let receive = async {
        let mut bytes = Vec::new();
        let mut buffer = vec![0; 64 * 1024];
        loop {
            match timeout(Duration::from_secs(5), reader.read(&mut buffer)).await {
                Ok(Ok(0) | Err(_)) => return (bytes, true),
                Ok(Ok(len)) => bytes.extend_from_slice(&buffer[..len]),
                Err(_) => return (bytes, false),
            }
        }
    };
    let both = async { tokio::join!(send, receive).1 };
    let (mut bytes, closed) = timeout(Duration::from_secs(20), both).await.expect("the server takes or refuses");
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").map_or(bytes.len(), |end| end + 4);
    let body = bytes.split_off(end);
    Answer { head: String::from_utf8_lossy(&bytes).into_owned(), body, closed }
}

#[track_caller]
pub(crate) fn assert_refused(answer: &Answer, status: u16, what: &str) {
    let told = answer.text();
    assert_eq!(answer.status(), status, "{what}: {} {told}", answer.head);
    assert!(answer.is_problem(), "{what}: {}", answer.head);
    assert!(answer.body.len() < 64 * 1024, "{what}: {} bytes", answer.body.len());
    for inside in
        ["InnermostSecret", "Search", "struct", "rutter", "serde", "multer", "hyper", "panicked", ".rs", "u8", "::"]
    {
        assert!(!told.contains(inside), "{what} tells of `{inside}`: {told}");
    }
}

pub(crate) async fn still_serves(server: &Running) {
    let answer = server.get("/alive").await;
    assert_eq!((answer.status(), answer.text()), (200, "alive".to_owned()));
    no_panics();
}

pub(crate) fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

thread_local! {
    /// The panics of one test, wherever they are caught: it runs on one thread, with its server.
    static PANICS: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

pub(crate) fn note_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            // An assertion of a test is none of the server's.
            if panic.location().is_some_and(|place| !place.file().contains("tests")) {
                PANICS.with_borrow_mut(|panics| panics.push(panic.to_string()));
            }
            usual(panic);
        }));
    });
}

#[track_caller]
pub(crate) fn no_panics() {
    let panics = PANICS.take();
    assert!(panics.is_empty(), "{panics:#?}");
}
