//! `/api/device` and `/api/home`: what the visitor's user agent says.

use rutter::prelude::*;
use serde_json::json;

/// What the visitor's user agent says, as `userAgent()` of Next.js tells it.
#[route(GET, "/api/device")]
fn device(agent: UserAgent) -> Json<UserAgent> {
    Json(agent)
}

/// The way to the page: phones have one of their own, and programs are told less.
#[route(GET, "/api/home")]
fn home(agent: UserAgent) -> Reply {
    let answer = if agent.is_bot() {
        Reply::new(Json(json!({ "simplified": true })))
    } else if agent.is_mobile() {
        Reply::new(Redirect::to("/m/home"))
    } else {
        Reply::new(Json(json!({ "device": "desktop" })))
    };
    answer.header("vary", "user-agent")
}

#[cfg(test)]
mod tests {
    use rutter::{IntoResponse, UserAgent};

    use super::home;

    const PHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                         Version/17.5 Mobile/15E148 Safari/604.1";
    const DESKTOP: &str =
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36";
    const BOT: &str = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";

    #[test]
    fn a_phone_is_sent_to_its_own_page_and_nobody_else() {
        for (agent, status, location) in
            [(PHONE, 307, Some("/m/home")), (DESKTOP, 200, None), (BOT, 200, None), ("", 200, None)]
        {
            let answer = home(UserAgent::new(agent)).into_response();
            let told = answer.headers().get("location").map(|value| value.to_str().expect("text"));
            assert_eq!((answer.status().as_u16(), told), (status, location), "{agent}");
            assert_eq!(answer.headers()["vary"], "user-agent");
        }
    }
}
