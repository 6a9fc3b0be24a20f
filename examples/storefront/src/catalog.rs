//! `/api/catalog`: products by the word in their address.

use rutter::prelude::*;

use crate::{db::Db, product::Product};

/// One product by its slug.
#[route(GET, "/api/catalog/[slug]")]
pub(crate) async fn catalog(slug: &str, db: State<Db>) -> Result<Json<Product>, Problem> {
    let product = db.by_slug(slug).await?;
    product.map(Json).ok_or_else(|| Problem::not_found(format!("there is no product `{slug}`")))
}
