//! What instances tell each other: which labels have been revalidated, and how.

use bytes::Buf;

use crate::cache::{Label, Mode};

/// Labels have been revalidated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Message {
    /// The instance that did it, and wants to know who has heard.
    pub(super) sender: u64,
    /// Which of its revalidations this is.
    pub(super) sequence: u64,
    pub(super) mode: Mode,
    /// Whether the versions of the labels have changed.
    pub(super) written: bool,
    pub(super) labels: Vec<Label>,
}

impl Message {
    /// A byte for the form, one for the mode, sender and sequence, then each label behind its length.
    pub(super) fn encode(sender: u64, sequence: u64, mode: Mode, written: bool, labels: &[Label]) -> Vec<u8> {
        let mode = match (mode, written) {
            (Mode::Expire, true) => EXPIRE,
            (Mode::Stale, true) => STALE,
            (Mode::Expire, false) => EXPIRE_UNWRITTEN,
            (Mode::Stale, false) => STALE_UNWRITTEN,
        };
        let mut bytes = vec![FORM, mode];
        bytes.extend_from_slice(&sender.to_le_bytes());
        bytes.extend_from_slice(&sequence.to_le_bytes());
        for label in labels.iter().map(Label::as_bytes) {
            bytes.extend_from_slice(&u32::try_from(label.len()).unwrap_or(u32::MAX).to_le_bytes());
            bytes.extend_from_slice(label);
        }
        bytes
    }

    /// Reads what [`Message::encode`] wrote.
    pub(super) fn decode(mut bytes: &[u8]) -> Option<Self> {
        if bytes.try_get_u8().ok()? != FORM {
            return None;
        }
        let (mode, written) = match bytes.try_get_u8().ok()? {
            EXPIRE => (Mode::Expire, true),
            STALE => (Mode::Stale, true),
            EXPIRE_UNWRITTEN => (Mode::Expire, false),
            STALE_UNWRITTEN => (Mode::Stale, false),
            _ => return None,
        };
        let sender = bytes.try_get_u64_le().ok()?;
        let sequence = bytes.try_get_u64_le().ok()?;
        let mut labels = Vec::new();
        while !bytes.is_empty() {
            let len = usize::try_from(bytes.try_get_u32_le().ok()?).ok()?;
            let (label, rest) = bytes.split_at_checked(len)?;
            labels.push(Label::from_bytes(label)?);
            bytes = rest;
        }
        Some(Message { sender, sequence, mode, written, labels })
    }
}

const FORM: u8 = 1;
const EXPIRE: u8 = 0;
const STALE: u8 = 1;
const EXPIRE_UNWRITTEN: u8 = 2;
const STALE_UNWRITTEN: u8 = 3;

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    #[test]
    fn a_message_survives_its_bytes() {
        for (mode, written) in [(Mode::Expire, true), (Mode::Stale, true), (Mode::Expire, false), (Mode::Stale, false)]
        {
            let labels = vec![Label::all(), Label::tag(""), Label::tag("é"), Label::path("/a%2Fb/c")];
            let bytes = Message::encode(7, u64::MAX, mode, written, &labels);
            assert_eq!(Message::decode(&bytes), Some(Message { sender: 7, sequence: u64::MAX, mode, written, labels }));
        }
    }

    #[test]
    fn another_form_or_mode_or_length_is_not_read() {
        let bytes = Message::encode(1, 2, Mode::Stale, true, &[Label::tag("a")]);
        for (at, value) in [(0, 2), (1, 9), (18, 3), (18, 1), (21, 255), (22, b'?')] {
            let mut changed = bytes.clone();
            changed[at] = value;
            assert_eq!(Message::decode(&changed), None, "byte {at} is {value}");
        }
        for len in (0..bytes.len()).filter(|len| *len != 18) {
            assert_eq!(Message::decode(&bytes[..len]), None, "the first {len} bytes");
        }
    }

    proptest! {
        #[test]
        fn garbage_does_no_harm(garbage in vec(any::<u8>(), 0..100)) {
            drop(Message::decode(&garbage));
            drop(Message::decode(&[&[FORM, STALE], &garbage[..]].concat()));
        }
    }
}
