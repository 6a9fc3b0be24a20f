//! The name of a program, as it calls itself.

use core::ops::Range;

use crate::user_agent::text::{self, Part};

/// The name that the word at this place belongs to.
pub(super) fn around(agent: &str, at: usize) -> Part {
    let bytes = agent.as_bytes();
    let back = bytes[..at].iter().rev().take_while(|byte| is_name(**byte)).count();
    let word = at - back..text::run(agent, at, is_name).end;
    Part::piece(agent, element(agent, &word).unwrap_or(word))
}

/// The first name that is no browser's: the one behind `compatible;`, or the first of all.
pub(super) fn first(agent: &str) -> Part {
    let compatible = text::find(agent, 0, "compatible;").map(|at| at + "compatible;".len());
    let start = compatible.unwrap_or_else(|| agent.len() - agent.trim_start_matches([' ', '\'', '"', '+']).len());
    let start = text::run(agent, start, |byte| b" +".contains(&byte)).end;
    let end = text::run(agent, start, |byte| !b"/;()+,|".contains(&byte)).end;
    let end = text::find(&agent[..end], start, "http").filter(|at| *at > start).unwrap_or(end);
    let name = Part::piece(agent, start..end);
    if name.text(agent).is_empty() { Part::piece(agent, 0..agent.len()) } else { name }
}

/// Whether the place is within an address.
pub(super) fn is_in_address(agent: &str, at: usize) -> bool {
    let before = &agent.as_bytes()[..at];
    let back = before.iter().rev().take_while(|byte| !b" ;(),+<>\"'|".contains(byte)).count();
    let word = &agent[at - back..at];
    word.contains('@') || word.contains("://") || text::goes_on(word, 0, "www.")
}

/// `Yahoo! Slurp` in `; Yahoo! Slurp;`: an element of a few words is a name as a whole.
fn element(agent: &str, word: &Range<usize>) -> Option<Range<usize>> {
    let start = agent[..word.start].rfind("; ").map_or(0, |at| at + 2);
    let end = text::run(agent, word.end, |byte| !b";)/(+,".contains(&byte)).end;
    let text = agent[start..end].trim();
    let plain = text.bytes().all(|byte| is_name(byte) || b" !:".contains(&byte)) && text.split(' ').count() <= 4;
    (plain && !text.contains("http") && agent[start..].starts_with(text)).then_some(start..start + text.len())
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'!') || !byte.is_ascii()
}
