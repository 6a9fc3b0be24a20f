//! `/api/catalog`: products by the word in their address.

use rutter::prelude::*;

use crate::{db::Db, product::Product};

/// One product by its slug.
// Whoever changes a product knows its id and not its slug: `products` is what they expire.
#[route(GET, "/api/catalog/[slug]", revalidate = 300, tags("products", "product:[slug]"))]
pub(crate) async fn catalog(slug: &str, db: State<Db>) -> Result<Json<Product>, Problem> {
    let product = db.by_slug(slug).await?;
    product.map(Json).ok_or_else(|| Problem::not_found(format!("there is no product `{slug}`")))
}
