//! A small shop: one real application made of the parts of Rutter. Its README is the manual.

mod catalog;
mod clock;
mod db;
mod docs;
mod export;
mod login;
mod page;
mod product;
mod products;
mod report;
mod search;
mod upload;

#[cfg(test)]
mod testing;

use std::{env, io};

use db::Db;

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
    let app = rutter::collect!().state(db.clone()).build()?;
    rutter::serve(app, address).await?;
    db.close().await;
    Ok(())
}

/// The value of an environment variable, or its default.
fn setting(name: &str, default: &str) -> Result<String, env::VarError> {
    match env::var(name) {
        Err(env::VarError::NotPresent) => Ok(default.to_owned()),
        value => value,
    }
}
