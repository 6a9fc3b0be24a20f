//! What a pattern is: the forms of a segment, and the views of a pattern.

use rutter_pattern::{
    Pattern,
    Segment::{self, CatchAll, OptionalCatchAll, Param, Static},
};

#[test]
fn a_segment_is_written_in_one_of_five_forms() {
    for (text, segments) in [
        ("/", vec![]),
        ("/products", vec![fixed("products")]),
        ("/api/products", vec![fixed("api"), fixed("products")]),
        ("/products/[id]", vec![fixed("products"), Param("id".into())]),
        ("/[shop]/[id]", vec![Param("shop".into()), Param("id".into())]),
        ("/files/[...path]", vec![fixed("files"), CatchAll("path".into())]),
        ("/[[...page]]", vec![OptionalCatchAll("page".into())]),
        ("/(shop)", vec![]),
        ("/(shop)/(sale)/cart", vec![fixed("cart")]),
        ("/[...path]/(files)", vec![CatchAll("path".into())]),
    ] {
        assert_eq!(parsed(text).segments(), segments, "{text}");
    }
}

#[test]
fn static_text_holds_what_a_path_can_hold_without_escapes() {
    for text in [
        "/items:batch",
        "/@user",
        "/a;b=c",
        "/$ref",
        "/a+b,c!d&e'f",
        "/~home",
        "/.well-known/security.txt",
        "/v1.2_beta-3",
        "/404",
        "/a..b",
        "/..a",
        "/UPPER",
        "/(our-shop.2)/a",
    ] {
        assert_eq!(parsed(text).as_str(), text);
    }
}

#[test]
fn a_name_is_an_ascii_identifier() {
    for (text, name) in [
        ("/[id]", "id"),
        ("/[_id]", "_id"),
        ("/[__]", "__"),
        ("/[productId]", "productId"),
        ("/[a1]", "a1"),
        ("/[type_]", "type_"),
        ("/[union]", "union"),
        ("/[Match]", "Match"),
    ] {
        assert_eq!(parsed(text).segments(), [Param(name.into())]);
    }
}

#[test]
fn a_pattern_is_shown_as_written_without_groups_and_as_a_template() {
    for (text, path, template) in [
        ("/", "/", "/"),
        ("/(shop)", "/", "/"),
        ("/(shop)/cart", "/cart", "/cart"),
        ("/products/[id]", "/products/[id]", "/products/{id}"),
        ("/(a)/files/[...path]", "/files/[...path]", "/files/{path}"),
        ("/docs/[[...page]]", "/docs/[[...page]]", "/docs/{page}"),
    ] {
        let pattern = parsed(text);

        assert_eq!(pattern.as_str(), text);
        assert_eq!(pattern.to_string(), text);
        assert_eq!(pattern.path(), path);
        assert_eq!(pattern.template(), template);
    }
}

#[test]
fn params_are_the_dynamic_segments_in_order() {
    let pattern = parsed("/shops/[shop]/(sale)/files/[[...path]]");
    let params: Vec<&Segment> = pattern.params().collect();

    assert_eq!(params, [&Param("shop".into()), &OptionalCatchAll("path".into())]);
}

#[test]
fn a_pattern_matches_segment_by_segment() {
    for (text, path, matches) in [
        ("/", "/", true),
        ("/", "", false),
        ("/", "/a", false),
        ("/a", "/a", true),
        ("/a", "/A", false),
        ("/a", "/a/", false),
        ("/a", "a", false),
        ("/a", "/a/b", false),
        ("/a/b", "/a", false),
        ("/a/b", "/a//b", false),
        ("/[x]", "/", false),
        ("/[x]", "/a", true),
        ("/[x]", "/a%2Fb", true),
        ("/[x]", "/a/b", false),
        ("/a/[x]", "/a/", false),
        ("/a/[x]/c", "/a/b/c", true),
        ("/[...x]", "/", false),
        ("/[...x]", "/a/b/c", true),
        ("/a/[...x]", "/a", false),
        ("/a/[...x]", "/a/b//c", false),
        ("/[[...x]]", "/", true),
        ("/[[...x]]", "/a/b", true),
        ("/a/[[...x]]", "/a", true),
        ("/a/[[...x]]", "/b", false),
        ("/(shop)/a", "/a", true),
    ] {
        assert_eq!(parsed(text).matches(path), matches, "`{text}` and `{path}`");
    }
}

fn parsed(text: &str) -> Pattern {
    Pattern::parse(text).unwrap_or_else(|errors| panic!("{errors}"))
}

fn fixed(text: &str) -> Segment {
    Static(text.into())
}
