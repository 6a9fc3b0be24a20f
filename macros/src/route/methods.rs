//! The methods that a route answers to: `GET`, or a list of them.

use proc_macro2::{Delimiter, Span, TokenTree};

use crate::{diagnostics::Diagnostics, items, items::Item, suggest};

/// A method, and where it is written.
#[derive(Debug, Clone)]
pub(crate) struct Method {
    pub(crate) name: &'static str,
    pub(crate) span: Span,
}

/// Reads the first item of the attribute.
pub(crate) fn parse(item: &Item, errors: &mut Diagnostics) -> Vec<Method> {
    let list = match item.tokens.first() {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Bracket => group,
        Some(TokenTree::Group(group)) => {
            errors.at(item.span, format!("a list of methods stands in square brackets: write `[{}]`", listed(group)));
            return Vec::new();
        }
        _ => return method(item, errors).into_iter().collect(),
    };
    let items = items::split(list.stream());
    if items.is_empty() {
        errors.under(list, format!("a route answers to at least one method: write one of {}", all()));
    }
    let methods: Vec<Method> = items.iter().filter_map(|item| method(item, errors)).collect();
    each_is_named_once(&methods, errors);
    methods
}

/// Whether an item can only be meant as a method or a list of methods.
pub(crate) fn looks_like_one(item: &Item) -> bool {
    match item.tokens.as_slice() {
        [TokenTree::Group(_)] => true,
        [TokenTree::Ident(_) | TokenTree::Literal(_)] => is_known(&meant(item)),
        _ => false,
    }
}

/// Whether a word is a method, or was probably meant to be one.
pub(crate) fn is_close_to_one(word: &str) -> bool {
    is_known(&word.to_uppercase()) || suggest::closest(word, METHODS).is_some()
}

/// The method as it should have been written: in capitals, without quotes.
pub(crate) fn meant(item: &Item) -> String {
    unquoted(&item.to_string()).to_uppercase()
}

/// Every method that a route can have.
const METHODS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/// Methods that no route can have, and why.
const REFUSED: [(&str, &str); 2] = [
    ("TRACE", "a server that echoes requests shows credentials to scripts (RFC 9110 §9.3.8)"),
    ("CONNECT", "it asks a proxy for a tunnel and has no path (RFC 9110 §9.3.6)"),
];

fn method(item: &Item, errors: &mut Diagnostics) -> Option<Method> {
    let (text, quoted) = match item.tokens.first() {
        Some(TokenTree::Ident(name)) => (name.to_string(), false),
        Some(TokenTree::Literal(text)) => (unquoted(&text.to_string()).to_owned(), true),
        Some(_) => {
            errors.under(item, format!("this is not a method: write one of {}", all()));
            return None;
        }
        None => {
            errors.at(item.span, "a method is missing before this comma");
            return None;
        }
    };
    if let Some(next) = item.tokens.get(1) {
        errors.at(next.span(), format!("a comma is missing behind `{text}`"));
    }
    match known(&text, quoted) {
        Ok(name) => Some(Method { name, span: item.span }),
        Err(message) => {
            errors.at(item.span, message);
            None
        }
    }
}

fn known(text: &str, quoted: bool) -> Result<&'static str, String> {
    let upper = text.to_uppercase();
    if let Some((name, why)) = REFUSED.iter().find(|(name, _)| *name == upper) {
        return Err(format!("a route cannot answer to `{name}`: {why}"));
    }
    let exact = METHODS.into_iter().find(|name| *name == upper);
    match (exact, suggest::closest(text, METHODS)) {
        (Some(name), _) if quoted => Err(format!("a method is written without quotes: write `{name}`")),
        (Some(name), _) if name == text => Ok(name),
        (Some(name), _) => Err(format!("methods are written in capitals: write `{name}`")),
        (None, Some(name)) => Err(format!("`{text}` is not a method: did you mean `{name}`?")),
        (None, None) => Err(format!("`{text}` is not a method: write one of {}", all())),
    }
}

fn each_is_named_once(methods: &[Method], errors: &mut Diagnostics) {
    for (index, method) in methods.iter().enumerate() {
        if methods[..index].iter().any(|earlier| earlier.name == method.name) {
            errors.at(method.span, format!("`{}` stands in this list already: remove it", method.name));
        }
    }
}

fn is_known(upper: &str) -> bool {
    METHODS.contains(&upper) || REFUSED.iter().any(|(name, _)| *name == upper)
}

fn all() -> String {
    METHODS.map(|name| format!("`{name}`")).join(", ")
}

fn listed(group: &proc_macro2::Group) -> String {
    group.stream().to_string().replace(" ,", ",")
}

fn unquoted(text: &str) -> &str {
    text.trim_matches('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(tokens: &str) -> (Vec<&'static str>, Vec<String>) {
        let mut errors = Diagnostics::default();
        let methods = parse(&items::split(tokens.parse().unwrap())[0], &mut errors);
        (methods.into_iter().map(|method| method.name).collect(), errors.messages())
    }

    #[test]
    fn one_method_or_a_list_is_read() {
        assert_eq!(read("GET"), (vec!["GET"], vec![]));
        assert_eq!(read("[GET, POST,]"), (vec!["GET", "POST"], vec![]));
    }

    #[test]
    fn each_mistake_says_what_to_write() {
        const ALL: &str = "`GET`, `POST`, `PUT`, `PATCH`, `DELETE`, `HEAD`, `OPTIONS`";
        for (tokens, message) in [
            ("get", "methods are written in capitals: write `GET`".to_owned()),
            ("\"GET\"", "a method is written without quotes: write `GET`".to_owned()),
            ("GTE", "`GTE` is not a method: did you mean `GET`?".to_owned()),
            ("COPY", format!("`COPY` is not a method: write one of {ALL}")),
            ("[]", format!("a route answers to at least one method: write one of {ALL}")),
            ("[GET, POST, GET]", "`GET` stands in this list already: remove it".to_owned()),
            ("(GET, POST)", "a list of methods stands in square brackets: write `[GET, POST]`".to_owned()),
            ("[GET POST]", "a comma is missing behind `GET`".to_owned()),
            ("[GET,,POST]", "a method is missing before this comma".to_owned()),
            (
                "CONNECT",
                "a route cannot answer to `CONNECT`: it asks a proxy for a tunnel and has no path (RFC 9110 §9.3.6)"
                    .to_owned(),
            ),
        ] {
            assert_eq!(read(tokens).1, [message], "{tokens}");
        }
    }

    #[test]
    fn three_mistakes_give_three_errors() {
        assert_eq!(read("[get, GTE, TRACE, POST]").1.len(), 3);
    }
}
