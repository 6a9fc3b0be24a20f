//! A browser that runs for one test.

use std::{
    env,
    io::{BufRead, BufReader, Read},
    path::PathBuf,
    process::{Child, ChildStderr, Command, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use serde_json::json;
use tempfile::TempDir;

use crate::{Page, devtools::DevTools};

/// A headless browser, which ends when this is dropped.
#[must_use = "the browser ends when this is dropped"]
pub struct Browser {
    devtools: Arc<Mutex<DevTools>>,
    process: Process,
}

/// The program, and the profile that is removed after it.
struct Process {
    child: Child,
    profile: TempDir,
}

impl Browser {
    /// Starts the browser that is on the `PATH`. Where there is none it says so and gives `None`.
    ///
    /// # Panics
    /// With `CI=true` when there is no browser; when it does not start.
    pub fn start() -> Option<Browser> {
        let Some(program) = NAMES.iter().find_map(|name| on_path(name)) else {
            assert!(env::var_os("CI").is_none_or(|ci| ci != "true"), "there is no Chromium, and CI must run this test");
            eprintln!("SKIPPED: this test needs one of {NAMES:?} on the PATH");
            return None;
        };
        let profile = tempfile::tempdir().expect("a folder can be made");
        let child = Command::new(program)
            .args(ARGUMENTS)
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the browser starts");
        let mut process = Process { child, profile };
        let url = devtools_url(process.child.stderr.take().expect("it is piped"));
        Some(Browser { devtools: Arc::new(Mutex::new(DevTools::connect(&url))), process })
    }

    /// Opens a page in a window of its own, and waits until all of it is loaded.
    ///
    /// # Panics
    /// When it cannot be reached.
    pub fn open(&self, url: &str) -> Page {
        Page::open(Arc::clone(&self.devtools), url)
    }
}

/// The browser is asked to end, so that it takes its children with it.
impl Drop for Browser {
    fn drop(&mut self) {
        if let Ok(mut devtools) = self.devtools.lock() {
            let _ = devtools.call(None, "Browser.close", &json!({}));
        }
        let asked = Instant::now();
        while asked.elapsed() < Duration::from_secs(5) && matches!(self.process.child.try_wait(), Ok(None)) {
            thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        // A child of the browser may be writing still.
        let _ = std::fs::remove_dir_all(self.profile.path());
    }
}

/// Where the browser listens, which it prints once it does.
fn devtools_url(stderr: ChildStderr) -> String {
    let mut stderr = BufReader::new(stderr);
    let mut said = String::new();
    for line in stderr.by_ref().lines().map_while(Result::ok) {
        if let Some(url) = line.strip_prefix("DevTools listening on ") {
            // What it goes on to say must not fill the pipe.
            thread::spawn(move || stderr.read_to_end(&mut Vec::new()));
            return url.to_owned();
        }
        said += &(line + "\n");
    }
    panic!("the browser ended before it listened, after\n{said}");
}

fn on_path(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

const ARGUMENTS: [&str; 14] = [
    "--headless",
    // The sandbox needs rights that a container does not give.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // A page that is behind another is as quick as the one in front.
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
    "--hide-scrollbars",
    "--lang=en-US",
    "--remote-debugging-port=0",
];
