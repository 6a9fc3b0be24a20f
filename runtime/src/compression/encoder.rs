//! The coders: bytes in, fewer bytes out.

use core::panic::AssertUnwindSafe;
use std::{
    io::{self, Write},
    panic::catch_unwind,
};

use bytes::Bytes;
use flate2::write::GzEncoder;
use zstd::zstd_safe::CParameter;

use crate::{
    compression::{Encoding, Level},
    error::panic_text,
};

/// One stream of bytes on its way into an encoding.
pub(super) enum Encoder {
    Brotli(Box<brotli::CompressorWriter<Vec<u8>>>),
    Zstd(zstd::stream::write::Encoder<'static, Vec<u8>>),
    Gzip(GzEncoder<Vec<u8>>),
}

impl Encoder {
    /// # Errors
    /// When there is no memory for the tables of zstd.
    pub(super) fn new(encoding: Encoding, level: Level) -> io::Result<Self> {
        let quality = level.of(encoding);
        Ok(match encoding {
            Encoding::Brotli => {
                let writer = brotli::CompressorWriter::new(Vec::new(), BUFFER, quality.into(), WINDOW);
                Encoder::Brotli(Box::new(writer))
            }
            Encoding::Zstd => {
                let mut encoder = zstd::stream::write::Encoder::new(Vec::new(), quality.into())?;
                // RFC 9659 lets a client refuse a window of more than 8 MiB; ours is for the sake of memory.
                encoder.window_log(WINDOW)?;
                if level == Level::Best {
                    // Its tables would be those for a window of 8 MiB.
                    encoder.set_parameter(CParameter::HashLog(WINDOW))?;
                    encoder.set_parameter(CParameter::ChainLog(WINDOW))?;
                }
                Encoder::Zstd(encoder)
            }
            Encoding::Gzip => Encoder::Gzip(GzEncoder::new(Vec::new(), flate2::Compression::new(quality.into()))),
        })
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.writer().write_all(bytes)
    }

    /// Puts out all there has been, so that a client can read it.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.writer().flush()
    }

    /// How much has been put out and not been taken.
    pub(super) fn len(&self) -> usize {
        match self {
            Encoder::Brotli(writer) => writer.get_ref().len(),
            Encoder::Zstd(encoder) => encoder.get_ref().len(),
            Encoder::Gzip(encoder) => encoder.get_ref().len(),
        }
    }

    /// What has been put out.
    pub(super) fn take(&mut self) -> Bytes {
        let output = match self {
            Encoder::Brotli(writer) => writer.get_mut(),
            Encoder::Zstd(encoder) => encoder.get_mut(),
            Encoder::Gzip(encoder) => encoder.get_mut(),
        };
        core::mem::take(output).into()
    }

    /// What is left, with the end.
    pub(super) fn finish(self) -> io::Result<Vec<u8>> {
        match self {
            Encoder::Brotli(writer) => Ok(writer.into_inner()),
            Encoder::Zstd(encoder) => encoder.finish(),
            Encoder::Gzip(encoder) => encoder.finish(),
        }
    }

    fn writer(&mut self) -> &mut dyn Write {
        match self {
            Encoder::Brotli(writer) => writer,
            Encoder::Zstd(encoder) => encoder,
            Encoder::Gzip(encoder) => encoder,
        }
    }
}

/// All of these bytes at once.
///
/// # Errors
/// When the coder fails, or panics.
pub(crate) fn encode(encoding: Encoding, level: Level, bytes: &[u8]) -> io::Result<Vec<u8>> {
    guarded(|| {
        let mut encoder = Encoder::new(encoding, level)?;
        encoder.write(bytes)?;
        encoder.finish()
    })
}

/// A coder that panics has failed: the bytes are there as they were, and no connection has to end for it.
fn guarded(encode: impl FnOnce() -> io::Result<Vec<u8>>) -> io::Result<Vec<u8>> {
    // What may be broken by the panic is dropped with it.
    let encoded = catch_unwind(AssertUnwindSafe(encode));
    encoded.unwrap_or_else(|panic| Err(io::Error::other(format!("a coder panicked: {}", panic_text(&*panic)))))
}

/// The binary logarithm of the window: 256 KiB. What a connection holds follows from it.
const WINDOW: u32 = 18;

/// What brotli puts out in one piece.
const BUFFER: usize = 4 * 1024;

#[cfg(test)]
mod tests {
    use std::io::Read;

    use proptest::{collection::vec, prelude::*};

    use super::*;

    fn decoded(encoding: Encoding, bytes: &[u8]) -> Vec<u8> {
        let mut plain = Vec::new();
        let read = match encoding {
            Encoding::Brotli => brotli::Decompressor::new(bytes, 4_096).read_to_end(&mut plain),
            Encoding::Zstd => zstd::stream::read::Decoder::new(bytes).unwrap().read_to_end(&mut plain),
            Encoding::Gzip => flate2::read::GzDecoder::new(bytes).read_to_end(&mut plain),
        };
        read.expect("it can be decoded");
        plain
    }

    #[test]
    fn every_level_decodes_to_the_same() {
        let text: String = (0..20_000).flat_map(|n| [(n % 977).to_string(), " ".to_owned()]).collect();
        for encoding in Encoding::ALL {
            for level in [Level::Fast, Level::Default, Level::Best] {
                let encoded = encode(encoding, level, text.as_bytes()).unwrap();
                assert!(encoded.len() < text.len() / 3, "{encoding} {level:?}: {} bytes", encoded.len());
                assert_eq!(decoded(encoding, &encoded), text.as_bytes(), "{encoding} {level:?}");
            }
        }
    }

    #[test]
    fn a_coder_that_panics_has_failed() {
        assert_eq!(guarded(|| panic!("no table")).unwrap_err().to_string(), "a coder panicked: no table");
        assert_eq!(guarded(|| Ok(vec![7])).unwrap(), [7]);
    }

    #[test]
    fn the_window_is_bounded() {
        let noise: Vec<u8> = (0_u32..600_000).map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
        let encoded = encode(Encoding::Zstd, Level::Default, &noise).unwrap();
        let mut decoder = zstd::stream::read::Decoder::new(&*encoded).unwrap();
        decoder.window_log_max(WINDOW).unwrap();
        assert_eq!(io::copy(&mut decoder, &mut io::sink()).expect("a small window is enough"), 600_000);
        let encoded = encode(Encoding::Brotli, Level::Default, &noise).unwrap();
        // RFC 7932 §9.1: 0011 in the first bits is a window of 2^18.
        assert_eq!(encoded[0] & 0b1111, 0b0011);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

        #[test]
        fn any_bytes_in_any_chunks_decode_to_the_same(
            chunks in vec((vec(any::<u8>(), 0..40), 0..200_usize, any::<bool>()), 0..12),
        ) {
            for encoding in Encoding::ALL {
                let mut encoder = Encoder::new(encoding, Level::Fast).unwrap();
                let (mut sent, mut came) = (Vec::new(), Vec::new());
                for (seed, times, flushes) in &chunks {
                    let chunk = seed.repeat(*times);
                    encoder.write(&chunk).unwrap();
                    sent.extend(chunk);
                    if *flushes {
                        encoder.flush().unwrap();
                    }
                    came.extend(encoder.take());
                }
                came.extend(encoder.finish().unwrap());
                prop_assert_eq!(decoded(encoding, &came), sent, "{}", encoding);
            }
        }
    }
}
