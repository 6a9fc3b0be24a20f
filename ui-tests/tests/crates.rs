//! Which crates' routes an application has, and what is said when they do not fit.

use rutter::prelude::*;

struct Config;

/// A route of this package itself.
#[route(GET, "/health")]
fn health(config: State<Config>) -> &'static str {
    let _: &Config = &config;
    "well"
}

/// The methods and the pattern of each route, in the order of the table.
fn routes(routes: &rutter::Routes) -> Vec<String> {
    let table = routes.table().to_string();
    let columns = table.lines().map(|line| line.split("  ").filter(|text| !text.is_empty()).map(str::trim));
    columns.map(|columns| columns.take(2).collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn a_package_has_its_own_routes_and_no_others() {
    assert_eq!(routes(&rutter::collect!()), ["GET /health"]);
}

#[test]
fn a_crate_that_is_named_is_linked_though_nothing_else_of_it_is_used() {
    let collected = rutter::collect!(self, billing);

    assert_eq!(routes(&collected), ["GET /health", "GET /invoices", "GET /invoices/[id]", "POST /invoices/[id]"]);
}

#[test]
fn a_crate_can_be_named_without_the_package_itself() {
    assert_eq!(routes(&rutter::collect!(shipping)), ["GET, DELETE /invoices/[number]", "GET /parcels/[number]"]);
}

#[test]
fn a_crate_that_cargo_renames_is_written_with_both_names() {
    assert_eq!(routes(&rutter::collect!(pay = payments)), ["GET /payments/[id]"]);
}

#[tokio::test]
async fn the_routes_of_a_crate_answer() {
    let app = rutter::collect!(self, billing, pay = payments).state(Config).build().expect("the routes fit together");
    let client = rutter::testing::Client::new(app);

    assert_eq!(client.get("/invoices/7").send().await.text(), "invoice 7");
    assert_eq!(client.post("/invoices/7").send().await.text(), "invoice 7 is paid");
    assert_eq!(client.get("/payments/7").send().await.status(), 200);
    assert_eq!(client.get("/health").send().await.text(), "well");
    assert_eq!(client.get("/parcels/7").send().await.status(), 404, "a crate that is not named adds no route");
}

#[test]
fn two_crates_that_answer_the_same_requests_are_named_with_their_files() {
    let error = rutter::collect!(billing, shipping).build().map(drop).expect_err("both have the invoices");

    assert_eq!(
        error.to_string(),
        "\
a problem keeps the routes from being served

1. two routes answer GET on the same paths
     GET /invoices/[id]              get_invoice     ui-tests/crates/billing/src/lib.rs:15
     GET, DELETE /invoices/[number]  parcel_invoice  ui-tests/crates/shipping/src/lib.rs:12
   give one of them another path or another method
"
    );
}

#[test]
fn a_crate_without_routes_is_no_part_of_an_application() {
    let error = rutter::collect!(self, metering).state(Config).build().map(drop).expect_err("there is nothing in it");

    assert_eq!(
        error.to_string(),
        "\
a problem keeps the routes from being served

1. the crate `metering` is collected, but no route of it is linked
   is it renamed in `Cargo.toml`? then write both names, as in `collect!(self, metering = its_own_name)`; \
has it no `#[route]`? then leave it out
"
    );
}

#[test]
fn a_renamed_crate_under_one_name_is_not_found() {
    let error = rutter::collect!(pay).build().map(drop).expect_err("the compiler knows it by its own name");

    assert_eq!(
        error.to_string(),
        "\
a problem keeps the routes from being served

1. the crate `pay` is collected, but no route of it is linked
   is it renamed in `Cargo.toml`? then write both names, as in `collect!(self, pay = its_own_name)`; \
has it no `#[route]`? then leave it out
"
    );
}

// The same as a test of one line, as an application writes it.
rutter::assert_routes!(self, billing, pay = payments; state: Config);

mod without_state {
    rutter::assert_routes!();
}
