//! A program without routes does not start.

#[test]
fn a_package_without_routes_has_nothing_to_serve() {
    let error = rutter::collect!().build().map(drop).expect_err("there is nothing to serve");

    assert_eq!(
        error.to_string(),
        "\
a problem keeps the routes from being served

1. there are no routes
   `collect!()` takes the routes of the calling package: write a function with `#[route]`, or name the crate that has \
them, as in `collect!(self, billing)`
"
    );
}

#[test]
fn a_crate_may_have_all_the_routes() {
    assert!(rutter::collect!(self, billing).build().is_ok());
}
