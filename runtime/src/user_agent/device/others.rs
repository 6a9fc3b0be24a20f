//! Consoles, things to wear, and browsers in cars and loudspeakers.

use crate::user_agent::{
    rule::{Rule, Take, bare},
    scan::{Hit, Scan},
    text::{self, Part},
};

use super::model;

/// A rule without an own name takes the word as it is written.
pub(in crate::user_agent) const CONSOLES: &[Rule] = &[
    Rule { word: "ouya", name: "OUYA", read: bare },
    Rule { word: "nintendo ", name: "Nintendo", read: nintendo },
    Rule { word: "shield android tv", name: "Nvidia", read: model::element },
    Rule { word: "playstation ", name: "Sony", read: playstation },
    Rule { word: "xbox one", name: "Microsoft", read: |_, _| Take::With(Part::Is("Xbox One")) },
    Rule { word: "xbox", name: "Microsoft", read: |_, _| Take::With(Part::Is("Xbox")) },
];

pub(in crate::user_agent) const WEARABLES: &[Rule] = &[
    Rule { word: "pebbleapp", name: "Pebble", read: bare },
    Rule { word: "watch os", name: "Apple", read: watch },
    Rule { word: "watchos", name: "Apple", read: watch },
    Rule { word: "watch", name: "Apple", read: numbered_watch },
    Rule { word: "glass 1", name: "Google", read: glass },
    Rule { word: "glass 2", name: "Google", read: glass },
    Rule { word: "quest", name: "Facebook", read: quest },
];

pub(in crate::user_agent) const EMBEDDED: &[Rule] = &[
    Rule { word: "qtcarbrowser", name: "Tesla", read: bare },
    Rule { word: "tesla/", name: "Tesla", read: bare },
    Rule { word: "aeobc", name: "Amazon", read: model::token_whole },
    Rule { word: "aeota", name: "Amazon", read: model::token_whole },
];

/// `Nintendo Switch`, `Nintendo 3DS`.
fn nintendo(scan: &Scan<'_>, hit: Hit) -> Take {
    let model = text::run(scan.text, hit.end, |byte| byte.is_ascii_alphanumeric());
    Take::or_bare((!model.is_empty()).then(|| Part::exact(model)))
}

/// `PlayStation 4`, `PlayStation Vita`: the word belongs to the model.
fn playstation(scan: &Scan<'_>, hit: Hit) -> Take {
    let model = text::run(scan.text, hit.end, |byte| byte.is_ascii_alphanumeric());
    Take::With(Part::piece(scan.text, hit.start..model.end))
}

fn watch(scan: &Scan<'_>, hit: Hit) -> Take {
    Take::With(Part::exact(hit.start..hit.start + "watch".len()))
        .unless(!matches!(scan.text.as_bytes().get(hit.end), Some(b',' | b'/')))
}

/// `Watch4,3/5.3.8`.
fn numbered_watch(scan: &Scan<'_>, hit: Hit) -> Take {
    let number = text::run(scan.text, hit.end, |byte| byte.is_ascii_digit() || byte == b',');
    let versioned = text::goes_on(scan.text, number.end, "/");
    Take::With(Part::exact(hit.start..hit.end)).unless(number.is_empty() || !versioned)
}

fn glass(scan: &Scan<'_>, hit: Hit) -> Take {
    let android = text::find(scan.text, 0, "android").is_some_and(|at| at < hit.start);
    Take::With(Part::exact(hit.start..hit.start + "glass".len())).unless(!android)
}

/// `Quest 2`, `Quest Pro`.
fn quest(scan: &Scan<'_>, hit: Hit) -> Take {
    let more = [" 2", " 3s", " 3", " pro"].iter().find(|more| text::goes_on(scan.text, hit.end, more));
    let end = hit.end + more.map_or(0, |more| more.len());
    Take::With(Part::exact(hit.start..end)).unless(!text::ends(scan.text, end))
}
