//! The cost of one request, and the counts it is worked out from.

use std::ops::AddAssign;

/// What a process did in some stretch of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Executed in user space.
    pub(crate) instructions: u64,
    /// Calls that ask the C library for memory.
    pub(crate) allocations: u64,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.instructions += other.instructions;
        self.allocations += other.allocations;
    }
}

/// What one request costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Cost {
    pub(crate) instructions: f64,
    pub(crate) allocations: f64,
}

impl Cost {
    /// The cost of one request, when `once` was counted over `requests` and `twice` over two times as many.
    pub(crate) fn between(once: &Counts, twice: &Counts, requests: u32) -> Self {
        Self {
            instructions: difference(once.instructions, twice.instructions) / f64::from(requests),
            allocations: difference(once.allocations, twice.allocations) / f64::from(requests),
        }
    }

    /// How many times the instructions of `baseline` this is.
    pub(crate) fn ratio(&self, baseline: &Self) -> f64 {
        self.instructions / baseline.instructions
    }
}

#[expect(clippy::cast_precision_loss, reason = "2^53 instructions would take callgrind years")]
fn difference(less: u64, more: u64) -> f64 {
    more as f64 - less as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_both_runs_share_is_no_part_of_the_cost() {
        let once = Counts { instructions: 50_000 + 10 * 7_000, allocations: 30 + 10 * 4 };
        let twice = Counts { instructions: 50_000 + 20 * 7_000, allocations: 30 + 20 * 4 };
        assert_eq!(Cost::between(&once, &twice, 10), Cost { instructions: 7_000.0, allocations: 4.0 });
    }
}
