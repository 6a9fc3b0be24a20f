//! What is kept, for how long, and what becomes of it: `rutter::CachePolicy` as its users see it.

mod conditional;
mod failing;
mod flights;
mod instances;
mod kept;
mod keys;
mod memory;
mod revalidate;
mod stale;
mod vary;

#[path = "../common/mod.rs"]
mod common;

use core::time::Duration;

use common::Runs;
use rutter::{
    Caching, Clock, RouteService, Routes, Timestamp,
    testing::{Client, TestResponse},
};

/// An application whose time stands still.
struct App {
    client: Client,
    service: RouteService,
    clock: Clock,
    runs: Runs,
}

impl App {
    fn new(routes: Routes) -> App {
        App::with(routes, |caching| caching)
    }

    fn with(routes: Routes, settings: impl FnOnce(Caching) -> Caching) -> App {
        let (clock, runs) = (Clock::stopped(Timestamp::from_millis(1_000_000)), Runs::default());
        let caching = settings(Caching::default().clock(clock.clone()));
        let service = routes.state(runs.clone()).caching(caching).build().expect("the routes fit together");
        App { client: Client::new(service.clone()), service, clock, runs }
    }

    async fn get(&self, target: &str) -> TestResponse {
        self.client.get(target).await
    }

    /// The text of an answer, which tells the number of the run that made it.
    async fn text(&self, target: &str) -> String {
        self.get(target).await.text().to_owned()
    }

    fn later(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }
}

/// Lets tasks run until this holds.
async fn until(holds: impl Fn() -> bool) {
    for _ in 0..2_000 {
        if holds() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    panic!("what is waited for has not come");
}

fn cache_status(answer: &TestResponse) -> &str {
    answer.header("cache-status").unwrap_or("none")
}
