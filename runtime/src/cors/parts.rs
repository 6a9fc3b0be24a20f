//! Where the parts of an origin stand in a text, if it is written as browsers write one; for constants too.

use crate::cors::{
    fault::Fault,
    host::{self, Flaw},
};

/// Where the parts of an origin stand in its text.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Parts {
    /// The end of the scheme.
    pub(super) scheme: usize,
    /// The end of the host, which begins behind `://`.
    pub(super) host: usize,
    pub(super) port: Option<u16>,
}

impl Parts {
    /// Reads them, or says what is wrong first.
    pub(super) const fn of(text: &[u8]) -> Result<Parts, Fault> {
        if let Some(fault) = outside(text) {
            return Err(fault);
        }
        let scheme = find(text, 0, b':');
        let start = scheme + 3;
        let end = end_of_authority(text, start);
        if end < text.len() {
            return Err(Fault::Path(end));
        }
        if let Some(fault) = inside(text, scheme) {
            return Err(fault);
        }
        let host = if text[start] == b'[' { find(text, start, b']') + 1 } else { find(text, start, b':') };
        if host > text.len() || (host < text.len() && text[host] != b':') {
            return Err(Fault::Address6);
        }
        let default = default_port(part(text, 0, scheme));
        let checked = if text[start] == b'[' {
            host::address_of_six(part(text, start + 1, host - 1))
        } else {
            host::name(part(text, start, host), default.is_some())
        };
        match checked {
            Ok(()) => {}
            Err(Flaw::Address) if text[start] == b'[' => return Err(Fault::Address6),
            Err(Flaw::Address) => return Err(Fault::Address4),
            Err(Flaw::Name) => return Err(Fault::Host),
        }
        if host == text.len() {
            return Ok(Parts { scheme, host, port: None });
        }
        match (port(part(text, host + 1, text.len())), default) {
            (None, _) => Err(Fault::Port),
            (Some(port), Some(default)) if port == default => Err(Fault::DefaultPort(host)),
            (port, _) => Ok(Parts { scheme, host, port }),
        }
    }
}

/// What keeps a text from having parts at all.
const fn outside(text: &[u8]) -> Option<Fault> {
    if text.is_empty() {
        return Some(Fault::Empty);
    }
    if is(text, b"*") {
        return Some(Fault::Anyone);
    }
    if is(text, b"null") {
        return Some(Fault::Null);
    }
    let mut at = 0;
    while at < text.len() {
        match text[at] {
            b' ' | b',' | b';' => return Some(Fault::List),
            0..=31 | 127 => return Some(Fault::Control),
            128.. => return Some(Fault::NotAscii),
            _ => at += 1,
        }
    }
    let scheme = find(text, 0, b':');
    if scheme + 3 < text.len() && is(part(text, scheme, scheme + 3), b"://") {
        return None;
    }
    if is_bare(text) { Some(Fault::NoScheme) } else { Some(Fault::Other) }
}

/// What keeps scheme and authority from being read.
const fn inside(text: &[u8], scheme: usize) -> Option<Fault> {
    let mut at = 0;
    while at < text.len() {
        match text[at] {
            b'@' => return Some(Fault::User(at)),
            b'*' => return Some(Fault::Star),
            b'A'..=b'Z' => return Some(Fault::Capitals),
            _ => at += 1,
        }
    }
    if scheme == 0 || !text[0].is_ascii_lowercase() {
        return Some(Fault::Other);
    }
    at = 0;
    while at < scheme {
        match text[at] {
            b'a'..=b'z' | b'0'..=b'9' | b'+' | b'-' | b'.' => at += 1,
            _ => return Some(Fault::Other),
        }
    }
    None
}

/// Whether a text is a host that lacks its scheme, perhaps with a port.
const fn is_bare(text: &[u8]) -> bool {
    let end = find(text, 0, b':');
    let mut at = 0;
    while at < end {
        match text[at] {
            b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' => at += 1,
            _ => return false,
        }
    }
    end > 0 && (end == text.len() || port(part(text, end + 1, text.len())).is_some())
}

const fn end_of_authority(text: &[u8], start: usize) -> usize {
    let mut at = start;
    while at < text.len() && !matches!(text[at], b'/' | b'\\' | b'?' | b'#') {
        at += 1;
    }
    at
}

/// A number to 65535 without a zero in front. No page comes from port 0.
const fn port(text: &[u8]) -> Option<u16> {
    if text.is_empty() || text.len() > 5 || text[0] == b'0' {
        return None;
    }
    let (mut port, mut at) = (0_u32, 0);
    while at < text.len() {
        if !text[at].is_ascii_digit() {
            return None;
        }
        port = port * 10 + (text[at] - b'0') as u32;
        at += 1;
    }
    #[allow(clippy::cast_possible_truncation)] // It has just been compared.
    if port > u16::MAX as u32 { None } else { Some(port as u16) }
}

/// The port of a special scheme (URL standard, "special scheme"); `file` has no origin but `null`.
const fn default_port(scheme: &[u8]) -> Option<u16> {
    if is(scheme, b"http") || is(scheme, b"ws") {
        Some(80)
    } else if is(scheme, b"https") || is(scheme, b"wss") {
        Some(443)
    } else if is(scheme, b"ftp") {
        Some(21)
    } else {
        None
    }
}

/// Where a byte stands; the end where it does not.
const fn find(text: &[u8], start: usize, byte: u8) -> usize {
    let mut at = start;
    while at < text.len() && text[at] != byte {
        at += 1;
    }
    at
}

const fn part(text: &[u8], start: usize, end: usize) -> &[u8] {
    text.split_at(end).0.split_at(start).1
}

const fn is(text: &[u8], other: &[u8]) -> bool {
    let mut at = 0;
    while at < text.len() && at < other.len() && text[at] == other[at] {
        at += 1;
    }
    at == text.len() && at == other.len()
}
