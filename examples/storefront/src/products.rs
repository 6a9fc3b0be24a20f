//! `/api/products`: the list, and each product.

use rutter::prelude::*;

use crate::{
    db::Db,
    product::{Changes, NewProduct, Product},
};

/// The newest products first.
#[route(GET, "/api/products", revalidate = 60, tags("products"))]
async fn list_products(db: State<Db>) -> Result<Json<Vec<Product>>, Problem> {
    Ok(Json(db.newest(50).await?))
}

/// Adds a product.
#[route(POST, "/api/products", revalidates("products"))]
async fn create_product(new: Json<NewProduct>, db: State<Db>) -> Result<Created<Json<Product>>, Problem> {
    let product = db.insert(&new).await?;
    Ok(Created::at(get_product::path(product.id), Json(product)))
}

/// One product by its number.
#[route(GET, "/api/products/[id]")]
async fn get_product(id: i64, db: State<Db>) -> Result<Json<Product>, Problem> {
    let product = db.product(id).await?;
    product.map(Json).ok_or_else(|| no_product(id))
}

/// Changes the fields that are given.
#[route(PATCH, "/api/products/[id]", revalidates("products"))]
async fn change_product(id: i64, changes: Json<Changes>, db: State<Db>) -> Result<Json<Product>, Problem> {
    let product = db.update(id, &changes).await?;
    product.map(Json).ok_or_else(|| no_product(id))
}

/// Removes a product.
#[route(DELETE, "/api/products/[id]", revalidates("products"))]
async fn delete_product(id: i64, db: State<Db>) -> Result<NoContent, Problem> {
    if db.delete(id).await? { Ok(NoContent) } else { Err(no_product(id)) }
}

fn no_product(id: i64) -> Problem {
    Problem::not_found(format!("there is no product {id}"))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::testing::{Shop, cache_status};

    /// Checks that a 422 names these fields of the body, in any order, and begins to say this of each.
    fn assert_wrong(problem: &Value, expected: &[(&str, &str)]) {
        let errors = problem["errors"].as_array().expect("a list of errors");
        assert_eq!(errors.len(), expected.len(), "{problem}");
        for (name, detail) in expected {
            let named = |error: &&Value| error["in"] == "body" && error["name"] == *name;
            let error = errors.iter().find(named).unwrap_or_else(|| panic!("{name} is not named in {problem}"));
            assert!(error["detail"].as_str().is_some_and(|said| said.starts_with(detail)), "{error}");
        }
    }

    #[tokio::test]
    async fn a_new_product_is_found_where_location_says() {
        let shop = Shop::open().await;
        let new = json!({ "name": " Tide table ", "price": 900, "category": "charts" });
        let made = shop.post("/api/products").json(&new).send().await;
        assert_eq!(made.status(), 201);
        assert_eq!(made.header("location"), Some("/api/products/9"));
        let product: Value = made.json();
        assert_eq!((&product["name"], &product["slug"]), (&json!("Tide table"), &json!("tide-table")));
        assert_eq!(shop.get("/api/products/9").send().await.json::<Value>(), product);
        assert_eq!(shop.get("/api/catalog/tide-table").send().await.json::<Value>(), product);
        assert_eq!(shop.get("/api/products").send().await.json::<Value>()[0], product);
    }

    #[tokio::test]
    async fn every_wrong_field_of_a_new_product_is_named_at_once() {
        let shop = Shop::open().await;
        let (required, empty) = ("is required", "must not be empty");
        for (new, expected) in [
            (json!({}), &[("name", required), ("price", required), ("category", required)][..]),
            (
                json!({ "name": "", "price": -1 }),
                &[("name", empty), ("price", "must not be negative"), ("category", required)],
            ),
            (
                json!({ "name": 1, "price": "1", "category": null }),
                &[
                    ("name", "expected a string"),
                    ("price", "expected a whole number"),
                    ("category", "expected a string"),
                ],
            ),
            (json!({ "name": "a", "price": 1, "category": " " }), &[("category", empty)]),
        ] {
            let answer = shop.post("/api/products").json(&new).send().await;
            assert_eq!(answer.status(), 422, "{new}");
            assert_wrong(&answer.json(), expected);
        }
    }

    #[tokio::test]
    async fn a_change_takes_what_is_given() {
        let shop = Shop::open().await;
        let before: Value = shop.get("/api/products/1").send().await.json();
        let change = async |change: Value| shop.patch("/api/products/1").json(&change).send().await;
        assert_eq!(change(json!({})).await.json::<Value>(), before);
        assert_eq!(change(json!({ "price": 1 })).await.json::<Value>()["price"], 1);
        let answer = change(json!({ "name": null, "price": -1, "category": "" })).await;
        assert_eq!(answer.status(), 422);
        let expected =
            [("name", "expected a string"), ("price", "must not be negative"), ("category", "must not be empty")];
        assert_wrong(&answer.json(), &expected);
        assert_eq!(shop.get("/api/products/1").send().await.json::<Value>()["price"], 1);
    }

    #[tokio::test]
    async fn a_deleted_product_is_gone() {
        let shop = Shop::open().await;
        let answer = shop.delete("/api/products/1").send().await;
        assert_eq!((answer.status().as_u16(), answer.bytes().len()), (204, 0));
        for request in [
            shop.get("/api/products/1"),
            shop.delete("/api/products/1"),
            shop.patch("/api/products/1").json(&json!({})),
        ] {
            assert_eq!(request.send().await.status(), 404);
        }
    }

    #[tokio::test]
    async fn an_id_that_is_no_number_is_a_404() {
        let shop = Shop::open().await;
        for id in ["x", "1.0", "+1", "99999999999999999999", "-1", "9"] {
            assert_eq!(shop.get(&format!("/api/products/{id}")).send().await.status(), 404, "{id}");
        }
    }

    #[tokio::test]
    async fn what_shows_products_is_kept_until_one_of_them_changes() {
        let shop = Shop::open().await;
        let new = json!({ "name": "Tide table", "price": 900, "category": "charts" });
        for (change, status) in [
            (shop.post("/api/products").json(&new), 201),
            (shop.patch("/api/products/9").json(&json!({ "name": "Tidal table", "price": 950 })), 200),
            (shop.delete("/api/products/9"), 204),
        ] {
            let targets = ["/", "/api/products", "/api/report", "/api/catalog/tide-table"];
            let mut before = Vec::new();
            for target in targets {
                before.push(shop.get(target).send().await.text().to_owned());
                let kept = shop.get(target).send().await;
                assert!(cache_status(&kept).starts_with("rutter; hit"), "{target}");
                assert_eq!(Some(kept.text()), before.last().map(String::as_str), "{target}");
            }
            assert_eq!(change.send().await.status(), status);
            for (target, before) in targets.into_iter().zip(before) {
                assert_ne!(shop.get(target).send().await.text(), before, "{target} after what answers {status}");
            }
        }
    }

    #[tokio::test]
    async fn a_change_that_fails_leaves_what_is_kept() {
        let shop = Shop::open().await;
        shop.get("/api/products").send().await;
        for (change, status) in [
            (shop.post("/api/products").json(&json!({})), 422),
            (shop.post("/api/products").body("{"), 415),
            (shop.patch("/api/products/9").json(&json!({})), 404),
            (shop.patch("/api/products/1").json(&json!({ "price": -1 })), 422),
            (shop.delete("/api/products/9"), 404),
        ] {
            assert_eq!(change.send().await.status(), status);
            assert!(cache_status(&shop.get("/api/products").send().await).starts_with("rutter; hit"), "{status}");
        }
    }

    #[tokio::test]
    async fn at_most_fifty_products_are_listed() {
        let shop = Shop::open().await;
        for number in 9..=51 {
            let new = json!({ "name": "Shackle", "price": number, "category": "rigging" });
            assert_eq!(shop.post("/api/products").json(&new).send().await.status(), 201);
        }
        let ids: Vec<i64> = shop
            .get("/api/products")
            .send()
            .await
            .json::<Vec<Value>>()
            .iter()
            .map(|product| product["id"].as_i64().unwrap_or_default())
            .collect();
        assert_eq!(ids, (2..=51).rev().collect::<Vec<_>>());
    }
}
