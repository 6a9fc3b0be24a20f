//! Opens pages in a headless Chromium and looks at them, over the protocol of its developer tools.
//!
//! ```no_run
//! use browser_test::Browser;
//!
//! let Some(browser) = Browser::start() else { return };
//! let page = browser.open("http://127.0.0.1:3000/");
//! page.wait_until("document.querySelectorAll('#products li').length > 0");
//! page.fill("#name", "Lead line");
//! page.click("button");
//! assert_eq!(page.evaluate("document.title"), "Storefront");
//! ```
//!
//! - It takes the first of `chromium`, `chromium-browser` and `google-chrome` that is on the `PATH`. Where there is none
//!   the test is skipped, but not with `CI=true`.
//! - Each browser has a profile of its own, which is removed with it. Each page is a window of its own; what one stores,
//!   the others of its browser see.
//! - What goes wrong panics: a test has nothing better to do. Who waits in vain is told what the page shows, where it is
//!   and what it has complained of.

mod browser;
mod devtools;
mod page;

pub use browser::Browser;
pub use page::Page;
