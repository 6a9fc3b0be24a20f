//! A Redis of its own for a test: started on a free port, stopped, frozen, killed and started again.

#![allow(dead_code)] // Each test file uses its part.

use core::time::Duration;
use std::{
    env, fs,
    hash::{BuildHasher, Hasher, RandomState},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{self, Child, Command, Stdio},
    thread,
    time::Instant,
};

/// A `redis-server` on loopback that keeps nothing on disk and ends when this is dropped.
pub(crate) struct RedisServer {
    child: Option<Child>,
    port: u16,
    folder: PathBuf,
    arguments: Vec<String>,
}

impl RedisServer {
    /// Starts one and waits until it answers. `None`, said aloud, when the machine has no `redis-server`; in CI that
    /// is a failure.
    pub(crate) fn start() -> Option<Self> {
        Self::start_with(&[])
    }

    /// Starts one with these arguments more.
    pub(crate) fn start_with(arguments: &[&str]) -> Option<Self> {
        loop {
            let mut server = Self::prepare(arguments)?;
            // Somebody else may have taken the port meanwhile.
            if server.launch() {
                return Some(server);
            }
        }
    }

    /// Everything but the start: a URL where nobody answers until [`RedisServer::restart`].
    pub(crate) fn prepare(arguments: &[&str]) -> Option<Self> {
        if !is_installed() {
            assert!(env::var("CI").as_deref() != Ok("true"), "`redis-server` is not on PATH: CI must have it");
            eprintln!("skipped: `redis-server` is not on PATH (`apt-get install redis-server`)");
            return None;
        }
        let port = free_port();
        let folder = env::temp_dir().join(format!("rutter-redis-{}-{port}", process::id()));
        fs::create_dir_all(&folder).expect("a folder can be made");
        let arguments = arguments.iter().map(|&argument| argument.to_owned()).collect();
        Some(RedisServer { child: None, port, folder, arguments })
    }

    pub(crate) fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// Ends it without a word, as the kernel does when memory is short.
    pub(crate) fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().expect("it can be killed");
            child.wait().expect("it ends");
        }
    }

    /// Starts it again, on the same port and empty.
    pub(crate) fn restart(&mut self) {
        assert!(self.launch(), "port {} is taken:\n{}", self.port, self.log());
    }

    /// Starts it and waits until it answers, or has ended by itself.
    fn launch(&mut self) -> bool {
        self.kill();
        let child = Command::new("redis-server")
            .args(["--port", &self.port.to_string(), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
            .arg("--dir")
            .arg(&self.folder)
            .args(&self.arguments)
            .stdin(Stdio::null())
            .stdout(fs::File::create(self.folder.join("log")).expect("a log can be written"))
            .stderr(Stdio::null())
            .spawn()
            .expect("`redis-server` starts");
        self.child = Some(child);
        let begun = Instant::now();
        while !self.answers() {
            assert!(begun.elapsed() < Duration::from_secs(30), "Redis does not answer:\n{}", self.log());
            if self.child.as_mut().is_some_and(|child| child.try_wait().is_ok_and(|status| status.is_some())) {
                return false;
            }
            thread::sleep(Duration::from_millis(10));
        }
        true
    }

    /// Freezes it: connections stand, and nothing answers.
    pub(crate) fn stop(&self) {
        self.signal("-STOP");
    }

    /// Lets it go on.
    pub(crate) fn cont(&self) {
        self.signal("-CONT");
    }

    /// A connection past the store, to look and to meddle.
    pub(crate) fn raw(&self) -> redis::Connection {
        let client = redis::Client::open(self.url()).expect("a URL");
        client.get_connection_with_timeout(Duration::from_secs(5)).expect("Redis answers")
    }

    fn signal(&self, name: &str) {
        let id = self.child.as_ref().expect("it runs").id().to_string();
        let status = Command::new("kill").args([name, &id]).status().expect("`kill` can be run");
        assert!(status.success(), "kill {name} {id}");
    }

    /// Whether it answers, and not another one on the same port.
    fn answers(&self) -> bool {
        let Some(child) = &self.child else { return false };
        let Ok(client) = redis::Client::open(self.url()) else { return false };
        let Ok(mut connection) = client.get_connection_with_timeout(Duration::from_secs(1)) else { return false };
        let info: String = redis::cmd("INFO").arg("server").query(&mut connection).unwrap_or_default();
        info.lines().any(|line| line.strip_prefix("process_id:") == Some(&child.id().to_string()))
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        self.kill();
        drop(fs::remove_dir_all(&self.folder));
    }
}

fn is_installed() -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder| Path::new(&folder).join("redis-server").is_file())
}

/// A port below those that the kernel gives out, so that it is still free when Redis starts again.
fn free_port() -> u16 {
    loop {
        let port = 12_000 + u16::try_from(RandomState::new().build_hasher().finish() % 18_000).unwrap_or_default();
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}
