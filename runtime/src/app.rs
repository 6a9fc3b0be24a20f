//! What every request of one application shares: its state and its limits.

use crate::{ending::Ending, limits::Limits, state::StateMap, work::Work};

/// What every request of one application shares.
#[derive(Default)]
pub(crate) struct App {
    pub(crate) state: StateMap,
    pub(crate) limits: Limits,
    pub(crate) ending: Ending,
    pub(crate) work: Work,
}
