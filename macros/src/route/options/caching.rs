//! Whether the answers of a route are kept, and for how long.

use proc_macro2::TokenStream;
use quote::quote;
use rutter_pattern::Pattern;

use crate::{
    given::Given,
    route::{
        options::{Options, Vary},
        units::{self, Unit, Units},
    },
    tag::{self, Tag},
};

/// What the options of an attribute say about keeping answers.
#[derive(Default)]
pub(crate) struct Caching {
    pub(crate) revalidate: Option<Revalidate>,
    /// In seconds.
    pub(crate) stale_for: Option<u64>,
    pub(crate) tags: Vec<Tag>,
    pub(crate) vary: Vec<Vary>,
    pub(crate) dynamic: bool,
    pub(crate) revalidates: Vec<Tag>,
}

/// When an answer is made anew by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Revalidate {
    Never,
    /// After so many seconds.
    After(u64),
}

impl Caching {
    /// Whether the route asks for its answers to be kept.
    pub(crate) fn asks(&self) -> bool {
        self.revalidate.is_some() || !self.tags.is_empty() || !self.vary.is_empty()
    }

    /// The `Reads` of a handler whose answers are kept: the path, and what `vary` names.
    pub(crate) fn covered(&self, private: &TokenStream) -> TokenStream {
        let header = self.vary.iter().any(|vary| matches!(vary, Vary::Header(_)));
        let query = self.vary.iter().any(|vary| !matches!(vary, Vary::Header(_)));
        let header = header.then(|| quote!(.and(#private::Reads::HEAD)));
        let query = query.then(|| quote!(.and(#private::Reads::QUERY)));
        quote!(#private::Reads::PARAMS #header #query)
    }

    /// Its part of `Policies`.
    pub(crate) fn policies(&self, pattern: &Pattern, private: &TokenStream) -> TokenStream {
        let revalidate = self.revalidate.map(|revalidate| match revalidate {
            Revalidate::Never => quote!(.revalidate_never()),
            Revalidate::After(seconds) => quote!(.revalidate(#seconds)),
        });
        let stale_for = self.stale_for.map(|seconds| quote!(.stale_for(#seconds)));
        let tags = tag::templates(&self.tags, pattern, private).map(|tags| quote!(.tags(#tags)));
        let vary = self.vary.iter().map(|vary| vary.part(private)).collect::<Vec<_>>();
        let vary = (!vary.is_empty()).then(|| quote!(.vary(&[#(#vary),*])));
        let dynamic = self.dynamic.then(|| quote!(.dynamic()));
        let revalidates = tag::templates(&self.revalidates, pattern, private).map(|tags| quote!(.revalidates(#tags)));
        quote!(#revalidate #stale_for #tags #vary #dynamic #revalidates)
    }
}

pub(crate) fn revalidate(given: &Given, options: &mut Options) -> syn::Result<()> {
    if let Some(list) = given.in_parentheses().filter(|list| list.to_string().starts_with('"')) {
        options.forget(&given.name);
        let message = "`revalidate` is a time: for tags write";
        return Err(given.instead(format!("{message} `revalidates({list})`, or `tags({list})` on a GET")));
    }
    let revalidate = match given.value()?.to_string().as_str() {
        "false" => Revalidate::Never,
        "true" => return Err(given.wrong("`revalidate` is a time, or `false`")),
        _ => Revalidate::After(units::number(given, &TIMES)?),
    };
    match revalidate {
        Revalidate::After(0) => return Err(given.instead("zero keeps nothing: write `dynamic`")),
        Revalidate::After(seconds) if seconds > YEAR => {
            let message = "more than 365 days is never meant: write `revalidate = false` to keep an answer until \
                           somebody revalidates it";
            return Err(given.instead(message));
        }
        revalidate => options.caching.revalidate = Some(revalidate),
    }
    Ok(())
}

pub(crate) fn stale_for(given: &Given, options: &mut Options) -> syn::Result<()> {
    let seconds = units::number(given, &TIMES)?;
    if seconds > YEAR {
        let message = "more than 365 days is never meant: remove `stale_for` to serve a stale answer however old it is";
        return Err(given.instead(message));
    }
    options.caching.stale_for = Some(seconds);
    Ok(())
}

pub(crate) fn dynamic(given: &Given, options: &mut Options) -> syn::Result<()> {
    given.word()?;
    options.caching.dynamic = true;
    Ok(())
}

/// In seconds.
const YEAR: u64 = 365 * 24 * 60 * 60;

/// In seconds.
const TIMES: Units = Units {
    all: &[Unit::new("s", 1), Unit::new("m", 60), Unit::new("h", 60 * 60), Unit::new("d", 24 * 60 * 60)],
    may_lack: true,
};
