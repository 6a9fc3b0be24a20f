//! What each mistake says.

mod caching;

use super::{Attribute, Handler, Route};
use crate::diagnostics::Diagnostics;

fn mistakes(attribute: &str, item: &str) -> Vec<String> {
    let mut errors = Diagnostics::default();
    let attribute = Attribute::parse(attribute.parse().unwrap(), &mut errors);
    let handler = Handler::parse(item.parse().unwrap(), &mut errors);
    let _ = Route::bind(&attribute, handler.as_ref(), &mut errors);
    errors.messages()
}

#[track_caller]
fn table(rows: &[(&str, &str)], read: impl Fn(&str) -> Vec<String>) {
    for (text, message) in rows {
        assert_eq!(read(text), [*message], "{text}");
    }
}

fn attribute(text: &str) -> Vec<String> {
    mistakes(text, "fn f() {}")
}

fn option(text: &str) -> Vec<String> {
    attribute(&format!("GET, \"/x\", {text}"))
}

fn item(text: &str) -> Vec<String> {
    mistakes("GET, \"/\"", text)
}

#[test]
fn a_route_that_keeps_every_rule_has_no_mistake() {
    for (attribute, item) in [
        ("GET, \"/\"", "fn root() {}"),
        ("[GET, POST], r\"/x\",", "pub async fn x() -> Response {}"),
        (
            "GET, \"/[id]\", status = 201, body_limit = 0, timeout = 24h, register = false, crate = a::b",
            "fn f(id: u8) {}",
        ),
        ("GET, \"/[id]\", body_limit = 1024gb, timeout = 1ms, status = 599", "fn f(mut id: &str) {}"),
        ("GET, \"/[a]/[...b]\"", "fn f<'a>(b: Segments<'a>, Json(x): Json<u8>, _: State<dyn X>, a: &'a str) {}"),
        ("GET, \"/[[...b]]\"", "fn f(b: Option<Vec<String>>) -> &'static str {}"),
    ] {
        assert_eq!(mistakes(attribute, item), [""; 0], "{attribute}");
    }
}

#[test]
fn methods_and_path_come_first_and_in_order() {
    table(
        &[
            ("", r#"a route needs a method and a path: write `#[route(GET, "/products/[id]")]`"#),
            ("GET", r#"the path is missing: write it behind the method, such as `"/products/[id]"`"#),
            ("GET, status = 201", r#"the path is missing: write it behind the method, such as `"/products/[id]"`"#),
            ("\"/x\"", "the method is missing: write `#[route(GET, \"/x\")]`"),
            ("\"/x\", status = 201", "the method is missing: write `#[route(GET, \"/x\")]`"),
            ("\"/x\", GET", "the method comes before the path: write `#[route(GET, \"/x\")]`"),
            ("GET, POST, \"/x\"", "several methods are a list: write `[GET, POST]`"),
            ("GET, \"post\", \"/x\"", "several methods are a list: write `[GET, POST]`"),
            ("GET, tags(\"x\")", r#"the path is missing: write it behind the method, such as `"/products/[id]"`"#),
            ("\"/x\", dynamic", "the method is missing: write `#[route(GET, \"/x\")]`"),
            ("GET \"/x\"", "a comma is missing behind `GET`"),
            ("[GET, POST] \"/x\"", "a comma is missing behind `[GET, POST]`"),
            ("GET, \"/x\" status = 201", "a comma is missing behind `\"/x\"`"),
            ("GET, , \"/x\"", "nothing stands before this comma: remove it"),
            ("method = GET, \"/x\"", "a method has no name: write it without `method =`"),
            ("GET, path = \"/x\"", "a path has no name: write it without `path =`"),
            ("GET, \"/x\", \"/y\"", "a route has one path: write a second function for a second path"),
            ("GET, \"/x\", POST", "methods come first, as a list: write `[GET, POST]`"),
            ("status = 201", r#"a method and a path come before the options: begin with `GET, "/products/[id]"`"#),
            ("dynamic", r#"a method and a path come before the options: begin with `GET, "/products/[id]"`"#),
            (
                "tags(\"x\"), GET, \"/x\"",
                r#"a method and a path come before the options: begin with `GET, "/products/[id]"`"#,
            ),
            (
                "status = 201, GET, \"/x\"",
                r#"a method and a path come before the options: begin with `GET, "/products/[id]"`"#,
            ),
        ],
        attribute,
    );
}

#[test]
fn a_path_is_a_plain_string_literal() {
    const LITERAL: &str = "a path is a string literal, so that it can be checked here: write it out, \
                           such as `\"/products/[id]\"`";
    table(
        &[
            ("GET, PATH", LITERAL),
            ("GET, concat!(\"/x\", \"y\")", LITERAL),
            ("GET, 5", LITERAL),
            ("GET, b\"/x\"", "a path is a plain string: write `\"/x\"`"),
            ("GET, c\"/x\"", "a path is a plain string: write `\"/x\"`"),
            ("GET, \"x\"", "a pattern begins with a slash: put `/` in front\n    x\n    ^"),
        ],
        attribute,
    );
}

#[test]
fn an_option_is_known_given_once_and_has_a_value() {
    table(
        &[
            ("statsu = 201", "`statsu` is not an option of a route: did you mean `status`?"),
            (
                "colour = 1",
                "`colour` is not an option of a route: there are `status = 201`, `body_limit = 10mb`, `timeout = 30s`, \
                 `revalidate = 60`, `stale_for = 1h`, `tags(\"products\")`, `vary(\"accept-language\")`, `dynamic`, \
                 `revalidates(\"products\")`, `cors = API`, `register = false`, `crate = path::to::rutter`",
            ),
            ("status = 201, status = 202", "`status` is given twice: remove one"),
            ("status", "`status` needs a value: write `status = 201`"),
            ("status(202)", "the value of `status` stands behind `=`: write `status = 202`"),
            ("status()", "`status` needs a value: write `status = 201`"),
            ("status: 202", "`status` needs a value: write `status = 201`"),
            ("cors", "`cors` needs a value: write `cors = API`"),
            ("cors(API)", "the value of `cors` stands behind `=`: write `cors = API`"),
            ("origins = API", "`origins` is not an option of a route: write `cors = API`"),
            ("register", "`register` needs a value: write `register = false`"),
            ("5", "this is not an option: write one as `name = value`"),
            ("status = 201 timeout = 30s", "a comma is missing behind `status = 201`"),
        ],
        option,
    );
}

#[test]
fn the_value_of_an_option_is_of_its_kind() {
    const STATUS: &str = "a status of an answer is a number from 200 to 599, such as `status = 201`";
    const TIB: &str = "a body of more than 1 TiB is never meant: give a smaller limit, such as `body_limit = 10mb`";
    const POLICY: &str = "a policy is named: write `static API: Cors = \
                          Cors::origins(&[\"https://app.example.com\"]);` and here `cors = API`";
    table(
        &[
            ("status = 100", STATUS),
            ("status = 600", STATUS),
            ("status = -1", STATUS),
            ("status = \"201\"", "`status` is a number, written without quotes, such as `status = 201`"),
            ("status = CREATED", "`status` is a number, such as `status = 201`"),
            ("status = 201u16", "`status` is a number without a unit, such as `status = 201`"),
            ("body_limit = 10MB", "units are written in small letters: write `10mb`"),
            ("body_limit = 10mib", "`mib` is not a unit of `body_limit`: write `10b` or `10kb` or `10mb` or `10gb`"),
            ("body_limit = 1.5mb", "this is not a whole number: write `1536kb`"),
            ("body_limit = 1.3mb", "this is not a whole number: use a smaller unit, such as `body_limit = 10mb`"),
            ("body_limit = \"10mb\"", "`body_limit` is written without quotes: write `10mb`"),
            ("body_limit = 10 mb", "a number and its unit are one word: write `10mb`"),
            ("body_limit = 1025gb", TIB),
            ("body_limit = 99999999999999999999999", TIB),
            ("body_limit = -5", "`body_limit` is never below zero: write a number, such as `body_limit = 10mb`"),
            ("timeout = 30", "the unit is missing: write `30ms` or `30s` or `30m` or `30h`"),
            ("timeout = 30sec", "`sec` is not a unit of `timeout`: write `30ms` or `30s` or `30m` or `30h`"),
            ("timeout = 1.5s", "this is not a whole number: write `1500ms`"),
            ("timeout = 0s", "a time-out of zero lets no request through: give a longer one, such as `timeout = 30s`"),
            (
                "timeout = 25h",
                "a time-out of more than 24 hours is never meant: give a shorter one, such as `timeout = 30s`",
            ),
            ("cors = \"https://app.example.com\"", POLICY),
            ("cors = Cors::any()", POLICY),
            ("cors = [\"https://app.example.com\"]", POLICY),
            ("register = no", "`register` is `true` or `false`, such as `register = false`"),
            ("crate = \"x\"", "`crate` is a path, written without quotes, such as `crate = path::to::rutter`"),
        ],
        option,
    );
}

#[test]
fn a_route_is_a_plain_function() {
    table(
        &[
            ("struct X;", "a route is a function: `#[route]` cannot stand on a struct"),
            ("/// x\npub(crate) enum X {}", "a route is a function: `#[route]` cannot stand on an enum"),
            ("const X: u8 = 1;", "a route is a function: `#[route]` cannot stand on a constant"),
            (
                "mod x {}",
                "a route is a function: `#[route]` cannot stand on a module: write it on the functions inside",
            ),
            (
                "impl X {}",
                "a route is a function: `#[route]` cannot stand on an `impl`: write it on a function outside",
            ),
            ("println!();", "a route is a function: `#[route]` cannot stand on this"),
            ("fn f();", "a route is a function with a body: this one only declares what others implement"),
            ("const fn f() {}", "a route is called with a request, never while compiling: remove `const`"),
            ("unsafe fn f() {}", "a route is called with whatever a client sends, so it must be safe: remove `unsafe`"),
            ("extern \"C\" fn f() {}", "a route is called from Rust: remove `extern`"),
            ("fn f(x: u8, ...) {}", "a route has a fixed number of arguments: remove `...`"),
            ("fn f<T>(x: T) {}", "a request cannot choose `T`: write the type itself in the arguments"),
            ("fn f<const N: usize>() {}", "a request cannot choose `N`: write the value itself in the arguments"),
            ("fn f(x: State<impl Y>) {}", "a request cannot choose a type: write the type itself instead of `impl`"),
            (
                "fn f(#[cfg(unix)] x: u8) {}",
                "an argument of a route is always there: put the `cfg` on a second function",
            ),
            (
                "fn f(&self) {}",
                "a route has no `self`: write it as a function outside of the `impl`, with `State<T>` for what `self` was",
            ),
            (
                "fn f() -> Json<Self> {}",
                "a route stands outside of an `impl`: move the function out, and write the type for `Self`",
            ),
            (
                "#[rutter::route(POST, \"/y\")] fn f() {}",
                "a function is one route: write its methods as a list, `[GET, POST]`, \
                 or a second function for a second path",
            ),
            ("fn f() -> &str {}", "an answer outlives its request: return what owns its text, such as `String`"),
            (
                "fn f() -> Cow<'_, str> {}",
                "an answer outlives its request: return what owns its text, such as `String`",
            ),
            (
                "fn f() -> Result<(StatusCode, &'static str), Html<&str>> {}",
                "an answer outlives its request: return what owns its text, such as `String`",
            ),
            (
                "fn f() -> impl core::future::Future<Output = String> + Send {}",
                "a route that waits is an `async fn`: write what the future gives as the return type",
            ),
        ],
        item,
    );
}

#[test]
fn segments_and_arguments_meet_by_name() {
    for (path, item, message) in [
        ("/[id]", "fn f() {}", "`[id]` is not bound to an argument: add `id: String`"),
        ("/[id]", "fn f(Id(id): Id) {}", "`[id]` is not bound to an argument: add `id: String`"),
        (
            "/[id]",
            "fn f(_id: u32) {}",
            "`[id]` is not bound to an argument: `_id` does not bind it, so rename `_id` to `id`",
        ),
        (
            "/[id]",
            "fn f(ids: u32) {}",
            "`[id]` is not bound to an argument: argument `ids` is close to `[id]`, so rename one of them",
        ),
        ("/[id]", "fn f(product: u64) {}", "`[id]` is not bound to an argument: rename `product` to `id`"),
        (
            "/[id]",
            "fn f(product: &str, s: State<Db>) {}",
            "`[id]` is not bound to an argument: rename `product` to `id`",
        ),
        ("/[id]", "fn f(a: u64, b: u64) {}", "`[id]` is not bound to an argument: add `id: String`"),
        ("/[id]", "fn f(body: String) {}", "`[id]` is not bound to an argument: add `id: String`"),
        (
            "/[id]",
            "fn f(Path(id): Path<u64>) {}",
            "`[id]` is not bound to an argument: a segment needs no `Path`, so write `id: u64`",
        ),
        (
            "/[id]",
            "fn f(path: axum::extract::Path<uuid::Uuid>) {}",
            "`[id]` is not bound to an argument: a segment needs no `Path`, so write `id: uuid::Uuid`",
        ),
    ] {
        let drawn = format!("{message}\n    /[id]\n     ^^^^");
        assert_eq!(mistakes(&format!("GET, \"{path}\""), item), [drawn], "{item}");
    }
}

#[test]
fn the_type_of_an_argument_fits_its_segment() {
    for (path, ty, message) in [
        ("/[...x]", "String", "`[...x]` takes several segments: write `Vec<String>` or `Segments<'_>`"),
        ("/[...x]", "&str", "`[...x]` takes several segments: write `Vec<String>` or `Segments<'_>`"),
        ("/[[...x]]", "u32", "`[[...x]]` takes several segments: write `Option<Vec<String>>` or `Segments<'_>`"),
        (
            "/[[...x]]",
            "Option<String>",
            "`[[...x]]` takes several segments: write `Option<Vec<String>>` or `Segments<'_>`",
        ),
        ("/[[...x]]", "Vec<String>", "`[[...x]]` may be absent: write `Option<Vec<String>>`"),
        (
            "/[...x]",
            "Option<Vec<String>>",
            "`[...x]` takes at least one segment: write `Vec<String>`, or `[[...x]]` in the path",
        ),
        ("/[x]", "Option<u32>", "`[x]` is always there where the route matches: write the type without `Option`"),
        ("/[x]", "Vec<u32>", "`[x]` is one segment: write the type of one, or `[...x]` in the path"),
        (
            "/[...x]",
            "Vec<&str>",
            "a text of `[...x]` cannot be borrowed, because its escapes are resolved: write `String` or `Cow<'_, str>`",
        ),
        ("/[x]", "&'static str", "`[x]` is borrowed from the request: remove `'static`"),
    ] {
        assert_eq!(mistakes(&format!("GET, \"{path}\""), &format!("fn f(x: {ty}) {{}}")), [message], "{ty}");
    }
}

#[test]
fn no_mistake_hides_another() {
    assert_eq!(mistakes("get, \"x/\", statsu = 201, timeout = 0s", "unsafe fn f(&self) {}").len(), 7);
    assert_eq!(mistakes("GTE, \"/[a]/[b]\"", "fn f() {}").len(), 3);
}
