//! What stands in the brackets of `#[route(METHODS, "/path", options)]`.

use std::collections::VecDeque;

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Lit, LitStr};

use crate::{
    diagnostics::Diagnostics,
    items::{self, Item},
    pattern::Path,
    route::{
        caching,
        methods::{self, Method},
        options::{self, Options},
    },
};

/// The attribute as far as it could be read.
#[derive(Default)]
pub(crate) struct Attribute {
    pub(crate) methods: Vec<Method>,
    pub(crate) path: Option<Path>,
    /// The path as it is written, whether or not it could be read.
    written: Option<LitStr>,
    pub(crate) options: Options,
}

impl Attribute {
    /// Reads each item on its own, and checks what they say together. An item that is written in the wrong way is
    /// reported and then read as it was meant.
    pub(crate) fn parse(attribute: TokenStream, errors: &mut Diagnostics) -> Attribute {
        let attribute = Attribute::read(attribute, errors);
        caching::check(&attribute, errors);
        attribute
    }

    fn read(attribute: TokenStream, errors: &mut Diagnostics) -> Attribute {
        let mut items = Items::new(attribute, errors);
        if items.rest.is_empty() {
            let message = r#"a route needs a method and a path: write `#[route(GET, "/products/[id]")]`"#;
            errors.at(Span::call_site(), message);
            return Attribute::default();
        }
        if items.next_is(is_option) {
            let message = r#"a method and a path come before the options: begin with `GET, "/products/[id]"`"#;
            errors.at(items.rest[0].span, message);
            items.put_options_last();
            if items.next_is(is_option) {
                return Attribute { options: options(items, errors), ..Attribute::default() };
            }
        }
        let methods = methods(&mut items, errors);
        let written = literal(&mut items, errors);
        let path = written.clone().and_then(|literal| Path::parse(literal, errors));
        Attribute { methods, path, written, options: options(items, errors) }
    }

    /// How many dynamic segments the path has, or seems to have where it could not be read.
    pub(crate) fn params(&self) -> usize {
        let guess = |literal: &LitStr| {
            let text = literal.value();
            text.split('/').filter(|segment| segment.contains(['[', '{', '<', ':', '*'])).count()
        };
        match &self.path {
            Some(path) => path.pattern.params().count(),
            None => self.written.as_ref().map_or(0, guess),
        }
    }
}

/// The items that are not read yet.
struct Items {
    rest: VecDeque<Item>,
    /// Where the last one stands that was read.
    last: Span,
}

impl Items {
    fn new(attribute: TokenStream, errors: &mut Diagnostics) -> Items {
        let mut rest = VecDeque::new();
        for item in items::split(attribute) {
            if item.tokens.is_empty() {
                errors.at(item.span, "nothing stands before this comma: remove it");
                continue;
            }
            let mut item = item;
            loop {
                match item.without_comma(options::is_known) {
                    Ok((before, next)) => {
                        errors.at(next.span, format!("a comma is missing behind `{before}`"));
                        rest.push_back(before);
                        item = next;
                    }
                    Err(last) => break rest.push_back(last),
                }
            }
        }
        Items { rest, last: Span::call_site() }
    }

    fn next_is(&self, test: impl Fn(&Item) -> bool) -> bool {
        self.rest.front().is_some_and(test)
    }

    /// Moves the options behind all others.
    fn put_options_last(&mut self) {
        let (options, others): (Vec<Item>, Vec<Item>) = self.rest.drain(..).partition(is_option);
        self.rest.extend(others.into_iter().chain(options));
    }

    /// The next item. A name in front of it is reported and left out.
    fn next(&mut self, names: &[&str], errors: &mut Diagnostics) -> Option<Item> {
        let item = self.rest.pop_front()?;
        self.last = item.span;
        if !item.is_named(names) {
            return Some(item);
        }
        errors.at(item.span, format!("a {} has no name: write it without `{} =`", names[0], item.tokens[0]));
        Some(item.without_name())
    }
}

/// Methods come first.
fn methods(items: &mut Items, errors: &mut Diagnostics) -> Vec<Method> {
    if items.next_is(is_path) {
        let path = items.rest[0].to_string();
        let method = items.rest.get(1).filter(|item| methods::looks_like_one(item));
        let span = items.rest[0].span;
        let Some(method) = method else {
            errors.at(span, format!("the method is missing: write `#[route(GET, {path})]`"));
            return Vec::new();
        };
        errors.at(span, format!("the method comes before the path: write `#[route({method}, {path})]`"));
        items.rest.swap(0, 1);
    }
    let Some(first) = items.next(&METHOD, errors) else { return Vec::new() };
    let methods = methods::parse(&first, errors);
    let mut names = vec![methods::meant(&first)];
    let second = items.rest.front().map(|item| item.span);
    while items.next_is(methods::looks_like_one) {
        names.extend(items.rest.pop_front().as_ref().map(methods::meant));
    }
    if let (Some(span), true) = (second, names.len() > 1) {
        errors.at(span, format!("several methods are a list: write `[{}]`", names.join(", ")));
    }
    methods
}

/// The path comes second.
fn literal(items: &mut Items, errors: &mut Diagnostics) -> Option<LitStr> {
    if items.rest.is_empty() || items.next_is(is_option) {
        let message = "the path is missing: write it behind the method, such as `\"/products/[id]\"`";
        errors.at(items.last, message);
        return None;
    }
    let item = items.next(&PATH, errors)?;
    errors.take(string(&item))
}

fn string(item: &Item) -> syn::Result<LitStr> {
    let message = match syn::parse2(item.to_token_stream()) {
        Ok(Lit::Str(literal)) => return Ok(literal),
        Ok(Lit::ByteStr(_) | Lit::CStr(_)) => {
            let text = item.to_string();
            format!("a path is a plain string: write `{}`", text.trim_start_matches(['b', 'c']))
        }
        _ => "a path is a string literal, so that it can be checked here: write it out, such as `\"/products/[id]\"`"
            .to_owned(),
    };
    Err(syn::Error::new_spanned(item, message))
}

/// Options come last.
fn options(items: Items, errors: &mut Diagnostics) -> Options {
    let (options, others): (Vec<Item>, Vec<Item>) =
        items.rest.into_iter().partition(|item| !is_path(item) && !methods::looks_like_one(item));
    for item in others {
        let message = if is_path(&item) {
            "a route has one path: write a second function for a second path"
        } else {
            "methods come first, as a list: write `[GET, POST]`"
        };
        errors.under(item, message);
    }
    options::parse(&options, errors)
}

const METHOD: [&str; 2] = ["method", "methods"];
const PATH: [&str; 1] = ["path"];

/// `name = …`, `name(…)` or a word that can only be meant as an option; a method or a path with a name is none.
fn is_option(item: &Item) -> bool {
    let other = |name: &Ident| METHOD.iter().chain(&PATH).any(|known| name == known);
    match item.tokens.as_slice() {
        [TokenTree::Ident(name)] => options::is_known(name) || is_misspelt_option(item),
        [TokenTree::Ident(_), TokenTree::Punct(equals), ..] => {
            equals.as_char() == '=' && !item.is_named(&METHOD) && !item.is_named(&PATH)
        }
        [TokenTree::Ident(name), TokenTree::Group(list)] => {
            list.delimiter() == Delimiter::Parenthesis && !other(name) && !methods::is_close_to_one(&name.to_string())
        }
        _ => false,
    }
}

fn is_misspelt_option(word: &Item) -> bool {
    let word = word.to_string();
    options::closest(&word).is_some() && !methods::is_close_to_one(&word)
}

/// A string, unless it is a method in quotes.
fn is_path(item: &Item) -> bool {
    syn::parse2::<LitStr>(item.to_token_stream()).is_ok() && !methods::looks_like_one(item)
}
