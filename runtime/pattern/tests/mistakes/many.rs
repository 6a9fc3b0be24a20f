//! Several mistakes in one pattern: each is reported, none twice.

use rutter_pattern::{Pattern, PatternError};

#[test]
fn every_mistake_is_reported_in_the_order_of_the_text() {
    all(
        "products//{id}/[...path]/v[2fa]/",
        &[
            "a pattern begins with a slash: put `/` in front",
            "a segment is empty: write a single `/`",
            "a param is written in square brackets: write `[id]` instead of `{id}`",
            "a catch-all takes every remaining segment, so it must come last",
            "brackets fill their whole segment: write `[2fa]` alone, and take its text apart in the handler",
            "`2fa` cannot name an argument: write `_2fa`",
            "a pattern ends without a slash: remove the last one",
        ],
    );
}

#[test]
fn a_whole_url_is_read_on_after_its_host() {
    all(
        "https://example.com/users/:id?tab=posts#top",
        &[
            "a pattern is only the path of a URL: write `/users/:id`",
            "a param is written in square brackets: write `[id]` instead of `:id`",
            "a query is no part of a pattern: remove it, and read the query in the handler",
            "a fragment never reaches a server: remove it",
        ],
    );
}

#[test]
fn space_on_both_sides_is_two_mistakes() {
    all(
        " /a ",
        &["a pattern has no space around it: remove the space", "a pattern has no space around it: remove the space"],
    );
}

#[test]
fn a_query_alone_has_no_path_before_it() {
    all(
        "?page=2/",
        &[
            "a pattern cannot be empty: write `/` for the root",
            "a query is no part of a pattern: remove it, and read the query in the handler",
        ],
    );
}

#[test]
fn brackets_and_the_name_in_them_are_separate_mistakes() {
    all(
        "/[[product-id]]",
        &[
            "only a catch-all can be optional: write `[product_id]`, with a second route for the path \
             without it, or `[[...product_id]]` at the end",
            "`product-id` cannot name an argument: write `product_id`",
        ],
    );
    all(
        "/[..type]",
        &[
            "a catch-all has three dots before its name: write `[...type_]`",
            "`type` is a keyword and cannot name an argument: write `kind` or `type_`",
        ],
    );
}

#[test]
fn each_bracket_of_a_segment_is_read() {
    all(
        "/{from}-{to}",
        &[
            "a param is written in square brackets: write `[from]` instead of `{from}`",
            "a segment holds one param: put a `/` between them, \
             or write one `[name]` and take its text apart in the handler",
            "a param is written in square brackets: write `[to]` instead of `{to}`",
        ],
    );
    all(
        "/:id.json",
        &[
            "a param is written in square brackets: write `[id]` instead of `:id`",
            "brackets fill their whole segment: write `[id]` alone, and take its text apart in the handler",
        ],
    );
}

#[test]
fn a_name_that_stands_three_times_is_two_mistakes() {
    all(
        "/[id]/[id]/[id]",
        &[
            "the name `id` stands twice: give each segment a name of its own",
            "the name `id` stands twice: give each segment a name of its own",
        ],
    );
}

#[test]
fn neighbours_with_the_same_mistake_are_one_and_apart_they_are_two() {
    all(
        "/größe/süß",
        &[
            "static text is ASCII, and `öß` is not: write it with other letters, or take the segment as `[name]`",
            "static text is ASCII, and `üß` is not: write it with other letters, or take the segment as `[name]`",
        ],
    );
}

#[track_caller]
fn all(text: &str, messages: &[&str]) {
    let errors = Pattern::parse(text).expect_err(text);
    let found: Vec<String> = errors.iter().map(PatternError::message).collect();

    assert_eq!(found, messages);
}
