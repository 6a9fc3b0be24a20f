//! What is looked for: products by their category and name, and the categories that there are.

use sqlx::{FromRow, Row, sqlite::SqliteRow};

use crate::{
    db::Db,
    product::{Price, Product},
};

/// One page of what was searched for.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) items: Vec<Product>,
    /// How many there are on all pages.
    pub(crate) total: u64,
}

/// What the products of one category have in common.
#[derive(Debug)]
pub(crate) struct Category {
    pub(crate) name: String,
    pub(crate) products: i64,
    pub(crate) cheapest: Price,
    pub(crate) dearest: Price,
    pub(crate) average: Price,
}

impl Db {
    /// The products of a category with a text in their name, the newest first; the empty text
    /// stands for all. Pages count from 1.
    pub(crate) async fn search(&self, category: &str, text: &str, page: u32, per_page: u32) -> sqlx::Result<Found> {
        let text = format!("%{}%", escape_like(text));
        let skip = i64::from(page - 1) * i64::from(per_page);
        let total: i64 = sqlx::query_scalar(
            r"SELECT COUNT(*) FROM product WHERE (?1 = '' OR category = ?1) AND name LIKE ?2 ESCAPE '\'",
        )
        .bind(category)
        .bind(&text)
        .fetch_one(&self.pool)
        .await?;
        let items = sqlx::query_as(
            r"SELECT * FROM product WHERE (?1 = '' OR category = ?1) AND name LIKE ?2 ESCAPE '\'
              ORDER BY id DESC LIMIT ?3 OFFSET ?4",
        )
        .bind(category)
        .bind(&text)
        .bind(per_page)
        .bind(skip)
        .fetch_all(&self.pool)
        .await?;
        Ok(Found { items, total: total.unsigned_abs() })
    }

    /// The categories in alphabetical order.
    pub(crate) async fn categories(&self) -> sqlx::Result<Vec<Category>> {
        sqlx::query_as(
            "SELECT category, COUNT(*) AS products, MIN(price) AS cheapest, MAX(price) AS dearest,
                    SUM(price) / COUNT(*) AS average
             FROM product GROUP BY category ORDER BY category",
        )
        .fetch_all(&self.pool)
        .await
    }
}

impl FromRow<'_, SqliteRow> for Category {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Category> {
        Ok(Category {
            name: row.try_get("category")?,
            products: row.try_get("products")?,
            cheapest: Price::of(row.try_get("cheapest")?),
            dearest: Price::of(row.try_get("dearest")?),
            average: Price::of(row.try_get("average")?),
        })
    }
}

/// The text as `LIKE` takes it literally.
fn escape_like(text: &str) -> String {
    text.replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_")
}

#[cfg(test)]
mod tests {
    use crate::db::tests::{new, open};

    #[tokio::test]
    async fn signs_of_like_stand_for_themselves() {
        let (db, _folder) = open().await;
        db.insert(&new(r"100% wool_hat\cap")).await.unwrap();
        for (text, expected) in [("%", 1), ("_", 1), (r"\", 1), ("wool_HAT", 1), ("wool-hat", 0), ("", 9)] {
            assert_eq!(db.search("", text, 1, 10).await.unwrap().total, expected, "{text:?}");
        }
    }
}
