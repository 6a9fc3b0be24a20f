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
    rule,
    scan::{CONSOLES, EMBEDDED, Hit, Mark, PHONES, Scan, TABLETS, TELEVISIONS, Table, WEARABLES},
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
    let at = scan.at(Mark::IPhoneBesides)?.start + 1;
    let model = text::run(scan.text, at, |byte| text::is_word(byte) || byte == b',');
    let kind = Some(DeviceKind::Mobile);
    Some(Found { vendor: Some(Part::Is("Apple")), model: Some(Part::exact(model)), kind })
}

fn apple(scan: &Scan<'_>) -> Option<Found> {
    let (hit, kind) = APPLE.iter().find_map(|(mark, kind)| Some((scan.at(*mark)?, *kind)))?;
    // Telephones tell more behind the word: `iPhone12,1`.
    let more = text::run(scan.text, hit.end, |byte| text::is_word(byte) || matches!(byte, b' ' | b','));
    let end = if kind == Some(DeviceKind::Mobile) { more.end } else { hit.end };
    let model = Some(Part::piece(scan.text, hit.start + 1..end));
    Some(Found { vendor: Some(Part::Is("Apple")), model, kind })
}

const APPLE: [(Mark, Option<DeviceKind>); 4] = [
    (Mark::IPhone, Some(DeviceKind::Mobile)),
    (Mark::IPod, Some(DeviceKind::Mobile)),
    (Mark::IPad, Some(DeviceKind::Tablet)),
    // A computer, and an iPad that asks for the pages of computers.
    (Mark::Macintosh, None),
];

/// `HbbTV/1.2.1 (; Philips; 32PHS5301/12; …)`: televisions name themselves in a fixed order (ETSI TS 102 796 §7.3.2.4).
fn hybrid(scan: &Scan<'_>) -> Option<Found> {
    let kind = Some(DeviceKind::SmartTv);
    let version = text::run(scan.text, scan.at(Mark::HbbTv)?.end, text::is_version);
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
    let found = rule::Found::first(scan, *table)?;
    Some(Found { vendor: found.name, model: found.version, kind: Some(*kind) })
}

/// A device of which nothing is known but what browsers say of all.
fn unknown(scan: &Scan<'_>) -> Found {
    android(scan).unwrap_or_else(|| Found { kind: handheld(scan), ..Found::default() })
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
    let closed = |hit: Hit| matches!(agent.as_bytes().get(hit.end), Some(b';' | b'/'));
    if scan.at(Mark::Tablet).is_some_and(closed) || scan.at(Mark::Tab).is_some_and(closed) {
        return Some(DeviceKind::Tablet);
    }
    if scan.at(Mark::Focus).is_some_and(|hit| text::find(agent, hit.end, "mobile").is_none()) {
        return Some(DeviceKind::Tablet);
    }
    let pda = scan.at(Mark::Pda).is_some_and(|hit| text::find(agent, hit.end, "windows ce").is_some());
    let phone = scan.has(Mark::Phone) || pda || (scan.has(Mark::Mobile) && mobile(agent));
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
