//! The end of a listener, so that nobody who has come in is sent away.
//!
//! A listener that is closed resets every connection in its queue, whose client believes that it is connected and may
//! have sent its request. So first nobody else is let in, then those who are in the queue are taken, and only then is it
//! closed.

use core::net::SocketAddr;
use std::io::ErrorKind;

use tokio::net::{TcpListener, TcpStream};

/// Lets nobody begin to connect any more: who does is refused once the listener is closed, and not reset.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(super) fn shut(listener: &TcpListener) {
    use socket2::SockFilter;

    // A filter for packets to the listener (`BPF`, bpf(4)), which begin with the header of TCP. Whoever has had an answer
    // to its SYN may still come in.
    let no_syn = [
        SockFilter::new(LOAD_BYTE, 0, 0, FLAGS),
        SockFilter::new(AND, 0, 0, SYN | ACK),
        SockFilter::new(JUMP_IF_EQUAL, 0, 1, SYN),
        SockFilter::new(RETURN, 0, 0, 0),
        SockFilter::new(RETURN, 0, 0, u32::MAX),
    ];
    if let Err(error) = socket2::SockRef::from(listener).attach_filter(&no_syn) {
        tracing::debug!(%error, "who connects in this moment may be reset");
    }
}

/// Elsewhere who connects in the moment before a listener is closed is reset.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
pub(super) fn shut(_: &TcpListener) {}

#[cfg(any(target_os = "linux", target_os = "android"))]
mod codes {
    /// `BPF_LD | BPF_B | BPF_ABS`
    pub(super) const LOAD_BYTE: u16 = 0x30;
    /// `BPF_ALU | BPF_AND | BPF_K`
    pub(super) const AND: u16 = 0x54;
    /// `BPF_JMP | BPF_JEQ | BPF_K`
    pub(super) const JUMP_IF_EQUAL: u16 = 0x15;
    /// `BPF_RET | BPF_K`: how many bytes of the packet are let through.
    pub(super) const RETURN: u16 = 0x06;
    /// Where the flags are in the header (RFC 9293 §3.1).
    pub(super) const FLAGS: u32 = 13;
    pub(super) const SYN: u32 = 0x02;
    pub(super) const ACK: u32 = 0x10;
}
#[cfg(any(target_os = "linux", target_os = "android"))]
use codes::{ACK, AND, FLAGS, JUMP_IF_EQUAL, LOAD_BYTE, RETURN, SYN};

/// Those in the queue of a listener, which is closed behind them.
pub(super) fn last(listener: TcpListener) -> impl Iterator<Item = (TcpStream, SocketAddr)> {
    // Asked directly, because the runtime may not have heard of them yet.
    let listener = listener.into_std().ok();
    core::iter::from_fn(move || {
        loop {
            match listener.as_ref()?.accept() {
                Ok((stream, peer)) => {
                    stream.set_nonblocking(true).ok()?;
                    return Some((TcpStream::from_std(stream).ok()?, peer));
                }
                // One has left, or a signal has come.
                Err(error) if matches!(error.kind(), ErrorKind::ConnectionAborted | ErrorKind::Interrupted) => {}
                Err(_) => return None,
            }
        }
    })
}
