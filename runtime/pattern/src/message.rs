//! What each mistake says: what is wrong, and what to write instead.

use core::fmt;

use crate::{PatternErrorKind, draw::shown};

impl fmt::Display for PatternErrorKind {
    #[expect(clippy::too_many_lines, reason = "a table: one message a kind, in their order")]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use PatternErrorKind as Kind;
        match self {
            Kind::Empty => f.write_str("a pattern cannot be empty: write `/` for the root"),
            Kind::NoLeadingSlash => f.write_str("a pattern begins with a slash: put `/` in front"),
            Kind::SpaceAround => f.write_str("a pattern has no space around it: remove the space"),
            Kind::Method { method } => write!(
                f,
                "the method is no part of the pattern: \
                 write `{method}` outside of it, and only the path here",
            ),
            Kind::FullUrl { path } => {
                write!(f, "a pattern is only the path of a URL: write `{}`", shown(path))
            }
            Kind::Query => f.write_str("a query is no part of a pattern: remove it, and read the query in the handler"),
            Kind::Fragment => f.write_str("a fragment never reaches a server: remove it"),
            Kind::Backslash => f.write_str("segments are separated by a slash: write `/`"),
            Kind::EmptySegment => f.write_str("a segment is empty: write a single `/`"),
            Kind::TrailingSlash => f.write_str("a pattern ends without a slash: remove the last one"),
            Kind::DotSegment { segment } => write!(
                f,
                "clients resolve `{segment}` before they send a path: \
                 write the path that it leads to",
            ),
            Kind::Unclosed { written, instead } => {
                write!(f, "`{}` is not closed: write `{instead}`", shown(written))
            }
            Kind::Stray { bracket: ']' } => f.write_str("`]` closes nothing: remove it, or open it with `[`"),
            Kind::Stray { bracket: ')' } => f.write_str("`)` closes nothing: remove it, or open it with `(`"),
            Kind::Stray { bracket } => {
                write!(f, "`{bracket}` closes nothing: remove it, or write a param as `[id]`")
            }
            Kind::ExtraBrackets { instead } => {
                write!(f, "there are too many brackets: write `{instead}`")
            }
            Kind::NestedBrackets => f.write_str("brackets hold one name and no other brackets: write `[id]`"),
            Kind::SlashInside => {
                f.write_str("brackets close in the segment that opens them: close them before the `/`")
            }
            Kind::SpaceInside { instead } => {
                write!(f, "brackets hold no space: write `{instead}`")
            }
            Kind::EmptyName { instead } => {
                write!(f, "the brackets hold no name: write one, such as `{instead}`")
            }
            Kind::Dots { instead } => {
                write!(f, "a catch-all has three dots before its name: write `{instead}`")
            }
            Kind::Ellipsis { instead } => {
                write!(f, "this is the single character `…` and not three dots: write `{instead}`")
            }
            Kind::OptionalParam { name } => write!(
                f,
                "only a catch-all can be optional: write `[{name}]`, \
                 with a second route for the path without it, or `[[...{name}]]` at the end",
            ),
            Kind::CatchAllNotLast => f.write_str("a catch-all takes every remaining segment, so it must come last"),
            Kind::DuplicateName { name } => {
                write!(f, "the name `{name}` stands twice: give each segment a name of its own")
            }
            Kind::Name { name, instead } if name.is_ascii() => {
                write!(f, "`{}` cannot name an argument: write `{instead}`", shown(name))
            }
            Kind::Name { name, instead } => {
                write!(f, "names are ASCII, and `{}` is not: write for example `{instead}`", shown(name))
            }
            Kind::Keyword { name } if name == "type" => {
                f.write_str("`type` is a keyword and cannot name an argument: write `kind` or `type_`")
            }
            Kind::Keyword { name } => {
                write!(f, "`{name}` is a keyword and cannot name an argument: write `{name}_`")
            }
            Kind::Underscore => f.write_str("`_` binds nothing: write a name, such as `id`"),
            Kind::TextAround { param } => write!(
                f,
                "brackets fill their whole segment: \
                 write `{}` alone, and take its text apart in the handler",
                shown(param),
            ),
            Kind::TwoParams => f.write_str(
                "a segment holds one param: put a `/` between them, \
                 or write one `[name]` and take its text apart in the handler",
            ),
            Kind::Foreign { written, instead } if instead.contains("...") => write!(
                f,
                "a catch-all is written in square brackets with three dots: \
                 write `{instead}` instead of `{}`",
                shown(written),
            ),
            Kind::Foreign { written, instead } => {
                write!(f, "a param is written in square brackets: write `{instead}` instead of `{}`", shown(written))
            }
            Kind::GroupName => {
                f.write_str("the name of a group is letters, digits or any of `-._~!$&'+,;=:@`: write another")
            }
            Kind::EmptyGroup => f.write_str("a group has a name: write one, such as `(shop)`, or remove the segment"),
            Kind::UnclosedGroup { instead } => {
                write!(f, "the group is not closed: write `{}`", shown(instead))
            }
            Kind::NestedGroup => f.write_str("groups do not nest: write `/(a)/(b)`"),
            Kind::ParamInGroup => {
                f.write_str("a group is no part of the path: put the brackets in a segment of their own")
            }
            Kind::TextAroundGroup { group } => {
                write!(f, "a group fills its whole segment: write `{}` alone, with `/` around it", shown(group))
            }
            Kind::Space => f.write_str("a path holds no space: write `-`"),
            Kind::Escape { text } => write!(
                f,
                "static text is written without escapes: \
                 write a plain character for `{text}`, or take the segment as `[name]`",
            ),
            Kind::NonAscii { text } => write!(
                f,
                "static text is ASCII, and `{}` is not: \
                 write it with other letters, or take the segment as `[name]`",
                shown(text),
            ),
            Kind::Control { text } => {
                write!(f, "a path holds no control character: remove `{}`", shown(text))
            }
            Kind::Wildcard => f.write_str("`*` is no wildcard: take the whole segment as `[name]`"),
            Kind::Character { text } if text.contains('`') => {
                write!(f, "a path cannot hold `` {text} ``: write letters, digits or any of `-._~!$&'+,;=:@`")
            }
            Kind::Character { text } => {
                write!(f, "a path cannot hold `{text}`: write letters, digits or any of `-._~!$&'+,;=:@`")
            }
        }
    }
}
