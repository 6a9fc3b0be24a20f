//! Mistakes in brackets, names and groups.

use crate::mistakes;

#[test]
fn brackets_close_once() {
    mistakes(
        r"
    /[
     ^ `[` is not closed: write `[id]`
    /[id
     ^^^ `[id` is not closed: write `[id]`
    /[id/edit
     ^^^ `[id` is not closed: write `[id]`
    /[[id]
     ^^^^^ `[[id]` is not closed: write `[id]`
    /[...path
     ^^^^^^^^ `[...path` is not closed: write `[...path]`
    /[[...path]
     ^^^^^^^^^^ `[[...path]` is not closed: write `[[...path]]`
    /id]
       ^ `]` closes nothing: remove it, or open it with `[`
    /]
     ^ `]` closes nothing: remove it, or open it with `[`
    /[id]]
         ^ `]` closes nothing: remove it, or open it with `[`
    /[...path]]
              ^ `]` closes nothing: remove it, or open it with `[`
    /(shop))
           ^ `)` closes nothing: remove it, or open it with `(`
    /id}
       ^ `}` closes nothing: remove it, or write a param as `[id]`
    /id>
       ^ `>` closes nothing: remove it, or write a param as `[id]`
    /[[[id]]]
     ^^^^^^^^ there are too many brackets: write `[id]`
    /[[[...path]]]
     ^^^^^^^^^^^^^ there are too many brackets: write `[[...path]]`
    /[[[[...path]]]]
     ^^^^^^^^^^^^^^^ there are too many brackets: write `[[...path]]`
    /[a[b]]
     ^^^^^^ brackets hold one name and no other brackets: write `[id]`
    /[[a][b]]
     ^^^^^^^^ brackets hold one name and no other brackets: write `[id]`
    /[id/edit]
     ^^^^^^^^^ brackets close in the segment that opens them: close them before the `/`
    /[[id/edit]]/x
     ^^^^^^^^^^^ brackets close in the segment that opens them: close them before the `/`
    /(shop/cart)
     ^^^^^^^^^^^ brackets close in the segment that opens them: close them before the `/`
        ",
    );
}

#[test]
fn brackets_hold_a_name() {
    mistakes(
        r"
    /[]
     ^^ the brackets hold no name: write one, such as `[id]`
    /[ ]
     ^^^ the brackets hold no name: write one, such as `[id]`
    /[[]]
     ^^^^ the brackets hold no name: write one, such as `[id]`
    /[...]
     ^^^^^ the brackets hold no name: write one, such as `[...path]`
    /[[...]]
     ^^^^^^^ the brackets hold no name: write one, such as `[[...path]]`
    /[ id ]
     ^^^^^^ brackets hold no space: write `[id]`
    /[... path]
     ^^^^^^^^^^ brackets hold no space: write `[...path]`
    /[ ...path]
     ^^^^^^^^^^ brackets hold no space: write `[...path]`
    /[_]
      ^ `_` binds nothing: write a name, such as `id`
    /[..._]
         ^ `_` binds nothing: write a name, such as `id`
    /[type]
      ^^^^ `type` is a keyword and cannot name an argument: write `kind` or `type_`
    /[match]
      ^^^^^ `match` is a keyword and cannot name an argument: write `match_`
    /[...self]
         ^^^^ `self` is a keyword and cannot name an argument: write `self_`
    /[product-id]
      ^^^^^^^^^^ `product-id` cannot name an argument: write `product_id`
    /[2fa]
      ^^^ `2fa` cannot name an argument: write `_2fa`
    /[[...user-files]]
          ^^^^^^^^^^ `user-files` cannot name an argument: write `user_files`
    /[id.]
      ^^^ `id.` cannot name an argument: write `id`
    /[id:u64]
      ^^^^^^ `id:u64` cannot name an argument: write `id`
    /[r#type]
      ^^^^^^ `r#type` cannot name an argument: write `type_`
    /[größe]
      ^^^^^ names are ASCII, and `größe` is not: write for example `gr_e`
    /[名]
      ^^ names are ASCII, and `名` is not: write for example `id`
    /[user.id]
      ^^^^^^^ `user.id` cannot name an argument: write `user_id`
    /[a b]
      ^^^ `a b` cannot name an argument: write `a_b`
    /[:id]
      ^^^ `:id` cannot name an argument: write `id`
    /[{id}]
      ^^^^ `{id}` cannot name an argument: write `id`
    /[-]
      ^ `-` cannot name an argument: write `id`
        ",
    );
}

#[test]
fn a_catch_all_has_three_dots() {
    mistakes(
        r"
    /[.path]
      ^ a catch-all has three dots before its name: write `[...path]`
    /[..path]
      ^^ a catch-all has three dots before its name: write `[...path]`
    /[....path]
      ^^^^ a catch-all has three dots before its name: write `[...path]`
    /[[..path]]
       ^^ a catch-all has three dots before its name: write `[[...path]]`
    /[path...]
          ^^^ a catch-all has three dots before its name: write `[...path]`
    /[path..]
          ^^ a catch-all has three dots before its name: write `[...path]`
    /[...path...]
             ^^^ a catch-all has three dots before its name: write `[...path]`
    /[..]
      ^^ a catch-all has three dots before its name: write `[...path]`
    /[…path]
      ^ this is the single character `…` and not three dots: write `[...path]`
    /[[…path]]
       ^ this is the single character `…` and not three dots: write `[[...path]]`
    /[…]
      ^ this is the single character `…` and not three dots: write `[...path]`
    /...path
     ^^^^^^^ a catch-all is written in square brackets with three dots: write `[...path]` instead of `...path`
    /...
     ^^^ a catch-all is written in square brackets with three dots: write `[...path]` instead of `...`
        ",
    );
}

#[test]
fn only_a_catch_all_is_optional() {
    mistakes(
        r"
    /[[id]]
     ^^^^^^ only a catch-all can be optional: write `[id]`, with a second route for the path without it, or `[[...id]]` at the end
    /a/[[id]]/b
       ^^^^^^ only a catch-all can be optional: write `[id]`, with a second route for the path without it, or `[[...id]]` at the end
    /[id?]
     ^^^^^ only a catch-all can be optional: write `[id]`, with a second route for the path without it, or `[[...id]]` at the end
    /[id]?
     ^^^^^ only a catch-all can be optional: write `[id]`, with a second route for the path without it, or `[[...id]]` at the end
    /[id]?/edit
     ^^^^^ only a catch-all can be optional: write `[id]`, with a second route for the path without it, or `[[...id]]` at the end
    /[...path?]
     ^^^^^^^^^^ a catch-all is written in square brackets with three dots: write `[[...path]]` instead of `[...path?]`
    /[...path]?
     ^^^^^^^^^^ a catch-all is written in square brackets with three dots: write `[[...path]]` instead of `[...path]?`
        ",
    );
}

#[test]
fn a_catch_all_comes_last() {
    mistakes(
        r"
    /files/[...path]/meta
           ^^^^^^^^^ a catch-all takes every remaining segment, so it must come last
    /[[...path]]/[id]
     ^^^^^^^^^^^ a catch-all takes every remaining segment, so it must come last
    /[...a]/(shop)/b
     ^^^^^^ a catch-all takes every remaining segment, so it must come last
    /[...a]/[...b]
     ^^^^^^ a catch-all takes every remaining segment, so it must come last
        ",
    );
}

#[test]
fn a_name_stands_once() {
    mistakes(
        r"
    /[id]/[id]
           ^^ the name `id` stands twice: give each segment a name of its own
    /[id]/a/[...id]
                ^^ the name `id` stands twice: give each segment a name of its own
    /[path]/(shop)/[[...path]]
                        ^^^^ the name `path` stands twice: give each segment a name of its own
        ",
    );
}

#[test]
fn a_form_fills_its_segment() {
    mistakes(
        r"
    /v[id]
     ^^^^^ brackets fill their whole segment: write `[id]` alone, and take its text apart in the handler
    /[id].json
     ^^^^^^^^^ brackets fill their whole segment: write `[id]` alone, and take its text apart in the handler
    /a[id]b/c
     ^^^^^^ brackets fill their whole segment: write `[id]` alone, and take its text apart in the handler
    /v[...path]
     ^^^^^^^^^^ brackets fill their whole segment: write `[...path]` alone, and take its text apart in the handler
    /[a][b]
     ^^^^^^ a segment holds one param: put a `/` between them, or write one `[name]` and take its text apart in the handler
    /[from]-[to]
     ^^^^^^^^^^^ a segment holds one param: put a `/` between them, or write one `[name]` and take its text apart in the handler
    /[a].[b].[c]
     ^^^^^^^^^^^ a segment holds one param: put a `/` between them, or write one `[name]` and take its text apart in the handler
        ",
    );
}

#[test]
fn a_group_is_a_name_in_parentheses() {
    mistakes(
        r"
    /()
     ^^ a group has a name: write one, such as `(shop)`, or remove the segment
    /( )
     ^^^ a group has a name: write one, such as `(shop)`, or remove the segment
    /(
     ^ the group is not closed: write `(shop)`
    /(shop
     ^^^^^ the group is not closed: write `(shop)`
    /(shop/cart
     ^^^^^ the group is not closed: write `(shop)`
    /((shop))
     ^^^^^^^^ groups do not nest: write `/(a)/(b)`
    /(a(b))
     ^^^^^^ groups do not nest: write `/(a)/(b)`
    /([id])
     ^^^^^^ a group is no part of the path: put the brackets in a segment of their own
    /(shop)x
     ^^^^^^^ a group fills its whole segment: write `(shop)` alone, with `/` around it
    /x(shop)
     ^^^^^^^ a group fills its whole segment: write `(shop)` alone, with `/` around it
    /(.)photo
     ^^^^^^^^ a group fills its whole segment: write `(.)` alone, with `/` around it
    /(our shop)
      ^^^^^^^^ the name of a group is letters, digits or any of `-._~!$&'+,;=:@`: write another
    /(größe)
      ^^^^^ the name of a group is letters, digits or any of `-._~!$&'+,;=:@`: write another
    /(a|b)
      ^^^ the name of a group is letters, digits or any of `-._~!$&'+,;=:@`: write another
    /(a?b)
      ^^^ the name of a group is letters, digits or any of `-._~!$&'+,;=:@`: write another
    /(a)(b)
     ^^^^^^ a group fills its whole segment: write `(a)` alone, with `/` around it
    /[id](shop)
     ^^^^^^^^^^ a group fills its whole segment: write `(shop)` alone, with `/` around it
        ",
    );
}
