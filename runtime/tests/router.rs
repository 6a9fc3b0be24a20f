//! The router against a linear matcher that is too simple to be wrong.

use core::cmp::Ordering;

use proptest::prelude::*;
use rutter::__private::router::{Params, Pattern, Split, Tree};

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, ..ProptestConfig::default() })]

    #[test]
    fn the_tree_finds_what_the_linear_matcher_finds(patterns in route_set(), paths in prop::collection::vec(path(), 1..8)) {
        let mut tree = Tree::<Option<usize>>::default();
        for (index, pattern) in patterns.iter().enumerate() {
            let parsed = Pattern::parse(pattern).expect("a pattern of the grammar");
            tree.insert(&parsed).get_or_insert(index);
        }
        for path in &paths {
            let mut params = Params::default();
            if let Some(first) = tree.first(path, &mut params) {
                let (found, slow) = tree.at(path, &Split::new(path).expect("a plain path")).expect("a match");
                prop_assert_eq!((first, params), (found, slow), "{} in {:?}", path, patterns);
            }
            prop_assert_eq!(find(&tree, &patterns, path), linear(&patterns, path), "{} in {:?}", path, patterns);
        }
    }
}

/// What a matcher says: which pattern, and the values of its dynamic segments.
type Found = Option<(usize, Vec<Vec<String>>)>;

fn find(tree: &Tree<Option<usize>>, patterns: &[String], path: &str) -> Found {
    let split = Split::new(path).ok()?;
    let (index, params) = tree.at(path, &split)?;
    let index = index.expect("every value that was inserted is set");
    let dynamic = patterns[index].split('/').filter(|segment| segment.starts_with('['));
    let values = dynamic.enumerate().map(|(place, segment)| {
        let range = params.at(place).expect("a value for every dynamic segment").range();
        if segment.contains("...") { split_sent(&path[range]) } else { vec![split.text(path)[range].to_owned()] }
    });
    Some((index, values.collect()))
}

fn linear(patterns: &[String], path: &str) -> Found {
    let segments = split_sent(path.strip_prefix('/')?);
    let matching =
        patterns.iter().enumerate().filter_map(|(index, pattern)| Some((index, pattern, values(pattern, &segments)?)));
    let best = matching.min_by(|(_, a, _), (_, b, _)| more_specific(a, b))?;
    Some((best.0, best.2))
}

/// The values of a pattern's dynamic segments; `None` where it does not match.
fn values(pattern: &str, segments: &[String]) -> Option<Vec<Vec<String>>> {
    let mut values = Vec::new();
    let mut rest = segments;
    for part in pattern.split('/').skip(1).filter(|part| !part.is_empty() && !part.starts_with('(')) {
        if part.starts_with("[[") || part.starts_with("[...") {
            if rest.is_empty() && !part.starts_with("[[") {
                return None;
            }
            values.push(rest.to_vec());
            return Some(values);
        }
        let (first, after) = rest.split_first()?;
        rest = after;
        match part.starts_with('[') {
            true => values.push(vec![first.clone()]),
            false if part != first => return None,
            false => {}
        }
    }
    rest.is_empty().then_some(values)
}

/// The first segment in which two patterns differ in kind decides.
fn more_specific(a: &str, b: &str) -> Ordering {
    let ranks = |pattern: &str| -> Vec<u8> {
        pattern.split('/').skip(1).filter(|part| !part.starts_with('(')).map(rank).chain([1]).collect()
    };
    ranks(a).cmp(&ranks(b))
}

/// 1 is the end of a pattern: more specific than an optional catch-all there, and never compared
/// with the others by patterns that both match.
fn rank(part: &str) -> u8 {
    match part {
        "" => 1,
        part if part.starts_with("[[") => 4,
        part if part.starts_with("[...") => 3,
        part if part.starts_with('[') => 2,
        _ => 0,
    }
}

fn split_sent(path: &str) -> Vec<String> {
    path.split('/').filter(|segment| !segment.is_empty()).map(decode).collect()
}

/// Resolves the escapes that the generator below writes: all of them ASCII.
fn decode(segment: &str) -> String {
    let mut pieces = segment.split('%');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |mut text, piece| {
        let code = u8::from_str_radix(&piece[..2], 16).expect("two hexadecimal digits");
        text.push(char::from(code));
        text + &piece[2..]
    })
}

/// Patterns over a small alphabet, so that they overlap; no two of one shape.
fn route_set() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(pattern(), 1..16).prop_map(|patterns| {
        let mut shapes = Vec::new();
        let new = |pattern: &String| {
            let shape = Pattern::parse(pattern).expect("a pattern of the grammar").shape();
            let known = shapes.contains(&shape);
            shapes.push(shape);
            !known
        };
        patterns.into_iter().filter(new).collect()
    })
}

fn pattern() -> impl Strategy<Value = String> {
    let segment = prop_oneof![
        4 => prop::sample::select(vec!["a", "b", "ab", "a-long-segment-of-many-bytes", "a-long-segment-or-many-bytes"])
            .prop_map(str::to_owned),
        3 => Just("[?]".to_owned()),
        1 => Just("(group)".to_owned()),
    ];
    let end = prop_oneof![4 => Just(""), 1 => Just("[...rest]"), 1 => Just("[[...rest]]")];
    (prop::collection::vec(segment, 0..5), end).prop_map(|(segments, end)| {
        let mut pattern = String::new();
        for (index, segment) in segments.iter().enumerate() {
            pattern.push('/');
            pattern.push_str(&segment.replace('?', &format!("p{index}")));
        }
        if !end.is_empty() || pattern.is_empty() {
            pattern.push('/');
            pattern.push_str(end);
        }
        pattern
    })
}

fn path() -> impl Strategy<Value = String> {
    let segment = prop::sample::select(vec![
        "a",
        "b",
        "ab",
        "c",
        "%61",
        "a%62",
        "%2F",
        "a%2Fb",
        "%5Ba%5D",
        "a-long-segment-of-many-bytes",
        "a-long-segment-%6Fr-many-bytes",
        "a-long-segment-xx-many-bytes",
    ]);
    prop::collection::vec(segment, 0..6).prop_map(|segments| format!("/{}", segments.join("/")))
}
