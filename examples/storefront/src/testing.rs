//! A shop for one test: its own database, no socket.

use core::ops::Deref;

use rutter::testing::{Client, TestResponse};
use tempfile::TempDir;

use crate::db::Db;

/// A client of a freshly seeded shop.
pub(crate) struct Shop {
    client: Client,
    // Removed when the test ends.
    _folder: TempDir,
}

impl Shop {
    pub(crate) async fn open() -> Shop {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let url = format!("sqlite://{}/shop.db", folder.path().display());
        let db = Db::open(&url).await.expect("a database can be made");
        let app = rutter::collect!().state(db).build().expect("the routes are right");
        Shop { client: Client::new(app), _folder: folder }
    }
}

impl Deref for Shop {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

/// What an answer says about having been kept.
pub(crate) fn cache_status(answer: &TestResponse) -> &str {
    answer.header("cache-status").unwrap_or("none")
}
