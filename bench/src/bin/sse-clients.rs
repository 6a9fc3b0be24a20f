//! What a client that listens to server-sent events costs in memory: a thousand of them, who come and leave ten times.
//!
//! `sse-clients [CLIENTS] [TARGET]`: the target is `/events`, or `/plain` for what a connection costs that has been
//! answered and waits. The clients are a process of their own.

use std::{
    env,
    error::Error,
    fs,
    io::{self, BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use rutter::{Broadcast, Server, prelude::*};

/// One client's task, which waits for news; there are none.
#[route(GET, "/events")]
fn events(news: State<Broadcast>) -> Sse {
    let mut listener = news.subscribe();
    Sse::channel(async move |mut events| {
        events.send(Event::data("hello")).await?;
        while let Some(event) = listener.next().await {
            events.send(event).await?;
        }
        Ok(())
    })
}

/// The same first event, and nothing more.
#[route(GET, "/plain", dynamic)]
fn plain() -> &'static str {
    "data: hello\n\n"
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = env::args().skip(1);
    let clients = args.next().map_or(Ok(1_000), |clients| clients.parse())?;
    let target = args.next().unwrap_or_else(|| "/events".to_owned());
    match args.next() {
        Some(address) => listen(clients, &target, address.parse()?),
        None => measure(clients, &target),
    }
}

/// Serves, and looks at its own memory while the clients come and leave.
fn measure(clients: usize, target: &str) -> Result<(), Box<dyn Error>> {
    let news = Broadcast::new(16);
    let app = rutter::routes![events, plain].state(news.clone()).build()?;
    let (tell, told) = std::sync::mpsc::channel();
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async move {
            let server = Server::bind("127.0.0.1:0").await.expect("a free port");
            tell.send(server.local_addr()).expect("the address is waited for");
            server.serve(app).await.expect("it serves");
        });
    });
    let address = told.recv()?;
    println!("{clients} clients of {target}");
    for round in 1..=ROUNDS {
        let before = resident()?;
        let mut child = Clients::start(clients, target, address)?;
        let during = resident()?;
        let listeners = news.listeners();
        let left = Instant::now();
        child.leave()?;
        while news.listeners() > 0 && left.elapsed() < Duration::from_secs(10) {
            thread::sleep(Duration::from_millis(1));
        }
        let gone = left.elapsed();
        // The connections go a little later than their streams.
        thread::sleep(Duration::from_millis(300));
        println!(
            "round {round}: {before} KiB before, {during} KiB with {listeners} listeners: {} bytes a client; {} KiB \
             after, {} listeners left within {gone:.0?}",
            during.saturating_sub(before) * 1024 / clients,
            resident()?,
            news.listeners(),
        );
    }
    Ok(())
}

/// So many that it shows whether memory grows with each.
const ROUNDS: usize = 10;

/// The process with the clients.
struct Clients(Child);

impl Clients {
    /// Starts it, and waits until all of them have had the first event.
    fn start(clients: usize, target: &str, address: SocketAddr) -> io::Result<Clients> {
        let mut child = Command::new(env::current_exe()?)
            .args([&clients.to_string(), target, &address.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        if let Some(output) = child.stdout.take() {
            BufReader::new(output).read_line(&mut line)?;
        }
        assert_eq!(line, "ready\n", "all clients have the first event");
        Ok(Clients(child))
    }

    /// Ends it, and with it all connections.
    fn leave(&mut self) -> io::Result<()> {
        drop(self.0.stdin.take());
        self.0.wait().map(drop)
    }
}

impl Drop for Clients {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The clients: each asks and reads the first event, then all wait until the input ends.
fn listen(clients: usize, target: &str, address: SocketAddr) -> Result<(), Box<dyn Error>> {
    let mut connections = Vec::new();
    for _ in 0..clients {
        let mut stream = TcpStream::connect(address)?;
        write!(stream, "GET {target} HTTP/1.1\r\nhost: localhost\r\n\r\n")?;
        let (mut answer, mut buffer) = (Vec::new(), [0; 1024]);
        while !answer.windows(13).any(|part| part == b"data: hello\n\n") {
            let len = stream.read(&mut buffer)?;
            assert!(len > 0, "the server goes on");
            answer.extend_from_slice(&buffer[..len]);
        }
        connections.push(stream);
    }
    println!("ready");
    io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}

/// What this process has in memory, in KiB.
fn resident() -> Result<usize, Box<dyn Error>> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no `VmRSS` in `/proc`")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}
