//! The costs as a markdown table: a row a route, a column a server.

use std::fmt;

use crate::cost::Cost;
use crate::exchange::Exchange;

/// What each route costs in each server; the first server is the baseline.
#[derive(Debug)]
pub(crate) struct Table {
    /// With the limit of those that have one of their own.
    routes: Vec<(&'static str, Option<f64>)>,
    servers: Vec<(String, Vec<Cost>)>,
}

impl Table {
    pub(crate) fn new(routes: &[Exchange]) -> Self {
        Self {
            routes: routes.iter().map(|route| (route.name, route.kept.map(|kept| kept.limit))).collect(),
            servers: Vec::new(),
        }
    }

    /// Adds a server with the cost of each route.
    pub(crate) fn add(&mut self, server: &str, costs: Vec<Cost>) {
        self.servers.push((server.to_owned(), costs));
    }

    /// The routes in which `server` takes more than `limit` times the instructions of the baseline, or more than their
    /// own limit: how many times, and the limit.
    pub(crate) fn above(&self, server: &str, limit: f64) -> Vec<(&'static str, f64, f64)> {
        let Some((_, baseline)) = self.servers.first() else {
            return Vec::new();
        };
        let Some((_, costs)) = self.servers.iter().find(|(name, _)| name == server) else {
            return Vec::new();
        };
        let ratios = costs.iter().zip(baseline).map(|(cost, baseline)| cost.ratio(baseline));
        let routes = self.routes.iter().zip(ratios).map(|((route, own), ratio)| (*route, ratio, own.unwrap_or(limit)));
        routes.filter(|(_, ratio, limit)| ratio > limit).collect()
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "| instructions · allocations |")?;
        for (server, _) in &self.servers {
            write!(f, " {server} |")?;
        }
        writeln!(f, "\n| --- |{}", " ---: |".repeat(self.servers.len()))?;
        for (row, (route, _)) in self.routes.iter().enumerate() {
            write!(f, "| {route} |")?;
            for (column, (_, costs)) in self.servers.iter().enumerate() {
                let cost = costs[row];
                write!(f, " {} · {}", grouped(cost.instructions), plain(cost.allocations))?;
                if column > 0 {
                    write!(f, " · {:.3}×", cost.ratio(&self.servers[0].1[row]))?;
                }
                write!(f, " |")?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

/// A whole number with a comma before every three digits.
fn grouped(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Decimals only where there are any: an allocation every so many requests must not be rounded away.
fn plain(number: f64) -> String {
    if number.fract() == 0.0 { format!("{number:.0}") } else { format!("{number:.3}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange;

    fn cost(instructions: f64, allocations: f64) -> Cost {
        Cost { instructions, allocations }
    }

    fn table() -> Table {
        let mut table = Table::new(&exchange::routes()[..2]);
        table.add("hyper", vec![cost(8000.4, 4.0), cost(10_000.0, 6.0)]);
        table.add("rutter", vec![cost(7600.0, 0.0), cost(10_600.0, 0.125)]);
        table
    }

    #[test]
    fn every_server_is_compared_with_the_first() {
        let expected = "\
| instructions · allocations | hyper | rutter |
| --- | ---: | ---: |
| text | 8,000 · 4 | 7,600 · 0 · 0.950× |
| id | 10,000 · 6 | 10,600 · 0.125 · 1.060× |
";
        assert_eq!(table().to_string(), expected);
    }

    #[test]
    fn a_cached_route_has_a_limit_of_its_own() {
        let mut table = Table::new(&exchange::routes()[4..6]);
        table.add("hyper", vec![cost(8000.0, 4.0), cost(8000.0, 4.0)]);
        table.add("rutter", vec![cost(8160.0, 0.0), cost(8160.0, 0.0)]);
        assert_eq!(table.above("rutter", 1.05), [("cached", 1.02, 1.0)]);
    }

    #[test]
    fn only_routes_above_the_limit_fail_the_check() {
        assert_eq!(table().above("rutter", 1.05), [("id", 1.06, 1.05)]);
        assert_eq!(table().above("rutter", 1.07), []);
    }
}
