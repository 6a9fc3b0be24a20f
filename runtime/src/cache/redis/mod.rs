//! Keeping answers in Redis, for all instances of an application.
//!
//! ```no_run
//! # fn main() -> rutter::Result<()> {
//! use rutter::Redis;
//!
//! let store = Redis::new("redis://127.0.0.1:6379")?.prefix("storefront");
//! # Ok(())
//! # }
//! ```
//!
//! The rules that a user sees stand with [`Redis`].
//!
//! # How it works
//!
//! A label has a key, `{prefix}:v:{label}`, with its version: two random numbers. An entry, `{prefix}:e:{key}`, is
//! put together with the versions that its labels had when it was begun, and found while they are the same; so to
//! expire a label is to delete one key, however many entries have it. A turn is `{prefix}:t:{key}`, a token that
//! lasts three seconds and is renewed each second while its handler runs.
//!
//! An event that is to be handled once is `{prefix}:w:{digest}`: the token of whoever handles it, for as long as that may
//! take, and then the word `done`.
//!
//! Revalidations are published on `{prefix}:revalidated`, and acknowledged on a channel of the sender,
//! `{prefix}:ack:{sender}`.
//!
//! - `link` is the connection for commands, `commands` what goes over it, `codec` and `message` its bytes.
//! - `bus` is the connection on which others are heard, `acks` counts who has heard this one.
//! - `turns` renews what this instance computes, `claims` holds what it handles.

mod acks;
mod backoff;
mod bus;
#[cfg(feature = "webhooks")]
mod claims;
mod codec;
mod commands;
mod keys;
mod link;
mod message;
mod turns;

use core::{fmt, time::Duration};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use redis::{Cmd, FromRedisValue};

use crate::{
    cache::{
        CacheKey, CacheStore, Entry, Found, Label, Listener, Mode, Seal, StoreError, StoreFuture, Turn,
        redis::{
            acks::Acks,
            bus::Bus,
            keys::Keys,
            link::{Deadline, Link},
            message::Message,
            turns::{Task, Turns},
        },
    },
    chance::random,
};

/// Kept answers in Redis, shared by the instances of an application.
///
/// ```
/// use core::time::Duration;
/// use rutter::Redis;
///
/// let store = Redis::new("redis://:secret@cache.internal:6379/1")?
///     .prefix("storefront")
///     .timeout(Duration::from_millis(100));
/// assert_eq!(format!("{store:?}"), "Redis(storefront at cache.internal:6379)");
/// # Ok::<_, rutter::cache::StoreError>(())
/// ```
///
/// # Rules
///
/// - An application starts while Redis is away, and uses it as soon as it is there. Every call answers within
///   [`Redis::timeout`], with an error if need be; while nobody can be reached it fails at once.
/// - What one instance revalidates is seen by the next request on any other: `revalidate` ends when everybody who
///   listens has heard it, or after 100 ms.
/// - An instance that hears nothing knows it: at once when the connection breaks, within two seconds when it falls
///   silent.
/// - While Redis can be read but not written to, what is revalidated is not read from it: everybody who listens is
///   told so, again with each new attempt. An instance that starts or reconnects meanwhile knows with the next one,
///   after ten seconds at most.
/// - A store belongs to one application: of two that listen on one, the first hears nothing any more, and serves
///   nothing from its memory. Each makes its own, with the same prefix.
/// - Every key expires: entries after seven days at the latest, labels eight days after their last use, events of
///   webhooks after the time that they are remembered for, a year at the latest.
/// - Losing any key, by `FLUSHALL` or when Redis evicts, is a miss and never an old answer. What cannot be read,
///   whoever wrote it, is a miss. An event whose key is lost may be handled once more.
///
/// All of this holds for a Redis that forgets, as one does that keeps nothing on disk. One that comes back with less
/// than it had, from a snapshot or as a replica that lagged behind, may bring back what was expired in between, until
/// its `revalidate` has passed or it is revalidated again. So a Redis for this is best run without persistence:
/// `--save "" --appendonly no`.
///
/// # What it needs
///
/// Redis 6 or newer, or Valkey, as one server or a primary with replicas. A Cluster spreads keys over servers, and
/// one entry's keys must be on one.
///
/// Where users are restricted (`ACL`): the keys `{prefix}:*`, the channels `{prefix}:*` and the commands `MGET`, `SET`,
/// `DEL`, `PEXPIRE`, `PTTL`, `EVAL`, `PUBLISH`, `SUBSCRIBE` and `PING`.
pub struct Redis {
    link: Arc<Link>,
    keys: Keys,
    timeout: Duration,
    sender: u64,
    acks: Arc<Acks>,
    turns: Turns,
    ear: Mutex<Option<Task>>,
}

impl Redis {
    /// A store in the Redis at this URL: `redis://[[user]:password@]host[:port][/database]`, or
    /// `redis+unix:///path` for a socket. Nothing is connected yet.
    ///
    /// For `rediss://`, which is TLS, the application turns on a feature of the crate `redis`, such as
    /// `redis = { version = "1.8", features = ["tokio-rustls-comp"] }`.
    ///
    /// # Errors
    /// When the URL is none.
    pub fn new(url: &str) -> Result<Self, StoreError> {
        // The URL may hold a password, so it is not repeated.
        let link = Link::new(url).map_err(|error| StoreError::new(format!("no URL of a Redis: {error}")))?;
        Ok(Redis {
            link,
            keys: Keys::new("rutter"),
            timeout: Duration::from_millis(250),
            sender: random(),
            acks: Arc::default(),
            turns: Turns::default(),
            ear: Mutex::default(),
        })
    }

    /// What the names of all keys and channels begin with, `rutter` by default. Instances with the same prefix share
    /// their answers; applications that share a Redis have one each.
    #[must_use]
    pub fn prefix(mut self, prefix: &str) -> Self {
        self.keys = Keys::new(prefix);
        self
    }

    /// The longest that a call waits for Redis, 250 ms by default. Only to revalidate may take 100 ms more, for other
    /// instances to hear of it.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    async fn ask<T: FromRedisValue>(&self, command: &Cmd) -> Result<T, StoreError> {
        self.link.ask(command, Deadline::after(self.timeout)).await
    }

    async fn write(&self, labels: &[Label], mode: Mode, deadline: Deadline) -> Result<(), StoreError> {
        if mode == Mode::Stale {
            let staled = self.link.ask::<i64>(&commands::stale(&self.keys, labels), deadline).await;
            if staled.is_ok() {
                return Ok(());
            }
            // A Redis that is full writes nothing, and deletes all the same: the entries are lost, not served as new.
        }
        self.link.ask::<i64>(&commands::expire(&self.keys, labels), deadline).await.map(drop)
    }

    async fn tell(&self, labels: &[Label], mode: Mode, written: bool, deadline: Deadline) -> Result<(), StoreError> {
        let mut awaited = self.acks.await_next();
        let message = Message::encode(self.sender, awaited.sequence, mode, written, labels);
        let command = commands::publish(&self.keys.revalidated(), &message);
        let listeners = self.link.ask::<u64>(&command, deadline).await?;
        // An instance that is about to end, or hangs, does not answer: nobody waits for it longer than this.
        drop(tokio::time::timeout(PATIENCE, awaited.by(listeners)).await);
        Ok(())
    }
}

impl CacheStore for Redis {
    fn get<'a>(&'a self, key: &'a CacheKey, labels: &'a [Label]) -> StoreFuture<'a, Option<Found>> {
        Box::pin(async move {
            let answer: Vec<Option<Bytes>> = self.ask(&commands::get(&self.keys, key, labels)).await?;
            Ok(commands::found(key, answer))
        })
    }

    fn begin<'a>(&'a self, key: &'a CacheKey, labels: &'a [Label]) -> StoreFuture<'a, Turn> {
        Box::pin(async move {
            let token = random();
            let answer: Vec<Bytes> = self.ask(&commands::begin(&self.keys, key, labels, token)).await?;
            let turn = commands::begun(token, &answer);
            let turn = turn.ok_or_else(|| StoreError::new("Redis answered something else than was asked"))?;
            if turn.token.is_some() {
                self.turns.hold(&self.link, self.keys.turn(key), token, self.timeout);
            }
            Ok(turn)
        })
    }

    fn put<'a>(
        &'a self,
        key: &'a CacheKey,
        _labels: &'a [Label],
        seal: &'a Seal,
        entry: &'a Entry,
        ttl: Duration,
    ) -> StoreFuture<'a, ()> {
        Box::pin(async move { self.ask(&commands::put(&self.keys, key, seal, entry, ttl)).await })
    }

    fn remove<'a>(&'a self, key: &'a CacheKey) -> StoreFuture<'a, ()> {
        Box::pin(async move { self.ask(&commands::remove(&self.keys, key)).await })
    }

    fn end<'a>(&'a self, key: &'a CacheKey, token: u64) -> StoreFuture<'a, ()> {
        // At once, also when the future is never run: what is not renewed ends by itself.
        self.turns.release(token);
        Box::pin(async move { self.ask(&commands::end(&self.keys, key, token)).await })
    }

    fn revalidate<'a>(&'a self, labels: &'a [Label], mode: Mode) -> StoreFuture<'a, ()> {
        Box::pin(async move {
            if labels.is_empty() {
                return Ok(());
            }
            let deadline = Deadline::after(self.timeout);
            // The versions change first: whoever hears of it asks for the entry then, and must not find it.
            let written = self.write(labels, mode, deadline).await;
            // A replica that cannot be written to still passes messages on. It goes on finding the entries, so others
            // hear that they are not to be believed.
            let told = self.tell(labels, mode, written.is_ok(), deadline).await;
            written.and(told)
        })
    }

    fn listen(&self, listener: Arc<dyn Listener>) {
        let bus = Bus {
            link: Arc::clone(&self.link),
            keys: self.keys.clone(),
            acks: Arc::clone(&self.acks),
            sender: self.sender,
            timeout: self.timeout,
            listener,
        };
        *self.ear.lock().unwrap_or_else(PoisonError::into_inner) = Some(Task::spawn(bus.run()));
    }
}

/// Without the password that the URL may have.
impl fmt::Debug for Redis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Redis({} at {})", self.keys.prefix(), self.link.client().get_connection_info().addr())
    }
}

/// How long `revalidate` waits for other instances to say that they have heard.
const PATIENCE: Duration = Duration::from_millis(100);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_shown() {
        let store = Redis::new("redis://ada:hunter2@localhost:7000/3").expect("a URL");
        assert_eq!(format!("{store:?}"), "Redis(rutter at localhost:7000)");
        assert_eq!(store.link.to_string(), "Redis at localhost:7000");
    }

    #[test]
    fn only_a_url_that_is_none_is_refused() {
        for url in ["", "localhost:6379", "http://localhost", "redis://ada:hunter2@:x", "redis://"] {
            let error = Redis::new(url).expect_err(url).to_string();
            assert!(!error.contains("hunter2"), "{error}");
        }
        for url in ["redis://nowhere.example", "redis://127.0.0.1:1", "redis+unix:///nowhere.sock", "valkey://h/1"] {
            Redis::new(url).expect(url);
        }
    }
}
