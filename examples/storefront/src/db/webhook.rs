//! What other services have told the shop: the table behind `/api/webhooks/log`.

use serde::Serialize;
use sqlx::{FromRow, Row, SqliteConnection, sqlite::SqliteRow};

use crate::db::{Db, now};

/// An event of another service that the shop has dealt with.
#[derive(Debug, Serialize)]
pub(crate) struct Handled {
    /// Who told it: `stripe`, `github`.
    pub(crate) provider: String,
    /// The event's id, as the provider gave it.
    pub(crate) id: String,
    /// What has happened: `invoice.paid`, `push`.
    #[serde(rename = "type")]
    pub(crate) kind: String,
    /// RFC 3339.
    pub(crate) at: String,
}

impl Db {
    /// Writes an event down; its number, unless it is known already.
    pub(crate) async fn receive(&self, provider: &str, id: &str, kind: &str) -> sqlx::Result<Option<i64>> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        // The guard of the webhook has let it pass, but it forgets in time, and without Redis when the shop closes.
        let number = sqlx::query_scalar(
            "INSERT INTO webhook (provider, id, kind) VALUES (?1, ?2, ?3)
             ON CONFLICT (provider, id) DO NOTHING RETURNING number",
        )
        .bind(provider)
        .bind(id)
        .bind(kind)
        .fetch_optional(&mut *transaction)
        .await?;
        if let Some(number) = number {
            forget(&mut transaction, number).await?;
        }
        transaction.commit().await?;
        Ok(number)
    }

    /// Deals with an event, if nobody else has. A shop that does more with one does it in the same transaction.
    pub(crate) async fn deal_with(&self, number: i64) -> sqlx::Result<()> {
        let query = sqlx::query("UPDATE webhook SET handled_at = ?2 WHERE number = ?1 AND handled_at IS NULL");
        query.bind(number).bind(now()).execute(&self.pool).await?;
        Ok(())
    }

    /// The events that were written down and not dealt with, the oldest first.
    pub(crate) async fn left_over(&self) -> sqlx::Result<Vec<i64>> {
        let query = sqlx::query_scalar("SELECT number FROM webhook WHERE handled_at IS NULL ORDER BY number");
        query.fetch_all(&self.pool).await
    }

    /// The last events that were dealt with, the newest first.
    pub(crate) async fn handled(&self, most: u32) -> sqlx::Result<Vec<Handled>> {
        let query = sqlx::query_as("SELECT * FROM webhook WHERE handled_at IS NOT NULL ORDER BY number DESC LIMIT ?1");
        query.bind(most).fetch_all(&self.pool).await
    }
}

/// Whoever may send events may send many: the oldest are forgotten.
async fn forget(transaction: &mut SqliteConnection, last: i64) -> sqlx::Result<()> {
    if last % 100 == 0 {
        sqlx::query("DELETE FROM webhook WHERE number <= ?1 - ?2 AND handled_at IS NOT NULL")
            .bind(last)
            .bind(KEPT)
            .execute(transaction)
            .await?;
    }
    Ok(())
}

const KEPT: u32 = 10_000;

pub(super) const TABLE: &str = "CREATE TABLE IF NOT EXISTS webhook (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    provider TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    handled_at TEXT,
    UNIQUE (provider, id)
) STRICT";

impl FromRow<'_, SqliteRow> for Handled {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Handled> {
        Ok(Handled {
            provider: row.try_get("provider")?,
            id: row.try_get("id")?,
            kind: row.try_get("kind")?,
            at: row.try_get("handled_at")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::db::tests::{open, reopen};

    #[tokio::test]
    async fn an_event_is_written_down_once_and_dealt_with_even_if_the_shop_closes_in_between() {
        let (db, folder) = open().await;
        let mut new = Vec::new();
        for (provider, id) in [("stripe", "1"), ("stripe", "2"), ("github", "1"), ("stripe", "1")] {
            new.push(db.receive(provider, id, "ping").await.unwrap());
        }
        assert_eq!(new, [Some(1), Some(2), Some(3), None]);
        db.deal_with(2).await.unwrap();
        db.close().await;
        let db = reopen(&folder).await;
        assert_eq!(db.left_over().await.unwrap(), [1, 3]);
        for number in db.left_over().await.unwrap() {
            db.deal_with(number).await.unwrap();
        }
        let log = db.handled(2).await.unwrap();
        let log: Vec<_> = log.iter().map(|event| (event.provider.as_str(), event.id.as_str())).collect();
        assert_eq!(log, [("github", "1"), ("stripe", "2")]);
    }
}
