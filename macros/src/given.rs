//! One option of an attribute as it is written: a word, `name = value` or `name(list)`.

use core::fmt::Display;

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use syn::{Error, Lit, LitInt, parse2};

use crate::items::{self, Item};

/// An option with what stands behind its name, not yet understood.
pub(crate) struct Given {
    pub(crate) name: Ident,
    behind: Behind,
    form: &'static str,
}

/// What stands behind the name.
enum Behind {
    Nothing,
    /// `= value`.
    Value(Vec<TokenTree>),
    /// `(list)`, in whatever brackets.
    List(Group),
    /// What no option is written with.
    Other(Vec<TokenTree>),
}

impl Given {
    /// Reads a name with what stands behind it; whether that is right is for the option to say.
    pub(crate) fn parse(item: &Item) -> syn::Result<Given> {
        let (name, rest) = match item.tokens.as_slice() {
            [TokenTree::Ident(name), rest @ ..] => (name.clone(), rest),
            _ => return Err(Error::new_spanned(item, "this is not an option: write one as `name = value`")),
        };
        let behind = match rest {
            [] => Behind::Nothing,
            [TokenTree::Punct(equals), value @ ..] if equals.as_char() == '=' => Behind::Value(value.to_vec()),
            [TokenTree::Group(list)] => Behind::List(list.clone()),
            _ => Behind::Other(rest.to_vec()),
        };
        Ok(Given { name, behind, form: "name = value" })
    }

    /// The same, knowing how the option is meant to be written.
    pub(crate) fn form(self, form: &'static str) -> Given {
        Given { form, ..self }
    }

    /// What stands behind the `=`.
    pub(crate) fn value(&self) -> syn::Result<TokenStream> {
        let name = &self.name;
        match &self.behind {
            Behind::Value(value) if !value.is_empty() => Ok(value.iter().cloned().collect()),
            Behind::List(list) if !list.stream().is_empty() => {
                let value = items::text(&list.stream());
                Err(self.at_name(format!("the value of `{name}` stands behind `=`: write `{name} = {value}`")))
            }
            _ => Err(self.at_name(format!("`{name}` needs a value: write `{}`", self.form))),
        }
    }

    /// What stands in the parentheses, where the option has some.
    pub(crate) fn in_parentheses(&self) -> Option<TokenStream> {
        match &self.behind {
            Behind::List(list) => Some(list.stream()),
            _ => None,
        }
    }

    /// The items in the parentheses, at least one.
    pub(crate) fn list(&self) -> syn::Result<Vec<Item>> {
        let (name, form) = (&self.name, self.form);
        let (list, written) = match &self.behind {
            Behind::List(list) => (list.stream(), list.delimiter() == Delimiter::Parenthesis),
            Behind::Value(value) => match value.as_slice() {
                [TokenTree::Group(list)] => (list.stream(), false),
                value => (value.iter().cloned().collect(), false),
            },
            Behind::Nothing | Behind::Other(_) => {
                return Err(self.at_name(format!("`{name}` needs a list in parentheses: write `{form}`")));
            }
        };
        if list.is_empty() {
            return Err(self.at_name(format!("nothing stands in the list of `{name}`: write `{form}`")));
        }
        if !written {
            let list = items::text(&list);
            return Err(self.instead(format!("`{name}` has its list in parentheses: write `{name}({list})`")));
        }
        Ok(items::split(list))
    }

    /// Nothing stands behind the name.
    pub(crate) fn word(&self) -> syn::Result<()> {
        let name = &self.name;
        match &self.behind {
            Behind::Nothing => Ok(()),
            Behind::Value(value) if matches!(&value[..], [TokenTree::Ident(word)] if word == "false") => {
                Err(self.instead(format!("`{name} = false` says nothing: remove it")))
            }
            _ => Err(self.instead(format!("`{name}` is a word without a value: write `{name}`"))),
        }
    }

    /// The literal behind the `=`.
    pub(crate) fn literal(&self) -> syn::Result<Lit> {
        let value = self.value()?;
        if let Behind::Value(value) = &self.behind
            && let [TokenTree::Literal(number), TokenTree::Ident(unit)] = value.as_slice()
        {
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
        self.instead(format!("{message}, such as `{}`", self.form))
    }

    /// An error under the value that says itself what to write.
    pub(crate) fn instead(&self, message: impl Display) -> Error {
        match &self.behind {
            Behind::List(list) => Error::new_spanned(list, message),
            Behind::Value(tokens) | Behind::Other(tokens) if !tokens.is_empty() => {
                Error::new_spanned(tokens.iter().cloned().collect::<TokenStream>(), message)
            }
            _ => self.at_name(message),
        }
    }

    fn at_name(&self, message: impl Display) -> Error {
        Error::new(self.name.span(), message)
    }
}
