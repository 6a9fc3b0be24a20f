//! Two patterns side by side: specificity, overlap and shape.

mod common;

use std::cmp::Ordering;

use proptest::{collection::vec, prelude::*, sample::select};
use rutter_pattern::{Pattern, Shape};

use crate::common::{parsed, patterns};

#[test]
fn the_more_specific_pattern_comes_first() {
    let sorted = [
        "/",
        "/a",
        "/b",
        "/a/b",
        "/a/[x]",
        "/a/[x]/b",
        "/a/[...x]",
        "/a/[[...x]]",
        "/[x]",
        "/[x]/b",
        "/[x]/[y]",
        "/[x]/[...y]",
        "/[x]/[[...y]]",
        "/[...x]",
        "/[[...x]]",
    ];
    for (index, one) in sorted.iter().enumerate() {
        for (other_index, other) in sorted.iter().enumerate() {
            let order = parsed(one).specificity(&parsed(other));

            assert_eq!(order, index.cmp(&other_index), "`{one}` and `{other}`");
        }
    }
}

#[test]
fn names_and_groups_are_not_specific() {
    let order = parsed("/(shop)/[id]").specificity(&parsed("/[slug]"));

    assert_eq!(order, Ordering::Equal);
}

#[test]
fn patterns_overlap_when_some_path_matches_both() {
    for (one, other, overlaps) in [
        ("/", "/", true),
        ("/", "/a", false),
        ("/", "/[x]", false),
        ("/", "/[...x]", false),
        ("/", "/[[...x]]", true),
        ("/a", "/a", true),
        ("/a", "/b", false),
        ("/a", "/[x]", true),
        ("/a/[x]", "/[x]/b", true),
        ("/a/[x]", "/b/[x]", false),
        ("/a/[x]", "/[x]", false),
        ("/a", "/a/[...x]", false),
        ("/a", "/a/[[...x]]", true),
        ("/a/b/c", "/a/[...x]", true),
        ("/[x]/b", "/a/[...x]", true),
        ("/[...x]", "/[[...x]]", true),
        ("/a/[...x]", "/b/[...x]", false),
        ("/(one)/a", "/(two)/a", true),
    ] {
        assert_eq!(parsed(one).overlaps(&parsed(other)), overlaps, "`{one}` and `{other}`");
        assert_eq!(parsed(other).overlaps(&parsed(one)), overlaps, "`{other}` and `{one}`");
    }
}

#[test]
fn a_shape_is_a_pattern_without_names_and_groups() {
    for (text, shape, identifier) in [
        ("/", "/", ""),
        ("/(shop)", "/", ""),
        ("/api/products", "/api/products", "api_products"),
        ("/products/[id]", "/products/[]", "products___p"),
        ("/[a]/[b]", "/[]/[]", "__p___p"),
        ("/files/[...path]", "/files/[...]", "files___c"),
        ("/docs/[[...page]]", "/docs/[[...]]", "docs___o"),
        ("/sign-in", "/sign-in", "sign__2Din"),
        ("/a_b", "/a_b", "a__5Fb"),
        ("/_/__", "/_/__", "__5F___5F__5F"),
        ("/__p", "/__p", "__5F__5Fp"),
        ("/a/2Db", "/a/2Db", "a_2Db"),
        ("/.well-known/x", "/.well-known/x", "__2Ewell__2Dknown_x"),
        ("/Items:batch", "/Items:batch", "Items__3Abatch"),
    ] {
        assert_eq!(parsed(text).shape().to_string(), shape);
        assert_eq!(parsed(text).shape().identifier(), identifier);
    }
}

proptest! {
    #[test]
    fn overlap_agrees_with_a_search_over_all_short_paths(one in patterns(), other in patterns()) {
        let found = short_paths().iter().any(|path| one.matches(path) && other.matches(path));

        prop_assert_eq!(one.overlaps(&other), found);
    }

    #[test]
    fn specificity_is_a_total_order_on_shapes(one in patterns(), two in patterns(), three in patterns()) {
        let order = one.specificity(&two);

        prop_assert_eq!(order, two.specificity(&one).reverse());
        prop_assert_eq!(order.is_eq(), one.shape() == two.shape());
        prop_assert_eq!(order, one.shape().cmp(&two.shape()));
        if order.is_le() && two.specificity(&three).is_le() {
            prop_assert!(one.specificity(&three).is_le());
        }
    }

    #[test]
    fn equal_shapes_match_the_same_paths(one in patterns(), other in patterns()) {
        if one.shape() == other.shape() {
            prop_assert!(short_paths().iter().all(|path| one.matches(path) == other.matches(path)));
        }
    }

    #[test]
    fn an_identifier_gives_its_shape_back(
        texts in vec("[a-cA-C0-9pco_.:@=~-]{1,4}", 0..4),
        param in select(vec!["", "/[x]", "/[...x]", "/[[...x]]", "/[x]/[y]", "/[x]/_/[...y]"]),
    ) {
        let fixed: String = texts.iter().flat_map(|text| ["/", text]).collect();
        let Ok(pattern) = Pattern::parse(&format!("{fixed}{param}")) else { return Ok(()) };
        let identifier = pattern.shape().identifier();

        prop_assert!(identifier.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'));
        prop_assert_eq!(shape_of(&identifier), pattern.shape());
    }
}

/// Every path of up to four segments out of the static texts of [`patterns`] and one more.
fn short_paths() -> Vec<String> {
    let mut paths = vec![String::new()];
    let mut longest = paths.clone();
    for _ in 0..4 {
        longest = longest.iter().flat_map(|path| ["a", "b", "z"].map(|text| format!("{path}/{text}"))).collect();
        paths.extend(longest.iter().cloned());
    }
    paths[0].push('/');
    paths
}

/// Undoes `Shape::identifier`, by the rules of its documentation.
fn shape_of(identifier: &str) -> Shape {
    let mut pattern = String::from("/");
    let mut rest = identifier;
    let mut params = 0;
    while let Some(next) = rest.chars().next() {
        let (text, length) = match (&rest[..rest.len().min(2)], rest.get(2..3)) {
            ("__", Some("_")) => ("/".to_owned(), 1),
            ("__", Some("p")) => {
                params += 1;
                (format!("[p{params}]"), 3)
            }
            ("__", Some("c")) => ("[...rest]".to_owned(), 3),
            ("__", Some("o")) => ("[[...rest]]".to_owned(), 3),
            ("__", _) => {
                let byte = u8::from_str_radix(&rest[2..4], 16).expect("two digits after `__`");
                (char::from(byte).to_string(), 4)
            }
            _ if next == '_' => ("/".to_owned(), 1),
            _ => (next.to_string(), 1),
        };
        pattern.push_str(&text);
        rest = &rest[length..];
    }
    parsed(&pattern).shape()
}
