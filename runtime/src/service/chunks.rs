//! The framing of a chunked body, to the letter (RFC 9112 §7.1).

use crate::token::is_of_token;

/// Follows a chunked body through the reads it arrives in.
#[derive(Debug, Default)]
pub(super) struct Chunks {
    place: Place,
    /// The start of a line whose end has not arrived.
    line: Vec<u8>,
}

/// The framing is not what the standard says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Malformed;

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In the line that says how large the next chunk is.
    #[default]
    Size,
    /// In a chunk, with this many bytes to come.
    Data(u64),
    /// In the line end after a chunk.
    DataEnd,
    /// In the lines after the last chunk.
    Trailers,
    /// After the body.
    End,
}

impl Chunks {
    /// Reads on; gives what is no longer part of the body.
    pub(super) fn read<'b>(&mut self, mut bytes: &'b [u8]) -> Result<&'b [u8], Malformed> {
        while !self.is_complete() && !bytes.is_empty() {
            bytes = match self.place {
                Place::Data(left) => self.data(left, bytes),
                _ => self.line(bytes)?,
            };
        }
        Ok(bytes)
    }

    pub(super) fn is_complete(&self) -> bool {
        self.place == Place::End
    }

    fn data<'b>(&mut self, left: u64, bytes: &'b [u8]) -> &'b [u8] {
        let here = usize::try_from(left).map_or(bytes.len(), |left| left.min(bytes.len()));
        let left = left - here as u64;
        self.place = if left == 0 { Place::DataEnd } else { Place::Data(left) };
        &bytes[here..]
    }

    fn line<'b>(&mut self, bytes: &'b [u8]) -> Result<&'b [u8], Malformed> {
        let end = bytes.iter().position(|byte| *byte == b'\n').map(|end| end + 1);
        let (part, rest) = bytes.split_at(end.unwrap_or(bytes.len()));
        if self.line.len() + part.len() > LONGEST_LINE {
            return Err(Malformed);
        }
        self.line.extend_from_slice(part);
        if end.is_none() {
            return Ok(rest);
        }
        self.place = self.place.after(&self.line).ok_or(Malformed)?;
        self.line.clear();
        Ok(rest)
    }
}

impl Place {
    /// Where a line leads, its end included.
    fn after(self, line: &[u8]) -> Option<Place> {
        let line = line.strip_suffix(b"\r\n").filter(|line| !line.contains(&b'\r'))?;
        match (self, line) {
            (Place::Size, _) => Some(match chunk_size(line)? {
                0 => Place::Trailers,
                size => Place::Data(size),
            }),
            (Place::DataEnd, []) => Some(Place::Size),
            (Place::Trailers, []) => Some(Place::End),
            (Place::Trailers, _) => Some(Place::Trailers),
            (Place::DataEnd | Place::Data(_) | Place::End, _) => None,
        }
    }
}

/// `chunk-size [ chunk-ext ]`. More digits than a number of 64 bits has, or a size that no body
/// can have, is somebody trying where a counter ends.
fn chunk_size(line: &[u8]) -> Option<u64> {
    let len = line.iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
    let (digits, extensions) = line.split_at(len);
    // `1*HEXDIG` allows any number of zeros in front. They are counted all the same: a front that
    // keeps 16 digits, the first or the last, would find another size here, and nobody writes them.
    let digits = core::str::from_utf8(digits).ok().filter(|digits| digits.len() <= 16)?;
    let size = u64::from_str_radix(digits, 16).ok().filter(|size| i64::try_from(*size).is_ok())?;
    are_extensions(extensions).then_some(size)
}

/// `*( BWS ";" BWS chunk-ext-name [ BWS "=" BWS chunk-ext-val ] )` (RFC 9112 §7.1.1).
fn are_extensions(mut rest: &[u8]) -> bool {
    while !rest.is_empty() {
        let Some(after) = extension(rest) else { return false };
        rest = after;
    }
    true
}

/// What follows one extension.
fn extension(text: &[u8]) -> Option<&[u8]> {
    let after = token(spaces(spaces(text).strip_prefix(b";")?))?;
    let Some(value) = spaces(after).strip_prefix(b"=") else { return Some(after) };
    match spaces(value) {
        [b'"', quoted @ ..] => quoted_string(quoted),
        value => token(value),
    }
}

/// What follows the spaces and tabs that should not be there, and must be read over.
fn spaces(text: &[u8]) -> &[u8] {
    let len = text.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    &text[len..]
}

/// What follows a token of at least one character (RFC 9110 §5.6.2).
fn token(text: &[u8]) -> Option<&[u8]> {
    let len = text.iter().take_while(|byte| is_of_token(**byte)).count();
    (len > 0).then_some(&text[len..])
}

/// What follows a quoted string whose first quote has been read (RFC 9110 §5.6.4).
fn quoted_string(mut text: &[u8]) -> Option<&[u8]> {
    loop {
        text = match text {
            [b'"', rest @ ..] => return Some(rest),
            [b'\\', escaped, rest @ ..] if is_text(*escaped) => rest,
            [byte, rest @ ..] if *byte != b'\\' && is_text(*byte) => rest,
            _ => return None,
        }
    }
}

fn is_text(byte: u8) -> bool {
    byte == b'\t' || !byte.is_ascii_control()
}

/// hyper's own bound for all extensions and for all trailers.
const LONGEST_LINE: usize = 16 * 1024;

#[cfg(test)]
mod tests {
    use super::*;

    /// What follows the body, `None` when more of it is to come.
    fn rest(body: &[u8]) -> Result<Option<&[u8]>, Malformed> {
        let mut chunks = Chunks::default();
        let rest = chunks.read(body)?;
        Ok(chunks.is_complete().then_some(rest))
    }

    const GOOD: [&str; 14] = [
        "0\r\n\r\n",
        "5\r\nhello\r\n0\r\n\r\n",
        "005\r\nhello\r\n000\r\n\r\n",
        "a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\n\r\n",
        "5;a\r\nhello\r\n0;b=c\r\n\r\n",
        "5;a=b;c;d=\"e;\\\"\r\nhello\r\n",
        "5;a=\"b;\\\"c\\\\\"\r\nhello\r\n0\r\n\r\n",
        "5 ; a = b ;c\r\nhello\r\n0\r\n\r\n",
        "5\t;\ta\r\nhello\r\n0\r\n\r\n",
        "4\r\n\r\n\r\n\r\n0\r\n\r\n",
        "0\r\na: b\r\nc: d\r\n\r\n",
        "0000000000000005\r\nhello\r\n0\r\n\r\n",
        "3\r\n\0\n\r\r\n0\r\n\r\n",
        "0\r\n\r\n",
    ];

    const BAD: [&str; 34] = [
        "\r\n",
        "\n",
        "5\nhello\r\n",
        "5 \r\nhello\r\n",
        "5\t\r\nhello\r\n",
        " 5\r\nhello\r\n",
        "5;\r\nhello\r\n",
        "5; \r\nhello\r\n",
        "5;;a\r\nhello\r\n",
        "5;a;\r\nhello\r\n",
        "5;a \r\nhello\r\n",
        "5;a=\r\nhello\r\n",
        "5;a= ;b\r\nhello\r\n",
        "5;a=b c\r\nhello\r\n",
        "5;bad[=x\r\nhello\r\n",
        "5;a=\"b\r\nhello\r\n",
        "5;a=\"b\"c\r\nhello\r\n",
        "5;a=\"\\\r\nhello\r\n",
        "5;a=\"b\0\"\r\nhello\r\n",
        "5;a\rb\r\nhello\r\n",
        "5;a\nb\r\nhello\r\n",
        "5\r\r\nhello\r\n",
        "0x5\r\nhello\r\n",
        "+5\r\nhello\r\n",
        "-5\r\nhello\r\n",
        "5_0\r\nhello\r\n",
        "5,5\r\nhello\r\n",
        "g\r\n",
        "5\r\nhello\n",
        "5\r\nhello!\r\n",
        "00000000000000000\r\n\r\n",
        "FFFFFFFFFFFFFFFF\r\nhello",
        "8000000000000000\r\nhello",
        "0\r\n\n",
    ];

    #[test]
    fn what_the_grammar_allows_is_read_to_its_end() {
        for body in GOOD.into_iter().filter(|body| body.ends_with("0\r\n\r\n") || body.starts_with("0\r\n")) {
            let next = format!("{body}GET / HTTP/1.1\r\n");
            assert_eq!(rest(next.as_bytes()), Ok(Some(&b"GET / HTTP/1.1\r\n"[..])), "{body:?}");
        }
    }

    #[test]
    fn all_else_is_refused() {
        for body in BAD {
            assert_eq!(rest(body.as_bytes()), Err(Malformed), "{body:?}");
        }
        for trailer in ["0\r\na: b\n\r\n", "0\r\na: b\rc\r\n\r\n", "0\r\n\r\r\n"] {
            assert_eq!(rest(trailer.as_bytes()), Err(Malformed), "{trailer:?}");
        }
        let long = format!("0\r\n{}", "a".repeat(LONGEST_LINE + 1));
        assert_eq!(rest(long.as_bytes()), Err(Malformed));
    }

    #[test]
    fn where_the_reads_end_makes_no_difference() {
        for body in GOOD.into_iter().chain(BAD) {
            let whole = rest(body.as_bytes()).map(|rest| rest.is_some());
            let mut chunks = Chunks::default();
            let bytes = body.as_bytes().chunks(1).try_for_each(|byte| chunks.read(byte).map(drop));
            assert_eq!(bytes.map(|()| chunks.is_complete()), whole, "{body:?}");
        }
    }
}
