//! Square brackets: `[id]`, `[...path]`, `[[...path]]`, and what comes close to them.

use alloc::{format, string::String};
use core::ops::Range;

use super::{Kind, Reading, name};
use crate::Segment;

/// Reads brackets that close; `None` when nobody can tell what they were meant to be.
pub(super) fn read(range: &Range<usize>, reading: &mut Reading<'_>) -> Option<Segment> {
    let text = reading.at(range);
    if text.contains('/') {
        reading.error(range.clone(), Kind::SlashInside);
        return None;
    }
    let (layers, inner) = peel(text);
    if inner.contains(['[', ']']) {
        reading.error(range.clone(), Kind::NestedBrackets);
        return None;
    }
    let form = Form::read(layers, inner);
    let start = range.start + layers;
    let dots_are_wrong = check_dots(&form, start, inner, reading);
    if form.is_star {
        let instead = form.instead();
        reading.error(range.clone(), Kind::Foreign { written: String::from(text), instead });
    } else if form.name.trim().is_empty() {
        if !dots_are_wrong {
            reading.error(range.clone(), Kind::EmptyName { instead: form.instead() });
        }
        return Some(form.segment());
    } else if form.name.trim() != form.name || inner.trim() != inner {
        reading.error(range.clone(), Kind::SpaceInside { instead: form.instead() });
    } else {
        let name = start + form.name_at..start + form.name_at + form.name.len();
        name::read(name, reading);
    }
    check_layers(&form, range, reading);
    Some(form.segment())
}

/// Reads brackets that stay open to the end of their segment.
pub(super) fn read_open(range: &Range<usize>, reading: &mut Reading<'_>) -> Segment {
    let text = reading.at(range);
    let inner = text.trim_start_matches('[');
    let form = Form::read(text.len() - inner.len(), inner.trim_end_matches(']'));
    let kind = Kind::Unclosed { written: String::from(text), instead: form.instead() };
    reading.error(range.clone(), kind);
    form.segment()
}

/// What brackets hold.
struct Form<'t> {
    layers: usize,
    name: &'t str,
    /// Where the name begins in what the brackets hold.
    name_at: usize,
    is_catch_all: bool,
    /// `[id?]`
    is_optional: bool,
    /// `[*path]`
    is_star: bool,
}

impl<'t> Form<'t> {
    fn read(layers: usize, inner: &'t str) -> Form<'t> {
        let content = inner.trim_start();
        let after = content.trim_start_matches(['.', '…', '*']);
        let marks = &content[..content.len() - after.len()];
        let name = after.trim_end_matches('?');
        let unmarked = name.trim_end_matches(['.', '…']);
        // One dot after a name is a slip of the name; more are the dots of a catch-all in the wrong place.
        let trailing = &name[unmarked.len()..];
        let has_dots_after = trailing.len() > 1;
        Form {
            layers,
            name: if has_dots_after { unmarked } else { name },
            name_at: inner.len() - after.len(),
            is_catch_all: !marks.is_empty() || has_dots_after,
            is_optional: name.len() < after.len(),
            is_star: marks.contains('*'),
        }
    }

    fn name(&self) -> String {
        name::suggestion(self.name, if self.is_catch_all { "path" } else { "id" })
    }

    /// The form in its right spelling.
    fn instead(&self) -> String {
        match (self.is_catch_all, self.layers > 1 || self.is_optional) {
            (false, _) => format!("[{}]", self.name()),
            (true, false) => format!("[...{}]", self.name()),
            (true, true) => format!("[[...{}]]", self.name()),
        }
    }

    fn segment(&self) -> Segment {
        if self.is_catch_all {
            let name = String::from(self.name);
            return if self.layers > 1 { Segment::OptionalCatchAll(name) } else { Segment::CatchAll(name) };
        }
        Segment::Param(String::from(self.name))
    }
}

/// How many brackets lie around the innermost text, and that text.
fn peel(text: &str) -> (usize, &str) {
    let mut layers = 0;
    let mut inner = text;
    while let Some(next) = inner.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        layers += 1;
        inner = next;
    }
    (layers, inner)
}

/// Three dots before the name, and none after; whether there is something else.
fn check_dots(form: &Form<'_>, start: usize, inner: &str, reading: &mut Reading<'_>) -> bool {
    let before = inner[..form.name_at].trim_start();
    let after = &inner[form.name_at + form.name.len()..];
    let after = after.trim_end_matches('?');
    let (wrong, at) = match (form.is_star, before, after) {
        (true, ..) | (_, "" | "...", "") => return false,
        (_, "" | "...", dots) => (dots, start + form.name_at + form.name.len()),
        (_, dots, _) => (dots, start + form.name_at - dots.len()),
    };
    let instead = form.instead();
    let kind = if wrong.contains('…') { Kind::Ellipsis { instead } } else { Kind::Dots { instead } };
    reading.error(at..at + wrong.len(), kind);
    true
}

/// Two brackets for an optional catch-all, otherwise one.
fn check_layers(form: &Form<'_>, range: &Range<usize>, reading: &mut Reading<'_>) {
    if form.layers > 2 {
        reading.error(range.clone(), Kind::ExtraBrackets { instead: form.instead() });
    } else if !form.is_catch_all && (form.layers > 1 || form.is_optional) {
        reading.error(range.clone(), Kind::OptionalParam { name: form.name() });
    } else if form.is_catch_all && form.is_optional && !form.is_star {
        let written = String::from(reading.at(range));
        reading.error(range.clone(), Kind::Foreign { written, instead: form.instead() });
    }
}
