//! serde's errors in words that a client understands: no names of Rust types, no `invalid`.

use std::borrow::Cow;

use serde_path_to_error::{Path, Segment};

use crate::response::{FieldError, Place};

/// What is wrong with which field, from serde's own words and the way to the error.
pub(super) fn field_error(place: Place, path: &Path, message: &str) -> FieldError {
    let way = way(path);
    // What is missing is an error of the whole, in serde; for the reader it is one of the field.
    let name = match named_field(message) {
        Some(field) if way.is_empty() => field.to_owned(),
        Some(field) if message.starts_with("missing") || !ends_with(path, field) => format!("{way}.{field}"),
        _ => way,
    };
    FieldError::new(place, name, reworded(message))
}

/// The way as a client reads it: `items[0].price`. Where a step has no name, as the map of a whole
/// query has none, it is left out; serde writes `?` for it.
fn way(path: &Path) -> String {
    let mut way = String::new();
    for step in path.iter().filter(|step| !matches!(step, Segment::Unknown)) {
        if !way.is_empty() && !matches!(step, Segment::Seq { .. }) {
            way.push('.');
        }
        way.push_str(&step.to_string());
    }
    way
}

/// The field that is missing, unknown or stands twice.
pub(super) fn named_field(message: &str) -> Option<&str> {
    let kinds = ["missing field `", "unknown field `", "duplicate field `"];
    kinds.into_iter().find_map(|kind| message.strip_prefix(kind))?.split('`').next()
}

/// Whether the way has reached this field: serde's path to an unknown one mostly has.
fn ends_with(path: &Path, field: &str) -> bool {
    matches!(path.iter().next_back(), Some(Segment::Map { key }) if key == field)
}

/// The message in our words; one that a type of the application's made is kept.
fn reworded(message: &str) -> Cow<'static, str> {
    if let Some((found, expected)) = split(message, "invalid type: ") {
        return Cow::Owned(format!("expected {}, found {}", wanted(expected), sort_of(found)));
    }
    if let Some((found, expected)) = split(message, "invalid value: ") {
        // The client knows the text it has sent; a number says at once what is wrong.
        let number = between(found, "integer `", "`").or_else(|| between(found, "floating point `", "`"));
        let found = number.map_or(String::new(), |number| format!(", found {number}"));
        return Cow::Owned(format!("expected {}{found}", wanted(expected)));
    }
    if let Some((found, expected)) = split(message, "invalid length ") {
        return Cow::Owned(format!("expected {}, found {found} elements", wanted(expected)));
    }
    if message.starts_with("missing field ") {
        return Cow::Borrowed("is required");
    }
    if message.starts_with("duplicate field ") {
        return Cow::Borrowed("stands there twice");
    }
    if message.starts_with("data did not match any variant") {
        return Cow::Borrowed("has none of the shapes that are allowed here");
    }
    let known = PARSE_ERRORS.iter().find(|(theirs, _)| *theirs == message);
    known.map_or_else(|| Cow::Owned(message.to_owned()), |(_, ours)| Cow::Borrowed(*ours))
}

/// What serde expected, without the names of Rust's types.
fn wanted(expected: &str) -> Cow<'_, str> {
    if let Some((_, ours)) = WANTED.iter().find(|(theirs, _)| *theirs == expected) {
        return Cow::Borrowed(ours);
    }
    let of_a_type = |kind: &str| expected.strip_prefix(kind).is_some_and(|rest| rest.starts_with(' '));
    if let Some(size) = between(expected, "a tuple of size ", "") {
        return Cow::Owned(format!("an array of {size} elements"));
    }
    // `tuple struct Point with 2 elements`, `struct Point with 2 elements`
    if let Some((_, size)) = expected.split_once(" with ").filter(|_| !expected.starts_with("a ")) {
        return Cow::Owned(format!("an array of {size}"));
    }
    if ["struct", "struct variant", "internally tagged enum", "adjacently tagged enum"].into_iter().any(of_a_type) {
        return Cow::Borrowed("an object");
    }
    if ["tuple struct", "tuple variant"].into_iter().any(of_a_type) {
        return Cow::Borrowed("an array");
    }
    if ["unit struct", "unit variant"].into_iter().any(of_a_type) {
        return Cow::Borrowed("null");
    }
    if of_a_type("enum") {
        return Cow::Borrowed("a string or an object with one field");
    }
    Cow::Borrowed(expected)
}

/// The sort of thing that was found. Numbers and booleans are shown, texts are not: they may be
/// long or secret.
fn sort_of(found: &str) -> &str {
    if let Some(shown) =
        ["integer `", "floating point `", "boolean `"].into_iter().find_map(|kind| between(found, kind, "`"))
    {
        return shown;
    }
    let (kind, _) = found.split_once(' ').unwrap_or((found, ""));
    match kind {
        "string" | "character" => "a string",
        "map" | "struct" | "newtype" => "an object",
        "sequence" | "tuple" => "an array",
        "null" | "unit" | "Option" => "null",
        _ => found,
    }
}

/// The two halves of `<prefix>found, expected what`. The text that was found may hold anything.
fn split<'m>(message: &'m str, prefix: &str) -> Option<(&'m str, &'m str)> {
    message.strip_prefix(prefix)?.rsplit_once(", expected ")
}

fn between<'m>(text: &'m str, before: &str, after: &str) -> Option<&'m str> {
    let rest = text.strip_prefix(before)?;
    if after.is_empty() { Some(rest) } else { rest.rsplit_once(after).map(|(inner, _)| inner) }
}

/// What serde calls the types of Rust.
const WANTED: [(&str, &str); 22] = [
    ("u8", "a whole number from 0 to 255"),
    ("u16", "a whole number from 0 to 65535"),
    ("u32", "a whole number from 0 to 4294967295"),
    ("u64", "a whole number from 0 up"),
    ("u128", "a whole number from 0 up"),
    ("usize", "a whole number from 0 up"),
    ("i8", "a whole number from -128 to 127"),
    ("i16", "a whole number from -32768 to 32767"),
    ("i32", "a whole number from -2147483648 to 2147483647"),
    ("i64", "a whole number"),
    ("i128", "a whole number"),
    ("isize", "a whole number"),
    ("a nonzero u8", "a whole number from 1 to 255"),
    ("a nonzero u16", "a whole number from 1 to 65535"),
    ("a nonzero u32", "a whole number from 1 to 4294967295"),
    ("a nonzero u64", "a whole number from 1 to 18446744073709551615"),
    ("f32", "a number"),
    ("f64", "a number"),
    ("unit", "null"),
    ("a map", "an object"),
    ("a sequence", "an array"),
    ("a borrowed string", "a string without escapes"),
];

/// What the standard library says of a text that is no number.
const PARSE_ERRORS: [(&str, &str); 9] = [
    // Of well-formed JSON only a variant is said to be no value: `null`, a number or a list.
    ("expected value", "expected a string or an object with one field"),
    ("invalid digit found in string", "expected a whole number"),
    ("cannot parse integer from empty string", "expected a whole number"),
    ("number too large to fit in target type", "the number is too large"),
    ("number too small to fit in target type", "the number is too small"),
    ("number would be zero for non-zero type", "expected a number other than 0"),
    ("invalid float literal", "expected a number"),
    ("cannot parse float from empty string", "expected a number"),
    ("provided string was not `true` or `false`", "expected `true` or `false`"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_without_a_name_is_left_out_of_the_way() {
        type Unnamed = std::collections::HashMap<(), u8>;
        let reader = serde::de::value::MapDeserializer::<_, serde::de::value::Error>::new([((), "x")].into_iter());
        let error = serde_path_to_error::deserialize::<_, Unnamed>(reader).expect_err("no number");
        assert_eq!(error.path().to_string(), "?");
        assert_eq!(field_error(Place::Query, error.path(), "duplicate field `page`").name, "page");
        assert_eq!(field_error(Place::Query, error.path(), "expected a number").name, "");
    }

    #[test]
    fn messages_are_told_in_our_words() {
        for (theirs, ours) in [
            ("invalid type: string \"x\", expected u8", "expected a whole number from 0 to 255, found a string"),
            (
                "invalid type: string \", expected i8\", expected u8",
                "expected a whole number from 0 to 255, found a string",
            ),
            ("invalid type: integer `7`, expected a string", "expected a string, found 7"),
            ("invalid type: floating point `1.5`, expected u8", "expected a whole number from 0 to 255, found 1.5"),
            ("invalid type: boolean `true`, expected f64", "expected a number, found true"),
            ("invalid type: null, expected struct Product", "expected an object, found null"),
            ("invalid type: map, expected a sequence", "expected an array, found an object"),
            ("invalid type: sequence, expected internally tagged enum Shape", "expected an object, found an array"),
            ("invalid type: sequence, expected struct variant Shape::Circle", "expected an object, found an array"),
            ("invalid value: integer `300`, expected u8", "expected a whole number from 0 to 255, found 300"),
            ("invalid value: integer `0`, expected a nonzero u8", "expected a whole number from 1 to 255, found 0"),
            ("invalid value: string \"secret\", expected a character", "expected a character"),
            ("invalid length 1, expected a tuple of size 2", "expected an array of 2 elements, found 1 elements"),
            (
                "invalid length 1, expected tuple struct Point with 2 elements",
                "expected an array of 2 elements, found 1 elements",
            ),
            ("invalid digit found in string", "expected a whole number"),
            ("unknown variant `x`, expected `a` or `b`", "unknown variant `x`, expected `a` or `b`"),
            ("data did not match any variant of untagged enum Id", "has none of the shapes that are allowed here"),
            ("missing field `price`", "is required"),
            ("duplicate field `price`", "stands there twice"),
            ("no such currency", "no such currency"),
        ] {
            assert_eq!(reworded(theirs), ours, "{theirs}");
        }
    }
}
