//! Numbers with a unit: `10mb`, `30s`.

use syn::{Lit, LitFloat, LitInt};

use crate::given::Given;

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

/// Reads a number with one of the units, into the smallest. Without a unit it is refused, unless the smallest is the
/// byte.
pub(crate) fn number(given: &Given, units: &[Unit]) -> syn::Result<u64> {
    match given.literal()? {
        Lit::Int(literal) => integer(given, &literal, units),
        Lit::Float(literal) => Err(fraction(given, &literal, units)),
        Lit::Str(text) => {
            Err(given.instead(format!("`{}` is written without quotes: write `{}`", given.name, text.value())))
        }
        _ => Err(given.wrong(format!("`{}` is a number with a unit", given.name))),
    }
}

fn integer(given: &Given, literal: &LitInt, units: &[Unit]) -> syn::Result<u64> {
    let (digits, suffix) = (literal.base10_digits(), literal.suffix());
    let bytes = suffix.is_empty() && units[0].name == "b";
    let Some(unit) = units.iter().find(|unit| unit.name == suffix || bytes) else {
        return Err(unknown(given, digits, suffix, units));
    };
    if digits.starts_with('-') {
        return Err(given.wrong(format!("`{}` is a number from zero on", given.name)));
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
    given.instead(format!("`{suffix}` is not a unit: write {all}"))
}

/// `1.5mb` is `1536kb`: a smaller unit makes it whole.
fn fraction(given: &Given, literal: &LitFloat, units: &[Unit]) -> syn::Error {
    let whole = units.iter().position(|unit| unit.name == literal.suffix()).and_then(|place| {
        let (smaller, unit) = (units.get(place.checked_sub(1)?)?, &units[place]);
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
