//! The agent of a request: its text, and what is asked of it, found out at the first question.

use core::{convert::Infallible, fmt};
use std::sync::OnceLock;

use http::header::USER_AGENT;
use serde::{Serialize, Serializer};

use super::{
    bot,
    parts::{self, Browser, Cpu, Device, Engine, Os, Parts},
    text::{self, Part},
};
use crate::{
    body::BodySlot,
    extract::{FromRequest, RequestHead},
    reads::Reads,
    state::Requirements,
    user_agent::DeviceKind,
};

/// Which browser, on which device, asks: the `User-Agent` of a request.
///
/// As an argument it is what the header says, and an empty agent where there is none. Nothing is looked into before the
/// first question, and then once; 350 characters are read at most. As JSON it is what Next.js answers for `userAgent()`.
///
/// ```
/// use rutter::{UserAgent, prelude::*};
///
/// #[route(GET, "/home")]
/// fn home(agent: UserAgent) -> Result<Html<&'static str>, Redirect> {
///     if agent.is_mobile() { Err(Redirect::to("/m/home")) } else { Ok(Html("<h1>Welcome</h1>")) }
/// }
///
/// assert!(home(UserAgent::new("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0.0.0 Safari/537.36")).is_ok());
/// ```
///
/// A route whose answers are kept names the header: `vary("user-agent")`. Every version of every browser is a value of
/// its own, so that few answers are found again; a route of its own for telephones (`/m/home`) is kept once.
#[derive(Clone, Default)]
pub struct UserAgent {
    text: Box<str>,
    parts: OnceLock<Box<Parts>>,
    crawler: OnceLock<Option<Part>>,
}

impl UserAgent {
    /// The agent with this text, of which 350 characters are read.
    ///
    /// ```
    /// use rutter::UserAgent;
    ///
    /// let agent = UserAgent::new("curl/8.5.0");
    /// assert_eq!(agent.text(), "curl/8.5.0");
    /// assert_eq!(UserAgent::new(&"x".repeat(1_000_000)).text().len(), 350);
    /// ```
    pub fn new(text: &str) -> UserAgent {
        UserAgent::from_bytes(text.as_bytes())
    }

    fn from_bytes(bytes: &[u8]) -> UserAgent {
        UserAgent { text: text::cut(bytes), ..UserAgent::default() }
    }

    /// What the client sent, as far as it is read.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The browser: `Chrome`, `Mobile Safari`, …
    pub fn browser(&self) -> Browser<'_> {
        self.parts().browser(&self.text)
    }

    /// The browser's engine: `Blink`, `WebKit`, `Gecko`, …
    pub fn engine(&self) -> Engine<'_> {
        self.parts().engine(&self.text)
    }

    /// The operating system: `Windows`, `iOS`, …
    pub fn os(&self) -> Os<'_> {
        self.parts().os(&self.text)
    }

    /// The device: its maker, model and kind.
    pub fn device(&self) -> Device<'_> {
        self.parts().device(&self.text)
    }

    /// The processor, where one is named.
    pub fn cpu(&self) -> Cpu {
        self.parts().cpu()
    }

    /// Whether a telephone asks. A tablet is none.
    ///
    /// ```
    /// use rutter::UserAgent;
    ///
    /// let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15";
    /// assert!(UserAgent::new(phone).is_mobile());
    /// assert!(!UserAgent::new("Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) AppleWebKit/605.1.15").is_mobile());
    /// ```
    pub fn is_mobile(&self) -> bool {
        self.device().kind() == Some(DeviceKind::Mobile)
    }

    /// Whether a tablet asks.
    ///
    /// ```
    /// use rutter::UserAgent;
    ///
    /// assert!(UserAgent::new("Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) AppleWebKit/605.1.15").is_tablet());
    /// ```
    pub fn is_tablet(&self) -> bool {
        self.device().kind() == Some(DeviceKind::Tablet)
    }

    /// Whether a program asks that nobody looks through: a crawler, a monitor, the preview of a link, a feed reader, a
    /// scanner, a library for HTTP.
    ///
    /// It is what the client says of itself: a program that poses as a browser is not found out, and everybody may say
    /// `Googlebot`. A browser without a window (`HeadlessChrome`) is told as the browser that it is. A missing header tells
    /// nothing. Only this question is answered; the rest is not looked into.
    ///
    /// ```
    /// use rutter::UserAgent;
    ///
    /// assert!(UserAgent::new("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)").is_bot());
    /// assert!(!UserAgent::new("Mozilla/5.0 (X11; Linux x86_64; rv:138.0) Gecko/20100101 Firefox/138.0").is_bot());
    /// ```
    pub fn is_bot(&self) -> bool {
        self.crawler().is_some()
    }

    /// The name under which a program goes that [`is_bot`](UserAgent::is_bot) tells of. It is text of the client, and may
    /// have any characters: escape it in HTML.
    ///
    /// ```
    /// use rutter::UserAgent;
    ///
    /// let agent = UserAgent::new("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)");
    /// assert_eq!(agent.crawler(), Some("Googlebot"));
    /// ```
    pub fn crawler(&self) -> Option<&str> {
        self.crawler.get_or_init(|| bot::of(&self.text)).as_ref().map(|name| name.text(&self.text))
    }

    fn parts(&self) -> &Parts {
        self.parts.get_or_init(|| Box::new(Parts::of(&self.text)))
    }
}

impl FromRequest for UserAgent {
    const READS: Reads = Reads::HEAD;
    const READY: bool = true;
    type Rejection = Infallible;

    async fn from_request(head: &RequestHead, _: &mut BodySlot) -> Result<Self, Infallible> {
        let header = head.headers().get(USER_AGENT);
        Ok(header.map_or_else(UserAgent::default, |value| UserAgent::from_bytes(value.as_bytes())))
    }

    fn requires(requirements: &mut Requirements) {
        requirements.header(&USER_AGENT);
    }
}

impl Serialize for UserAgent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        parts::answer(self, serializer)
    }
}

impl From<&str> for UserAgent {
    fn from(text: &str) -> Self {
        UserAgent::new(text)
    }
}

impl PartialEq for UserAgent {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for UserAgent {}

impl fmt::Debug for UserAgent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("UserAgent").field(&self.text).finish()
    }
}

impl fmt::Display for UserAgent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
