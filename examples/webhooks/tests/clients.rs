//! What the senders' own packages sign is accepted, and what is forged from it is refused.

#![cfg(unix)]

use std::{
    env, fs,
    path::Path,
    process::{Command, Stdio},
};

use readme_test::Server;

#[test]
fn what_the_senders_own_packages_sign_is_accepted_and_what_is_forged_is_refused() {
    if !is_installed("node") || !is_installed("npm") {
        assert!(env::var("CI").as_deref() != Ok("true"), "`node` or `npm` is not on PATH: CI must have them");
        eprintln!("SKIPPED: the senders' packages need `node` and `npm` (`apt-get install nodejs npm`)");
        return;
    }
    // What is installed is nobody's business but this test's.
    let folder = tempfile::tempdir().expect("a folder can be made");
    for file in ["package.json", "package-lock.json", "check.mjs"] {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("clients").join(file);
        fs::copy(from, folder.path().join(file)).expect("it can be copied");
    }
    run(folder.path(), "npm", &["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    // The log names every delivery that is refused, which are hundreds.
    let mut program = Command::new(env!("CARGO_BIN_EXE_example-webhooks"));
    let server = Server::start(program.stderr(Stdio::null()));
    run(folder.path(), "node", &["check.mjs", &format!("http://{}", server.address())]);
    server.stop();
}

fn run(folder: &Path, program: &str, arguments: &[&str]) {
    let output = Command::new(program).args(arguments).current_dir(folder).output().expect("it is on PATH");
    let said = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    println!("{said}");
    assert!(output.status.success(), "{program} {}\n{said}\n{errors}", arguments.join(" "));
}

fn is_installed(program: &str) -> bool {
    Command::new(program).arg("--version").stdout(Stdio::null()).status().is_ok_and(|status| status.success())
}
