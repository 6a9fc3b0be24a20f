//! Extractors that may fail: `Option<T>` and `Result<T, T::Rejection>`.

use core::convert::Infallible;

use crate::{
    body::BodySlot,
    extract::{FromHead, FromRequest, RequestHead},
    reads::Reads,
    response::IntoResponse,
    state::Requirements,
};

/// `None` where the part is not there at all; what is there and cannot be read is still refused.
///
/// ```
/// use rutter::prelude::*;
///
/// fn search(filter: Option<Json<Vec<String>>>) -> String {
///     filter.map_or_else(|| "everything".to_owned(), |filter| filter.join(" "))
/// }
/// assert_eq!(search(None), "everything");
/// ```
impl<T: FromRequest> FromRequest for Option<T> {
    const READS: Reads = T::READS;
    const READY: bool = T::READY;
    type Rejection = T::Rejection;

    async fn from_request(head: &RequestHead, body: &mut BodySlot) -> Result<Self, T::Rejection> {
        present(T::from_request(head, body).await, T::is_absent)
    }

    fn requires(requirements: &mut Requirements) {
        T::requires(requirements);
    }

    fn is_absent(_: &T::Rejection) -> bool {
        false
    }
}

/// The value or why there is none: the handler decides what to answer.
///
/// ```
/// use rutter::{JsonRejection, prelude::*};
///
/// fn save(order: Result<Json<Vec<u8>>, JsonRejection>) -> Result<&'static str, Problem> {
///     let order = order.map_err(|rejection| Problem::from(rejection).kind("https://example.com/problems/order"))?;
///     Ok(if order.is_empty() { "nothing to do" } else { "saved" })
/// }
/// ```
impl<T, R> FromRequest for Result<T, R>
where
    T: FromRequest<Rejection = R>,
{
    const READS: Reads = T::READS;
    const READY: bool = T::READY;
    type Rejection = Infallible;

    async fn from_request(head: &RequestHead, body: &mut BodySlot) -> Result<Self, Infallible> {
        Ok(T::from_request(head, body).await)
    }

    fn requires(requirements: &mut Requirements) {
        T::requires(requirements);
    }
}

/// `None` where the part is not there at all; what is there and cannot be read is still refused.
impl<'r, T: FromHead<'r>> FromHead<'r> for Option<T> {
    const READS: Reads = T::READS;
    type Rejection = T::Rejection;

    fn from_head(head: &'r RequestHead) -> Result<Self, T::Rejection> {
        present(T::from_head(head), T::is_absent)
    }

    fn requires(requirements: &mut Requirements) {
        T::requires(requirements);
    }

    fn is_absent(_: &T::Rejection) -> bool {
        false
    }
}

/// The value or why there is none: the handler decides what to answer.
impl<'r, T, R> FromHead<'r> for Result<T, R>
where
    T: FromHead<'r, Rejection = R>,
    R: IntoResponse,
{
    const READS: Reads = T::READS;
    type Rejection = Infallible;

    fn from_head(head: &'r RequestHead) -> Result<Self, Infallible> {
        Ok(T::from_head(head))
    }

    fn requires(requirements: &mut Requirements) {
        T::requires(requirements);
    }
}

/// The value, `None` where it is absent, or why it cannot be read.
fn present<T, R>(made: Result<T, R>, is_absent: fn(&R) -> bool) -> Result<Option<T>, R> {
    match made {
        Ok(value) => Ok(Some(value)),
        Err(rejection) if is_absent(&rejection) => Ok(None),
        Err(rejection) => Err(rejection),
    }
}
