//! A body that is compressed as it is sent.

use core::{
    pin::Pin,
    task::{Context, Poll},
};
use std::io;

use bytes::Bytes;
use http::HeaderMap;
use http_body::{Body as _, Frame};

use crate::{
    body::{Body, BodyError},
    compression::{Encoding, Level, encoder::Encoder},
};

/// A body that is compressed as it is sent, and flushed whenever there is nothing more to compress at the moment.
pub(super) struct Encoded {
    source: Body,
    encoding: Encoding,
    level: Level,
    state: State,
    /// What has come and is not compressed yet.
    rest: Bytes,
    /// The coder has something that a client could read.
    holds_back: bool,
    /// What may still be compressed before others have a turn.
    left: usize,
}

enum State {
    /// A HEAD never gets further: its body is not read.
    Unread,
    Encoding(Encoder),
    /// The bytes have ended; these come after them.
    Trailing(HeaderMap),
    Done,
}

impl Encoded {
    pub(super) fn new(source: Body, encoding: Encoding, level: Level) -> Self {
        Encoded { source, encoding, level, state: State::Unread, rest: Bytes::new(), holds_back: false, left: PIECE }
    }

    fn poll_data(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        // Counted from turn to turn and not from poll to poll: whoever sends polls again at once.
        if self.left == 0 {
            self.left = PIECE;
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        loop {
            let State::Encoding(encoder) = &mut self.state else { return Poll::Ready(None) };
            if !self.rest.is_empty() {
                let piece = self.rest.split_to(self.rest.len().min(self.left));
                self.left -= piece.len();
                encoder.write(&piece).map_err(broken)?;
                self.holds_back = true;
            }
            if self.left == 0 || encoder.len() >= FULL {
                return match encoder.take() {
                    output if output.is_empty() => self.poll_data(cx),
                    output => Poll::Ready(Some(Ok(Frame::data(output)))),
                };
            }
            match Pin::new(&mut self.source).poll_frame(cx) {
                Poll::Ready(Some(Ok(frame))) => match frame.into_data() {
                    Ok(data) => self.rest = data,
                    Err(frame) => return self.end(frame.into_trailers().ok()),
                },
                Poll::Ready(Some(Err(error))) => {
                    self.state = State::Done;
                    return Poll::Ready(Some(Err(error)));
                }
                Poll::Ready(None) => return self.end(None),
                Poll::Pending if self.holds_back => {
                    encoder.flush().map_err(broken)?;
                    self.holds_back = false;
                    return Poll::Ready(Some(Ok(Frame::data(encoder.take()))));
                }
                Poll::Pending => {
                    self.left = PIECE;
                    return Poll::Pending;
                }
            }
        }
    }

    /// The last bytes, after which only trailers come.
    fn end(&mut self, trailers: Option<HeaderMap>) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        let after = trailers.map_or(State::Done, State::Trailing);
        let State::Encoding(encoder) = core::mem::replace(&mut self.state, after) else { return Poll::Ready(None) };
        Poll::Ready(Some(encoder.finish().map(|output| Frame::data(output.into())).map_err(broken)))
    }
}

impl http_body::Body for Encoded {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        if let State::Unread = self.state {
            let encoder = Encoder::new(self.encoding, self.level).map_err(broken)?;
            self.state = State::Encoding(encoder);
        }
        if let State::Trailing(trailers) = &mut self.state {
            let trailers = core::mem::take(trailers);
            self.state = State::Done;
            return Poll::Ready(Some(Ok(Frame::trailers(trailers))));
        }
        self.poll_data(cx)
    }
}

/// The most that is compressed before others have a turn. (With HTTP/1.1 hyper asks once more before it gives way.)
const PIECE: usize = 64 * 1024;

/// What is worth sending before the source is waited for.
const FULL: usize = 16 * 1024;

fn broken(error: io::Error) -> BodyError {
    BodyError::Broken(error.into())
}

#[cfg(test)]
mod tests {
    use core::task::Waker;
    use std::io::Read;

    use super::*;
    use crate::error::BoxError;

    /// What a source does at each poll.
    enum Step {
        Data(Bytes),
        Wait,
        Fail,
        Trailers(HeaderMap),
    }

    struct Steps(std::vec::IntoIter<Step>);

    impl http_body::Body for Steps {
        type Data = Bytes;
        type Error = BoxError;

        fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
            match self.0.next() {
                Some(Step::Data(data)) => Poll::Ready(Some(Ok(Frame::data(data)))),
                Some(Step::Wait) => Poll::Pending,
                Some(Step::Fail) => Poll::Ready(Some(Err("the disk is gone".into()))),
                Some(Step::Trailers(trailers)) => Poll::Ready(Some(Ok(Frame::trailers(trailers)))),
                None => Poll::Ready(None),
            }
        }
    }

    fn data(bytes: &'static [u8]) -> Step {
        Step::Data(Bytes::from_static(bytes))
    }

    fn encoded(steps: Vec<Step>, encoding: Encoding) -> Pin<Box<Encoded>> {
        Box::pin(Encoded::new(Body::new(Steps(steps.into_iter())), encoding, Level::Default))
    }

    fn poll(body: &mut Pin<Box<Encoded>>) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        body.as_mut().poll_frame(&mut Context::from_waker(Waker::noop()))
    }

    fn frame(body: &mut Pin<Box<Encoded>>) -> Frame<Bytes> {
        match poll(body) {
            Poll::Ready(Some(Ok(frame))) => frame,
            other => panic!("a frame, not {other:?}"),
        }
    }

    /// What can be read of the beginning of an encoded body.
    fn beginning(encoding: Encoding, bytes: &[u8]) -> Vec<u8> {
        let mut reader: Box<dyn Read + '_> = match encoding {
            Encoding::Brotli => Box::new(brotli::Decompressor::new(bytes, 4_096)),
            Encoding::Zstd => Box::new(zstd::stream::read::Decoder::new(bytes).unwrap()),
            Encoding::Gzip => Box::new(flate2::read::GzDecoder::new(bytes)),
        };
        let (mut plain, mut buffer) = (Vec::new(), [0; 4_096]);
        while let Ok(len @ 1..) = reader.read(&mut buffer) {
            plain.extend_from_slice(&buffer[..len]);
        }
        plain
    }

    #[test]
    fn nothing_is_held_back_while_the_source_waits() {
        for encoding in Encoding::ALL {
            let mut body = encoded(vec![data(b"one"), Step::Wait, Step::Wait, data(b"two"), Step::Wait], encoding);
            let mut came = frame(&mut body).into_data().unwrap().to_vec();
            assert_eq!(beginning(encoding, &came), b"one", "{encoding}");
            assert!(poll(&mut body).is_pending(), "{encoding}: nothing is flushed twice");
            came.extend(frame(&mut body).into_data().unwrap());
            assert_eq!(beginning(encoding, &came), b"onetwo", "{encoding}");
            came.extend(frame(&mut body).into_data().unwrap());
            assert_eq!(beginning(encoding, &came), b"onetwo", "{encoding}");
            assert!(matches!(poll(&mut body), Poll::Ready(None)), "{encoding}");
        }
    }

    /// How often others have a turn until all has come, and all that came.
    fn turns(mut body: Pin<Box<Encoded>>) -> (usize, Vec<u8>) {
        let (mut turns, mut came) = (0, Vec::new());
        loop {
            match poll(&mut body) {
                Poll::Pending => turns += 1,
                Poll::Ready(Some(frame)) => came.extend(frame.unwrap().into_data().unwrap()),
                Poll::Ready(None) => return (turns, came),
            }
        }
    }

    #[test]
    fn others_have_a_turn_between_two_pieces() {
        let zeros = Bytes::from(vec![0; 4 * PIECE]);
        let (turns, came) = turns(encoded(vec![Step::Data(zeros)], Encoding::Gzip));
        assert_eq!((turns, beginning(Encoding::Gzip, &came).len()), (4, 4 * PIECE));
    }

    #[test]
    fn others_have_a_turn_where_what_is_put_out_is_as_much_as_comes() {
        let mut state = 7_u64;
        let mut noise = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state.to_be_bytes()[0]
        };
        for encoding in Encoding::ALL {
            let chunks = (0..32).map(|_| Step::Data((0..8 * 1024).map(|_| noise()).collect()));
            let (turns, came) = turns(encoded(chunks.collect(), encoding));
            assert_eq!((turns, beginning(encoding, &came).len()), (4, 4 * PIECE), "{encoding}");
        }
    }

    #[test]
    fn a_source_that_waits_gives_others_a_turn() {
        let half = || Step::Data(Bytes::from(vec![0; PIECE / 2 + 1]));
        let (turns, _) = turns(encoded(vec![half(), Step::Wait, Step::Wait, half()], Encoding::Gzip));
        assert_eq!(turns, 1);
    }

    #[test]
    fn a_source_that_fails_is_no_end() {
        for encoding in Encoding::ALL {
            let mut body = encoded(vec![data(b"one"), Step::Fail], encoding);
            assert!(matches!(poll(&mut body), Poll::Ready(Some(Err(BodyError::Broken(_))))), "{encoding}");
            assert!(matches!(poll(&mut body), Poll::Ready(None)), "{encoding}");
        }
    }

    #[test]
    fn trailers_come_after_the_last_byte() {
        let trailers = HeaderMap::from_iter([(http::header::ETAG, http::HeaderValue::from_static("\"a\""))]);
        let mut body = encoded(vec![data(b"one"), Step::Trailers(trailers.clone())], Encoding::Gzip);
        let came = frame(&mut body).into_data().unwrap();
        assert_eq!(beginning(Encoding::Gzip, &came), b"one");
        assert_eq!(frame(&mut body).into_trailers().unwrap(), trailers);
        assert!(matches!(poll(&mut body), Poll::Ready(None)));
    }
}
