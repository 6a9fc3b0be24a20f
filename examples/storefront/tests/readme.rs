//! The commands of the README answer what it says.
//!
//! The blocks marked `console` run in order against the real program with a database of its own.
//! A line that starts with `$ ` is a command, which goes on in the next line after a `\`; what
//! follows is its output, but for empty lines at its end. There, `…` stands for any text within a
//! line, and alone in a line for any number of lines.

#![cfg(unix)]

use std::{
    env, fs,
    io::{BufRead, BufReader, Read},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

#[test]
fn the_readme_is_true() {
    if !has_curl() {
        assert!(
            env::var_os("CI").is_none_or(|ci| ci != "true"),
            "`curl` is not on the path, and CI must run this test"
        );
        eprintln!("SKIPPED: the commands of the README need `curl`");
        return;
    }
    let readme = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).expect("there is a README");
    let steps = steps(&readme);
    assert!(steps.len() >= 30, "only {} commands were found in the README", steps.len());

    let server = Server::start();
    let wrong: Vec<String> = steps.iter().filter_map(|step| step.check(&server.address)).collect();
    server.stop();
    assert!(wrong.is_empty(), "{} of {} commands answer otherwise\n\n{}", wrong.len(), steps.len(), wrong.join("\n"));
}

/// A command of the README with the output it promises.
struct Step {
    command: String,
    expected: Vec<String>,
}

impl Step {
    /// What is wrong, if something is.
    fn check(&self, address: &str) -> Option<String> {
        let command = self.command.replace("127.0.0.1:3000", address);
        let output = Command::new("sh").args(["-c", &command]).output().expect("a shell is there");
        let text = String::from_utf8_lossy(&output.stdout).replace('\r', "").replace(address, "127.0.0.1:3000");
        let lines: Vec<&str> = text.trim_end_matches('\n').lines().collect();
        let expected: Vec<&str> = self.expected.iter().map(String::as_str).collect();
        if lines_match(&expected, &lines) {
            return None;
        }
        let errors = String::from_utf8_lossy(&output.stderr);
        Some(format!("$ {}\nexpected:\n{}\nanswered:\n{text}\n{errors}", self.command, expected.join("\n")))
    }
}

/// The commands of the blocks marked `console`.
fn steps(readme: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut in_block = false;
    let mut in_command = false;
    for line in readme.lines() {
        if line.starts_with("```") {
            in_block = line == "```console";
        } else if in_block && let Some(command) = line.strip_prefix("$ ") {
            steps.push(Step { command: command.to_owned(), expected: Vec::new() });
            in_command = command.ends_with('\\');
        } else if in_block && let Some(step) = steps.last_mut() {
            if in_command {
                step.command = format!("{}\n{line}", step.command);
                in_command = line.ends_with('\\');
            } else {
                step.expected.push(line.to_owned());
            }
        }
    }
    for step in &mut steps {
        while step.expected.pop_if(|line| line.is_empty()).is_some() {}
    }
    steps
}

/// Whether lines are as expected; `…` alone stands for any number of them.
fn lines_match(expected: &[&str], lines: &[&str]) -> bool {
    match expected.split_first() {
        None => lines.is_empty(),
        Some((&"…", rest)) => (0..=lines.len()).any(|skipped| lines_match(rest, &lines[skipped..])),
        Some((first, rest)) => {
            lines.first().is_some_and(|line| line_matches(first, line)) && lines_match(rest, &lines[1..])
        }
    }
}

/// Whether a line is as expected; `…` stands for any text.
fn line_matches(expected: &str, line: &str) -> bool {
    match expected.split_once('…') {
        None => expected == line,
        Some((start, rest)) => line.strip_prefix(start).is_some_and(|line| {
            let ends = line.char_indices().map(|(place, _)| place).chain([line.len()]);
            ends.into_iter().any(|place| line_matches(rest, &line[place..]))
        }),
    }
}

/// The program, on a port that was free, with a new database.
struct Server {
    child: Child,
    address: String,
    _folder: tempfile::TempDir,
}

impl Server {
    fn start() -> Server {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let mut child = Command::new(env!("CARGO_BIN_EXE_storefront"))
            .env("ADDR", "127.0.0.1:0")
            .env("DATABASE_URL", format!("sqlite://{}/shop.db", folder.path().display()))
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut output = BufReader::new(child.stdout.take().expect("its output is piped"));
        let address = address(&mut output);
        // What the program goes on to say must not fill the pipe.
        thread::spawn(move || output.read_to_end(&mut Vec::new()));
        Server { child, address, _folder: folder }
    }

    /// Asks the program to end, as an operator would, and waits until it has.
    fn stop(mut self) {
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
fn address(output: &mut impl BufRead) -> String {
    let mut said = String::new();
    for line in output.lines().map_while(Result::ok) {
        if let Some(address) = line.strip_prefix("listening on http://") {
            return address.to_owned();
        }
        said += &(line + "\n");
    }
    panic!("the program ended without an address, after\n{said}");
}

fn has_curl() -> bool {
    Command::new("curl").arg("--version").stdout(Stdio::null()).status().is_ok_and(|status| status.success())
}

#[test]
fn an_ellipsis_stands_for_any_text() {
    for (expected, line, matches) in [
        ("a", "a", true),
        ("a", "ab", false),
        ("a…", "ab", true),
        ("a…c", "abbc", true),
        ("a…c", "abb", false),
        ("…b…", "abc", true),
        ("…", "", true),
        ("…é…", "aéb", true),
    ] {
        assert_eq!(line_matches(expected, line), matches, "{expected} {line}");
    }
    assert!(lines_match(&["a", "…", "d"], &["a", "b", "c", "d"]));
    assert!(lines_match(&["a", "…"], &["a"]));
    assert!(!lines_match(&["a", "…", "d"], &["a", "b"]));
    assert!(!lines_match(&["a"], &["a", "b"]));
}

#[test]
fn commands_go_on_after_a_backslash() {
    let steps = steps("```console\n$ one \\\n  two\nout\n\nput\n\n$ three\n```\n$ four\n```sh\n$ five\n```");
    let commands: Vec<_> = steps.iter().map(|step| (step.command.as_str(), step.expected.join("|"))).collect();
    assert_eq!(commands, [("one \\\n  two", "out||put".to_owned()), ("three", String::new())]);
}
