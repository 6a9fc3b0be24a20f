//! How the words behind the name of a browser are read.

use crate::user_agent::{
    rule::{Take, spaced, told, told_version, version, version_at},
    scan::{Hit, Mark, Scan},
    text::{self, Part},
};

/// `Opera/9.80 … Version/12.16`: since version 10 the name says 9.80, for pages that read one digit.
pub(super) fn opera(scan: &Scan<'_>, hit: Hit) -> Take {
    match told_version(scan) {
        Some(version) => Take::With(version),
        None => spaced(scan, hit),
    }
}

/// The window in the application of Naver is not the browser of Naver.
pub(super) fn whale(scan: &Scan<'_>, hit: Hit) -> Take {
    if text::find(scan.text, hit.end, "naver").is_some() { Take::Declined } else { version(scan, hit) }
}

/// `__weibo__8.9.3__iphone__os12.0`.
pub(super) fn weibo(scan: &Scan<'_>, hit: Hit) -> Take {
    let found = text::run(scan.text, hit.end, |byte| byte.is_ascii_digit() || byte == b'.');
    Take::or_declined((!found.is_empty()).then(|| Part::exact(found)))
}

/// `JUC … UCWEB7.9.3.103`; a `UCWEB/2.0` behind another name says nothing.
pub(super) fn ucweb(scan: &Scan<'_>, hit: Hit) -> Take {
    if text::find(scan.text, 0, "juc").is_some() { spaced(scan, hit) } else { Take::Declined }
}

/// On computers the version is that of the browser within.
pub(super) fn desktop_wechat(scan: &Scan<'_>, _: Hit) -> Take {
    Take::or_bare(behind(scan, "qbcore/"))
}

/// `Trident/7.0; rv:11.0`.
pub(super) fn revision(scan: &Scan<'_>, hit: Hit) -> Take {
    let spelled = ["rv:", "rv "].iter().find_map(|word| text::find(scan.text, hit.end, word));
    let found = spelled.and_then(|at| version_at(scan.text, at + "rv:".len()));
    Take::or_declined(found)
}

/// Such a window answers as one, as all do.
pub(super) fn outside_of_web_view(scan: &Scan<'_>, hit: Hit) -> Take {
    if text::find(scan.text, 0, "wv)").is_some() { Take::Declined } else { version(scan, hit) }
}

pub(super) fn electron(scan: &Scan<'_>, hit: Hit) -> Take {
    if scan.follows(Mark::Safari, hit.end) { version(scan, hit) } else { Take::Declined }
}

pub(super) fn facebook(scan: &Scan<'_>, _: Hit) -> Take {
    Take::or_bare(behind(scan, "fbav/"))
}

/// `NAVER(inapp; search; 1010; 11.11.2)`: the fourth of the list.
pub(super) fn naver(scan: &Scan<'_>, hit: Hit) -> Take {
    let list = text::run(scan.text, hit.end, |byte| byte != b')');
    let fourth = scan.text[list.clone()].match_indices("; ").nth(2).map(|(at, _)| list.start + at + 2);
    Take::or_declined(fourth.and_then(|at| version_at(scan.text, at)))
}

pub(super) fn app_version(scan: &Scan<'_>, _: Hit) -> Take {
    Take::or_declined(behind(scan, "app_version/").or_else(|| behind(scan, "musical_ly_")))
}

/// `; wv)` and, where it is told, the version of Chrome.
pub(super) fn web_view(scan: &Scan<'_>, _: Hit) -> Take {
    Take::or_declined(behind(scan, "chrome/"))
}

/// `Android … Version/4.0 … Safari`; later systems have Chrome, which tells no `Version`.
pub(super) fn android(scan: &Scan<'_>, hit: Hit) -> Take {
    match scan.at(Mark::Version) {
        Some(at) if at.start > hit.start && scan.follows(Mark::Safari, at.end) => told(scan, hit),
        _ => Take::Declined,
    }
}

/// `Version/17.5 Mobile/15E148 Safari/604.1`.
pub(super) fn mobile_safari(scan: &Scan<'_>, _: Hit) -> Take {
    let Some(told) = scan.at(Mark::Version) else { return Take::Declined };
    let Some(mobile) = text::find(scan.text, told.end, "mobile/") else { return Take::Declined };
    let next = text::run(scan.text, mobile + "mobile/".len(), text::is_word).end;
    if text::goes_on(scan.text, next, " safari") { Take::or_declined(told_version(scan)) } else { Take::Declined }
}

/// Before version 3 only the build says which it is.
pub(super) fn safari(scan: &Scan<'_>, hit: Hit) -> Take {
    if let Some(told) = scan.at(Mark::Version)
        && scan.follows(Mark::Safari, told.end)
    {
        return Take::or_declined(told_version(scan));
    }
    if !scan.has(Mark::WebKit) {
        return Take::Declined;
    }
    // One without a build is not told apart from any other WebKit.
    let Some(build) = last_build(scan.text, hit.start) else { return Take::Declined };
    let version = OLD_SAFARI.iter().find(|(old, _)| build.starts_with(old));
    Take::or_bare(version.map(|(_, version)| Part::Is(version)))
}

fn last_build(agent: &str, mut at: usize) -> Option<&str> {
    let mut build = None;
    while let Some(next) = text::find(agent, at, "safari/") {
        at = next + "safari/".len();
        let found = text::run(agent, at, text::is_version);
        build = (!found.is_empty()).then(|| &agent[found]).or(build);
    }
    build
}

/// What a build of Safari begins with, and its version.
const OLD_SAFARI: &[(&str, &str)] =
    &[("412", "2.0"), ("416", "2.0.2"), ("417", "2.0.3"), ("419", "2.0.4"), ("8", "1.0"), ("1", "1.2"), ("3", "1.3")];

/// A browser of Gecko that says nothing else.
pub(super) fn mozilla(scan: &Scan<'_>, hit: Hit) -> Take {
    let Some(revision) = scan.at(Mark::Revision) else { return Take::Declined };
    let gecko = text::find(scan.text, revision.end, "gecko/");
    if gecko.is_some() { version(scan, hit) } else { Take::Declined }
}

/// `Obigo-Q05A/3.6`, `Obigo/WAP2.0`.
pub(super) fn dashed(scan: &Scan<'_>, hit: Hit) -> Take {
    Take::or_declined(version_at(scan.text, hit.end + 1))
}

/// `23.lts.1.0-qa`: the numbers of it.
pub(super) fn cobalt(scan: &Scan<'_>, hit: Hit) -> Take {
    let found = text::run(scan.text, hit.end, |byte| text::is_word(byte) || byte == b'.');
    let version = &scan.text[found.clone()];
    let branch = ["master.", "lts."].into_iter().find(|branch| version.contains(branch));
    Take::With(branch.map_or(Part::exact(found), |branch| Part::Own(version.replacen(branch, "", 1).into())))
}

/// The version behind a word that stands anywhere.
fn behind(scan: &Scan<'_>, word: &str) -> Option<Part> {
    version_at(scan.text, text::find(scan.text, 0, word)? + word.len())
}
