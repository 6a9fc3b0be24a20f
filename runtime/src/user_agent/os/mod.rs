//! Which operating system an agent runs on.

mod reads;
mod rules;

use super::{
    rule::Found,
    scan::{SYSTEMS, Scan},
};

pub(super) use rules::RULES;

/// The first rule that holds.
pub(super) fn of(scan: &Scan<'_>) -> Found {
    Found::first(scan, SYSTEMS).unwrap_or_default()
}
