//! A body that somebody else has read: as JSON, or as a form where it says that it is one.

use serde::de::DeserializeOwned;

#[cfg(feature = "form")]
use crate::extract::{form, header::ContentType};
use crate::{
    extract::{RequestHead, json},
    response::Problem,
};

/// Reads it as [`Json`](crate::Json) and [`Form`](crate::Form) do, and refuses it as they do. A body that does not say
/// what it is, or says something else, is read as JSON: whoever calls this knows who has sent it.
pub(crate) fn read_payload<T: DeserializeOwned>(head: &RequestHead, bytes: &[u8]) -> Result<T, Problem> {
    #[cfg(feature = "form")]
    if ContentType::of(head.headers()).is("application/x-www-form-urlencoded") {
        return Ok(form::read(head, bytes)?);
    }
    #[cfg(not(feature = "form"))]
    let _ = head;
    Ok(json::read(bytes)?)
}
