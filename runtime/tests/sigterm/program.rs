//! The program that is ended: this test's own executable, run once more as a server.

use core::{
    net::SocketAddr,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};
use std::{
    env,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
    thread::JoinHandle,
    time::Instant,
};

use rutter::{Server, Sse, prelude::*, routes};

static WORKED: AtomicUsize = AtomicUsize::new(0);

/// Takes a moment, so that some are in progress when the end comes.
#[route(GET, "/work")]
async fn work() -> String {
    tokio::time::sleep(Duration::from_millis(3)).await;
    "x".repeat(10_000)
}

#[route(POST, "/orders")]
async fn order(_good: Bytes, after: After) -> StatusCode {
    after.run(async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        WORKED.fetch_add(1, Ordering::SeqCst);
    });
    StatusCode::ACCEPTED
}

/// Says nothing, and never ends by itself.
#[route(GET, "/events")]
fn events() -> Sse {
    Sse::channel(async move |_events| core::future::pending().await)
}

#[route(GET, "/stuck")]
async fn stuck() {
    core::future::pending::<()>().await;
}

#[route(POST, "/stuck")]
fn stuck_later(after: After) -> StatusCode {
    after.run(core::future::pending());
    StatusCode::ACCEPTED
}

/// Not a test: the server, in a process of its own.
#[test]
#[ignore = "the other tests start it"]
fn program() {
    let Ok(manner) = env::var("MANNER") else { return };
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_ansi(false).init();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let app = routes![work, order, events, stuck, stuck_later].build().expect("the routes fit together");
        let server = Server::bind("127.0.0.1:0").await.expect("a free port");
        println!("\nlistening on {}", server.local_addr());
        let server = match manner.as_str() {
            "hasty" => server.drain(Duration::from_millis(800)),
            // Clients on a machine that builds other things may take their time between two requests.
            _ => server.linger(Duration::from_secs(2)),
        };
        server.serve(app).await.expect("the server ends well");
    });
    println!("\nworked {} times", WORKED.load(Ordering::SeqCst));
}

/// The program while it runs.
pub(crate) struct Program {
    child: Child,
    pub(crate) address: SocketAddr,
    output: JoinHandle<Vec<String>>,
    log: JoinHandle<String>,
}

/// How the program ended.
pub(crate) struct Ended {
    pub(crate) success: bool,
    pub(crate) output: Vec<String>,
    pub(crate) log: String,
}

impl Program {
    pub(crate) fn start(manner: &str) -> Program {
        let mut command = Command::new(env::current_exe().expect("this test is a file"));
        command.args(["program::program", "--exact", "--ignored", "--nocapture"]).env("MANNER", manner);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it can be run");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines().map_while(Result::ok);
        let address = lines.find_map(|line| line.strip_prefix("listening on ")?.parse().ok()).expect("an address");
        let output = std::thread::spawn(move || lines.filter(|line| line.starts_with("worked")).collect());
        let mut errors = child.stderr.take().expect("piped");
        let log = std::thread::spawn(move || {
            let mut log = String::new();
            errors.read_to_string(&mut log).expect("text");
            log
        });
        Program { child, address, output, log }
    }

    /// A request and a piece of work that never end.
    pub(crate) fn stick(&self) -> TcpStream {
        let mut later = TcpStream::connect(self.address).expect("it listens");
        later.write_all(b"POST /stuck HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").expect("it listens");
        assert!(rest(&mut later).starts_with("HTTP/1.1 202"));
        let mut client = TcpStream::connect(self.address).expect("it listens");
        client.write_all(b"GET /stuck HTTP/1.1\r\nhost: a\r\n\r\n").expect("it listens");
        // Long enough for the request to have arrived.
        std::thread::sleep(Duration::from_millis(200));
        client
    }

    pub(crate) fn terminate(&self) {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        assert!(asked.is_ok_and(|status| status.success()), "the program still runs");
    }

    pub(crate) fn runs(&self) -> bool {
        !self.output.is_finished()
    }

    pub(crate) fn ended(mut self) -> Ended {
        let begun = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("it is our child") {
                break status;
            }
            if begun.elapsed() > Duration::from_secs(20) {
                let _ = self.child.kill();
                panic!("the program does not end");
            }
            std::thread::sleep(Duration::from_millis(10));
        };
        let output = self.output.join().expect("it reads");
        Ended { success: status.success(), output, log: self.log.join().expect("it reads") }
    }
}

/// What comes until the connection ends.
pub(crate) fn rest(client: &mut TcpStream) -> String {
    let mut rest = Vec::new();
    let _ = client.read_to_end(&mut rest);
    String::from_utf8_lossy(&rest).into_owned()
}
