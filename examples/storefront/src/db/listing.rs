//! What the page shows: the newest products, and after which event.

use sqlx::SqliteExecutor;

use crate::{
    db::{Db, event},
    product::Product,
};

/// The newest products, as they were after the event with this id.
#[derive(Debug)]
pub(crate) struct Listing {
    pub(crate) products: Vec<Product>,
    /// How many there are in all.
    pub(crate) total: u64,
    pub(crate) last_event: i64,
}

impl Db {
    /// The newest products, and the last event that they show: all of one moment.
    pub(crate) async fn listing(&self, most: u32) -> sqlx::Result<Listing> {
        let mut moment = self.pool.begin().await?;
        let last_event = event::last(&mut moment).await?;
        let total = count(&mut *moment).await?;
        let query = sqlx::query_as("SELECT * FROM product ORDER BY id DESC LIMIT ?1");
        let products = query.bind(most).fetch_all(&mut *moment).await?;
        Ok(Listing { products, total, last_event })
    }

    /// How many products there are.
    pub(crate) async fn count(&self) -> sqlx::Result<u64> {
        count(&self.pool).await
    }
}

async fn count(executor: impl SqliteExecutor<'_>) -> sqlx::Result<u64> {
    let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM product").fetch_one(executor).await?;
    Ok(count.unsigned_abs())
}
