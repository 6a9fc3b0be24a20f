//! One server running under callgrind, its connection, and what it did between two marks.

use std::env;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::client::{Answer, Client};
use crate::cost::Counts;
use crate::dump;
use crate::exchange::{self, Exchange};
use crate::failure::Failure;
use crate::interrupt::Interrupt;

/// A server under callgrind, with one keep-alive connection to it; dropping it ends the process.
#[derive(Debug)]
pub(crate) struct Server {
    name: String,
    process: Process,
    address: SocketAddr,
    client: Client,
    /// The connections of earlier marks: closing one would make the server work at a moment of its own.
    marks: Vec<Client>,
    next_dump: u32,
    interrupt: Interrupt,
}

/// The program of a server, which stands beside this one.
pub(crate) fn program(server: &str) -> Result<PathBuf, Failure> {
    if cfg!(debug_assertions) {
        return Err(Failure::Debug);
    }
    let program = env::current_exe()?.with_file_name(format!("{server}{}", env::consts::EXE_SUFFIX));
    if program.is_file() { Ok(program) } else { Err(Failure::Missing { server: server.to_owned(), program }) }
}

impl Server {
    /// Starts `program` on a free port and connects to it.
    pub(crate) fn start(name: &str, program: &Path, interrupt: &Interrupt) -> Result<Self, Failure> {
        let mut process = Process::start(name, program)?;
        let Some(address) = process.address()? else {
            return Err(Failure::Start { server: name.to_owned(), log: process.log()? });
        };
        let client = Client::connect(address).map_err(|error| Failure::Connection {
            server: name.to_owned(),
            exchange: "the first connection",
            error,
        })?;
        Ok(Self {
            name: name.to_owned(),
            process,
            address,
            client,
            marks: Vec::new(),
            next_dump: 1,
            interrupt: interrupt.clone(),
        })
    }

    /// Has the server make an answer that it will keep: the first is told otherwise than the later ones.
    pub(crate) fn fill(&mut self, exchange: &Exchange) -> Result<(), Failure> {
        ask(&self.name, &mut self.client, exchange).map(drop)
    }

    /// Sends the request this many times, one after the other, and compares every answer.
    pub(crate) fn exchange(&mut self, exchange: &Exchange, times: u32) -> Result<(), Failure> {
        for _ in 0..times {
            self.interrupt.check()?;
            send(&self.name, &mut self.client, exchange)?;
        }
        Ok(())
    }

    /// What the server did since the last mark, and a new mark.
    ///
    /// A mark is a connection: callgrind writes a dump and starts again from zero whenever the server calls
    /// `accept4`. Unlike a signal or a debugger's request, that happens at the same instruction each time.
    pub(crate) fn mark(&mut self) -> Result<Counts, Failure> {
        let text = &exchange::routes()[0];
        let mut client = Client::connect(self.address).map_err(|error| Failure::Connection {
            server: self.name.clone(),
            exchange: "a further connection",
            error,
        })?;
        // Its answer means that the server is done with accepting.
        send(&self.name, &mut client, text)?;
        self.marks.push(client);
        self.read_dumps()
    }

    /// The sum of the dumps that are new: a server that accepts until there is none left writes more than one.
    fn read_dumps(&mut self) -> Result<Counts, Failure> {
        let mut counts = Counts::default();
        let first = self.next_dump;
        loop {
            let path = self.process.folder.join(format!("dump.{}", self.next_dump));
            match fs::read(&path) {
                Ok(dump) => counts += dump::read(&String::from_utf8_lossy(&dump)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => break,
                Err(error) => return Err(error.into()),
            }
            self.next_dump += 1;
        }
        if self.next_dump == first {
            return Err(Failure::Dump { server: self.name.clone() });
        }
        Ok(counts)
    }
}

fn send(server: &str, client: &mut Client, exchange: &Exchange) -> Result<(), Failure> {
    let answer = ask(server, client, exchange)?;
    if exchange.is_right(server, &answer) {
        return Ok(());
    }
    Err(Failure::Answer { server: server.to_owned(), exchange: Box::new(exchange.clone()), answer })
}

fn ask(server: &str, client: &mut Client, exchange: &Exchange) -> Result<Answer, Failure> {
    client.send(&exchange.request).map_err(|error| Failure::Connection {
        server: server.to_owned(),
        exchange: exchange.name,
        error,
    })
}

/// A running valgrind and the folder it writes to; dropping it ends the one and removes the other.
#[derive(Debug)]
struct Process {
    child: Child,
    folder: PathBuf,
}

impl Process {
    fn start(name: &str, program: &Path) -> Result<Self, Failure> {
        let folder = env::temp_dir().join(format!("rutter-cost-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder)?;
        let child = Command::new("valgrind")
            .arg("--tool=callgrind")
            .arg(format!("--callgrind-out-file={}", folder.join("dump").display()))
            .args(["--dump-before=accept4", "--compress-strings=no", "--vgdb=no", "--quiet"])
            .arg(program)
            .arg("127.0.0.1:0")
            .env("GLIBC_TUNABLES", GLIBC_TUNABLES)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(File::create(folder.join("log"))?)
            .spawn();
        match child {
            Ok(child) => Ok(Self { child, folder }),
            Err(error) => {
                fs::remove_dir_all(&folder)?;
                Err(Failure::Valgrind(error))
            }
        }
    }

    /// Where the server says that it listens, or `None` when it ends without a word.
    fn address(&mut self) -> io::Result<Option<SocketAddr>> {
        let Some(output) = self.child.stdout.as_mut() else {
            return Ok(None);
        };
        for line in BufReader::new(output).lines() {
            if let Some(address) = line?.strip_prefix("listening on ") {
                return Ok(address.parse().ok());
            }
        }
        Ok(None)
    }

    /// What the server and valgrind wrote to their standard error.
    fn log(&self) -> io::Result<String> {
        fs::read_to_string(self.folder.join("log"))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // A process that has ended by itself, or a folder that is gone, is what is wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Valgrind counts every byte that `rep stosb` and `rep movsb` move as an instruction; so the C library is told to
/// copy with ordinary ones, however large the copy.
const GLIBC_TUNABLES: &str =
    "glibc.cpu.x86_rep_stosb_threshold=1000000000:glibc.cpu.x86_rep_movsb_threshold=1000000000";
