//! What is asked of Redis, and what its answers mean.
//!
//! Scripts are sent whole, by `EVAL`: Redis keeps them compiled by their digest, and none has to be loaded again after
//! a restart. `MGET` is how they read a key that may hold something else than text: it answers with nothing where
//! `GET` would fail.

use core::time::Duration;

use bytes::Bytes;
use redis::{Cmd, cmd};

use crate::{
    cache::{
        CacheKey, Entry, Found, Holds, Label, Seal, Turn, Version,
        redis::{
            codec::{decode, decode_version, encode, encode_version},
            keys::Keys,
        },
    },
    chance::random,
};

/// Asks for an entry and for the versions of its labels.
pub(super) fn get(keys: &Keys, key: &CacheKey, labels: &[Label]) -> Cmd {
    let mut command = cmd("MGET");
    command.arg(keys.entry(key));
    for label in labels {
        command.arg(keys.version(label));
    }
    command
}

/// What the answer to [`get`] means.
pub(super) fn found(key: &CacheKey, answer: Vec<Option<Bytes>>) -> Option<Found> {
    let mut answer = answer.into_iter();
    let (seal, entry) = decode(key, answer.next()??)?;
    // A label without a version has been expired, or Redis has let go of it: nothing shows that the entry stands.
    let now = answer.map(|version| decode_version(&version?)).collect::<Option<_>>().map(Seal)?;
    match seal.holds(&now) {
        Holds::Whole => Some(Found { entry, stale: false }),
        Holds::Stale => Some(Found { entry, stale: true }),
        Holds::Broken => None,
    }
}

/// Gives every label a version that has none, and takes the turn if nobody has it.
pub(super) fn begin(keys: &Keys, key: &CacheKey, labels: &[Label], token: u64) -> Cmd {
    let mut command = eval(BEGIN, labels.len() + 1);
    command.arg(keys.turn(key));
    for label in labels {
        command.arg(keys.version(label));
    }
    command.arg(&token.to_le_bytes()[..]).arg(millis(TURN)).arg(millis(VERSIONS));
    for _ in labels {
        command.arg(&encode_version(Version { expired: random(), staled: random() })[..]);
    }
    command
}

/// What the answer to [`begin`] means.
pub(super) fn begun(token: u64, answer: &[Bytes]) -> Option<Turn> {
    let (turn, versions) = answer.split_first()?;
    let seal = versions.iter().map(|version| decode_version(version)).collect::<Option<_>>().map(Seal)?;
    Some(Turn { seal, token: (turn == "1").then_some(token) })
}

/// Holds a turn for longer, if it is still this token's.
pub(super) fn renew(turn: &[u8], token: u64) -> Cmd {
    let mut command = eval(RENEW, 1);
    command.arg(turn).arg(&token.to_le_bytes()[..]).arg(millis(TURN));
    command
}

/// Ends a turn, if it is still this token's.
pub(super) fn end(keys: &Keys, key: &CacheKey, token: u64) -> Cmd {
    let mut command = eval(END, 1);
    command.arg(keys.turn(key)).arg(&token.to_le_bytes()[..]);
    command
}

/// Keeps an entry.
pub(super) fn put(keys: &Keys, key: &CacheKey, seal: &Seal, entry: &Entry, ttl: Duration) -> Cmd {
    let ttl = millis(ttl.min(LONGEST));
    if ttl == 0 {
        // Redis refuses to keep anything for no time.
        return remove(keys, key);
    }
    let mut command = cmd("SET");
    command.arg(keys.entry(key)).arg(encode(key, seal, entry)).arg("PX").arg(ttl);
    command
}

/// Forgets an entry.
pub(super) fn remove(keys: &Keys, key: &CacheKey) -> Cmd {
    let mut command = cmd("DEL");
    command.arg(keys.entry(key));
    command
}

/// Takes the versions away: works as well when Redis is full.
pub(super) fn expire(keys: &Keys, labels: &[Label]) -> Cmd {
    let mut command = cmd("DEL");
    for label in labels {
        command.arg(keys.version(label));
    }
    command
}

/// Changes that half of the versions which says that they are stale.
pub(super) fn stale(keys: &Keys, labels: &[Label]) -> Cmd {
    let mut command = eval(STALE, labels.len());
    for label in labels {
        command.arg(keys.version(label));
    }
    for _ in labels {
        command.arg(&random().to_le_bytes()[..]);
    }
    command
}

/// Sends a message to everybody who listens; the answer is how many they are.
pub(super) fn publish(channel: &str, message: &[u8]) -> Cmd {
    let mut command = cmd("PUBLISH");
    command.arg(channel).arg(message);
    command
}

/// How long a turn lasts unless it is held for longer.
const TURN: Duration = Duration::from_secs(3);
/// The longest that an entry is kept.
const LONGEST: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// How long a version is kept after the last computation: longer than any entry that was put with it.
const VERSIONS: Duration = Duration::from_secs(8 * 24 * 60 * 60);

// What takes room comes first: a Redis that is full refuses only the first write of a script, and lets the rest pass.
// A turn's key that holds no token, or would stay forever, was written by somebody else: it is nobody's turn.
const BEGIN: &str = "\
local answer = {'0'}
local held = redis.call('MGET', KEYS[1])[1]
if not (held and #held == 8 and redis.call('PTTL', KEYS[1]) >= 0) then
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
  answer[1] = '1'
end
for i = 2, #KEYS do
  local version = redis.call('MGET', KEYS[i])[1]
  if not (version and #version == 16) then
    version = ARGV[i + 2]
    redis.call('SET', KEYS[i], version, 'PX', ARGV[3])
  end
  answer[i] = version
end
for i = 2, #KEYS do
  redis.call('PEXPIRE', KEYS[i], ARGV[3])
end
return answer";

const RENEW: &str = "\
if redis.call('MGET', KEYS[1])[1] == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return 0";

const END: &str = "\
if redis.call('MGET', KEYS[1])[1] == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0";

const STALE: &str = "\
for i = 1, #KEYS do
  local version = redis.call('MGET', KEYS[i])[1]
  if version and #version == 16 then
    redis.call('SET', KEYS[i], string.sub(version, 1, 8) .. ARGV[i], 'KEEPTTL')
  end
end
return #KEYS";

pub(super) fn eval(script: &str, keys: usize) -> Cmd {
    let mut command = cmd("EVAL");
    command.arg(script).arg(keys);
    command
}

pub(super) fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use http::StatusCode;

    use super::*;
    use crate::time::Timestamp;

    const A: Version = Version { expired: 1, staled: 1 };
    const STALED: Version = Version { expired: 1, staled: 2 };
    const EXPIRED: Version = Version { expired: 2, staled: 1 };

    fn bytes(version: Version) -> Bytes {
        Bytes::copy_from_slice(&encode_version(version))
    }

    #[test]
    fn an_entry_is_found_while_its_seal_holds() {
        let key = CacheKey::from(&b"key"[..]);
        let entry = Entry {
            status: StatusCode::OK,
            headers: Vec::new(),
            body: Bytes::from_static(b"kept"),
            made: Timestamp::from_millis(1),
        };
        let kept = Some(Bytes::from(encode(&key, &Seal(Box::from([A, A])), &entry)));
        let table = [
            (vec![kept.clone(), Some(bytes(A)), Some(bytes(A))], Some(false)),
            (vec![kept.clone(), Some(bytes(A)), Some(bytes(STALED))], Some(true)),
            (vec![kept.clone(), Some(bytes(STALED)), Some(bytes(EXPIRED))], None),
            (vec![kept.clone(), Some(bytes(A)), None], None),
            (vec![kept.clone(), Some(bytes(A)), Some(Bytes::from_static(b"garbage"))], None),
            (vec![kept.clone(), Some(bytes(A))], None),
            (vec![kept.clone(), Some(bytes(A)), Some(bytes(A)), Some(bytes(A))], None),
            (vec![None, Some(bytes(A)), Some(bytes(A))], None),
            (vec![], None),
        ];
        for (answer, expected) in table {
            let told = format!("{answer:?}");
            let found = found(&key, answer);
            assert_eq!(found.map(|found| found.stale), expected, "{told}");
        }
    }

    #[test]
    fn an_answer_that_is_no_beginning_is_none() {
        let version = bytes(A);
        let one = Bytes::from_static(b"1");
        let seal = Seal(Box::from([A]));
        assert_eq!(begun(7, &[one.clone(), version.clone()]), Some(Turn { seal: seal.clone(), token: Some(7) }));
        assert_eq!(begun(7, &[Bytes::from_static(b"0"), version]), Some(Turn { seal, token: None }));
        assert_eq!(begun(7, &[]), None);
        assert_eq!(begun(7, &[one.clone(), one]), None);
    }
}
