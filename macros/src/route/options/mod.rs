//! The options of `#[route]`: `status = 201`, `tags("products")`, `dynamic`. A new one is an entry of the table and a
//! function.

mod caching;
mod limits;
mod tags;
mod vary;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use rutter_pattern::Pattern;
use syn::{Path, parse2};

use crate::{diagnostics::Diagnostics, given::Given, items::Item, policy, suggest};

pub(crate) use caching::{Caching, Revalidate};
pub(crate) use vary::Vary;

/// What the options of an attribute say.
pub(crate) struct Options {
    /// The names that are given, whether or not their values could be read.
    names: Vec<Ident>,
    pub(crate) status: Option<u16>,
    pub(crate) body_limit: Option<u64>,
    /// In milliseconds.
    pub(crate) timeout: Option<u64>,
    pub(crate) caching: Caching,
    pub(crate) cors: Option<Path>,
    pub(crate) register: bool,
    pub(crate) krate: Option<Path>,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            names: Vec::new(),
            status: None,
            body_limit: None,
            timeout: None,
            caching: Caching::default(),
            cors: None,
            register: true,
            krate: None,
        }
    }
}

impl Options {
    /// The name of an option where it is given.
    pub(crate) fn name(&self, option: &str) -> Option<&Ident> {
        self.names.iter().find(|name| *name == option)
    }

    /// An option that was certainly meant to be another: where it may stand is no second mistake.
    fn forget(&mut self, option: &Ident) {
        self.names.retain(|name| name != option);
    }

    /// The value of `Policies`.
    pub(crate) fn policies(&self, pattern: &Pattern, private: &TokenStream) -> TokenStream {
        let status = self.status.map(|status| quote!(.status(#status)));
        let body_limit = self.body_limit.map(|bytes| quote!(.body_limit(#bytes)));
        let timeout = self.timeout.map(|milliseconds| quote!(.timeout(#milliseconds)));
        let caching = self.caching.policies(pattern, private);
        let cors = self.cors.as_ref().map(|policy| {
            let policy = policy::of(policy);
            quote!(.cors(#policy))
        });
        quote!(#private::Policies::NONE #status #body_limit #timeout #caching #cors)
    }
}

/// An option as the attribute knows it.
struct OptionSpec {
    name: &'static str,
    /// How it is written.
    form: &'static str,
    parse: fn(&Given, &mut Options) -> syn::Result<()>,
}

const OPTIONS: &[OptionSpec] = &[
    OptionSpec { name: "status", form: "status = 201", parse: status },
    OptionSpec { name: "body_limit", form: "body_limit = 10mb", parse: limits::body_limit },
    OptionSpec { name: "timeout", form: "timeout = 30s", parse: limits::timeout },
    OptionSpec { name: "revalidate", form: "revalidate = 60", parse: caching::revalidate },
    OptionSpec { name: "stale_for", form: "stale_for = 1h", parse: caching::stale_for },
    OptionSpec { name: "tags", form: "tags(\"products\")", parse: tags::tags },
    OptionSpec { name: "vary", form: "vary(\"accept-language\")", parse: vary::vary },
    OptionSpec { name: "dynamic", form: "dynamic", parse: caching::dynamic },
    OptionSpec { name: "revalidates", form: "revalidates(\"products\")", parse: tags::revalidates },
    OptionSpec { name: "cors", form: "cors = API", parse: cors },
    OptionSpec { name: "register", form: "register = false", parse: register },
    OptionSpec { name: "crate", form: "crate = path::to::rutter", parse: krate },
];

/// What others call an option, and what is written here.
const ELSEWHERE: [(&str, &str); 12] = [
    ("cache", "revalidate = 60"),
    ("max_age", "revalidate = 60"),
    ("ttl", "revalidate = 60"),
    ("static", "revalidate = false"),
    ("stale_while_revalidate", "stale_for = 1h"),
    ("key", "vary(\"accept-language\")"),
    ("no_cache", "dynamic"),
    ("no_store", "dynamic"),
    ("invalidates", "revalidates(\"products\")"),
    ("origin", "cors = API"),
    ("origins", "cors = API"),
    ("revalidate_tag", "revalidates(\"products\")"),
];

/// Whether this is the name of an option.
pub(crate) fn is_known(name: &Ident) -> bool {
    OPTIONS.iter().any(|spec| name == spec.name)
}

/// The option that a word was probably meant to be.
pub(crate) fn closest(word: &str) -> Option<&'static str> {
    suggest::closest(word, OPTIONS.iter().map(|spec| spec.name))
}

/// Reads the items behind the path.
pub(crate) fn parse(items: &[Item], errors: &mut Diagnostics) -> Options {
    let mut options = Options::default();
    for item in items {
        let Some(given) = errors.take(Given::parse(item)) else { continue };
        let Some(spec) = OPTIONS.iter().find(|spec| given.name == spec.name) else {
            errors.at(given.name.span(), unknown(&given.name));
            continue;
        };
        if options.name(spec.name).is_some() {
            errors.at(given.name.span(), format!("`{}` is given twice: remove one", spec.name));
            continue;
        }
        options.names.push(given.name.clone());
        errors.take((spec.parse)(&given.form(spec.form), &mut options));
    }
    options
}

fn status(given: &Given, options: &mut Options) -> syn::Result<()> {
    let literal = given.integer()?;
    let status: u16 = literal.base10_parse().unwrap_or_default();
    if !(200..=599).contains(&status) {
        return Err(given.wrong("a status of an answer is a number from 200 to 599"));
    }
    options.status = Some(status);
    Ok(())
}

fn register(given: &Given, options: &mut Options) -> syn::Result<()> {
    options.register = match given.value()?.to_string().as_str() {
        "true" => true,
        "false" => false,
        _ => return Err(given.wrong("`register` is `true` or `false`")),
    };
    Ok(())
}

fn cors(given: &Given, options: &mut Options) -> syn::Result<()> {
    options.cors = Some(policy::read(given.value()?, "cors = API")?);
    Ok(())
}

fn krate(given: &Given, options: &mut Options) -> syn::Result<()> {
    let path = parse2(given.value()?).map_err(|_| given.wrong("`crate` is a path, written without quotes"))?;
    options.krate = Some(path);
    Ok(())
}

fn unknown(name: &Ident) -> String {
    let name = name.to_string();
    let help = if let Some((_, form)) = ELSEWHERE.iter().find(|(elsewhere, _)| *elsewhere == name) {
        format!("write `{form}`")
    } else if let Some(meant) = closest(&name) {
        format!("did you mean `{meant}`?")
    } else {
        let all: Vec<String> = OPTIONS.iter().map(|spec| format!("`{}`", spec.form)).collect();
        format!("there are {}", all.join(", "))
    };
    format!("`{name}` is not an option of a route: {help}")
}
