//! What one request costs in each server: the instructions of its process, and how often it asks for memory.
//!
//! Every server runs under valgrind's callgrind, which counts exactly. Of each route it answers n requests, then 2n,
//! over one connection; half of what the second run costs beyond the first is no start, no accept and no warm-up,
//! only requests. `bench/README.md` says why instructions and not seconds.

mod client;
mod cost;
mod dump;
mod exchange;
mod failure;
mod interrupt;
mod options;
mod server;
mod table;

use std::process::ExitCode;

use crate::cost::Cost;
use crate::exchange::Exchange;
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::options::{Command, USAGE};
use crate::server::Server;
use crate::table::Table;

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("cost: {failure}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<ExitCode, Failure> {
    let options = match Command::parse(std::env::args().skip(1))? {
        Command::Help => {
            print!("{USAGE}");
            return Ok(ExitCode::SUCCESS);
        }
        Command::Measure(options) => options,
    };
    // Every server is looked for before the first is measured, which takes a while.
    let programs = options.servers.iter().map(|name| server::program(name)).collect::<Result<Vec<_>, _>>()?;

    let interrupt = Interrupt::listen()?;
    let mut table = Table::new(&options.routes);
    for (name, program) in options.servers.iter().zip(&programs) {
        let mut costs = Vec::new();
        for route in &options.routes {
            eprintln!("measuring `{}` of `{name}`", route.name);
            // In a process of its own, so that each has the same past: an allocator's work depends on its earlier work.
            let mut server = Server::start(name, program, &interrupt)?;
            costs.push(measure(&mut server, route, options.requests)?);
        }
        table.add(name, costs);
    }
    print!("{table}");

    let Some(limit) = options.check else {
        return Ok(ExitCode::SUCCESS);
    };
    let above = table.above(options::CHECKED, limit);
    for (route, ratio, limit) in &above {
        eprintln!("cost: `{route}` takes {ratio:.3} times the instructions of hyper, more than {limit}");
    }
    Ok(if above.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The cost of a route in a server that has just started, once all its answers are right.
fn measure(server: &mut Server, route: &Exchange, requests: u32) -> Result<Cost, Failure> {
    for exchange in exchange::routes().iter().filter(|route| route.kept.is_some()) {
        server.fill(exchange)?;
    }
    for exchange in exchange::refusals().iter().chain(&exchange::routes()) {
        server.exchange(exchange, 1)?;
    }
    server.exchange(route, WARM_UP)?;
    server.mark()?;
    server.exchange(route, requests)?;
    let once = server.mark()?;
    server.exchange(route, requests * 2)?;
    let twice = server.mark()?;
    Ok(Cost::between(&once, &twice, requests))
}

/// By then hyper has grown its buffers to the size of the messages.
const WARM_UP: u32 = 200;
