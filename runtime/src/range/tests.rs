//! Which bytes a `Range` means: the examples of RFC 9110, the edges, and any set against a naive one.

// One range is one part.
#![allow(clippy::single_range_in_vec_init)]

use core::ops::Range;
use std::time::{Duration, SystemTime};

use http::{HeaderMap, header};
use proptest::prelude::*;

use super::*;

fn of(value: &str, len: u64) -> Asked {
    let headers = [(RANGE, value.parse().unwrap())].into_iter().collect();
    asked(&headers, len, None, None, SystemTime::UNIX_EPOCH)
}

fn parts<const N: usize>(parts: [Range<u64>; N]) -> Asked {
    Asked::Parts(parts.into())
}

#[test]
fn the_examples_of_rfc_9110_mean_what_it_says() {
    let table = [
        ("bytes=0-499", parts([0..500])),
        ("bytes=500-999", parts([500..1_000])),
        ("bytes=-500", parts([9_500..10_000])),
        ("bytes=9500-", parts([9_500..10_000])),
        ("bytes=0-0,-1", parts([0..1, 9_999..10_000])),
        ("bytes= 0-999, 4500-5499, -1000", parts([0..1_000, 4_500..5_500, 9_000..10_000])),
        ("bytes=500-600,601-999", parts([500..1_000])),
        ("bytes=500-700,601-999", parts([500..1_000])),
    ];
    for (value, expected) in table {
        assert_eq!(of(value, 10_000), expected, "{value}");
    }
}

#[test]
fn a_range_ends_where_the_whole_does() {
    let table = [
        ("bytes=0-", 10, parts([0..10])),
        ("bytes=9-", 10, parts([9..10])),
        ("bytes=5-100", 10, parts([5..10])),
        ("bytes=-100", 10, parts([0..10])),
        ("bytes=0-0", 1, parts([0..1])),
        ("bytes=10-", 10, Asked::Nothing),
        ("bytes=10-20", 10, Asked::Nothing),
        ("bytes=-0", 10, Asked::Nothing),
        ("bytes=20-,-0", 10, Asked::Nothing),
        ("bytes=20-,3-4", 10, parts([3..5])),
        ("bytes=18446744073709551615-", 10, Asked::Nothing),
        ("bytes=18446744073709551616-", 10, Asked::Nothing),
        ("bytes=0-18446744073709551615", 10, parts([0..10])),
        ("bytes=1-99999999999999999999999999", 10, parts([1..10])),
        ("bytes=-99999999999999999999999999", 10, parts([0..10])),
        ("bytes=0-18446744073709551614", u64::MAX, parts([0..u64::MAX])),
        ("bytes=-1", u64::MAX, parts([u64::MAX - 1..u64::MAX])),
        ("bytes=18446744073709551614-", u64::MAX, parts([u64::MAX - 1..u64::MAX])),
    ];
    for (value, len, expected) in table {
        assert_eq!(of(value, len), expected, "{value} of {len}");
    }
}

#[test]
fn what_is_no_range_of_bytes_is_ignored() {
    let values = [
        "",
        "bytes",
        "bytes=",
        "bytes=,",
        "bytes=-",
        "bytes=a-b",
        "bytes=1",
        "bytes=1-2-3",
        "bytes=--1",
        "bytes=2-1",
        "bytes=0-1,5-4",
        "bytes=0-1,x",
        "bytes=+1-2",
        "bytes=0x1-2",
        "bytes=1 - 2",
        "bytes =0-1",
        "bytes=1.0-2",
        "items=0-1",
        "byte=0-1",
        "=0-1",
        "0-1",
        "bytes:0-1",
        "bytes=0-1;2-3",
        "bytes=\"0-1\"",
        "bytes=-1-2",
        "bytes=99999999999999999999-1",
    ];
    for value in values {
        assert_eq!(of(value, 10_000), Asked::Whole, "{value}");
    }
}

#[test]
fn the_unit_has_no_case_and_the_list_may_have_holes() {
    for value in ["bytes=0-1", "Bytes=0-1", "BYTES=0-1", "bytes=,0-1", "bytes=0-1 ,\t, ", "bytes= 0-1"] {
        assert_eq!(of(value, 10_000), parts([0..2]), "{value}");
    }
}

#[test]
fn parts_that_touch_become_one_and_the_others_keep_their_order() {
    let table = [
        ("bytes=50-59,0-9", parts([50..60, 0..10])),
        ("bytes=0-9,20-29,10-19", parts([0..30])),
        ("bytes=20-29,0-9,5-14", parts([20..30, 0..15])),
        ("bytes=20-29,0-9,40-49,10-19", parts([0..30, 40..50])),
        ("bytes=0-9,11-19", parts([0..10, 11..20])),
        ("bytes=5-9,5-9,5-9", parts([5..10])),
    ];
    for (value, expected) in table {
        assert_eq!(of(value, 100), expected, "{value}");
    }
}

#[test]
fn ranges_that_only_cost_are_ignored() {
    let many = |count: u64| {
        let ranges: Vec<_> = (0..count).map(|at| format!("{0}-{0}", at * 2)).collect();
        of(&format!("bytes={}", ranges.join(",")), 10_000)
    };
    assert!(matches!(many(32), Asked::Parts(parts) if parts.len() == 32));
    assert_eq!(many(33), Asked::Whole);
    for value in ["bytes=0-,0-", "bytes=0-99,0-99", "bytes=0-60,50-99", "bytes=-60,-60"] {
        assert_eq!(of(value, 100), Asked::Whole, "{value}");
    }
}

#[test]
fn of_nothing_there_is_no_part() {
    for value in ["bytes=0-", "bytes=0-0", "bytes=-1", "bytes=-0", "bytes=7-"] {
        assert_eq!(of(value, 0), Asked::Whole, "{value}");
    }
}

#[test]
fn a_second_line_and_another_version_make_it_the_whole() {
    let ask = |headers: &[(header::HeaderName, &str)]| {
        let headers: HeaderMap = headers.iter().map(|(name, value)| (name.clone(), value.parse().unwrap())).collect();
        asked(&headers, 10, Some(&"\"a\"".parse().unwrap()), None, SystemTime::UNIX_EPOCH + Duration::from_secs(9))
    };
    let range = (RANGE, "bytes=0-4");
    assert_eq!(ask(core::slice::from_ref(&range)), parts([0..5]));
    assert_eq!(ask(&[range.clone(), range.clone()]), Asked::Whole);
    assert_eq!(ask(&[range.clone(), (header::IF_RANGE, "\"a\"")]), parts([0..5]));
    assert_eq!(ask(&[range, (header::IF_RANGE, "\"b\"")]), Asked::Whole);
    assert_eq!(ask(&[]), Asked::Whole);
}

#[test]
fn several_parts_are_laid_out_with_their_boundary() {
    let pieces = multipart(&[0..1, 5..8], 10, Some(&"text/plain".parse().unwrap()), "edge");
    let text = |text: &'static str| Piece::Text(text.into());
    assert_eq!(
        pieces,
        [
            text("--edge\r\ncontent-type: text/plain\r\ncontent-range: bytes 0-0/10\r\n\r\n"),
            Piece::Slice(0..1),
            text("\r\n--edge\r\ncontent-type: text/plain\r\ncontent-range: bytes 5-7/10\r\n\r\n"),
            Piece::Slice(5..8),
            text("\r\n--edge--\r\n"),
        ]
    );
}

#[test]
fn no_boundary_comes_twice() {
    assert_eq!(boundary().len(), 32);
    assert_ne!(boundary(), boundary());
}

proptest! {
    /// Whatever is asked for, exactly the bytes are sent that each range names on its own.
    #[test]
    fn any_set_means_what_its_ranges_mean(len in 1_u64..40, set in prop::collection::vec(range(), 1..6)) {
        let texts: Vec<String> = set.iter().map(Naive::text).collect();
        let meant: Vec<u64> = (0..len).filter(|at| set.iter().any(|range| range.has(*at, len))).collect();
        match of(&format!("bytes={}", texts.join(",")), len) {
            Asked::Nothing => prop_assert_eq!(meant, [0_u64; 0]),
            Asked::Whole => {
                let sum: usize = set.iter().map(|range| (0..len).filter(|at| range.has(*at, len)).count()).sum();
                prop_assert!(sum as u64 > len, "only what is larger than the whole is ignored");
            }
            Asked::Parts(parts) => {
                let mut sent: Vec<u64> = parts.iter().cloned().flatten().collect();
                sent.sort_unstable();
                prop_assert_eq!(sent, meant, "each byte once");
                let mut ordered = parts;
                ordered.sort_unstable_by_key(|part| part.start);
                prop_assert!(ordered.windows(2).all(|two| two[0].end < two[1].start), "none touches another");
            }
        }
    }

    /// No text breaks the grammar, and no part leaves the whole.
    #[test]
    fn any_text_is_read(text in "(bytes=)?[-0-9, =a]{0,40}", len in any::<u64>()) {
        if let Asked::Parts(parts) = of(text.trim(), len) {
            prop_assert!(parts.iter().all(|part| part.start < part.end && part.end <= len));
        }
    }
}

/// A range, read byte by byte.
#[derive(Debug, Clone)]
enum Naive {
    From(u64),
    Between(u64, u64),
    Last(u64),
}

impl Naive {
    fn text(&self) -> String {
        match self {
            Naive::From(first) => format!("{first}-"),
            Naive::Between(first, last) => format!("{first}-{last}"),
            Naive::Last(count) => format!("-{count}"),
        }
    }

    fn has(&self, at: u64, len: u64) -> bool {
        match self {
            Naive::From(first) => at >= *first,
            Naive::Between(first, last) => at >= *first && at <= *last,
            Naive::Last(count) => len - at <= *count,
        }
    }
}

fn range() -> impl Strategy<Value = Naive> {
    prop_oneof![
        (0_u64..50).prop_map(Naive::From),
        (0_u64..50, 0_u64..50).prop_map(|(one, other)| Naive::Between(one.min(other), one.max(other))),
        (0_u64..50).prop_map(Naive::Last),
    ]
}
