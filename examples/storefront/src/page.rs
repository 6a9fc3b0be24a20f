//! `/`: the shop's one page.

use core::fmt::Write;

use rutter::prelude::*;

use crate::{
    catalog::catalog,
    db::{Db, Listing},
    product::Product,
};

/// The newest products, a form that adds one, and what happens meanwhile.
///
/// The page is kept, so it may be older than its reader: it says after which event it was made, and its script goes on
/// from there.
#[route(GET, "/", revalidate = 60, tags("products"))]
async fn page(db: State<Db>) -> Result<Html<String>, Problem> {
    let Listing { products, total, last_event } = db.listing(50).await?;
    let page = include_str!("page.html")
        .replace("{last_event}", &last_event.to_string())
        .replace("{total}", &total.to_string())
        // Names come last: what they hold is not looked at again.
        .replace("{products}", &list(&products));
    Ok(Html(page))
}

fn list(products: &[Product]) -> String {
    let mut list = String::new();
    for Product { id, slug, name, price, category, created_at } in products {
        let link = catalog::path(slug);
        let (name, category) = (escape(name), escape(category));
        let (day, _) = created_at.split_once('T').unwrap_or((created_at, ""));
        let _ = write!(
            list,
            "<li data-id=\"{id}\">\
             <a href=\"{link}\">{name}</a> \
             <span class=\"category\">{category}</span> \
             <time datetime=\"{created_at}\">{day}</time> \
             <span class=\"price\">{price}</span>\
             </li>\n        "
        );
    }
    list
}

/// A name comes from outside: in the page it is text, whatever it holds.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::Shop;

    #[tokio::test]
    async fn products_are_listed_the_newest_first() {
        let shop = Shop::open().await;
        let answer = shop.get("/").send().await;
        assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"));
        let place = |name| answer.text().find(name).unwrap_or_else(|| panic!("{name} is listed"));
        assert!(place("Captain&#39;s log") < place("Brass sextant"));
        assert!(answer.text().contains("<span class=\"price\">129.00</span>"));
    }

    #[tokio::test]
    async fn the_page_says_after_which_event_it_was_made() {
        let shop = Shop::open().await;
        for last in 0..3 {
            let answer = shop.get("/").send().await;
            assert!(answer.text().contains(&format!("data-last-event=\"{last}\"")), "{last}");
            assert!(answer.text().contains(&format!("<dd id=\"total\">{}</dd>", 8 + last)), "{last}");
            let product = json!({ "name": "{total}", "price": 1, "category": "{products}" });
            assert_eq!(shop.post("/api/products").json(&product).send().await.status(), 201);
        }
    }

    #[tokio::test]
    async fn markup_in_a_name_is_shown_as_text() {
        let shop = Shop::open().await;
        let product = json!({ "name": "<script>alert('&')</script>", "price": 1, "category": "\"><b>" });
        assert_eq!(shop.post("/api/products").json(&product).send().await.status(), 201);
        let answer = shop.get("/").send().await;
        assert!(answer.text().contains("&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;"));
        assert!(!answer.text().contains("<script>alert("));
        assert!(answer.text().contains("&quot;&gt;&lt;b&gt;"));
    }
}
