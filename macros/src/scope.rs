//! `scope! { cors: API }`: the defaults of a module, its place in the linker's list.

use proc_macro2::{Ident, Spacing, Span, TokenStream, TokenTree};
use quote::quote;
use syn::{Error, Path, parse2};

use crate::{
    diagnostics::Diagnostics,
    items::{self, Item},
    paths, policy, suggest,
};

/// Expands `scope! { keys }`.
pub(crate) fn expand(keys: TokenStream) -> TokenStream {
    let mut errors = Diagnostics::default();
    let scope = Scope::parse(keys, &mut errors);
    errors.finish().unwrap_or_else(|| scope.emit())
}

/// What a scope says.
#[derive(Default)]
struct Scope {
    cors: Option<Path>,
    krate: Option<Path>,
}

impl Scope {
    fn parse(keys: TokenStream, errors: &mut Diagnostics) -> Scope {
        let mut scope = Scope::default();
        if keys.is_empty() {
            errors.at(Span::call_site(), "nothing stands in this scope: write `scope! { cors: API }`");
        }
        let mut names: Vec<Ident> = Vec::new();
        for item in items::split(keys) {
            let Some((name, value)) = errors.take(key(&item)) else { continue };
            if names.contains(&name) {
                errors.at(name.span(), format!("`{name}` is given twice: remove one"));
                continue;
            }
            names.push(name.clone());
            match name.to_string().as_str() {
                "cors" => scope.cors = errors.take(policy::read(value, "cors: API")),
                _ => scope.krate = errors.take(krate(value)),
            }
        }
        scope
    }

    fn emit(&self) -> TokenStream {
        let private = paths::private(self.krate.as_ref());
        let cors = self.cors.as_ref().map(policy::of).map_or_else(
            || quote!(::core::option::Option::None),
            |policy| quote!(::core::option::Option::Some(#policy)),
        );
        quote! {
            // A second one is rustc's E0428, which names this.
            #[doc(hidden)]
            #[allow(dead_code, non_camel_case_types)]
            struct a_module_has_one_scope;
            #private::submit! {
                #private::Scope {
                    module: ::core::module_path!(),
                    package: ::core::env!("CARGO_PKG_NAME"),
                    program: ::core::option_env!("CARGO_BIN_NAME"),
                    file: ::core::file!(),
                    line: ::core::line!(),
                    cors: #cors,
                }
            }
        }
    }
}

const FORMS: [&str; 2] = ["cors: API", "crate: path::to::rutter"];
const NAMES: [&str; 2] = ["cors", "crate"];

/// A name that a scope knows, and what stands behind its colon.
fn key(item: &Item) -> syn::Result<(Ident, TokenStream)> {
    let (name, rest) = match item.tokens.as_slice() {
        [] => return Err(Error::new(item.span, "nothing stands before this comma: remove it")),
        [TokenTree::Ident(name), rest @ ..] => (name, rest),
        _ => return Err(Error::new_spanned(item, "a scope has names with values: write `cors: API`")),
    };
    let text = name.to_string();
    let Some(place) = NAMES.iter().position(|known| *known == text) else {
        return Err(Error::new(name.span(), unknown(&text)));
    };
    let form = FORMS[place];
    match rest {
        [TokenTree::Punct(colon), value @ ..] if colon.as_char() == ':' && colon.spacing() == Spacing::Alone => {
            if value.is_empty() {
                return Err(Error::new(name.span(), format!("`{name}` needs a value: write `{form}`")));
            }
            Ok((name.clone(), value.iter().cloned().collect()))
        }
        [TokenTree::Punct(equals), value @ ..] if equals.as_char() == '=' && !value.is_empty() => {
            let value = items::text(&value.iter().cloned().collect());
            let message = format!("in a scope a colon stands behind a name: write `{name}: {value}`");
            Err(Error::new_spanned(item, message))
        }
        _ => Err(Error::new_spanned(item, format!("`{name}` has its value behind a colon: write `{form}`"))),
    }
}

fn krate(value: TokenStream) -> syn::Result<Path> {
    let message = "`crate` is a path, written without quotes, such as `crate: path::to::rutter`";
    parse2(value.clone()).map_err(|_| Error::new_spanned(value, message))
}

fn unknown(name: &str) -> String {
    // What a route may say and a scope may not.
    const OF_ROUTES: [&str; 9] =
        ["status", "body_limit", "timeout", "revalidate", "stale_for", "tags", "vary", "dynamic", "revalidates"];
    if OF_ROUTES.contains(&name) {
        return format!("`{name}` is an option of a route, not of a scope: write it in `#[route]`");
    }
    let help = if let Some(meant) = suggest::closest(name, NAMES) {
        format!("did you mean `{meant}`?")
    } else {
        format!("there are {}", FORMS.map(|form| format!("`{form}`")).join(" and "))
    };
    format!("`{name}` is nothing that a scope says: {help}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistakes(keys: &str) -> Vec<String> {
        let mut errors = Diagnostics::default();
        let _ = Scope::parse(keys.parse().unwrap(), &mut errors);
        errors.messages()
    }

    #[test]
    fn a_scope_that_keeps_every_rule_has_no_mistake() {
        for keys in ["cors: API", "cors: crate::API,", "cors: super::policies::API, crate: a::b", "crate: ::rutter"] {
            assert_eq!(mistakes(keys), [""; 0], "{keys}");
        }
    }

    #[test]
    fn a_key_is_known_given_once_and_has_a_value() {
        const NAMED: &str = "a policy is named: write `static API: Cors = \
                             Cors::origins(&[\"https://app.example.com\"]);` and here `cors: API`";
        for (keys, message) in [
            ("", "nothing stands in this scope: write `scope! { cors: API }`"),
            (",", "nothing stands before this comma: remove it"),
            ("cors", "`cors` has its value behind a colon: write `cors: API`"),
            ("cors(API)", "`cors` has its value behind a colon: write `cors: API`"),
            ("cors::API", "`cors` has its value behind a colon: write `cors: API`"),
            ("cors:", "`cors` needs a value: write `cors: API`"),
            ("cors = API", "in a scope a colon stands behind a name: write `cors: API`"),
            ("cors: \"https://app.example.com\"", NAMED),
            ("cors: Cors::any()", NAMED),
            ("cors: A, cors: B", "`cors` is given twice: remove one"),
            ("crate: \"a\"", "`crate` is a path, written without quotes, such as `crate: path::to::rutter`"),
            ("cros: API", "`cros` is nothing that a scope says: did you mean `cors`?"),
            ("colour: 1", "`colour` is nothing that a scope says: there are `cors: API` and `crate: path::to::rutter`"),
            ("timeout: 30s", "`timeout` is an option of a route, not of a scope: write it in `#[route]`"),
            ("[1]", "a scope has names with values: write `cors: API`"),
        ] {
            assert_eq!(mistakes(keys), [message], "{keys}");
        }
    }

    #[test]
    fn three_mistakes_are_three_errors() {
        assert_eq!(mistakes("cros: A, crate: 1, colour: 2").len(), 3);
    }
}
