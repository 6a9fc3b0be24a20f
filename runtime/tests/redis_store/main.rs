//! Redis as it fails: away, killed, frozen, full, read-only, meddled with. Every call ends in time, nothing old is
//! served, and it comes back by itself.

#![cfg(feature = "redis")]

#[path = "../common/redis.rs"]
mod redis_server;

mod application;
mod away;
mod damage;
mod expiry;
mod revalidation;
mod setting;
mod turns;
mod unwilling;
