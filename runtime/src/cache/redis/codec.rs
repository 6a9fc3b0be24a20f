//! The bytes of an entry in Redis.
//!
//! A mark and the number of this form, a checksum of all that follows, and that: the status, when it was made, the
//! seal, the key, the headers and, up to the end, the body. Numbers are little-endian; what has no fixed size stands
//! behind its length. Whatever does not read as exactly that is nobody's entry.

use bytes::{Buf, Bytes};
use http::{HeaderName, HeaderValue, StatusCode};

use crate::{
    cache::{CacheKey, Entry, Seal, Version},
    time::Timestamp,
};

/// Writes an entry with its key, which [`decode`] compares, and its seal.
pub(super) fn encode(key: &CacheKey, seal: &Seal, entry: &Entry) -> Vec<u8> {
    let headers: usize = entry.headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 8).sum();
    let size = 64 + VERSION * seal.0.len() + key.as_bytes().len() + headers + entry.body.len();
    let mut bytes = Vec::with_capacity(size);
    bytes.extend_from_slice(&FORM);
    bytes.extend_from_slice(&[0; 4]);
    bytes.extend_from_slice(&entry.status.as_u16().to_le_bytes());
    bytes.extend_from_slice(&entry.made.millis().to_le_bytes());
    put_len(&mut bytes, seal.0.len());
    for version in &seal.0 {
        bytes.extend_from_slice(&encode_version(*version));
    }
    put(&mut bytes, key.as_bytes());
    put_len(&mut bytes, entry.headers.len());
    for (name, value) in &entry.headers {
        put(&mut bytes, name.as_str().as_bytes());
        put(&mut bytes, value.as_bytes());
    }
    bytes.extend_from_slice(&entry.body);
    let checksum = crc32fast::hash(&bytes[START..]);
    bytes[FORM.len()..START].copy_from_slice(&checksum.to_le_bytes());
    bytes
}

/// Reads what [`encode`] wrote for this key. Headers and body are slices of the payload.
pub(super) fn decode(key: &CacheKey, mut payload: Bytes) -> Option<(Seal, Entry)> {
    let rest = payload.strip_prefix(&FORM)?;
    let (checksum, rest) = rest.split_first_chunk::<4>()?;
    if crc32fast::hash(rest) != u32::from_le_bytes(*checksum) {
        return None;
    }
    payload.advance(START);
    let status = StatusCode::from_u16(payload.try_get_u16_le().ok()?).ok()?;
    let made = Timestamp::from_millis(payload.try_get_u64_le().ok()?);
    let seal = take_seal(&mut payload)?;
    if take(&mut payload)? != key.as_bytes() {
        return None;
    }
    let headers = take_headers(&mut payload)?;
    Some((seal, Entry { status, headers, body: payload, made }))
}

/// Writes a version: sixteen bytes, of which the first eight change when the label is expired.
pub(super) fn encode_version(version: Version) -> [u8; VERSION] {
    let mut bytes = [0; VERSION];
    bytes[..8].copy_from_slice(&version.expired.to_le_bytes());
    bytes[8..].copy_from_slice(&version.staled.to_le_bytes());
    bytes
}

/// Reads what [`encode_version`] wrote.
pub(super) fn decode_version(mut bytes: &[u8]) -> Option<Version> {
    let expired = bytes.try_get_u64_le().ok()?;
    let staled = bytes.try_get_u64_le().ok()?;
    bytes.is_empty().then_some(Version { expired, staled })
}

/// Whose it is, and the number of the form: a form that changes gets another number.
const FORM: [u8; 4] = *b"RUT\x01";
/// Where that begins which the checksum is of.
const START: usize = FORM.len() + 4;
const VERSION: usize = 16;

fn put_len(bytes: &mut Vec<u8>, len: usize) {
    // Nothing that is kept is this large; a length that lies reads as nobody's entry.
    bytes.extend_from_slice(&u32::try_from(len).unwrap_or(u32::MAX).to_le_bytes());
}

fn put(bytes: &mut Vec<u8>, value: &[u8]) {
    put_len(bytes, value.len());
    bytes.extend_from_slice(value);
}

fn take_len(payload: &mut Bytes) -> Option<usize> {
    usize::try_from(payload.try_get_u32_le().ok()?).ok()
}

fn take(payload: &mut Bytes) -> Option<Bytes> {
    let len = take_len(payload)?;
    (len <= payload.len()).then(|| payload.split_to(len))
}

fn take_seal(payload: &mut Bytes) -> Option<Seal> {
    let len = take_len(payload)?.checked_mul(VERSION)?;
    if len > payload.len() {
        return None;
    }
    let versions = payload.split_to(len);
    versions.chunks_exact(VERSION).map(decode_version).collect::<Option<_>>().map(Seal)
}

fn take_headers(payload: &mut Bytes) -> Option<Vec<(HeaderName, HeaderValue)>> {
    let count = take_len(payload)?;
    // No room is made for a number that nobody has counted: the vector grows by what is there.
    let mut headers = Vec::new();
    for _ in 0..count {
        let name = HeaderName::from_bytes(&take(payload)?).ok()?;
        let value = HeaderValue::from_maybe_shared(take(payload)?).ok()?;
        headers.push((name, value));
    }
    Some(headers)
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    fn key(bytes: &[u8]) -> CacheKey {
        CacheKey::from(bytes)
    }

    fn entry(status: u16, headers: &[(&str, &[u8])], body: &[u8], made: u64) -> Entry {
        let headers = headers.iter().map(|(name, value)| {
            let name = HeaderName::try_from(*name).expect("a name");
            (name, HeaderValue::from_bytes(value).expect("a value"))
        });
        Entry {
            status: StatusCode::from_u16(status).expect("a status"),
            headers: headers.collect(),
            body: Bytes::copy_from_slice(body),
            made: Timestamp::from_millis(made),
        }
    }

    fn sample() -> (CacheKey, Seal, Entry) {
        let seal = Seal(Box::from([Version { expired: 1, staled: 2 }, Version { expired: u64::MAX, staled: 0 }]));
        let headers: &[(&str, &[u8])] = &[("etag", b"\"1\""), ("link", b"<a>"), ("link", b"<\xFF>"), ("x-empty", b"")];
        (key(b"\0route\xFF"), seal, entry(200, headers, b"hello\0\xFF", 1_700_000_000_000))
    }

    #[test]
    fn an_entry_survives_its_bytes() {
        let (key, seal, entry) = sample();
        let payload = Bytes::from(encode(&key, &seal, &entry));
        assert_eq!(decode(&key, payload), Some((seal, entry)));
    }

    #[test]
    fn the_bytes_stay_what_they_are() {
        let seal = Seal(Box::from([Version { expired: 1, staled: 2 }]));
        let payload = encode(&key(b"k"), &seal, &entry(204, &[("a", b"b")], b"c", 3));
        assert_eq!(payload[..4], *b"RUT\x01");
        assert_eq!(
            payload[8..],
            *b"\xCC\0\x03\0\0\0\0\0\0\0\x01\0\0\0\x01\0\0\0\0\0\0\0\x02\0\0\0\0\0\0\0\x01\0\0\0k\x01\0\0\0\x01\0\0\0a\x01\0\0\0bc"
        );
    }

    #[test]
    fn an_entry_of_another_key_is_not_found() {
        let (key_of, seal, entry) = sample();
        let payload = Bytes::from(encode(&key_of, &seal, &entry));
        for other in [&b""[..], b"\0route", b"\0route\xFF\0", b"\0Route\xFF"] {
            assert_eq!(decode(&key(other), payload.clone()), None);
        }
    }

    #[test]
    fn every_truncation_and_every_flipped_bit_is_seen() {
        let (key, seal, entry) = sample();
        let payload = encode(&key, &seal, &entry);
        for len in 0..payload.len() {
            assert_eq!(decode(&key, Bytes::copy_from_slice(&payload[..len])), None, "the first {len} bytes");
        }
        for bit in 0..payload.len() * 8 {
            let mut flipped = payload.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(decode(&key, Bytes::from(flipped)), None, "bit {bit}");
        }
    }

    #[test]
    fn a_form_of_another_number_is_left_alone() {
        let (key, seal, entry) = sample();
        for number in (0..=255).filter(|number| *number != 1) {
            let mut payload = encode(&key, &seal, &entry);
            payload[3] = number;
            assert_eq!(decode(&key, Bytes::from(payload)), None, "form {number}");
        }
    }

    /// The checksum set right, as if somebody wrote the rest on purpose.
    fn checked(mut payload: Vec<u8>) -> Bytes {
        let checksum = crc32fast::hash(&payload[START..]);
        payload[FORM.len()..START].copy_from_slice(&checksum.to_le_bytes());
        Bytes::from(payload)
    }

    #[test]
    fn lengths_that_lie_are_seen() {
        let (key, seal, entry) = sample();
        let payload = encode(&key, &seal, &entry);
        let seal_at = START + 10;
        let key_at = seal_at + 4 + 2 * VERSION;
        let headers_at = key_at + 4 + key.as_bytes().len();
        for at in [seal_at, key_at, headers_at, headers_at + 4] {
            for lie in [u32::MAX, u32::MAX / 16, 1 << 20] {
                let mut lying = payload.clone();
                lying[at..at + 4].copy_from_slice(&lie.to_le_bytes());
                assert_eq!(decode(&key, checked(lying)), None, "{lie} at {at}");
            }
        }
    }

    #[test]
    fn a_version_is_sixteen_bytes() {
        let version = Version { expired: 1, staled: u64::MAX };
        assert_eq!(decode_version(&encode_version(version)), Some(version));
        for bytes in [&b""[..], &[0; 8], &[0; 15], &[0; 17]] {
            assert_eq!(decode_version(bytes), None);
        }
    }

    prop_compose! {
        fn any_entry()(
            status in 100..1000_u16,
            headers in vec(("[a-z][a-z0-9-]{0,9}", vec(0x20..=0x7E_u8, 0..20)), 0..6),
            body in vec(any::<u8>(), 0..200),
            made in any::<u64>(),
        ) -> Entry {
            let headers: Vec<_> = headers.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect();
            entry(status, &headers, &body, made)
        }
    }

    prop_compose! {
        fn any_seal()(versions in vec(any::<(u64, u64)>(), 0..5)) -> Seal {
            Seal(versions.into_iter().map(|(expired, staled)| Version { expired, staled }).collect())
        }
    }

    proptest! {
        #[test]
        fn any_entry_survives_its_bytes(bytes in vec(any::<u8>(), 0..60), seal in any_seal(), entry in any_entry()) {
            let key = key(&bytes);
            let payload = Bytes::from(encode(&key, &seal, &entry));
            prop_assert_eq!(decode(&key, payload), Some((seal, entry)));
        }

        #[test]
        fn damage_is_seen(seal in any_seal(), entry in any_entry(), at in any::<usize>(), flip in 1..=255_u8) {
            let key = key(b"key");
            let mut payload = encode(&key, &seal, &entry);
            let at = at % payload.len();
            prop_assert_eq!(decode(&key, Bytes::copy_from_slice(&payload[..at])), None);
            payload[at] ^= flip;
            prop_assert_eq!(decode(&key, Bytes::from(payload)), None);
        }

        #[test]
        fn garbage_is_nobodys_entry(garbage in vec(any::<u8>(), 0..300)) {
            prop_assert_eq!(decode(&key(b""), Bytes::from(garbage)), None);
        }

        // Behind a right mark and checksum anything may stand; it is read or left, without a panic.
        #[test]
        fn garbage_behind_a_right_checksum_does_no_harm(garbage in vec(any::<u8>(), 0..300)) {
            let payload = [&FORM[..], &[0; 4], &garbage].concat();
            drop(decode(&key(b""), checked(payload)));
        }
    }
}
