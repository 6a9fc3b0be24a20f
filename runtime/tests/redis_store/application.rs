//! Applications that share a Redis: what one revalidates the other does not serve, whatever Redis does.

use core::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};
use std::{sync::Arc, time::Instant};

use rutter::{Caching, RouteService, prelude::*, testing::Client};

use crate::{
    redis_server::RedisServer,
    setting::{IN_TIME, store, until},
};

/// What is told of.
#[derive(Clone, Default)]
struct Products(Arc<AtomicUsize>);

impl Products {
    fn count(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }

    fn add(&self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

#[route(GET, "/products", revalidate = 60, tags("products"), register = false)]
fn list(products: State<Products>) -> String {
    products.count().to_string()
}

#[route(GET, "/others", revalidate = 60, tags("others"), register = false)]
fn others() -> &'static str {
    "others"
}

#[route(POST, "/products", revalidates("products"), register = false)]
fn create(products: State<Products>) -> StatusCode {
    products.add();
    StatusCode::CREATED
}

/// One instance.
struct App {
    client: Client,
    service: RouteService,
}

impl App {
    fn new(server: &RedisServer, products: &Products) -> App {
        let caching = Caching::default().store(store(server).timeout(IN_TIME)).patience(IN_TIME);
        let routes = rutter::routes![list, others, create].state(products.clone()).caching(caching);
        let service = routes.build().expect("the routes fit together");
        App { client: Client::new(service.clone()), service }
    }

    async fn get(&self, target: &str) -> (String, String) {
        let answer = self.client.get(target).await;
        (answer.text().to_owned(), answer.header("cache-status").unwrap_or("none").to_owned())
    }

    async fn is_hit(&self, target: &str) -> bool {
        self.get(target).await.1.starts_with("rutter; hit")
    }

    async fn create(&self) {
        assert_eq!(self.client.post("/products").await.status(), 201);
    }
}

#[tokio::test]
async fn the_first_answer_is_kept() {
    let Some(server) = RedisServer::start() else { return };
    let app = App::new(&server, &Products::default());
    assert_eq!(app.get("/products").await, ("0".to_owned(), "rutter; fwd=miss; stored".to_owned()));
    assert!(app.is_hit("/products").await);
}

#[tokio::test]
async fn nobody_waits_for_a_turn_that_has_ended() {
    let Some(server) = RedisServer::start() else { return };
    let products = Products::default();
    let (a, b) = (App::new(&server, &products), App::new(&server, &products));
    for round in 0..20 {
        let begun = Instant::now();
        assert_eq!(a.get("/products").await.0, round.to_string());
        // At once, while the answer is still on its way to Redis.
        a.create().await;
        assert_eq!(b.get("/products").await.0, (round + 1).to_string());
        assert!(begun.elapsed() < Duration::from_millis(900), "{round}: {:?}", begun.elapsed());
    }
}

#[tokio::test]
async fn what_is_revalidated_in_a_read_only_redis_is_not_served_by_others() {
    let Some(server) = RedisServer::start() else { return };
    let products = Products::default();
    let (a, b) = (App::new(&server, &products), App::new(&server, &products));
    for app in [&a, &b] {
        for target in ["/products", "/others"] {
            until("it is kept", async || app.is_hit(target).await).await;
        }
    }
    let mut raw = server.raw();
    redis::cmd("REPLICAOF").arg("127.0.0.1").arg(1).exec(&mut raw).expect("it can be set");
    for round in 1..4 {
        a.create().await;
        for app in [&b, &a] {
            assert_eq!(app.get("/products").await.0, round.to_string(), "it was read from Redis");
        }
    }
    redis::cmd("REPLICAOF").arg("NO").arg("ONE").exec(&mut raw).expect("it can be set");
    a.service.cache().settled().await;
    // One makes it, and the other finds it.
    until("both keep it", async || a.is_hit("/products").await && b.is_hit("/products").await).await;
    a.create().await;
    assert_eq!(b.get("/products").await.0, "4");
}

/// The runtime in which it began to listen ends; another one goes on.
#[test]
fn an_application_outlives_its_first_runtime() {
    let Some(server) = RedisServer::start() else { return };
    let products = Products::default();
    let (a, b) = (App::new(&server, &products), App::new(&server, &products));
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let first = runtime();
    first.block_on(until("it is kept", async || b.is_hit("/products").await));
    drop(first);
    let second = runtime();
    second.block_on(async {
        a.create().await;
        a.service.cache().settled().await;
        assert_eq!(b.get("/products").await.0, "1", "nobody has told it");
        until("it is kept", async || b.is_hit("/products").await).await;
        a.create().await;
        assert_eq!(b.get("/products").await.0, "2", "it is told again");
    });
}

/// What a thread without a runtime revalidates is told by the one that listens.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_plain_thread_can_revalidate() {
    let Some(server) = RedisServer::start() else { return };
    let products = Products::default();
    let (a, b) = (App::new(&server, &products), App::new(&server, &products));
    let revalidate = || {
        let (service, products) = (a.service.clone(), products.clone());
        let thread = std::thread::spawn(move || {
            products.add();
            service.cache().tag("products");
        });
        thread.join().expect("no panic");
    };
    // Before anything has listened, and after.
    revalidate();
    for round in 1..4 {
        for app in [&a, &b] {
            until("it is told of", async || app.get("/products").await.0 == round.to_string()).await;
            until("it is kept", async || app.is_hit("/products").await).await;
        }
        revalidate();
        let told = Instant::now();
        until("b is told", async || b.get("/products").await.0 == (round + 1).to_string()).await;
        assert!(told.elapsed() < IN_TIME, "{:?}", told.elapsed());
    }
}
