//! Whether answers are compressed, from which length on, and how hard.

use crate::compression::Encoding;

/// How answers are compressed: what [`Routes::compression`](crate::Routes::compression) takes.
///
/// ```
/// use rutter::{Compression, compression::{Encoding, Level}, prelude::*};
/// # #[route(GET, "/")]
/// # fn home() {}
///
/// let compression = Compression::default().smallest(512).level(Level::Fast).encodings([Encoding::Zstd, Encoding::Gzip]);
/// let app = rutter::routes![home].compression(compression).build()?;
/// # let _ = app;
/// # Ok::<(), rutter::BuildError>(())
/// ```
#[derive(Debug, Clone, Copy)]
#[must_use = "settings have no effect before `Routes::compression`"]
pub struct Compression {
    pub(super) smallest: u32,
    pub(super) level: Level,
    /// Those that are offered, the preferred first.
    encodings: [Option<Encoding>; Encoding::ALL.len()],
}

impl Compression {
    /// The least bytes of a body that is compressed: 1 KiB. A shorter one fits into a packet as it is.
    ///
    /// ```
    /// let compression = rutter::Compression::default().smallest(256);
    /// # let _ = compression;
    /// ```
    pub fn smallest(mut self, bytes: u32) -> Self {
        self.smallest = bytes;
        self
    }

    /// How hard is tried.
    ///
    /// ```
    /// use rutter::{Compression, compression::Level};
    ///
    /// let compression = Compression::default().level(Level::Best);
    /// # let _ = compression;
    /// ```
    pub fn level(mut self, level: Level) -> Self {
        self.level = level;
        self
    }

    /// What is offered, the preferred first: br, zstd, gzip. The order decides among what a client likes equally well.
    ///
    /// ```
    /// use rutter::{Compression, compression::Encoding};
    ///
    /// let compression = Compression::default().encodings([Encoding::Gzip]);
    /// # let _ = compression;
    /// ```
    pub fn encodings(mut self, encodings: impl IntoIterator<Item = Encoding>) -> Self {
        self.encodings = [None; Encoding::ALL.len()];
        for encoding in encodings {
            let free = self.encodings.iter_mut().find(|place| place.is_none_or(|other| other == encoding));
            if let Some(place) = free {
                *place = Some(encoding);
            }
        }
        self
    }

    pub(super) fn offered(self) -> impl Iterator<Item = Encoding> + Clone {
        self.encodings.into_iter().flatten()
    }

    /// How many encodings of one answer there may be.
    pub(crate) fn count(self) -> usize {
        self.offered().count()
    }

    /// The least bytes of a body that is compressed.
    pub(crate) fn least(self) -> u64 {
        self.smallest.into()
    }

    pub(crate) fn effort(self) -> Level {
        self.level
    }
}

impl Default for Compression {
    fn default() -> Self {
        Compression { smallest: 1024, level: Level::Default, encodings: Encoding::ALL.map(Some) }
    }
}

/// How hard is tried to make an answer small.
///
/// ```
/// use rutter::compression::Level;
///
/// assert_eq!(Level::default(), Level::Default);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Level {
    /// As fast as it goes: br 2, zstd 1, gzip 1.
    Fast,
    /// Most of what can be won, in little time: br 5, zstd 3, gzip 6.
    #[default]
    Default,
    /// Nearly all that can be won, in two to five times the time: br 7, zstd 9, gzip 9.
    Best,
}

impl Level {
    /// As the coder of an encoding counts. Beyond these the tables of a coder take tens of megabytes for each answer under
    /// way, and win one byte in a hundred (measured: br 9 takes 36 MiB).
    pub(super) const fn of(self, encoding: Encoding) -> u8 {
        match (encoding, self) {
            (Encoding::Brotli, Level::Fast) => 2,
            (Encoding::Brotli, Level::Default) => 5,
            (Encoding::Brotli, Level::Best) => 7,
            (Encoding::Zstd | Encoding::Gzip, Level::Fast) => 1,
            (Encoding::Zstd, Level::Default) => 3,
            (Encoding::Zstd | Encoding::Gzip, Level::Best) => 9,
            (Encoding::Gzip, Level::Default) => 6,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoding_is_offered_once_in_the_order_given() {
        use Encoding::{Brotli, Gzip, Zstd};

        let table: [(&[Encoding], &[Encoding]); 4] = [
            (&[Gzip, Brotli], &[Gzip, Brotli]),
            (&[Gzip, Gzip, Gzip, Gzip, Zstd], &[Gzip, Zstd]),
            (&[Zstd, Brotli, Gzip, Zstd], &[Zstd, Brotli, Gzip]),
            (&[], &[]),
        ];
        for (given, offered) in table {
            let settings = Compression::default().encodings(given.iter().copied());
            assert_eq!(settings.offered().collect::<Vec<_>>(), offered, "{given:?}");
        }
    }
}
