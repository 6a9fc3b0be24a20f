//! What a route allows a request: the size of its body, and the time that its answer takes.

use crate::{
    given::Given,
    route::{
        options::Options,
        units::{self, Unit, Units},
    },
};

pub(crate) fn body_limit(given: &Given, options: &mut Options) -> syn::Result<()> {
    const TIB: u64 = 1 << 40;
    let bytes = units::number(given, &SIZES)?;
    if bytes > TIB {
        return Err(given.wrong("a body of more than 1 TiB is never meant: give a smaller limit"));
    }
    options.body_limit = Some(bytes);
    Ok(())
}

pub(crate) fn timeout(given: &Given, options: &mut Options) -> syn::Result<()> {
    const DAY: u64 = 24 * 60 * 60 * 1000;
    let milliseconds = units::number(given, &TIMES)?;
    if milliseconds == 0 {
        return Err(given.wrong("a time-out of zero lets no request through: give a longer one"));
    }
    if milliseconds > DAY {
        return Err(given.wrong("a time-out of more than 24 hours is never meant: give a shorter one"));
    }
    options.timeout = Some(milliseconds);
    Ok(())
}

const SIZES: Units = Units {
    all: &[Unit::new("b", 1), Unit::new("kb", 1 << 10), Unit::new("mb", 1 << 20), Unit::new("gb", 1 << 30)],
    may_lack: true,
};

/// In milliseconds. Without a unit nobody could tell them from seconds.
const TIMES: Units = Units {
    all: &[Unit::new("ms", 1), Unit::new("s", 1000), Unit::new("m", 60 * 1000), Unit::new("h", 60 * 60 * 1000)],
    may_lack: false,
};
