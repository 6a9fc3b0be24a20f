//! Percent-encoding, one byte at a time (RFC 3986 §2.1).

/// Adds a byte as it is where it is `plain`, else as an escape.
pub(crate) fn push(text: &mut String, byte: u8, plain: bool) {
    if plain {
        return text.push(char::from(byte));
    }
    text.push('%');
    for digit in [byte >> 4, byte & 15] {
        text.push(char::from(b"0123456789ABCDEF"[usize::from(digit)]));
    }
}

/// The bytes with their escapes resolved; `None` for a `%` that begins none.
pub(crate) fn resolved(mut text: &[u8]) -> impl Iterator<Item = Option<u8>> {
    core::iter::from_fn(move || {
        let (first, rest) = text.split_first()?;
        let next = if *first == b'%' { escaped(text) } else { Some((*first, rest)) };
        text = next.map_or(rest, |(_, rest)| rest);
        Some(next.map(|(byte, _)| byte))
    })
}

/// The byte of the escape that the text begins with, and what follows it.
fn escaped(text: &[u8]) -> Option<(u8, &[u8])> {
    let [b'%', high, low, rest @ ..] = text else { return None };
    let (high, low) = (char::from(*high).to_digit(16)?, char::from(*low).to_digit(16)?);
    Some((u8::try_from(high * 16 + low).ok()?, rest))
}

/// The bytes with their escapes resolved; a `%` that begins none stays.
pub(crate) fn unescape(mut text: &[u8]) -> impl Iterator<Item = u8> + Clone {
    core::iter::from_fn(move || {
        let (byte, rest) = escaped(text).or_else(|| text.split_first().map(|(first, rest)| (*first, rest)))?;
        text = rest;
        Some(byte)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percent_sign_that_begins_no_escape_is_told() {
        let told = |text: &[u8]| resolved(text).collect::<Vec<_>>();
        assert_eq!(told(b"a%2Fb"), [Some(b'a'), Some(b'/'), Some(b'b')]);
        assert_eq!(told(b"%4"), [None, Some(b'4')]);
        assert_eq!(told(b"%zz"), [None, Some(b'z'), Some(b'z')]);
    }

    #[test]
    fn escapes_are_resolved_once() {
        for (text, expected) in
            [("a", "a"), ("%61%2f", "a/"), ("%2561", "%61"), ("100%", "100%"), ("%4", "%4"), ("%+1", "%+1")]
        {
            assert_eq!(String::from_utf8(unescape(text.as_bytes()).collect()).as_deref(), Ok(expected));
        }
    }
}
