//! Two instances of the shop that share a Redis and a database: over sockets, and while Redis dies.

#![cfg(unix)]

use core::{
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    time::Duration,
};
use std::{
    env,
    fs::File,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::Instant,
};

use readme_test::Server;
use tempfile::TempDir;

#[test]
fn what_one_instance_has_kept_the_other_serves() {
    let Some(shops) = Shops::open() else { return };
    let [mut a, mut b] = shops.clients();
    for target in
        ["/", "/api/products", "/api/catalog/brass-sextant", "/api/catalog/nowhere", "/api/report", "/api/time"]
    {
        until(target, || is_shared(&mut a, &mut b, target, &[]));
    }
    for language in ["en", "fr", "de"] {
        until(language, || is_shared(&mut a, &mut b, "/api/greeting", &[("accept-language", language)]));
    }
}

#[test]
fn what_one_instance_changes_the_next_request_to_the_other_sees() {
    let Some(shops) = Shops::open() else { return };
    let [mut a, mut b] = shops.clients();
    until("answers are shared", || is_shared(&mut a, &mut b, "/api/time", &[]));
    let mut hits = 0;
    for round in 0..50 {
        b.get("/api/products");
        hits += usize::from(b.get("/api/products").is_hit());
        let slug = a.add(&format!("Buoy {round}"));
        assert!(b.get("/api/products").body.contains(&slug), "{round}");
        (a, b) = (b, a);
    }
    assert!(hits > 25, "only {hits} answers were kept");
}

#[test]
fn redis_is_killed_under_load_and_no_request_is_lost() {
    let Some(mut shops) = Shops::open() else { return };
    let addresses = [shops.a.address().to_owned(), shops.b.address().to_owned()];
    let (stop, answered) = (AtomicBool::new(false), AtomicUsize::new(0));
    let answers = |more: usize| {
        let enough = answered.load(Ordering::Relaxed) + more;
        until("requests are answered", || answered.load(Ordering::Relaxed) >= enough || stop.load(Ordering::Relaxed));
    };
    thread::scope(|scope| {
        for client in 0..8 {
            let (address, stop, answered) = (&addresses[client % 2], &stop, &answered);
            scope.spawn(move || {
                let _ends = EndsAll(stop);
                visit(address, client, stop, answered);
            });
        }
        let _ends = EndsAll(&stop);
        for _ in 0..2 {
            answers(400);
            shops.redis.kill();
            answers(400);
            shops.redis.launch();
        }
        answers(400);
    });
    let [mut a, mut b] = shops.clients();
    until("answers are shared again", || is_shared(&mut a, &mut b, "/api/time", &[]));
    for round in 0..10 {
        b.get("/api/products");
        let slug = a.add(&format!("Fender {round}"));
        assert!(b.get("/api/products").body.contains(&slug), "{round}");
        (a, b) = (b, a);
    }
}

#[test]
fn the_shop_opens_while_redis_is_away() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let shop = Server::start(&mut shop(folder.path(), "redis://127.0.0.1:1"));
    let mut client = Client::of(&shop);
    for round in 0..3 {
        let slug = client.add(&format!("Buoy {round}"));
        assert!(client.get("/api/products").body.contains(&slug));
    }
}

#[test]
fn the_shop_does_not_open_where_the_url_of_redis_is_none() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    for url in ["", "localhost:6379", "http://localhost:6379", "redis://ada:hunter2@:x"] {
        let output = shop(folder.path(), url).stderr(Stdio::piped()).output().expect("it can be run");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && said.starts_with("Error: `REDIS_URL` cannot be used: "), "{url}: {said}");
        assert!(!said.contains("hunter2"), "{said}");
    }
}

/// A visitor who stays on one connection, and sees what they have added as soon as they have.
fn visit(address: &str, name: usize, stop: &AtomicBool, answered: &AtomicUsize) {
    let mut client = Client::connect(address);
    for round in 0.. {
        if stop.load(Ordering::Relaxed) {
            return;
        }
        match round % 20 {
            0 => {
                let slug = client.add(&format!("Shackle {name} {round}"));
                assert!(client.get("/api/products").body.contains(&slug), "{name}, {round}");
            }
            1 => assert_eq!(client.get("/api/catalog/signal-lamp").status, 200),
            2 => assert_eq!(client.send("GET", "/api/greeting", &[("accept-language", "fr")], "").status, 200),
            3 => assert_eq!(client.get("/api/catalog/nowhere").status, 404),
            _ => assert_eq!(client.get("/api/products").status, 200),
        }
        answered.fetch_add(1, Ordering::Relaxed);
    }
}

/// Lets the others end when one of them does.
struct EndsAll<'s>(&'s AtomicBool);

impl Drop for EndsAll<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Whether what one makes anew is what the other serves.
///
/// Not each time: it is given to others behind the answer, and who asks at that moment may make it once more.
fn is_shared(a: &mut Client, b: &mut Client, target: &str, headers: &[(&str, &str)]) -> bool {
    let order = a.send("POST", "/api/revalidate", &[JSON], &format!(r#"{{"path": "{target}"}}"#));
    assert_eq!(order.status, 204);
    let made = a.send("GET", target, headers, "");
    let found = b.send("GET", target, headers, "");
    let is_same = (found.status, &found.body, found.header("etag")) == (made.status, &made.body, made.header("etag"));
    found.is_hit() && found.header("age").is_some() && is_same
}

/// Two instances, their Redis and their database.
struct Shops {
    a: Server,
    b: Server,
    redis: Redis,
    // Removed when the test ends.
    _folder: TempDir,
}

impl Shops {
    /// `None` where there is no Redis to be had.
    fn open() -> Option<Shops> {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let redis = Redis::start(folder.path())?;
        let [a, b] = [(), ()].map(|()| Server::start(&mut shop(folder.path(), &redis.url())));
        Some(Shops { a, b, redis, _folder: folder })
    }

    fn clients(&self) -> [Client; 2] {
        [&self.a, &self.b].map(Client::of)
    }
}

/// The program. What it logs is shown only where it matters.
fn shop(folder: &Path, redis: &str) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_storefront"));
    let database = format!("sqlite://{}/shop.db", folder.display());
    program.env("DATABASE_URL", database).env("REDIS_URL", redis).stderr(Stdio::null());
    program
}

/// A Redis on a port of its own, which keeps nothing on disk.
struct Redis {
    child: Option<Child>,
    port: u16,
    log: File,
}

impl Redis {
    fn start(folder: &Path) -> Option<Redis> {
        if Command::new("redis-server").arg("--version").stdout(Stdio::null()).status().is_err() {
            assert!(
                env::var_os("CI").is_none_or(|ci| ci != "true"),
                "`redis-server` is missing, and CI must run this test"
            );
            eprintln!("SKIPPED: two instances that share answers need `redis-server`");
            return None;
        }
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let port = listener.local_addr().expect("it has an address").port();
        let log = File::create(folder.join("redis.log")).expect("a file can be written");
        let mut redis = Redis { child: None, port, log };
        drop(listener);
        redis.launch();
        Some(redis)
    }

    fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// Starts it, empty, and waits until it answers.
    fn launch(&mut self) {
        let port = self.port.to_string();
        let mut command = Command::new("redis-server");
        command.args(["--port", &port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]);
        let log = self.log.try_clone().expect("it is open");
        let mut child = command.stdout(log).stderr(Stdio::null()).spawn().expect("`redis-server` starts");
        until("Redis answers", || {
            let ended = child.try_wait().expect("it is our child");
            assert!(ended.is_none(), "port {port} is taken");
            let Ok(mut stream) = TcpStream::connect(("127.0.0.1", self.port)) else { return false };
            let mut answer = [0; 5];
            stream.write_all(b"PING\r\n").is_ok() && stream.read_exact(&mut answer).is_ok() && &answer == b"+PONG"
        });
        self.child = Some(child);
    }

    /// Ends it as `kill -9` does.
    fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().expect("it runs");
            child.wait().expect("it ends");
        }
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        self.kill();
    }
}

/// One connection that is kept, and must be.
struct Client {
    stream: BufReader<TcpStream>,
}

#[derive(Debug)]
struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

const JSON: (&str, &str) = ("content-type", "application/json");

impl Client {
    fn of(server: &Server) -> Client {
        Client::connect(server.address())
    }

    fn connect(address: &str) -> Client {
        let stream = TcpStream::connect(address).expect("the shop listens");
        stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a time limit");
        stream.set_nodelay(true).expect("a socket");
        Client { stream: BufReader::new(stream) }
    }

    fn get(&mut self, target: &str) -> Answer {
        self.send("GET", target, &[], "")
    }

    /// Adds a product; its slug.
    fn add(&mut self, name: &str) -> String {
        let new = format!(r#"{{"name": "{name}", "price": 1, "category": "rigging"}}"#);
        let made = self.send("POST", "/api/products", &[JSON], &new);
        assert_eq!(made.status, 201, "{made:?}");
        let (_, slug) = made.body.split_once(r#""slug":""#).expect("a product");
        slug.split('"').next().expect("a slug").to_owned()
    }

    /// No answer is a 5xx, and no connection breaks.
    fn send(&mut self, method: &str, target: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut request = format!("{method} {target} HTTP/1.1\r\nhost: shop\r\ncontent-length: {}\r\n", body.len());
        for (name, value) in headers {
            request.extend([name, ": ", value, "\r\n"]);
        }
        request.extend(["\r\n", body]);
        self.stream.get_mut().write_all(request.as_bytes()).expect("the connection stands");
        let answer = self.answer();
        assert!(answer.status < 500, "{method} {target}: {answer:?}");
        answer
    }

    fn answer(&mut self) -> Answer {
        let status = self.line();
        let status = status.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status line");
        let headers: Vec<_> = core::iter::from_fn(|| {
            let line = self.line();
            let (name, value) = line.split_once(": ")?;
            Some((name.to_owned(), value.to_owned()))
        })
        .collect();
        let mut answer = Answer { status, headers, body: String::new() };
        let length = answer.header("content-length").map_or(0, |length| length.parse().expect("a number"));
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).expect("the whole body comes");
        answer.body = String::from_utf8(body).expect("text");
        answer
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        let read = self.stream.read_line(&mut line).expect("the connection stands");
        assert!(read > 0, "the connection was closed");
        line.trim_end().to_owned()
    }
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn is_hit(&self) -> bool {
        self.header("cache-status").is_some_and(|status| status.starts_with("rutter; hit"))
    }
}

/// Waits until this holds.
fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < Duration::from_mins(1), "it does not come: {what}");
        thread::sleep(Duration::from_millis(20));
    }
}
