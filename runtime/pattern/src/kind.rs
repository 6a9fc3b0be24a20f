//! Every way in which a text fails to be a pattern.

use alloc::string::String;

/// What a mistake is: one variant a cause. It displays as the message.
///
/// ```
/// use rutter_pattern::{Pattern, PatternErrorKind};
///
/// let errors = Pattern::parse("/files/*path").unwrap_err();
///
/// assert_eq!(
///     errors[0].kind(),
///     &PatternErrorKind::Foreign { written: "*path".into(), instead: "[...path]".into() },
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PatternErrorKind {
    /// There is no path in the text.
    Empty,
    /// `products`: the first slash is missing.
    NoLeadingSlash,
    /// A pattern with space before or after it.
    SpaceAround,
    /// `GET /products`: the method stands inside.
    Method {
        /// The method.
        method: String,
    },
    /// `https://example.com/products`: a whole URL.
    FullUrl {
        /// The path in it.
        path: String,
    },
    /// `/products?page`: a query.
    Query,
    /// `/products#top`: a fragment.
    Fragment,
    /// `\products`: a backslash between segments.
    Backslash,
    /// `/a//b`: nothing between two slashes.
    EmptySegment,
    /// `/products/`: a slash at the end.
    TrailingSlash,
    /// `/a/../b`: a segment that is `.` or `..`.
    DotSegment {
        /// `.` or `..`.
        segment: String,
    },
    /// `/[id`: a bracket that stays open.
    Unclosed {
        /// From the bracket on, to the end of the segment.
        written: String,
        /// What to write.
        instead: String,
    },
    /// `/id]`: a closing bracket without an opening one.
    Stray {
        /// The closing bracket.
        bracket: char,
    },
    /// `/[[[id]]]`: more brackets than any form has.
    ExtraBrackets {
        /// What to write.
        instead: String,
    },
    /// `/[a[b]]`: brackets inside of brackets.
    NestedBrackets,
    /// `/[a/b]`: a slash inside of brackets or parentheses.
    SlashInside,
    /// `/[ id ]`: space inside of brackets.
    SpaceInside {
        /// What to write.
        instead: String,
    },
    /// `/[]`, `/[...]`: brackets without a name.
    EmptyName {
        /// What to write, with a name made up.
        instead: String,
    },
    /// `/[..path]`, `/[....path]`, `/[path...]`: dots, but not three of them before the name.
    Dots {
        /// What to write.
        instead: String,
    },
    /// `/[…path]`: one character that looks like three dots.
    Ellipsis {
        /// What to write.
        instead: String,
    },
    /// `/[[id]]`: an optional segment that is no catch-all.
    OptionalParam {
        /// A name that would do.
        name: String,
    },
    /// `/[...path]/meta`: a catch-all with segments after it.
    CatchAllNotLast,
    /// `/[id]/[id]`: one name twice.
    DuplicateName {
        /// The name.
        name: String,
    },
    /// `/[product-id]`: a name that is no ASCII identifier of Rust.
    Name {
        /// The name as written.
        name: String,
        /// A name that would do.
        instead: String,
    },
    /// `/[type]`: a name that is a keyword.
    Keyword {
        /// The keyword.
        name: String,
    },
    /// `/[_]`: an underscore in place of a name.
    Underscore,
    /// `/v[id]`, `/[id].json`: text beside brackets.
    TextAround {
        /// The first bracketed form of the segment.
        param: String,
    },
    /// `/[from]-[to]`: more than one dynamic form in a segment.
    TwoParams,
    /// `/{id}`, `/:id`, `/<id>`, `/*path`: a dynamic segment as other frameworks write it.
    Foreign {
        /// What is written.
        written: String,
        /// What to write.
        instead: String,
    },
    /// `/()`: a group without a name.
    EmptyGroup,
    /// `/(shop`: a group that stays open.
    UnclosedGroup {
        /// What to write.
        instead: String,
    },
    /// `/(our shop)`: a group whose name holds what static text cannot hold.
    GroupName,
    /// `/((shop))`: a group inside of a group.
    NestedGroup,
    /// `/([id])`: brackets inside of a group.
    ParamInGroup,
    /// `/(shop)x`: anything beside a group in its segment.
    TextAroundGroup {
        /// The group.
        group: String,
    },
    /// `/our products`: space inside of static text.
    Space,
    /// `/caf%C3%A9`: percent-escapes in static text.
    Escape {
        /// The escapes.
        text: String,
    },
    /// `/café`: characters beyond ASCII in static text.
    NonAscii {
        /// The characters.
        text: String,
    },
    /// Control characters in static text.
    Control {
        /// The characters.
        text: String,
    },
    /// `/report*`: a wildcard within static text.
    Wildcard,
    /// `/a|b`: characters in static text that a path cannot hold.
    Character {
        /// The characters.
        text: String,
    },
}
