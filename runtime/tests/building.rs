//! What stops an application from starting: one report with every problem, and the table of what starts.

// The reports below name the lines of these routes.
mod shop {
    use rutter::prelude::*;

    pub(super) struct Db;
    pub(super) struct Mailer;

    #[route(GET, "/products/[id]", register = false)]
    pub(super) fn get_product(id: u64, db: State<Db>) -> String {
        let _: &Db = &db;
        id.to_string()
    }

    #[route(GET, "/products/[slug]", register = false)]
    pub(super) fn by_slug(slug: &str) -> String {
        slug.to_owned()
    }

    #[route([POST, PUT, DELETE], "/products/[id]", register = false)]
    pub(super) fn change_product(id: u64, db: State<Db>, mailer: State<Mailer>) -> String {
        let _: (&Db, &Mailer) = (&db, &mailer);
        id.to_string()
    }

    #[route([GET, DELETE, PUT], "/(admin)/products/[product]", register = false)]
    pub(super) fn administer(product: String, headers: &HeaderMap) -> String {
        format!("{product} {}", headers.len())
    }

    #[route(GET, "/", register = false)]
    pub(super) fn home() -> &'static str {
        "welcome"
    }

    #[route(POST, "/products/import", register = false)]
    pub(super) fn import(list: Bytes, uri: &Uri) -> String {
        format!("{} {uri}", list.len())
    }

    #[route(GET, "/docs/[[...path]]", register = false)]
    pub(super) fn docs(path: Option<Vec<String>>) -> String {
        path.unwrap_or_default().concat()
    }
}

use shop::{administer, by_slug, change_product, docs, get_product, home, import};

#[test]
fn two_routes_of_one_shape_answer_the_same_requests_whatever_their_names() {
    report(
        rutter::routes![get_product, by_slug].state(shop::Db),
        "\
a problem keeps the routes from being served

1. two routes answer GET on the same paths
     GET /products/[id]    get_product  runtime/tests/building.rs:10
     GET /products/[slug]  by_slug      runtime/tests/building.rs:16
   give one of them another path or another method
",
    );
}

#[test]
fn only_the_methods_that_both_have_are_a_problem() {
    report(
        rutter::routes![change_product, administer].state(shop::Db).state(shop::Mailer),
        "\
a problem keeps the routes from being served

1. two routes answer PUT, DELETE on the same paths
     POST, PUT, DELETE /products/[id]              change_product  runtime/tests/building.rs:21
     GET, PUT, DELETE /(admin)/products/[product]  administer      runtime/tests/building.rs:27
   give one of them another path or another method
",
    );
}

#[test]
fn a_route_that_is_named_twice_is_two() {
    report(
        rutter::routes![home, home],
        "\
a problem keeps the routes from being served

1. two routes answer GET on the same paths
     GET /  home  runtime/tests/building.rs:32
     GET /  home  runtime/tests/building.rs:32
   give one of them another path or another method
",
    );
}

#[test]
fn state_that_handlers_ask_for_and_nobody_gives_is_named_with_them() {
    report(
        rutter::routes![get_product, change_product, home].state(shop::Mailer),
        "\
a problem keeps the routes from being served

1. `building::shop::Db` is required as state, and nobody gives one
     GET /products/[id]                get_product     runtime/tests/building.rs:10
     POST, PUT, DELETE /products/[id]  change_product  runtime/tests/building.rs:21
   add `.state(…)` with a `building::shop::Db` before `.build()`
",
    );
}

#[test]
fn there_is_at_least_one_route() {
    report(
        rutter::routes![],
        "\
a problem keeps the routes from being served

1. there are no routes
   `collect!()` takes the routes of the calling package: write a function with `#[route]`, or name the crate that has \
them, as in `collect!(self, billing)`
",
    );
}

// The documentation of `BuildError` shows this report.
#[test]
fn every_problem_is_in_one_report() {
    report(
        rutter::routes![get_product, by_slug],
        "\
2 problems keep the routes from being served

1. two routes answer GET on the same paths
     GET /products/[id]    get_product  runtime/tests/building.rs:10
     GET /products/[slug]  by_slug      runtime/tests/building.rs:16
   give one of them another path or another method

2. `building::shop::Db` is required as state, and nobody gives one
     GET /products/[id]  get_product  runtime/tests/building.rs:10
   add `.state(…)` with a `building::shop::Db` before `.build()`
",
    );
}

#[test]
fn a_report_is_printed_the_same_for_people_and_for_main() {
    let error = rutter::routes![get_product, by_slug].check().expect_err("they answer the same requests");

    assert_eq!(error.len(), 1, "what state there will be is not known yet");
    assert_eq!(format!("{error:?}"), error.to_string());
    assert_eq!(format!("{:?}", rutter::Error::from(error.clone())), error.to_string());
}

#[test]
fn a_test_may_promise_the_state_that_the_application_will_have() {
    assert!(rutter::routes![get_product, change_product].check().is_ok(), "nothing is known of the state");
    assert!(rutter::routes![get_product, change_product].promise::<shop::Db>().check().is_err());
    let promised = rutter::routes![get_product, change_product].promise::<shop::Db>().promise::<shop::Mailer>();
    assert!(promised.check().is_ok());
}

#[test]
fn the_table_lists_routes_by_path_with_methods_mode_and_source() {
    let table = rutter::routes![docs, by_slug, change_product, import, home].table();

    assert_eq!(
        table.to_string(),
        "\
GET                /                  ○ static   reads nothing              home            runtime/tests/building.rs:32
GET                /docs/[[...path]]  ƒ dynamic  reads params               docs            runtime/tests/building.rs:42
POST               /products/import   ƒ dynamic  reads params, query, body  import          runtime/tests/building.rs:37
GET                /products/[slug]   ƒ dynamic  reads params               by_slug         runtime/tests/building.rs:16
POST, PUT, DELETE  /products/[id]     ƒ dynamic  reads params               change_product  runtime/tests/building.rs:21
"
    );
}

#[track_caller]
fn report(routes: rutter::Routes, expected: &str) {
    let error = routes.build().map(drop).expect_err("the routes do not fit together");
    assert_eq!(error.to_string(), expected);
}
