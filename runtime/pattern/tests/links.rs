//! Links: values in, a path out, and back again.

use proptest::{collection::vec, prelude::*};
use rutter_pattern::{Link, LinkError, Pattern};

#[test]
fn a_value_is_percent_encoded_but_for_unreserved_characters() {
    for (value, link) in [
        ("7", "/products/7"),
        ("AZaz09-._~", "/products/AZaz09-._~"),
        ("a/b", "/products/a%2Fb"),
        ("a b", "/products/a%20b"),
        ("50%", "/products/50%25"),
        ("%2F", "/products/%252F"),
        ("a?b#c", "/products/a%3Fb%23c"),
        ("a\\b", "/products/a%5Cb"),
        ("a:b@c;d=e+f", "/products/a%3Ab%40c%3Bd%3De%2Bf"),
        ("ü", "/products/%C3%BC"),
        ("日", "/products/%E6%97%A5"),
        ("🚢", "/products/%F0%9F%9A%A2"),
        ("a\r\nb", "/products/a%0D%0Ab"),
        ("\0", "/products/%00"),
        ("...", "/products/..."),
        (".a", "/products/.a"),
    ] {
        let mut rendered = Link::new();
        rendered.fixed("products");
        rendered.value("id", value);

        assert_eq!(rendered.finish().as_deref(), Ok(link));
    }
}

#[test]
fn a_catch_all_is_one_segment_a_value() {
    for (values, optional, link) in [
        (vec!["a"], false, "/files/a"),
        (vec!["a", "b"], false, "/files/a/b"),
        (vec!["a/b", "c"], false, "/files/a%2Fb/c"),
        (vec![], true, "/files"),
        (vec!["a"], true, "/files/a"),
    ] {
        let mut rendered = Link::new();
        rendered.fixed("files");
        rendered.rest("path", optional, values);

        assert_eq!(rendered.finish().as_deref(), Ok(link));
    }
}

#[test]
fn a_link_without_segments_is_the_root() {
    assert_eq!(Link::new().finish().as_deref(), Ok("/"));

    let mut rendered = Link::new();
    rendered.rest("path", true, [""; 0]);
    assert_eq!(rendered.finish().as_deref(), Ok("/"));
}

#[test]
fn a_value_that_no_segment_can_hold_is_refused() {
    for (value, error, message) in [
        ("", LinkError::Empty { name: "id" }, "the value of `id` is empty, which is no segment of a path"),
        (
            ".",
            LinkError::Dot { name: "id", value: ".".into() },
            "the value of `id` is `.`, which clients resolve instead of sending it",
        ),
        (
            "..",
            LinkError::Dot { name: "id", value: "..".into() },
            "the value of `id` is `..`, which clients resolve instead of sending it",
        ),
    ] {
        assert_eq!(error.to_string(), message);

        let mut one = Link::new();
        one.value("id", value);
        assert_eq!(one.finish(), Err(error.clone()));

        let mut within = Link::new();
        within.rest("id", true, ["a", value, "b"]);
        assert_eq!(within.finish(), Err(error));
    }
}

#[test]
fn a_catch_all_takes_at_least_one_value() {
    let mut rendered = Link::new();
    rendered.rest("path", false, [""; 0]);
    let error = rendered.finish().expect_err("no values");

    assert_eq!(error, LinkError::EmptyCatchAll { name: "path" });
    assert_eq!(error.to_string(), "`path` takes at least one segment, and has no values");
}

#[test]
fn the_first_refusal_is_the_one_reported() {
    let mut rendered = Link::new();
    rendered.value("a", "");
    rendered.value("b", "..");

    assert_eq!(rendered.finish(), Err(LinkError::Empty { name: "a" }));
}

proptest! {
    #[test]
    fn a_link_has_the_segments_of_its_pattern_and_gives_the_values_back(
        id in value(),
        path in vec(value(), 1..4),
    ) {
        let pattern = Pattern::parse("/products/[id]/[...path]").expect("a pattern");
        let mut rendered = Link::new();
        rendered.fixed("products");
        rendered.value("id", &id);
        rendered.rest("path", false, &path);
        let link = rendered.finish().expect("values that segments can hold");

        prop_assert!(pattern.matches(&link));
        let decoded: Vec<String> = link.split('/').skip(2).map(decode).collect();
        prop_assert_eq!(&decoded[0], &id);
        prop_assert_eq!(&decoded[1..], &path);
    }

    #[test]
    fn a_link_is_unreserved_characters_escapes_and_slashes(id in value()) {
        let mut rendered = Link::new();
        rendered.value("id", &id);
        let link = rendered.finish().expect("a value that a segment can hold");

        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%/".contains(&byte);
        prop_assert!(link.bytes().all(allowed));
    }
}

/// Any text that a segment can hold: not empty, `.` or `..`.
fn value() -> impl Strategy<Value = String> {
    any::<String>().prop_filter("a segment", |text| !matches!(text.as_str(), "" | "." | ".."))
}

fn decode(segment: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = segment;
    while let Some(first) = rest.bytes().next() {
        if first == b'%' {
            bytes.push(u8::from_str_radix(&rest[1..3], 16).expect("two digits after `%`"));
            rest = &rest[3..];
        } else {
            bytes.push(first);
            rest = &rest[1..];
        }
    }
    String::from_utf8(bytes).expect("UTF-8")
}
