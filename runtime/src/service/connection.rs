//! One connection: which protocol it speaks, and how it ends when the application does.

use core::{convert::Infallible, future::pending, pin::pin, time::Duration};

use hyper::server::conn::{http1, http2};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use tokio::{
    io::Interest,
    net::TcpStream,
    time::{sleep, timeout},
};

use crate::{
    ending::Ending,
    service::{RouteService, leaving::Leaving, watched::watched},
};

/// What every connection of a server goes by.
#[derive(Clone)]
pub(super) struct Course {
    pub(super) header_timeout: Duration,
    pub(super) linger: Duration,
    /// Begins once clients that reuse their connection have been heard out.
    pub(super) closing: Ending,
}

/// Serves one connection to its end.
pub(super) async fn connection(stream: TcpStream, app: RouteService, course: Course) {
    // Answers are written whole: waiting for more to send only delays them.
    let _ = stream.set_nodelay(true);
    let version = tokio::select! {
        version = timeout(course.header_timeout, version(&stream)) => version,
        // One that has just been accepted has its moment, too.
        () = async { course.closing.wait().await; sleep(course.linger).await } => return,
    };
    let Ok(Some(version)) = version else { return };
    // A macro because the two connection types share methods but no trait.
    macro_rules! drive {
        ($connection:expr, $ending:expr, $watch:expr, $broke:expr) => {{
            let mut connection = pin!($connection);
            let (mut watch, mut ending) = (pin!($watch), pin!($ending.wait()));
            let mut is_ending = false;
            let result = loop {
                tokio::select! {
                    // First, so that a request that is there already has been read: hyper closes what is untouched.
                    biased;
                    result = connection.as_mut() => break result,
                    never = watch.as_mut() => match never {},
                    () = ending.as_mut(), if !is_ending => {
                        connection.as_mut().graceful_shutdown();
                        is_ending = true;
                    }
                }
            };
            if let Err(error) = result {
                if error.is_user() {
                    $broke
                }
                tracing::debug!(%error, "a connection ended early");
            }
        }};
    }
    match version {
        Protocol::Http1 => {
            let mut builder = http1::Builder::new();
            builder.timer(TokioTimer::new()).header_read_timeout(course.header_timeout).max_header_size(LONGEST_HEAD);
            let leaving = Leaving::default();
            let (stream, app) = watched(stream, app, &leaving);
            let connection = builder.serve_connection(TokioIo::new(stream), app);
            drive!(connection, course.closing, leaving.watch(), leaving.broke());
        }
        Protocol::Http2 => {
            let mut builder = http2::Builder::new(TokioExecutor::new());
            // A client that vanished without a word is found by asking it.
            builder.timer(TokioTimer::new()).keep_alive_interval(Some(course.header_timeout));
            // GOAWAY tells the client which of its requests are answered: there is nothing to wait for.
            let ending = app.shared.app.ending.clone();
            drive!(builder.serve_connection(TokioIo::new(stream), app), ending, pending::<Infallible>(), {});
        }
    }
}

/// The most bytes of a head. More than the 64 KiB of a target, so that a long one is a 414.
const LONGEST_HEAD: usize = 96 * 1024;

#[derive(Clone, Copy)]
enum Protocol {
    Http1,
    Http2,
}

/// Looks at the first bytes without taking them: HTTP/2 begins with its whole preface
/// (RFC 9113 §3.4), which is no request. `None` when the client left.
async fn version(stream: &TcpStream) -> Option<Protocol> {
    let mut start = [0; PREFACE.len()];
    let mut pause = Duration::from_millis(5);
    loop {
        let ready = stream.ready(Interest::READABLE).await.ok()?;
        let len = stream.peek(&mut start).await.ok()?;
        match &start[..len] {
            [] => return None,
            PREFACE => return Some(Protocol::Http2),
            part if !PREFACE.starts_with(part) => return Some(Protocol::Http1),
            _ if ready.is_read_closed() => return None,
            // A part of the preface: nothing tells when more is there than has been looked at.
            _ => sleep(pause).await,
        }
        pause = (pause * 2).min(Duration::from_millis(500));
    }
}

const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
