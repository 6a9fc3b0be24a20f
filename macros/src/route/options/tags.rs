//! The lists of tags: `tags("products")` and `revalidates("products")`.

use crate::{diagnostics::Diagnostics, given::Given, route::options::Options, tag::Tag};

pub(crate) fn tags(given: &Given, options: &mut Options) -> syn::Result<()> {
    options.caching.tags = list(given)?;
    Ok(())
}

pub(crate) fn revalidates(given: &Given, options: &mut Options) -> syn::Result<()> {
    let is_time = |value: &str| value.starts_with(|first: char| first.is_ascii_digit());
    if given.value().is_ok_and(|value| is_time(&value.to_string())) {
        options.forget(&given.name);
        let message =
            "`revalidates` is a list of tags: for the time that an answer stays fresh write `revalidate = 60`";
        return Err(given.instead(message));
    }
    options.caching.revalidates = list(given)?;
    Ok(())
}

fn list(given: &Given) -> syn::Result<Vec<Tag>> {
    let mut errors = Diagnostics::default();
    let mut tags: Vec<Tag> = Vec::new();
    for item in given.list()? {
        let Some(tag) = errors.take(item.string("a tag")).and_then(|literal| Tag::parse(literal, &mut errors)) else {
            continue;
        };
        if tags.iter().any(|earlier| earlier.text() == tag.text()) {
            errors.at(tag.span(), format!("`{}` stands in this list already: remove it", tag.text()));
            continue;
        }
        tags.push(tag);
    }
    errors.check()?;
    Ok(tags)
}
