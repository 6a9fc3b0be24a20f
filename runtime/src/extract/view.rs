//! The head of a request where it lies: its target, its headers and the values of its path.

use http::{HeaderMap, Method, Uri};

use crate::extract::{Params, RequestHead, Segments};

/// The head of a request where it lies, borrowed: enough to tell which answer is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HeadView<'r> {
    pub(crate) method: &'r Method,
    pub(crate) uri: &'r Uri,
    pub(crate) headers: &'r HeaderMap,
    /// The path with its escapes resolved, where it has any.
    pub(crate) decoded: Option<&'r str>,
    pub(crate) params: &'r Params,
}

impl<'r> HeadView<'r> {
    /// The value of the dynamic segment with this place in the pattern, its escapes resolved.
    #[inline]
    pub(crate) fn param(&self, index: usize) -> Option<&'r str> {
        let path = self.decoded.unwrap_or(self.uri.path());
        path.get(self.params.at(index)?.range())
    }

    /// The segments that a catch-all took. They are split before their escapes are resolved, so
    /// they are read from the path as it was sent.
    pub(crate) fn rest(&self, index: usize) -> Segments<'r> {
        let span = self.params.at(index);
        Segments::new(span.and_then(|span| self.uri.path().get(span.range())).unwrap_or_default())
    }
}

impl RequestHead {
    #[inline]
    pub(crate) fn view(&self) -> HeadView<'_> {
        HeadView {
            method: &self.parts.method,
            uri: &self.parts.uri,
            headers: &self.parts.headers,
            decoded: self.decoded.as_deref(),
            params: &self.params,
        }
    }
}
