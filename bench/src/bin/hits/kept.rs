//! A service that keeps many answers, and the requests that find them.

use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use hyper::Request;
use hyper::header::{CACHE_STATUS, HOST};
use hyper::service::Service;
use rutter::{Body, Caching, Clock, Response, RouteService, Timestamp};

/// A service with one kept answer for each of many paths.
#[derive(Debug)]
pub(crate) struct Kept {
    service: RouteService,
    paths: Vec<String>,
    next: usize,
    clock: Clock,
}

#[rutter::route(GET, "/pages/[slug]", revalidate = 86_400, tags("page:[slug]"))]
fn page(slug: String) -> String {
    format!("the page {slug}")
}

impl Kept {
    /// Asks for every answer twice, so that all are in memory, and what changes each second is written.
    pub(crate) fn fill(answers: usize) -> Self {
        let clock = Clock::stopped(Timestamp::from_millis(0));
        let caching = Caching::default().bytes(1024 * 1024 * 1024).clock(clock.clone());
        let service = rutter::routes![page].caching(caching).build().expect("one route");
        let paths = (0..answers).map(|n| format!("/pages/about-{n:05}")).collect();
        let mut kept = Self { service, paths, next: 0, clock };
        kept.ask_all("rutter; fwd=miss; stored");
        kept.ask_all("rutter; hit; ttl=86400");
        assert_eq!(kept.service.cache().stats().entries, answers);
        kept
    }

    fn ask_all(&mut self, expected: &str) {
        for _ in 0..self.paths.len() {
            let request = self.request();
            assert_eq!(self.answer(request).headers()[CACHE_STATUS], expected);
        }
    }

    /// Lets a second pass.
    #[allow(dead_code, reason = "the bench has no need of it")]
    pub(crate) fn wait(&self) {
        self.clock.advance(Duration::from_secs(1));
    }

    /// A request for the next path, which lies far from the one before.
    pub(crate) fn request(&mut self) -> Request<Body> {
        self.next = (self.next + STEP) % self.paths.len();
        let request = Request::get(&self.paths[self.next]).header(HOST, "localhost");
        request.body(Body::empty()).expect("a path and a host")
    }

    /// The answer, which is there without waiting.
    #[inline(never)]
    pub(crate) fn answer(&self, request: Request<Body>) -> Response {
        let mut context = Context::from_waker(Waker::noop());
        match pin!(self.service.call(request)).poll(&mut context) {
            Poll::Ready(Ok(response)) => response,
            Poll::Pending => panic!("no route here waits"),
        }
    }
}

/// A prime, so that every path has its turn.
const STEP: usize = 7919;
