//! Links: a pattern's path with values in its places, percent-encoded.

use alloc::string::String;
use core::{error::Error, fmt};

/// Renders one link, percent-encoding each value.
///
/// It is told the segments of a pattern in order. A link that renders has exactly as many segments as it was told, and
/// decoding a segment gives its value back: everything but the unreserved characters of RFC 3986 §2.3 is encoded,
/// so no value can add a segment, a query or a fragment.
///
/// ```
/// use rutter_pattern::Link;
///
/// let mut link = Link::new();
/// link.fixed("files");
/// link.value("owner", "Zoë");
/// link.rest("path", false, ["a/b", "c d.txt"]);
///
/// assert_eq!(link.finish()?, "/files/Zo%C3%AB/a%2Fb/c%20d.txt");
/// # Ok::<(), rutter_pattern::LinkError>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use = "a link is rendered by `finish`"]
pub struct Link {
    text: String,
    error: Option<LinkError>,
}

impl Link {
    /// A link without segments, which is the root.
    ///
    /// ```
    /// use rutter_pattern::Link;
    ///
    /// assert_eq!(Link::new().finish()?, "/");
    /// # Ok::<(), rutter_pattern::LinkError>(())
    /// ```
    pub fn new() -> Link {
        Link::default()
    }

    /// Adds a static segment, written as in the pattern.
    ///
    /// ```
    /// use rutter_pattern::Link;
    ///
    /// let mut link = Link::new();
    /// link.fixed("products");
    ///
    /// assert_eq!(link.finish()?, "/products");
    /// # Ok::<(), rutter_pattern::LinkError>(())
    /// ```
    pub fn fixed(&mut self, text: &str) {
        self.text.push('/');
        self.text.push_str(text);
    }

    /// Adds the value of a param.
    ///
    /// ```
    /// use rutter_pattern::Link;
    ///
    /// let mut link = Link::new();
    /// link.value("title", "50% off?");
    ///
    /// assert_eq!(link.finish()?, "/50%25%20off%3F");
    /// # Ok::<(), rutter_pattern::LinkError>(())
    /// ```
    pub fn value(&mut self, name: &'static str, value: &str) {
        match value {
            "" => self.refuse(LinkError::Empty { name }),
            "." | ".." => self.refuse(LinkError::Dot { name, value: value.into() }),
            _ => {
                self.text.push('/');
                encode(value, &mut self.text);
            }
        }
    }

    /// Adds the values of a catch-all, one segment each. Only an `optional` one may be without values.
    ///
    /// ```
    /// use rutter_pattern::{Link, LinkError};
    ///
    /// let mut link = Link::new();
    /// link.fixed("docs");
    /// link.rest("page", true, ["guides", "links"]);
    /// assert_eq!(link.finish()?, "/docs/guides/links");
    ///
    /// let mut link = Link::new();
    /// link.rest("path", false, [""; 0]);
    /// assert_eq!(link.finish(), Err(LinkError::EmptyCatchAll { name: "path" }));
    /// # Ok::<(), LinkError>(())
    /// ```
    pub fn rest<I>(&mut self, name: &'static str, optional: bool, values: I)
    where
        I: IntoIterator,
        I::Item: AsRef<str>,
    {
        let mut none = true;
        for value in values {
            self.value(name, value.as_ref());
            none = false;
        }
        if none && !optional {
            self.refuse(LinkError::EmptyCatchAll { name });
        }
    }

    /// The link, or the first reason why there is none.
    ///
    /// ```
    /// use rutter_pattern::{Link, LinkError};
    ///
    /// let mut link = Link::new();
    /// link.fixed("files");
    /// link.value("name", "..");
    ///
    /// assert_eq!(link.finish(), Err(LinkError::Dot { name: "name", value: "..".into() }));
    /// ```
    ///
    /// # Errors
    ///
    /// A [`LinkError`] when a value cannot be a segment of a path.
    pub fn finish(self) -> Result<String, LinkError> {
        match self.error {
            Some(error) => Err(error),
            None if self.text.is_empty() => Ok(String::from("/")),
            None => Ok(self.text),
        }
    }

    fn refuse(&mut self, error: LinkError) {
        self.error.get_or_insert(error);
    }
}

/// Why a value cannot stand in a link.
///
/// ```
/// use rutter_pattern::LinkError;
///
/// assert_eq!(LinkError::Empty { name: "id" }.to_string(), "the value of `id` is empty, which is no segment of a path");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LinkError {
    /// A value, or one value of a catch-all, is empty.
    Empty {
        /// The param's name.
        name: &'static str,
    },
    /// A value is `.` or `..`, which clients resolve away, however it is encoded.
    Dot {
        /// The param's name.
        name: &'static str,
        /// The value.
        value: String,
    },
    /// A catch-all that takes at least one segment has no values.
    EmptyCatchAll {
        /// The catch-all's name.
        name: &'static str,
    },
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LinkError::Empty { name } => write!(f, "the value of `{name}` is empty, which is no segment of a path"),
            LinkError::Dot { name, value } => {
                write!(f, "the value of `{name}` is `{value}`, which clients resolve instead of sending it")
            }
            LinkError::EmptyCatchAll { name } => {
                write!(f, "`{name}` takes at least one segment, and has no values")
            }
        }
    }
}

impl Error for LinkError {}

/// RFC 3986 §2.3: everything but unreserved characters, as the UTF-8 bytes in upper-case hexadecimal.
fn encode(value: &str, text: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for byte in value.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                text.push(char::from(byte));
            }
            _ => {
                text.push('%');
                text.push(char::from(DIGITS[usize::from(byte >> 4)]));
                text.push(char::from(DIGITS[usize::from(byte & 15)]));
            }
        }
    }
}
