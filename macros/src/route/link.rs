//! The link of a route: `get_product::path(7)`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use rutter_pattern::Segment;
use syn::{Lifetime, Type, Visibility};

use crate::{lifetimes, route::model::Route};

/// The functions `path` and `try_path` of the companion.
pub(crate) fn functions(route: &Route<'_>, private: &TokenStream) -> TokenStream {
    let visibility: &Visibility = &route.handler.visibility;
    let name = route.handler.name();
    let bound: Vec<(&Segment, &Type)> =
        route.bound().filter_map(|(segment, argument)| Some((segment, &argument?.ty))).collect();
    // An `impl Trait` argument takes no `'_`.
    let borrow = Lifetime::new("'r", Span::call_site());
    let borrows = types_borrow(&bound).then(|| quote!(<#borrow>));
    let names: Vec<Ident> = bound.iter().map(|(segment, _)| argument(segment)).collect();
    let types = bound.iter().map(|(segment, ty)| accepted(segment, ty, &borrow, private)).collect::<Vec<_>>();
    let link = Ident::new("link", Span::mixed_site());
    let steps = route.path.pattern.segments().iter().map(|segment| {
        let ty = bound.iter().find(|(bound, _)| *bound == segment).map(|(_, ty)| *ty);
        step(segment, ty, &link, private)
    });
    let pattern = route.path.pattern.as_str();
    let doc = format!("The path `{pattern}` with these values in it, percent-encoded.");
    quote! {
        #[doc = #doc]
        ///
        /// # Panics
        /// When a value is empty, `.` or `..`, which no path can hold; `try_path` returns the error instead.
        #[track_caller]
        #[must_use]
        #visibility fn path #borrows(#(#names: #types),*) -> ::std::string::String {
            #private::link(#name::try_path(#(#names),*))
        }

        #[doc = #doc]
        ///
        /// # Errors
        /// When a value is empty, `.` or `..`, which no path can hold.
        #visibility fn try_path #borrows(
            #(#names: #types),*
        ) -> ::core::result::Result<::std::string::String, #private::LinkError> {
            let mut #link = #private::Link::new();
            #(#steps)*
            #link.finish()
        }
    }
}

fn argument(segment: &Segment) -> Ident {
    Ident::new(segment.name().unwrap_or("value"), Span::call_site())
}

/// Whether a type that is not itself a reference borrows: `Cow<'_, str>`.
fn types_borrow(bound: &[(&Segment, &Type)]) -> bool {
    let mut values = bound.iter().filter(|(segment, ty)| !segment.is_catch_all() && !is_reference(ty));
    values.any(|(_, ty)| lifetimes::borrows(ty))
}

fn is_reference(ty: &Type) -> bool {
    matches!(ty, Type::Reference(_))
}

/// `&str` takes what derefs to it; everything else is given as it is, or by reference.
fn accepted(segment: &Segment, ty: &Type, borrow: &Lifetime, private: &TokenStream) -> TokenStream {
    if segment.is_catch_all() {
        return quote!(impl #private::LinkSegments);
    }
    if is_reference(ty) {
        return ty.to_token_stream();
    }
    let ty = lifetimes::named(ty, borrow);
    quote!(impl #private::LinkValue<#ty>)
}

fn step(segment: &Segment, ty: Option<&Type>, link: &Ident, private: &TokenStream) -> TokenStream {
    let name = segment.name().unwrap_or_default();
    let value = argument(segment);
    match segment {
        Segment::Static(text) => quote!(#link.fixed(#text);),
        Segment::Param(_) => quote!(#link.value(#name, &#private::LinkValue::<#ty>::text(&#value));),
        Segment::CatchAll(_) => quote!(#link.rest(#name, false, #private::LinkSegments::texts(&#value));),
        Segment::OptionalCatchAll(_) => quote!(#link.rest(#name, true, #private::LinkSegments::texts(&#value));),
    }
}
