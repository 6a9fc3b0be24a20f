//! Televisions and the boxes beside them.

use crate::user_agent::{
    rule::{ANY, Rule, Take, bare},
    scan::{Hit, Scan},
    text::{self, Part},
};

use super::model;

/// A rule without an own name takes the word as it is written.
pub(in crate::user_agent) const RULES: &[Rule] = &[
    Rule { word: "apple tv", name: "Apple", read: |_, _| Take::With(Part::Is("Apple TV")) },
    Rule { word: "appletv", name: "Apple", read: |_, _| Take::With(Part::Is("Apple TV")) },
    Rule { word: "crkey", name: "Google", read: |_, _| Take::With(Part::Is("Chromecast")) },
    Rule { word: "chromecast", name: "Google", read: model::element },
    Rule { word: "aft", name: "Amazon", read: fire_tv },
    Rule { word: "bravia", name: "Sony", read: bravia },
    Rule { word: "mitv-", name: "Xiaomi", read: model::element },
    Rule { word: "mibox", name: "Xiaomi", read: model::element },
    Rule { word: "aquos-tv", name: "Sharp", read: model::element },
    Rule { word: "(dtv;", name: "Sharp", read: bare },
    Rule { word: "technisat ", name: "TechniSat", read: model::rest },
    Rule { word: "lg netcast.tv", name: "LG", read: bare },
    Rule { word: "lg android tv", name: "LG", read: bare },
    Rule { word: "linux; netcast", name: "LG", read: bare },
    Rule { word: "smart-tv; linux; tizen", name: "Samsung", read: bare },
    Rule { word: "samsung smart-tv", name: "Samsung", read: bare },
    Rule { word: "maple;", name: "Samsung", read: maple },
    Rule { word: "roku", name: "Roku", read: roku },
    Rule { word: "web0s", name: ANY, read: bare },
    Rule { word: "nettv/", name: ANY, read: bare },
    Rule { word: "smart-tv", name: ANY, read: bare },
    Rule { word: "smarttv", name: ANY, read: bare },
    Rule { word: "smart tv", name: ANY, read: bare },
    Rule { word: "android tv", name: ANY, read: bare },
    Rule { word: "opera tv", name: ANY, read: bare },
    Rule { word: "googletv", name: ANY, read: bare },
    Rule { word: "hbbtv/", name: ANY, read: bare },
    Rule { word: "tv; rv:", name: ANY, read: bare },
];

/// `Maple;2011`.
fn maple(scan: &Scan<'_>, hit: Hit) -> Take {
    let year = text::run(scan.text, hit.end, |byte| byte.is_ascii_digit());
    Take::With(Part::Own(format!("SmartTV{}", &scan.text[year]).into()))
}

/// `AFTT`: the letters behind `AFT` are the model.
fn fire_tv(scan: &Scan<'_>, hit: Hit) -> Take {
    let model = text::run(scan.text, hit.end, |byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    let ends = [" build", ")", ";"].iter().any(|end| text::goes_on(scan.text, model.end, end));
    if ends && !model.is_empty() { Take::With(Part::exact(model)) } else { Take::Declined }
}

/// `BRAVIA 4K UR2 Build/…`.
fn bravia(scan: &Scan<'_>, hit: Hit) -> Take {
    let model = text::run(scan.text, hit.start, |byte| text::is_word(byte) || byte == b' ');
    let build = text::find(&scan.text[..model.end], hit.start, " build").unwrap_or(model.end);
    Take::With(Part::piece(scan.text, hit.start..build))
}

/// `Roku/DVP-8.10`, `Roku4640X/DVP-7.70`.
fn roku(scan: &Scan<'_>, hit: Hit) -> Take {
    let number = text::run(scan.text, hit.end, text::is_word);
    if !text::goes_on(scan.text, number.end, "/") {
        return Take::Bare;
    }
    let model = text::run(scan.text, number.end + 1, text::is_version);
    Take::or_bare((!model.is_empty()).then(|| Part::exact(model)))
}
