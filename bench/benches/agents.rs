//! What the questions about a `User-Agent` take: all of them, and whether a program asks alone.
//!
//! ```sh
//! cargo bench -p rutter-bench --bench agents
//! ```
//!
//! Each figure is one agent of `runtime/tests/data`, one after another; `long` has a megabyte.

use divan::{Bencher, black_box};
use rutter::UserAgent;

fn main() {
    divan::main();
}

#[divan::bench(sample_count = 1_000, sample_size = 100)]
fn every_question(bencher: Bencher<'_, '_>) {
    ask_each(bencher, |agent| usize::from(agent.is_mobile()) + usize::from(agent.is_bot()));
}

#[divan::bench(sample_count = 1_000, sample_size = 100)]
fn is_bot(bencher: Bencher<'_, '_>) {
    ask_each(bencher, |agent| usize::from(agent.is_bot()));
}

#[divan::bench(sample_count = 1_000, sample_size = 100)]
fn long(bencher: Bencher<'_, '_>) {
    let text = "Mozilla/5.0 (Linux; Android 10) ".repeat(31_250);
    bencher.bench_local(|| {
        let agent = UserAgent::new(black_box(&text));
        black_box((agent.device().kind(), agent.is_bot()))
    });
}

fn ask_each(bencher: Bencher<'_, '_>, ask: impl Fn(&UserAgent) -> usize) {
    let agents = agents();
    let mut next = agents.iter().cycle();
    bencher.bench_local(|| ask(&UserAgent::new(next.next().expect("there are agents"))));
}

fn agents() -> Vec<String> {
    let lines = include_str!("../../runtime/tests/data/user-agents.jsonl").lines();
    let cases = lines.map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"));
    cases.map(|case| case["ua"].as_str().expect("an agent").to_owned()).collect()
}
