//! What tokens are made of (RFC 9110 §5.6.2): names of headers, cookies and parameters.

/// Whether a token may have this byte.
pub(crate) const fn is_of_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'!' | b'#' | b'$' | b'%' | b'&' | b'\'' | b'*' | b'+' | b'-' | b'.' | b'^' | b'_' | b'`' | b'|' | b'~'
        )
}
