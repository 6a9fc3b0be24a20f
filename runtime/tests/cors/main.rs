//! Which pages of other origins may read the answers, over real sockets.

mod answers;
mod app;
#[path = "../common/mod.rs"]
mod common;
mod kept;
mod origins;
mod preflights;
mod scopes;

use common::{Answer, Running, start};
use rutter::prelude::*;

const APP: &str = "https://app.example.com";
const EVIL: &str = "https://evil.example";

/// With everything that a policy can say of an answer.
static API: Cors = Cors::origins(&["https://app.example.com", "https://admin.example.com"])
    .dev_origin("http://localhost:5173")
    .credentials()
    .headers(&["content-type", "X-Request-Id"])
    .expose(&["x-total", "x-page"])
    .max_age(core::time::Duration::from_secs(600));

static PUBLIC: Cors = Cors::any();

impl Running {
    /// A request without a body, with these lines in its head.
    async fn ask(&self, line: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = format!("{line} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n");
        for (name, value) in headers {
            request.extend([name, ": ", value, "\r\n"]);
        }
        self.send(request + "\r\n").await
    }

    /// GET by a page of an origin.
    async fn get_from(&self, origin: &str, target: &str) -> Answer {
        self.ask(&format!("GET {target}"), &[("origin", origin)]).await
    }

    /// Asks for a page that is allowed, for one that is not, and for none: the first is told so, and nobody else.
    async fn tells_only_the_allowed(&self, line: &str, status: u16) {
        for (headers, expected) in
            [(&[("origin", APP)][..], &ALLOWED[..]), (&[("origin", EVIL)], &NOT_ALLOWED[..]), (&[], &NOT_ALLOWED[..])]
        {
            let answer = self.ask(line, headers).await;
            assert_eq!((answer.status(), answer.said()), (status, expected.to_vec()), "{line} of {headers:?}");
        }
    }

    /// The question whether a page may send a method.
    async fn preflight(&self, origin: &str, target: &str, method: &str) -> Answer {
        let headers = [("origin", origin), ("access-control-request-method", method)];
        self.ask(&format!("OPTIONS {target}"), &headers).await
    }
}

impl Answer {
    /// The lines of the head that are about other origins, by the alphabet; `access-control` is left out of names.
    fn said(&self) -> Vec<&str> {
        let lines = self.head.lines().filter(|line| line.starts_with("access-control-") || line.starts_with("vary:"));
        let mut lines: Vec<&str> = lines.map(|line| line.strip_prefix("access-control-").unwrap_or(line)).collect();
        lines.sort_unstable();
        lines
    }
}

/// What an answer says to an origin that [`API`] allows.
const ALLOWED: [&str; 4] = [
    "allow-credentials: true",
    "allow-origin: https://app.example.com",
    "expose-headers: x-total, x-page",
    "vary: origin",
];

/// What an answer says to all others.
const NOT_ALLOWED: [&str; 1] = ["vary: origin"];
