//! `/api/search`: products by category and by a part of their name.

use core::num::NonZeroU32;

use rutter::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{db::Db, product::Product};

#[derive(Deserialize)]
struct Search {
    #[serde(default)]
    category: String,
    #[serde(default)]
    q: String,
    #[serde(default = "first")]
    page: NonZeroU32,
}

#[derive(Serialize)]
struct Results {
    items: Vec<Product>,
    page: u32,
    pages: u64,
}

/// One page of the products that fit; without a query, of all.
#[route(GET, "/api/search")]
async fn search(search: Query<Search>, db: State<Db>) -> Result<Json<Results>, Problem> {
    let page = search.page.get();
    let found = db.search(&search.category, &search.q, page, PER_PAGE).await?;
    Ok(Json(Results { items: found.items, page, pages: found.total.div_ceil(PER_PAGE.into()) }))
}

const fn first() -> NonZeroU32 {
    NonZeroU32::MIN
}

const PER_PAGE: u32 = 10;

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::testing::Shop;

    #[tokio::test]
    async fn products_are_found_by_category_and_name() {
        let shop = Shop::open().await;
        for (query, expected) in [
            ("?category=navigation&q=sex&page=1", &["brass-sextant"][..]),
            ("?category=books", &["captains-log", "rutter-of-the-north-sea"]),
            ("?category=book", &[]),
            ("?q=SIGNAL+l", &["signal-lamp"]),
            ("?q=%25", &[]),
            ("?q=%27%20OR%201=1--", &[]),
        ] {
            let found: Value = shop.get(&format!("/api/search{query}")).send().await.json();
            let slugs: Vec<_> = found["items"].as_array().expect("a list").iter().map(|item| &item["slug"]).collect();
            assert_eq!(slugs, expected, "{query}");
            assert_eq!(found["pages"], u64::from(!expected.is_empty()), "{query}");
        }
    }

    #[tokio::test]
    async fn a_page_has_ten_products() {
        let shop = Shop::open().await;
        for _ in 0..5 {
            let new = json!({ "name": "Shackle", "price": 1, "category": "rigging" });
            shop.post("/api/products").json(&new).send().await;
        }
        for (query, page, items) in [
            ("", 1, 10),
            ("?page=1", 1, 10),
            ("?page=2", 2, 3),
            ("?page=3", 3, 0),
            ("?page=4294967295", 4_294_967_295_u32, 0),
        ] {
            let found: Value = shop.get(&format!("/api/search{query}")).send().await.json();
            assert_eq!((&found["page"], &found["pages"]), (&json!(page), &json!(2)), "{query}");
            assert_eq!(found["items"].as_array().map(Vec::len), Some(items), "{query}");
        }
    }

    #[tokio::test]
    async fn a_page_that_is_no_positive_number_is_a_400() {
        let shop = Shop::open().await;
        for page in ["", "0", "-1", "x", "1.5", "+", "99999999999999999999"] {
            let answer = shop.get(&format!("/api/search?page={page}")).send().await;
            assert_eq!(answer.status(), 400, "{page:?}");
            assert_eq!(answer.json::<Value>()["errors"][0]["name"], "page", "{page:?}");
        }
    }
}
