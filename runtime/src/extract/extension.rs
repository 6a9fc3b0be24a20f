//! Values that layers in front of Rutter have attached to the request.

use core::{
    fmt,
    ops::{Deref, DerefMut},
};

use http::StatusCode;

use crate::{
    body::BodySlot,
    extract::{FromRequest, RequestHead},
    reads::Reads,
    response::{IntoResponse, Problem, Response},
};

/// A value that a layer in front of Rutter has attached to the request.
///
/// For values of the application use [`State`](crate::State), which is checked before it starts.
///
/// ```
/// use rutter::Extension;
///
/// #[derive(Clone)]
/// struct RequestId(u64);
///
/// fn show(id: Extension<RequestId>) -> String {
///     format!("request {}", id.0.0)
/// }
/// assert_eq!(show(Extension(RequestId(7))), "request 7");
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Extension<T>(pub T);

impl<T: Clone + Send + Sync + 'static> FromRequest for Extension<T> {
    // What a layer attaches may depend on anything of the head: a session, a tenant.
    const READS: Reads = Reads::HEAD.and(Reads::CREDENTIALS).and(Reads::CLIENT);
    const READY: bool = true;
    type Rejection = ExtensionRejection;

    async fn from_request(head: &RequestHead, _: &mut BodySlot) -> Result<Self, ExtensionRejection> {
        let value = head.extensions().get::<T>().cloned();
        value.map(Extension).ok_or(ExtensionRejection::Missing { name: core::any::type_name::<T>() })
    }
}

impl<T> Deref for Extension<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Extension<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

/// Why there is no [`Extension`]: a 500, for no client can help it.
///
/// ```
/// let problem: rutter::Problem = rutter::ExtensionRejection::Missing { name: "RequestId" }.into();
/// assert_eq!(problem.to_string(), "500 Internal Server Error");
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum ExtensionRejection {
    /// No layer has attached a value of this type.
    Missing {
        /// The type's name.
        name: &'static str,
    },
}

impl fmt::Display for ExtensionRejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ExtensionRejection::Missing { name } = self;
        write!(f, "no layer has attached a `{name}` to the request")
    }
}

impl From<ExtensionRejection> for Problem {
    fn from(rejection: ExtensionRejection) -> Self {
        tracing::error!("{rejection}: answered with a 500");
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl IntoResponse for ExtensionRejection {
    fn into_response(self) -> Response {
        Problem::from(self).into_response()
    }
}
