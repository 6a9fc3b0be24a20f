//! Errors of Rutter itself: what stops an application from starting.

use core::{any::Any, fmt};

/// A boxed error of any kind, as the field spells it.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// The result of starting or serving an application.
pub type Result<T, E = Error> = core::result::Result<T, E>;

/// What stopped an application from starting or serving.
///
/// `fn main() -> rutter::Result<()>` prints it through [`Debug`](fmt::Debug), which therefore
/// reads like [`Display`](fmt::Display): a sentence, not a struct.
pub struct Error(BoxError);

impl Error {
    /// Wraps any error, or a text.
    pub fn new(error: impl Into<BoxError>) -> Self {
        Error(error.into())
    }

    /// The error inside.
    pub fn into_inner(self) -> BoxError {
        self.0
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut said = self.0.to_string();
        f.write_str(&said)?;
        let mut cause = self.0.source();
        while let Some(error) = cause {
            let text = error.to_string();
            // Many errors repeat their cause in their own text.
            if !said.ends_with(&text) {
                write!(f, ": {text}")?;
            }
            said = text;
            cause = error.source();
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<E: std::error::Error + Send + Sync + 'static> From<E> for Error {
    fn from(error: E) -> Self {
        Error(Box::new(error))
    }
}

/// The text of a panic, for the log.
pub(crate) fn panic_text(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&'static str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("a value that is no text")
}
