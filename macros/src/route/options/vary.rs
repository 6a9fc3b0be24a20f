//! `vary("accept-language", query("page"))`: what of a request belongs to the key of a kept answer.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::LitStr;

use crate::{
    diagnostics::Diagnostics,
    given::Given,
    items::{self, Item},
    route::options::Options,
    suggest,
};

/// A part of the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Vary {
    /// `"accept-language"`, in small letters.
    Header(String),
    /// `query("page")`.
    Query(String),
    /// `query`.
    WholeQuery,
}

impl Vary {
    /// As `Policies` takes it.
    pub(crate) fn part(&self, private: &TokenStream) -> TokenStream {
        match self {
            Vary::Header(name) => quote!(#private::Vary::Header(#name)),
            Vary::Query(name) => quote!(#private::Vary::Query(#name)),
            Vary::WholeQuery => quote!(#private::Vary::WholeQuery),
        }
    }
}

pub(crate) fn vary(given: &Given, options: &mut Options) -> syn::Result<()> {
    let mut list = List::default();
    for item in given.list()? {
        list.read(&item);
    }
    list.the_whole_query_stands_alone();
    list.errors.check()?;
    options.caching.vary = list.parts.into_iter().map(|(vary, _)| vary).collect();
    Ok(())
}

/// The parts that are read so far, each with its tokens.
#[derive(Default)]
struct List {
    parts: Vec<(Vary, TokenStream)>,
    errors: Diagnostics,
}

impl List {
    fn read(&mut self, item: &Item) {
        match item.tokens.as_slice() {
            [TokenTree::Ident(name)] if name == "query" => self.push(Vary::WholeQuery, item),
            [TokenTree::Ident(name), TokenTree::Group(names)]
                if name == "query" && names.delimiter() == Delimiter::Parenthesis =>
            {
                self.queries(names);
            }
            [TokenTree::Ident(name), ..] => self.errors.under(item, unknown(name, item)),
            _ => {
                let name = self.errors.take(item.string("a header"));
                if let Some(header) = name.and_then(|name| header(&name, &mut self.errors)) {
                    self.push(header, item);
                }
            }
        }
    }

    /// `query("page", "sort")`.
    fn queries(&mut self, names: &Group) {
        if names.stream().is_empty() {
            let message = "the name is missing: write `query(\"page\")`, or `query` for the whole query";
            self.errors.under(names, message);
        }
        for item in items::split(names.stream()) {
            let Some(name) = self.errors.take(item.string("the name of a query")) else { continue };
            if name.value().is_empty() {
                let message = "a name is missing in these quotes: write `query(\"page\")`";
                self.errors.at(name.span(), message);
                continue;
            }
            self.push(Vary::Query(name.value()), &item);
        }
    }

    /// Nothing is named twice.
    fn push(&mut self, vary: Vary, written: &Item) {
        if self.parts.iter().any(|(earlier, _)| *earlier == vary) {
            self.errors.under(written, format!("`{written}` stands in this list already: remove it"));
            return;
        }
        self.parts.push((vary, written.to_token_stream()));
    }

    /// Who has the whole query has each of its names.
    fn the_whole_query_stands_alone(&mut self) {
        if !self.parts.iter().any(|(vary, _)| *vary == Vary::WholeQuery) {
            return;
        }
        for (vary, written) in &self.parts {
            let Vary::Query(name) = vary else { continue };
            let message = format!("`query` is the whole query, `{name}` with it: remove `query({written})`");
            self.errors.under(written, message);
        }
    }
}

/// Headers that say who is asking.
const CREDENTIALS: [&str; 3] = ["cookie", "authorization", "proxy-authorization"];

fn header(literal: &LitStr, errors: &mut Diagnostics) -> Option<Vary> {
    let name = literal.value().to_ascii_lowercase();
    let mistake = match name.as_str() {
        "" => "a name is missing in these quotes: write one, such as `\"accept-language\"`".to_owned(),
        "*" => {
            "`*` fits no answer that is kept: name the headers that the handler reads, or write `dynamic` in place of \
                `revalidate`, `tags` and `vary`"
                .to_owned()
        }
        "set-cookie" => "`set-cookie` stands in answers, never in requests: remove it".to_owned(),
        name if CREDENTIALS.contains(&name) => format!(
            "`{name}` says who is asking, and what depends on that is not kept for everyone: remove it, \
             or write `dynamic` in place of `revalidate`, `tags` and `vary`"
        ),
        text if text.contains(',') => {
            let names: Vec<String> = text.split(',').map(|name| format!("`\"{}\"`", name.trim())).collect();
            format!("each header is a string of its own: write {}", names.join(", "))
        }
        text if !text.bytes().all(is_of_a_token) => format!(
            "`{}` cannot be the name of a header: write letters, digits and dashes, such as `\"accept-language\"`",
            text.escape_debug()
        ),
        _ => return Some(Vary::Header(name)),
    };
    errors.at(literal.span(), mistake);
    None
}

// RFC 9110 §5.6.2.
fn is_of_a_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// What to write for an item that begins with a word.
fn unknown(name: &Ident, item: &Item) -> String {
    let text = item.to_string().replace(' ', "");
    match item.tokens.as_slice() {
        [_, TokenTree::Punct(equals), value @ ..] if name == "query" && equals.as_char() == '=' => {
            let value: TokenStream = value.iter().cloned().collect();
            return format!("the names of a query stand in parentheses: write `query({value})`");
        }
        [_, TokenTree::Group(names)] if name == "query" => {
            return format!(
                "the names of a query stand in parentheses: write `query({})`",
                items::text(&names.stream())
            );
        }
        [_, TokenTree::Group(names)] if name == "header" || name == "headers" => {
            return format!("a header is written without `{name}`: write `{}`", items::text(&names.stream()));
        }
        _ => {}
    }
    if suggest::closest(&name.to_string(), ["query"]).is_some() {
        return format!("`{name}` is nothing that an answer varies with: did you mean `query`?");
    }
    if text.bytes().all(is_of_a_token) {
        return format!("a header is written in quotes: write `\"{}\"`", text.replace('_', "-"));
    }
    format!(
        "`{name}` is nothing that an answer varies with: there are headers, such as `\"accept-language\"`, \
         `query(\"page\")` and `query`"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Vary> {
        let item = items::split(text.parse().unwrap()).remove(0);
        let mut options = Options::default();
        vary(&Given::parse(&item).unwrap().form("vary(\"accept-language\")"), &mut options).unwrap();
        options.caching.vary
    }

    #[test]
    fn headers_and_names_of_the_query_are_read() {
        for (text, expected) in [
            ("vary(\"accept-language\")", vec![Vary::Header("accept-language".to_owned())]),
            ("vary(\"Accept-Language\",)", vec![Vary::Header("accept-language".to_owned())]),
            ("vary(\"x_y!\")", vec![Vary::Header("x_y!".to_owned())]),
            ("vary(query)", vec![Vary::WholeQuery]),
            ("vary(query, \"dnt\")", vec![Vary::WholeQuery, Vary::Header("dnt".to_owned())]),
            (
                "vary(query(\"page\"), query(\"Page\"))",
                vec![Vary::Query("page".to_owned()), Vary::Query("Page".to_owned())],
            ),
            (
                "vary(query(\"page\", \"sort by\"))",
                vec![Vary::Query("page".to_owned()), Vary::Query("sort by".to_owned())],
            ),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
