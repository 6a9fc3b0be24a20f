//! Which browser, system and device asks, and whether a person sits behind it: the `User-Agent` of a request.
//!
//! ```
//! use rutter::{UserAgent, prelude::*};
//! # use rutter::testing::Client;
//!
//! #[route(GET, "/device")]
//! fn device(agent: UserAgent) -> Json<UserAgent> {
//!     Json(agent)
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() {
//! let client = Client::new(rutter::routes![device].build().unwrap());
//! let firefox = "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:138.0) Gecko/20100101 Firefox/138.0";
//! let answer = client.get("/device").header("user-agent", firefox).await;
//! assert_eq!(answer.text(), concat!(
//!     r#"{"ua":"Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:138.0) Gecko/20100101 Firefox/138.0","#,
//!     r#""browser":{"name":"Firefox","version":"138.0","major":"138"},"engine":{"name":"Gecko","version":"138.0"},"#,
//!     r#""os":{"name":"Ubuntu"},"device":{},"cpu":{"architecture":"amd64"},"isBot":false}"#,
//! ));
//! # }
//! ```
//!
//! # What is answered
//!
//! The shape and the words are those of `userAgent()` in Next.js 15, so that a client of one reads the other:
//! - [`browser`](UserAgent::browser), [`engine`](UserAgent::engine) and [`os`](UserAgent::os) have a name and a version,
//!   the browser a `major` one as well;
//! - [`device`](UserAgent::device) has a vendor, a model and a [kind](DeviceKind): computers on desks have none;
//! - [`cpu`](UserAgent::cpu) has an architecture, where the agent names one;
//! - what is not known is left out.
//!
//! Beyond Next.js, which knows the names of two dozen, [`is_bot`](UserAgent::is_bot) and
//! [`crawler`](UserAgent::crawler) tell programs by what such programs have in common.
//!
//! # What it is good for
//!
//! A first guess: which page to show, what to count. Not for what must hold: everybody sends what they like, browsers on
//! tablets ask for the pages of computers, and new models come every week. What fits on a screen is for CSS to say, what a
//! browser can for the script to try, and who may come in for [`secret`s](crate::Secret).
//!
//! # How it works
//!
//! The first 350 characters are kept, whatever was sent. The first question runs one automaton over them that finds
//! every word of all tables at once, so that the time depends on the length alone; then each table's first row decides
//! whose word is there and whose reading agrees. Names and versions are pieces of the text or of the tables. Rows come from
//! the agents in `tests/data` and from what makers publish; a test holds the answers to those of Next.js.

mod agent;
mod bot;
mod browser;
mod cpu;
mod device;
mod engine;
mod os;
mod parts;
mod rule;
mod scan;
mod text;

pub use agent::UserAgent;
pub use device::DeviceKind;
pub use parts::{Browser, Cpu, Device, Engine, Os};
