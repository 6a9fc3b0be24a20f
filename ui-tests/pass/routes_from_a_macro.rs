//! Routes that a `macro_rules!` writes, from whatever fragments.

use rutter::prelude::*;

macro_rules! resource {
    ($(#[$meta:meta])* $visibility:vis $name:ident, $path:literal, $ty:ty, $($option:tt)*) => {
        $(#[$meta])*
        #[route(GET, $path, $($option)*)]
        $visibility async fn $name(id: $ty, header: &HeaderMap, query: Option<Query<Vec<(String, $ty)>>>) -> Json<$ty> {
            let _ = (header, query);
            Json(id)
        }
    };
}

resource!(
    /// One user.
    pub get_user, "/users/[id]", u64, timeout = 1s
);
resource!(get_word, "/words/[id]", String, body_limit = 1kb, status = 203);

macro_rules! ping {
    ($($method:ident $name:ident)*) => {
        $(
            #[route($method, "/ping")]
            fn $name(text: String) -> String {
                // The names are the macro's own: what is generated must not meet them.
                let (call, head, body, slot) = (1, 2, 3, 4);
                format!("{text} {call} {head} {body} {slot}")
            }
        )*
    };
}

ping!(GET get_ping POST post_ping PUT put_ping);

fn main() {
    assert!(rutter::collect!().build().is_ok());
    assert_eq!(get_user::path(7), "/users/7");
    assert_eq!(get_user::ROUTE.docs(), "One user.");
}
