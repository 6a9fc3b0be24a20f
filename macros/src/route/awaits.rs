//! Whether an `async fn` visibly never waits, so that no future has to be kept for it.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::Attribute;

use crate::route::signature::Handler;

/// Whether nothing in the function can wait: neither an `await`, nor a macro or an attribute that might hide one.
pub(crate) fn never(handler: &Handler) -> bool {
    handler.attributes.iter().all(is_harmless) && (!handler.is_async() || !may_wait(handler.body.stream()))
}

/// Attributes of which it is known that they leave the function as it is.
const HARMLESS: [&str; 14] = [
    "allow",
    "cfg",
    "cold",
    "deny",
    "deprecated",
    "doc",
    "expect",
    "forbid",
    "inline",
    "must_use",
    "rustfmt",
    "track_caller",
    "warn",
    "clippy",
];

fn is_harmless(attribute: &Attribute) -> bool {
    let first = attribute.path().segments.first();
    first.is_some_and(|first| HARMLESS.iter().any(|name| first.ident == name))
}

/// Macros of std of which it is known that they do not wait; what stands in their brackets is searched, too.
const OF_STD: [&str; 33] = [
    "assert",
    "assert_eq",
    "assert_ne",
    "cfg",
    "column",
    "compile_error",
    "concat",
    "dbg",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "env",
    "eprint",
    "eprintln",
    "file",
    "format",
    "format_args",
    "include_bytes",
    "include_str",
    "line",
    "matches",
    "module_path",
    "option_env",
    "panic",
    "print",
    "println",
    "stringify",
    "todo",
    "unimplemented",
    "unreachable",
    "vec",
    "write",
    "writeln",
];

/// Macros of other crates. Only where the crate is named: anybody may have an `info!` of their own, which waits.
const OF_CRATES: [(&str, &[&str]); 3] = [
    ("log", &["debug", "error", "info", "log", "trace", "warn"]),
    ("serde_json", &["json"]),
    ("tracing", &["debug", "error", "event", "info", "trace", "warn"]),
];

fn may_wait(tokens: TokenStream) -> bool {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    tokens.iter().enumerate().any(|(place, token)| match token {
        TokenTree::Group(group) => may_wait(group.stream()),
        TokenTree::Ident(word) if word == "await" => true,
        TokenTree::Ident(_) => is_macro(&tokens[place + 1..]) && !is_known(&path(&tokens[..=place])),
        _ => false,
    })
}

/// Whether a macro of this path does not wait.
fn is_known(path: &[String]) -> bool {
    match path.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [name] | ["core" | "std" | "alloc", name] => OF_STD.contains(&name),
        [krate, name] => OF_CRATES.iter().any(|(known, names)| *known == krate && names.contains(&name)),
        _ => false,
    }
}

/// The words of the path that the tokens end with: `serde_json`, `json`.
fn path(tokens: &[TokenTree]) -> Vec<String> {
    let [before @ .., TokenTree::Ident(word)] = tokens else { return Vec::new() };
    let mut words = match before {
        [before @ .., TokenTree::Punct(first), TokenTree::Punct(second)]
            if first.as_char() == ':' && second.as_char() == ':' =>
        {
            path(before)
        }
        _ => Vec::new(),
    };
    words.push(word.to_string());
    words
}

/// Whether `!` and a bracket follow, as after the name of a macro. `if !(…)` looks the same, and costs a future.
fn is_macro(behind: &[TokenTree]) -> bool {
    match behind {
        [TokenTree::Punct(bang), TokenTree::Group(group), ..] => {
            bang.as_char() == '!' && group.delimiter() != Delimiter::None
        }
        [TokenTree::Punct(bang), TokenTree::Ident(_), TokenTree::Group(_), ..] => bang.as_char() == '!',
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Diagnostics;

    fn never_waits(item: &str) -> bool {
        never(&Handler::parse(item.parse().unwrap(), &mut Diagnostics::default()).unwrap())
    }

    #[test]
    fn what_visibly_never_waits_needs_no_future() {
        for item in [
            "fn f() { anything!() }",
            "async fn f() {}",
            "/// Docs.\n#[must_use] #[allow(x)] #[clippy::foo] async fn f() -> String { format!(\"{}\", 1) }",
            "async fn f() { tracing::info!(\"x\"); vec![1, 2]; serde_json::json!({ \"a\": 1 }) }",
            "async fn f() { ::tracing::warn!(\"x\"); log::error!(\"x\"); std::println!(); unreachable!() }",
            "async fn f() { assert!(matches!(a, B)); write!(c, \"\") }",
            "async fn f() { a != (b); x }",
        ] {
            assert!(never_waits(item), "{item}");
        }
    }

    #[test]
    fn what_may_wait_is_kept() {
        for item in [
            "async fn f() { g().await }",
            "async fn f() { if x { { (g().await) } } }",
            "async fn f() { vec![g().await] }",
            "async fn f() { tokio::join!(a, b) }",
            "async fn f() { json!({}) }",
            "async fn f() { info!(\"x\") }",
            "async fn f() { mine::format!(\"x\") }",
            "async fn f() { crate::tracing::info!(\"x\") }",
            "async fn f() { tracing::mine!(\"x\") }",
            "async fn f() { macro_rules! m { () => {} } }",
            "#[instrument] async fn f() {}",
            "#[instrument] fn f() {}",
            "#[cfg_attr(x, instrument)] async fn f() {}",
        ] {
            assert!(!never_waits(item), "{item}");
        }
    }
}
