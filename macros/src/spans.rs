//! Where the compiler reports a mistake in generated code.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Type, spanned::Spanned};

/// The same tokens, reported at another place and resolved as before. A call is underlined from its first token to its
/// last, so both have to stand where the mistake is.
pub(crate) fn located(tokens: &TokenStream, place: Span) -> TokenStream {
    let relocate = |mut token: TokenTree| {
        token.set_span(token.span().located_at(place));
        token
    };
    tokens.clone().into_iter().map(relocate).collect()
}

/// The spans of the first and the last token as generated code has them: from one to the other everything is underlined,
/// which it is not where one belongs to generated code and the other to the user.
pub(crate) fn generated_ends(tokens: &impl ToTokens) -> (Span, Span) {
    let (first, last) = ends(tokens);
    (Span::call_site().located_at(first), Span::call_site().located_at(last))
}

/// The word that tells most of a type: `Json` of `rutter::Json<Product>`; the first token of what is no path.
pub(crate) fn word(ty: &Type) -> Span {
    match ty {
        Type::Group(inner) => word(&inner.elem),
        Type::Paren(inner) => word(&inner.elem),
        Type::Path(path) => path.path.segments.last().map_or_else(|| path.span(), |segment| segment.ident.span()),
        _ => ends(ty).0,
    }
}

/// The spans of the first and the last token.
pub(crate) fn ends(tokens: &impl ToTokens) -> (Span, Span) {
    let mut spans = tokens.to_token_stream().into_iter().map(|token| token.span());
    let first = spans.next().unwrap_or_else(Span::call_site);
    (first, spans.last().unwrap_or(first))
}
