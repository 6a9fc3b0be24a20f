//! Tablets and readers by the words that their makers write. Models that are codes stand in `codes`.

use crate::user_agent::{
    rule::{ANY, Rule, Take, bare, maybe},
    scan::{Hit, Scan},
    text::{self, Part},
};

use super::model;

/// A rule without an own name takes the word as it is written.
pub(in crate::user_agent) const RULES: &[Rule] = &[
    Rule { word: "sm-t", name: "Samsung", read: samsung },
    Rule { word: "sm-p", name: "Samsung", read: samsung },
    Rule { word: "sm-x", name: "Samsung", read: samsung },
    Rule { word: "gt-p", name: "Samsung", read: samsung },
    Rule { word: "gt-n51", name: "Samsung", read: model::token },
    Rule { word: "gt-n8", name: "Samsung", read: model::token },
    Rule { word: "sgh-t8", name: "Samsung", read: model::token },
    Rule { word: "galaxy tab", name: "Samsung", read: model::element },
    Rule { word: "sch-i8", name: "Samsung", read: model::token },
    Rule { word: "mi pad", name: "Xiaomi", read: model::element },
    Rule { word: "redmi pad", name: "Xiaomi", read: model::element },
    Rule { word: "mediapad", name: "Huawei", read: model::element },
    Rule { word: "matepad", name: "Huawei", read: model::element },
    Rule { word: "xoom", name: "Motorola", read: model::element },
    Rule { word: "mz60", name: "Motorola", read: model::token },
    Rule { word: "lg-v", name: "LG", read: lg },
    Rule { word: "lglk", name: "LG", read: lk },
    Rule { word: "lenovo tab", name: "Lenovo", read: lenovo },
    Rule { word: "lenovo tb", name: "Lenovo", read: lenovo },
    Rule { word: "lenovo yt", name: "Lenovo", read: lenovo },
    Rule { word: "lenovo s5000", name: "Lenovo", read: lenovo },
    Rule { word: "lenovo s6000", name: "Lenovo", read: lenovo },
    Rule { word: "lenovo a7600", name: "Lenovo", read: lenovo },
    Rule { word: "lenovo b6000", name: "Lenovo", read: lenovo },
    Rule { word: "ideatab", name: "Lenovo", read: model::element },
    Rule { word: "yoga tablet", name: "Lenovo", read: model::element },
    Rule { word: "pixel c", name: "Google", read: model::token_whole },
    Rule { word: "pixel tablet", name: "Google", read: model::token_whole },
    Rule { word: "nexus 7", name: "ASUS", read: model::token_whole },
    Rule { word: "nexus 9", name: "HTC", read: model::token_whole },
    Rule { word: "nexus 10", name: "Samsung", read: model::token_whole },
    Rule { word: "sony tablet", name: "Sony", read: xperia },
    Rule { word: "*sgp", name: "Sony", read: xperia },
    Rule { word: "playbook", name: "RIM", read: model::token_whole },
    Rule { word: "transformer", name: "ASUS", read: model::element },
    Rule { word: "eee pad", name: "ASUS", read: model::element },
    Rule { word: "padfone", name: "ASUS", read: model::word },
    Rule { word: "asus_p0", name: "ASUS", read: asus },
    Rule { word: "nook", name: "Barnes & Noble", read: model::element },
    Rule { word: "bntv", name: "Barnes & Noble", read: model::token },
    Rule { word: "bnrv", name: "Barnes & Noble", read: model::token },
    Rule { word: "kobo ", name: "Kobo", read: reader },
    Rule { word: "kindle fire", name: "Amazon", read: model::element },
    Rule { word: "kindle/", name: "Kindle", read: maybe },
    Rule { word: "alexa", name: "Amazon", read: model::word },
    Rule { word: "touchpad", name: "hp", read: touchpad },
    Rule { word: "hp slate", name: "hp", read: model::rest },
    Rule { word: "iconia", name: "Acer", read: model::element },
    Rule { word: "archos", name: "Archos", read: model::rest },
    Rule { word: "surface duo", name: "Microsoft", read: model::word },
    Rule { word: "le pan", name: "Le Pan", read: model::rest },
    Rule { word: "trinity", name: "Trinity", read: model::rest },
    Rule { word: "gigaset", name: "Gigaset", read: model::rest },
    Rule { word: "vodafone smart tab", name: "Vodafone", read: vodafone },
    Rule { word: "vodafone tab", name: "Vodafone", read: vodafone },
    Rule { word: "trio", name: "MachSpeed", read: model::element },
    Rule { word: "venue 7", name: "Dell", read: model::element },
    Rule { word: "venue 8", name: "Dell", read: model::element },
    Rule { word: "venue 10", name: "Dell", read: model::element },
    Rule { word: "dell streak", name: "Dell", read: model::rest },
    Rule { word: "dragon touch", name: "Dragon Touch", read: model::rest },
    Rule { word: "dt9", name: "Dragon Touch", read: dragon_touch },
    Rule { word: "zeki", name: "Zeki", read: model::element },
    Rule { word: "tb7", name: "Zeki", read: model::token },
    Rule { word: "tb8", name: "Zeki", read: model::token },
    Rule { word: "tu_", name: "Rotor", read: model::next },
    Rule { word: "k88 build", name: "ZTE", read: |_, hit| Take::With(Part::exact(hit.start..hit.start + 3)) },
    Rule { word: "shield tablet", name: "Nvidia", read: model::element },
    Rule { word: "opera tablet", name: ANY, read: bare },
];

/// A letter is not enough: `SM-T231`.
fn samsung(scan: &Scan<'_>, hit: Hit) -> Take {
    let digit = scan.text.as_bytes().get(hit.end).is_some_and(u8::is_ascii_digit);
    model::token(scan, hit).unless(!digit)
}

/// `LG-V500`; `LG-VS840` is a telephone.
fn lg(scan: &Scan<'_>, hit: Hit) -> Take {
    let number = text::run(scan.text, hit.end, |byte| byte.is_ascii_digit());
    Take::With(Part::exact(hit.end - 1..number.end)).unless(number.is_empty())
}

/// `LGLK430`.
fn lk(scan: &Scan<'_>, hit: Hit) -> Take {
    let number = text::run(scan.text, hit.end, |byte| byte.is_ascii_digit());
    Take::With(Part::exact(hit.end - 2..number.end)).unless(number.is_empty())
}

/// Behind the maker's name the word belongs to the model: `Lenovo TB-X304F`.
fn lenovo(scan: &Scan<'_>, hit: Hit) -> Take {
    model::rest(scan, Hit { start: hit.start, end: hit.start + "lenovo".len() })
}

/// `Vodafone Smart Tab 4G`.
fn vodafone(scan: &Scan<'_>, hit: Hit) -> Take {
    model::rest(scan, Hit { start: hit.start, end: hit.start + "vodafone".len() })
}

fn xperia(scan: &Scan<'_>, hit: Hit) -> Take {
    let known = scan.text.as_bytes().get(hit.end).is_some_and(|byte| byte.is_ascii_digit() || *byte == b' ');
    Take::With(Part::Is("Xperia Tablet")).unless(!known)
}

/// `ASUS_P00J`.
fn asus(scan: &Scan<'_>, hit: Hit) -> Take {
    model::rest(scan, Hit { start: hit.start, end: hit.start + "asus".len() })
}

/// `Kobo Touch 0377/4.20`.
fn reader(scan: &Scan<'_>, hit: Hit) -> Take {
    let model = text::run(scan.text, hit.end, |byte| byte.is_ascii_alphabetic());
    Take::or_bare((!model.is_empty()).then(|| Part::exact(model)))
}

fn touchpad(scan: &Scan<'_>, hit: Hit) -> Take {
    let hp = text::find(scan.text, 0, "hp").is_some_and(|at| at < hit.start);
    Take::With(Part::exact(hit.start..hit.end)).unless(!hp)
}

/// `DT9138B`.
fn dragon_touch(scan: &Scan<'_>, hit: Hit) -> Take {
    let model = text::run(scan.text, hit.end - 1, text::is_word);
    Take::With(Part::exact(model))
}
