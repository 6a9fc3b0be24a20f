//! The rules about keeping answers that the methods, the path and the options keep together, one function each.

use proc_macro2::Ident;

use crate::{
    diagnostics::Diagnostics,
    route::{attribute::Attribute, options::Revalidate},
};

/// Checks every rule. Where the methods could not be read, nothing is said that depends on them.
pub(crate) fn check(attribute: &Attribute, errors: &mut Diagnostics) {
    tags_name_segments(attribute, errors);
    only_answers_to_get_are_kept(attribute, errors);
    only_answers_to_get_are_dynamic(attribute, errors);
    what_is_dynamic_is_not_kept(attribute, errors);
    a_status_is_kept(attribute, errors);
    what_is_stale_was_fresh(attribute, errors);
    what_revalidates_changes_something(attribute, errors);
}

/// Every `[id]` of a tag is a segment of the path.
fn tags_name_segments(attribute: &Attribute, errors: &mut Diagnostics) {
    let Some(path) = &attribute.path else { return };
    let caching = &attribute.options.caching;
    for tag in caching.tags.iter().chain(&caching.revalidates) {
        tag.names_segments(path, errors);
    }
}

/// `revalidate`, `stale_for`, `tags` and `vary` stand on a route for GET, and perhaps HEAD.
fn only_answers_to_get_are_kept(attribute: &Attribute, errors: &mut Diagnostics) {
    if may_be_kept(attribute) {
        return;
    }
    let others: Vec<String> =
        attribute.methods.iter().filter(|method| method.name != "GET").map(|method| code(method.name)).collect();
    let changes = attribute.methods.iter().any(|method| !SAFE.contains(&method.name));
    for option in keeping(attribute) {
        let help = if has(attribute, "GET") {
            format!("give {} a function of its own", others.join(" and "))
        } else if others == ["`HEAD`"] {
            "write `[GET, HEAD]`".to_owned()
        } else if option == "tags" && changes && attribute.options.name("revalidates").is_none() {
            "did you mean `revalidates`, for the tags that a success of this route expires?".to_owned()
        } else {
            format!("remove `{option}`")
        };
        errors.at(option.span(), format!("only answers to GET are kept: {help}"));
    }
}

/// `dynamic` stands where an answer would be kept without it.
fn only_answers_to_get_are_dynamic(attribute: &Attribute, errors: &mut Diagnostics) {
    let Some(dynamic) = attribute.options.name("dynamic") else { return };
    if attribute.methods.is_empty() || has(attribute, "GET") {
        return;
    }
    let methods: Vec<String> = attribute.methods.iter().map(|method| code(method.name)).collect();
    errors.at(dynamic.span(), format!("answers to {} are never kept: remove `dynamic`", methods.join(" and ")));
}

/// `dynamic` contradicts whatever else is said about keeping an answer.
fn what_is_dynamic_is_not_kept(attribute: &Attribute, errors: &mut Diagnostics) {
    if attribute.options.name("dynamic").is_none() || !may_be_kept(attribute) {
        return;
    }
    for option in keeping(attribute) {
        let message = format!("an answer of a `dynamic` route is not kept: remove `{option}`, or remove `dynamic`");
        errors.at(option.span(), message);
    }
}

/// `status = 201` is no status of an answer that is kept.
fn a_status_is_kept(attribute: &Attribute, errors: &mut Diagnostics) {
    const KEPT: [u16; 6] = [200, 204, 301, 308, 404, 410];
    let options = &attribute.options;
    let Some((status, name)) = options.status.zip(options.name("status")) else { return };
    let keeping: Vec<String> = keeping(attribute).map(|option| code(&option.to_string())).collect();
    if KEPT.contains(&status) || keeping.is_empty() || options.name("dynamic").is_some() || !may_be_kept(attribute) {
        return;
    }
    let keeping = keeping.join(" and ");
    let message = format!("an answer with the status {status} is never kept: remove `status = {status}`, or {keeping}");
    errors.at(name.span(), message);
}

/// `stale_for` follows the time that `revalidate` gives.
fn what_is_stale_was_fresh(attribute: &Attribute, errors: &mut Diagnostics) {
    let options = &attribute.options;
    let Some(stale_for) = options.name("stale_for") else { return };
    if options.name("dynamic").is_some() || !may_be_kept(attribute) {
        return;
    }
    let message = match (options.name("revalidate"), options.caching.revalidate) {
        (None, _) => "an answer becomes stale when it is older than `revalidate`: add it, such as `revalidate = 60`",
        (_, Some(Revalidate::Never)) => {
            "with `revalidate = false` no answer becomes stale by itself: remove `stale_for`, or write a time, \
             such as `revalidate = 60`"
        }
        _ => return,
    };
    errors.at(stale_for.span(), message);
}

/// `revalidates` stands on a route that may change something.
fn what_revalidates_changes_something(attribute: &Attribute, errors: &mut Diagnostics) {
    let Some(revalidates) = attribute.options.name("revalidates") else { return };
    if attribute.methods.is_empty() || attribute.methods.iter().any(|method| !SAFE.contains(&method.name)) {
        return;
    }
    let help = if has(attribute, "GET") && attribute.options.name("tags").is_none() {
        "what a GET keeps is labelled with `tags`"
    } else {
        "remove it"
    };
    let message = format!("`revalidates` belongs to a route that changes something, such as a POST: {help}");
    errors.at(revalidates.span(), message);
}

/// Methods that change nothing (RFC 9110 §9.2.1).
const SAFE: [&str; 3] = ["GET", "HEAD", "OPTIONS"];

/// The names of the options that ask for answers to be kept.
fn keeping(attribute: &Attribute) -> impl Iterator<Item = &Ident> {
    ["revalidate", "stale_for", "tags", "vary"].into_iter().filter_map(|option| attribute.options.name(option))
}

/// Whether the methods are GET, and perhaps HEAD, as far as they could be read.
fn may_be_kept(attribute: &Attribute) -> bool {
    let others = attribute.methods.iter().any(|method| !matches!(method.name, "GET" | "HEAD"));
    attribute.methods.is_empty() || (has(attribute, "GET") && !others)
}

fn has(attribute: &Attribute, method: &str) -> bool {
    attribute.methods.iter().any(|known| known.name == method)
}

fn code(word: &str) -> String {
    format!("`{word}`")
}
