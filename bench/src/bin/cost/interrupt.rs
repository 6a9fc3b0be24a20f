//! Stopping early without leaving a server behind.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

use crate::failure::Failure;

/// Whether this process was asked to stop; its clones share the answer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Interrupt {
    raised: Arc<AtomicBool>,
}

impl Interrupt {
    /// From now on the signals that would end this process are only noted, so that what is dropped still ends its
    /// servers.
    pub(crate) fn listen() -> io::Result<Self> {
        let interrupt = Self::default();
        for signal in [SIGHUP, SIGINT, SIGTERM] {
            signal_hook::flag::register(signal, Arc::clone(&interrupt.raised))?;
        }
        Ok(interrupt)
    }

    /// Fails once this process was asked to stop.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        if self.raised.load(Ordering::Relaxed) {
            return Err(Failure::Interrupted);
        }
        Ok(())
    }
}
