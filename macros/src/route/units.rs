//! Numbers with a unit: `10mb`, `30s`.

use syn::{Lit, LitFloat, LitInt};

use crate::given::Given;

/// The units that a number can have, from the smallest on.
pub(crate) struct Units {
    pub(crate) all: &'static [Unit],
    /// Whether a number without a unit is one of the smallest.
    pub(crate) may_lack: bool,
}

/// A unit, and how many of the smallest one it is.
pub(crate) struct Unit {
    name: &'static str,
    size: u64,
}

impl Unit {
    pub(crate) const fn new(name: &'static str, size: u64) -> Self {
        Unit { name, size }
    }
}

impl Units {
    /// The place of the unit that a number is written with.
    fn place(&self, suffix: &str) -> Option<usize> {
        if suffix.is_empty() && self.may_lack {
            return Some(0);
        }
        self.all.iter().position(|unit| unit.name == suffix)
    }
}

/// Reads a number with one of the units, into the smallest.
pub(crate) fn number(given: &Given, units: &Units) -> syn::Result<u64> {
    match given.literal()? {
        Lit::Int(literal) => integer(given, &literal, units),
        Lit::Float(literal) => Err(fraction(given, &literal, units)),
        Lit::Str(text) => {
            Err(given.instead(format!("`{}` is written without quotes: write `{}`", given.name, text.value())))
        }
        _ => Err(given.wrong(format!("`{}` is a number with a unit", given.name))),
    }
}

fn integer(given: &Given, literal: &LitInt, units: &Units) -> syn::Result<u64> {
    let (digits, suffix) = (literal.base10_digits(), literal.suffix());
    let Some(unit) = units.place(suffix).map(|place| &units.all[place]) else {
        return Err(unknown(given, digits, suffix, units.all));
    };
    if digits.starts_with('-') {
        return Err(given.wrong(format!("`{}` is never below zero: write a number", given.name)));
    }
    // A number that is too large for the type is too large for every option.
    let number: u64 = digits.parse().unwrap_or(u64::MAX);
    Ok(number.saturating_mul(unit.size))
}

fn unknown(given: &Given, digits: &str, suffix: &str, units: &[Unit]) -> syn::Error {
    let all: Vec<String> = units.iter().map(|unit| format!("`{digits}{}`", unit.name)).collect();
    let all = all.join(" or ");
    let lower = suffix.to_lowercase();
    if suffix.is_empty() {
        return given.instead(format!("the unit is missing: write {all}"));
    }
    if let Some(unit) = units.iter().find(|unit| unit.name == lower) {
        return given.instead(format!("units are written in small letters: write `{digits}{}`", unit.name));
    }
    given.instead(format!("`{suffix}` is not a unit of `{}`: write {all}", given.name))
}

/// `1.5mb` is `1536kb`: a smaller unit makes it whole.
fn fraction(given: &Given, literal: &LitFloat, units: &Units) -> syn::Error {
    let place = units.place(literal.suffix());
    if place == Some(0) {
        return given.wrong("this is not a whole number: write one");
    }
    let whole = place.and_then(|place| {
        let (smaller, unit) = (units.all.get(place.checked_sub(1)?)?, &units.all[place]);
        let (front, behind) = literal.base10_digits().split_once('.')?;
        let scale = 10_u64.checked_pow(behind.len().try_into().ok()?)?;
        let number = format!("{front}{behind}").parse::<u64>().ok()?.checked_mul(unit.size / smaller.size)?;
        (number % scale == 0).then(|| format!("{}{}", number / scale, smaller.name))
    });
    match whole {
        Some(whole) => given.instead(format!("this is not a whole number: write `{whole}`")),
        None => given.wrong("this is not a whole number: use a smaller unit"),
    }
}
