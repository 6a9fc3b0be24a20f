//! `/api/session`: who is there, in a signed cookie.

use core::time::Duration;

use rutter::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Session {
    user: Name,
}

/// The name of a user: 1 to 80 characters.
#[derive(Serialize, Deserialize)]
#[serde(try_from = "String")]
struct Name(String);

/// Says who is there.
#[route(GET, "/api/session")]
fn who(cookies: SignedCookies) -> Result<Json<Session>, Problem> {
    let user = cookies.get(SESSION).and_then(|user| Name::try_from(user.to_owned()).ok());
    let user = user.ok_or_else(|| Problem::unauthorized("nobody has signed in here"))?;
    Ok(Json(Session { user }))
}

/// Signs in. A shop that sells something asks for more than a name.
#[route(POST, "/api/session")]
fn sign_in(new: Json<Session>, keys: State<CookieKeys>) -> impl IntoResponse {
    let cookie = Cookie::new(SESSION, new.user.0.clone()).max_age(WEEK);
    new.cookie(keys.sign(cookie))
}

/// Signs out.
#[route(DELETE, "/api/session")]
fn sign_out() -> impl IntoResponse {
    NoContent.remove_cookie(SESSION)
}

const SESSION: &str = "session";

const WEEK: Duration = Duration::from_hours(7 * 24);

impl TryFrom<String> for Name {
    type Error = &'static str;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        let length = name.chars().count();
        if (1..=80).contains(&length) { Ok(Name(name)) } else { Err("must be 1 to 80 characters long") }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::testing::Shop;

    async fn who(shop: &Shop, cookie: &str) -> (u16, Value) {
        let answer = shop.get("/api/session").header("cookie", cookie).send().await;
        (answer.status().as_u16(), answer.json())
    }

    #[tokio::test]
    async fn who_has_signed_in_is_known_until_they_sign_out() {
        let shop = Shop::open().await;
        let answer = shop.post("/api/session").json(&json!({ "user": "Ada Lovelace" })).send().await;
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        let cookie = answer.header("set-cookie").expect("a cookie");
        for attribute in ["; HttpOnly", "; SameSite=Lax", "; Path=/", "; Max-Age=604800"] {
            assert!(cookie.contains(attribute), "{cookie}");
        }
        let (pair, _) = cookie.split_once(';').expect("attributes");
        assert_eq!(who(&shop, pair).await, (200, json!({ "user": "Ada Lovelace" })));

        let answer = shop.delete("/api/session").header("cookie", pair).send().await;
        assert_eq!(answer.status(), 204);
        let cookie = answer.header("set-cookie").expect("a cookie");
        assert!(cookie.starts_with("session=;") && cookie.contains("Max-Age=0"), "{cookie}");
    }

    #[tokio::test]
    async fn a_session_that_was_not_signed_here_is_a_401() {
        let shop = Shop::open().await;
        let answer = shop.post("/api/session").json(&json!({ "user": "ada" })).send().await;
        let cookie = answer.header("set-cookie").expect("a cookie");
        let (pair, _) = cookie.split_once(';').expect("attributes");
        for forged in ["", "session=ada", &pair.replace("ada", "bob"), &pair[..pair.len() - 1], &format!("x{pair}")] {
            assert_eq!(who(&shop, forged).await.0, 401, "{forged}");
        }
    }

    #[tokio::test]
    async fn a_name_is_there_and_not_too_long() {
        let shop = Shop::open().await;
        for name in [String::new(), "a".repeat(81)] {
            let answer = shop.post("/api/session").json(&json!({ "user": name })).send().await;
            assert_eq!(answer.status(), 422);
        }
    }
}
