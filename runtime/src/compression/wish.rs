//! What one client takes, done to its answer.

use http::{HeaderMap, StatusCode, header::CONTENT_LENGTH};

use crate::{
    body::Body,
    compression::{
        Compression, Encoding, Level, body::Encoded, eligible::may_stand_for_text, encode, headers::has_weak_tag,
        is_compressible, mark_encoded, mark_varying, negotiate::negotiate, weaken,
    },
    response::Response,
};

/// What one client takes, and what the application says about it. Small: it goes along with every answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wish {
    encoding: Option<Encoding>,
    level: Level,
    smallest: u32,
    has_weak_tag: bool,
}

impl Wish {
    /// Reads it from the headers of a request.
    pub(crate) fn of(settings: Compression, request: &HeaderMap) -> Self {
        Wish {
            encoding: negotiate(request, settings.offered()),
            level: settings.level,
            smallest: settings.smallest,
            has_weak_tag: has_weak_tag(request),
        }
    }

    /// The encoding that the client prefers.
    #[inline]
    pub(crate) fn encoding(self) -> Option<Encoding> {
        self.encoding
    }

    /// Compresses an answer, if that is worth it; the answer to a HEAD says what that to GET would.
    pub(crate) fn apply(self, response: &mut Response, is_head: bool) {
        let (status, len) = (response.status(), len(response, is_head));
        if matches!(status, StatusCode::NOT_MODIFIED | StatusCode::PARTIAL_CONTENT) {
            return self.stand_for_200(status, response.headers_mut());
        }
        if !is_compressible(status, response.headers(), len, self.smallest.into()) {
            return;
        }
        mark_varying(response.headers_mut());
        let Some(encoding) = self.encoding else { return };
        match self.encoded(encoding, core::mem::take(response.body_mut()), is_head) {
            Ok(body) => {
                *response.body_mut() = body;
                mark_encoded(response.headers_mut(), encoding);
            }
            Err(body) => *response.body_mut() = body,
        }
    }

    /// RFC 9110 §15.3.7, §15.4.5: a 206 and a 304 say that they vary where a 200 would.
    fn stand_for_200(self, status: StatusCode, headers: &mut HeaderMap) {
        if !may_stand_for_text(headers) {
            return;
        }
        mark_varying(headers);
        // Whether the 200 is compressed is known by the tag that the client got. A part is one of the bytes as they are.
        if status == StatusCode::NOT_MODIFIED && self.encoding.is_some() && self.has_weak_tag {
            weaken(headers);
        }
    }

    /// The body as it was where a coder fails.
    fn encoded(self, encoding: Encoding, body: Body, is_head: bool) -> Result<Body, Body> {
        let body = match body.into_whole() {
            // HEAD does not pay for what it does not send.
            Ok(bytes) if bytes.len() <= AT_ONCE && !is_head => match encode(encoding, self.level, &bytes) {
                Ok(encoded) => return Ok(Body::from(encoded)),
                Err(error) => {
                    tracing::error!(%error, %encoding, "an answer could not be compressed: it is sent as it is");
                    return Err(Body::from(bytes));
                }
            },
            Ok(bytes) => Body::from(bytes),
            Err(body) => body,
        };
        Ok(Body::new(Encoded::new(body, encoding, self.level)))
    }
}

/// What is compressed at once, with a length that is known before it is sent.
const AT_ONCE: usize = 64 * 1024;

/// The length of the answer to GET. A handler of its own for HEAD makes no body, and may say how long it would be.
fn len(response: &Response, is_head: bool) -> Option<u64> {
    let said = response.headers().get(CONTENT_LENGTH);
    match said.filter(|_| is_head && response.body().is_empty()) {
        Some(said) => said.to_str().ok().and_then(|said| said.parse().ok()),
        None => response.body().len(),
    }
}
