//! The program of an example while its README is tried.

use std::{
    io::{BufRead, BufReader, Read},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// A program that runs, on a port that was free, until this is dropped.
#[must_use = "the program ends when this is dropped"]
pub struct Server {
    child: Child,
    pub(crate) address: String,
}

impl Server {
    /// Starts the program with `ADDR=127.0.0.1:0` and waits until it prints its address.
    ///
    /// # Panics
    /// When it ends without one.
    pub fn start(command: &mut Command) -> Server {
        Server::start_on(command, "127.0.0.1:0")
    }

    /// Starts the program with this `ADDR`: the one of a program that has been [stopped](Server::stop), so that its
    /// clients find it again.
    ///
    /// # Panics
    /// When it ends without an address.
    pub fn start_on(command: &mut Command, address: &str) -> Server {
        let mut child = command.env("ADDR", address).stdout(Stdio::piped()).spawn().expect("the program starts");
        let mut output = BufReader::new(child.stdout.take().expect("its output is piped"));
        let address = printed_address(&mut output);
        // What the program goes on to say must not fill the pipe.
        thread::spawn(move || output.read_to_end(&mut Vec::new()));
        Server { child, address }
    }

    /// Where it listens: `127.0.0.1:41234`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Asks the program to end, as an operator would, and waits until it has.
    ///
    /// # Panics
    /// When it does not, or not well.
    pub fn stop(mut self) {
        let asked = Command::new("sh").args(["-c", &format!("kill -TERM {}", self.child.id())]).status();
        assert!(asked.is_ok_and(|status| status.success()), "the program still runs");
        let start = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("it is our child") {
                break status;
            }
            assert!(start.elapsed() < Duration::from_secs(10), "the program does not end on SIGTERM");
            thread::sleep(Duration::from_millis(20));
        };
        assert!(status.success(), "the program ended with {status}");
    }
}

/// A test that fails leaves no program behind.
impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The address that the program prints once it listens.
fn printed_address(output: &mut impl BufRead) -> String {
    let mut said = String::new();
    for line in output.lines().map_while(Result::ok) {
        if let Some(address) = line.strip_prefix("listening on http://") {
            return address.to_owned();
        }
        said += &(line + "\n");
    }
    panic!("the program ended without an address, after\n{said}");
}
