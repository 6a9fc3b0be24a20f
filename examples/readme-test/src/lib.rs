//! Tries the commands of an example's README and compares what they answer.
//!
//! The blocks marked `console` run in order against the real program. A line that starts with `$ `
//! is a command, which goes on in the next line after a `\`; what follows is its output, but for
//! empty lines at its end. There, `…` stands for any text within a line, and alone in a line for
//! any number of lines. The program is started on a free port with the variable `ADDR`, and prints
//! `listening on http://ADDRESS`; in the README it listens on `127.0.0.1:3000`.

mod server;
mod step;

use std::{
    env, fs,
    path::Path,
    process::{Command, Stdio},
};

pub use server::Server;

/// A README and the program that it is about.
#[must_use = "a README is tried by `check`"]
pub struct Readme {
    text: String,
    program: Command,
    ends: bool,
}

impl Readme {
    /// The README in this folder, about this program: `env!("CARGO_MANIFEST_DIR")` and
    /// `env!("CARGO_BIN_EXE_…")`.
    ///
    /// # Panics
    /// When there is no README.
    pub fn new(folder: &str, program: &str) -> Self {
        let text = fs::read_to_string(Path::new(folder).join("README.md")).expect("there is a README");
        let mut program = Command::new(program);
        program.current_dir(folder);
        Readme { text, program, ends: false }
    }

    /// Sets a variable of the program's environment.
    pub fn env(mut self, name: &str, value: impl AsRef<str>) -> Self {
        self.program.env(name, value.as_ref());
        self
    }

    /// The program must end well on SIGTERM.
    pub fn ends_on_sigterm(mut self) -> Self {
        self.ends = true;
        self
    }

    /// Runs every command. Where there is no `curl` the test is skipped, but not with `CI=true`.
    ///
    /// # Panics
    /// When a command answers otherwise, or fewer than `least` commands are found.
    pub fn check(mut self, least: usize) {
        if !has_curl() {
            assert!(env::var_os("CI").is_none_or(|ci| ci != "true"), "`curl` is missing, and CI must run this test");
            eprintln!("SKIPPED: the commands of the README need `curl`");
            return;
        }
        let steps = step::steps(&self.text);
        assert!(steps.len() >= least, "only {} commands were found in the README", steps.len());
        let server = Server::start(&mut self.program);
        let wrong: Vec<String> = steps.iter().filter_map(|step| step.check(&server.address)).collect();
        assert!(wrong.is_empty(), "{} of {} answer otherwise\n\n{}", wrong.len(), steps.len(), wrong.join("\n"));
        if self.ends {
            server.stop();
        }
    }
}

fn has_curl() -> bool {
    Command::new("curl").arg("--version").stdout(Stdio::null()).status().is_ok_and(|status| status.success())
}
