//! Finding a route: Rutter's tree beside matchit's, which axum uses, on small and large tables.
//!
//! ```sh
//! cargo bench -p rutter-bench --bench router
//! ```
//!
//! Each figure is one look-up of every path in a sample of a hundred, so compare rows, not machines.

use divan::{Bencher, black_box};
use rutter::__private::router::{Params, Pattern, Split, Tree};

/// How many routes a table has.
const ROUTES: [usize; 2] = [200, 10_000];

fn main() {
    divan::main();
}

#[divan::bench(args = ROUTES)]
fn rutter(bencher: Bencher<'_, '_>, routes: usize) {
    let mut tree = Tree::<usize>::default();
    for (index, pattern) in patterns(routes).iter().enumerate() {
        *tree.insert(&Pattern::parse(pattern).expect("a pattern")) = index;
    }
    let paths = paths(routes);
    bencher.bench_local(|| {
        for path in &paths {
            let mut params = Params::default();
            if let Some(found) = tree.first(black_box(path), &mut params) {
                black_box((found, &params));
            } else {
                let split = Split::new(path).expect("a path that may pass");
                black_box(tree.at(path, &split));
            }
        }
    });
}

#[divan::bench(args = ROUTES)]
fn matchit(bencher: Bencher<'_, '_>, routes: usize) {
    let mut peer = matchit::Router::new();
    for (index, pattern) in patterns(routes).iter().enumerate() {
        peer.insert(pattern.replace('[', "{").replace(']', "}"), index).expect("a route of its own");
    }
    let paths = paths(routes);
    bencher.bench_local(|| {
        for path in &paths {
            black_box(peer.at(black_box(path)).ok());
        }
    });
}

/// Five routes for each resource, as REST APIs have them.
fn patterns(count: usize) -> Vec<String> {
    let resource = |n: usize| {
        let base = format!("/api/v1/resource-{n}");
        [
            base.clone(),
            format!("{base}/[id]"),
            format!("{base}/recent"),
            format!("{base}/[id]/comments"),
            format!("{base}/[id]/comments/[comment]"),
        ]
    };
    (0..count.div_ceil(5)).flat_map(resource).take(count).collect()
}

/// A hundred paths from all over the table.
fn paths(count: usize) -> Vec<String> {
    let all = patterns(count);
    let path = |n: usize| all[n * 7919 % all.len()].replace("[id]", "83412").replace("[comment]", "19");
    (0..100).map(path).collect()
}
