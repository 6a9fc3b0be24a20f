//! The labels of what is in memory, and their versions.

use core::sync::atomic::{AtomicU64, Ordering};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, Weak},
};

use crate::cache::{Holds, Label, Mode, Seal, Version};

/// Every label that something in memory has.
///
/// A label lives as long as an entry or a computation that has it: what is forgotten leaves nothing behind.
#[derive(Debug)]
pub(crate) struct Labels {
    cells: Mutex<Cells>,
    /// The label that everything has.
    all: Arc<Cell>,
    /// Numbers that no version has had.
    next: AtomicU64,
}

#[derive(Debug, Default)]
struct Cells {
    by_label: HashMap<Label, Weak<Cell>>,
    /// How much they weigh, those included that nothing has any more.
    weight: u64,
    /// How much they may weigh before those are looked for.
    sweep_at: u64,
}

/// The version of one label, shared by everything that has it.
#[derive(Debug)]
pub(crate) struct Cell {
    expired: AtomicU64,
    staled: AtomicU64,
}

/// The versions that the labels of an entry had before it was made, beside those that they have now.
#[derive(Debug, Clone)]
pub(crate) struct LiveSeal {
    labels: Box<[(Arc<Cell>, Version)]>,
    /// The bytes that the labels take, more or less.
    weight: u64,
}

impl Default for Labels {
    fn default() -> Self {
        Labels { cells: Mutex::default(), all: Arc::new(Cell::new(0)), next: AtomicU64::new(1) }
    }
}

impl Labels {
    /// The versions of these labels now, to be looked at again later.
    pub(crate) fn seal(&self, labels: &[Label]) -> LiveSeal {
        let mut cells = self.cells.lock().expect("nothing panics while it holds this lock");
        let live = labels.iter().map(|label| {
            let cell = if *label == Label::all() { Arc::clone(&self.all) } else { cells.cell(label, &self.next) };
            let version = cell.version();
            (cell, version)
        });
        LiveSeal { labels: live.collect(), weight: labels.iter().map(weight).sum() }
    }

    /// Gives a label another version. A label that nothing has needs none.
    pub(crate) fn revalidate(&self, label: &Label, mode: Mode) {
        let cells = self.cells.lock().expect("nothing panics while it holds this lock");
        let cell = if *label == Label::all() { Some(Arc::clone(&self.all)) } else { cells.find(label) };
        if let Some(cell) = cell {
            let version = self.next.fetch_add(1, Ordering::Relaxed);
            let part = if mode == Mode::Expire { &cell.expired } else { &cell.staled };
            part.store(version, Ordering::Release);
        }
    }

    /// How many labels are known, those included that nothing has any more.
    #[cfg(test)]
    fn len(&self) -> usize {
        self.cells.lock().expect("nothing panics while it holds this lock").by_label.len()
    }
}

impl Cells {
    fn find(&self, label: &Label) -> Option<Arc<Cell>> {
        self.by_label.get(label)?.upgrade()
    }

    fn cell(&mut self, label: &Label, next: &AtomicU64) -> Arc<Cell> {
        if let Some(cell) = self.find(label) {
            return cell;
        }
        if self.weight >= self.sweep_at.max(SWEEP_AT_FIRST) {
            self.by_label.retain(|_, cell| cell.strong_count() > 0);
            self.weight = self.by_label.keys().map(weight).sum();
            self.sweep_at = self.weight * 2;
        }
        self.weight += weight(label);
        // A label that was forgotten comes back with a version of its own.
        let cell = Arc::new(Cell::new(next.fetch_add(1, Ordering::Relaxed)));
        self.by_label.insert(label.clone(), Arc::downgrade(&cell));
        cell
    }
}

const SWEEP_AT_FIRST: u64 = 64 * 1024;

/// What a label takes: its bytes, as long as something has it and until it is swept; its places in the map, in a seal and
/// on the heap.
fn weight(label: &Label) -> u64 {
    const PLACES: usize = 130;
    (PLACES + 2 * label.as_bytes().len()) as u64
}

impl Cell {
    fn new(version: u64) -> Self {
        Cell { expired: AtomicU64::new(version), staled: AtomicU64::new(version) }
    }

    #[inline]
    fn version(&self) -> Version {
        Version { expired: self.expired.load(Ordering::Acquire), staled: self.staled.load(Ordering::Acquire) }
    }
}

impl LiveSeal {
    /// What has happened to the labels since.
    #[inline]
    pub(crate) fn holds(&self) -> Holds {
        // Nearly always nothing has: that is asked first.
        if self.labels.iter().all(|(cell, then)| *then == cell.version()) {
            return Holds::Whole;
        }
        let each = self.labels.iter().map(|(cell, then)| then.holds(cell.version()));
        each.max().unwrap_or(Holds::Whole)
    }

    /// The bytes that the labels take, more or less.
    pub(crate) fn weight(&self) -> u64 {
        self.weight
    }

    /// The versions alone.
    pub(crate) fn versions(&self) -> Seal {
        Seal(self.labels.iter().map(|(_, version)| *version).collect())
    }

    /// The same labels, with the versions that they had at another time.
    pub(crate) fn at(mut self, versions: &Seal) -> Option<LiveSeal> {
        if self.labels.len() != versions.0.len() {
            return None;
        }
        for ((_, version), then) in self.labels.iter_mut().zip(&versions.0) {
            *version = *then;
        }
        Some(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_breaks_when_one_of_its_labels_is_expired() {
        let labels = Labels::default();
        let seal = labels.seal(&[Label::all(), Label::tag("a"), Label::tag("b")]);
        labels.revalidate(&Label::tag("c"), Mode::Expire);
        assert_eq!(seal.holds(), Holds::Whole);
        labels.revalidate(&Label::tag("b"), Mode::Stale);
        assert_eq!(seal.holds(), Holds::Stale);
        labels.revalidate(&Label::tag("a"), Mode::Expire);
        assert_eq!(seal.holds(), Holds::Broken);
        assert_eq!(labels.seal(&[Label::tag("a"), Label::tag("b")]).holds(), Holds::Whole);
    }

    #[test]
    fn everything_can_be_expired_at_once() {
        let labels = Labels::default();
        let seal = labels.seal(&[Label::all()]);
        labels.revalidate(&Label::all(), Mode::Expire);
        assert_eq!(seal.holds(), Holds::Broken);
    }

    #[test]
    fn a_label_that_was_forgotten_has_another_version() {
        let labels = Labels::default();
        let versions = labels.seal(&[Label::tag("a")]).versions();
        labels.cells.lock().unwrap().by_label.clear();
        let seal = labels.seal(&[Label::tag("a")]).at(&versions).expect("as many labels");
        assert_eq!(seal.holds(), Holds::Broken);
    }

    #[test]
    fn labels_that_nothing_has_are_forgotten() {
        let labels = Labels::default();
        let kept: Vec<LiveSeal> = (0..1_000).map(|n| labels.seal(&[Label::tag(&format!("kept {n}"))])).collect();
        for n in 0..100_000 {
            labels.seal(&[Label::tag(&format!("{n}"))]);
        }
        assert!(labels.len() < 5_000, "{}", labels.len());
        labels.revalidate(&Label::tag("kept 7"), Mode::Expire);
        assert_eq!((kept[7].holds(), kept[8].holds()), (Holds::Broken, Holds::Whole));
    }
}
