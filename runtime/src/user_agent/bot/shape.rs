//! What an agent is by its form: browsers are all written alike, programs as their makers please.

use super::{Forms, words::Form};
use crate::user_agent::text;

/// Whether the form is none that a person's program has.
pub(super) fn is_program(agent: &str, forms: &Forms) -> bool {
    if forms.has(Form::Application) || agent.trim().is_empty() {
        return false;
    }
    let alien = !forms.has(Form::System) && !forms.has(Form::Browser);
    has_no_number(agent)
        || (alien && text::goes_on(agent, 0, "mozilla/"))
        || (forms.has(Form::Compatible) && is_compatible(agent, forms))
        || stands_before_mozilla(agent)
}

/// Whether it is written as browsers and telephones write.
pub(super) fn is_browser(agent: &str, forms: &Forms) -> bool {
    let common = forms.has(Form::System) && !forms.has(Form::Compatible) && text::goes_on(agent, 0, "mozilla/");
    common || forms.has(Form::Alone) || forms.has(Form::Application)
}

/// Browsers and players number their versions, each in its way; nobody leaves all of them out.
fn has_no_number(agent: &str) -> bool {
    !agent.bytes().any(|byte| byte.is_ascii_digit())
}

/// `(compatible; Name…)`: what Internet Explorer began, and only programs took up. `…like Gecko; compatible; Name)` is a
/// browser with a guest.
fn is_compatible(agent: &str, forms: &Forms) -> bool {
    let guest = ["gecko; compatible;", ") compatible;", " (compatible;"]
        .iter()
        .any(|words| text::find(agent, 0, words).is_some_and(|at| at > "mozilla/5.0 (".len()));
    if guest && !says_any(agent, &["msie", "opera", "risc os"]) {
        return true;
    }
    let Some(open) = text::find(agent, 0, "(compatible") else { return false };
    let comment = text::run(agent, open + 1, |byte| byte != b')');
    !forms.has(Form::Browser) && !says_any(&agent[comment], SYSTEMS)
}

/// `Name/1.0 Mozilla/5.0 (…`: what fetches with a browser of its own.
fn stands_before_mozilla(agent: &str) -> bool {
    let Some(at) = text::find(agent, 1, " mozilla/5.0 (") else { return false };
    let before = agent[..at].trim_matches(['"', '\'', ' ']);
    !before.contains(['(', ':']) && !text::goes_on(before, 0, "mozilla")
}

/// Whether this is an address of the web or of a person: `Name.com`, `+http://…`, `bot@name.org`.
pub(super) fn is_contact(agent: &str, start: usize, end: usize) -> bool {
    let letter = |at: usize| agent.as_bytes().get(at).is_some_and(u8::is_ascii_alphabetic);
    match agent.as_bytes()[start] {
        b'.' => start > 0 && letter(start - 1) && !is_value(agent, start),
        b'@' => start > 0 && letter(end),
        _ => true,
    }
}

/// `FBCR/Telekom.de`: what a program tells of its user.
fn is_value(agent: &str, at: usize) -> bool {
    let before = agent.as_bytes()[..at].iter().rev().find(|byte| !text::is_version(**byte));
    before == Some(&b'/')
}

/// `aiohttp`, `HTTPClient`: not an address, nor the protocol as telephones name it.
pub(super) fn is_library(agent: &str, end: usize) -> bool {
    ["://", "s://", "%3a", "s%3a", "/1."].iter().all(|other| !text::goes_on(agent, end, other))
}

/// Whether the word ends one that means something else: a maker of telephones, the name of this header.
pub(super) fn is_part_of_another(agent: &str, end: usize) -> bool {
    OTHERS.iter().any(|other| end.checked_sub(other.len()).is_some_and(|start| text::goes_on(agent, start, other)))
}

fn says_any(agent: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text::find(agent, 0, word).is_some())
}

const OTHERS: &[&str] = &["cubot", "user-agent", "roboto", "souphttp"];

/// What each form is told by.
pub(super) const FORMS: &[(&[&str], Form)] = &[
    (SYSTEMS, Form::System),
    (BROWSERS, Form::Browser),
    (ALONE, Form::Alone),
    (APPLICATIONS, Form::Application),
    (&["compatible"], Form::Compatible),
];

/// Systems that a comment names.
const SYSTEMS: &[&str] = &[
    "windows",
    "win98",
    "win95",
    "winnt",
    "win 9",
    "linux",
    "mac",
    "iphone",
    "ipad",
    "ipod",
    "android",
    "x11",
    "bsd",
    "sunos",
    "symbian",
    "amiga",
    "risc os",
    "beos",
    "haiku",
    "os/2",
    "syllable",
    "palm",
    "blackberry",
    "bb10",
    "tizen",
    "cros",
    "playstation",
    "nintendo",
    "series",
    "s60",
    "midp",
    "nokia",
    "samsung",
    "meego",
    "maemo",
    "qnx",
    "photon",
    "web0s",
    "webos",
    "smart-tv",
    "mobile;",
    "tablet;",
    "pda",
    "unix",
    "serenityos",
    "java;",
    "sch-",
    "lg",
    "hpwos",
    "kaios",
    "tv;",
];

/// Browsers that a comment names, and engines.
const BROWSERS: &[&str] = &[
    "msie",
    "konqueror",
    "opera",
    "trident",
    "netfront",
    "gecko",
    "khtml",
    "webkit",
    "icab",
    "ibrowse",
    "dillo",
    "abrowse",
    "voyager",
    "netpositive",
    "webtv",
    "lotus-notes",
    "webcapture",
    "charlotte",
    "nintendobrowser",
    "ncsa",
    "amaya",
];

/// Those of them that begin otherwise than with `Mozilla/`, or are compatible indeed.
const ALONE: &[&str] = &["msie", "konqueror", "opera/", "opera mini", "lynx/", "links (", "elinks"];

/// Programs of persons that are no browsers.
const APPLICATIONS: &[&str] = &[
    "xbmc",
    "kodi",
    "contiki",
    "vlc",
    "winamp",
    "foobar",
    "itunes",
    "applecoremedia",
    "quicktime",
    "media player",
    "media-player",
    "mplayer",
    "nexplayer",
    "clementine",
    "nero",
    "player",
    "radio",
    "stream",
    "cfnetwork",
    "dalvik",
    "realmedia",
    "thunderbird",
    "outlook",
    "hbbtv",
    "vodafone/",
    "blackberry",
    "nokia",
    "samsung",
    "sonyericsson",
    "lg-",
    "dolfin",
    "obigo",
    "amigavoyager",
    "lynx",
    "links",
    "w3m",
    "mosaic",
    "uzbl",
    "icab",
    "emacs",
    "opera",
];
