//! A body that somebody else has read, in the format that they know it to have.

use serde::de::DeserializeOwned;

use crate::{extract::json, response::Problem};

/// Reads it as [`Json`](crate::Json) does, and refuses it as that does.
pub(crate) fn read_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    Ok(json::read(bytes)?)
}

/// Reads it as [`Form`](crate::Form) does, and refuses it as that does.
#[cfg(feature = "form")]
pub(crate) fn read_form<T: DeserializeOwned>(head: &crate::extract::RequestHead, bytes: &[u8]) -> Result<T, Problem> {
    Ok(crate::extract::form::read(head, bytes)?)
}
