//! The static children of a node: a table that is asked once for each segment of a request.

/// Static segments and the nodes they lead to.
///
/// An open-addressing table that is never more than half full. A segment is known by its first
/// eight bytes, its last eight and its length: up to sixteen bytes that is the whole of it, and
/// only longer ones are compared in full.
#[derive(Debug, Default)]
pub(super) struct Statics {
    slots: Vec<Option<Slot>>,
    len: usize,
}

#[derive(Debug)]
struct Slot {
    key: Key,
    text: Box<str>,
    node: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Key {
    first: u64,
    last: u64,
    len: usize,
}

impl Statics {
    pub(super) fn find(&self, segment: &str) -> Option<usize> {
        if self.slots.is_empty() {
            return None;
        }
        let key = Key::of(segment.as_bytes());
        let mask = self.slots.len() - 1;
        let mut place = key.hash() & mask;
        while let Some(Some(slot)) = self.slots.get(place) {
            if slot.key == key && (key.len <= 16 || *slot.text == *segment) {
                return Some(slot.node);
            }
            place = (place + 1) & mask;
        }
        None
    }

    /// Adds a segment that is not there yet.
    pub(super) fn insert(&mut self, segment: &str, node: usize) {
        self.len += 1;
        if self.len * 2 > self.slots.len() {
            let old = core::mem::take(&mut self.slots);
            self.slots.resize_with((self.len * 2).next_power_of_two().max(4), || None);
            old.into_iter().flatten().for_each(|slot| self.place(slot));
        }
        self.place(Slot { key: Key::of(segment.as_bytes()), text: segment.into(), node });
    }

    fn place(&mut self, slot: Slot) {
        let mask = self.slots.len() - 1;
        let mut place = slot.key.hash() & mask;
        while self.slots[place].is_some() {
            place = (place + 1) & mask;
        }
        self.slots[place] = Some(slot);
    }
}

impl Key {
    fn of(segment: &[u8]) -> Key {
        let len = segment.len();
        let (first, last) = match (segment.first_chunk::<8>(), segment.last_chunk::<8>()) {
            (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
            _ => (short(segment), 0),
        };
        Key { first, last, len }
    }

    // The segments are the developer's: nobody outside can choose colliding ones, so a plain
    // multiplication mixes enough. A client can only choose which of them to ask for.
    #[allow(clippy::cast_possible_truncation)]
    fn hash(self) -> usize {
        let mixed = (self.first ^ self.last.rotate_left(29) ^ self.len as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (mixed >> 32) as usize
    }
}

/// Fewer than eight bytes as a number; with the length it tells them apart.
fn short(segment: &[u8]) -> u64 {
    match (segment.first_chunk::<4>(), segment.last_chunk::<4>()) {
        (Some(first), Some(last)) => u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << 32,
        _ => segment.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_segment_leads_to_its_own_node() {
        let names: Vec<String> = (0..2_000)
            .map(|n| format!("{}{n}", "x".repeat(n % 23)))
            .chain(["a", "ab", "ba", "abc", "abcd", "abcdefgh", "abcdefghabcdefgh", "é", "\u{1}"].map(str::to_owned))
            .collect();
        let mut statics = Statics::default();
        for (node, name) in names.iter().enumerate() {
            assert_eq!(statics.find(name), None, "{name}");
            statics.insert(name, node);
        }
        for (node, name) in names.iter().enumerate() {
            assert_eq!(statics.find(name), Some(node), "{name}");
        }
    }

    #[test]
    fn long_segments_that_differ_in_the_middle_are_told_apart() {
        let mut statics = Statics::default();
        statics.insert("abcdefgh-1-abcdefgh", 1);
        statics.insert("abcdefgh-2-abcdefgh", 2);
        assert_eq!(statics.find("abcdefgh-1-abcdefgh"), Some(1));
        assert_eq!(statics.find("abcdefgh-2-abcdefgh"), Some(2));
        assert_eq!(statics.find("abcdefgh-3-abcdefgh"), None);
    }
}
