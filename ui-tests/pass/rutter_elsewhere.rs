//! `crate = path` says where Rutter is: here the name `rutter` means something else.

mod vendor {
    pub mod web {
        pub use ::rutter::*;
    }
}

mod application {
    // Whoever looks for Rutter by its own name finds this.
    #[allow(unused)]
    mod rutter {}

    use crate::vendor::web::prelude::*;

    #[derive(FromRequest)]
    #[from_request(crate = crate::vendor::web)]
    pub struct Where {
        uri: Uri,
    }

    #[route(POST, "/[a]/[...b]", crate = crate::vendor::web, status = 201, timeout = 1s)]
    pub async fn here(a: u8, b: Vec<String>, place: Where, headers: &HeaderMap, text: String) -> String {
        format!("{a} {b:?} {} {} {text}", place.uri, headers.len())
    }
}

fn main() {
    assert!(rutter::collect!().build().is_ok());
    assert_eq!(application::here::path(1, ["x"]), "/1/x");
}
