//! Memory is bounded, and forgets what it has no room for.

use rutter::prelude::*;

use crate::App;

#[route(GET, "/page/[id]", revalidate = 60, tags("page:[id]"), register = false)]
fn page(id: &str) -> String {
    format!("{id}: {}", "x".repeat(1_000))
}

#[tokio::test]
async fn a_flood_of_distinct_paths_stays_inside_the_bound() {
    const BOUND: u64 = 1024 * 1024;

    let app = App::with(rutter::routes![page], |caching| caching.bytes(BOUND));
    for id in 0..20_000 {
        assert_eq!(app.get(&format!("/page/{id}")).await.status(), 200);
        if id % 1_000 == 0 {
            assert!(app.service.cache().stats().bytes <= BOUND);
        }
    }
    let stats = app.service.cache().stats();
    assert!(stats.bytes <= BOUND, "{stats:?}");
    assert!(stats.entries > 100, "{stats:?}");
}

#[tokio::test]
async fn long_paths_and_their_tags_are_counted() {
    const BOUND: u64 = 1024 * 1024;

    let app = App::with(rutter::routes![page], |caching| caching.bytes(BOUND));
    for id in 0..2_000 {
        app.get(&format!("/page/{id:08000}")).await;
    }
    let stats = app.service.cache().stats();
    // The key twice, the path and the tag twice, the body: 8 kB each.
    assert!(stats.entries < usize::try_from(BOUND / 50_000).unwrap(), "{stats:?}");
}

#[tokio::test]
async fn a_body_of_the_largest_size_has_room_however_many_cores_there_are() {
    let app = App::with(rutter::routes![large], |caching| caching.bytes(8 * 1024 * 1024).largest(1024 * 1024));
    app.get("/large/1").await;
    let second = app.get("/large/1").await;
    assert_eq!(second.header("cache-status"), Some("rutter; hit; ttl=60"));
}

#[route(GET, "/large/[id]", revalidate = 60, register = false)]
fn large(id: u64) -> Bytes {
    vec![id.to_le_bytes()[0]; 1024 * 1024].into()
}

#[tokio::test]
async fn what_is_asked_for_often_survives_a_flood() {
    let app = App::with(rutter::routes![page], |caching| caching.bytes(1024 * 1024));
    let mut hits = 0;
    for id in 0..5_000 {
        app.get(&format!("/page/{id}")).await;
        let often = app.get("/page/often").await;
        hits += usize::from(often.header("cache-status").is_some_and(|status| status.starts_with("rutter; hit")));
    }
    assert!(hits > 4_900, "{hits} of 5000");
}

#[tokio::test]
async fn what_has_no_room_is_made_each_time() {
    let app = App::with(rutter::routes![page], |caching| caching.bytes(0));
    for _ in 0..3 {
        let answer = app.get("/page/1").await;
        assert_eq!(answer.header("cache-status"), Some("rutter; fwd=miss; detail=no-room"));
    }
    assert_eq!(app.service.cache().stats().entries, 0);
}
