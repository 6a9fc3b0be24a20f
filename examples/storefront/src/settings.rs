//! What the environment says: where the shop listens, what it shares with others, and its secrets.

use std::{env, sync::Arc};

use rutter::{Caching, CookieKeys, Cors, Error, GitHub, Redis, Result, Secret, Stripe};

/// What the environment says.
pub(crate) struct Settings {
    pub(crate) address: String,
    pub(crate) database: String,
    pub(crate) caching: Caching,
    pub(crate) origins: Cors,
    pub(crate) keys: CookieKeys,
    pub(crate) stripe: Stripe,
    pub(crate) github: GitHub,
}

impl Settings {
    /// Reads it; what is not there has a default.
    pub(crate) fn read() -> Result<Settings> {
        let stripe = Stripe::new(secret("STRIPE_WEBHOOK_SECRET", DEVELOPMENT.stripe)?);
        let github = GitHub::new(secret("GITHUB_WEBHOOK_SECRET", DEVELOPMENT.github)?);
        let redis = redis()?;
        // Of several instances one takes an event, and all serve what one has made.
        let (caching, stripe, github) = match redis {
            None => (Caching::default(), stripe, github),
            Some(redis) => {
                let caching = Caching::default().store(Arc::clone(&redis));
                (caching, stripe.once_in(Arc::clone(&redis)), github.once_in(redis))
            }
        };
        Ok(Settings {
            address: text("ADDR", "127.0.0.1:3000")?,
            database: text("DATABASE_URL", "sqlite://storefront.db")?,
            caching,
            origins: origins()?,
            keys: keys()?,
            stripe,
            github,
        })
    }
}

/// Pages of these origins may call the shop, with the visitor's session.
fn origins() -> Result<Cors> {
    let origins = text("ALLOWED_ORIGINS", "http://localhost:5173")?;
    let origins =
        Cors::parse(&origins).map_err(|error| Error::new(format!("`ALLOWED_ORIGINS` cannot be used: {error}")))?;
    Ok(origins.credentials())
}

/// What sessions are signed with. Without a secret there is one that ends with the program, and so do its sessions.
fn keys() -> Result<CookieKeys> {
    let secret = if let Some(secret) = Secret::from_env_if_set("SESSION_SECRET")? {
        secret
    } else {
        println!("SESSION_SECRET is not set: sessions end with the program");
        let mut bytes = [0; 48];
        getrandom::fill(&mut bytes)?;
        Secret::new(bytes)?
    };
    CookieKeys::new(secret).map_err(|error| Error::new(format!("`SESSION_SECRET` cannot be used: {error}")))
}

/// A Redis that is away is waited for by nobody: the shop opens, and shares its answers once it is there.
fn redis() -> Result<Option<Arc<Redis>>> {
    let url = match env::var("REDIS_URL") {
        Err(env::VarError::NotPresent) => return Ok(None),
        url => url?,
    };
    let redis = Redis::new(&url).map_err(|error| Error::new(format!("`REDIS_URL` cannot be used: {error}")))?;
    Ok(Some(Arc::new(redis.prefix("storefront"))))
}

/// A secret, or the one that everybody who has read this knows; which of the two is said at the start.
fn secret(name: &str, development: &str) -> Result<Secret> {
    if let Some(secret) = Secret::from_env_if_set(name)? {
        return Ok(secret);
    }
    println!("{name} is not set: the one for development is used, which is no secret");
    Secret::new(development)
}

/// What is used where nothing is set.
pub(crate) struct Development {
    pub(crate) stripe: &'static str,
    pub(crate) github: &'static str,
}

pub(crate) const DEVELOPMENT: Development = Development { stripe: "whsec_development", github: "github-development" };

/// The value of an environment variable, or its default.
fn text(name: &str, default: &str) -> Result<String> {
    match env::var(name) {
        Err(env::VarError::NotPresent) => Ok(default.to_owned()),
        value => value.map_err(|error| Error::new(format!("`{name}` cannot be used: {error}"))),
    }
}
