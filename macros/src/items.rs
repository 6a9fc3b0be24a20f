//! The items of an attribute: what stands between its commas, each read on its own so that one mistake hides no other.

use core::fmt;

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use quote::ToTokens;

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

    /// The two items that it was meant to be, as in `GET "/x"` and `"/x" status = 201`; itself where it is one.
    pub(crate) fn without_comma(mut self) -> Result<(Item, Item), Item> {
        let comma = match self.tokens.as_slice() {
            [TokenTree::Ident(_) | TokenTree::Group(_), TokenTree::Literal(_), ..]
            | [TokenTree::Literal(_), TokenTree::Ident(_), ..] => 1,
            [
                TokenTree::Ident(_),
                TokenTree::Punct(_),
                TokenTree::Literal(_),
                TokenTree::Ident(_),
                TokenTree::Punct(_),
                ..,
            ] => 3,
            _ => return Err(self),
        };
        let next = Item::new(self.tokens.split_off(comma), self.span);
        Ok((self, next))
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_token_stream().to_string().replace(" ,", ","))
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
    fn a_comma_at_the_end_opens_no_item() {
        assert_eq!(texts("GET,"), ["GET"]);
        assert_eq!(texts("GET,,"), ["GET", ""]);
        assert_eq!(texts(""), [""; 0]);
    }
}
