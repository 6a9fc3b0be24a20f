//! A small shop: one real application made of the parts of Rutter. Its README is the manual.

mod catalog;
mod clock;
mod db;
mod docs;
mod events;
mod export;
mod feed;
mod greeting;
mod language;
mod login;
mod page;
mod product;
mod products;
mod report;
mod revalidate;
mod search;
mod upload;

#[cfg(test)]
mod testing;

use std::{env, io};

use db::Db;
use feed::Feed;
use rutter::{Caching, Compression, Redis};

#[tokio::main]
async fn main() -> rutter::Result<()> {
    tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::WARN)
        .with_writer(io::stderr)
        .init();
    let address = setting("ADDR", "127.0.0.1:3000")?;
    let database = setting("DATABASE_URL", "sqlite://storefront.db")?;

    let db = Db::open(&database)
        .await
        .map_err(|error| rutter::Error::new(format!("the database `{database}` cannot be opened: {error}")))?;
    let feed = Feed::open(&db).await?;
    let routes = rutter::collect!().state(db.clone()).state(feed.clone());
    let app = routes.caching(caching()?).compression(Compression::default()).build()?;
    // The feed runs for as long as the shop is open, and no longer.
    tokio::select! {
        closed = rutter::serve(app, address) => closed?,
        never = feed.run() => match never {},
    }
    db.close().await;
    Ok(())
}

/// Answers are kept in memory, and with `REDIS_URL` also where other instances find them. A Redis that is away is waited
/// for by nobody: the shop opens, and shares its answers once it is there.
fn caching() -> rutter::Result<Caching> {
    let caching = Caching::default();
    let url = match env::var("REDIS_URL") {
        Err(env::VarError::NotPresent) => return Ok(caching),
        url => url?,
    };
    let redis = Redis::new(&url).map_err(|error| rutter::Error::new(format!("`REDIS_URL` cannot be used: {error}")))?;
    Ok(caching.store(redis.prefix("storefront")))
}

/// The value of an environment variable, or its default.
fn setting(name: &str, default: &str) -> Result<String, env::VarError> {
    match env::var(name) {
        Err(env::VarError::NotPresent) => Ok(default.to_owned()),
        value => value,
    }
}
