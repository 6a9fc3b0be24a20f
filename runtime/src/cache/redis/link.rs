//! One connection for all commands, made when it is needed and made anew when it fails.

use core::{fmt, time::Duration};
use std::sync::{Arc, Mutex, PoisonError};

use redis::{
    AsyncConnectionConfig, Client, Cmd, FromRedisValue, IntoConnectionInfo, RedisError, RedisResult,
    aio::MultiplexedConnection, io::tcp::TcpSettings,
};
use tokio::{
    sync::watch,
    time::{Instant, timeout, timeout_at},
};

use crate::cache::{StoreError, redis::backoff::Backoff};

/// The connection for commands.
///
/// Connecting goes on in the background, whoever waits for it may give up. After a failure nobody tries again for a
/// while, so while Redis is away a command fails at once.
pub(super) struct Link {
    client: Client,
    state: watch::Sender<State>,
    trouble: Mutex<Trouble>,
}

/// The moment by which a call answers, and how long it had at its beginning.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deadline {
    at: Instant,
    whole: Duration,
}

enum State {
    Down { until: Instant, why: Arc<str> },
    Connecting,
    Up(Live),
}

/// A connection that has stood since then; a failed one is known by its number.
#[derive(Clone)]
struct Live {
    connection: MultiplexedConnection,
    number: u64,
    since: Instant,
}

/// What has failed in a row.
#[derive(Default)]
struct Trouble {
    backoff: Backoff,
    told: bool,
    connections: u64,
}

impl Link {
    /// Only a URL that is none is an error.
    pub(super) fn new(url: &str) -> RedisResult<Arc<Self>> {
        // Commands are small and somebody waits for each: Nagle's algorithm would hold them back.
        let info = url.into_connection_info()?.set_tcp_settings(TcpSettings::default().set_nodelay(true));
        let state = State::Down { until: Instant::now(), why: "no connection yet".into() };
        let (state, _) = watch::channel(state);
        Ok(Arc::new(Link { client: Client::open(info)?, state, trouble: Mutex::default() }))
    }

    pub(super) fn client(&self) -> &Client {
        &self.client
    }

    /// Sends a command and waits for its answer.
    pub(super) async fn ask<T: FromRedisValue>(
        self: &Arc<Self>,
        command: &Cmd,
        deadline: Deadline,
    ) -> Result<T, StoreError> {
        let live = timeout_at(deadline.at, self.live()).await.map_err(|_| self.late())??;
        let sent = Instant::now();
        let mut connection = live.connection.clone();
        match timeout_at(deadline.at, command.query_async(&mut connection)).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(error)) => {
                if is_broken(&error) || (is_demoted(&error) && live.since.elapsed() > CONNECT) {
                    self.lose(live.number);
                }
                Err(StoreError::new(error))
            }
            Err(_) => {
                // One that had most of its time and got no answer may wait on a dead line. What was left after
                // connecting says nothing.
                if sent.elapsed() * 2 > deadline.whole {
                    self.lose(live.number);
                }
                Err(self.late())
            }
        }
    }

    /// Redis has been reached elsewhere: the next command connects without a wait.
    pub(super) fn wake(&self) {
        self.trouble().backoff = Backoff::default();
        self.state.send_if_modified(|state| {
            if let State::Down { until, .. } = state {
                *until = Instant::now();
            }
            true
        });
    }

    /// The connection, once there is one.
    async fn live(self: &Arc<Self>) -> Result<Live, StoreError> {
        let mut states = self.state.subscribe();
        loop {
            match &*states.borrow_and_update() {
                State::Up(live) => return Ok(live.clone()),
                State::Down { until, why } if *until > Instant::now() => {
                    return Err(StoreError::new(format!("{self} cannot be reached: {why}")));
                }
                State::Down { .. } | State::Connecting => {}
            }
            self.connect();
            states.changed().await.map_err(StoreError::new)?;
        }
    }

    /// Begins to connect, unless somebody has.
    fn connect(self: &Arc<Self>) {
        let begins = self.state.send_if_modified(|state| {
            let begins = matches!(state, State::Down { until, .. } if *until <= Instant::now());
            if begins {
                *state = State::Connecting;
            }
            begins
        });
        if !begins {
            return;
        }
        let attempt = Attempt { link: Arc::clone(self), outcome: Err("the runtime has ended".into()) };
        tokio::spawn(async move {
            let config = AsyncConnectionConfig::new().set_connection_timeout(None).set_response_timeout(None);
            let connecting = attempt.link.client.get_multiplexed_async_connection_with_config(&config);
            let outcome = timeout(CONNECT, connecting).await;
            attempt.ends(match outcome {
                Ok(outcome) => outcome.map_err(|error| error.to_string()),
                Err(_) => Err("no answer while connecting".into()),
            });
        });
    }

    fn settle(&self, outcome: Result<MultiplexedConnection, String>) {
        let mut trouble = self.trouble();
        let state = match outcome {
            Ok(connection) => {
                if core::mem::take(&mut trouble.told) {
                    tracing::info!(redis = %self, "Redis answers again");
                }
                trouble.backoff = Backoff::default();
                trouble.connections += 1;
                State::Up(Live { connection, number: trouble.connections, since: Instant::now() })
            }
            Err(why) => {
                if !core::mem::replace(&mut trouble.told, true) {
                    tracing::warn!(redis = %self, %why, "Redis cannot be reached: answers are not shared");
                }
                State::Down { until: Instant::now() + trouble.backoff.next(), why: why.into() }
            }
        };
        drop(trouble);
        self.state.send_replace(state);
    }

    /// The next command connects anew; those that wait on the old connection may still be answered.
    fn lose(&self, number: u64) {
        self.state.send_if_modified(|state| {
            let lost = matches!(state, State::Up(live) if live.number == number);
            if lost {
                *state = State::Down { until: Instant::now(), why: "the connection broke".into() };
            }
            lost
        });
    }

    fn late(&self) -> StoreError {
        StoreError::new(format!("{self} did not answer in time"))
    }

    fn trouble(&self) -> std::sync::MutexGuard<'_, Trouble> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where Redis is, without the name and password that the URL may have.
impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Redis at {}", self.client.get_connection_info().addr())
    }
}

impl Deadline {
    pub(super) fn after(whole: Duration) -> Self {
        Deadline { at: Instant::now() + whole, whole }
    }
}

/// An attempt to connect. Its end is told however it ends: a runtime that is dropped meanwhile must not leave others
/// waiting.
struct Attempt {
    link: Arc<Link>,
    outcome: Result<MultiplexedConnection, String>,
}

impl Attempt {
    fn ends(mut self, outcome: Result<MultiplexedConnection, String>) {
        self.outcome = outcome;
    }
}

impl Drop for Attempt {
    fn drop(&mut self) {
        let outcome = core::mem::replace(&mut self.outcome, Err(String::new()));
        self.link.settle(outcome);
    }
}

/// The longest that connecting may take: longer than a command, or a distant Redis would never be reached.
pub(super) const CONNECT: Duration = Duration::from_secs(1);

fn is_broken(error: &RedisError) -> bool {
    error.is_io_error() || error.is_unrecoverable_error()
}

/// A primary that has become a replica keeps its connections and refuses writes: the name may mean another server
/// now. One that is a replica on purpose is asked so again once a second at most.
fn is_demoted(error: &RedisError) -> bool {
    error.code() == Some("READONLY")
}
