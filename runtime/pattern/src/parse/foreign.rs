//! Dynamic segments as other frameworks write them: `{id}`, `:id`, `<id>`, `*path`.

use alloc::{format, string::String};
use core::ops::Range;

use super::{Kind, Reading, name};
use crate::Segment;

/// Says what to write here, and reads the piece as that.
pub(super) fn read(range: &Range<usize>, last: bool, reading: &mut Reading<'_>) -> Segment {
    let text = reading.at(range);
    let form = Form::read(text, last);
    let name = form.name();
    let kind = match form.takes {
        Takes::OneOrNone => Kind::OptionalParam { name: name.clone() },
        _ => Kind::Foreign { written: String::from(text), instead: form.instead(&name) },
    };
    reading.error(range.clone(), kind);
    form.segment(name)
}

struct Form<'t> {
    /// The text in which to look for a name.
    name: &'t str,
    takes: Takes,
}

#[derive(Clone, Copy)]
enum Takes {
    One,
    OneOrNone,
    Rest,
    RestOrNone,
}

impl<'t> Form<'t> {
    fn read(text: &'t str, last: bool) -> Form<'t> {
        match text.as_bytes()[0] {
            b':' => Form::colon(&text[1..]),
            b'{' => Form::braces(text.trim_matches(['{', '}'])),
            b'<' => Form::angles(text.trim_matches(['<', '>'])),
            // `/*/edit` takes one segment, `/files/*` the rest.
            b'*' if text == "*" && !last => Form { name: "name", takes: Takes::One },
            _ => Form { name: text.trim_start_matches(['*', '.']), takes: Takes::Rest },
        }
    }

    /// `:id`, `:id?`, `:path*`, `:path+`, `:id(\d+)`, `:path(.*)`
    fn colon(text: &'t str) -> Form<'t> {
        let name = text.split(['(', '{', '<', '?', '*', '+']).next().unwrap_or(text);
        let pattern = &text[name.len()..];
        let takes = match pattern {
            "?" => Takes::OneOrNone,
            "*" => Takes::RestOrNone,
            "+" => Takes::Rest,
            _ if takes_slashes(pattern.trim_matches(['(', ')', '{', '}'])) => Takes::Rest,
            _ => Takes::One,
        };
        Form { name, takes }
    }

    /// `{id}`, `{id?}`, `{id:int}`, `{path...}`, `{*path}`, `{path:.*}`
    fn braces(text: &'t str) -> Form<'t> {
        let (name, pattern) = text.split_once(':').unwrap_or((text, ""));
        let marks = ['*', '.', '+'];
        let takes = if name.trim_matches(marks) != name || takes_slashes(pattern) || pattern == "path" {
            Takes::Rest
        } else if name.ends_with('?') {
            Takes::OneOrNone
        } else {
            Takes::One
        };
        Form { name, takes }
    }

    /// `<id>`, `<path..>`, and with the kind on either side: `<int:id>`, `<id:int>`
    fn angles(text: &'t str) -> Form<'t> {
        let Some((before, after)) = text.split_once(':') else {
            return Form::braces(text);
        };
        let converters = ["string", "str", "int", "float", "path", "uuid", "any", "slug"];
        let (kind, name) = if converters.contains(&before) { (before, after) } else { (after, before) };
        let takes = if kind == "path" || takes_slashes(kind) { Takes::Rest } else { Takes::One };
        Form { name, takes }
    }

    fn name(&self) -> String {
        let fallback = if matches!(self.takes, Takes::One | Takes::OneOrNone) { "id" } else { "path" };
        name::suggestion(self.name, fallback)
    }

    fn instead(&self, name: &str) -> String {
        match self.takes {
            Takes::One | Takes::OneOrNone => format!("[{name}]"),
            Takes::Rest => format!("[...{name}]"),
            Takes::RestOrNone => format!("[[...{name}]]"),
        }
    }

    fn segment(&self, name: String) -> Segment {
        match self.takes {
            Takes::One | Takes::OneOrNone => Segment::Param(name),
            Takes::Rest => Segment::CatchAll(name),
            Takes::RestOrNone => Segment::OptionalCatchAll(name),
        }
    }
}

/// A regular expression or glob that takes more than one segment.
fn takes_slashes(pattern: &str) -> bool {
    matches!(pattern, ".*" | ".+" | "*" | "**" | ".*?" | ".+?")
}
