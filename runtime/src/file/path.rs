//! What may name a file below a folder.

use std::borrow::Cow;

use crate::extract::Segments;

/// The path of a file below a folder: the segments of a catch-all, a list of texts, or one text with slashes.
///
/// A list is taken segment by segment: a slash inside of one is not a step into a folder, and so names nothing.
///
/// ```
/// use rutter::{Directory, File, Problem, Segments};
///
/// async fn docs(docs: &Directory, path: Segments<'_>) -> Result<File, Problem> {
///     docs.open(path).await
/// }
/// async fn page(docs: &Directory, name: String) -> Result<File, Problem> {
///     docs.open(["pages", &name]).await
/// }
/// async fn style(docs: &Directory) -> Result<File, Problem> {
///     docs.open("assets/style.css").await
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the path of a file below a folder",
    label = "this names no file",
    note = "give the `Segments<'_>` or the `Vec<String>` of a catch-all, a list of texts, or a text such as `\"a/b.html\"`"
)]
pub trait FilePath {
    /// Calls this with each segment.
    fn segments(self, each: &mut dyn FnMut(&str));
}

impl FilePath for &str {
    fn segments(self, each: &mut dyn FnMut(&str)) {
        if !self.is_empty() {
            self.split('/').for_each(each);
        }
    }
}

impl FilePath for String {
    fn segments(self, each: &mut dyn FnMut(&str)) {
        self.as_str().segments(each);
    }
}

impl FilePath for &String {
    fn segments(self, each: &mut dyn FnMut(&str)) {
        self.as_str().segments(each);
    }
}

impl FilePath for Cow<'_, str> {
    fn segments(self, each: &mut dyn FnMut(&str)) {
        (*self).segments(each);
    }
}

impl FilePath for Segments<'_> {
    fn segments(self, each: &mut dyn FnMut(&str)) {
        for segment in self {
            each(&segment);
        }
    }
}

impl<T: AsRef<str>> FilePath for &[T] {
    fn segments(self, each: &mut dyn FnMut(&str)) {
        for segment in self {
            each(segment.as_ref());
        }
    }
}

impl<T: AsRef<str>, const N: usize> FilePath for [T; N] {
    fn segments(self, each: &mut dyn FnMut(&str)) {
        self.as_slice().segments(each);
    }
}

impl<T: AsRef<str>> FilePath for Vec<T> {
    fn segments(self, each: &mut dyn FnMut(&str)) {
        self.as_slice().segments(each);
    }
}

impl<T: AsRef<str>> FilePath for &Vec<T> {
    fn segments(self, each: &mut dyn FnMut(&str)) {
        self.as_slice().segments(each);
    }
}

/// None is the folder itself, as in an optional catch-all.
impl<P: FilePath> FilePath for Option<P> {
    fn segments(self, each: &mut dyn FnMut(&str)) {
        if let Some(path) = self {
            path.segments(each);
        }
    }
}
