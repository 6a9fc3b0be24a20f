//! The counts in one dump of callgrind, as far as this tool needs them.
//!
//! A dump is text: `summary:` has the instructions, `fn=` opens a function, and in it `cfn=` names a function it
//! called, followed by `calls=` with how often. <https://valgrind.org/docs/manual/cl-format.html>

use crate::cost::Counts;

/// Reads a dump that was written with `--compress-strings=no`, so that functions go by their names.
pub(crate) fn read(dump: &str) -> Counts {
    let mut counts = Counts::default();
    let mut function = "";
    let mut called = "";
    for line in dump.lines() {
        if let Some(total) = line.strip_prefix("summary:") {
            counts.instructions += first_number(total);
        } else if let Some(name) = line.strip_prefix("fn=") {
            function = name;
        } else if let Some(name) = line.strip_prefix("cfn=") {
            called = name;
        } else if let Some(calls) = line.strip_prefix("calls=") {
            // `realloc` may turn to `malloc` within the C library: that is one request for memory, not two.
            if is_allocation(called) && !is_allocation(function) {
                counts.allocations += first_number(calls);
            }
        }
    }
    counts
}

fn is_allocation(name: &str) -> bool {
    ["malloc", "calloc", "realloc", "posix_memalign", "aligned_alloc", "memalign"].contains(&name)
}

fn first_number(text: &str) -> u64 {
    text.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DUMP: &str = "\
events: Ir
summary: 4207

ob=/usr/lib/libc.so.6
fn=realloc
3281 40
cfn=malloc
calls=2 3281
0 200

fn=serve
0 12
cfn=malloc
calls=3 3281
0 300
cfn=_int_malloc
calls=5 1338
0 10
cob=/usr/lib/libc.so.6
cfn=realloc
calls=2 3400
0 90

totals: 4207
";

    #[test]
    fn a_call_that_asks_for_memory_counts_unless_the_allocator_makes_it() {
        assert_eq!(read(DUMP), Counts { instructions: 4207, allocations: 5 });
    }
}
