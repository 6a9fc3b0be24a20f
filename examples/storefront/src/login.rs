//! `/api/login`: to the page that asks who is there, and back from it.

use rutter::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Login {
    next: Option<String>,
}

/// Sends a visitor to the login; `next` is where they came from.
///
/// A `next` on another site is left out, or anyone could write a link that starts here and ends there.
#[route(GET, "/api/login")]
fn login(query: Query<Login>) -> Redirect {
    match query.into_inner().next {
        Some(next) if Redirect::is_local(&next) => {
            let next: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
            Redirect::to(format!("/login?next={next}"))
        }
        _ => Redirect::to("/login"),
    }
}

#[cfg(test)]
mod tests {
    use rutter::IntoResponse;

    use super::*;

    #[test]
    fn only_a_local_path_is_kept() {
        for (next, expected) in [
            (Some("/orders"), "/login?next=%2Forders"),
            (Some("/orders?page=2&sort=a b#end"), "/login?next=%2Forders%3Fpage%3D2%26sort%3Da+b%23end"),
            (None, "/login"),
            (Some(""), "/login"),
            (Some("orders"), "/login"),
            (Some("https://evil.example"), "/login"),
            (Some("//evil.example"), "/login"),
            (Some("/\\evil.example"), "/login"),
            (Some("javascript:alert(1)"), "/login"),
            (Some("/\r\nset-cookie: a=b"), "/login"),
        ] {
            let answer = login(Query(Login { next: next.map(str::to_owned) })).into_response();
            assert_eq!(answer.status(), 307);
            assert_eq!(answer.headers()["location"], expected, "{next:?}");
        }
    }
}
