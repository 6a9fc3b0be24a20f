//! Ten thousand hits, for callgrind: whether one takes more instructions the more answers are kept.
//!
//! ```sh
//! cargo build --release -p rutter-bench --bins
//! valgrind --tool=callgrind --callgrind-out-file=/dev/null --toggle-collect='*hits::hit*' \
//!     target/release/hits 100000
//! ```
//!
//! The `Collected` that valgrind prints at the end, divided by ten thousand, is what one hit takes. The clock stands
//! still; with `each-second` behind the number of answers it goes on by a second before each hit, so that no hit finds
//! `Age` written already.

mod kept;

use rutter::{Body, Response};

use kept::Kept;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let answers = arguments.next().and_then(|number| number.parse().ok()).unwrap_or(1_000);
    let each_second = arguments.next().is_some_and(|word| word == "each-second");
    let mut kept = Kept::fill(answers);
    for _ in 0..10_000 {
        if each_second {
            kept.wait();
        }
        let request = kept.request();
        drop(hit(&kept, request));
    }
}

/// What is counted.
#[inline(never)]
fn hit(kept: &Kept, request: hyper::Request<Body>) -> Response {
    kept.answer(request)
}
