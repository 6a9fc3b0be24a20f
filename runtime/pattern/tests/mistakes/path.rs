//! Mistakes in the path as a whole, and in its static text.

use crate::mistakes;

#[test]
fn a_pattern_is_a_path_that_begins_with_one_slash() {
    mistakes(
        r"
    products
    ^ a pattern begins with a slash: put `/` in front
    products/[id]
    ^ a pattern begins with a slash: put `/` in front
    //
    ^^ a segment is empty: write a single `/`
    //a
    ^^ a segment is empty: write a single `/`
    /a//b
      ^^ a segment is empty: write a single `/`
    /a///b
      ^^^ a segment is empty: write a single `/`
    /products/
             ^ a pattern ends without a slash: remove the last one
    /(shop)/
           ^ a pattern ends without a slash: remove the last one
    /[id]//
         ^^ a pattern ends without a slash: remove the last one
        ",
    );
}

#[test]
fn nothing_stands_around_the_path() {
    mistakes(
        r"
    GET /products
    ^^^^ the method is no part of the pattern: write `GET` outside of it, and only the path here
    DELETE  /products/[id]
    ^^^^^^^^ the method is no part of the pattern: write `DELETE` outside of it, and only the path here
    https://example.com/products
    ^^^^^^^^^^^^^^^^^^^ a pattern is only the path of a URL: write `/products`
    http://localhost:3000
    ^^^^^^^^^^^^^^^^^^^^^ a pattern is only the path of a URL: write `/`
    /products?page
             ^^^^^ a query is no part of a pattern: remove it, and read the query in the handler
    /products?
             ^ a query is no part of a pattern: remove it, and read the query in the handler
    /products?next=/home/[id]
             ^^^^^^^^^^^^^^^^ a query is no part of a pattern: remove it, and read the query in the handler
    /docs#top
         ^^^^ a fragment never reaches a server: remove it
    /docs#
         ^ a fragment never reaches a server: remove it
    /[id]#a?b
         ^^^^ a fragment never reaches a server: remove it
        ",
    );
}

#[test]
fn segments_are_separated_by_slashes() {
    mistakes(
        r"
    \products
    ^ segments are separated by a slash: write `/`
    /products\all
             ^ segments are separated by a slash: write `/`
    /products\
             ^ segments are separated by a slash: write `/`
    /a\\b
      ^^ segments are separated by a slash: write `/`
        ",
    );
}

#[test]
fn dot_segments_are_no_segments() {
    mistakes(
        r"
    /.
     ^ clients resolve `.` before they send a path: write the path that it leads to
    /..
     ^^ clients resolve `..` before they send a path: write the path that it leads to
    /a/../b
       ^^ clients resolve `..` before they send a path: write the path that it leads to
    /a/./b
       ^ clients resolve `.` before they send a path: write the path that it leads to
        ",
    );
}

#[test]
fn a_path_has_few_characters() {
    mistakes(
        r#"
    /our products
        ^ a path holds no space: write `-`
    /caf%C3%A9
        ^^^^^^ static text is written without escapes: write a plain character for `%C3%A9`, or take the segment as `[name]`
    /a%20b
      ^^^ static text is written without escapes: write a plain character for `%20`, or take the segment as `[name]`
    /%
     ^ static text is written without escapes: write a plain character for `%`, or take the segment as `[name]`
    /%2e%2e/etc
     ^^^^^^ static text is written without escapes: write a plain character for `%2e%2e`, or take the segment as `[name]`
    /100%
        ^ static text is written without escapes: write a plain character for `%`, or take the segment as `[name]`
    /café
        ^ static text is ASCII, and `é` is not: write it with other letters, or take the segment as `[name]`
    /日本/go
     ^^^^ static text is ASCII, and `日本` is not: write it with other letters, or take the segment as `[name]`
    /a…b
      ^ static text is ASCII, and `…` is not: write it with other letters, or take the segment as `[name]`
    /report*
           ^ `*` is no wildcard: take the whole segment as `[name]`
    /*.png
     ^ `*` is no wildcard: take the whole segment as `[name]`
    /a|b
      ^ a path cannot hold `|`: write letters, digits or any of `-._~!$&'+,;=:@`
    /"a
     ^ a path cannot hold `"`: write letters, digits or any of `-._~!$&'+,;=:@`
    /^a
     ^ a path cannot hold `^`: write letters, digits or any of `-._~!$&'+,;=:@`
    /a`b
      ^ a path cannot hold `` ` ``: write letters, digits or any of `-._~!$&'+,;=:@`
    /a^b
      ^ a path cannot hold `^`: write letters, digits or any of `-._~!$&'+,;=:@`
        "#,
    );
}
