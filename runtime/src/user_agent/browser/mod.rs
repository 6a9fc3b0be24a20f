//! Which browser an agent is: the words by which each tells itself from those whose words it repeats.
//!
//! Nearly every browser says that it is Mozilla, Chrome and Safari as well, so the rarest word comes first.

mod reads;
mod rules;

use core::ops::Range;

use super::{
    rule::Found,
    scan::{BROWSERS, Scan},
    text,
};

pub(super) use rules::RULES;

/// The first rule that holds.
pub(super) fn of(scan: &Scan<'_>) -> Found {
    Found::first(scan, BROWSERS).unwrap_or_default()
}

/// The digits that a version begins with.
pub(super) fn major(version: &str) -> Range<usize> {
    let start = version.bytes().position(|byte| byte.is_ascii_digit()).unwrap_or(0);
    text::run(version, start, |byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_the_first_number() {
        for (version, expected) in
            [("155.0.8037", "155"), ("WAP2.0", "2"), ("1.x", "1"), ("15.6,2", "15"), ("x.y", ""), ("", "")]
        {
            assert_eq!(&version[major(version)], expected, "{version}");
        }
    }
}
