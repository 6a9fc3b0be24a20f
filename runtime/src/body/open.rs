//! Bodies that depend on the request they answer: files with ranges, streams that end with the application.

use http::request::Parts;

use crate::{body::Body, ending::Ending};

/// A body that depends on the request it answers, which a handler's value does not know when it is made.
pub(crate) trait Open: Send + 'static {
    /// Settles on a body and on the head that goes with it. The body that `answer` has is empty.
    fn settle(self: Box<Self>, request: &Parts, ending: &Ending, answer: &mut http::Response<Body>);

    /// The whole of it, where nothing is known of a request.
    fn alone(self: Box<Self>) -> Body;

    /// The number of bytes of the whole, where it is known.
    fn len(&self) -> Option<u64>;
}
