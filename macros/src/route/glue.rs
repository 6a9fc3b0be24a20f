//! The endpoint of a route: the closure that reads the arguments, calls the handler and answers.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use rutter_pattern::Segment;
use syn::{ReturnType, spanned::Spanned};

use crate::{
    extractor,
    route::{
        awaits,
        model::{Route, Source},
    },
    spans,
};

/// The closure. What is read from the head comes first: it is there already.
pub(crate) fn endpoint(route: &Route<'_>, private: &TokenStream) -> TokenStream {
    let names = Names::new(route);
    let [from_head, from_request] = [false, true].map(|owned| {
        let arguments = names.arguments.iter().enumerate();
        let is_owned = |place: usize| route.arguments[place].source == Source::Request;
        let reads = arguments.filter(|(place, _)| is_owned(*place) == owned).map(|(place, name)| {
            let value = read(route, place, &names, private);
            quote!(let #name = #value;)
        });
        reads.collect::<TokenStream>()
    });
    let Names { slot, call, head, body, .. } = &names;
    // Run on the spot where neither the handler nor an extractor waits.
    let ready = extractor::ready(awaits::never(route.handler), &route.extractors(), private);
    let respond = respond(route, &names, &ready, private);
    // A future that is not `Send` is reported at the name of the handler.
    let place = route.handler.name().span();
    let private = spans::located(private, place);
    // The name of an item is seen by what stands in it: a handler may well be called `glue`.
    quote_spanned! {place=>
        |#slot| {
            async fn __rutter_glue(#call: &mut #private::Call) -> #private::Outcome {
                let (#head, #body) = #call.split();
                #from_head
                #from_request
                #respond
            }
            if const { #ready } {
                #private::Answer::now(__rutter_glue(#slot.call()))
            } else {
                let mut #call = #slot.take();
                #private::Answer::later(async move { #private::merge(__rutter_glue(&mut #call).await) })
            }
        }
    }
}

/// The end of the glue: what the handler returns as an outcome, settled for the request. The answer of a handler that
/// never waits is settled by who called it, where it lies: here it would be copied.
fn respond(route: &Route<'_>, names: &Names, ready: &TokenStream, private: &TokenStream) -> TokenStream {
    let (output, head) = (output(route, names), &names.head);
    let answer = route.answer().map(|answer| answer.respond(&output, private));
    match (route.attribute.options.status, answer) {
        (None, Some(response)) => quote! {
            let mut outcome = #private::Outcome::Ok(#response);
            if const { !(#ready) } {
                #private::settle(#head, &mut outcome);
            }
            outcome
        },
        (None, None) => quote!(#private::respond(#head, #output)),
        (Some(status), response) => {
            let output = response.unwrap_or(output);
            quote!(#private::respond_as(#head, #status, #output))
        }
    }
}

/// The variables of the closure, which nothing that the user has named can mean.
struct Names {
    slot: Ident,
    call: Ident,
    head: Ident,
    body: Ident,
    arguments: Vec<Ident>,
}

impl Names {
    fn new(route: &Route<'_>) -> Names {
        let [slot, call, head, body] =
            ["slot", "call", "head", "body"].map(|name| Ident::new(name, Span::mixed_site()));
        let arguments = route.arguments.iter().enumerate().map(|(place, argument)| {
            let written = argument.name.as_ref().map_or_else(|| argument.ty.span(), Ident::span);
            format_ident!("argument_{place}", span = Span::mixed_site().located_at(written))
        });
        Names { slot, call, head, body, arguments: arguments.collect() }
    }
}

/// The value of one argument.
fn read(route: &Route<'_>, place: usize, names: &Names, private: &TokenStream) -> TokenStream {
    let (argument, Names { head, body, .. }) = (&route.arguments[place], names);
    let Source::Segment(place) = argument.source else {
        return route.extractor(place).map(|extractor| extractor.read(head, body, private)).unwrap_or_default();
    };
    let (ty, (first, last)) = (&argument.ty, spans::ends(&argument.ty));
    let private = spans::located(private, first);
    let segment = route.segment(place);
    let (name, read) = (segment.name(), Ident::new(reader(segment), last));
    quote_spanned!(last=> #private::#read::<#ty>(#head, #place, #name)?)
}

fn reader(segment: &Segment) -> &'static str {
    match segment {
        Segment::CatchAll(_) => "segments",
        Segment::OptionalCatchAll(_) => "optional_segments",
        _ => "segment",
    }
}

/// The call of the handler, reported where its return type stands: that is what is a response or not.
fn output(route: &Route<'_>, names: &Names) -> TokenStream {
    let (mut handler, arguments) = (route.handler.name().clone(), &names.arguments);
    let (first, last) = match &route.handler.signature.output {
        ReturnType::Type(_, ty) => spans::ends(ty),
        ReturnType::Default => (handler.span(), handler.span()),
    };
    handler.set_span(handler.span().located_at(first));
    let wait = route.handler.is_async().then(|| quote_spanned!(last=> .await));
    quote_spanned!(last=> #handler(#(#arguments),*) #wait)
}
