//! Dynamic segments as other frameworks write them.

use crate::mistakes;

#[test]
fn other_frameworks_params() {
    mistakes(
        r"
    /{id}
     ^^^^ a param is written in square brackets: write `[id]` instead of `{id}`
    /{id:int}
     ^^^^^^^^ a param is written in square brackets: write `[id]` instead of `{id:int}`
    /{id:[0-9]+}
     ^^^^^^^^^^^ a param is written in square brackets: write `[id]` instead of `{id:[0-9]+}`
    /{{id}}
     ^^^^^^ a param is written in square brackets: write `[id]` instead of `{{id}}`
    /{product-id}
     ^^^^^^^^^^^^ a param is written in square brackets: write `[product_id]` instead of `{product-id}`
    /{}
     ^^ a param is written in square brackets: write `[id]` instead of `{}`
    /{id
     ^^^ a param is written in square brackets: write `[id]` instead of `{id`
    /:id
     ^^^ a param is written in square brackets: write `[id]` instead of `:id`
    /:product-id
     ^^^^^^^^^^^ a param is written in square brackets: write `[product_id]` instead of `:product-id`
    /:id(\d+)
     ^^^^^^^^ a param is written in square brackets: write `[id]` instead of `:id(\d+)`
    /:id{[0-9]+}
     ^^^^^^^^^^^ a param is written in square brackets: write `[id]` instead of `:id{[0-9]+}`
    /:
     ^ a param is written in square brackets: write `[id]` instead of `:`
    /:type
     ^^^^^ a param is written in square brackets: write `[type_]` instead of `:type`
    /<id>
     ^^^^ a param is written in square brackets: write `[id]` instead of `<id>`
    /<int:id>
     ^^^^^^^^ a param is written in square brackets: write `[id]` instead of `<int:id>`
    /<id:int>
     ^^^^^^^^ a param is written in square brackets: write `[id]` instead of `<id:int>`
    /<id
     ^^^ a param is written in square brackets: write `[id]` instead of `<id`
    /*/edit
     ^ a param is written in square brackets: write `[name]` instead of `*`
        ",
    );
}

#[test]
fn other_frameworks_catch_alls() {
    mistakes(
        r"
    /{*path}
     ^^^^^^^ a catch-all is written in square brackets with three dots: write `[...path]` instead of `{*path}`
    /{**path}
     ^^^^^^^^ a catch-all is written in square brackets with three dots: write `[...path]` instead of `{**path}`
    /{path*}
     ^^^^^^^ a catch-all is written in square brackets with three dots: write `[...path]` instead of `{path*}`
    /{path...}
     ^^^^^^^^^ a catch-all is written in square brackets with three dots: write `[...path]` instead of `{path...}`
    /{path:.*}
     ^^^^^^^^^ a catch-all is written in square brackets with three dots: write `[...path]` instead of `{path:.*}`
    /{path:path}
     ^^^^^^^^^^^ a catch-all is written in square brackets with three dots: write `[...path]` instead of `{path:path}`
    /{path:[^/]+}
     ^^^^^^^^^^^^ a param is written in square brackets: write `[path]` instead of `{path:[^/]+}`
    /:path+
     ^^^^^^ a catch-all is written in square brackets with three dots: write `[...path]` instead of `:path+`
    /:path*
     ^^^^^^ a catch-all is written in square brackets with three dots: write `[[...path]]` instead of `:path*`
    /:path(.*)
     ^^^^^^^^^ a catch-all is written in square brackets with three dots: write `[...path]` instead of `:path(.*)`
    /<path..>
     ^^^^^^^^ a catch-all is written in square brackets with three dots: write `[...path]` instead of `<path..>`
    /<path:rest>
     ^^^^^^^^^^^ a catch-all is written in square brackets with three dots: write `[...rest]` instead of `<path:rest>`
    /<_..>
     ^^^^^ a catch-all is written in square brackets with three dots: write `[...path]` instead of `<_..>`
    /*
     ^ a catch-all is written in square brackets with three dots: write `[...path]` instead of `*`
    /**
     ^^ a catch-all is written in square brackets with three dots: write `[...path]` instead of `**`
    /*path
     ^^^^^ a catch-all is written in square brackets with three dots: write `[...path]` instead of `*path`
    /files/*path
           ^^^^^ a catch-all is written in square brackets with three dots: write `[...path]` instead of `*path`
    /[*path]
     ^^^^^^^ a catch-all is written in square brackets with three dots: write `[...path]` instead of `[*path]`
        ",
    );
}

#[test]
fn other_frameworks_optional_params() {
    mistakes(
        r"
    /{id?}
     ^^^^^ only a catch-all can be optional: write `[id]`, with a second route for the path without it, or `[[...id]]` at the end
    /:id?
     ^^^^ only a catch-all can be optional: write `[id]`, with a second route for the path without it, or `[[...id]]` at the end
    /:lang?/docs
     ^^^^^^ only a catch-all can be optional: write `[lang]`, with a second route for the path without it, or `[[...lang]]` at the end
        ",
    );
}
