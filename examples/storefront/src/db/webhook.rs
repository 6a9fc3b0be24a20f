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
    /// Deals with an event, once: whether it was new.
    pub(crate) async fn handle(&self, provider: &str, id: &str, kind: &str) -> sqlx::Result<bool> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        // The guard of the webhook has let it pass, but it forgets in time, and without Redis when the shop closes.
        let row: Option<i64> = sqlx::query_scalar(
            "INSERT INTO webhook (provider, id, kind, handled_at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (provider, id) DO NOTHING RETURNING number",
        )
        .bind(provider)
        .bind(id)
        .bind(kind)
        .bind(now())
        .fetch_optional(&mut *transaction)
        .await?;
        if let Some(number) = row {
            forget(&mut transaction, number).await?;
        }
        transaction.commit().await?;
        Ok(row.is_some())
    }

    /// The last events, the newest first.
    pub(crate) async fn handled(&self, most: u32) -> sqlx::Result<Vec<Handled>> {
        sqlx::query_as("SELECT * FROM webhook ORDER BY number DESC LIMIT ?1").bind(most).fetch_all(&self.pool).await
    }
}

/// Whoever may send events may send many: the oldest are forgotten.
async fn forget(transaction: &mut SqliteConnection, last: i64) -> sqlx::Result<()> {
    if last % 100 == 0 {
        sqlx::query("DELETE FROM webhook WHERE number <= ?1 - ?2").bind(last).bind(KEPT).execute(transaction).await?;
    }
    Ok(())
}

const KEPT: u32 = 10_000;

pub(super) const TABLE: &str = "CREATE TABLE IF NOT EXISTS webhook (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    provider TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    handled_at TEXT NOT NULL,
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
    use crate::db::tests::open;

    #[tokio::test]
    async fn an_event_is_dealt_with_once_and_the_newest_stands_first() {
        let (db, _folder) = open().await;
        let mut new = Vec::new();
        for (provider, id) in [("stripe", "1"), ("stripe", "2"), ("github", "1"), ("stripe", "1")] {
            new.push(db.handle(provider, id, "ping").await.unwrap());
        }
        assert_eq!(new, [true, true, true, false]);
        let log = db.handled(2).await.unwrap();
        let log: Vec<_> = log.iter().map(|event| (event.provider.as_str(), event.id.as_str())).collect();
        assert_eq!(log, [("github", "1"), ("stripe", "2")]);
    }
}
