//! A shop for one test: its own database, no socket.

use core::{ops::Deref, time::Duration};
use std::sync::Arc;

use rutter::{
    Body, CookieKeys, Cors, GitHub, Secret, Stripe,
    testing::{Client, TestRequest, TestResponse},
};
use sqlx::{Connection, SqliteConnection};
use tempfile::TempDir;
use tokio::time::timeout;

use crate::{db::Db, feed::Feed, settings::DEVELOPMENT};

/// A client of a freshly seeded shop.
pub(crate) struct Shop {
    client: Client,
    // Removed when the test ends.
    folder: Arc<TempDir>,
}

/// The events of an open stream.
pub(crate) struct Stream {
    body: Body,
    text: String,
}

impl Shop {
    pub(crate) async fn open() -> Shop {
        Shop::of(Arc::new(tempfile::tempdir().expect("a folder can be made"))).await
    }

    /// Another instance of this shop, over the same database.
    pub(crate) async fn beside(&self) -> Shop {
        Shop::of(Arc::clone(&self.folder)).await
    }

    /// Does something to the database behind the back of the shop.
    pub(crate) async fn sql(&self, statement: &'static str) {
        let mut connection = SqliteConnection::connect(&url(&self.folder)).await.expect("there is a database");
        sqlx::query(statement).execute(&mut connection).await.expect("it can be done");
        connection.close().await.expect("it can be closed");
    }

    async fn of(folder: Arc<TempDir>) -> Shop {
        let db = Db::open(&url(&folder)).await.expect("a database can be made");
        let feed = Feed::open(&db).await.expect("what has happened can be read");
        let secret = |text: &str| Secret::new(text).expect("a secret");
        let routes = rutter::collect!().state(db).state(feed.clone());
        let routes = routes.state(CookieKeys::new(secret(&"k".repeat(32))).expect("it is long enough"));
        let routes =
            routes.state(Stripe::new(secret(DEVELOPMENT.stripe))).state(GitHub::new(secret(DEVELOPMENT.github)));
        let origins = Cors::parse("http://localhost:5173").expect("an origin").credentials();
        let app = routes.cors(origins).build().expect("the routes are right");
        // It ends with the test.
        tokio::spawn(async move { feed.run().await });
        Shop { client: Client::new(app), folder }
    }
}

impl Stream {
    pub(crate) async fn open(request: TestRequest) -> Stream {
        Stream { body: request.send_streaming().await.into_body(), text: String::new() }
    }

    /// The next event, as it is sent.
    pub(crate) async fn next(&mut self) -> String {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let event = event.to_owned();
                self.text = rest.to_owned();
                return event;
            }
            let chunk = timeout(Duration::from_secs(30), self.body.chunk()).await.expect("an event comes");
            let chunk = chunk.expect("the stream goes on").expect("the stream does not break off");
            self.text += core::str::from_utf8(&chunk).expect("events are UTF-8");
        }
    }

    /// Whether the stream ends here.
    pub(crate) async fn is_over(&mut self) -> bool {
        self.text.is_empty() && self.body.chunk().await.is_none()
    }

    /// The next event that is not the count of every two seconds.
    pub(crate) async fn next_but_stats(&mut self) -> String {
        loop {
            let event = self.next().await;
            if !event.starts_with("event: stats\n") {
                return event;
            }
        }
    }
}

impl Deref for Shop {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

fn url(folder: &TempDir) -> String {
    format!("sqlite://{}/shop.db", folder.path().display())
}

/// What an answer says about having been kept.
pub(crate) fn cache_status(answer: &TestResponse) -> &str {
    answer.header("cache-status").unwrap_or("none")
}
