//! The command line.

use crate::exchange::{self, Exchange};
use crate::failure::Failure;

/// What `--help` prints.
pub(crate) const USAGE: &str = "\
Prints what one request costs in each server: instructions, allocations, ratio of instructions to hyper.

Usage: cost [OPTIONS]

  --servers A,B    servers, by the name of their program; hyper is always measured   [hyper,axum,rutter]
  --routes A,B     of text, id, post, query, filler, cached, cached-id              [all]
  --requests N     counted once with N requests and once with 2N                    [1000]
  --check RATIO    exit with 1 when a route of rutter takes more than RATIO times the instructions of hyper,
                    or a cached one more than hyper
  --help           print this

Build the servers first: cargo build --release -p rutter-bench --bins
";

/// The server that the others are compared with.
pub(crate) const BASELINE: &str = "hyper";
/// The server that `--check` is about.
pub(crate) const CHECKED: &str = "rutter";
/// What is measured when `--servers` does not say.
const SERVERS: [&str; 3] = [BASELINE, "axum", CHECKED];

/// What the command line asks for.
#[derive(Debug)]
pub(crate) enum Command {
    Help,
    Measure(Options),
}

/// What to measure.
#[derive(Debug)]
pub(crate) struct Options {
    /// The first is the baseline.
    pub(crate) servers: Vec<String>,
    pub(crate) routes: Vec<Exchange>,
    pub(crate) requests: u32,
    /// How many times the instructions of the baseline are still good.
    pub(crate) check: Option<f64>,
}

impl Command {
    pub(crate) fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self, Failure> {
        let mut options = Options {
            servers: SERVERS.map(str::to_owned).to_vec(),
            routes: exchange::routes(),
            requests: 1000,
            check: None,
        };
        while let Some(argument) = arguments.next() {
            if argument == "--help" || argument == "-h" {
                return Ok(Self::Help);
            }
            let (option, value) = match argument.split_once('=') {
                Some((option, value)) => (option.to_owned(), Some(value.to_owned())),
                None => (argument, arguments.next()),
            };
            options.set(&option, value)?;
        }
        if options.check.is_some() && !options.servers.iter().any(|server| server == CHECKED) {
            return Err(Failure::Usage(format!("`--check` is about `{CHECKED}`: name it in `--servers`")));
        }
        Ok(Self::Measure(options))
    }
}

impl Options {
    fn set(&mut self, option: &str, value: Option<String>) -> Result<(), Failure> {
        if !["--servers", "--routes", "--requests", "--check"].contains(&option) {
            return Err(Failure::Usage(format!("there is no option `{option}`")));
        }
        let Some(value) = value else {
            return Err(Failure::Usage(format!("`{option}` needs a value")));
        };
        match option {
            "--servers" => self.servers = servers(&value),
            "--routes" => self.routes = routes(&value)?,
            "--requests" => self.requests = requests(&value)?,
            _ => self.check = Some(ratio(&value)?),
        }
        Ok(())
    }
}

/// The named servers, each once, behind the baseline.
fn servers(names: &str) -> Vec<String> {
    let mut servers = vec![BASELINE.to_owned()];
    for name in names.split(',') {
        if !servers.iter().any(|server| server == name) {
            servers.push(name.to_owned());
        }
    }
    servers
}

fn routes(names: &str) -> Result<Vec<Exchange>, Failure> {
    let known = exchange::routes();
    names
        .split(',')
        .map(|name| {
            let route = known.iter().find(|route| route.name == name);
            route.cloned().ok_or_else(|| Failure::Usage(format!("there is no route `{name}`")))
        })
        .collect()
}

fn requests(number: &str) -> Result<u32, Failure> {
    let requests = number.parse().ok().filter(|requests| (1..=1_000_000).contains(requests));
    requests.ok_or_else(|| Failure::Usage(format!("`--requests` is a number from 1 to 1000000, not `{number}`")))
}

fn ratio(number: &str) -> Result<f64, Failure> {
    let ratio = number.parse().ok().filter(|ratio: &f64| ratio.is_finite() && *ratio > 0.0);
    ratio.ok_or_else(|| Failure::Usage(format!("`--check` is a ratio such as 1.05, not `{number}`")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Options, String> {
        match Command::parse(line.split_whitespace().map(str::to_owned)) {
            Ok(Command::Measure(options)) => Ok(options),
            Ok(Command::Help) => Err("help".to_owned()),
            Err(failure) => Err(failure.to_string()),
        }
    }

    #[test]
    fn everything_is_measured_unless_options_say_less() {
        let options = parse("").unwrap();
        assert_eq!(options.servers, ["hyper", "axum", "rutter"]);
        assert_eq!(options.routes.len(), 7);
        assert_eq!((options.requests, options.check), (1000, None));
    }

    #[test]
    fn a_value_follows_its_option_or_an_equals_sign() {
        let options = parse("--servers rutter --routes=text,post --requests 50 --check=1.05").unwrap();
        assert_eq!(options.servers, ["hyper", "rutter"]);
        assert_eq!(options.routes.iter().map(|route| route.name).collect::<Vec<_>>(), ["text", "post"]);
        assert_eq!((options.requests, options.check), (50, Some(1.05)));
    }

    #[test]
    fn a_mistake_is_named() {
        let mistakes = [
            ("--fast", "there is no option `--fast`; `--help` lists the options"),
            ("--routes", "`--routes` needs a value; `--help` lists the options"),
            ("--routes texts", "there is no route `texts`; `--help` lists the options"),
            ("--requests 0", "`--requests` is a number from 1 to 1000000, not `0`; `--help` lists the options"),
            ("--check x --servers rutter", "`--check` is a ratio such as 1.05, not `x`; `--help` lists the options"),
            (
                "--check 1.05 --servers axum",
                "`--check` is about `rutter`: name it in `--servers`; `--help` lists the options",
            ),
        ];
        for (line, message) in mistakes {
            assert_eq!(parse(line).unwrap_err(), message);
        }
    }
}
