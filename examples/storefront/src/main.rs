//! A small shop: one real application made of the parts of Rutter. Its README is the manual.

mod catalog;
mod clock;
mod db;
mod device;
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
mod session;
mod settings;
mod upload;
mod webhooks;

#[cfg(test)]
mod testing;

use std::io;

use db::Db;
use feed::Feed;
use rutter::Compression;
use settings::Settings;

#[tokio::main]
async fn main() -> rutter::Result<()> {
    tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::WARN)
        .with_writer(io::stderr)
        .init();
    let Settings { address, database, caching, origins, keys, stripe, github } = Settings::read()?;

    let db = Db::open(&database)
        .await
        .map_err(|error| rutter::Error::new(format!("the database `{database}` cannot be opened: {error}")))?;
    let feed = Feed::open(&db).await?;
    webhooks::catch_up(&db).await?;
    let routes = rutter::collect!().state(db.clone()).state(feed.clone()).state(keys).state(stripe).state(github);
    let app = routes.cors(origins).caching(caching).compression(Compression::default()).build()?;
    // The feed runs for as long as the shop is open, and no longer.
    tokio::select! {
        closed = rutter::serve(app, address) => closed?,
        never = feed.run() => match never {},
    }
    db.close().await;
    Ok(())
}
