//! Work that begins once the answer has been sent: an order is confirmed at once, and packed afterwards.

use core::time::Duration;
use std::sync::{Mutex, MutexGuard};

use rutter::prelude::*;
use tokio::time::sleep;

/// What has been ordered, and what has become of it.
#[derive(Clone, Default)]
struct Orders(std::sync::Arc<Mutex<Vec<String>>>);

impl Orders {
    fn all(&self) -> MutexGuard<'_, Vec<String>> {
        self.0.lock().expect("nothing panics while it holds this lock")
    }

    fn note(&self, what: impl Into<String>) {
        self.all().push(what.into());
    }

    /// Slow, as packing is.
    async fn pack(&self, good: &str) {
        sleep(Duration::from_secs(1)).await;
        self.note(format!("packed {good}"));
    }
}

/// Confirms an order at once. What takes a second begins when the confirmation is on its way; and what it leads to,
/// such as telling the customer, is handed over in the same manner.
#[route(POST, "/orders")]
fn order(good: String, orders: State<Orders>, after: After) -> Result<(StatusCode, String), Problem> {
    let (noted, more) = (orders.clone(), after.clone());
    if good.is_empty() {
        // Also when the handler fails.
        after.run(async move { noted.note("refused an order") });
        return Err(Problem::unprocessable("an order names a good"));
    }
    orders.note(format!("ordered {good}"));
    let answer = format!("your {good} will be packed\n");
    after.run(async move {
        noted.pack(&good).await;
        more.run(async move { noted.note(format!("mailed about {good}")) });
    });
    Ok((StatusCode::ACCEPTED, answer))
}

/// What has happened so far.
#[route(GET, "/orders", dynamic)]
fn orders(orders: State<Orders>) -> String {
    orders.all().join("\n") + "\n"
}

/// A panic ends the work that panics; the log has it, and everything else goes on.
#[route(POST, "/mistakes")]
fn mistake(after: After, orders: State<Orders>) -> &'static str {
    after.run(async { panic!("a mistake that nobody has thought of") });
    after.run(async move { orders.note("went on") });
    "noted\n"
}

#[tokio::main]
async fn main() -> rutter::Result<()> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    let orders = Orders::default();
    let app = rutter::collect!().state(orders.clone()).build()?;
    rutter::serve(app, std::env::var("ADDR").unwrap_or_else(|_| "127.0.0.1:3000".to_owned())).await?;
    // Nothing that was handed over has been lost.
    println!("{}", orders.all().join("\n"));
    Ok(())
}
