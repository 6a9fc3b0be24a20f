//! Every wrong field of a JSON body at once.
//!
//! serde stops at the first error. So each error is repaired in a copy of the JSON and the copy is
//! read again, until it fits, until nothing repairs an error, or until enough has been tried. The
//! work is bounded: only bodies up to 16 KiB are read again, at most [`TRIES`] times and at most
//! [`BUDGET`] bytes in all.
//!
//! A repair is a placeholder of each sort of JSON in turn; an unknown variant becomes the first
//! one that is known, and an unknown field is taken out. Errors within a placeholder are ours, not
//! the client's, and are not told.

mod copy;

use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::{Path, Segment};

use crate::{
    extract::wording::{field_error, named_field},
    response::{FieldError, Place},
};

use copy::Copy;

/// The first error of a JSON text, for one type.
pub(super) type First<'t> = dyn Fn(&[u8]) -> Option<Fault> + 't;

/// An error of the shape, and the way to it.
pub(super) struct Fault {
    way: Vec<Step>,
    message: String,
    error: FieldError,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Field(String),
    Element(usize),
}

/// The first error; `None` where the text fits the type.
pub(super) fn first<T: DeserializeOwned>(bytes: &[u8]) -> Option<Fault> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let error = serde_path_to_error::deserialize::<_, T>(&mut reader).err()?;
    Some(Fault::new(error.path(), error.inner()))
}

/// Every error that can be found; `error` where there is no way to it.
pub(super) fn all(bytes: &[u8], error: &serde_json::Error, first: &First<'_>) -> Vec<FieldError> {
    let Some(fault) = first(bytes) else {
        return vec![FieldError::new(Place::Body, "", message(error))];
    };
    let mut errors = vec![fault.error];
    if bytes.len() <= LARGEST
        && let Ok(value) = serde_json::from_slice(bytes)
    {
        explore(Copy::new(value), first, &mut errors);
    }
    errors
}

/// The message without its place.
pub(super) fn message(error: &serde_json::Error) -> String {
    let mut message = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    if message.ends_with(&place) {
        message.truncate(message.len() - place.len());
    }
    message
}

fn explore(mut copy: Copy, first: &First<'_>, errors: &mut Vec<FieldError>) {
    let mut tries = TRIES.min(BUDGET / copy.to_vec().len().max(1));
    let mut ours: Vec<Vec<Step>> = Vec::new();
    // The copy may fail elsewhere first: its fields are sorted, and none stands twice.
    let mut next = first(&copy.to_vec());
    while let Some(fault) = next.take().filter(|_| errors.len() < MOST) {
        let place = fault.place();
        if !ours.iter().any(|ours| place.starts_with(ours)) && !errors.contains(&fault.error) {
            errors.push(fault.error.clone());
        }
        let Ok(repaired) = repair(&mut copy, &fault, &place, first, &mut tries) else { return };
        ours.push(place);
        next = repaired;
    }
}

/// Nothing repairs an error, or enough has been tried.
struct Stuck;

/// The next error once this one is repaired; `None` once the copy fits.
fn repair(
    copy: &mut Copy,
    fault: &Fault,
    place: &[Step],
    first: &First<'_>,
    tries: &mut usize,
) -> Result<Option<Fault>, Stuck> {
    for candidate in fault.candidates() {
        *tries = tries.checked_sub(1).ok_or(Stuck)?;
        if !copy.set(place, candidate) {
            return Err(Stuck);
        }
        let next = first(&copy.to_vec());
        if next.as_ref().is_none_or(|next| next.place() != place) {
            return Ok(next);
        }
    }
    Err(Stuck)
}

impl Fault {
    fn new(path: &Path, error: &serde_json::Error) -> Self {
        let message = message(error);
        let error = field_error(Place::Body, path, &message);
        let way = path.iter().filter_map(|segment| match segment {
            Segment::Seq { index } => Some(Step::Element(*index)),
            Segment::Map { key } | Segment::Enum { variant: key } => Some(Step::Field(key.clone())),
            Segment::Unknown => None,
        });
        Fault { way: way.collect(), message, error }
    }

    /// The place to repair: of a missing or an unknown field, the field itself.
    fn place(&self) -> Vec<Step> {
        let mut place = self.way.clone();
        if let Some(field) = named_field(&self.message).map(|field| Step::Field(field.to_owned()))
            && (self.message.starts_with("missing") || place.last() != Some(&field))
        {
            place.push(field);
        }
        place
    }

    /// What may stand there instead, the likeliest first; `None` takes it out.
    fn candidates(&self) -> Vec<Option<Value>> {
        if self.message.starts_with("unknown field ") {
            return vec![None];
        }
        let known = self.message.strip_prefix("unknown variant ").and_then(|rest| rest.split_once("expected "));
        let variant = known.and_then(|(_, known)| known.split('`').nth(1)).map(|name| Some(name.into()));
        let object = Value::Object(serde_json::Map::new());
        let placeholders =
            ["".into(), "a".into(), 0.into(), false.into(), Value::Array(Vec::new()), object, Value::Null, 1.into()];
        // Types of an application's own read texts of a certain form.
        let forms = FORMS.map(|form| Some(form.into()));
        variant.into_iter().chain(placeholders.map(Some)).chain(forms).chain([None]).collect()
    }
}

/// Texts that the types of an application commonly want.
const FORMS: [&str; 7] = [
    "1",
    "2000-01-01",
    "2000-01-01T00:00:00Z",
    "00:00:00",
    "a@example.com",
    "https://example.com/",
    "00000000-0000-0000-0000-000000000000",
];

/// The largest body of which more than the first error is told.
const LARGEST: usize = 16 * 1024;
/// The most errors that are told.
const MOST: usize = 16;
/// The most copies that are read.
const TRIES: usize = 96;
/// The most bytes of copies that are read: 256 KiB, about two milliseconds.
const BUDGET: usize = 256 * 1024;

#[cfg(test)]
mod tests;
