//! What an agent costs: bytes that are allocated for it, counted by the allocator, and the time, which is only told.

use std::{hint::black_box, time::Instant};

use allocation_counter::measure;
use rutter::UserAgent;
use serde_json::Value;

#[test]
fn an_agent_takes_less_than_two_kibibytes() {
    ask("to build the tables");
    let mut bytes: Vec<u64> = agents().iter().map(|agent| allocated(agent)).collect();
    bytes.sort_unstable();
    let (median, most) = (bytes[bytes.len() / 2], bytes[bytes.len() - 1]);
    println!("allocated for an agent with every question: median {median}, most {most} bytes");
    assert!(most <= 2048);
}

#[test]
fn a_megabyte_costs_no_more_than_350_characters() {
    ask("to build the tables");
    for piece in ["x", "Mozilla/5.0 (Linux; Android 10) ", "((((", "🦀"] {
        let long = piece.repeat(1_000_000 / piece.len());
        let short: String = long.chars().take(350).collect();
        assert_eq!(allocated(&long), allocated(&short), "{piece}");
    }
}

#[test]
fn the_time_of_an_agent_is_told() {
    let agents = agents();
    for agent in &agents {
        ask(agent);
    }
    let mut times: Vec<_> = agents.iter().map(|agent| best_of(20, agent)).collect();
    times.sort_unstable();
    let long = "Mozilla/5.0 (Linux; Android 10) ".repeat(31_250);
    let (long, short) = (best_of(20, &long), best_of(20, &long[..350]));
    println!("every question: median {} ns, most {} ns", times[times.len() / 2], times[times.len() - 1]);
    println!("a megabyte {long} ns, its first 350 characters {short} ns");
}

fn best_of(rounds: usize, agent: &str) -> u128 {
    let round = || {
        let start = Instant::now();
        ask(black_box(agent));
        start.elapsed().as_nanos()
    };
    (0..rounds).map(|_| round()).min().unwrap_or_default()
}

fn allocated(agent: &str) -> u64 {
    measure(|| ask(agent)).bytes_total
}

/// Every question, without writing the answers down.
fn ask(agent: &str) {
    let agent = UserAgent::new(agent);
    black_box((agent.browser(), agent.engine(), agent.os(), agent.device(), agent.cpu(), agent.crawler()));
}

fn agents() -> Vec<String> {
    let lines = include_str!("data/user-agents.jsonl").lines();
    let cases = lines.map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    cases.map(|case| case["ua"].as_str().expect("an agent").to_owned()).collect()
}
