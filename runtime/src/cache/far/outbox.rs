//! What a store has not been told of yet.

use std::collections::HashMap;

use crate::cache::{Label, Mode};

/// What a store has not been told of yet.
#[derive(Debug, Default)]
pub(super) struct Outbox {
    pub(super) labels: HashMap<Label, Mode>,
    /// How many have been put in.
    pub(super) count: u64,
    /// Whether a task sends them.
    pub(super) is_sent: bool,
}

/// What a store has been told of.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// How many revalidations.
    pub(super) count: u64,
    /// Of how many it was tried to tell.
    pub(super) tried: u64,
    /// Whether the last try has failed.
    pub(super) failed: bool,
}

impl Outbox {
    pub(super) fn add(&mut self, label: &Label, mode: Mode) {
        self.count += 1;
        self.merge(label.clone(), mode);
        // A store that hears nothing for long has to forget everything.
        if self.labels.len() > MOST_LABELS {
            self.labels = HashMap::from([(Label::all(), Mode::Expire)]);
        }
    }

    pub(super) fn put_back(&mut self, labels: HashMap<Label, Mode>) {
        for (label, mode) in labels {
            self.merge(label, mode);
        }
    }

    /// What is expired needs no mark.
    fn merge(&mut self, label: Label, mode: Mode) {
        let known = self.labels.entry(label).or_insert(mode);
        if mode == Mode::Expire {
            *known = mode;
        }
    }
}

const MOST_LABELS: usize = 10_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_expired_is_not_marked_stale_in_its_place() {
        let mut outbox = Outbox::default();
        outbox.add(&Label::tag("a"), Mode::Expire);
        outbox.add(&Label::tag("a"), Mode::Stale);
        outbox.add(&Label::tag("b"), Mode::Stale);
        assert_eq!(outbox.labels[&Label::tag("a")], Mode::Expire);
        assert_eq!(outbox.labels[&Label::tag("b")], Mode::Stale);
    }

    #[test]
    fn too_much_to_tell_becomes_everything() {
        let mut outbox = Outbox::default();
        for n in 0..=MOST_LABELS {
            outbox.add(&Label::tag(&n.to_string()), Mode::Stale);
        }
        assert_eq!(outbox.labels, HashMap::from([(Label::all(), Mode::Expire)]));
    }
}
