//! A tag as an attribute writes it: `products`, `product:[id]`.

use core::ops::Range;

use proc_macro2::{Span, TokenStream};
use quote::quote;
use rutter_pattern::{Pattern, Segment};
use syn::LitStr;

use crate::{
    diagnostics::Diagnostics,
    pattern::{self, Path},
    suggest,
};

/// A tag, with the literal that it was read from.
pub(crate) struct Tag {
    literal: LitStr,
    text: String,
    pieces: Vec<Piece>,
}

#[derive(Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    /// `[name]`: a dynamic segment of the route's pattern, and where it stands.
    Segment(String, Range<usize>),
}

impl Tag {
    /// Reads a tag; each mistake is an error at the literal.
    pub(crate) fn parse(literal: LitStr, errors: &mut Diagnostics) -> Option<Tag> {
        let text = literal.value();
        if let Some(message) = whole(&text) {
            errors.at(literal.span(), message);
            return None;
        }
        let (pieces, mistakes) = pieces(&text);
        for (message, range) in &mistakes {
            errors.at(literal.span(), pattern::draw(message, &text, range));
        }
        mistakes.is_empty().then_some(Tag { literal, text, pieces })
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn span(&self) -> Span {
        self.literal.span()
    }

    /// Each `[name]` names a segment of the path.
    pub(crate) fn names_segments(&self, path: &Path, errors: &mut Diagnostics) {
        for piece in &self.pieces {
            let Piece::Segment(name, range) = piece else { continue };
            if place(&path.pattern, name).is_none() {
                errors.at(self.span(), pattern::draw(&unknown(name, &path.pattern), &self.text, range));
            }
        }
    }

    /// The value of `TagTemplate`.
    fn template(&self, pattern: &Pattern, private: &TokenStream) -> TokenStream {
        let text = &self.text;
        let pieces = self.pieces.iter().map(|piece| match piece {
            Piece::Text(text) => quote!(#private::TagPiece::Text(#text)),
            Piece::Segment(name, _) => {
                let place = place(pattern, name).expect("a name that is no segment has been reported");
                quote!(#private::TagPiece::Param(#place))
            }
        });
        quote!(#private::TagTemplate::new(#text, &[#(#pieces),*]))
    }
}

/// The slice of `TagTemplate`s; none where there is no tag.
pub(crate) fn templates(tags: &[Tag], pattern: &Pattern, private: &TokenStream) -> Option<TokenStream> {
    let templates = tags.iter().map(|tag| tag.template(pattern, private));
    (!tags.is_empty()).then(|| quote!(&[#(#templates),*]))
}

/// What is wrong with a tag as a whole.
fn whole(text: &str) -> Option<String> {
    const LONGEST: usize = 256;
    if text.is_empty() {
        return Some("a tag is missing in these quotes: write one, such as `\"products\"`".to_owned());
    }
    if let Some(character) = text.chars().find(|character| character.is_control()) {
        let character = character.escape_debug();
        return Some(format!("a tag is written with characters that can be seen: remove `{character}`"));
    }
    (text.len() > LONGEST)
        .then(|| format!("a tag has at most {LONGEST} bytes, and this one has {}: write a shorter one", text.len()))
}

/// The pieces of a tag, and each mistake with its place.
fn pieces(text: &str) -> (Vec<Piece>, Vec<(String, Range<usize>)>) {
    let (mut pieces, mut mistakes, mut at) = (Vec::new(), Vec::new(), 0);
    while at < text.len() {
        let rest = &text[at..];
        let (length, piece) = match rest.as_bytes()[0] {
            b'[' => segment(rest),
            b']' => (1, Err("this bracket closes nothing: remove it, or write `[` in front of the name".to_owned())),
            b'{' => braces(rest),
            _ => {
                let length = rest.find(['[', ']', '{']).unwrap_or(rest.len());
                (length, Ok(Piece::Text(rest[..length].to_owned())))
            }
        };
        let range = at..at + length;
        match piece {
            Ok(Piece::Segment(name, _)) => pieces.push(Piece::Segment(name, range)),
            Ok(piece @ Piece::Text(_)) => join(&mut pieces, piece),
            Err(message) => mistakes.push((message, range)),
        }
        at += length;
    }
    (pieces, mistakes)
}

/// The `[name]` that the text begins with, and its length.
fn segment(text: &str) -> (usize, Result<Piece, String>) {
    let open = text.bytes().take_while(|byte| *byte == b'[').count();
    let end = text[open..].find(['[', ']']).map(|end| open + end);
    let Some(close) = end.filter(|end| text.as_bytes()[*end] == b']') else {
        let message = "this bracket is never closed: write `]` behind the name".to_owned();
        return (end.unwrap_or(text.len()), Err(message));
    };
    let closed = text[close..].bytes().take(open).take_while(|byte| *byte == b']').count();
    let (inner, length) = (&text[open..close], close + closed);
    let name = inner.trim_start_matches('.');
    if name.is_empty() {
        return (
            length,
            Err("a name is missing between the brackets: write that of a segment, such as `[id]`".to_owned()),
        );
    }
    if open > 1 || name != inner {
        return (length, Err(format!("a tag names a segment by its bare name: write `[{name}]`")));
    }
    (length, Ok(Piece::Segment(name.to_owned(), 0..length)))
}

/// The `{name}` of other grammars, which would be the same tag for every value.
fn braces(text: &str) -> (usize, Result<Piece, String>) {
    let name = text[1..].split_once('}').map(|(name, _)| name);
    match name.filter(|name| syn::parse_str::<syn::Ident>(name).is_ok()) {
        Some(name) => (name.len() + 2, Err(format!("a segment is named in square brackets: write `[{name}]`"))),
        None => (1, Ok(Piece::Text("{".to_owned()))),
    }
}

/// Text behind text is one piece.
fn join(pieces: &mut Vec<Piece>, piece: Piece) {
    match (pieces.last_mut(), piece) {
        (Some(Piece::Text(before)), Piece::Text(text)) => before.push_str(&text),
        (_, piece) => pieces.push(piece),
    }
}

/// The place of a dynamic segment among the others.
fn place(pattern: &Pattern, name: &str) -> Option<usize> {
    pattern.params().position(|segment| segment.name() == Some(name))
}

fn unknown(name: &str, pattern: &Pattern) -> String {
    let names: Vec<&str> = pattern.params().filter_map(Segment::name).collect();
    let written: Vec<String> = names.iter().map(|name| format!("`[{name}]`")).collect();
    let pattern = pattern.as_str();
    let help = match (suggest::closest(name, names), written.as_slice()) {
        (Some(near), _) => format!("did you mean `[{near}]`?"),
        (None, []) => return format!("`[{name}]` names no segment, since `{pattern}` has none in brackets: remove it"),
        (None, [only]) => format!("there is {only}"),
        (None, several) => format!("there are {}", several.join(", ")),
    };
    format!("`[{name}]` names no segment of `{pattern}`: {help}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Piece> {
        let (pieces, mistakes) = pieces(text);
        assert_eq!(mistakes, [], "{text}");
        pieces
    }

    fn mistakes(text: &str) -> Vec<String> {
        let mut errors = Diagnostics::default();
        let tag = Tag::parse(LitStr::new(text, Span::call_site()), &mut errors);
        let messages = errors.messages();
        assert_eq!(tag.is_none(), !messages.is_empty(), "{text}");
        messages
    }

    #[test]
    fn a_tag_is_text_and_segments() {
        let text = |text: &str| Piece::Text(text.to_owned());
        let segment = |name: &str, range| Piece::Segment(name.to_owned(), range);
        assert_eq!(read("products"), [text("products")]);
        assert_eq!(read("product:[id]"), [text("product:"), segment("id", 8..12)]);
        assert_eq!(read("[a][b]"), [segment("a", 0..3), segment("b", 3..6)]);
        assert_eq!(read("ü[a]/{ }"), [text("ü"), segment("a", 2..5), text("/{ }")]);
    }

    #[test]
    fn each_mistake_is_drawn() {
        for (tag, message) in [
            ("product:[", "this bracket is never closed: write `]` behind the name\n    product:[\n            ^"),
            (
                "product:[id",
                "this bracket is never closed: write `]` behind the name\n    product:[id\n            ^^^",
            ),
            ("a[[b", "this bracket is never closed: write `]` behind the name\n    a[[b\n     ^^^"),
            (
                "ü id]",
                "this bracket closes nothing: remove it, or write `[` in front of the name\n    ü id]\n        ^",
            ),
            (
                "a:[]",
                "a name is missing between the brackets: write that of a segment, such as `[id]`\n    a:[]\n      ^^",
            ),
            ("[...path]", "a tag names a segment by its bare name: write `[path]`\n    [...path]\n    ^^^^^^^^^"),
            (
                "[[...path]]x",
                "a tag names a segment by its bare name: write `[path]`\n    [[...path]]x\n    ^^^^^^^^^^^",
            ),
            ("[[id]", "a tag names a segment by its bare name: write `[id]`\n    [[id]\n    ^^^^^"),
            ("a:{id}", "a segment is named in square brackets: write `[id]`\n    a:{id}\n      ^^^^"),
        ] {
            assert_eq!(mistakes(tag), [message], "{tag}");
        }
        assert_eq!(mistakes("[a[b]]").len(), 2);
    }

    #[test]
    fn a_tag_is_short_text_that_can_be_seen() {
        for (tag, message) in [
            ("", "a tag is missing in these quotes: write one, such as `\"products\"`"),
            ("a\nb", "a tag is written with characters that can be seen: remove `\\n`"),
            ("a".repeat(257).as_str(), "a tag has at most 256 bytes, and this one has 257: write a shorter one"),
        ] {
            assert_eq!(mistakes(tag), [message], "{tag}");
        }
        assert_eq!(mistakes(&"a".repeat(256)), [""; 0]);
    }
}
