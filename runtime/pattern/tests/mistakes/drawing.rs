//! How a mistake is drawn: on one line, with the carets beneath the right characters.

use rutter_pattern::Pattern;

#[test]
fn carets_count_characters_and_ranges_count_bytes() {
    drawn("/größe/[id", 9..12, "/größe/[id", "       ^^^", 1);
    drawn("/größe", 3..7, "/größe", "   ^^", 0);
}

#[test]
fn a_wide_character_takes_two_columns() {
    drawn("/日本/[id", 8..11, "/日本/[id", "      ^^^", 1);
    drawn("/日本/[id", 1..7, "/日本/[id", " ^^^^", 0);
    drawn("/🚢", 1..5, "/🚢", " ^^", 0);
}

#[test]
fn a_character_that_cannot_be_seen_is_drawn_as_an_escape() {
    drawn("/a\tb", 2..3, r"/a\tb", "  ^^", 0);
    drawn("/a\nb/[id", 5..8, r"/a\nb/[id", "      ^^^", 1);
    drawn("/a\0b", 2..3, r"/a\0b", "  ^^", 0);
    drawn("/a\u{1b}[id]", 2..3, r"/a\u{1b}[id]", "  ^^^^^^", 1);
    drawn("/a\u{200b}b", 2..5, r"/a\u{200b}b", "  ^^^^^^^^", 0);
    drawn("/a\u{202e}b/", 6..7, r"/a\u{202e}b/", "           ^", 1);
    drawn("/cafe\u{301}", 5..7, r"/cafe\u{301}", "     ^^^^^^^", 0);
}

#[test]
fn a_quote_and_a_backslash_are_drawn_as_they_are() {
    drawn(r#"/"a"#, 1..2, r#"/"a"#, " ^", 0);
    drawn(r"/a\'b", 2..3, r"/a\'b", "  ^", 0);
}

#[test]
fn a_place_without_text_has_one_caret() {
    drawn("", 0..0, "", "^", 0);
    drawn("?page", 0..0, "?page", "^", 0);
}

#[test]
fn space_around_a_pattern_is_underlined() {
    drawn("   ", 0..3, "   ", "^^^", 0);
    drawn("  /a", 0..2, "  /a", "^^", 0);
    drawn("/a \n", 2..4, r"/a \n", "  ^^^", 0);
}

#[test]
fn a_message_is_one_line_of_visible_characters() {
    for (text, message) in [
        ("/[a\nb]", r"`a\nb` cannot name an argument: write `a_b`"),
        ("/[a\u{202e}]", r"names are ASCII, and `a\u{202e}` is not: write for example `a`"),
        ("/a\rb", r"a path holds no control character: remove `\r`"),
        ("/{a\tb}", r"a param is written in square brackets: write `[a_b]` instead of `{a\tb}`"),
    ] {
        let errors = Pattern::parse(text).expect_err(text);

        assert_eq!(errors[0].message(), message);
    }
}

/// The error at `index` has this range, and is drawn as these two lines.
#[track_caller]
fn drawn(text: &str, range: core::ops::Range<usize>, line: &str, carets: &str, index: usize) {
    let errors = Pattern::parse(text).expect_err(text);
    let error = &errors[index];

    assert_eq!(error.range(), range);
    assert_eq!(error.to_string(), format!("{}\n    {line}\n    {carets}", error.message()));
}
