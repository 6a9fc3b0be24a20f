//! The end of a server by its signals: the real program, clients that go on asking, SIGTERM.

#![cfg(unix)]

mod load;
mod program;

use core::time::Duration;
use std::time::Instant;

use load::Load;
use program::Program;

#[test]
fn no_accepted_request_is_lost_streams_end_and_work_is_done() {
    let program = Program::start("calm");
    let load = Load::start(program.address);
    std::thread::sleep(Duration::from_millis(700));
    program.terminate();
    let ended = program.ended();
    let seen = load.ended();
    assert!(ended.success, "{}", ended.log);
    assert_eq!(seen.lost, Vec::<String>::new(), "{} were answered", seen.answered);
    assert!(seen.answered > 500, "only {} requests: that is no load", seen.answered);
    assert_eq!((seen.streams_ended, seen.streams_cut), (load::STREAMS, 0));
    assert!(seen.orders > 0);
    assert_eq!(ended.output, [format!("worked {} times", seen.orders)]);
}

#[test]
fn a_second_signal_ends_what_is_stuck() {
    let program = Program::start("stuck");
    let mut client = program.stick();
    program.terminate();
    std::thread::sleep(Duration::from_millis(300));
    assert!(program.runs(), "the first signal waits");
    let begun = Instant::now();
    program.terminate();
    let ended = program.ended();
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    assert!(ended.success);
    assert_eq!(program::rest(&mut client), "", "a request that is cut off has no answer");
    assert!(ended.log.contains("requests in progress are cut off"), "{}", ended.log);
    assert!(ended.log.contains("a second signal"), "{}", ended.log);
    let named = ended.log.lines().find(|line| line.contains("work after an answer is cut off"));
    assert!(named.is_some_and(|line| line.contains("tests/sigterm/program.rs:")), "{}", ended.log);
}

#[test]
fn the_drain_time_ends_what_is_stuck() {
    let program = Program::start("hasty");
    let mut client = program.stick();
    let begun = Instant::now();
    program.terminate();
    let ended = program.ended();
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    assert!(ended.success);
    assert_eq!(program::rest(&mut client), "");
    assert!(ended.log.contains("the drain time is over"), "{}", ended.log);
}
