//! The products in their database: every query of the application.

mod event;
mod listing;
mod search;
mod seed;
mod slug;
mod webhook;

use std::{collections::HashSet, sync::Arc, time::Duration};

use sqlx::{
    FromRow, Row, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteRow, SqliteSynchronous},
};
use tokio::sync::Notify;

pub(crate) use event::{HISTORY, Happened};
pub(crate) use listing::Listing;
pub(crate) use search::Category;
pub(crate) use webhook::Handled;

use crate::product::{Changes, Label, NewProduct, Price, Product};

/// The database; a clone is another handle to the same one.
#[derive(Debug, Clone)]
pub(crate) struct Db {
    pool: SqlitePool,
    changed: Arc<Notify>,
}

impl Db {
    /// Opens the file of a URL such as `sqlite://storefront.db`; makes and fills it when missing.
    pub(crate) async fn open(url: &str) -> sqlx::Result<Db> {
        let options = url
            .parse::<SqliteConnectOptions>()?
            .create_if_missing(true)
            // Readers do not wait for the writer; writers wait for each other.
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal)
            .busy_timeout(Duration::from_secs(5));
        let pool = SqlitePoolOptions::new().connect_with(options).await?;
        seed::create(&pool).await?;
        Ok(Db { pool, changed: Arc::default() })
    }

    /// Closes the file, so that all of it is in one place.
    pub(crate) async fn close(self) {
        self.pool.close().await;
    }

    /// The newest products, the newest first.
    pub(crate) async fn newest(&self, most: u32) -> sqlx::Result<Vec<Product>> {
        sqlx::query_as("SELECT * FROM product ORDER BY id DESC LIMIT ?1").bind(most).fetch_all(&self.pool).await
    }

    /// Up to `most` products behind the one with this id, the oldest first.
    pub(crate) async fn after(&self, id: i64, most: u32) -> sqlx::Result<Vec<Product>> {
        let query = sqlx::query_as("SELECT * FROM product WHERE id > ?1 ORDER BY id LIMIT ?2");
        query.bind(id).bind(most).fetch_all(&self.pool).await
    }

    /// The product with this id.
    pub(crate) async fn product(&self, id: i64) -> sqlx::Result<Option<Product>> {
        sqlx::query_as("SELECT * FROM product WHERE id = ?1").bind(id).fetch_optional(&self.pool).await
    }

    /// The product with this slug.
    pub(crate) async fn by_slug(&self, slug: &str) -> sqlx::Result<Option<Product>> {
        sqlx::query_as("SELECT * FROM product WHERE slug = ?1").bind(slug).fetch_optional(&self.pool).await
    }

    /// Adds a product, with a slug that is free.
    pub(crate) async fn insert(&self, new: &NewProduct) -> sqlx::Result<Product> {
        let slug = slug::slug(new.name.as_str());
        // Immediate, or two requests would find the same slug free.
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let taken = sqlx::query_scalar("SELECT slug FROM product WHERE slug = ?1 OR slug GLOB ?1 || '-*'")
            .bind(&slug)
            .fetch_all(&mut *transaction)
            .await?;
        let product = sqlx::query_as(
            "INSERT INTO product (slug, name, price, category, created_at) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING *",
        )
        .bind(slug::free(slug, &HashSet::from_iter(taken)))
        .bind(new.name.as_str())
        .bind(new.price.cents())
        .bind(new.category.as_str())
        .bind(now())
        .fetch_one(&mut *transaction)
        .await?;
        event::record(&mut transaction, &product).await?;
        transaction.commit().await?;
        self.changed.notify_one();
        Ok(product)
    }

    /// Changes what is given of a product; its slug stays, for people have linked to it.
    pub(crate) async fn update(&self, id: i64, changes: &Changes) -> sqlx::Result<Option<Product>> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let before: Option<Product> =
            sqlx::query_as("SELECT * FROM product WHERE id = ?1").bind(id).fetch_optional(&mut *transaction).await?;
        let Some(before) = before else { return Ok(None) };
        let after = sqlx::query_as(
            "UPDATE product SET name = COALESCE(?2, name), price = COALESCE(?3, price),
                    category = COALESCE(?4, category)
             WHERE id = ?1 RETURNING *",
        )
        .bind(id)
        .bind(changes.name.as_ref().map(Label::as_str))
        .bind(changes.price.map(Price::cents))
        .bind(changes.category.as_ref().map(Label::as_str))
        .fetch_one(&mut *transaction)
        .await?;
        if after != before {
            event::record(&mut transaction, &after).await?;
        }
        transaction.commit().await?;
        self.changed.notify_one();
        Ok(Some(after))
    }

    /// Removes a product; whether there was one.
    pub(crate) async fn delete(&self, id: i64) -> sqlx::Result<bool> {
        let done = sqlx::query("DELETE FROM product WHERE id = ?1").bind(id).execute(&self.pool).await?;
        Ok(done.rows_affected() > 0)
    }
}

impl FromRow<'_, SqliteRow> for Product {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Product> {
        Ok(Product {
            id: row.try_get("id")?,
            slug: row.try_get("slug")?,
            name: row.try_get("name")?,
            price: Price::of(row.try_get("price")?),
            category: row.try_get("category")?,
            created_at: row.try_get("created_at")?,
        })
    }
}

/// The time of day in RFC 3339, to the second.
fn now() -> String {
    let now = jiff::Timestamp::now();
    jiff::Timestamp::from_second(now.as_second()).unwrap_or(now).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) async fn open() -> (Db, tempfile::TempDir) {
        let folder = tempfile::tempdir().expect("a folder");
        (reopen(&folder).await, folder)
    }

    pub(super) async fn reopen(folder: &tempfile::TempDir) -> Db {
        Db::open(&format!("sqlite://{}/shop.db", folder.path().display())).await.expect("a database")
    }

    pub(super) fn new(name: &str) -> NewProduct {
        let label = |text: &str| Label::try_from(text.to_owned()).expect("a label");
        NewProduct { name: label(name), price: Price::of(900), category: label("charts") }
    }

    #[tokio::test]
    async fn a_missing_file_is_made_and_filled_with_eight_products() {
        let (db, _folder) = open().await;
        let products = db.newest(50).await.unwrap();
        assert_eq!(products.len(), 8);
        assert_eq!((products[7].id, products[7].slug.as_str()), (1, "brass-sextant"));
    }

    #[tokio::test]
    async fn a_shop_that_was_emptied_stays_empty() {
        let (db, folder) = open().await;
        for product in db.newest(50).await.unwrap() {
            assert!(db.delete(product.id).await.unwrap());
        }
        db.close().await;
        assert!(reopen(&folder).await.newest(50).await.unwrap().is_empty());
    }

    #[tokio::test]
    async fn a_slug_that_is_taken_is_numbered() {
        let (db, _folder) = open().await;
        let mut slugs = Vec::new();
        for name in ["Tide table", "Tide-Table!", "tide table"] {
            slugs.push(db.insert(&new(name)).await.unwrap().slug);
        }
        assert_eq!(slugs, ["tide-table", "tide-table-2", "tide-table-3"]);
    }

    #[tokio::test]
    async fn products_that_are_added_at_the_same_time_have_slugs_of_their_own() {
        let (db, _folder) = open().await;
        let tasks: Vec<_> = (0..16)
            .map(|_| {
                let db = db.clone();
                tokio::spawn(async move { db.insert(&new("Tide table")).await.unwrap().slug })
            })
            .collect();
        let mut slugs = HashSet::new();
        for task in tasks {
            slugs.insert(task.await.unwrap());
        }
        assert_eq!(slugs.len(), 16);
    }

    #[tokio::test]
    async fn the_id_of_a_deleted_product_is_not_used_again() {
        let (db, _folder) = open().await;
        let first = db.insert(&new("Tide table")).await.unwrap();
        db.delete(first.id).await.unwrap();
        assert!(db.insert(&new("Tide table")).await.unwrap().id > first.id);
    }

    #[tokio::test]
    async fn only_what_is_given_is_changed_and_the_slug_stays() {
        let (db, _folder) = open().await;
        let before = db.product(1).await.unwrap().expect("seeded");
        let changes = Changes { price: Some(Price::of(1)), ..Changes::default() };
        let after = db.update(1, &changes).await.unwrap().expect("seeded");
        assert_eq!(after, Product { price: Price::of(1), ..before.clone() });

        let changes = Changes { name: Some(new("Cheap sextant").name), ..Changes::default() };
        let after = db.update(1, &changes).await.unwrap().expect("seeded");
        assert_eq!((after.name.as_str(), after.slug), ("Cheap sextant", before.slug));
    }
}
