//! The options of `#[route]`: `status = 201`, `timeout = 30s`. A new one is an entry of the table and a function.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{Path, parse2};

use crate::{
    diagnostics::Diagnostics,
    given::Given,
    items::Item,
    route::units::{self, Unit},
    suggest,
};

/// What the options of an attribute say.
pub(crate) struct Options {
    pub(crate) status: Option<u16>,
    pub(crate) body_limit: Option<u64>,
    /// In milliseconds.
    pub(crate) timeout: Option<u64>,
    pub(crate) register: bool,
    pub(crate) krate: Option<Path>,
}

impl Default for Options {
    fn default() -> Self {
        Options { status: None, body_limit: None, timeout: None, register: true, krate: None }
    }
}

impl Options {
    /// The value of `Policies`.
    pub(crate) fn policies(&self, private: &TokenStream) -> TokenStream {
        let status = self.status.map(|status| quote!(.status(#status)));
        let body_limit = self.body_limit.map(|bytes| quote!(.body_limit(#bytes)));
        let timeout = self.timeout.map(|milliseconds| quote!(.timeout(#milliseconds)));
        quote!(#private::Policies::NONE #status #body_limit #timeout)
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
    OptionSpec { name: "body_limit", form: "body_limit = 10mb", parse: body_limit },
    OptionSpec { name: "timeout", form: "timeout = 30s", parse: timeout },
    OptionSpec { name: "register", form: "register = false", parse: register },
    OptionSpec { name: "crate", form: "crate = path::to::rutter", parse: krate },
];

/// Reads the items behind the path.
pub(crate) fn parse(items: &[Item], errors: &mut Diagnostics) -> Options {
    let mut options = Options::default();
    let mut seen: Vec<Ident> = Vec::new();
    for item in items {
        let Some(given) = errors.take(Given::parse(item)) else { continue };
        let Some(spec) = OPTIONS.iter().find(|spec| given.name == spec.name) else {
            errors.at(given.name.span(), unknown(&given.name));
            continue;
        };
        if seen.contains(&given.name) {
            errors.at(given.name.span(), format!("`{}` is given twice: remove one", spec.name));
            continue;
        }
        seen.push(given.name.clone());
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

fn body_limit(given: &Given, options: &mut Options) -> syn::Result<()> {
    const TIB: u64 = 1 << 40;
    let bytes = units::number(given, &SIZES)?;
    if bytes > TIB {
        return Err(given.wrong("a body of more than 1 TiB is never meant: give a smaller limit"));
    }
    options.body_limit = Some(bytes);
    Ok(())
}

fn timeout(given: &Given, options: &mut Options) -> syn::Result<()> {
    const DAY: u64 = 24 * 60 * 60 * 1000;
    let milliseconds = units::number(given, &TIMES)?;
    if milliseconds == 0 {
        return Err(given.wrong("a time-out of zero lets no request through: give a longer one"));
    }
    if milliseconds > DAY {
        return Err(given.wrong("a time-out of more than 24 hours is never meant: give a shorter one"));
    }
    options.timeout = Some(milliseconds);
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

fn krate(given: &Given, options: &mut Options) -> syn::Result<()> {
    let path = parse2(given.value()?).map_err(|_| given.wrong("`crate` is a path, written without quotes"))?;
    options.krate = Some(path);
    Ok(())
}

const SIZES: [Unit; 4] =
    [Unit::new("b", 1), Unit::new("kb", 1 << 10), Unit::new("mb", 1 << 20), Unit::new("gb", 1 << 30)];

const TIMES: [Unit; 4] =
    [Unit::new("ms", 1), Unit::new("s", 1000), Unit::new("m", 60 * 1000), Unit::new("h", 60 * 60 * 1000)];

fn unknown(name: &Ident) -> String {
    let name = name.to_string();
    let meant = suggest::closest(&name, OPTIONS.iter().map(|spec| spec.name));
    let all: Vec<String> = OPTIONS.iter().map(|spec| format!("`{}`", spec.form)).collect();
    match meant {
        Some(meant) => format!("`{name}` is not an option of a route: did you mean `{meant}`?"),
        None => format!("`{name}` is not an option of a route: there are {}", all.join(", ")),
    }
}
