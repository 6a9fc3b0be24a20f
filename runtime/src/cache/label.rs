//! What an answer can be revalidated by: everything, its path, its tags.

use core::fmt;

use crate::percent::unescape;

/// What an answer can be revalidated by. Every kept answer has several: [`Label::all`], its path
/// and its tags.
///
/// ```
/// use rutter::cache::Label;
///
/// assert_eq!(Label::path("/a%62c/?page=2"), Label::path("/abc"));
/// assert_ne!(Label::path("/a%2Fb"), Label::path("/a/b"));
/// assert_eq!(Label::tag("products").to_string(), "tag `products`");
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Label(Box<[u8]>);

impl Label {
    /// Everything that is kept.
    pub fn all() -> Self {
        Label(Box::from([ALL]))
    }

    /// Every answer with this tag.
    pub fn tag(tag: &str) -> Self {
        Label([&[TAG], tag.as_bytes()].concat().into())
    }

    /// Every answer at this path, whatever it varies by. Spellings that mean the same path are the
    /// same label; a query or fragment behind the path is left out.
    pub fn path(path: &str) -> Self {
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let mut bytes = vec![PATH];
        for segment in path.split('/').filter(|segment| !segment.is_empty()) {
            let start = bytes.len();
            bytes.extend_from_slice(&[0; 4]);
            bytes.extend(unescape(segment.as_bytes()));
            // Each segment with its length: an escaped slash separates nothing.
            let len = u32::try_from(bytes.len() - start - 4).unwrap_or(u32::MAX);
            bytes[start..start + 4].copy_from_slice(&len.to_le_bytes());
        }
        Label(bytes.into())
    }

    /// Its bytes, for a store to keep: no two labels have the same ones.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// A label from the bytes of [`Label::as_bytes`].
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [ALL] | [PATH | TAG, ..] => Some(Label(bytes.into())),
            _ => None,
        }
    }
}

const ALL: u8 = b'*';
const PATH: u8 = b'/';
const TAG: u8 = b'#';

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            [TAG, tag @ ..] => write!(f, "tag `{}`", String::from_utf8_lossy(tag)),
            [PATH, path @ ..] => write!(f, "path `{}`", Path(path)),
            _ => f.write_str("everything"),
        }
    }
}

impl fmt::Debug for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Label({self})")
    }
}

/// The segments of a path with their lengths, for people.
struct Path<'a>(&'a [u8]);

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("/");
        }
        let mut rest = self.0;
        while let Some((len, behind)) = rest.split_first_chunk::<4>() {
            let len = usize::try_from(u32::from_le_bytes(*len)).unwrap_or(usize::MAX).min(behind.len());
            let (segment, others) = behind.split_at(len);
            write!(f, "/{}", String::from_utf8_lossy(segment))?;
            rest = others;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_path_are_one_label() {
        for path in ["/a/b", "a/b", "/a/b/", "//a/b", "/%61/b", "/a/b?x=1", "/a/b#c", "/a/b/?x=1#c"] {
            assert_eq!(Label::path(path), Label::path("/a/b"), "{path}");
        }
    }

    #[test]
    fn different_paths_are_different_labels() {
        let paths = ["/", "/a", "/a/b", "/a%2Fb", "/ab", "/A", "/%FF", "/%FE", "/a%3Fb", "/a%2520", "/a%20", "/é"];
        for (index, path) in paths.iter().enumerate() {
            for other in &paths[index + 1..] {
                assert_ne!(Label::path(path), Label::path(other), "{path} and {other}");
            }
        }
    }

    #[test]
    fn a_tag_is_never_a_path() {
        assert_ne!(Label::tag(""), Label::path("/"));
        assert_ne!(Label::tag(""), Label::all());
        assert_ne!(Label::tag("a"), Label::tag("A"));
    }

    #[test]
    fn a_label_survives_its_bytes() {
        for label in [Label::all(), Label::tag("é"), Label::path("/"), Label::path("/a%2Fb")] {
            assert_eq!(Label::from_bytes(label.as_bytes()), Some(label));
        }
        for bytes in [&b""[..], b"x", b"**"] {
            assert_eq!(Label::from_bytes(bytes), None);
        }
    }

    #[test]
    fn a_label_reads_as_what_it_is() {
        let told = [Label::path("/a%20b/c"), Label::path("/"), Label::all()].map(|label| label.to_string());
        assert_eq!(told, ["path `/a b/c`", "path `/`", "everything"]);
    }
}
