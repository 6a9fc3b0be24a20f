//! Which engine draws the pages of an agent.

use super::{
    rule::{Found, version_at},
    scan::{Mark, Scan},
    text::{self, Part},
};

/// The first that holds.
pub(super) fn of(scan: &Scan<'_>) -> Found {
    edge(scan)
        .or_else(|| blink(scan))
        .or_else(|| named(scan, "presto/"))
        .or_else(|| first_named(scan))
        .or_else(|| khtml(scan))
        .or_else(|| links(scan))
        .or_else(|| icab(scan))
        .or_else(|| libweb(scan))
        .or_else(|| gecko(scan))
        .unwrap_or_default()
}

/// Of several the one that stands first: Internet Explorer on telephones goes on as if it were `WebKit`.
fn first_named(scan: &Scan<'_>) -> Option<Found> {
    let found = NAMED.iter().filter_map(|word| named(scan, word));
    found.min_by_key(|found| match found.name {
        Some(Part::Piece(start, _)) => start,
        _ => u16::MAX,
    })
}

/// Those whose name and version stand together.
const NAMED: &[&str] = &[
    "webkit/",
    "trident/",
    "netfront/",
    "netsurf/",
    "amaya/",
    "lynx/",
    "w3m/",
    "goanna/",
    "servo/",
    "flow/",
    "tasman ",
    "khtml/",
];

fn edge(scan: &Scan<'_>) -> Option<Found> {
    let at = scan.at(Mark::Edge).filter(|_| scan.has(Mark::Windows))?;
    Some(Found { name: Some(Part::Is("EdgeHTML")), version: version_at(scan.text, at.end) })
}

/// Chrome from 28 on says `WebKit/537.36` for ever; its own version is the engine's.
fn blink(scan: &Scan<'_>) -> Option<Found> {
    let webkit = scan.at(Mark::WebKit).filter(|webkit| text::goes_on(scan.text, webkit.end, "537.36"))?;
    let mut at = text::find(scan.text, webkit.end, "chrome/")? + "chrome/".len();
    // `Chromium/72 HeadlessChrome/72`: the last one counts.
    while let Some(next) = text::find(scan.text, at, "chrome/") {
        at = next + "chrome/".len();
    }
    (!text::goes_on(scan.text, at, "27"))
        .then(|| Found { name: Some(Part::Is("Blink")), version: version_at(scan.text, at) })
}

fn named(scan: &Scan<'_>, word: &str) -> Option<Found> {
    let at = text::find(scan.text, 0, word)?;
    let end = at + word.len();
    let version = text::run(scan.text, end, |byte| text::is_word(byte) || byte == b'.');
    if version.is_empty() || (!matches!(word, "webkit/" | "flow/") && !text::begins(scan.text, at)) {
        return None;
    }
    Some(Found { name: Some(Part::exact(at..end - 1)), version: Some(Part::exact(version)) })
}

/// `KHTML, like Gecko` is what everybody says; only Konqueror means it.
fn khtml(scan: &Scan<'_>) -> Option<Found> {
    scan.at(Mark::Khtml).map(|hit| Found { name: Some(Part::Is("KHTML")), version: version_at(scan.text, hit.end) })
}

/// `Links (2.8; …)`, `ELinks/0.12~pre5-4`.
fn links(scan: &Scan<'_>) -> Option<Found> {
    let at = text::find(scan.text, 0, "links")?;
    let separator = at + "links".len();
    let begin = text::run(scan.text, separator, |byte| b" (/".contains(&byte)).end;
    let version = text::run(scan.text, begin, |byte| text::is_word(byte) || byte == b'.');
    if begin == separator || version.is_empty() {
        return None;
    }
    Some(Found { name: Some(Part::Is("Links")), version: Some(Part::exact(version)) })
}

/// Its own engine until version 3.
fn icab(scan: &Scan<'_>) -> Option<Found> {
    let at = text::find(scan.text, 0, "icab")?;
    let begin = at + "icab/".len();
    matches!(scan.text.as_bytes().get(begin), Some(b'2' | b'3'))
        .then(|| Found { name: Some(Part::exact(at..begin - 1)), version: version_at(scan.text, begin) })
}

fn libweb(scan: &Scan<'_>) -> Option<Found> {
    text::find(scan.text, 0, "libweb")?;
    Some(Found { name: Some(Part::Is("LibWeb")), version: None })
}

/// `rv:138.0) Gecko/20100101`: the revision, of which nine characters are read, up to where a word ends.
fn gecko(scan: &Scan<'_>) -> Option<Found> {
    let revision = scan.at(Mark::Revision)?;
    let found = text::run(scan.text, revision.end, |byte| text::is_word(byte) || byte == b'.');
    let mut end = found.end.min(found.start + 9);
    let word = |at: usize| scan.text.as_bytes().get(at).is_some_and(|byte| text::is_word(*byte));
    while end > found.start && word(end - 1) == word(end) {
        end -= 1;
    }
    if end == found.start || !scan.follows(Mark::Gecko, end) {
        return None;
    }
    Some(Found { name: Some(Part::Is("Gecko")), version: Some(Part::exact(found.start..end)) })
}
