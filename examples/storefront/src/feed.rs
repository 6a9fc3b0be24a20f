//! What the shop tells those who listen: each change of a product, and how many there are.

use core::{convert::Infallible, time::Duration};
use std::sync::Arc;

use rutter::{Broadcast, Event, Lag, LastEventId, Listener, Result};
use serde::Serialize;
use tokio::{
    sync::{Mutex, MutexGuard},
    time::{self, MissedTickBehavior},
};

use crate::db::{Db, HISTORY, Happened};

/// The events of the shop; a clone is another handle to the same ones.
///
/// The database is where they happen, for other instances have it too. This reads them there and remembers the last, so
/// that a thousand listeners are one query.
#[derive(Debug, Clone)]
pub(crate) struct Feed {
    db: Db,
    products: Broadcast,
    stats: Broadcast,
    /// The id of the last event that was read, locked while more are read.
    last: Arc<Mutex<i64>>,
}

/// One who listens.
pub(crate) struct Visitor {
    products: Listener,
    stats: Listener,
    /// The id of the event that its first is behind.
    pub(crate) after: String,
    /// Whether it has asked for more than is remembered.
    pub(crate) has_missed: bool,
}

#[derive(Serialize)]
struct Stats {
    products: u64,
    visitors: usize,
}

impl Feed {
    /// The feed of a database, with what has happened there lately.
    pub(crate) async fn open(db: &Db) -> Result<Feed> {
        let begin = db.history().await?;
        // One more than the database remembers: the event that tells of what it has forgotten.
        let products = Broadcast::new(HISTORY as usize + 1).begin_after(begin);
        let feed = Feed { db: db.clone(), products, stats: Broadcast::new(1), last: Arc::new(Mutex::new(begin)) };
        drop(feed.read().await?);
        Ok(feed)
    }

    /// Tells what happens, for as long as it is polled.
    pub(crate) async fn run(&self) -> Infallible {
        let mut ticks = time::interval(Duration::from_secs(2));
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let is_time = tokio::select! {
                () = self.db.changed() => false,
                _ = ticks.tick() => true,
            };
            // A database that fails now may answer again in two seconds.
            if let Err(error) = self.read().await {
                tracing::warn!(%error, "what has happened to the products cannot be read");
            }
            if is_time && let Err(error) = self.count().await {
                tracing::warn!(%error, "the products cannot be counted");
            }
        }
    }

    /// Listens to what comes after an event, or without an id from now on.
    pub(crate) async fn listen(&self, last: &LastEventId) -> Result<Visitor> {
        let stats = self.stats.subscribe();
        // What a visitor has seen at another instance this one may not have read yet. Nothing is told meanwhile.
        let newest = self.read().await?;
        let mut products = self.products.subscribe_after(last);
        let has_missed = products.has_missed();
        if has_missed {
            products = self.products.subscribe();
        }
        let after = last.as_str().filter(|_| !has_missed).map_or_else(|| newest.to_string(), str::to_owned);
        Ok(Visitor { products: products.lag(Lag::Disconnect), stats, after, has_missed })
    }

    /// Reads what has happened since it was last read, at whichever instance.
    async fn read(&self) -> Result<MutexGuard<'_, i64>> {
        let mut last = self.last.lock().await;
        for Happened { id, product } in self.db.happened_after(*last).await? {
            // So much has happened elsewhere that some of it is gone from the database.
            if id != *last + 1 {
                self.products.send(reset().id(id - 1))?;
            }
            self.products.send(Event::data(product).event("product").id(id))?;
            *last = id;
        }
        Ok(last)
    }

    async fn count(&self) -> Result<()> {
        let visitors = self.stats.listeners();
        if visitors > 0 {
            let products = self.db.count().await?;
            self.stats.send(Event::json(&Stats { products, visitors }).event("stats"))?;
        }
        Ok(())
    }
}

impl Visitor {
    /// The next event; `None` when this visitor is so slow that it has to come back.
    pub(crate) async fn next(&mut self) -> Option<Event> {
        tokio::select! {
            biased;
            product = self.products.next() => product,
            stats = self.stats.next() => stats,
        }
    }
}

/// Tells a client that it has missed something, and that nobody remembers what.
pub(crate) fn reset() -> Event {
    Event::data(r#"{"type":"reset"}"#).event("reset")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::product::{Changes, Price};

    #[tokio::test]
    async fn who_listens_is_told_what_the_database_has_forgotten() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let url = format!("sqlite://{}/shop.db", folder.path().display());
        let (db, other) = (Db::open(&url).await.unwrap(), Db::open(&url).await.unwrap());
        // It does not run: so it learns of all that happens at once.
        let feed = Feed::open(&db).await.unwrap();
        let mut visitor = feed.listen(&LastEventId::default()).await.unwrap();
        for price in 1..=1_200 {
            let changes = Changes { price: Some(Price::of(price)), ..Changes::default() };
            other.update(1, &changes).await.unwrap().expect("seeded");
        }
        drop(feed.read().await.unwrap());
        let reset = "event: reset\nid: 200\ndata: {\"type\":\"reset\"}\n\n";
        assert_eq!(visitor.next().await.expect("an event").to_string(), reset);
        for id in 201..=1_200 {
            let event = visitor.next().await.expect("an event").to_string();
            assert!(event.starts_with(&format!("event: product\nid: {id}\n")), "{event}");
        }
    }
}
