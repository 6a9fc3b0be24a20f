//! Claims of events, which other parts make: of webhooks that are handled once.

use core::time::Duration;

use redis::{Cmd, cmd};

use crate::cache::{
    StoreError,
    redis::{
        Redis,
        commands::{eval, millis},
        keys::Keys,
    },
};

impl Redis {
    /// Claims an event for a token: 0 when it is granted, 1 when another one has it, 2 when the event is done.
    pub(crate) async fn claim_event(&self, event: &[u8], token: u64, lease: Duration) -> Result<i64, StoreError> {
        self.ask(&claim(&self.keys, event, token, lease)).await
    }

    /// Notes that an event is done.
    pub(crate) async fn finish_event(&self, event: &[u8], window: Duration) -> Result<(), StoreError> {
        self.ask(&finish(&self.keys, event, window)).await
    }

    /// Gives up a claim, if it is still this token's.
    pub(crate) async fn release_event(&self, event: &[u8], token: u64) -> Result<(), StoreError> {
        self.ask::<i64>(&release(&self.keys, event, token)).await.map(drop)
    }
}

fn claim(keys: &Keys, event: &[u8], token: u64, lease: Duration) -> Cmd {
    let mut command = eval(CLAIM, 1);
    command.arg(keys.event(event)).arg(&token.to_le_bytes()[..]).arg(lasting(lease));
    command
}

fn finish(keys: &Keys, event: &[u8], window: Duration) -> Cmd {
    let mut command = cmd("SET");
    command.arg(keys.event(event)).arg(DONE).arg("PX").arg(lasting(window));
    command
}

fn release(keys: &Keys, event: &[u8], token: u64) -> Cmd {
    let mut command = eval(RELEASE, 1);
    command.arg(keys.event(event)).arg(&token.to_le_bytes()[..]);
    command
}

/// Redis keeps nothing for no time, and refuses a time that its clock cannot reach.
fn lasting(duration: Duration) -> u64 {
    millis(duration.min(LONGEST)).max(1)
}

/// The longest that an event is remembered: a year.
const LONGEST: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// In place of a token, which has eight bytes.
const DONE: &str = "done";

// What holds neither, or would stay forever, was written by somebody else: it is nobody's claim.
const CLAIM: &str = "\
local held = redis.call('MGET', KEYS[1])[1]
if held and held ~= ARGV[1] and redis.call('PTTL', KEYS[1]) >= 0 then
  if held == 'done' then return 2 end
  if #held == 8 then return 1 end
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 0";

const RELEASE: &str = "\
if redis.call('MGET', KEYS[1])[1] == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0";
