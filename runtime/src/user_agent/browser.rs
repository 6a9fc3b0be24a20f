//! Which browser an agent is: the words by which each tells itself from those whose words it repeats.
//!
//! Nearly every browser says that it is Mozilla, Chrome and Safari as well, so the rarest word comes first.

use core::ops::Range;

use super::{
    rule::{Rule, Take, bare, maybe, name, spaced, told, told_version, version, version_at},
    scan::{BROWSERS, Hit, Mark, Scan},
    text::{self, Part},
};

/// A browser's name and version.
#[derive(Debug, Clone, Default)]
pub(super) struct Found {
    pub(super) name: Option<Part>,
    pub(super) version: Option<Part>,
}

/// The first rule that holds.
pub(super) fn of(scan: &Scan<'_>) -> Found {
    for (rule, hit) in scan.hits(BROWSERS) {
        let version = match (rule.read)(scan, hit) {
            Take::Declined => continue,
            Take::Bare => None,
            Take::With(version) => Some(version),
        };
        return Found { name: Some(name(rule, scan, hit)), version };
    }
    Found::default()
}

/// The digits that a version begins with.
pub(super) fn major(version: &str) -> Range<usize> {
    let start = version.bytes().position(|byte| byte.is_ascii_digit()).unwrap_or(0);
    text::run(version, start, |byte| byte.is_ascii_digit())
}

/// A rule without an own name takes the word as it is written.
pub(super) const RULES: &[Rule] = &[
    Rule { word: "crios/", name: "Chrome", read: version },
    Rule { word: "crmo/", name: "Chrome", read: version },
    Rule { word: "edg/", name: "Edge", read: version },
    Rule { word: "edga/", name: "Edge", read: version },
    Rule { word: "edgios/", name: "Edge", read: version },
    Rule { word: "edge/", name: "Edge", read: version },
    // Opera, before Chromium by its own name and since by `OPR`.
    Rule { word: "opera mini/", name: "", read: version },
    Rule { word: "opera mobi", name: "", read: told },
    Rule { word: "opera tablet", name: "", read: told },
    Rule { word: "opera", name: "", read: opera },
    Rule { word: "opios/", name: "Opera Mini", read: version },
    Rule { word: "opx/", name: "Opera GX", read: version },
    Rule { word: "oprgx/", name: "Opera GX", read: version },
    Rule { word: "opr/", name: "Opera", read: version },
    // Browsers around the engine of another.
    Rule { word: "kindle/", name: "", read: version },
    Rule { word: "lunascape", name: "", read: maybe },
    Rule { word: "maxthon", name: "", read: maybe },
    Rule { word: "mxios/", name: "Maxthon", read: version },
    Rule { word: "netfront", name: "", read: maybe },
    Rule { word: "jasmine", name: "", read: maybe },
    Rule { word: "blazer", name: "", read: maybe },
    // With the space, as it is answered elsewhere.
    Rule { word: "avant ", name: "Avant ", read: bare },
    Rule { word: "iemobile", name: "", read: maybe },
    Rule { word: "slimbrowser", name: "Slim", read: maybe },
    Rule { word: "slimboat", name: "Slim", read: maybe },
    Rule { word: "baidubrowser", name: "", read: spaced },
    Rule { word: "bidubrowser", name: "", read: spaced },
    Rule { word: "msie ", name: "IE", read: version },
    Rule { word: "(ie ", name: "IE", read: version },
    Rule { word: "flock/", name: "", read: version },
    Rule { word: "rockmelt/", name: "", read: version },
    Rule { word: "midori/", name: "", read: version },
    Rule { word: "epiphany/", name: "", read: version },
    Rule { word: "silk/", name: "", read: version },
    Rule { word: "skyfire/", name: "", read: version },
    Rule { word: "*ovibrowser/", name: "Ovi", read: version },
    Rule { word: "bolt/", name: "", read: version },
    Rule { word: "iron/", name: "", read: version },
    Rule { word: "vivaldi/", name: "", read: version },
    Rule { word: "iridium/", name: "", read: version },
    Rule { word: "phantomjs/", name: "", read: version },
    Rule { word: "bowser/", name: "", read: version },
    Rule { word: "quark/", name: "", read: version },
    Rule { word: "qupzilla/", name: "", read: version },
    Rule { word: "falkon/", name: "", read: version },
    Rule { word: "rekonq/", name: "", read: version },
    Rule { word: "puffin/", name: "", read: version },
    Rule { word: "brave/", name: "", read: version },
    Rule { word: "whale/", name: "", read: whale },
    Rule { word: "qqbrowserlite/", name: "", read: version },
    Rule { word: "qq/", name: "", read: version },
    Rule { word: "duckduckgo/", name: "", read: version },
    Rule { word: "heytapbrowser/", name: "HeyTap", read: version },
    Rule { word: "*__weibo__", name: "weibo", read: weibo },
    Rule { word: "*ucbrowser", name: "UCBrowser", read: spaced },
    Rule { word: "ubrowser", name: "UCBrowser", read: spaced },
    Rule { word: "uc browser", name: "UCBrowser", read: spaced },
    Rule { word: "*ucweb", name: "UCBrowser", read: ucweb },
    Rule { word: "windowswechat", name: "WeChat(Win) Desktop", read: desktop_wechat },
    Rule { word: "micromessenger/", name: "WeChat", read: version },
    Rule { word: "konqueror/", name: "Konqueror", read: version },
    // Internet Explorer 11 does not say its name.
    Rule { word: "trident/", name: "IE", read: revision },
    Rule { word: "yasearchbrowser/", name: "Yandex", read: version },
    Rule { word: "yabrowser/", name: "Yandex", read: version },
    Rule { word: "slbrowser/", name: "Smart Lenovo Browser", read: version },
    Rule { word: "avast/", name: "Avast Secure Browser", read: version },
    Rule { word: "avg/", name: "AVG Secure Browser", read: version },
    Rule { word: "focus/", name: "Firefox Focus", read: version },
    Rule { word: "klar/", name: "Firefox Klar", read: version },
    Rule { word: "opt/", name: "Opera Touch", read: version },
    Rule { word: "coc_coc_browser/", name: "Coc Coc", read: version },
    Rule { word: "dolfin/", name: "Dolphin", read: version },
    Rule { word: "coast/", name: "Opera Coast", read: version },
    Rule { word: "miuibrowser/", name: "MIUI Browser", read: version },
    Rule { word: "fxios/", name: "Firefox", read: version },
    Rule { word: "qhbrowser", name: "360 Browser", read: maybe },
    Rule { word: "qihubrowser", name: "360 Browser", read: maybe },
    Rule { word: "qihu", name: "360 Browser", read: maybe },
    Rule { word: "360se", name: "360 Browser", read: maybe },
    Rule { word: "360ee", name: "360 Browser", read: maybe },
    Rule { word: "oculusbrowser/", name: "Oculus Browser", read: version },
    Rule { word: "samsungbrowser/", name: "Samsung Browser", read: version },
    Rule { word: "sailfishbrowser/", name: "Sailfish Browser", read: version },
    Rule { word: "huaweibrowser/", name: "Huawei Browser", read: version },
    Rule { word: "picobrowser/", name: "Pico Browser", read: version },
    Rule { word: "wolvic/", name: "Wolvic", read: version },
    Rule { word: "vivobrowser/", name: "Vivo Browser", read: outside_of_web_view },
    Rule { word: "comodo_dragon/", name: "Comodo Dragon", read: version },
    Rule { word: "electron/", name: "", read: electron },
    Rule { word: "qtcarbrowser", name: "Tesla", read: maybe },
    Rule { word: "tesla/", name: "Tesla", read: version },
    Rule { word: "*qqbrowser", name: "QQBrowser", read: spaced },
    Rule { word: "baiduboxapp/", name: "", read: version },
    Rule { word: "2345explorer/", name: "", read: version },
    Rule { word: "metasr", name: "", read: bare },
    Rule { word: "lbbrowser", name: "", read: bare },
    // Windows of applications for the web.
    Rule { word: "linkedinapp", name: "LinkedIn", read: bare },
    Rule { word: "fban/", name: "Facebook", read: facebook },
    Rule { word: "fb_iab/", name: "Facebook", read: facebook },
    Rule { word: "fbav/", name: "Facebook", read: version },
    Rule { word: "kakaotalk", name: "", read: spaced },
    Rule { word: "kakaostory", name: "", read: spaced },
    Rule { word: "naver(", name: "", read: naver },
    Rule { word: "line/", name: "Line", read: version },
    Rule { word: "alipayclient/", name: "Alipay", read: version },
    Rule { word: "chromium/", name: "", read: version },
    Rule { word: "instagram ", name: "", read: version },
    Rule { word: "gsa/", name: "GSA", read: version },
    Rule { word: "musical_ly", name: "TikTok", read: app_version },
    Rule { word: "bytedancewebview/", name: "TikTok", read: app_version },
    Rule { word: "headlesschrome", name: "Chrome Headless", read: maybe },
    Rule { word: "*wv)", name: "Chrome WebView", read: web_view },
    // The browser that came with Android, in a window of an application too.
    Rule { word: "*android", name: "Android Browser", read: android },
    Rule { word: "chrome/", name: "", read: version },
    Rule { word: "omniweb/", name: "", read: spaced },
    Rule { word: "arora/", name: "", read: version },
    Rule { word: "tizen browser/", name: "", read: version },
    Rule { word: "nokiabrowser/", name: "", read: version },
    // Safari, which tells its version elsewhere.
    Rule { word: "safari", name: "Mobile Safari", read: mobile_safari },
    Rule { word: "*safari", name: "Safari", read: safari },
    Rule { word: "*webkit/", name: "", read: version },
    Rule { word: "khtml/", name: "", read: version },
    // Those around Gecko.
    Rule { word: "netscape6/", name: "Netscape", read: version },
    Rule { word: "netscape/", name: "Netscape", read: version },
    Rule { word: "navigator/", name: "Netscape", read: version },
    Rule { word: "mobile vr;", name: "Firefox Reality", read: revision },
    Rule { word: "flow/", name: "", read: version },
    Rule { word: "swiftfox", name: "", read: maybe },
    Rule { word: "icedragon", name: "", read: spaced },
    Rule { word: "iceweasel", name: "", read: spaced },
    Rule { word: "camino", name: "", read: spaced },
    Rule { word: "chimera", name: "", read: spaced },
    Rule { word: "fennec", name: "", read: spaced },
    Rule { word: "maemo browser", name: "", read: spaced },
    Rule { word: "minimo", name: "", read: spaced },
    Rule { word: "conkeror", name: "", read: spaced },
    Rule { word: "seamonkey/", name: "", read: version },
    Rule { word: "k-meleon/", name: "", read: version },
    Rule { word: "icecat/", name: "", read: version },
    Rule { word: "iceape/", name: "", read: version },
    Rule { word: "firebird/", name: "", read: version },
    Rule { word: "phoenix/", name: "", read: version },
    Rule { word: "palemoon/", name: "", read: version },
    Rule { word: "basilisk/", name: "", read: version },
    Rule { word: "waterfox/", name: "", read: version },
    Rule { word: "librewolf/", name: "", read: version },
    Rule { word: "firefox/", name: "", read: version },
    Rule { word: "mozilla/", name: "", read: mozilla },
    // Of telephones and terminals.
    Rule { word: "polaris", name: "", read: spaced },
    Rule { word: "lynx", name: "", read: spaced },
    Rule { word: "dillo", name: "", read: spaced },
    Rule { word: "icab", name: "", read: spaced },
    Rule { word: "doris", name: "", read: spaced },
    Rule { word: "amaya", name: "", read: spaced },
    Rule { word: "w3m", name: "", read: spaced },
    Rule { word: "netsurf", name: "", read: spaced },
    Rule { word: "sleipnir", name: "", read: spaced },
    Rule { word: "obigo", name: "", read: dashed },
    Rule { word: "*mosaic", name: "", read: spaced },
    Rule { word: "gobrowser", name: "", read: spaced },
    Rule { word: "go.browser", name: "", read: spaced },
    Rule { word: "icebrowser", name: "", read: spaced },
    Rule { word: "up.browser", name: "", read: spaced },
    Rule { word: "*links (", name: "Links", read: version },
    Rule { word: "panasonic;viera", name: "VIERA", read: bare },
    Rule { word: "cobalt/", name: "", read: cobalt },
];

/// `Opera/9.80 … Version/12.16`: since version 10 the name says 9.80, for pages that read one digit.
fn opera(scan: &Scan<'_>, hit: Hit) -> Take {
    match told_version(scan) {
        Some(version) => Take::With(version),
        None => spaced(scan, hit),
    }
}

/// The window in the application of Naver is not the browser of Naver.
fn whale(scan: &Scan<'_>, hit: Hit) -> Take {
    if text::find(scan.text, hit.end, "naver").is_some() { Take::Declined } else { version(scan, hit) }
}

/// `__weibo__8.9.3__iphone__os12.0`.
fn weibo(scan: &Scan<'_>, hit: Hit) -> Take {
    let found = text::run(scan.text, hit.end, |byte| byte.is_ascii_digit() || byte == b'.');
    Take::or_declined((!found.is_empty()).then(|| Part::exact(found)))
}

/// `JUC … UCWEB7.9.3.103`; a `UCWEB/2.0` behind another name says nothing.
fn ucweb(scan: &Scan<'_>, hit: Hit) -> Take {
    if text::find(scan.text, 0, "juc").is_some() { spaced(scan, hit) } else { Take::Declined }
}

/// On computers the version is that of the browser within.
fn desktop_wechat(scan: &Scan<'_>, _: Hit) -> Take {
    Take::or_bare(behind(scan, "qbcore/"))
}

/// `Trident/7.0; rv:11.0`.
fn revision(scan: &Scan<'_>, hit: Hit) -> Take {
    let spelled = ["rv:", "rv "].iter().find_map(|word| text::find(scan.text, hit.end, word));
    let found = spelled.and_then(|at| version_at(scan.text, at + "rv:".len()));
    Take::or_declined(found)
}

/// Such a window answers as one, as all do.
fn outside_of_web_view(scan: &Scan<'_>, hit: Hit) -> Take {
    if text::find(scan.text, 0, "wv)").is_some() { Take::Declined } else { version(scan, hit) }
}

fn electron(scan: &Scan<'_>, hit: Hit) -> Take {
    if scan.follows(Mark::Safari, hit.end) { version(scan, hit) } else { Take::Declined }
}

fn facebook(scan: &Scan<'_>, _: Hit) -> Take {
    Take::or_bare(behind(scan, "fbav/"))
}

/// `NAVER(inapp; search; 1010; 11.11.2)`: the fourth of the list.
fn naver(scan: &Scan<'_>, hit: Hit) -> Take {
    let list = text::run(scan.text, hit.end, |byte| byte != b')');
    let fourth = scan.text[list.clone()].match_indices("; ").nth(2).map(|(at, _)| list.start + at + 2);
    Take::or_declined(fourth.and_then(|at| version_at(scan.text, at)))
}

fn app_version(scan: &Scan<'_>, _: Hit) -> Take {
    Take::or_declined(behind(scan, "app_version/").or_else(|| behind(scan, "musical_ly_")))
}

/// `; wv)` and, where it is told, the version of Chrome.
fn web_view(scan: &Scan<'_>, _: Hit) -> Take {
    Take::or_declined(behind(scan, "chrome/"))
}

/// `Android … Version/4.0 … Safari`; later systems have Chrome, which tells no `Version`.
fn android(scan: &Scan<'_>, hit: Hit) -> Take {
    match scan.at(Mark::Version) {
        Some(at) if at.start > hit.start && scan.follows(Mark::Safari, at.end) => told(scan, hit),
        _ => Take::Declined,
    }
}

/// `Version/17.5 Mobile/15E148 Safari/604.1`.
fn mobile_safari(scan: &Scan<'_>, _: Hit) -> Take {
    let Some(told) = scan.at(Mark::Version) else { return Take::Declined };
    let Some(mobile) = text::find(scan.text, told.end, "mobile/") else { return Take::Declined };
    let next = text::run(scan.text, mobile + "mobile/".len(), text::is_word).end;
    if text::goes_on(scan.text, next, " safari") { Take::or_declined(told_version(scan)) } else { Take::Declined }
}

/// Before version 3 only the build says which it is.
fn safari(scan: &Scan<'_>, hit: Hit) -> Take {
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
fn mozilla(scan: &Scan<'_>, hit: Hit) -> Take {
    let Some(revision) = scan.at(Mark::Revision) else { return Take::Declined };
    let gecko = text::find(scan.text, revision.end, "gecko/");
    if gecko.is_some() { version(scan, hit) } else { Take::Declined }
}

/// `Obigo-Q05A/3.6`, `Obigo/WAP2.0`.
fn dashed(scan: &Scan<'_>, hit: Hit) -> Take {
    Take::or_declined(version_at(scan.text, hit.end + 1))
}

/// `23.lts.1.0-qa`: the numbers of it.
fn cobalt(scan: &Scan<'_>, hit: Hit) -> Take {
    let found = text::run(scan.text, hit.end, |byte| text::is_word(byte) || byte == b'.');
    let version = &scan.text[found.clone()];
    let branch = ["master.", "lts."].into_iter().find(|branch| version.contains(branch));
    Take::With(branch.map_or(Part::exact(found), |branch| Part::Own(version.replacen(branch, "", 1).into())))
}

/// The version behind a word that stands anywhere.
fn behind(scan: &Scan<'_>, word: &str) -> Option<Part> {
    version_at(scan.text, text::find(scan.text, 0, word)? + word.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_the_first_number() {
        for (version, expected) in
            [("155.0.8037", "155"), ("WAP2.0", "2"), ("1.x", "1"), ("15.6,2", "15"), ("x.y", ""), ("", "")]
        {
            assert_eq!(&version[major(version)], expected, "{version}");
        }
    }
}
