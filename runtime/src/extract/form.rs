//! The body of an HTML form as a type.

use core::{
    fmt,
    ops::{Deref, DerefMut},
};

use http::StatusCode;
use serde::de::{Deserialize, DeserializeOwned};

use crate::{
    body::{BodyError, BodySlot},
    extract::{FromRequest, RequestHead, header::ContentType, urlencoded},
    reads::Reads,
    response::{FieldError, IntoResponse, Place, Problem, Response},
};

/// The body of an HTML form, `application/x-www-form-urlencoded`, as a type.
///
/// A name that stands several times is read into a `Vec`. Another type of body is a 415, a
/// malformed one a 400, one that does not fit a 422 that names the field. Files come as
/// [`Multipart`](crate::Multipart).
///
/// ```
/// use rutter::{Form, Redirect};
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Login { name: String, password: String }
///
/// // #[route(POST, "/login")]
/// fn login(form: Form<Login>) -> Redirect {
///     Redirect::see_other(format!("/users/{}", form.name))
/// }
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Form<T>(pub T);

impl<T> Form<T> {
    /// The value.
    ///
    /// ```
    /// assert_eq!(rutter::Form(7).into_inner(), 7);
    /// ```
    pub fn into_inner(self) -> T {
        self.0
    }
}

// Not `DeserializeOwned`: a type without `Deserialize` is then told to derive it.
impl<T: for<'de> Deserialize<'de>> FromRequest for Form<T> {
    const READS: Reads = Reads::BODY;
    type Rejection = FormRejection;

    async fn from_request(head: &RequestHead, body: &mut BodySlot) -> Result<Self, FormRejection> {
        match ContentType::of(head.headers()) {
            kind if kind.is("application/x-www-form-urlencoded") => {}
            ContentType::Missing if body.is_empty() => return Err(FormRejection::Absent),
            _ => return Err(FormRejection::NotForm),
        }
        read(head, &body.bytes().await?).map(Form)
    }

    fn is_absent(rejection: &FormRejection) -> bool {
        matches!(rejection, FormRejection::Absent)
    }
}

impl<T> Deref for Form<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Form<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

pub(super) fn read<T: DeserializeOwned>(head: &RequestHead, bytes: &[u8]) -> Result<T, FormRejection> {
    let text = core::str::from_utf8(bytes).map_err(|_| FormRejection::Malformed)?;
    Ok(urlencoded::read(text, head.app.limits.query_pairs, Place::Body)?)
}

/// Why a body is not the form that was expected.
///
/// ```
/// use rutter::{FormRejection, Problem};
///
/// assert_eq!(Problem::from(FormRejection::NotForm).status_code(), 415);
/// assert_eq!(Problem::from(FormRejection::Malformed).status_code(), 400);
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum FormRejection {
    /// There is neither a body nor a type: a 400.
    Absent,
    /// The type is not a form's: a 415.
    NotForm,
    /// An escape is none, or what the escapes spell is no UTF-8: a 400.
    Malformed,
    /// There are more pairs than the route takes: a 400.
    TooMany {
        /// The route's limit.
        limit: usize,
    },
    /// The form does not fit the type: a 422.
    Shape {
        /// The wrong field.
        error: FieldError,
    },
    /// The body could not be read to its end: a 413, 408 or 400.
    Body(BodyError),
}

impl FormRejection {
    const fn code(&self) -> StatusCode {
        match self {
            FormRejection::NotForm => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            FormRejection::Shape { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            _ => StatusCode::BAD_REQUEST,
        }
    }
}

impl fmt::Display for FormRejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FormRejection::Absent => {
                f.write_str("a body is required: send a form, with `content-type: application/x-www-form-urlencoded`")
            }
            FormRejection::NotForm => {
                f.write_str("send a form, with `content-type: application/x-www-form-urlencoded`")
            }
            FormRejection::Malformed => f.write_str("the form is not percent-encoded UTF-8"),
            FormRejection::TooMany { limit } => write!(f, "the form has more than {limit} pairs"),
            FormRejection::Shape { .. } => f.write_str("the form does not fit"),
            FormRejection::Body(error) => error.fmt(f),
        }
    }
}

impl From<BodyError> for FormRejection {
    fn from(error: BodyError) -> Self {
        FormRejection::Body(error)
    }
}

impl From<urlencoded::Fault> for FormRejection {
    fn from(fault: urlencoded::Fault) -> Self {
        match fault {
            urlencoded::Fault::Malformed => FormRejection::Malformed,
            urlencoded::Fault::TooMany { limit } => FormRejection::TooMany { limit },
            urlencoded::Fault::Shape(error) => FormRejection::Shape { error },
        }
    }
}

impl From<FormRejection> for Problem {
    fn from(rejection: FormRejection) -> Self {
        let problem = Problem::new(rejection.code()).detail(rejection.to_string());
        match rejection {
            FormRejection::Body(error) => error.into(),
            FormRejection::Shape { error } => problem.with_errors(vec![error]),
            FormRejection::NotForm => problem.header("accept", "application/x-www-form-urlencoded"),
            _ => problem,
        }
    }
}

impl IntoResponse for FormRejection {
    fn into_response(self) -> Response {
        Problem::from(self).into_response()
    }
}
