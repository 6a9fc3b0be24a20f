//! What another instance has revalidated while the store could not be changed: what the store has of it is out of date.

use core::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard},
};

use crate::{
    cache::Label,
    time::{Clock, Timestamp},
};

/// Labels whose entries in the store are not believed until their versions have changed.
///
/// Whoever revalidated them tells so again with each attempt. When that has not been heard for [`SILENCE`], the label
/// is [`Verdict::Overdue`]: nobody else is going to change its version.
#[derive(Debug, Default)]
pub(super) struct Distrust {
    /// Nearly always there are none.
    any: AtomicBool,
    until: Mutex<HashMap<Label, Timestamp>>,
}

/// Whether an entry with some labels is believed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Trusted,
    Distrusted,
    /// Those of its labels that nobody tells of any more; they are taken out.
    Overdue(Vec<Label>),
}

impl Distrust {
    pub(super) fn add(&self, labels: &[Label], clock: &Clock) {
        let mut all = self.until();
        let until = clock.now() + SILENCE;
        all.extend(labels.iter().map(|label| (label.clone(), until)));
        if all.len() > MOST_LABELS {
            *all = HashMap::from([(Label::all(), until)]);
        }
        self.any.store(true, Ordering::Release);
    }

    /// The versions of these labels have changed: no entry of before is found any more.
    pub(super) fn remove(&self, labels: &[Label]) {
        if !self.any.load(Ordering::Acquire) {
            return;
        }
        let mut all = self.until();
        for label in labels {
            all.remove(label);
        }
        // Every entry has that label.
        if labels.contains(&Label::all()) {
            all.clear();
        }
        self.any.store(!all.is_empty(), Ordering::Release);
    }

    pub(super) fn verdict(&self, labels: &[Label], clock: &Clock) -> Verdict {
        if !self.any.load(Ordering::Acquire) {
            return Verdict::Trusted;
        }
        let (mut all, now) = (self.until(), clock.now());
        let everything = Label::all();
        let known: Vec<&Label> = labels.iter().chain([&everything]).filter(|label| all.contains_key(label)).collect();
        if known.is_empty() {
            return Verdict::Trusted;
        }
        let mut overdue: Vec<Label> = known.into_iter().filter(|label| all[label] <= now).cloned().collect();
        if overdue.is_empty() {
            return Verdict::Distrusted;
        }
        overdue.dedup();
        for label in &overdue {
            all.remove(label);
        }
        self.any.store(!all.is_empty(), Ordering::Release);
        Verdict::Overdue(overdue)
    }

    fn until(&self) -> MutexGuard<'_, HashMap<Label, Timestamp>> {
        self.until.lock().expect("nothing panics while it holds this lock")
    }
}

/// Longer than the pause between two attempts of whoever has revalidated, and the attempt.
pub(super) const SILENCE: Duration = Duration::from_secs(30);
const MOST_LABELS: usize = 10_000;

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(tag: &str) -> [Label; 2] {
        [Label::all(), Label::tag(tag)]
    }

    #[test]
    fn a_label_is_distrusted_until_its_version_has_changed() {
        let (distrust, clock) = (Distrust::default(), Clock::stopped(Timestamp::from_millis(1)));
        assert_eq!(distrust.verdict(&labels("a"), &clock), Verdict::Trusted);
        distrust.add(&[Label::tag("a")], &clock);
        distrust.remove(&[Label::tag("b")]);
        assert_eq!(distrust.verdict(&labels("a"), &clock), Verdict::Distrusted);
        assert_eq!(distrust.verdict(&labels("b"), &clock), Verdict::Trusted);
        distrust.remove(&[Label::tag("a")]);
        assert_eq!(distrust.verdict(&labels("a"), &clock), Verdict::Trusted);
        distrust.add(&[Label::tag("a")], &clock);
        distrust.remove(&[Label::all()]);
        assert_eq!(distrust.verdict(&labels("a"), &clock), Verdict::Trusted);
    }

    #[test]
    fn a_label_that_nobody_tells_of_any_more_is_overdue_once() {
        let (distrust, clock) = (Distrust::default(), Clock::stopped(Timestamp::from_millis(1)));
        distrust.add(&[Label::tag("a")], &clock);
        clock.advance(SILENCE / 2);
        distrust.add(&[Label::tag("a")], &clock);
        clock.advance(SILENCE / 2);
        assert_eq!(distrust.verdict(&labels("a"), &clock), Verdict::Distrusted);
        clock.advance(SILENCE / 2);
        assert_eq!(distrust.verdict(&labels("a"), &clock), Verdict::Overdue(vec![Label::tag("a")]));
        assert_eq!(distrust.verdict(&labels("a"), &clock), Verdict::Trusted);
    }

    #[test]
    fn too_many_labels_become_everything() {
        let (distrust, clock) = (Distrust::default(), Clock::stopped(Timestamp::from_millis(1)));
        let many: Vec<Label> = (0..=MOST_LABELS).map(|n| Label::tag(&n.to_string())).collect();
        distrust.add(&many, &clock);
        assert_eq!(distrust.verdict(&[Label::tag("other")], &clock), Verdict::Distrusted);
        assert_eq!(distrust.until().len(), 1);
    }
}
