//! Telephones by the words that their makers write. Models that are codes stand in `codes`.

use crate::user_agent::{
    rule::{ANY, Rule, Take, bare},
    scan::{Hit, Mark, Scan},
    text::{self, Part},
};

use super::model;

/// A rule without an own name takes the word as it is written.
pub(in crate::user_agent) const RULES: &[Rule] = &[
    Rule { word: "sm-", name: "Samsung", read: model::token },
    Rule { word: "gt-", name: "Samsung", read: model::token },
    Rule { word: "sch-", name: "Samsung", read: model::token },
    Rule { word: "sgh-", name: "Samsung", read: model::token },
    Rule { word: "sph-", name: "Samsung", read: model::token },
    Rule { word: "shv-e", name: "Samsung", read: model::token },
    Rule { word: "shw-m", name: "Samsung", read: model::token },
    Rule { word: "galaxy ", name: "Samsung", read: model::element },
    Rule { word: "samsung", name: "Samsung", read: samsung },
    Rule { word: "nexus 6p", name: "Huawei", read: model::token_whole },
    Rule { word: "nexus 6", name: "Motorola", read: model::token_whole },
    Rule { word: "nexus 5x", name: "LG", read: |_, hit| Take::With(Part::exact(hit.start..hit.end - 1)) },
    Rule { word: "nexus 5", name: "LG", read: model::token_whole },
    Rule { word: "nexus 4", name: "LG", read: model::token_whole },
    Rule { word: "nexus one", name: "HTC", read: model::token_whole },
    Rule { word: "huawei", name: "Huawei", read: huawei },
    Rule { word: "honor", name: "Huawei", read: huawei },
    Rule { word: "redmi", name: "Xiaomi", read: model::element },
    Rule { word: "poco", name: "Xiaomi", read: model::element },
    Rule { word: "mi ", name: "Xiaomi", read: model::element },
    Rule { word: "mix ", name: "Xiaomi", read: model::element },
    Rule { word: "mi-", name: "Xiaomi", read: xiaomi },
    Rule { word: "mi_", name: "Xiaomi", read: model::element },
    Rule { word: "hm ", name: "Xiaomi", read: model::element },
    Rule { word: "hm_", name: "Xiaomi", read: model::element },
    Rule { word: "build/hm", name: "Xiaomi", read: before_build },
    Rule { word: "build/huawei", name: "Huawei", read: before_build },
    Rule { word: "oppo", name: "OPPO", read: oppo },
    Rule { word: "vivo ", name: "Vivo", read: model::rest },
    Rule { word: "realme ", name: "Realme", read: model::element },
    Rule { word: "moto ", name: "Motorola", read: model::element },
    Rule { word: "moto g", name: "Motorola", read: model::element },
    Rule { word: "motorola", name: "Motorola", read: model::rest },
    Rule { word: "mot-", name: "Motorola", read: model::next },
    Rule { word: "xt1", name: "Motorola", read: model::token },
    Rule { word: "xt9", name: "Motorola", read: model::token },
    Rule { word: "xt8", name: "Motorola", read: model::token },
    Rule { word: "milestone", name: "Motorola", read: model::token_whole },
    Rule { word: "droid", name: "Motorola", read: droid },
    Rule { word: "lm-", name: "LG", read: model::token },
    Rule { word: "lg/", name: "LG", read: lg },
    Rule { word: "lg-", name: "LG", read: lg },
    Rule { word: "lge", name: "LG", read: lg },
    Rule { word: "lg ", name: "LG", read: lg },
    Rule { word: "lg;", name: "LG", read: lg },
    Rule { word: "lenovo", name: "Lenovo", read: model::next },
    Rule { word: "rx-51 n900", name: "Nokia", read: |_, hit| Take::With(Part::exact(hit.end - 4..hit.end)) },
    Rule { word: "lumia", name: "Nokia", read: lumia },
    Rule { word: "nokia;", name: "Nokia", read: model::rest },
    Rule { word: "nokia", name: "Nokia", read: model::next },
    Rule { word: "pixel", name: "Google", read: pixel },
    Rule { word: "xperia", name: "Sony", read: model::element },
    Rule { word: "sonyericsson", name: "SonyEricsson", read: model::next },
    Rule { word: "sony ", name: "Sony", read: model::next },
    Rule { word: "oneplus", name: "OnePlus", read: one_plus },
    Rule {
        word: "one a200",
        name: "OnePlus",
        read: |scan, hit| model::token(scan, Hit { start: hit.start + 4, ..hit }),
    },
    Rule { word: "(bb10; ", name: "BlackBerry", read: model::next },
    Rule { word: "blackberry", name: "BlackBerry", read: model::next },
    Rule { word: "zenfone", name: "ASUS", read: model::element },
    Rule { word: "asus", name: "ASUS", read: model::rest },
    Rule { word: "htc", name: "HTC", read: htc },
    Rule { word: "zte", name: "ZTE", read: zte },
    Rule { word: "alcatel", name: "ALCATEL", read: model::next },
    Rule { word: "geeksphone", name: "GeeksPhone", read: model::next },
    Rule { word: "panasonic", name: "Panasonic", read: model::next },
    Rule { word: "meizu", name: "Meizu", read: model::next },
    Rule { word: "mz-", name: "Meizu", read: model::next },
    Rule { word: "m5 note", name: "Meizu", read: model::token_whole },
    Rule { word: "m3 note", name: "Meizu", read: model::token_whole },
    Rule { word: "m2 note", name: "Meizu", read: model::token_whole },
    Rule { word: "sharp", name: "Sharp", read: model::next },
    Rule { word: "benq", name: "BenQ", read: model::next },
    Rule { word: "palm-", name: "Palm", read: model::next },
    Rule { word: "acer", name: "Acer", read: model::next },
    Rule { word: "dell", name: "Dell", read: model::next },
    Rule { word: "polytron", name: "Polytron", read: model::next },
    Rule { word: "infinix", name: "Infinix", read: model::rest },
    Rule { word: "tecno", name: "Tecno", read: model::rest },
    Rule { word: "itel", name: "itel", read: model::rest },
    Rule { word: "ulefone", name: "Ulefone", read: model::rest },
    Rule { word: "cubot", name: "Cubot", read: model::rest },
    Rule { word: "doogee", name: "Doogee", read: model::rest },
    Rule { word: "nothing", name: "Nothing", read: model::rest },
    Rule { word: "fairphone", name: "Fairphone", read: model::rest },
    Rule { word: "microsoft;", name: "Microsoft", read: model::rest },
    Rule { word: "jolla", name: "Jolla", read: bare },
    Rule { word: "sprint ", name: "Sprint", read: model::next },
    Rule { word: "sie-", name: "Siemens", read: model::next },
    Rule { word: "u304aa", name: "AT&T", read: model::token_whole },
    Rule { word: "ph-1", name: "Essential", read: model::token_whole },
    Rule { word: "lvtel", name: "LvTel", read: model::next },
    Rule { word: "v11 build", name: "LvTel", read: |_, hit| Take::With(Part::exact(hit.start..hit.start + 3)) },
    Rule { word: "v75 build", name: "Voice", read: |_, hit| Take::With(Part::exact(hit.start..hit.start + 3)) },
    Rule { word: "opera mobi", name: ANY, read: bare },
];

/// `SAMSUNG; SGH-i917` is found by its model; `Samsung` alone makes other things too.
fn samsung(scan: &Scan<'_>, hit: Hit) -> Take {
    let apart = matches!(scan.text.as_bytes().get(hit.end), Some(b'-' | b' '));
    if !apart || text::find(scan.text, 0, "browser").is_some_and(|at| at == hit.end) {
        return Take::Declined;
    }
    let model = text::run(scan.text, hit.end + 1, |byte| text::is_word(byte) || byte == b'-');
    Take::or_declined((!model.is_empty()).then(|| Part::exact(model)))
}

/// `HUAWEI U9508 Build/HuaweiU9508`; `HuaweiBrowser` is none.
fn huawei(scan: &Scan<'_>, hit: Hit) -> Take {
    model::rest(scan, hit).unless(text::goes_on(scan.text, hit.end, "browser"))
}

/// `OPPO R7s`; `OppoBrowser` is none.
fn oppo(scan: &Scan<'_>, hit: Hit) -> Take {
    model::rest(scan, hit).unless(text::goes_on(scan.text, hit.end, "browser"))
}

/// `MI-ONE Plus`; not any word that ends in these letters.
fn xiaomi(scan: &Scan<'_>, hit: Hit) -> Take {
    model::element(scan, hit).unless(!scan.has(Mark::Android))
}

/// `2013023 Build/HM2013023`: the build tells the maker, what stands before it the model.
fn before_build(scan: &Scan<'_>, _: Hit) -> Take {
    Take::or_declined(model::of(scan))
}

/// A model of that name, not the end of `Android`.
fn droid(scan: &Scan<'_>, hit: Hit) -> Take {
    model::element(scan, hit).unless(!scan.has(Mark::Build))
}

fn lg(scan: &Scan<'_>, hit: Hit) -> Take {
    let start = hit.end + usize::from(matches!(scan.text.as_bytes().get(hit.end), Some(b'-' | b'/' | b' ')));
    let model = text::run(scan.text, start, text::is_word);
    let other = ["browser", "netcast", "android tv"].iter().any(|word| text::goes_on(scan.text, model.start, word));
    Take::or_declined((!model.is_empty() && !other).then(|| Part::exact(model)))
}

/// `NOKIA; Lumia 920`, but `Microsoft; Lumia 950`.
fn lumia(scan: &Scan<'_>, hit: Hit) -> Take {
    model::element(scan, hit).unless(text::find(scan.text, 0, "microsoft;").is_some())
}

/// A `Pixel 3a XL`; where a word is written to it, it is something else.
fn pixel(scan: &Scan<'_>, hit: Hit) -> Take {
    let own = scan.has(Mark::Android) && matches!(scan.text.as_bytes().get(hit.end), Some(b' ' | b')' | b';'));
    model::element(scan, hit).unless(!own)
}

/// `OnePlus One A0001`, `ONEPLUS A6003`: the last word is the model.
fn one_plus(scan: &Scan<'_>, hit: Hit) -> Take {
    let Take::With(Part::Piece(start, end)) = model::rest(scan, hit) else { return Take::Bare };
    let (start, end) = (usize::from(start), usize::from(end));
    let last = scan.text[start..end].rfind(' ').map_or(start, |at| start + at + 1);
    Take::With(Part::exact(last..end))
}

/// `HTC Flyer P510e Build/…`, or one word where the element goes on otherwise.
fn htc(scan: &Scan<'_>, hit: Hit) -> Take {
    let start = hit.end + usize::from(matches!(scan.text.as_bytes().get(hit.end), Some(b'-' | b'_' | b' ' | b';')));
    let words = text::run(scan.text, start, |byte| text::is_word(byte) || byte == b' ');
    let build = text::find(&scan.text[..words.end], start, " build");
    let closed = text::goes_on(scan.text, words.end, ")").then_some(words.end);
    let end = build.or(closed).unwrap_or_else(|| text::run(scan.text, start, text::is_word).end);
    if end == start { Take::Bare } else { Take::With(Part::rewritten(scan.text, start..end, '_', " ")) }
}

/// `ZTE-Z431/1.4.0`, `ZTE BLADE V0730`.
fn zte(scan: &Scan<'_>, hit: Hit) -> Take {
    let apart = matches!(scan.text.as_bytes().get(hit.end), Some(b'-' | b' ' | b'_'));
    model::rest(scan, hit).unless(!apart)
}
