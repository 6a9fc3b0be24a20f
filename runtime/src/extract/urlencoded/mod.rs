//! Names and values in `application/x-www-form-urlencoded`, the form of queries and of bodies.

mod pairs;
mod reader;
mod text;

use serde::de::{Deserialize, value::Error};

use crate::{
    extract::wording::field_error,
    percent::resolved,
    response::{FieldError, Place},
};

use reader::Reader;

/// Why names and values cannot be read.
#[derive(Debug)]
pub(super) enum Fault {
    /// An escape is none, or what the escapes spell is no UTF-8.
    Malformed,
    /// There are more pairs than the route takes.
    TooMany { limit: usize },
    /// The pairs do not fit the type.
    Shape(FieldError),
}

/// Reads the pairs. What is wrong is looked for only once something is.
pub(super) fn read<'t, T: Deserialize<'t>>(text: &'t str, limit: usize, place: Place) -> Result<T, Fault> {
    check(text, limit)?;
    T::deserialize(Reader::new(text)).map_err(|error| shape::<T>(text, place, &error))
}

#[cold]
fn shape<'t, T: Deserialize<'t>>(text: &'t str, place: Place, error: &Error) -> Fault {
    Fault::Shape(match serde_path_to_error::deserialize::<_, T>(Reader::new(text)) {
        Err(error) => field_error(place, error.path(), &error.inner().to_string()),
        Ok(_) => FieldError::new(place, "", error.to_string()),
    })
}

/// What the parser would let pass: a wrong escape, which it keeps, and what is no UTF-8, which it
/// replaces.
fn check(text: &str, limit: usize) -> Result<(), Fault> {
    // A pair is at least a letter and an ampersand, so a short text needs no counting.
    if text.len() / 2 >= limit && pairs(text.as_bytes()) > limit {
        return Err(Fault::TooMany { limit });
    }
    if text.as_bytes().contains(&b'%') && !is_readable(text.as_bytes()) {
        return Err(Fault::Malformed);
    }
    Ok(())
}

/// The number of pairs: what stands between two `&&` is none.
fn pairs(text: &[u8]) -> usize {
    text.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()).count()
}

/// Whether every escape is one, and bytes and escapes together spell UTF-8.
fn is_readable(text: &[u8]) -> bool {
    let mut letter = [0; 4];
    let mut have = 0;
    for byte in resolved(text) {
        let Some(byte) = byte else { return false };
        letter[have] = byte;
        have += 1;
        match core::str::from_utf8(&letter[..have]) {
            Ok(_) => have = 0,
            Err(error) if error.error_len().is_some() => return false,
            // The letter goes on, and no letter is longer than four bytes.
            Err(_) => {}
        }
    }
    have == 0
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    struct Search {
        q: String,
        #[serde(default)]
        page: Option<u32>,
        #[serde(default)]
        tag: Vec<String>,
    }

    fn told(text: &str) -> String {
        match read::<Search>(text, 10, Place::Query) {
            Ok(search) => format!("{search:?}"),
            Err(Fault::Shape(error)) => format!("{}: {}", error.name, error.detail),
            Err(fault) => format!("{fault:?}"),
        }
    }

    #[test]
    fn pairs_are_read() {
        assert_eq!(told("q=a+b%20c"), r#"Search { q: "a b c", page: None, tag: [] }"#);
        assert_eq!(told("q=&page=2&tag=x&tag=y"), r#"Search { q: "", page: Some(2), tag: ["x", "y"] }"#);
        assert_eq!(told("q=%C3%A9&tag=x"), r#"Search { q: "é", page: None, tag: ["x"] }"#);
        assert_eq!(told("&&q=a&page=&"), r#"Search { q: "a", page: None, tag: [] }"#);
    }

    #[test]
    fn a_wrong_field_is_named() {
        assert_eq!(told(""), "q: is required");
        assert_eq!(told("q=a&page=x"), "page: expected a whole number");
        assert_eq!(told("q=a&page=-1"), "page: expected a whole number");
        assert_eq!(told("q=a&page=99999999999"), "page: the number is too large");
    }

    #[test]
    fn what_is_malformed_is_not_guessed_at() {
        for text in
            ["q=%", "q=%4", "q=%zz", "q=%+1", "q=%FF", "q=%C3", "q=%C3&tag=%A9", "q=%C3%28", "q=%ED%A0%80", "%FF=q"]
        {
            assert_eq!(told(text), "Malformed", "{text}");
        }
    }

    #[test]
    fn bytes_and_escapes_may_spell_a_letter_together() {
        assert!(is_readable(b"q=\xC3%A9"));
        assert!(is_readable("q=é€😀".as_bytes()));
        assert!(!is_readable(b"q=\xC3"));
    }

    #[test]
    fn more_pairs_than_the_limit_are_refused() {
        let pairs = |count| vec!["tag=x"; count].join("&");
        assert!(told(&format!("q=a&{}", pairs(9))).starts_with("Search"));
        assert_eq!(told(&format!("q=a&{}", pairs(10))), "TooMany { limit: 10 }");
        assert!(told(&format!("q=a{}", "&".repeat(100))).starts_with("Search"));
    }
}
