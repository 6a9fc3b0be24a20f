//! A route stands wherever a function does: in modules, at any depth, and in the bodies of functions.

mod shop {
    pub mod products {
        use rutter::route;

        #[route(GET, "/products")]
        pub fn list() {}
    }

    #[rutter::route(GET, "/cart")]
    pub(super) fn cart() {}
}

fn in_a_body() -> rutter::Routes {
    use rutter::prelude::*;

    struct Local(u8);

    impl FromSegment<'_> for Local {
        fn from_segment(text: &str) -> Result<Self, rutter::SegmentError> {
            u8::from_segment(text).map(Local)
        }
    }

    impl std::fmt::Display for Local {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            self.0.fmt(f)
        }
    }

    #[route(GET, "/local/[id]")]
    async fn local(id: Local) -> String {
        id.to_string()
    }

    assert_eq!(local::path(Local(7)), "/local/7");
    rutter::routes![local, shop::cart, shop::products::list, crate::shop::products::list].state(())
}

fn main() {
    assert!(in_a_body().build().is_err(), "one of them is named twice");
    assert_eq!(rutter::collect!().table().to_string().lines().count(), 3);
    assert!(rutter::collect!().build().is_ok());
}
