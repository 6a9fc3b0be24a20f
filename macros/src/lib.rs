//! The attribute macros of Rutter: depend on `rutter`, which re-exports them.

mod conditions;
mod derive;
mod diagnostics;
mod extractor;
mod given;
mod items;
mod lifetimes;
mod paths;
mod pattern;
mod policy;
mod route;
mod scope;
mod spans;
mod suggest;
mod tag;

use proc_macro::TokenStream;

/// Turns a function into a route.
///
/// ```ignore
/// use rutter::prelude::*;
///
/// /// One product.
/// #[route(GET, "/products/[id]", timeout = 5s)]
/// async fn get_product(id: u64, db: State<Db>) -> Result<Json<Product>, Problem> {
///     db.product(id).await.map(Json)
/// }
///
/// assert_eq!(get_product::path(7), "/products/7");
/// ```
///
/// First comes a method, or a list such as `[GET, POST]`; then the path; then options in any order:
///
/// | option | says |
/// | --- | --- |
/// | `status = 201` | the status of an answer that would be a 200 |
/// | `body_limit = 10mb` | the most bytes of a request's body: `b`, `kb` (1024 bytes), `mb` or `gb` |
/// | `timeout = 30s` | the longest that the handler may run: `ms`, `s`, `m` or `h` |
/// | `revalidate = 60` | answers are kept for everyone, and made anew once they are this old: seconds, or `30s`, `5m`, `2h`, `7d` |
/// | `revalidate = false` | answers are kept until somebody revalidates them |
/// | `stale_for = 1h` | how long past `revalidate` an answer may still be served while it is made anew |
/// | `tags("products", "product:[id]")` | answers are kept; the names that they are revalidated by, `[id]` being a segment |
/// | `vary("accept-language", query("page"))` | answers are kept for each value of these headers and names of the query; `query` is the whole query |
/// | `dynamic` | answers are never kept: every request runs the handler |
/// | `revalidates("products")` | on a route that changes something: the tags that a success of it expires |
/// | `cors = API` | which pages of other origins may read the answers: the name of a `static` with a `Cors` |
/// | `register = false` | the route is left out of `collect!`, and need not be the only one of its path |
/// | `crate = path` | where Rutter is, when it is not `::rutter` |
///
/// # Keeping answers
/// A GET that reads nothing of the request is kept without being told; `revalidate`, `tags` or `vary` ask for it. What
/// is kept is kept for everyone, so its handler may read the path and what `vary` names: an argument that reads more,
/// and an answer that streams, are errors in `cargo check`.
///
/// # Arguments
/// - An argument with the name of a segment is read from it: `id` from `[id]`. Every segment has its argument.
/// - Every other argument is an extractor. One whose type shows a reference or a lifetime borrows from the request
///   (`FromHead`); all others own what they hold (`FromRequest`). At most one of them reads the body.
///
/// # What is generated
/// The function stays as it is: tests call it. Beside it stands a type of the same name, with
/// - `ROUTE`, the route itself, for `routes!`;
/// - `path` and `try_path`, which write a link from a value for each segment.
///
/// Two routes with the same method and the same path, in any two modules of a crate, are an error in `cargo check`.
#[proc_macro_attribute]
pub fn route(attribute: TokenStream, item: TokenStream) -> TokenStream {
    route::expand(attribute.into(), &item.into()).into()
}

/// Says the defaults of a module, for its routes and those of the modules below it.
///
/// ```ignore
/// use rutter::prelude::*;
///
/// static API: Cors = Cors::origins(&["https://app.example.com"]);
///
/// mod api {
///     rutter::scope! { cors: super::API }
///
///     // Its routes, in this module or those below it.
/// }
/// ```
///
/// What a route says itself wins, then the nearest scope, then the application. A module has one scope.
///
/// | key | says |
/// | --- | --- |
/// | `cors: API` | which pages of other origins may read the answers: the name of a `static` with a `Cors` |
/// | `crate: path` | where Rutter is, when it is not `::rutter` |
#[proc_macro]
pub fn scope(keys: TokenStream) -> TokenStream {
    scope::expand(keys.into()).into()
}

/// Makes a struct of extractors an extractor.
///
/// ```ignore
/// use rutter::prelude::*;
///
/// #[derive(FromRequest)]
/// struct NewOrder {
///     user: User,
///     order: Json<Order>,
/// }
///
/// #[route(POST, "/orders", status = 201)]
/// async fn order(new: NewOrder) -> Json<Order> {
///     new.order
/// }
/// ```
///
/// A struct with a lifetime borrows: each of its fields implements `FromHead`, as `&HeaderMap`, `Query<Search<'r>>` and
/// `State<T>` do, and so does the struct. An `Option` of the struct is never `None`: what a field refuses is refused.
/// For a part that may be absent write the `Option` on the field. With `#[from_request(crate = path)]` Rutter is found elsewhere than at
/// `::rutter`.
#[proc_macro_derive(FromRequest, attributes(from_request))]
pub fn derive_from_request(item: TokenStream) -> TokenStream {
    derive::expand(item.into()).into()
}
