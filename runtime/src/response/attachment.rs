//! Bytes that the client saves as a file, under a name that is safe.

use http::{HeaderValue, header};

use crate::{
    body::Body,
    percent::push,
    response::{IntoResponse, Response, Selectable, reply::refused},
};

/// Bytes that the client saves as a file, or shows under a name.
///
/// Without a [`content_type`](Attachment::content_type) it is `application/octet-stream`. The
/// client is told not to guess another one (`X-Content-Type-Options: nosniff`).
///
/// A client that has lost its connection may ask for the rest (`Range`, RFC 9110 §14), unless the
/// bytes come as a stream. An answer that is kept has an `ETag`, by which the client can tell that
/// the rest belongs to what it has; otherwise give it one: `.header("etag", "\"7\"")`.
///
/// ```
/// use rutter::{Attachment, IntoResponse};
///
/// let answer = Attachment::new("report.csv", "a,b\n1,2\n").content_type("text/csv").into_response();
/// assert_eq!(answer.headers()["content-disposition"], "attachment; filename=\"report.csv\"");
/// assert_eq!(answer.headers()["content-type"], "text/csv");
/// ```
#[derive(Debug)]
#[must_use = "an answer is sent only when the handler returns it"]
pub struct Attachment {
    name: String,
    kind: &'static str,
    content_type: Option<HeaderValue>,
    body: Body,
}

impl Attachment {
    /// A file to save under this name.
    ///
    /// The name may come from outside: whatever could end it, split the answer or lead into
    /// another folder is replaced by `_`. Letters beyond ASCII reach the client as they are
    /// (RFC 6266, RFC 8187).
    ///
    /// ```
    /// use rutter::{Attachment, IntoResponse};
    ///
    /// let answer = Attachment::new("naïve.txt", "…").into_response();
    /// assert_eq!(
    ///     answer.headers()["content-disposition"],
    ///     "attachment; filename=\"na_ve.txt\"; filename*=UTF-8''na%C3%AFve.txt",
    /// );
    /// ```
    pub fn new(name: impl Into<String>, body: impl Into<Body>) -> Self {
        let content_type = Some(HeaderValue::from_static("application/octet-stream"));
        Attachment { name: name.into(), kind: "attachment", content_type, body: body.into() }
    }

    /// The media type. One that HTTP does not allow makes the answer a 500.
    ///
    /// ```
    /// use rutter::{Attachment, IntoResponse};
    ///
    /// let answer = Attachment::new("a.pdf", "%PDF").content_type("application/pdf").into_response();
    /// assert_eq!(answer.headers()["content-type"], "application/pdf");
    /// ```
    pub fn content_type(mut self, media_type: impl TryInto<HeaderValue>) -> Self {
        self.content_type = media_type.try_into().ok();
        self
    }

    /// Lets the client show the file in place; the name is for when it is saved.
    ///
    /// ```
    /// use rutter::{Attachment, IntoResponse};
    ///
    /// let answer = Attachment::new("photo.png", vec![0x89]).content_type("image/png").inline().into_response();
    /// assert_eq!(answer.headers()["content-disposition"], "inline; filename=\"photo.png\"");
    /// ```
    pub fn inline(mut self) -> Self {
        self.kind = "inline";
        self
    }
}

impl IntoResponse for Attachment {
    fn into_response(self) -> Response {
        let disposition = HeaderValue::try_from(disposition(self.kind, &self.name));
        let (Some(content_type), Ok(disposition)) = (self.content_type, disposition) else {
            return refused("the type of an attachment has a control character, which would split the answer");
        };
        let (body, in_parts) = match self.body.into_whole() {
            Ok(bytes) => (Body::open(Selectable(bytes)), true),
            Err(stream) => (stream, false),
        };
        let mut response = Response::new(body);
        response.headers_mut().extend([
            (header::CONTENT_TYPE, content_type),
            (header::CONTENT_DISPOSITION, disposition),
            (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        ]);
        if in_parts {
            response.headers_mut().insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
        }
        response
    }
}

/// RFC 6266 §4: the name in ASCII, and once more in UTF-8 where ASCII cannot hold it.
pub(crate) fn disposition(kind: &str, name: &str) -> String {
    let name: String = name.chars().map(|letter| if is_safe(letter) { letter } else { '_' }).collect();
    if name.is_empty() {
        return kind.to_owned();
    }
    let ascii: String = name.chars().map(|letter| if is_quotable(letter) { letter } else { '_' }).collect();
    let mut text = format!("{kind}; filename=\"{ascii}\"");
    if ascii != name {
        text.push_str("; filename*=UTF-8''");
        name.bytes().for_each(|byte| push(&mut text, byte, is_attr_char(byte)));
    }
    text
}

/// What may be in the name of a file anywhere: no control character, no end of a folder's name,
/// no mark that turns the direction of reading around and so hides the true ending.
fn is_safe(letter: char) -> bool {
    let turns = matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    !letter.is_control() && !matches!(letter, '/' | '\\') && !turns
}

/// RFC 6266, appendix D: neither escapes in quotes nor `%` are understood alike everywhere.
fn is_quotable(letter: char) -> bool {
    matches!(letter, ' '..='~') && !matches!(letter, '"' | '%')
}

/// RFC 8187 §3.2.1.
fn is_attr_char(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_safe() {
        for (name, expected) in [
            ("report.pdf", r#"attachment; filename="report.pdf""#),
            ("my report (1).pdf", r#"attachment; filename="my report (1).pdf""#),
            ("", "attachment"),
            ("a\"b.txt", r#"attachment; filename="a_b.txt"; filename*=UTF-8''a%22b.txt"#),
            ("100%.txt", r#"attachment; filename="100_.txt"; filename*=UTF-8''100%25.txt"#),
            ("a\r\nset-cookie: b=c", r#"attachment; filename="a__set-cookie: b=c""#),
            ("../../etc/passwd", r#"attachment; filename=".._.._etc_passwd""#),
            ("C:\\boot.ini", r#"attachment; filename="C:_boot.ini""#),
            ("€ 5.txt", r#"attachment; filename="_ 5.txt"; filename*=UTF-8''%E2%82%AC%205.txt"#),
            ("a\u{202e}fdp.exe", r#"attachment; filename="a_fdp.exe""#),
        ] {
            assert_eq!(disposition("attachment", name), expected, "{name:?}");
        }
    }

    #[test]
    fn a_type_that_would_split_the_answer_is_a_500() {
        let answer = Attachment::new("a", "").content_type("text/csv\r\nx: y").into_response();
        assert_eq!(answer.status(), 500);
    }
}
