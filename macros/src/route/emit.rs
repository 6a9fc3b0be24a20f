//! What a route expands to: the function as it was, its companion, and its place in the linker's list.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::ext::IdentExt;

use crate::{
    extractor, paths,
    route::{glue, link, marker, model::Route},
};

/// The whole expansion.
pub(crate) fn emit(route: &Route<'_>, item: &TokenStream) -> TokenStream {
    let private = paths::private(route.attribute.options.krate.as_ref());
    let conditions = route.handler.conditions();
    let (name, visibility) = (route.handler.name(), &route.handler.visibility);
    let markers = route.attribute.options.register.then(|| marker::markers(route, &conditions));
    let submit = route
        .attribute
        .options
        .register
        .then(|| quote!(#(#conditions)* #private::submit! { #private::Registered(#name::ROUTE) }));
    let extractors = route.extractors();
    let aliases = extractor::aliases(&extractors);
    let checks = checks(route, &private)
        .into_iter()
        .map(|check| quote!(#(#conditions)* #[allow(deprecated)] const _: () = { #check };));
    let checks: TokenStream = checks.collect();
    let line = format!("The route of the function `{name}`: its links, and the route itself.");
    let spec = spec(route, &private);
    let links = link::functions(route, &private);
    quote! {
        #markers
        // What a handler takes is the request's to say, and whether it waits is the route's.
        #[allow(clippy::needless_pass_by_value, clippy::unused_async)]
        #item
        #(#conditions)*
        #[doc = #line]
        #[allow(non_camel_case_types, dead_code, unreachable_pub, clippy::all, clippy::pedantic)]
        #visibility struct #name {}
        #(#conditions)*
        #[allow(
            dead_code, deprecated, private_bounds, private_interfaces, unreachable_code, unreachable_pub,
            unused_lifetimes, unused_qualifications, unused_variables, clippy::all, clippy::pedantic
        )]
        impl #name {
            /// What the function answers to, for `routes!`.
            #visibility const ROUTE: &'static #private::Route = {
                #aliases
                &#private::Route::new(#spec)
            };
            #links
        }
        #checks
        #submit
    }
}

/// What only the types of arguments and answer can tell: a statement each, which does not compile where a rule is
/// broken.
fn checks(route: &Route<'_>, private: &TokenStream) -> Vec<TokenStream> {
    let (extractors, caching) = (route.extractors(), &route.attribute.options.caching);
    if caching.asks() {
        // No body at all is read where answers are kept, so none is read twice.
        let mut checks = extractor::kept(&extractors, &caching.covered(private), private);
        checks.extend(route.answer().map(|answer| answer.whole(private)));
        return checks;
    }
    let aliases = extractor::aliases(&extractors);
    let body_once = extractor::body_once(&extractors, private);
    body_once.map(|check| quote!(#aliases let _: #private::Reads = #check;)).into_iter().collect()
}

fn spec(route: &Route<'_>, private: &TokenStream) -> TokenStream {
    let methods = route.attribute.methods.iter().map(|method| Ident::new(method.name, Span::call_site()));
    let pattern = route.path.pattern.as_str();
    let name = route.handler.name().unraw().to_string();
    let docs = route.handler.docs();
    let policies = route.attribute.options.policies(&route.path.pattern, private);
    let streams = route.answer().map_or_else(|| quote!(false), |answer| answer.streams(private));
    let extractors = route.extractors();
    let params = route.path.pattern.params().next().map(|_| quote!(.and(#private::Reads::PARAMS)));
    let reads = extractor::reads(&extractors, private);
    let requirements = Ident::new("requirements", Span::mixed_site());
    let requires = extractor::requires(&extractors, &requirements, private);
    let endpoint = glue::endpoint(route, private);
    quote! {
        #private::Spec {
            methods: #private::Methods::NONE #(.and(#private::Methods::#methods))*,
            pattern: #pattern,
            name: #name,
            module: ::core::module_path!(),
            package: ::core::env!("CARGO_PKG_NAME"),
            program: ::core::option_env!("CARGO_BIN_NAME"),
            file: ::core::file!(),
            line: ::core::line!(),
            docs: #docs,
            reads: #private::Reads::NOTHING #params #reads,
            streams: #streams,
            policies: #policies,
            requires: |#requirements| { #requires },
            endpoint: #endpoint,
        }
    }
}
