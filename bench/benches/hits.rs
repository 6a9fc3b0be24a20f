//! Finding a kept answer: whether it takes longer the more there are.
//!
//! ```sh
//! cargo bench -p rutter-bench --bench hits
//! ```
//!
//! Each figure is one call of the service without a socket. `src/bin/hits` counts the same in instructions.

#[path = "../src/bin/hits/kept.rs"]
mod kept;

use divan::{Bencher, black_box};

use kept::Kept;

fn main() {
    divan::main();
}

#[divan::bench(args = [10, 1_000, 100_000], sample_count = 1_000, sample_size = 100)]
fn hit(bencher: Bencher<'_, '_>, answers: usize) {
    let kept = std::cell::RefCell::new(Kept::fill(answers));
    bencher
        .with_inputs(|| kept.borrow_mut().request())
        .bench_local_values(|request| drop(black_box(kept.borrow().answer(request))));
}
