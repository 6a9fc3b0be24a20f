//! Every question about each agent of `runtime/tests/data`, for callgrind.
//!
//! ```sh
//! cargo build --release -p rutter-bench --bins
//! valgrind --tool=callgrind --callgrind-out-file=/dev/null --toggle-collect='*agents::ask*' target/release/agents
//! ```
//!
//! The `Collected` that valgrind prints at the end, divided by the number that this prints, is what one agent takes. The
//! tables are built before.

use rutter::UserAgent;

fn main() {
    let lines = include_str!("../../../runtime/tests/data/user-agents.jsonl").lines();
    let cases = lines.map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"));
    let agents: Vec<String> = cases.map(|case| case["ua"].as_str().expect("an agent").to_owned()).collect();
    let first = UserAgent::new("to build the tables");
    let mut bots = usize::from(first.is_bot()) + usize::from(first.is_mobile());
    for agent in &agents {
        bots += ask(agent);
    }
    println!("{} agents, {bots} answers", agents.len());
}

/// What is counted.
#[inline(never)]
fn ask(agent: &str) -> usize {
    let agent = UserAgent::new(agent);
    usize::from(agent.is_bot()) + usize::from(agent.is_mobile())
}
