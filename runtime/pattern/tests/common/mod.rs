//! Patterns over a small alphabet, for properties.

use proptest::{collection::vec, prelude::*, sample::select};
use rutter_pattern::Pattern;

/// Patterns of up to three segments out of `a`, `b` and the dynamic forms, so that many of them meet.
pub(crate) fn patterns() -> impl Strategy<Value = Pattern> {
    let segments = vec(select(vec!["a", "b", "[#]", "(g)"]), 0..4);
    let end = select(vec!["", "", "/[...rest]", "/[[...rest]]"]);
    (segments, end).prop_map(|(segments, end)| {
        let mut text = String::new();
        for (index, segment) in segments.iter().enumerate() {
            text.push('/');
            text.push_str(&segment.replace('#', &format!("p{index}")));
        }
        text.push_str(end);
        parsed(if text.is_empty() { "/" } else { &text })
    })
}

pub(crate) fn parsed(text: &str) -> Pattern {
    Pattern::parse(text).unwrap_or_else(|errors| panic!("{errors}"))
}
