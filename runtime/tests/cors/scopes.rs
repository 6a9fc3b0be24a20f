//! A scope speaks for its module and those below it; the nearest wins.

use super::*;

static OUTER: Cors = Cors::origins(&["https://outer.example"]);
static INNER: Cors = Cors::origins(&["https://inner.example"]);
static ROUTE: Cors = Cors::origins(&["https://route.example"]);

#[route(GET, "/outside", dynamic, register = false)]
fn outside() {}

mod outer {
    use rutter::prelude::*;

    rutter::scope! { cors: super::OUTER }

    #[route(GET, "/outer", dynamic, register = false)]
    pub(super) fn outer() {}

    #[route(GET, "/outer/route", dynamic, cors = super::ROUTE, register = false)]
    pub(super) fn route_in_outer() {}

    pub(super) mod below {
        use rutter::prelude::*;

        #[route(GET, "/below", dynamic, register = false)]
        pub(in crate::scopes) fn below() {}
    }

    pub(super) mod inner {
        use rutter::prelude::*;

        // A name in sight, and the macro by the prelude.
        use crate::scopes::INNER;

        scope! { cors: INNER, crate: ::rutter }

        #[route(GET, "/inner", dynamic, register = false)]
        pub(in crate::scopes) fn inner() {}
    }

    /// A scope that says nothing of other origins leaves it to those further out.
    pub(super) mod silent {
        use rutter::prelude::*;

        scope! { crate: ::rutter }

        #[route(GET, "/silent", dynamic, register = false)]
        pub(in crate::scopes) fn silent() {}
    }
}

/// Its name begins like that of another module.
mod outermost {
    use rutter::prelude::*;

    #[route(GET, "/outermost", dynamic, register = false)]
    pub(super) fn outermost() {}
}

fn routes() -> rutter::Routes {
    rutter::routes![
        outside,
        outer::outer,
        outer::route_in_outer,
        outer::below::below,
        outer::inner::inner,
        outer::silent::silent,
        outermost::outermost,
    ]
}

async fn allows(server: &Running, target: &str) -> Vec<&'static str> {
    let mut allowed = Vec::new();
    for name in ["outer", "inner", "route", "app"] {
        let origin = format!("https://{name}.example");
        let answer = server.get_from(&origin, target).await;
        allowed.extend(answer.header("access-control-allow-origin").map(|told| {
            assert_eq!(told, origin);
            name
        }));
    }
    allowed
}

#[tokio::test]
async fn the_nearest_scope_speaks_and_a_route_speaks_for_itself() {
    let server = start(routes()).await;
    for (target, expected) in [
        ("/outside", &[][..]),
        ("/outer", &["outer"]),
        ("/outer/route", &["route"]),
        ("/below", &["outer"]),
        ("/inner", &["inner"]),
        ("/silent", &["outer"]),
        ("/outermost", &[]),
    ] {
        assert_eq!(allows(&server, target).await, expected, "{target}");
    }
}

#[tokio::test]
async fn scopes_win_over_the_application() {
    let server = start(routes().cors(Cors::origins(&["https://app.example"]))).await;
    for (target, expected) in [("/outside", "app"), ("/outer", "outer"), ("/inner", "inner"), ("/outer/route", "route")]
    {
        assert_eq!(allows(&server, target).await, [expected], "{target}");
    }
}

#[test]
fn two_scopes_of_one_module_that_the_compiler_cannot_see_are_a_problem_of_the_start() {
    mod twice {
        use rutter::prelude::*;

        #[route(GET, "/twice", dynamic, register = false)]
        pub(super) fn twice() {}

        fn _one() {
            rutter::scope! { cors: crate::API }
        }

        fn _other() {
            rutter::scope! { cors: crate::PUBLIC }
        }
    }
    let error = rutter::routes![twice::twice].build().map(drop).expect_err("one of them is too many").to_string();
    assert!(error.contains("1. the module `cors::scopes::twice` has two scopes, at "), "{error}");
    assert!(error.contains("make them one `scope! { … }`"), "{error}");
}
