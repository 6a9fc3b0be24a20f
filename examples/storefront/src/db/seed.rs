//! A new shop: its tables, and what it sells.

use sqlx::SqlitePool;

use crate::db::{event, slug::slug, webhook};

/// Makes the tables that are missing, and fills the one of the products: a shop that was emptied stays empty.
pub(super) async fn create(pool: &SqlitePool) -> sqlx::Result<()> {
    // Immediate: of two programs that start at once, one makes the tables and the other finds them.
    let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
    // On their own: there are shops that are older than these.
    sqlx::query(event::TABLE).execute(&mut *transaction).await?;
    sqlx::query(webhook::TABLE).execute(&mut *transaction).await?;
    let tables: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM sqlite_master WHERE name = 'product'")
        .fetch_one(&mut *transaction)
        .await?;
    if tables > 0 {
        return transaction.commit().await;
    }
    sqlx::query(TABLE).execute(&mut *transaction).await?;
    for (name, price, category, created_at) in PRODUCTS {
        sqlx::query("INSERT INTO product (slug, name, price, category, created_at) VALUES (?1, ?2, ?3, ?4, ?5)")
            .bind(slug(name))
            .bind(name)
            .bind(price)
            .bind(category)
            .bind(created_at)
            .execute(&mut *transaction)
            .await?;
    }
    transaction.commit().await
}

// `AUTOINCREMENT`: the id of a deleted product is never given to another, so an old link leads to a 404.
const TABLE: &str = "CREATE TABLE product (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    price INTEGER NOT NULL CHECK (price >= 0),
    category TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT";

/// Name, price in cents, category, time of arrival.
const PRODUCTS: [(&str, i64, &str, &str); 8] = [
    ("Brass sextant", 12_900, "navigation", "2026-01-31T09:00:00Z"),
    ("Marine chronometer", 48_500, "navigation", "2026-02-02T10:15:00Z"),
    ("Parallel rule", 2_400, "navigation", "2026-02-05T08:30:00Z"),
    ("Chart of the Western Approaches", 3_600, "charts", "2026-02-09T14:45:00Z"),
    ("Rutter of the North Sea", 5_200, "books", "2026-02-12T11:00:00Z"),
    ("Signal lamp", 7_800, "lights", "2026-02-17T16:20:00Z"),
    ("Oilskin coat", 11_000, "clothing", "2026-02-20T09:40:00Z"),
    ("Captain's log", 1_850, "books", "2026-02-24T13:05:00Z"),
];
