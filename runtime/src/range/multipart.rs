//! Several parts in one body: `multipart/byteranges` (RFC 9110 §14.6).

use core::ops::Range;
use std::collections::VecDeque;

use bytes::Bytes;
use http::HeaderValue;

use crate::chance::random;

/// A piece of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// What stands between the parts.
    Text(Bytes),
    /// These bytes of the whole.
    Slice(Range<u64>),
}

impl Piece {
    /// The number of its bytes.
    #[cfg(feature = "files")]
    pub(crate) fn len(&self) -> u64 {
        match self {
            Piece::Text(text) => text.len() as u64,
            Piece::Slice(range) => range.end - range.start,
        }
    }
}

/// The pieces of a body with several parts of a whole of this length.
pub(crate) fn multipart(
    parts: &[Range<u64>],
    len: u64,
    content_type: Option<&HeaderValue>,
    boundary: &str,
) -> VecDeque<Piece> {
    let mut pieces = VecDeque::with_capacity(parts.len() * 2 + 1);
    for part in parts {
        let mut head = Vec::new();
        // The line break before a boundary belongs to the boundary (RFC 2046 §5.1.1).
        let before = if pieces.is_empty() { "--" } else { "\r\n--" };
        head.extend_from_slice([before, boundary, "\r\n"].concat().as_bytes());
        if let Some(content_type) = content_type {
            head.extend_from_slice(&[b"content-type: ", content_type.as_bytes(), b"\r\n"].concat());
        }
        head.extend_from_slice(&[b"content-range: ", content_range(part, len).as_bytes(), b"\r\n\r\n"].concat());
        pieces.extend([Piece::Text(head.into()), Piece::Slice(part.clone())]);
    }
    pieces.push_back(Piece::Text(["\r\n--", boundary, "--\r\n"].concat().into()));
    pieces
}

/// `bytes 0-499/1234` (RFC 9110 §14.4).
pub(crate) fn content_range(part: &Range<u64>, len: u64) -> HeaderValue {
    let text = format!("bytes {}-{}/{len}", part.start, part.end - 1);
    HeaderValue::try_from(text).expect("digits and marks")
}

/// A line that no file has in it, but for one that is written after the line was drawn.
pub(crate) fn boundary() -> String {
    format!("{:016x}{:016x}", random(), random())
}
