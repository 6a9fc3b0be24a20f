//! Files over real sockets: whole, in parts, conditional, below a folder, and broken off.

mod attachments;
mod broken;
mod conditions;
mod folder;
mod kept;
mod large;
mod ranges;
mod traversal;
mod whole;

#[path = "../common/mod.rs"]
mod common;

use std::{
    fs,
    path::PathBuf,
    time::{Duration, SystemTime},
};

use common::{Answer, Running, start};
use rutter::{Routes, prelude::*};
use tempfile::TempDir;

/// A folder for one test, and a server of it.
struct Site {
    folder: TempDir,
    server: Running,
}

/// Any file of the folder by its name.
#[route(GET, "/file/[name]", register = false)]
async fn file(name: &str, folder: State<PathBuf>) -> Result<File, Problem> {
    File::open(folder.join(name)).await
}

impl Site {
    /// A folder with these files, which were changed long ago.
    async fn with(routes: Routes, files: &[(&str, &[u8])]) -> Site {
        let folder = tempfile::tempdir().expect("a folder can be made");
        for (name, bytes) in files {
            let path = folder.path().join(name);
            fs::write(&path, bytes).expect("the file can be written");
            age(&path);
        }
        let server = start(routes.state(folder.path().to_owned())).await;
        Site { folder, server }
    }

    async fn of(files: &[(&str, &[u8])]) -> Site {
        Site::with(rutter::routes![file], files).await
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    async fn get(&self, target: &str) -> Answer {
        self.ask("GET", target, &[]).await
    }

    /// A GET with headers.
    async fn with_headers(&self, target: &str, headers: &[(&str, &str)]) -> Answer {
        self.ask("GET", target, headers).await
    }

    async fn ask(&self, method: &str, target: &str, headers: &[(&str, &str)]) -> Answer {
        let headers: Vec<_> = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let headers = headers.concat();
        let head = format!("{method} {target} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n{headers}\r\n");
        self.server.send(head).await
    }
}

/// Sets the time of the last change to noon of 31 January 2026.
fn age(path: &std::path::Path) {
    let noon = SystemTime::UNIX_EPOCH + Duration::from_secs(1_769_860_800);
    let file = fs::File::options().append(true).open(path).expect("the file can be opened");
    file.set_modified(noon).expect("its time can be set");
}

const DATE: &str = "Sat, 31 Jan 2026 12:00:00 GMT";
