//! `/api/greeting`: a welcome in the language of the visitor.

use rutter::prelude::*;

use crate::language::Language;

/// Greets in the language that `Accept-Language` asks for. It is all that the handler sees of the request, and all
/// that answers are told apart by.
#[route(GET, "/api/greeting", vary("accept-language"))]
fn greeting(language: Language) -> impl IntoResponse {
    let text = match language {
        Language::English => "Welcome aboard!",
        Language::French => "Bienvenue à bord !",
        Language::German => "Willkommen an Bord!",
    };
    text.header("content-language", language.tag())
}

#[cfg(test)]
mod tests {
    use crate::testing::{Shop, cache_status};

    #[tokio::test]
    async fn each_language_has_its_greeting_and_keeps_it() {
        let shop = Shop::open().await;
        for (asked, tag, text) in [
            ("en", "en", "Welcome aboard!"),
            ("fr-CH, fr;q=0.9, en;q=0.8", "fr", "Bienvenue à bord !"),
            ("en;q=0.5, de", "de", "Willkommen an Bord!"),
        ] {
            for status in ["rutter; fwd=miss; stored", "rutter; hit"] {
                let answer = shop.get("/api/greeting").header("accept-language", asked).send().await;
                assert_eq!((answer.header("content-language"), answer.text()), (Some(tag), text), "{asked}");
                assert_eq!(
                    (answer.header("vary"), cache_status(&answer)),
                    (Some("accept-language"), status),
                    "{asked}"
                );
            }
        }
        assert_eq!(shop.get("/api/greeting").send().await.header("content-language"), Some("en"));
    }
}
