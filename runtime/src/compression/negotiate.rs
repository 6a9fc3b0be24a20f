//! Which encoding a client prefers: `Accept-Encoding` (RFC 9110 §12.5.3).

use http::{HeaderMap, HeaderValue, header::ACCEPT_ENCODING};

use crate::compression::Encoding;

/// The encoding with the highest quality; among equals the one that is offered first. `None` is the answer as it is.
pub(super) fn negotiate(headers: &HeaderMap, offered: impl Iterator<Item = Encoding>) -> Option<Encoding> {
    let mut lines = headers.get_all(ACCEPT_ENCODING).iter().peekable();
    lines.peek()?;
    let mut said = Said::default();
    for (name, quality) in lines.flat_map(members).take(MOST) {
        said.hear(name, quality);
    }
    let best = offered.map(|encoding| (encoding, said.of(encoding))).reduce(|best, other| {
        // Only what is better comes before what is offered first.
        if other.1 > best.1 { other } else { best }
    });
    best.filter(|(_, quality)| *quality > 0 && *quality >= said.identity.unwrap_or(0)).map(|(encoding, _)| encoding)
}

/// Nobody has more names for codings than this; what comes after is not read.
const MOST: usize = 64;

/// Qualities in thousandths; of a name that comes twice the last one counts.
#[derive(Default)]
struct Said {
    encodings: [Option<u16>; Encoding::ALL.len()],
    identity: Option<u16>,
    /// What `*` says of the others.
    others: u16,
}

impl Said {
    fn hear(&mut self, name: &[u8], quality: u16) {
        if let Some(index) = Encoding::ALL.iter().position(|encoding| encoding.is_named(name)) {
            self.encodings[index] = Some(quality);
        } else if name.eq_ignore_ascii_case(b"identity") {
            self.identity = Some(quality);
        } else if name == b"*" {
            self.others = quality;
        }
    }

    fn of(&self, encoding: Encoding) -> u16 {
        self.encodings[encoding as usize].unwrap_or(self.others)
    }
}

/// The codings of a line and their qualities, without those that are written wrong.
fn members(line: &HeaderValue) -> impl Iterator<Item = (&[u8], u16)> {
    line.as_bytes().split(|byte| *byte == b',').filter_map(|member| {
        let mut parts = member.splitn(2, |byte| *byte == b';').map(<[u8]>::trim_ascii);
        let name = parts.next().filter(|name| !name.is_empty())?;
        let quality = match parts.next() {
            Some(weight) => quality(weight)?,
            None => 1_000,
        };
        Some((name, quality))
    })
}

/// `q=0.5` in thousandths (RFC 9110 §12.4.2).
fn quality(weight: &[u8]) -> Option<u16> {
    let [b'q' | b'Q', b'=', value @ ..] = weight else { return None };
    let (whole, fraction) = match value {
        [whole @ (b'0' | b'1')] => (whole, &[][..]),
        [whole @ (b'0' | b'1'), b'.', fraction @ ..] if fraction.len() <= 3 => (whole, fraction),
        _ => return None,
    };
    let mut thousandths = u16::from(whole - b'0') * 1_000;
    for (digit, worth) in fraction.iter().zip([100, 10, 1]) {
        thousandths += u16::from(digit.is_ascii_digit().then(|| digit - b'0')?) * worth;
    }
    (thousandths <= 1_000).then_some(thousandths)
}

#[cfg(test)]
mod tests {
    use Encoding::{Brotli, Gzip, Zstd};

    use super::*;

    fn chosen(lines: &[&str]) -> Option<Encoding> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(ACCEPT_ENCODING, HeaderValue::from_str(line).unwrap());
        }
        negotiate(&headers, Encoding::ALL.into_iter())
    }

    #[test]
    fn the_highest_quality_wins_and_then_our_order() {
        let table = [
            ("gzip", Some(Gzip)),
            ("gzip, deflate, br, zstd", Some(Brotli)),
            ("gzip, zstd", Some(Zstd)),
            ("gzip;q=1, br;q=0.9", Some(Gzip)),
            ("br;q=0.001, gzip;q=0.002", Some(Gzip)),
            ("br;q=0.5, zstd;q=0.5, gzip;q=0.5", Some(Brotli)),
            ("deflate", None),
            ("*", Some(Brotli)),
            ("*;q=0.1", Some(Brotli)),
            ("*;q=0", None),
            ("br;q=0, *", Some(Zstd)),
            ("gzip;q=0.5, *;q=0.4", Some(Gzip)),
            ("gzip;q=0.5, *;q=0", Some(Gzip)),
            ("gzip;q=0", None),
            ("gzip;q=0.000", None),
            ("identity", None),
            ("identity;q=0", None),
            ("identity;q=0, gzip;q=0", None),
            ("identity;q=0, gzip", Some(Gzip)),
            ("identity;q=0.5, gzip;q=0.2", None),
            ("identity;q=0.5, gzip;q=0.5", Some(Gzip)),
            ("identity, *;q=0.5", None),
        ];
        for (line, expected) in table {
            assert_eq!(chosen(&[line]), expected, "{line}");
        }
    }

    #[test]
    fn names_are_read_as_they_are_meant() {
        let table = [
            ("GZip", Some(Gzip)),
            ("x-gzip", Some(Gzip)),
            ("X-GZIP;q=0.5", Some(Gzip)),
            ("x-gzip;q=0", None),
            ("BR;Q=1", Some(Brotli)),
            ("  gzip ; q=0.5 ,\tzstd\t;\tq=0.6 ", Some(Zstd)),
            ("gzipped", None),
            ("gz", None),
            ("br2", None),
        ];
        for (line, expected) in table {
            assert_eq!(chosen(&[line]), expected, "{line}");
        }
    }

    #[test]
    fn what_is_written_wrong_is_passed_over() {
        let table = [
            ("", None),
            (",,;,", None),
            (";q=1", None),
            ("gzip;q", None),
            ("gzip;q=", None),
            ("gzip;q=2", None),
            ("gzip;q=1.001", None),
            ("gzip;q=0.0001", None),
            ("gzip;q=.5", None),
            ("gzip;q=-1", None),
            ("gzip;q=0.x", None),
            ("gzip;level=9", None),
            ("gzip;q=0.5;x=1", None),
            ("gzip q=1", None),
            ("br;q=nan, gzip;q=0.1", Some(Gzip)),
            ("gzip;q=1.000", Some(Gzip)),
            ("gzip;q=1.", Some(Gzip)),
        ];
        for (line, expected) in table {
            assert_eq!(chosen(&[line]), expected, "{line}");
        }
    }

    #[test]
    fn several_lines_are_one_list() {
        assert_eq!(chosen(&["gzip;q=0.5", "zstd;q=0.6"]), Some(Zstd));
        assert_eq!(chosen(&["gzip", "gzip;q=0"]), None);
        assert_eq!(chosen(&["", "gzip"]), Some(Gzip));
    }

    #[test]
    fn without_the_header_an_answer_is_sent_as_it_is() {
        assert_eq!(chosen(&[]), None);
    }

    #[test]
    fn what_is_not_offered_is_not_chosen() {
        let mut headers = HeaderMap::new();
        headers.append(ACCEPT_ENCODING, HeaderValue::from_static("br, gzip;q=0.1"));
        assert_eq!(negotiate(&headers, [Gzip].into_iter()), Some(Gzip));
        assert_eq!(negotiate(&headers, [Zstd].into_iter()), None);
        assert_eq!(negotiate(&headers, core::iter::empty()), None);
    }

    #[test]
    fn of_a_long_list_the_beginning_is_read() {
        assert_eq!(chosen(&[&("a,".repeat(63) + "gzip")]), Some(Gzip));
        assert_eq!(chosen(&[&("a,".repeat(64) + "gzip")]), None);
    }
}
