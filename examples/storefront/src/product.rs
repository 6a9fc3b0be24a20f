//! What the shop sells, and what a client may say about it.

use core::fmt;

use serde::{Deserialize, Deserializer, Serialize};

/// A product, as clients see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Product {
    pub(crate) id: i64,
    pub(crate) slug: String,
    pub(crate) name: String,
    pub(crate) price: Price,
    pub(crate) category: String,
    pub(crate) created_at: String,
}

/// A product that is not there yet.
#[derive(Debug, Deserialize)]
pub(crate) struct NewProduct {
    pub(crate) name: Label,
    pub(crate) price: Price,
    pub(crate) category: Label,
}

/// What is to be changed of a product; what is not given stays.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Changes {
    #[serde(default, deserialize_with = "given")]
    pub(crate) name: Option<Label>,
    #[serde(default, deserialize_with = "given")]
    pub(crate) price: Option<Price>,
    #[serde(default, deserialize_with = "given")]
    pub(crate) category: Option<Label>,
}

/// A name or a category: one line of 1 to 200 characters, none of them space at its ends.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Label(String);

/// A price in cents, from nothing to ten million whole ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "i64")]
pub(crate) struct Price(i64);

impl Label {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Label {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Label, &'static str> {
        let text = text.trim();
        match text.chars().count() {
            0 => Err("must not be empty"),
            1..=200 if text.contains(char::is_control) => Err("must be one line"),
            1..=200 => Ok(Label(text.to_owned())),
            _ => Err("must have at most 200 characters"),
        }
    }
}

impl Price {
    /// A price of our own; what a client says is checked by `TryFrom`.
    pub(crate) fn of(cents: i64) -> Price {
        Price(cents)
    }

    pub(crate) fn cents(self) -> i64 {
        self.0
    }
}

impl TryFrom<i64> for Price {
    type Error = &'static str;

    fn try_from(cents: i64) -> Result<Price, &'static str> {
        match cents {
            ..0 => Err("must not be negative"),
            0..=1_000_000_000 => Ok(Price(cents)),
            _ => Err("must be at most 1000000000 cents"),
        }
    }
}

/// As people write it: `129.00`.
impl fmt::Display for Price {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}.{:02}", self.0 / 100, self.0 % 100))
    }
}

/// A field that may be left out, but is not `null`: nothing here can be taken away.
fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(field: D) -> Result<Option<T>, D::Error> {
    T::deserialize(field).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_trimmed_and_short() {
        let long = |letters| "ü".repeat(letters);
        for (text, expected) in [
            ("Sextant", Ok("Sextant")),
            (" Brass  sextant\n", Ok("Brass  sextant")),
            (&long(200), Ok(&*long(200))),
            (&long(201), Err("must have at most 200 characters")),
            ("", Err("must not be empty")),
            (" \t\u{3000}", Err("must not be empty")),
            ("Brass\nsextant", Err("must be one line")),
            ("Brass\0sextant", Err("must be one line")),
        ] {
            let label = Label::try_from(text.to_owned());
            assert_eq!(label.as_ref().map(Label::as_str), expected.as_ref().copied(), "{text:?}");
        }
    }

    #[test]
    fn prices_are_neither_negative_nor_beyond_reason() {
        for (cents, expected) in [
            (0, Ok(Price(0))),
            (12_900, Ok(Price(12_900))),
            (1_000_000_000, Ok(Price(1_000_000_000))),
            (-1, Err("must not be negative")),
            (i64::MIN, Err("must not be negative")),
            (1_000_000_001, Err("must be at most 1000000000 cents")),
            (i64::MAX, Err("must be at most 1000000000 cents")),
        ] {
            assert_eq!(Price::try_from(cents), expected, "{cents}");
        }
    }

    #[test]
    fn a_price_is_shown_with_two_places() {
        for (cents, expected) in [(0, "0.00"), (5, "0.05"), (12_900, "129.00"), (1_000_000_000, "10000000.00")] {
            assert_eq!(Price(cents).to_string(), expected);
        }
        assert_eq!(format!("{:>7}", Price(5)), "   0.05");
    }
}
