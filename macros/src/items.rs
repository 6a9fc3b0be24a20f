//! The items of an attribute: what stands between its commas, each read on its own so that one mistake hides no other.

use core::fmt;

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Error, Lit, LitStr, parse2};

/// The tokens before a comma.
pub(crate) struct Item {
    pub(crate) tokens: Vec<TokenTree>,
    /// The first token, or the comma where there is none.
    pub(crate) span: Span,
}

/// Splits at the commas that stand in no bracket. One at the end is allowed.
pub(crate) fn split(tokens: TokenStream) -> Vec<Item> {
    let mut items = Vec::new();
    let mut open = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Punct(comma) if comma.as_char() == ',' => {
                items.push(Item::new(core::mem::take(&mut open), comma.span()));
            }
            token => open.push(bare(token)),
        }
    }
    if !open.is_empty() {
        items.push(Item::new(open, Span::call_site()));
    }
    items
}

/// The tokens as somebody would write them.
pub(crate) fn text(tokens: &TokenStream) -> String {
    tokens.to_string().replace(" ,", ",")
}

impl Item {
    fn new(tokens: Vec<TokenTree>, otherwise: Span) -> Item {
        let span = tokens.first().map_or(otherwise, TokenTree::span);
        Item { tokens, span }
    }

    /// Whether it is `name = …` with one of these names.
    pub(crate) fn is_named(&self, names: &[&str]) -> bool {
        let [TokenTree::Ident(name), TokenTree::Punct(equals), _, ..] = self.tokens.as_slice() else { return false };
        equals.as_char() == '=' && names.iter().any(|known| name == known)
    }

    /// What stands behind `name =`.
    pub(crate) fn without_name(mut self) -> Item {
        Item::new(self.tokens.split_off(2), self.span)
    }

    /// The string that it is; `kind` says what it was read as.
    pub(crate) fn string(&self, kind: &str) -> syn::Result<LitStr> {
        let message = match self.tokens.as_slice() {
            [] => return Err(Error::new(self.span, "nothing stands before this comma: remove it")),
            [TokenTree::Literal(first), second, ..] => {
                return Err(Error::new(second.span(), format!("a comma is missing behind `{first}`")));
            }
            _ => match parse2(self.to_token_stream()) {
                Ok(Lit::Str(literal)) => return Ok(literal),
                Ok(Lit::ByteStr(_) | Lit::CStr(_)) => {
                    format!("{kind} is a plain string: write `{}`", self.to_string().trim_start_matches(['b', 'c']))
                }
                Ok(literal) => format!("{kind} is a string: write `\"{}\"`", literal.to_token_stream()),
                Err(_) => match self.tokens.as_slice() {
                    // A name in capitals is a constant.
                    [TokenTree::Ident(word)] if word.to_string().starts_with(char::is_lowercase) => {
                        format!("{kind} is a string: write `\"{word}\"`")
                    }
                    _ => format!("{kind} is a string literal, so that it can be checked here: write it out"),
                },
            },
        };
        Err(Error::new_spanned(self, message))
    }

    /// The two items that it was meant to be, as in `GET "/x"`, `"/x" status = 201` and, where `dynamic` is an option,
    /// `timeout = 30s dynamic`; itself where it is one.
    pub(crate) fn without_comma(mut self, is_option: impl Fn(&Ident) -> bool) -> Result<(Item, Item), Item> {
        let comma = match self.tokens.as_slice() {
            [TokenTree::Ident(_) | TokenTree::Group(_), TokenTree::Literal(_), ..]
            | [TokenTree::Literal(_), TokenTree::Ident(_), ..] => Some(1),
            [
                TokenTree::Ident(_),
                TokenTree::Punct(_),
                TokenTree::Literal(_),
                TokenTree::Ident(_),
                TokenTree::Punct(_),
                ..,
            ] => Some(3),
            tokens => tokens.windows(2).position(|pair| begins(pair, &is_option)).map(|place| place + 1),
        };
        let Some(comma) = comma else { return Err(self) };
        let next = Item::new(self.tokens.split_off(comma), self.span);
        Ok((self, next))
    }
}

/// Whether the second of two tokens is an option that the first does not belong to.
fn begins(pair: &[TokenTree], is_option: impl Fn(&Ident) -> bool) -> bool {
    matches!(pair, [before, TokenTree::Ident(name)] if !matches!(before, TokenTree::Punct(_)) && is_option(name))
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&text(&self.to_token_stream()))
    }
}

impl ToTokens for Item {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(self.tokens.iter().cloned());
    }
}

/// A fragment of a `macro_rules!` such as `$path:literal` arrives in brackets that cannot be seen.
fn bare(token: TokenTree) -> TokenTree {
    let TokenTree::Group(group) = &token else { return token };
    let mut inner = group.stream().into_iter();
    match (group.delimiter(), inner.next(), inner.next()) {
        (Delimiter::None, Some(only), None) => bare(only),
        _ => token,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(tokens: &str) -> Vec<String> {
        split(tokens.parse().unwrap()).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn commas_in_brackets_do_not_split() {
        assert_eq!(texts(r#"[GET, POST], "/x", tags("a", "b")"#), ["[GET, POST]", "\"/x\"", "tags (\"a\", \"b\")"]);
    }

    #[test]
    fn a_comma_is_missing_in_front_of_an_option_and_not_of_a_unit() {
        for (tokens, behind) in [
            ("timeout = 30s dynamic", Some("dynamic")),
            ("dynamic tags(\"a\")", Some("tags (\"a\")")),
            ("tags(\"a\") dynamic", Some("dynamic")),
            ("revalidate = false dynamic", Some("dynamic")),
            ("timeout = 30 s", None),
            ("crate = a::dynamic", None),
            ("dynamic", None),
        ] {
            let item = split(tokens.parse().unwrap()).remove(0);
            let parts = item.without_comma(|name| name == "dynamic" || name == "tags").ok();
            assert_eq!(parts.map(|(_, next)| next.to_string()).as_deref(), behind, "{tokens}");
        }
    }

    #[test]
    fn a_comma_at_the_end_opens_no_item() {
        assert_eq!(texts("GET,"), ["GET"]);
        assert_eq!(texts("GET,,"), ["GET", ""]);
        assert_eq!(texts(""), [""; 0]);
    }
}
