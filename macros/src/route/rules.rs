//! The rules of a handler that hold whatever its attribute says, one function each.

use syn::{FnArg, Generics};

use crate::{conditions, diagnostics::Diagnostics, lifetimes, route::signature::Handler};

/// Checks every rule.
pub(crate) fn check(handler: &Handler, errors: &mut Diagnostics) {
    is_a_plain_function(handler, errors);
    has_no_generics(&handler.signature.generics, errors);
    has_one_route(handler, errors);
    stands_outside(handler, errors);
    for argument in &handler.signature.inputs {
        is_an_argument(argument, errors);
    }
}

/// No `const`, `unsafe`, `extern` or `…`: a route is called with a request and by nobody else.
fn is_a_plain_function(handler: &Handler, errors: &mut Diagnostics) {
    let signature = &handler.signature;
    if let Some(token) = &signature.constness {
        errors.at(token.span, "a route is called with a request, never while compiling: remove `const`");
    }
    if let syn::Safety::Unsafe(token) = &signature.safety {
        errors.at(token.span, "a route is called with whatever a client sends, so it must be safe: remove `unsafe`");
    }
    if let syn::Safety::Safe(token) = &signature.safety {
        errors.at(token.span, "a route is a plain `fn` or `async fn`: remove `safe`");
    }
    if let Some(abi) = &signature.abi {
        errors.under(abi, "a route is called from Rust: remove `extern`");
    }
    if let Some(variadic) = &signature.variadic {
        errors.under(variadic, "a route has a fixed number of arguments: remove `...`");
    }
}

/// A request cannot choose a type. Lifetimes are fine.
fn has_no_generics(generics: &Generics, errors: &mut Diagnostics) {
    for parameter in &generics.params {
        let (name, kind) = match parameter {
            syn::GenericParam::Lifetime(_) => continue,
            syn::GenericParam::Type(parameter) => (&parameter.ident, "type"),
            syn::GenericParam::Const(parameter) => (&parameter.ident, "value"),
        };
        let message = format!("a request cannot choose `{name}`: write the {kind} itself in the arguments");
        errors.under(parameter, message);
    }
}

/// A second `#[route]` would define the companion twice.
fn has_one_route(handler: &Handler, errors: &mut Diagnostics) {
    for attribute in handler.routes() {
        let message = "a function is one route: write its methods as a list, `[GET, POST]`, \
                       or a second function for a second path";
        errors.under(attribute, message);
    }
}

/// What names `Self` stands in an `impl`, where no companion can.
fn stands_outside(handler: &Handler, errors: &mut Diagnostics) {
    for token in handler.selves() {
        let message = "a route stands outside of an `impl`: move the function out, and write the type for `Self`";
        errors.at(token.span(), message);
    }
}

/// Arguments have a type that can be named, and are always there.
fn is_an_argument(argument: &FnArg, errors: &mut Diagnostics) {
    let argument = match argument {
        FnArg::Typed(argument) => argument,
        FnArg::Receiver(receiver) => {
            let message = "a route has no `self`: write it as a function outside of the `impl`, \
                           with `State<T>` for what `self` was";
            return errors.under(receiver, message);
        }
    };
    if let Some(attribute) = argument.attrs.iter().find(|attribute| conditions::of(attribute).is_some()) {
        errors.under(attribute, "an argument of a route is always there: put the `cfg` on a second function");
    }
    if lifetimes::has_impl_trait(&argument.ty) {
        errors.under(&argument.ty, "a request cannot choose a type: write the type itself instead of `impl`");
    }
}
