//! A library without routes.

/// How much was used.
pub fn used() -> u64 {
    7
}
