//! Where an agent of Android names its model, and how a model is read behind a word.

use core::ops::Range;

use crate::user_agent::{
    rule::Take,
    scan::{Hit, Mark, Scan},
    text::{self, Part},
};

/// The model in `(Linux; Android 10; SM-A217F Build/QP1A; wv)`.
pub(super) fn of(scan: &Scan<'_>) -> Option<Part> {
    place(scan).map(|model| Part::piece(scan.text, model))
}

/// It ends at ` Build/`, or is the last element of the comment that says more than how the browser was made.
pub(super) fn place(scan: &Scan<'_>) -> Option<Range<usize>> {
    let place = last_element(scan)?;
    // `LYA-AL00；HMSCore/4.0.0 GMS/10.4`, with a semicolon that is as wide as a letter.
    let wide = scan.text[place.clone()].find('；').filter(|at| *at > 0);
    Some(place.start..wide.map_or(place.end, |at| place.start + at))
}

fn last_element(scan: &Scan<'_>) -> Option<Range<usize>> {
    let android = scan.at(Mark::Android)?;
    let end = comment_end(scan.text, android.end);
    let comment = &scan.text[android.end..end];
    let mut start = android.end + comment.find(';')? + 1;
    if let Some(build) = text::find(&scan.text[..end], start, " build") {
        let element = scan.text[start..build].rfind(';').map_or(start, |at| start + at + 1);
        return trimmed(scan.text, element..build);
    }
    let mut model = None;
    while start < end {
        let element = text::run(&scan.text[..end], start, |byte| byte != b';');
        start = element.end + 1;
        if let Some(element) = trimmed(scan.text, element)
            && !says_nothing(&scan.text[element.clone()])
        {
            model = Some(element);
        }
    }
    model
}

/// A language, `wv`, a revision of Gecko, services of the system.
fn says_nothing(element: &str) -> bool {
    let language = element.len() == 5 && matches!(element.as_bytes()[2], b'-' | b'_');
    language
        || ["wv", "u", "xx-xx", "mobile", "tablet", "mobile vr"].iter().any(|word| element.eq_ignore_ascii_case(word))
        || ["rv:", "hmscore", "gmscore"].iter().any(|word| text::goes_on(element, 0, word))
}

/// Where the comment closes that this place is in; parentheses in it count.
fn comment_end(agent: &str, at: usize) -> usize {
    let mut depth = 0_u16;
    for (distance, byte) in agent.as_bytes()[at..].iter().enumerate() {
        match byte {
            b'(' => depth = depth.saturating_add(1),
            b')' if depth == 0 => return at + distance,
            b')' => depth -= 1,
            _ => {}
        }
    }
    agent.len()
}

fn trimmed(agent: &str, range: Range<usize>) -> Option<Range<usize>> {
    let piece = &agent[range.clone()];
    let start = range.start + (piece.len() - piece.trim_start().len());
    let end = start + piece.trim().len();
    (start < end).then_some(start..end)
}

/// The word and what is written to it: `SM-A217F`.
pub(super) fn token(scan: &Scan<'_>, hit: Hit) -> Take {
    let model = text::run(scan.text, hit.start, text::is_version);
    if model.end > hit.end { Take::With(Part::exact(model)) } else { Take::Declined }
}

/// The word alone, whatever follows.
pub(super) fn word(_: &Scan<'_>, hit: Hit) -> Take {
    Take::With(Part::exact(hit.start..hit.end))
}

/// The word, if nothing is written to it.
pub(super) fn token_whole(scan: &Scan<'_>, hit: Hit) -> Take {
    Take::With(Part::exact(hit.start..hit.end)).unless(!text::ends(scan.text, hit.end))
}

/// The word with all that follows in its element: `Redmi Note 9 Pro`.
pub(super) fn element(scan: &Scan<'_>, hit: Hit) -> Take {
    let found = element_end(scan.text, hit.start);
    Take::With(Part::rewritten(scan.text, hit.start..found, '_', " "))
}

/// All that follows the word in its element: `Nokia 3.2`, `ZTE BLADE V0730`.
pub(super) fn rest(scan: &Scan<'_>, hit: Hit) -> Take {
    let start = apart(scan.text, hit.end);
    let end = element_end(scan.text, start);
    if scan.text[start..end].trim().is_empty() {
        return Take::Bare;
    }
    Take::With(Part::rewritten(scan.text, start..end, '_', " "))
}

/// What is written to the word, or behind it: `NokiaC7-00/024.001`, `LG-P700/V10k`.
pub(super) fn next(scan: &Scan<'_>, hit: Hit) -> Take {
    let start = apart(scan.text, hit.end);
    let model = text::run(scan.text, start, |byte| text::is_word(byte) || matches!(byte, b'-' | b'.'));
    Take::or_bare((!model.is_empty()).then(|| Part::rewritten(scan.text, model, '_', " ")))
}

fn apart(agent: &str, at: usize) -> usize {
    at + usize::from(matches!(agent.as_bytes().get(at), Some(b'-' | b'_' | b' ' | b';' | b'/')))
}

/// The end of an element of a comment, or of a model before its build. One in parentheses belongs to it.
fn element_end(agent: &str, start: usize) -> usize {
    let comment = comment_end(agent, start);
    let element = text::run(&agent[..comment], start, |byte| byte != b';' && byte != b'/').end;
    let build = text::find(&agent[..element], start, " build");
    build.unwrap_or(element)
}
