//! What has happened to the products, in order: the table behind `/api/events`.

use sqlx::{FromRow, Row, SqliteConnection, sqlite::SqliteRow};

use crate::{db::Db, product::Product};

/// A product was added or changed.
#[derive(Debug)]
pub(crate) struct Happened {
    pub(crate) id: i64,
    /// The product as it was then, in JSON.
    pub(crate) product: String,
}

impl Db {
    /// Waits until this handle or a clone of it has changed a product.
    pub(crate) async fn changed(&self) {
        self.changed.notified().await;
    }

    /// What has happened after the event with this id, the oldest first.
    pub(crate) async fn happened_after(&self, id: i64) -> sqlx::Result<Vec<Happened>> {
        sqlx::query_as("SELECT * FROM event WHERE id > ?1 ORDER BY id").bind(id).fetch_all(&self.pool).await
    }

    /// The id of the event behind which the history begins.
    pub(crate) async fn history(&self) -> sqlx::Result<i64> {
        let query = "SELECT COALESCE(MAX(MIN(id) - 1, MAX(id) - ?1), 0) FROM event";
        sqlx::query_scalar(query).bind(HISTORY).fetch_one(&self.pool).await
    }
}

/// How many events are remembered for those who come back.
pub(crate) const HISTORY: u32 = 1_000;

/// The id of the last event, 0 before the first.
pub(super) async fn last(connection: &mut SqliteConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT COALESCE(MAX(id), 0) FROM event").fetch_one(connection).await
}

/// Records what has become of a product, in the transaction that has changed it.
///
/// The database has one writer at a time, so ids are in the order of the commits: who reads behind the last id that it
/// has seen misses nothing.
pub(super) async fn record(transaction: &mut SqliteConnection, product: &Product) -> sqlx::Result<()> {
    let json = serde_json::to_string(product).map_err(|error| sqlx::Error::Encode(error.into()))?;
    let id: i64 = sqlx::query_scalar("INSERT INTO event (product) VALUES (?1) RETURNING id")
        .bind(json)
        .fetch_one(&mut *transaction)
        .await?;
    // Now and then is enough.
    if id % 100 == 0 {
        sqlx::query("DELETE FROM event WHERE id <= ?1 - ?2").bind(id).bind(HISTORY).execute(transaction).await?;
    }
    Ok(())
}

// `AUTOINCREMENT`: ids have no gaps, and none is given twice, so they say whether something is missing.
pub(super) const TABLE: &str = "CREATE TABLE IF NOT EXISTS event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    product TEXT NOT NULL
) STRICT";

impl FromRow<'_, SqliteRow> for Happened {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Happened> {
        Ok(Happened { id: row.try_get("id")?, product: row.try_get("product")? })
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        db::tests::{new, open, reopen},
        product::{Changes, Price},
    };

    #[tokio::test]
    async fn a_shop_that_is_older_than_its_events_goes_on() {
        let (db, folder) = open().await;
        sqlx::query("DROP TABLE event").execute(&db.pool).await.unwrap();
        db.close().await;
        let db = reopen(&folder).await;
        assert_eq!(db.listing(50).await.unwrap().last_event, 0);
        let product = db.insert(&new("Tide table")).await.unwrap();
        let happened = db.happened_after(0).await.unwrap();
        assert_eq!((happened.len(), happened[0].id), (1, 1));
        assert_eq!(happened[0].product, serde_json::to_string(&product).unwrap());
    }

    #[tokio::test]
    async fn as_many_events_are_kept_as_are_remembered_and_hardly_more() {
        let (db, _folder) = open().await;
        assert_eq!(db.history().await.unwrap(), 0);
        for price in 1..=1_250 {
            let changes = Changes { price: Some(Price::of(price)), ..Changes::default() };
            db.update(1, &changes).await.unwrap().expect("seeded");
        }
        let kept = db.happened_after(0).await.unwrap();
        assert_eq!((kept[0].id, kept.len()), (201, 1_050));
        assert_eq!(db.history().await.unwrap(), 250);
    }
}
