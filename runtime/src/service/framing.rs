//! Chunked bodies are held to the letter of their framing, which hyper reads leniently.
//!
//! hyper takes `5 \r\n` and `5;\r\n` for a chunk of five bytes. Where a front reads such a line in
//! another way, the two disagree about where the next request begins, and a client can hide a
//! request in a body. So what arrives is looked at a second time: the socket keeps a copy of what
//! was read last, and when hyper has found a chunked request in it, the service finds the body
//! behind the same head and follows it with [`Chunks`].
//!
//! A malformed body that has arrived is a 400; one that arrives later breaks off. Where the head
//! cannot be found again, because it came in pieces, the body is taken as hyper reads it, and the
//! connection ends with the answer: nothing behind it becomes a request.

use crate::service::chunks::{Chunks, Malformed};

/// Where in a connection's bytes we are.
#[derive(Debug, Default)]
pub(super) struct Framing {
    /// A copy of what was read last.
    read: Vec<u8>,
    /// The address that hyper has it at: header values are slices of that memory.
    address: usize,
    /// The chunked body that is arriving.
    body: Option<Chunks>,
}

/// What is known of a chunked body when its head has arrived.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Known {
    /// Nothing: its head did not come in one piece.
    Nothing,
    /// What has arrived is as it should be, and the rest will be looked at.
    Followed,
    /// What has arrived is malformed.
    Malformed,
}

impl Framing {
    /// Looks at what was read.
    pub(super) fn see(&mut self, mut bytes: &[u8]) -> Result<(), Malformed> {
        self.read.clear();
        if let Some(body) = &mut self.body {
            bytes = body.read(bytes)?;
            if !body.is_complete() {
                return Ok(());
            }
            self.body = None;
        }
        self.address = bytes.as_ptr().addr();
        // Nearly all reads are a GET, which has no body to look for.
        if bytes.first() != Some(&b'G') && bytes.len() <= MOST_KEPT {
            self.read.extend_from_slice(bytes);
        }
        Ok(())
    }

    /// Finds the head that this value stands in, and follows the body after it.
    pub(super) fn follow(&mut self, value: &[u8]) -> Known {
        let Some(body) = self.after_head(value) else { return Known::Nothing };
        let mut chunks = Chunks::default();
        if chunks.read(body).is_err() {
            return Known::Malformed;
        }
        if !chunks.is_complete() {
            self.body = Some(chunks);
        }
        Known::Followed
    }

    fn after_head(&self, value: &[u8]) -> Option<&[u8]> {
        let at = value.as_ptr().addr().checked_sub(self.address)?;
        let mut rest = self.read.get(at..).filter(|rest| !value.is_empty() && rest.starts_with(value))?;
        // Lines may end without a CR in heads (RFC 9112 §2.2).
        while !matches!(rest, [b'\n', ..] | [b'\r', b'\n', ..]) {
            let end = rest.iter().position(|byte| *byte == b'\n')?;
            rest = &rest[end + 1..];
        }
        rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n"))
    }
}

/// hyper's read buffer grows beyond this only for long heads and bodies.
const MOST_KEPT: usize = 64 * 1024;

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &[u8] = b"POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n";

    fn seen(bytes: &[u8]) -> Framing {
        let mut framing = Framing::default();
        framing.see(bytes).expect("no body yet");
        framing
    }

    /// The value as hyper has it: a slice of what was read.
    fn value(bytes: &[u8]) -> &[u8] {
        let at = bytes.windows(7).rposition(|window| window == b"chunked").expect("a value");
        &bytes[at..at + 7]
    }

    #[test]
    fn a_body_is_found_behind_its_own_head() {
        for (before, after, expected) in [
            (&b""[..], &b"5\r\nhello\r\n0\r\n\r\n"[..], Known::Followed),
            (b"", b"", Known::Followed),
            (b"", b"5 \r\nhello\r\n0\r\n\r\n", Known::Malformed),
            (b"POST / HTTP/1.1\r\ncontent-length: 3\r\n\r\n5 \r", b"0\r\n\r\n", Known::Followed),
            (b"POST / HTTP/1.1\r\ncontent-length: 5\r\n\r\n0\r\n\r\n", b"5 \r\nhello\r\n0\r\n\r\n", Known::Malformed),
        ] {
            let bytes = [before, HEAD, after].concat();
            assert_eq!(seen(&bytes).follow(value(&bytes)), expected, "{}", bytes.escape_ascii());
        }
    }

    #[test]
    fn lines_of_a_head_may_end_without_a_cr() {
        for end in ["\r\n\r\n", "\n\n", "\n\r\n", "\r\n\n", "\r\na: b\n\r\n"] {
            let bytes = format!("POST / HTTP/1.1\ntransfer-encoding: chunked{end}5 \r\n");
            assert_eq!(seen(bytes.as_bytes()).follow(value(bytes.as_bytes())), Known::Malformed, "{end:?}");
        }
    }

    #[test]
    fn a_head_that_came_in_pieces_is_not_found() {
        let (first, second) = HEAD.split_at(HEAD.len() - 10);
        let mut framing = seen(first);
        framing.see(second).expect("no body yet");
        assert_eq!(framing.follow(value(HEAD)), Known::Nothing);
        let elsewhere = HEAD.to_vec();
        assert_eq!(seen(HEAD).follow(value(&elsewhere)), Known::Nothing);
        let get = [b"GET / HTTP/1.1\r\n\r\n", HEAD].concat();
        assert_eq!(seen(&get).follow(value(&get)), Known::Nothing);
    }

    #[test]
    fn a_body_is_followed_through_the_reads_it_arrives_in() {
        let mut framing = seen(HEAD);
        assert_eq!(framing.follow(value(HEAD)), Known::Followed);
        assert_eq!(framing.see(b"5\r\nhel"), Ok(()));
        assert_eq!(framing.see(b"lo\r\n"), Ok(()));
        assert_eq!(framing.see(b"5 \r\n"), Err(Malformed));
    }

    #[test]
    fn what_follows_a_body_may_be_the_next_head() {
        let mut framing = seen(HEAD);
        assert_eq!(framing.follow(value(HEAD)), Known::Followed);
        let next = [b"0\r\n\r\n", HEAD, b"5;\r\n"].concat();
        assert_eq!(framing.see(&next), Ok(()));
        assert_eq!(framing.follow(value(&next)), Known::Malformed);
    }
}
