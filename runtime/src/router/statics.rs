//! Texts and what they lead to: a table that is asked once or twice for every request.

/// Static segments and the nodes they lead to, or whole paths and their values.
///
/// An open-addressing table that is never more than half full. A text is known by its first eight
/// bytes, its last eight and its length: up to sixteen bytes that is the whole of it, and only
/// longer ones are compared in full.
#[derive(Debug, Default)]
pub(super) struct Statics {
    slots: Vec<Option<Slot>>,
    len: usize,
    /// A bit for each length that is there (from 63 on they share one): most texts that are not in
    /// the table need no hash to see it.
    lengths: u64,
}

#[derive(Debug)]
struct Slot {
    key: Key,
    text: Box<[u8]>,
    target: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Key {
    first: u64,
    last: u64,
    len: usize,
}

impl Statics {
    #[inline]
    pub(super) fn find(&self, text: &[u8]) -> Option<usize> {
        if self.lengths & length_bit(text) == 0 {
            return None;
        }
        let key = Key::of(text);
        let mask = self.slots.len().wrapping_sub(1);
        let mut place = key.hash(text) & mask;
        while let Some(Some(slot)) = self.slots.get(place) {
            if slot.key == key && (key.len <= 16 || *slot.text == *text) {
                return Some(slot.target);
            }
            place = (place + 1) & mask;
        }
        None
    }

    /// Adds a text that is not there yet.
    pub(super) fn insert(&mut self, text: &str, target: usize) {
        self.len += 1;
        let text = text.as_bytes();
        self.lengths |= length_bit(text);
        if self.len * 2 > self.slots.len() {
            let old = core::mem::take(&mut self.slots);
            self.slots.resize_with((self.len * 2).next_power_of_two().max(4), || None);
            old.into_iter().flatten().for_each(|slot| self.place(slot));
        }
        self.place(Slot { key: Key::of(text), text: text.into(), target });
    }

    fn place(&mut self, slot: Slot) {
        let mask = self.slots.len() - 1;
        let mut place = slot.key.hash(&slot.text) & mask;
        while self.slots[place].is_some() {
            place = (place + 1) & mask;
        }
        self.slots[place] = Some(slot);
    }
}

impl Key {
    fn of(text: &[u8]) -> Key {
        let len = text.len();
        let (first, last) = match (text.first_chunk::<8>(), text.last_chunk::<8>()) {
            (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
            _ => (short(text), 0),
        };
        Key { first, last, len }
    }

    // The texts are the developer's: nobody outside can choose colliding ones, so a plain
    // multiplication mixes enough. A client can only choose which of them to ask for.
    #[allow(clippy::cast_possible_truncation)]
    fn hash(self, text: &[u8]) -> usize {
        let mut mixed = mix(self.first ^ self.last.rotate_left(29) ^ self.len as u64);
        if self.len > 16 {
            let middle = text[8..].chunks_exact(8).filter_map(<[u8]>::first_chunk::<8>);
            mixed = middle.fold(mixed, |mixed, chunk| mix(mixed.rotate_left(29) ^ u64::from_le_bytes(*chunk)));
        }
        (mixed >> 32) as usize
    }
}

fn length_bit(text: &[u8]) -> u64 {
    1 << text.len().min(63)
}

fn mix(number: u64) -> u64 {
    number.wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Fewer than eight bytes as a number; with the length it tells them apart.
fn short(text: &[u8]) -> u64 {
    match (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        (Some(first), Some(last)) => u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << 32,
        _ => text.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_leads_to_its_own_target() {
        let names: Vec<String> = (0..2_000)
            .map(|n| format!("{}{n}", "x".repeat(n % 23)))
            .chain(["a", "ab", "ba", "abc", "abcd", "abcdefgh", "abcdefghabcdefgh", "é", "\u{1}"].map(str::to_owned))
            .collect();
        let mut statics = Statics::default();
        for (target, name) in names.iter().enumerate() {
            assert_eq!(statics.find(name.as_bytes()), None, "{name}");
            statics.insert(name, target);
        }
        for (target, name) in names.iter().enumerate() {
            assert_eq!(statics.find(name.as_bytes()), Some(target), "{name}");
        }
    }

    #[test]
    fn long_texts_that_differ_in_the_middle_are_told_apart() {
        let mut statics = Statics::default();
        statics.insert("abcdefgh-1-abcdefgh", 1);
        statics.insert("abcdefgh-2-abcdefgh", 2);
        assert_eq!(statics.find(b"abcdefgh-1-abcdefgh"), Some(1));
        assert_eq!(statics.find(b"abcdefgh-2-abcdefgh"), Some(2));
        assert_eq!(statics.find(b"abcdefgh-3-abcdefgh"), None);
    }
}
