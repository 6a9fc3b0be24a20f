//! `/api/revalidate`: what is kept is made anew when somebody says so.

use rutter::{Place, prelude::*};
use serde::Deserialize;

/// What to revalidate, and how.
#[derive(Deserialize)]
struct Order {
    tag: Option<String>,
    path: Option<String>,
    #[serde(default)]
    mode: Mode,
}

// From a string: then a number is a wrong field, and not malformed JSON, as serde_json would have it of an enum.
#[derive(Default, Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
enum Mode {
    /// Nobody is served the old answer any more.
    #[default]
    Expire,
    /// It is served once more, while it is made anew.
    Stale,
}

impl TryFrom<String> for Mode {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Mode, &'static str> {
        match text.as_str() {
            "expire" => Ok(Mode::Expire),
            "stale" => Ok(Mode::Stale),
            _ => Err("must be `expire` or `stale`"),
        }
    }
}

/// Revalidates a tag or a path. Here anyone may; a shop that is open to the world asks for a secret first.
#[route(POST, "/api/revalidate")]
async fn order(order: Json<Order>, revalidate: Revalidate) -> Result<NoContent, Problem> {
    let revalidate = match order.mode {
        Mode::Expire => revalidate,
        Mode::Stale => revalidate.stale(),
    };
    match (&order.tag, &order.path) {
        (Some(tag), None) if tag.trim().is_empty() => Err(wrong("tag", "must not be empty")),
        (Some(tag), None) => {
            revalidate.tag(tag);
            Ok(NoContent)
        }
        (None, Some(path)) if path.trim().is_empty() => Err(wrong("path", "must not be empty")),
        (None, Some(path)) if !path.starts_with('/') => Err(wrong("path", "must begin with `/`")),
        (None, Some(path)) => {
            revalidate.path(path);
            Ok(NoContent)
        }
        (None, None) => Err(unclear().error(Place::Body, "tag", ONE).error(Place::Body, "path", ONE)),
        (Some(_), Some(_)) => Err(unclear().error(Place::Body, "tag", NOT_BOTH).error(Place::Body, "path", NOT_BOTH)),
    }
}

fn wrong(field: &'static str, detail: &'static str) -> Problem {
    unclear().error(Place::Body, field, detail)
}

fn unclear() -> Problem {
    Problem::unprocessable("it is not clear what to revalidate")
}

const ONE: &str = "a `tag` or a `path` is required";
const NOT_BOTH: &str = "must be a `tag` or a `path`, not both";

#[cfg(test)]
mod tests {
    use rutter::testing::TestResponse;
    use serde_json::{Value, json};

    use crate::testing::{Shop, cache_status};

    const PROBLEM: &str = "application/problem+json";
    const TAG: &[&str] = &["tag"];
    const PATH: &[&str] = &["path"];
    const MODE: &[&str] = &["mode"];
    const BOTH: &[&str] = &["tag", "path"];

    async fn order(shop: &Shop, order: Value) -> TestResponse {
        shop.post("/api/revalidate").json(&order).send().await
    }

    #[tokio::test]
    async fn a_path_is_expired_and_a_tag_too() {
        let shop = Shop::open().await;
        for (body, target, other) in [
            (json!({ "path": "/api/time" }), "/api/time", "/api/products"),
            (json!({ "path": "/api/time", "mode": "expire" }), "/api/time", "/api/products"),
            (json!({ "tag": "products" }), "/api/products", "/api/time"),
            (json!({ "tag": "product:signal-lamp" }), "/api/catalog/signal-lamp", "/api/catalog/oilskin-coat"),
        ] {
            for target in [target, other] {
                shop.get(target).send().await;
            }
            let answer = order(&shop, body.clone()).await;
            assert_eq!((answer.status().as_u16(), answer.bytes().len()), (204, 0), "{body}");
            assert!(cache_status(&shop.get(target).send().await).contains("fwd=miss; stored"), "{body}");
            assert!(cache_status(&shop.get(other).send().await).starts_with("rutter; hit"), "{body}");
        }
    }

    #[tokio::test]
    async fn what_is_marked_stale_is_served_until_it_is_made_anew() {
        let shop = Shop::open().await;
        for body in [
            json!({ "path": "/api/time", "mode": "stale" }),
            json!({ "path": "/api/time", "tag": null, "mode": "stale" }),
        ] {
            let time = async || shop.get("/api/time").send().await.json::<Value>();
            let before = time().await;
            assert_eq!(order(&shop, body).await.status(), 204);
            assert_eq!(time().await, before);
            while time().await == before {
                tokio::task::yield_now().await;
            }
        }
    }

    #[tokio::test]
    async fn an_order_that_is_not_clear_names_the_field() {
        let shop = Shop::open().await;
        for (body, fields, detail) in [
            (json!({}), BOTH, "is required"),
            (json!({ "mode": "stale" }), BOTH, "is required"),
            (json!({ "tag": null, "path": null }), BOTH, "is required"),
            (json!({ "tag": "a", "path": "/a" }), BOTH, "not both"),
            (json!({ "tag": "" }), TAG, "must not be empty"),
            (json!({ "tag": " " }), TAG, "must not be empty"),
            (json!({ "path": "" }), PATH, "must not be empty"),
            (json!({ "path": "api/time" }), PATH, "must begin with `/`"),
            (json!({ "tag": 1 }), TAG, "expected a string"),
            (json!({ "tag": "a", "mode": "later" }), MODE, "must be `expire` or `stale`"),
            (json!({ "tag": "a", "mode": "" }), MODE, "must be `expire` or `stale`"),
            (json!({ "tag": "a", "mode": 1 }), MODE, "expected a string"),
            (json!({ "tag": "a", "mode": null }), MODE, "expected a string"),
        ] {
            let answer = order(&shop, body.clone()).await;
            assert_eq!((answer.status().as_u16(), answer.header("content-type")), (422, Some(PROBLEM)), "{body}");
            let problem: Value = answer.json();
            let errors = problem["errors"].as_array().expect("a list");
            let named: Vec<_> = errors.iter().map(|error| error["name"].as_str().unwrap_or_default()).collect();
            assert_eq!(named, fields, "{body}");
            for error in errors {
                assert_eq!(error["in"], "body");
                assert!(error["detail"].as_str().is_some_and(|said| said.contains(detail)), "{error}");
            }
        }
    }
}
