//! Which format the body of a delivery has.

use bytes::Bytes;
use serde::de::DeserializeOwned;

#[cfg(feature = "form")]
use crate::extract::read_form;
use crate::{
    extract::{RequestHead, read_json},
    response::Problem,
};

/// Which format the body of a delivery has: what its [`Provider`](crate::webhook::Provider) says once it is verified.
///
/// Without the feature `form` every body is read as JSON.
///
/// ```
/// use rutter::{GitHub, HeaderMap, Secret, webhook::{Delivery, Format, Provider}};
///
/// let github = GitHub::new(Secret::new("It's a Secret to Everybody")?);
/// let headers = HeaderMap::new();
/// assert_eq!(github.format(&Delivery::new(&headers, b"{}")), Format::Json);
/// assert_eq!(github.format(&Delivery::new(&headers, b"payload=%7B%7D")), Format::JsonIn("payload"));
/// # Ok::<(), rutter::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// Read as [`Json`](crate::Json) does.
    Json,
    /// A form, read as [`Form`](crate::Form) does.
    Form,
    /// A form with JSON in the field of this name.
    JsonIn(&'static str),
}

impl Format {
    /// Reads a body that has it.
    pub(super) fn read<T: DeserializeOwned>(self, head: &RequestHead, body: &Bytes) -> Result<T, Problem> {
        match self {
            #[cfg(feature = "form")]
            Format::Form => read_form(head, body),
            #[cfg(feature = "form")]
            Format::JsonIn(name) => read_json(field(head, body, name)?.as_bytes()),
            _ => {
                let _ = head;
                read_json(body)
            }
        }
    }
}

/// The text of one field. Of two nobody could tell which one is meant.
#[cfg(feature = "form")]
fn field(head: &RequestHead, body: &Bytes, name: &str) -> Result<String, Problem> {
    let pairs: Vec<(String, String)> = read_form(head, body)?;
    let mut texts = pairs.into_iter().filter(|(other, _)| other == name).map(|(_, text)| text);
    let Some(text) = texts.next() else {
        return Err(Problem::bad_request(format!("the field `{name}` is missing from the form")));
    };
    if texts.next().is_some() {
        return Err(Problem::bad_request(format!("the field `{name}` stands in the form more than once")));
    }
    Ok(text)
}
