//! How the words behind the name of a system are read.

use core::ops::Range;

use crate::user_agent::{
    rule::{self, Take, maybe},
    scan::{Hit, Mark, Scan},
    text::{self, Part},
};

/// `Windows Phone 8.0`, `Windows Mobile;`.
pub(super) fn phone(scan: &Scan<'_>, hit: Hit) -> Take {
    let found = text::run(scan.text, rule::separated(scan.text, hit.end), |byte| {
        text::is_word(byte) || matches!(byte, b'.' | b' ')
    });
    with(scan, found)
}

/// `Windows NT 10.0`, `Windows 98`, `Windows CE`; the first of them that has a version.
pub(super) fn windows(scan: &Scan<'_>, hit: Hit) -> Take {
    // A console runs a system of its own.
    if text::find(scan.text, hit.end, "xbox").is_some() {
        return Take::Declined;
    }
    let mut at = Some(hit.start);
    while let Some(start) = at {
        let begin = rule::separated(scan.text, start + "windows".len());
        if let Some(version) = windows_version(scan.text, begin) {
            return Take::With(version);
        }
        at = text::find(scan.text, begin, "windows");
    }
    Take::Declined
}

fn windows_version(agent: &str, at: usize) -> Option<Part> {
    if let Some(name) = ["ce", "xp", "vista"].iter().find(|name| text::goes_on(agent, at, name)) {
        return Some(Part::exact(at..at + name.len()));
    }
    let begin = if text::goes_on(agent, at, "nt ") { at + 3 } else { at };
    let number = text::run(agent, begin, |byte| byte.is_ascii_digit() || byte == b'.');
    if number.is_empty() {
        // `NT x.y`, as documentation writes it.
        let letter = begin > at && agent.as_bytes().get(begin).is_some_and(u8::is_ascii_alphanumeric);
        return letter.then(|| Part::exact(at..begin + 1));
    }
    Some(if begin > at { windows_nt(agent, at, number.end) } else { Part::exact(number) })
}

/// The name under which a number of NT was sold.
fn windows_nt(agent: &str, start: usize, end: usize) -> Part {
    let number = &agent[start + 3..end];
    let name = WINDOWS_NT.iter().find(|(nt, _)| *nt == number).map(|(_, name)| Part::Is(name));
    name.unwrap_or_else(|| Part::exact(start..end))
}

const WINDOWS_NT: &[(&str, &str)] = &[
    ("10.0", "10"),
    ("6.4", "10"),
    ("6.3", "8.1"),
    ("6.2", "8"),
    ("6.1", "7"),
    ("6.0", "Vista"),
    ("5.2", "XP"),
    ("5.1", "XP"),
    ("5.0", "2000"),
];

/// `Win98`, `Win 9x 4.90`, `WinNT4.0`.
pub(super) fn windows_9x(scan: &Scan<'_>, hit: Hit) -> Take {
    let begin = hit.start + "win".len();
    if text::goes_on(scan.text, hit.end, "4.90") {
        return Take::With(Part::Is("ME"));
    }
    with(scan, text::run(scan.text, begin, |byte| byte.is_ascii_digit() || b"ntNT.".contains(&byte)))
}

/// `CPU iPhone OS 17_5_1 like Mac OS X`.
pub(super) fn ios(scan: &Scan<'_>, hit: Hit) -> Take {
    let before = &scan.text[..hit.start];
    let begin = before.rfind(' ').map_or(0, |at| at + 1);
    let named = before[..begin].trim_end();
    let tail = named.len().checked_sub(2).and_then(|at| named.get(at..));
    let device = ["iphone", "ipad", "ipod"].iter().any(|name| text::find(named, 0, name).is_some());
    if !device || !tail.is_some_and(|tail| tail.eq_ignore_ascii_case("os")) {
        return Take::Declined;
    }
    Take::With(Part::rewritten(scan.text, begin..hit.start, '_', "."))
}

/// `MyApp/3 (iPhone; iOS 16.1; Scale/3.00)`.
pub(super) fn ios_of_application(scan: &Scan<'_>, hit: Hit) -> Take {
    let phone = text::find(scan.text, 0, "iphone").is_some_and(|at| at < hit.start);
    if phone { number(scan, hit) } else { Take::Declined }
}

pub(super) fn darwin(scan: &Scan<'_>, hit: Hit) -> Take {
    if text::find(scan.text, hit.end, "darwin").is_some() { Take::Bare } else { Take::Declined }
}

/// `Mac OS X 10_15_7`.
pub(super) fn mac(scan: &Scan<'_>, hit: Hit) -> Take {
    let found = text::run(scan.text, hit.end, |byte| text::is_word(byte) || matches!(byte, b'.' | b' '));
    if scan.text[found.clone()].trim().is_empty() {
        return Take::Bare;
    }
    Take::With(Part::rewritten(scan.text, found, '_', "."))
}

pub(super) fn before_haiku(scan: &Scan<'_>, hit: Hit) -> Take {
    if text::find(scan.text, hit.end, "haiku").is_some() { Take::Declined } else { Take::Bare }
}

/// Systems that say `Android 10` first.
pub(super) fn on_android(scan: &Scan<'_>, hit: Hit) -> Take {
    let Some(android) = scan.at(Mark::Android).filter(|android| android.start < hit.start) else {
        return Take::Declined;
    };
    Take::or_declined(rule::version_at(scan.text, android.end + 1))
}

/// `Android 10`, `Android-4.0.3`, `webOS/1.4`, `Maemo;`.
pub(super) fn dashed(scan: &Scan<'_>, hit: Hit) -> Take {
    let apart = matches!(scan.text.as_bytes().get(hit.end), Some(b'-' | b'/' | b' '));
    with(scan, words(scan, hit.end + usize::from(apart)))
}

/// `BlackBerry9700/5.0.0.351`.
pub(super) fn blackberry(scan: &Scan<'_>, hit: Hit) -> Take {
    let model = text::run(scan.text, hit.end, text::is_word);
    if text::goes_on(scan.text, model.end, "/") { with(scan, words(scan, model.end + 1)) } else { Take::Declined }
}

/// `(Mobile; rv:14.0) Gecko/14.0`: the version of Gecko is the system's.
pub(super) fn firefox_os(scan: &Scan<'_>, hit: Hit) -> Take {
    let comment = text::run(scan.text, hit.start, |byte| byte != b')');
    let Some(gecko) = text::find(scan.text, comment.end, "gecko/") else { return Take::Declined };
    if text::find(&scan.text[comment], 0, "rv:").is_none() {
        return Take::Declined;
    }
    Take::or_declined(rule::version_at(scan.text, gecko + "gecko/".len()))
}

/// `Web0S; Linux/SmartTV`.
pub(super) fn web0s(scan: &Scan<'_>, hit: Hit) -> Take {
    match text::find(scan.text, hit.end, "smarttv") {
        Some(_) => Take::With(Part::Is("TV")),
        None => Take::Bare,
    }
}

/// `Watch4,3/5.3.8`.
pub(super) fn watch(scan: &Scan<'_>, hit: Hit) -> Take {
    let model = text::run(scan.text, hit.end, |byte| byte.is_ascii_digit() || byte == b',');
    if !model.is_empty() && text::goes_on(scan.text, model.end, "/") {
        return with(scan, words(scan, model.end + 1));
    }
    Take::Declined
}

/// `CrOS x86_64 14541.0.0`.
pub(super) fn chromium_os(scan: &Scan<'_>, hit: Hit) -> Take {
    let machine = text::run(scan.text, hit.end, text::is_word);
    if text::goes_on(scan.text, machine.end, " ") { with(scan, words(scan, machine.end + 1)) } else { Take::Bare }
}

/// `Nintendo Switch`, `PlayStation 4`.
pub(super) fn console(scan: &Scan<'_>, hit: Hit) -> Take {
    let model = text::run(scan.text, hit.end, |byte| byte.is_ascii_alphanumeric());
    Take::or_declined((!model.is_empty()).then(|| Part::exact(model)))
}

/// `Xbox; Xbox Series X`.
pub(super) fn xbox(scan: &Scan<'_>, hit: Hit) -> Take {
    let Some(again) = text::find(scan.text, hit.end, "xbox ") else { return Take::Declined };
    with(scan, text::run(scan.text, again + "xbox ".len(), |byte| byte != b')' && byte != b';'))
}

pub(super) fn whole(scan: &Scan<'_>, hit: Hit) -> Take {
    if text::ends(scan.text, hit.end) { maybe(scan, hit) } else { Take::Declined }
}

/// `Debian GNU/Linux 8.1`, `Red Hat Enterprise Linux/4.3`, `Fedora/16-dev`, `gentoo-x86`.
pub(super) fn distribution(scan: &Scan<'_>, hit: Hit) -> Take {
    let mut at = hit.end;
    for more in [" gnu/linux", " enterprise", " linux", "-linux", "-gnu"] {
        if text::goes_on(scan.text, at, more) {
            at += more.len();
        }
    }
    let apart = matches!(scan.text.as_bytes().get(at), Some(b'-' | b'/' | b' '));
    at += usize::from(apart);
    // `Ubuntu Chromium/72` and `Debian package 4:3.5.9` tell the version of something else.
    if ["chrom", "package"].iter().any(|other| text::goes_on(scan.text, at, other)) {
        return Take::Bare;
    }
    with(scan, text::run(scan.text, at, text::is_version))
}

/// `Linux x86_64`: what follows has always been taken for a version.
pub(super) fn linux(scan: &Scan<'_>, hit: Hit) -> Take {
    let apart = text::goes_on(scan.text, hit.end, " ");
    with(scan, words(scan, hit.end + usize::from(apart)))
}

/// `FreeBSD 10.3`; a processor is no version.
pub(super) fn bsd(scan: &Scan<'_>, hit: Hit) -> Take {
    let at = rule::separated(scan.text, hit.end);
    let processor = ["amd", "i386", "i486", "i586", "i686", "x86"];
    if processor.iter().any(|name| text::goes_on(scan.text, at, name)) {
        return Take::Bare;
    }
    with(scan, words(scan, at))
}

/// A version that is a number.
pub(super) fn number(scan: &Scan<'_>, hit: Hit) -> Take {
    let found = text::run(scan.text, hit.end, |byte| byte.is_ascii_digit() || byte == b'.');
    if found.is_empty() { Take::Declined } else { Take::With(Part::exact(found)) }
}

fn words(scan: &Scan<'_>, at: usize) -> Range<usize> {
    text::run(scan.text, at, |byte| text::is_word(byte) || byte == b'.')
}

fn with(scan: &Scan<'_>, found: Range<usize>) -> Take {
    if scan.text[found.clone()].trim().is_empty() { Take::Bare } else { Take::With(Part::piece(scan.text, found)) }
}
