//! The signals that end a server: once to drain, twice to stop.

use core::{future::Future, pin::Pin};

/// What a server waits for to begin its end, and then to cut it short.
pub(super) type Signal = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Ctrl-C, or SIGTERM where there is one.
#[cfg(unix)]
pub(super) fn signal() -> Signal {
    use tokio::signal::unix::{SignalKind, signal};
    Box::pin(async {
        // Without handlers the process just ends at the signal, which is what it would do anyway.
        let (Ok(mut terminate), Ok(mut interrupt)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
        else {
            return core::future::pending().await;
        };
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Ctrl-C.
#[cfg(not(unix))]
pub(super) fn signal() -> Signal {
    Box::pin(async {
        if tokio::signal::ctrl_c().await.is_err() {
            core::future::pending().await
        }
    })
}
