//! What kind of processor an agent names.

use super::{
    rule::{Rule, Take, bare},
    scan::{CPUS, Hit, Scan},
    text,
};

/// The first rule that holds.
pub(super) fn of(scan: &Scan<'_>) -> Option<&'static str> {
    scan.hits(CPUS).find(|(rule, hit)| !matches!((rule.read)(scan, *hit), Take::Declined)).map(|(rule, _)| rule.name)
}

/// The common ones count at the end of an element of a comment only: `x86_64 14541.0.0` has never counted.
pub(super) const RULES: &[Rule] = &[
    Rule { word: "*amd64", name: "amd64", read: closed },
    Rule { word: "*x86_64", name: "amd64", read: closed },
    Rule { word: "*x86-64", name: "amd64", read: closed },
    Rule { word: "*x64", name: "amd64", read: closed },
    Rule { word: "*wow64", name: "amd64", read: closed },
    Rule { word: "*win64", name: "amd64", read: closed },
    Rule { word: "*ia32;", name: "ia32", read: bare },
    Rule { word: "*i386", name: "ia32", read: closed },
    Rule { word: "*i486", name: "ia32", read: closed },
    Rule { word: "*i586", name: "ia32", read: closed },
    Rule { word: "*i686", name: "ia32", read: closed },
    Rule { word: "*x86", name: "ia32", read: closed },
    Rule { word: "aarch64", name: "arm64", read: whole },
    Rule { word: "arm64", name: "arm64", read: whole },
    Rule { word: "arm_64", name: "arm64", read: whole },
    Rule { word: "armv8", name: "arm64", read: whole },
    Rule { word: "armv8l", name: "arm64", read: whole },
    Rule { word: "armhf", name: "armhf", read: whole },
    Rule { word: "armv7hl", name: "armhf", read: whole },
    Rule { word: "windows ce; ppc;", name: "arm", read: bare },
    Rule { word: "windows mobile; ppc;", name: "arm", read: bare },
    Rule { word: "ppc mac", name: "ppc", read: bare },
    Rule { word: "ppc;", name: "ppc", read: bare },
    Rule { word: "ppc)", name: "ppc", read: bare },
    Rule { word: "ppc64", name: "ppc64", read: closed },
    Rule { word: "*powerpc mac", name: "ppc", read: bare },
    Rule { word: "*powerpc;", name: "ppc", read: bare },
    Rule { word: "*powerpc)", name: "ppc", read: bare },
    Rule { word: "sun4", name: "sparc", read: bare },
    Rule { word: "ia64;", name: "ia64", read: bare },
    Rule { word: "68k)", name: "68k", read: bare },
    Rule { word: "arm;", name: "arm", read: bare },
    Rule { word: "armv", name: "arm", read: numbered },
    Rule { word: "armeabi", name: "arm", read: bare },
    Rule { word: "irix64", name: "irix64", read: whole },
    Rule { word: "irix", name: "irix", read: whole },
    Rule { word: "mips64", name: "mips64", read: whole },
    Rule { word: "mips", name: "mips", read: whole },
    Rule { word: "sparc64", name: "sparc64", read: whole },
    Rule { word: "sparc", name: "sparc", read: whole },
    Rule { word: "pa-risc", name: "pa-risc", read: bare },
];

/// The end of an element of a comment.
fn closed(scan: &Scan<'_>, hit: Hit) -> Take {
    if ends_with(scan, hit) { Take::Bare } else { Take::Declined }
}

/// It may stand twice, as in `Linux i686 on x86_64)`; any of the places counts.
fn ends_with(scan: &Scan<'_>, hit: Hit) -> bool {
    let word = &scan.text[hit.start..hit.end];
    let mut at = Some(hit.start);
    while let Some(start) = at {
        if matches!(scan.text.as_bytes().get(start + word.len()), Some(b';' | b')')) {
            return true;
        }
        at = text::find(scan.text, start + 1, word);
    }
    false
}

fn whole(scan: &Scan<'_>, hit: Hit) -> Take {
    if text::ends(scan.text, hit.end) { Take::Bare } else { Take::Declined }
}

fn numbered(scan: &Scan<'_>, hit: Hit) -> Take {
    if scan.text.as_bytes().get(hit.end).is_some_and(u8::is_ascii_digit) { Take::Bare } else { Take::Declined }
}
