//! The requests that are sent, and the answer that each must get.

use rutter_bench::NAVIGATION;

use crate::client::Answer;
use crate::options::{BASELINE, CHECKED};

/// One request and its right answer.
#[derive(Clone, Debug)]
pub(crate) struct Exchange {
    pub(crate) name: &'static str,
    /// As it goes over the wire.
    pub(crate) request: String,
    pub(crate) status: u16,
    /// What the `content-type` starts with, and the body; `None` where every server words it its own way.
    pub(crate) body: Option<(&'static str, &'static str)>,
    /// What is told of an answer that is kept; `None` where nothing is kept.
    pub(crate) kept: Option<Kept>,
}

/// An answer that is kept: a server makes it once, and then serves it from memory.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kept {
    /// The headers of hyper and of Rutter, in their order; seconds are a `#`.
    pub(crate) headers: &'static str,
    /// How many times the instructions of hyper, which has the same bytes in a static, are still good.
    pub(crate) limit: f64,
}

impl Exchange {
    /// Whether this is what the server must answer.
    pub(crate) fn is_right(&self, server: &str, answer: &Answer) -> bool {
        self.status == answer.status
            && self
                .body
                .is_none_or(|(content_type, body)| answer.content_type.starts_with(content_type) && answer.body == body)
            && (![BASELINE, CHECKED].contains(&server) || self.kept.is_none_or(|kept| answer.headers == kept.headers))
    }
}

/// The measured routes.
pub(crate) fn routes() -> Vec<Exchange> {
    vec![
        Exchange {
            name: "text",
            request: get("/text"),
            status: 200,
            body: Some(("text/plain", "hello, world")),
            kept: None,
        },
        Exchange {
            name: "id",
            request: get("/products/7"),
            status: 200,
            body: Some((
                "application/json",
                r#"{"id":7,"name":"Brass sextant","price":12900,"category":"navigation"}"#,
            )),
            kept: None,
        },
        Exchange {
            name: "post",
            request: post(
                "/products",
                "application/json",
                r#"{"name":"Parallel rulers","price":2400,"category":"charts"}"#,
            ),
            status: 201,
            body: Some(("application/json", r#"{"id":8,"name":"Parallel rulers","price":2400,"category":"charts"}"#)),
            kept: None,
        },
        Exchange {
            name: "query",
            request: get("/search?category=navigation&q=sex&page=2"),
            status: 200,
            body: Some(("application/json", r#"{"category":"navigation","q":"sex","page":2}"#)),
            kept: None,
        },
        // The 137th of the 200 filler paths.
        Exchange {
            name: "filler",
            request: get("/filler/section-13/item-6"),
            status: 200,
            body: Some(("text/plain", "/filler/section-13/item-6")),
            kept: None,
        },
        Exchange {
            name: "cached",
            request: get("/cached"),
            status: 200,
            body: Some(("application/json", NAVIGATION)),
            kept: Some(Kept {
                headers: concat!(
                    "age: #\n",
                    "cache-status: rutter; hit\n",
                    "content-type: application/json\n",
                    "etag: \"203ba180b98d3f6b44db95d72c3f9697\"\n",
                    "cache-control: public, max-age=0, must-revalidate\n",
                ),
                limit: 1.0,
            }),
        },
        Exchange {
            name: "cached-id",
            request: get("/cached/navigation"),
            status: 200,
            body: Some(("application/json", NAVIGATION)),
            kept: Some(Kept {
                headers: concat!(
                    "age: #\n",
                    "cache-status: rutter; hit; ttl=#\n",
                    "content-type: application/json\n",
                    "etag: \"203ba180b98d3f6b44db95d72c3f9697\"\n",
                    "cache-control: public, max-age=0, s-maxage=300, stale-while-revalidate=31536000\n",
                ),
                limit: 1.07,
            }),
        },
    ]
}

/// What must be refused; checked, not measured.
pub(crate) fn refusals() -> [Exchange; 3] {
    [
        Exchange { name: "unknown path", request: get("/filler/section-13"), status: 404, body: None, kept: None },
        Exchange {
            name: "JSON that is not announced as such",
            request: post("/products", "text/plain", r#"{"name":"Parallel rulers","price":2400,"category":"charts"}"#),
            status: 415,
            body: None,
            kept: None,
        },
        Exchange {
            name: "JSON that breaks off",
            request: post("/products", "application/json", r#"{"name":"Parallel rul"#),
            status: 400,
            body: None,
            kept: None,
        },
    ]
}

// Requests carry no header that they can do without: parsing it would cost every server the same, and blur the ratio.

fn get(target: &str) -> String {
    format!("GET {target} HTTP/1.1\r\nhost: localhost\r\n\r\n")
}

fn post(target: &str, content_type: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "POST {target} HTTP/1.1\r\nhost: localhost\r\n\
         content-type: {content_type}\r\ncontent-length: {length}\r\n\r\n{body}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_filler_route_is_the_137th_filler_path() {
        let filler = &routes()[4];
        assert_eq!(filler.body, Some(("text/plain", rutter_bench::FILLER_PATHS[136])));
        assert!(filler.request.starts_with("GET /filler/section-13/item-6 "));
    }
}
