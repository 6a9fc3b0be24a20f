//! Which device an agent runs on: who makes it, which model it is, and what kind of thing.

mod codes;
mod model;
mod others;
mod phones;
mod tablets;
mod televisions;

pub(super) use others::{CONSOLES as CONSOLE_RULES, EMBEDDED as EMBEDDED_RULES, WEARABLES as WEARABLE_RULES};
pub(super) use phones::RULES as PHONE_RULES;
pub(super) use tablets::RULES as TABLET_RULES;
pub(super) use televisions::RULES as TELEVISION_RULES;

use super::{
    rule::{self, Take},
    scan::{CONSOLES, EMBEDDED, Mark, PHONES, Scan, TABLETS, TELEVISIONS, Table, WEARABLES},
    text::{self, Part},
};

/// What kind of thing a device is. A computer on a desk is none of these.
///
/// ```
/// use rutter::{UserAgent, user_agent::DeviceKind};
///
/// let tablet = UserAgent::new("Mozilla/5.0 (Linux; Android 13; SM-X700) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36");
/// assert_eq!(tablet.device().kind(), Some(DeviceKind::Tablet));
/// assert_eq!(DeviceKind::SmartTv.as_str(), "smarttv");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DeviceKind {
    /// A telephone, or a player of its size.
    Mobile,
    /// A tablet.
    Tablet,
    /// A television, or a box beside one.
    SmartTv,
    /// A games console.
    Console,
    /// A watch, or glasses.
    Wearable,
    /// A browser in a car or a loudspeaker.
    Embedded,
}

impl DeviceKind {
    /// The `type` that Next.js writes: `mobile`, `tablet`, `smarttv`, `console`, `wearable`, `embedded`.
    ///
    /// ```
    /// assert_eq!(rutter::user_agent::DeviceKind::Mobile.as_str(), "mobile");
    /// ```
    pub const fn as_str(self) -> &'static str {
        match self {
            DeviceKind::Mobile => "mobile",
            DeviceKind::Tablet => "tablet",
            DeviceKind::SmartTv => "smarttv",
            DeviceKind::Console => "console",
            DeviceKind::Wearable => "wearable",
            DeviceKind::Embedded => "embedded",
        }
    }
}

/// A device's maker, model and kind.
#[derive(Debug, Clone, Default)]
pub(super) struct Found {
    pub(super) vendor: Option<Part>,
    pub(super) model: Option<Part>,
    pub(super) kind: Option<DeviceKind>,
}

/// The tables in the order of their rank, and what they are tables of.
const TABLES: [(Table, DeviceKind); 6] = [
    (TELEVISIONS, DeviceKind::SmartTv),
    (CONSOLES, DeviceKind::Console),
    (WEARABLES, DeviceKind::Wearable),
    (EMBEDDED, DeviceKind::Embedded),
    (TABLETS, DeviceKind::Tablet),
    (PHONES, DeviceKind::Mobile),
];

/// Apple's own, then what the tables know, then the models of Android by their codes, then what the words say.
pub(super) fn of(scan: &Scan<'_>) -> Found {
    apple(scan)
        .or_else(|| hybrid(scan))
        .or_else(|| TABLES[..4].iter().find_map(|table| named(scan, table)))
        .or_else(|| codes::of(scan))
        .or_else(|| TABLES[4..].iter().find_map(|table| named(scan, table)))
        .or_else(|| apple_besides(scan))
        .unwrap_or_else(|| unknown(scan))
}

/// Applications name the device in their own way: `FBDV/iPhone12,1`, `ios/iPhone/14.2`.
fn apple_besides(scan: &Scan<'_>) -> Option<Found> {
    let at = text::find(scan.text, 0, "/iphone")? + 1;
    let model = text::run(scan.text, at, |byte| text::is_word(byte) || byte == b',');
    let kind = Some(DeviceKind::Mobile);
    Some(Found { vendor: Some(Part::Is("Apple")), model: Some(Part::exact(model)), kind })
}

fn apple(scan: &Scan<'_>) -> Option<Found> {
    for (word, kind) in APPLE {
        if let Some(at) = text::find(scan.text, 0, word) {
            let model = text::run(scan.text, at + 1, |byte| text::is_word(byte) || matches!(byte, b' ' | b','));
            let fixed = at + 1..at + word.len();
            let model = if *kind == Some(DeviceKind::Mobile) { model } else { fixed };
            return Some(Found {
                vendor: Some(Part::Is("Apple")),
                model: Some(Part::piece(scan.text, model)),
                kind: *kind,
            });
        }
    }
    None
}

const APPLE: &[(&str, Option<DeviceKind>)] = &[
    ("(iphone", Some(DeviceKind::Mobile)),
    ("(ipod", Some(DeviceKind::Mobile)),
    ("(ipad", Some(DeviceKind::Tablet)),
    // A computer, and an iPad that asks for the pages of computers.
    ("(macintosh", None),
];

/// `HbbTV/1.2.1 (; Philips; 32PHS5301/12; …)`: televisions name themselves in a fixed order (ETSI TS 102 796 §7.3.2.4).
fn hybrid(scan: &Scan<'_>) -> Option<Found> {
    let at = text::find(scan.text, 0, "hbbtv/")?;
    let kind = Some(DeviceKind::SmartTv);
    let version = text::run(scan.text, at + "hbbtv/".len(), text::is_version);
    let open = text::run(scan.text, version.end, |byte| byte == b' ').end;
    let mut elements = Vec::with_capacity(3);
    let mut start = open + 1;
    while text::goes_on(scan.text, open, "(") && elements.len() < 3 && start <= scan.text.len() {
        let element = text::run(scan.text, start, |byte| byte != b';');
        start = element.end + 1;
        elements.push(element);
    }
    let [_, vendor, model] = elements.try_into().ok()?;
    let named = scan.text[vendor.clone()].trim().starts_with(|first: char| first.is_ascii_alphanumeric());
    named.then(|| Found {
        vendor: Some(Part::piece(scan.text, vendor)),
        model: Some(Part::piece(scan.text, model)),
        kind,
    })
}

fn named(scan: &Scan<'_>, (table, kind): &(Table, DeviceKind)) -> Option<Found> {
    for (rule, hit) in scan.hits(*table) {
        let model = match (rule.read)(scan, hit) {
            Take::Declined => continue,
            Take::Bare => None,
            Take::With(model) => Some(model),
        };
        let vendor = (rule.name != ANY).then(|| rule::name(rule, scan, hit));
        return Some(Found { vendor, model, kind: Some(*kind) });
    }
    None
}

/// In the place of a vendor: a word that many use.
const ANY: &str = "-";

/// A device of which nothing is known but what browsers say of all.
fn unknown(scan: &Scan<'_>) -> Found {
    if let Some(kind) = television(scan) {
        return Found { kind: Some(kind), ..Found::default() };
    }
    if let Some(found) = android(scan) {
        return found;
    }
    Found { kind: handheld(scan), ..Found::default() }
}

fn television(scan: &Scan<'_>) -> Option<DeviceKind> {
    let words = ["hbbtv", "smart-tv", "smart tv", "smarttv", "android tv", "opera tv", "googletv", "tv; rv:"];
    words.iter().any(|word| text::find(scan.text, 0, word).is_some()).then_some(DeviceKind::SmartTv)
}

/// Browsers of Android say `Mobile` on telephones alone, right before `Safari`.
fn android(scan: &Scan<'_>) -> Option<Found> {
    let android = scan.at(Mark::Android)?;
    let model = model::of(scan)?;
    if scan.has(Mark::MobileSafari) {
        return Some(Found { vendor: None, model: Some(model), kind: Some(DeviceKind::Mobile) });
    }
    if text::find(scan.text, android.end, " safari").is_some() {
        return Some(Found { vendor: None, model: Some(model), kind: Some(DeviceKind::Tablet) });
    }
    if handheld(scan).is_some() || !scan.has(Mark::Build) {
        return None;
    }
    // No browser: what is known is the system.
    let system = text::run(scan.text, android.start, |byte| byte != b';' && byte != b')');
    let model = Part::piece(scan.text, system);
    Some(Found { vendor: Some(Part::Is("Generic")), model: Some(model), kind: None })
}

/// `Tablet;`, `Mobile;`, `Mobile/…`, `Mobile … Safari`, `Phone`.
fn handheld(scan: &Scan<'_>) -> Option<DeviceKind> {
    let agent = scan.text;
    let tablet = ["tablet;", "tablet/", "tab;", "tab/"]
        .iter()
        .any(|word| text::find(agent, 0, word).is_some_and(|at| text::begins(agent, at)));
    if tablet {
        return Some(DeviceKind::Tablet);
    }
    let focus = text::find(agent, 0, "focus/");
    if focus.is_some_and(|at| text::find(agent, at, "mobile").is_none()) {
        return Some(DeviceKind::Tablet);
    }
    let pda = text::find(agent, 0, "pda").is_some_and(|at| text::find(agent, at, "windows ce").is_some());
    let phone = text::find(agent, 0, "phone").is_some() || pda || mobile(agent);
    phone.then_some(DeviceKind::Mobile)
}

fn mobile(agent: &str) -> bool {
    let mut at = 0;
    while let Some(start) = text::find(agent, at, "mobile") {
        at = start + "mobile".len();
        match agent.as_bytes().get(at) {
            Some(b';' | b'/') => return true,
            Some(b' ') => {
                let words = text::run(agent, at, |byte| text::is_word(byte) || matches!(byte, b' ' | b'.' | b'/'));
                if text::find(&agent[words], 0, "safari").is_some() {
                    return true;
                }
            }
            _ => {}
        }
    }
    false
}
