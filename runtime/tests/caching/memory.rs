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
        assert_eq!(app.get("/page/1").await.status(), 200);
    }
    assert_eq!(app.service.cache().stats().entries, 0);
}
