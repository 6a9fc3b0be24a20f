//! What each mistake in the options about keeping answers says.

use super::{attribute, mistakes, option, table};

#[test]
fn every_option_about_keeping_answers_is_read() {
    for (attribute, item) in [
        ("GET, \"/\", dynamic", "fn f() {}"),
        ("[GET, POST], \"/\", dynamic", "fn f() {}"),
        ("GET, \"/\", revalidate = 60, stale_for = 0", "fn f() {}"),
        ("[HEAD, GET], \"/\", revalidate = 365d, stale_for = 365d, status = 410", "fn f() {}"),
        ("GET, \"/\", tags(\"a\", \"b\",), revalidate = false, status = 308", "fn f() {}"),
        (
            "GET, \"/[a]/[...b]\", tags(\"[b]:[a]\"), vary(query, \"Accept\"), revalidate = 1s",
            "fn f(a: u8, b: Vec<u8>) {}",
        ),
        ("[GET, DELETE], \"/[a]\", revalidates(\"x\", \"[a]\"), status = 202", "fn f(a: u8) {}"),
    ] {
        assert_eq!(mistakes(attribute, item), [""; 0], "{attribute}");
    }
}

#[test]
fn revalidate_and_stale_for_are_times() {
    const YEAR: &str = "more than 365 days is never meant: write `revalidate = false` to keep an answer until somebody \
                        revalidates it";
    table(
        &[
            ("revalidate = 0", "zero keeps nothing: write `dynamic`"),
            ("revalidate = 0h", "zero keeps nothing: write `dynamic`"),
            ("revalidate = 366d", YEAR),
            ("revalidate = 99999999999999999999999", YEAR),
            ("revalidate = -5", "`revalidate` is never below zero: write a number, such as `revalidate = 60`"),
            ("revalidate = 0.5", "this is not a whole number: write one, such as `revalidate = 60`"),
            ("revalidate = 0.5s", "this is not a whole number: write one, such as `revalidate = 60`"),
            ("revalidate = 1.5d", "this is not a whole number: write `36h`"),
            ("revalidate = 5ms", "`ms` is not a unit of `revalidate`: write `5s` or `5m` or `5h` or `5d`"),
            ("revalidate = 5H", "units are written in small letters: write `5h`"),
            ("revalidate = 5 m", "a number and its unit are one word: write `5m`"),
            ("revalidate = \"5m\"", "`revalidate` is written without quotes: write `5m`"),
            ("revalidate = true", "`revalidate` is a time, or `false`, such as `revalidate = 60`"),
            ("revalidate = never", "`revalidate` is a number, such as `revalidate = 60`"),
            ("revalidate(30)", "the value of `revalidate` stands behind `=`: write `revalidate = 30`"),
            (
                "revalidate(\"a\")",
                "`revalidate` is a time: for tags write `revalidates(\"a\")`, or `tags(\"a\")` on a GET",
            ),
            (
                "stale_for = 366d, revalidate = 1",
                "more than 365 days is never meant: remove `stale_for` to serve a stale answer however old it is",
            ),
            ("stale_for = false, revalidate = 1", "`stale_for` is a number with a unit, such as `stale_for = 1h`"),
            (
                "stale_for = 1h",
                "an answer becomes stale when it is older than `revalidate`: add it, such as `revalidate = 60`",
            ),
            (
                "stale_for = 1h, revalidate = false",
                "with `revalidate = false` no answer becomes stale by itself: remove `stale_for`, or write a time, \
                 such as `revalidate = 60`",
            ),
            ("stale_for = 1h, revalidate = 0", "zero keeps nothing: write `dynamic`"),
        ],
        option,
    );
}

#[test]
fn tags_are_a_list_of_strings() {
    const LITERAL: &str = "a tag is a string literal, so that it can be checked here: write it out";
    table(
        &[
            ("tags()", "nothing stands in the list of `tags`: write `tags(\"products\")`"),
            ("tags", "`tags` needs a list in parentheses: write `tags(\"products\")`"),
            ("tags =", "nothing stands in the list of `tags`: write `tags(\"products\")`"),
            ("tags = \"a\"", "`tags` has its list in parentheses: write `tags(\"a\")`"),
            ("tags = [\"a\", \"b\"]", "`tags` has its list in parentheses: write `tags(\"a\", \"b\")`"),
            ("tags[\"a\"]", "`tags` has its list in parentheses: write `tags(\"a\")`"),
            ("tags(\"a\", \"b\", \"a\")", "`a` stands in this list already: remove it"),
            ("tags(\"a\",, \"b\")", "nothing stands before this comma: remove it"),
            ("tags(\"a\" \"b\")", "a comma is missing behind `\"a\"`"),
            ("tags(products)", "a tag is a string: write `\"products\"`"),
            ("tags(PRODUCTS)", LITERAL),
            ("tags([\"a\"])", LITERAL),
            ("tags(b\"a\")", "a tag is a plain string: write `\"a\"`"),
            ("tags(5)", "a tag is a string: write `\"5\"`"),
            ("tag(\"a\")", "`tag` is not an option of a route: did you mean `tags`?"),
            (
                "tags(\"a:[b]\")",
                "`[b]` names no segment, since `/x` has none in brackets: remove it\n    a:[b]\n      ^^^",
            ),
            (
                "revalidates = 60",
                "`revalidates` is a list of tags: for the time that an answer stays fresh write `revalidate = 60`",
            ),
        ],
        option,
    );
}

#[test]
fn what_a_tag_names_is_a_segment() {
    for (path, item, tag, message) in [
        (
            "/[id]",
            "fn f(id: u8) {}",
            "[slug]",
            "`[slug]` names no segment of `/[id]`: there is `[id]`\n    [slug]\n    ^^^^^^",
        ),
        (
            "/[id]",
            "fn f(id: u8) {}",
            "[ID]",
            "`[ID]` names no segment of `/[id]`: did you mean `[id]`?\n    [ID]\n    ^^^^",
        ),
        (
            "/[a]/[...b]",
            "fn f(a: u8, b: Vec<u8>) {}",
            "p:[slug]",
            "`[slug]` names no segment of `/[a]/[...b]`: there are `[a]`, `[b]`\n    p:[slug]\n      ^^^^^^",
        ),
    ] {
        assert_eq!(mistakes(&format!("GET, \"{path}\", tags(\"{tag}\")"), item), [message]);
        assert_eq!(mistakes(&format!("POST, \"{path}\", revalidates(\"{tag}\")"), item), [message]);
    }
}

#[test]
fn vary_is_a_list_of_headers_and_names_of_the_query() {
    const WHO: &str = "says who is asking, and what depends on that is not kept for everyone: remove it, or write \
                       `dynamic` in place of `revalidate`, `tags` and `vary`";
    table(
        &[
            ("vary()", "nothing stands in the list of `vary`: write `vary(\"accept-language\")`"),
            ("vary = \"accept\"", "`vary` has its list in parentheses: write `vary(\"accept\")`"),
            ("vary(\"Cookie\")", &format!("`cookie` {WHO}")),
            ("vary(\"authorization\")", &format!("`authorization` {WHO}")),
            ("vary(\"proxy-authorization\")", &format!("`proxy-authorization` {WHO}")),
            ("vary(\"set-cookie\")", "`set-cookie` stands in answers, never in requests: remove it"),
            (
                "vary(\"*\")",
                "`*` fits no answer that is kept: name the headers that the handler reads, or write `dynamic` in place \
                 of `revalidate`, `tags` and `vary`",
            ),
            ("vary(\"\")", "a name is missing in these quotes: write one, such as `\"accept-language\"`"),
            (
                "vary(\"a:b\")",
                "`a:b` cannot be the name of a header: write letters, digits and dashes, such as `\"accept-language\"`",
            ),
            (
                "vary(\"spräche\\n\")",
                "`spräche\\n` cannot be the name of a header: write letters, digits and dashes, such as \
                 `\"accept-language\"`",
            ),
            ("vary(\"a, b\")", "each header is a string of its own: write `\"a\"`, `\"b\"`"),
            ("vary(\"a\", \"A\")", "`\"A\"` stands in this list already: remove it"),
            ("vary(query, query)", "`query` stands in this list already: remove it"),
            ("vary(query(\"a\"), query(\"a\"))", "`\"a\"` stands in this list already: remove it"),
            ("vary(query, query(\"a\"))", "`query` is the whole query, `a` with it: remove `query(\"a\")`"),
            ("vary(query(\"\"))", "a name is missing in these quotes: write `query(\"page\")`"),
            ("vary(query())", "the name is missing: write `query(\"page\")`, or `query` for the whole query"),
            ("vary(query(page))", "the name of a query is a string: write `\"page\"`"),
            ("vary(query = \"a\")", "the names of a query stand in parentheses: write `query(\"a\")`"),
            ("vary(query[\"a\"])", "the names of a query stand in parentheses: write `query(\"a\")`"),
            ("vary(qery)", "`qery` is nothing that an answer varies with: did you mean `query`?"),
            ("vary(header(\"a\"))", "a header is written without `header`: write `\"a\"`"),
            ("vary(accept_language)", "a header is written in quotes: write `\"accept-language\"`"),
            ("vary(accept-language)", "a header is written in quotes: write `\"accept-language\"`"),
            ("vary(7)", "a header is a string: write `\"7\"`"),
            (
                "vary(cookie(\"theme\"))",
                "`cookie` is nothing that an answer varies with: there are headers, such as `\"accept-language\"`, \
                 `query(\"page\")` and `query`",
            ),
        ],
        option,
    );
}

#[test]
fn dynamic_is_a_word_that_contradicts_the_others() {
    table(
        &[
            ("dynamic = true", "`dynamic` is a word without a value: write `dynamic`"),
            ("dynamic =", "`dynamic` is a word without a value: write `dynamic`"),
            ("dynamic()", "`dynamic` is a word without a value: write `dynamic`"),
            ("dynamic: true", "`dynamic` is a word without a value: write `dynamic`"),
            ("dynamic = false", "`dynamic = false` says nothing: remove it"),
            ("dynamc", "`dynamc` is not an option of a route: did you mean `dynamic`?"),
            ("dynamic, dynamic", "`dynamic` is given twice: remove one"),
            ("timeout = 30s dynamic", "a comma is missing behind `timeout = 30s`"),
            (
                "dynamic, stale_for = 1h",
                "an answer of a `dynamic` route is not kept: remove `stale_for`, or remove `dynamic`",
            ),
            (
                "dynamic, status = 201, tags(\"a\")",
                "an answer of a `dynamic` route is not kept: remove `tags`, or remove `dynamic`",
            ),
        ],
        option,
    );
    assert_eq!(option("dynamic, revalidate = 60, stale_for = 1h, tags(\"a\"), vary(query)").len(), 4);
}

#[test]
fn words_of_other_frameworks_lead_to_the_option() {
    table(
        &[
            ("cache = 60", "`cache` is not an option of a route: write `revalidate = 60`"),
            ("static", "`static` is not an option of a route: write `revalidate = false`"),
            ("no_store", "`no_store` is not an option of a route: write `dynamic`"),
            ("revalidte = 60", "`revalidte` is not an option of a route: did you mean `revalidate`?"),
        ],
        option,
    );
}

#[test]
fn only_a_route_for_get_keeps_answers() {
    table(
        &[
            ("POST, \"/\", revalidate = 60", "only answers to GET are kept: remove `revalidate`"),
            ("PUT, \"/\", stale_for = 60", "only answers to GET are kept: remove `stale_for`"),
            ("OPTIONS, \"/\", vary(query)", "only answers to GET are kept: remove `vary`"),
            ("HEAD, \"/\", tags(\"a\")", "only answers to GET are kept: write `[GET, HEAD]`"),
            (
                "[GET, PUT, POST], \"/\", tags(\"a\")",
                "only answers to GET are kept: give `PUT` and `POST` a function of its own",
            ),
            (
                "POST, \"/\", tags(\"a\")",
                "only answers to GET are kept: did you mean `revalidates`, for the tags that a success of this route \
                 expires?",
            ),
            ("POST, \"/\", tags(\"a\"), revalidates(\"b\")", "only answers to GET are kept: remove `tags`"),
            ("[POST, PUT], \"/\", dynamic", "answers to `POST` and `PUT` are never kept: remove `dynamic`"),
            (
                "GET, \"/\", status = 201, revalidate = 60, vary(query)",
                "an answer with the status 201 is never kept: remove `status = 201`, or `revalidate` and `vary`",
            ),
            ("GTE, \"/\", revalidate = 60", "`GTE` is not a method: did you mean `GET`?"),
        ],
        attribute,
    );
}

#[test]
fn what_revalidates_changes_something() {
    const CHANGES: &str = "`revalidates` belongs to a route that changes something, such as a POST";
    table(
        &[
            ("GET, \"/\", revalidates(\"a\")", &format!("{CHANGES}: what a GET keeps is labelled with `tags`")),
            ("[GET, HEAD], \"/\", revalidates(\"a\"), tags(\"b\")", &format!("{CHANGES}: remove it")),
            ("OPTIONS, \"/\", revalidates(\"a\")", &format!("{CHANGES}: remove it")),
            (
                "GET, \"/\", revalidates = 60",
                "`revalidates` is a list of tags: for the time that an answer stays fresh write `revalidate = 60`",
            ),
        ],
        attribute,
    );
}
