//! Which errors are told of which JSON.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::*;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct Order {
    customer: Customer,
    items: Vec<Item>,
    #[serde(default)]
    note: Option<String>,
    #[serde(default)]
    colour: Colour,
    #[serde(default)]
    tags: BTreeMap<String, bool>,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Customer {
    name: String,
    age: u8,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Item {
    price: f64,
    count: core::num::NonZeroU32,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Colour {
    #[default]
    Red,
    Green,
}

/// An address that must have an `@`: no placeholder fits.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
struct Email;

impl TryFrom<String> for Email {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if text.contains('@') { Ok(Email) } else { Err("an address has an `@`") }
    }
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Account {
    age: u8,
    email: Email,
    zip: u32,
}

fn told<T: DeserializeOwned>(json: &str) -> Vec<String> {
    let Err(error) = serde_json::from_str::<T>(json) else { return Vec::new() };
    let errors = all(json.as_bytes(), &error, &|bytes| first::<T>(bytes));
    errors.iter().map(|error| format!("{}: {}", error.name, error.detail)).collect()
}

#[test]
fn json_that_fits_has_no_errors() {
    assert_eq!(told::<Order>(r#"{"customer":{"name":"a","age":1},"items":[]}"#), [""; 0]);
}

#[test]
fn every_wrong_field_is_named() {
    let json = r#"{
        "customer": { "name": 7, "age": 300 },
        "items": [{ "price": "free", "count": 0 }, { "count": 1 }],
        "note": 5, "colour": "blue", "tags": { "sale": "yes" }
    }"#;
    let mut told = told::<Order>(json);
    told.sort();
    assert_eq!(
        told,
        [
            "colour: unknown variant `blue`, expected `red` or `green`",
            "customer.age: expected a whole number from 0 to 255, found 300",
            "customer.name: expected a string, found 7",
            "items[0].count: expected a whole number from 1 to 4294967295, found 0",
            "items[0].price: expected a number, found a string",
            "items[1].price: is required",
            "note: expected a string, found 5",
            "tags.sale: expected a boolean, found a string",
        ]
    );
}

#[test]
fn every_missing_field_is_named_and_none_within_it() {
    assert_eq!(told::<Order>("{}"), ["customer: is required", "items: is required"]);
}

#[test]
fn an_unknown_field_is_named_and_hides_no_other() {
    assert_eq!(
        told::<Order>(r#"{"customer":{"name":"a","age":1},"itemz":[]}"#),
        [
            "itemz: unknown field `itemz`, expected one of `customer`, `items`, `note`, `colour`, `tags`",
            "items: is required",
        ]
    );
}

#[test]
fn a_body_of_another_shape_is_one_error() {
    assert_eq!(told::<Order>("[]"), [": expected an array of 5 elements, found 0 elements"]);
    assert_eq!(told::<Order>("7"), [": expected an object, found 7"]);
    assert_eq!(told::<Vec<u8>>("{}"), [": expected an array, found an object"]);
}

#[test]
fn elements_are_named_by_their_place() {
    assert_eq!(
        told::<Vec<u8>>("[1, \"a\", 2, null]"),
        [
            "[1]: expected a whole number from 0 to 255, found a string",
            "[3]: expected a whole number from 0 to 255, found null",
        ]
    );
}

#[test]
fn a_field_that_nothing_repairs_hides_no_other() {
    assert_eq!(
        told::<Account>(r#"{"age":"x","email":"nobody","zip":-1}"#),
        [
            "age: expected a whole number from 0 to 255, found a string",
            "email: an address has an `@`",
            "zip: expected a whole number from 0 to 4294967295, found -1",
        ]
    );
    assert_eq!(told::<Vec<Email>>(r#"[7, "nobody", 8]"#)[0], "[0]: expected a string, found 7");
}

#[test]
fn at_most_sixteen_errors_are_told() {
    let wrong = format!("[{}]", ["\"a\""; 100].join(","));
    assert_eq!(told::<Vec<u8>>(&wrong).len(), 16);
}

#[test]
fn of_a_large_body_the_first_error_is_told() {
    let wrong = format!("[{}]", vec!["\"a\""; 10_000].join(","));
    assert_eq!(told::<Vec<u8>>(&wrong).len(), 1);
}

#[test]
fn a_field_that_stands_twice_is_told_and_hides_no_other() {
    assert_eq!(told::<Customer>(r#"{"name":"a","name":"b","age":1}"#), ["name: stands there twice"]);
    assert_eq!(told::<Customer>(r#"{"name":"a","name":"b"}"#), ["name: stands there twice", "age: is required"]);
}
