//! How a rule reads: a word, the name that it stands for, and how what follows is understood.

use super::{
    scan::{Hit, Mark, Scan, Table},
    text::{self, Part},
};

/// One row of a table: where the word stands, the name is meant, unless the reading declines.
///
/// Rows stand in the order of their rank: the first whose word is there, and whose reading takes it, decides.
pub(super) struct Rule {
    /// In lower case. It begins where a word begins; one that is written with `*` stands anywhere.
    pub(super) word: &'static str,
    /// What is named; an empty one is read from the agent as it is written there.
    pub(super) name: &'static str,
    /// How what follows is read.
    pub(super) read: fn(&Scan<'_>, Hit) -> Take,
}

/// A name with a version, or a vendor with a model.
#[derive(Debug, Clone, Default)]
pub(super) struct Found {
    pub(super) name: Option<Part>,
    pub(super) version: Option<Part>,
}

impl Found {
    /// What the first rule of a table makes of an agent.
    pub(super) fn first(scan: &Scan<'_>, table: Table) -> Option<Found> {
        scan.hits(table).find_map(|(rule, hit)| {
            let version = match (rule.read)(scan, hit) {
                Take::Declined => return None,
                Take::Bare => None,
                Take::With(version) => Some(version),
            };
            Some(Found { name: (rule.name != ANY).then(|| name(rule, scan, hit)), version })
        })
    }
}

/// In the place of a name: a word that many use, which tells nothing but the kind.
pub(super) const ANY: &str = "-";

/// What a reading makes of the words behind a word.
pub(super) enum Take {
    /// It is something else.
    Declined,
    /// A name without a version, or a vendor without a model.
    Bare,
    /// A version, or a model.
    With(Part),
}

impl Take {
    /// What there is, or a name alone.
    pub(super) fn or_bare(found: Option<Part>) -> Take {
        found.map_or(Take::Bare, Take::With)
    }

    /// Nothing, if this does not fit.
    pub(super) fn unless(self, wrong: bool) -> Take {
        if wrong { Take::Declined } else { self }
    }

    /// What there is, or nothing at all.
    pub(super) fn or_declined(found: Option<Part>) -> Take {
        found.map_or(Take::Declined, Take::With)
    }
}

/// The name of a rule: the table's, or the word as the agent writes it, without what separates it from the version.
fn name(rule: &Rule, scan: &Scan<'_>, hit: Hit) -> Part {
    if !rule.name.is_empty() {
        return Part::Is(rule.name);
    }
    let written = scan.text[hit.start..hit.end].trim_end_matches(['/', '-', '[', '(', ' ']);
    Part::exact(hit.start..hit.start + written.len())
}

/// The name alone.
pub(super) fn bare(_: &Scan<'_>, _: Hit) -> Take {
    Take::Bare
}

/// A version right behind the word, without which it is something else.
pub(super) fn version(scan: &Scan<'_>, hit: Hit) -> Take {
    Take::or_declined(version_at(scan.text, hit.end))
}

/// The same behind a `/` or a space, or right behind the word where it begins with a digit.
pub(super) fn spaced(scan: &Scan<'_>, hit: Hit) -> Take {
    let at = separated(scan.text, hit.end);
    let apart = at > hit.end || scan.text.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    Take::or_declined(version_at(scan.text, at).filter(|_| apart))
}

/// A version where there is one.
pub(super) fn maybe(scan: &Scan<'_>, hit: Hit) -> Take {
    let at = separated(scan.text, hit.end);
    let begins = scan.text.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    Take::or_bare(version_at(scan.text, at).filter(|_| begins))
}

/// The version that `Version/` tells, without which it is something else.
pub(super) fn told(scan: &Scan<'_>, _: Hit) -> Take {
    Take::or_declined(told_version(scan))
}

/// What stands behind `Version/`.
pub(super) fn told_version(scan: &Scan<'_>) -> Option<Part> {
    let found = text::run(scan.text, scan.at(Mark::Version)?.end, |byte| text::is_version(byte) || byte == b',');
    (!found.is_empty()).then(|| Part::exact(found))
}

/// The version that the text goes on with.
pub(super) fn version_at(text: &str, at: usize) -> Option<Part> {
    let found = text::run(text, at, text::is_version);
    (!found.is_empty()).then(|| Part::exact(found))
}

/// Behind one `/` or space and a `v` before a digit.
pub(super) fn separated(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    if matches!(bytes.get(at), Some(b'/' | b' ')) {
        at += 1;
    }
    let numbered = bytes.get(at).is_some_and(|byte| byte.eq_ignore_ascii_case(&b'v'));
    if numbered && bytes.get(at + 1).is_some_and(u8::is_ascii_digit) { at + 1 } else { at }
}
