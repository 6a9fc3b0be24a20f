//! The function beneath the attribute: everything of it that a route has to know.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{
    Attribute, FnArg, Pat, Signature, Token, Visibility,
    parse::{ParseStream, Parser},
};

use crate::{diagnostics::Diagnostics, route::rules};

/// A function that answers requests.
pub(crate) struct Handler {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) visibility: Visibility,
    pub(crate) signature: Signature,
    /// The braces and what stands between them. It is searched for `await` and never understood.
    pub(crate) body: Group,
}

impl Handler {
    /// Reads the function. Everything else is refused by its name.
    pub(crate) fn parse(item: TokenStream, errors: &mut Diagnostics) -> Option<Handler> {
        let handler = errors.take(parse.parse2(item))?;
        rules::check(&handler, errors);
        Some(handler)
    }

    pub(crate) fn name(&self) -> &Ident {
        &self.signature.ident
    }

    pub(crate) fn is_async(&self) -> bool {
        self.signature.asyncness.is_some()
    }

    /// Other `#[route]`s on the function, however they are imported.
    pub(crate) fn routes(&self) -> impl Iterator<Item = &Attribute> {
        self.attributes.iter().filter(|attribute| is_route(attribute))
    }

    /// Whether the function certainly stands in an `impl` or a `trait`: it names `self` or `Self`.
    pub(crate) fn is_inside(&self) -> bool {
        self.signature.receiver().is_some() || self.selves().next().is_some()
    }

    /// Each `Self` in the types of the signature.
    pub(crate) fn selves(&self) -> impl Iterator<Item = TokenTree> {
        let arguments = self.signature.inputs.iter().filter(|argument| matches!(argument, FnArg::Typed(_)));
        let types = arguments.map(ToTokens::to_token_stream).chain([self.signature.output.to_token_stream()]);
        types.flat_map(flat).filter(|token| matches!(token, TokenTree::Ident(name) if name == "Self"))
    }

    /// The conditions that everything beside the function is compiled under, too.
    pub(crate) fn conditions(&self) -> Vec<TokenStream> {
        self.attributes.iter().filter_map(crate::conditions::of).collect()
    }

    /// The documentation: its lines joined, without the blank that follows `///`.
    pub(crate) fn docs(&self) -> String {
        let lines = self.attributes.iter().filter_map(doc_line).collect::<Vec<_>>().join("\n");
        lines.lines().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n")
    }
}

/// The function, without any `#[route]`.
impl ToTokens for Handler {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.attributes.iter().filter(|attribute| !is_route(attribute)).for_each(|kept| kept.to_tokens(tokens));
        self.visibility.to_tokens(tokens);
        self.signature.to_tokens(tokens);
        self.body.to_tokens(tokens);
    }
}

/// The name of an argument, where its pattern is one: `id`, `mut id`.
pub(crate) fn name(argument: &FnArg) -> Option<&Ident> {
    match argument {
        FnArg::Typed(argument) => match &*argument.pat {
            Pat::Ident(pattern) if pattern.subpat.is_none() && pattern.by_ref.is_none() => Some(&pattern.ident),
            _ => None,
        },
        FnArg::Receiver(_) => None,
    }
}

fn parse(input: ParseStream<'_>) -> syn::Result<Handler> {
    let attributes = input.call(Attribute::parse_outer)?;
    let visibility = input.parse()?;
    if let Some((span, kind)) = other_item(input) {
        return Err(syn::Error::new(span, format!("a route is a function: `#[route]` cannot stand on {kind}")));
    }
    let signature: Signature = input.parse()?;
    if input.peek(Token![;]) {
        let message = "a route is a function with a body: this one only declares what others implement";
        return Err(syn::Error::new(signature.ident.span(), message));
    }
    let TokenTree::Group(body) = input.parse()? else { return Err(input.error("the body of a function is missing")) };
    let rest: TokenStream = input.parse()?;
    if !rest.is_empty() {
        return Err(syn::Error::new_spanned(rest, "a route is one function"));
    }
    Ok(Handler { attributes, visibility, signature, body })
}

/// What the item is when it is no function, by the word that it begins with.
fn other_item(input: ParseStream<'_>) -> Option<(Span, &'static str)> {
    let (first, behind) = input.cursor().token_tree()?;
    let second = behind.token_tree().map(|(token, _)| token.to_string());
    let second = second.as_deref().unwrap_or_default();
    let kind = match first.to_string().as_str() {
        "struct" => "a struct",
        "enum" => "an enum",
        "union" => "a union",
        "trait" => "a trait",
        "impl" => "an `impl`: write it on a function outside",
        "mod" => "a module: write it on the functions inside",
        "type" => "a type",
        "use" => "an import: write it on the function itself",
        "static" => "a static",
        "let" => "a variable",
        "macro_rules" => "a macro",
        "const" if !matches!(second, "fn" | "async" | "unsafe" | "extern") => "a constant",
        "fn" | "async" | "const" | "unsafe" | "safe" | "extern" => return None,
        _ => "this",
    };
    Some((first.span(), kind))
}

fn doc_line(attribute: &Attribute) -> Option<String> {
    let meta = attribute.meta.require_name_value().ok().filter(|meta| meta.path.is_ident("doc"))?;
    match &meta.value {
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.value()),
        _ => None,
    }
}

/// The tokens without their brackets.
fn flat(tokens: TokenStream) -> Vec<TokenTree> {
    let inner = |token| match token {
        TokenTree::Group(group) => flat(group.stream()),
        token => vec![token],
    };
    tokens.into_iter().flat_map(inner).collect()
}

fn is_route(attribute: &Attribute) -> bool {
    let path = attribute.path();
    path.segments.len() <= 2 && path.segments.last().is_some_and(|segment| segment.ident == "route")
}
