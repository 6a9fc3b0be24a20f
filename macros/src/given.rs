//! One option of an attribute as it is written: a name, then `= value`.

use core::fmt::Display;

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::{Error, Lit, LitInt, parse2};

use crate::items::Item;

/// An option with its value, not yet understood.
pub(crate) struct Given {
    pub(crate) name: Ident,
    value: Vec<TokenTree>,
    form: &'static str,
}

impl Given {
    /// Reads `name = value`; whether there is a value, and which, is for the option to say.
    pub(crate) fn parse(item: &Item) -> syn::Result<Given> {
        let (name, rest) = match item.tokens.as_slice() {
            [TokenTree::Ident(name), rest @ ..] => (name.clone(), rest),
            _ => return Err(Error::new_spanned(item, "this is not an option: write one as `name = value`")),
        };
        let value = match rest {
            [TokenTree::Punct(equals), value @ ..] if equals.as_char() == '=' => value.to_vec(),
            _ => Vec::new(),
        };
        Ok(Given { name, value, form: "name = value" })
    }

    /// The same, knowing how the option is meant to be written.
    pub(crate) fn form(self, form: &'static str) -> Given {
        Given { form, ..self }
    }

    /// What stands behind the `=`.
    pub(crate) fn value(&self) -> syn::Result<TokenStream> {
        if self.value.is_empty() {
            let message = format!("`{}` needs a value: write `{}`", self.name, self.form);
            return Err(Error::new(self.name.span(), message));
        }
        Ok(self.value.iter().cloned().collect())
    }

    /// The literal behind the `=`.
    pub(crate) fn literal(&self) -> syn::Result<Lit> {
        let value = self.value()?;
        if let [TokenTree::Literal(number), TokenTree::Ident(unit)] = self.value.as_slice() {
            return Err(self.instead(format!("a number and its unit are one word: write `{number}{unit}`")));
        }
        parse2(value).map_err(|_| self.wrong(format!("`{}` is a number", self.name)))
    }

    /// A whole number without a unit.
    pub(crate) fn integer(&self) -> syn::Result<LitInt> {
        match self.literal()? {
            Lit::Int(literal) if literal.suffix().is_empty() => Ok(literal),
            Lit::Int(_) => Err(self.wrong(format!("`{}` is a number without a unit", self.name))),
            Lit::Str(_) => Err(self.wrong(format!("`{}` is a number, written without quotes", self.name))),
            _ => Err(self.wrong(format!("`{}` is a number", self.name))),
        }
    }

    /// An error under the value; the form follows the message.
    pub(crate) fn wrong(&self, message: impl Display) -> Error {
        let value: TokenStream = self.value.iter().cloned().collect();
        Error::new_spanned(value, format!("{message}, such as `{}`", self.form))
    }

    /// An error under the value that says itself what to write.
    pub(crate) fn instead(&self, message: impl Display) -> Error {
        let value: TokenStream = self.value.iter().cloned().collect();
        Error::new_spanned(value, message)
    }
}
