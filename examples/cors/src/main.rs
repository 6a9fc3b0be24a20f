//! Which pages of other origins may read the answers: those of an application for everyone, of its own pages, of none.

use core::time::Duration;

use rutter::prelude::*;

/// The pages of the shop, with the cookies of their visitors; while they are developed they come from elsewhere.
static API: Cors = Cors::origins(&["https://shop.example", "https://admin.shop.example"])
    .dev_origin("http://localhost:5173")
    .credentials()
    .headers(&["content-type", "x-request-id"])
    .expose(&["x-total"])
    .max_age(Duration::from_secs(600));

/// What everybody may read.
static PUBLIC: Cors = Cors::any();

/// Those who embed the shop: any page of theirs, by a function.
static PARTNERS: Cors =
    Cors::matching(|origin| origin.scheme() == "https" && origin.host().ends_with(".partner.example"));

/// What the pages of the shop use: the scope speaks for all routes of the module.
mod api {
    use rutter::prelude::*;
    use serde::{Deserialize, Serialize};

    scope! { cors: super::API }

    #[derive(Serialize, Deserialize)]
    pub(crate) struct Product {
        name: String,
    }

    #[route(GET, "/api/products", dynamic)]
    fn list() -> impl IntoResponse {
        Json([Product { name: "rope".to_owned() }]).header("x-total", "1")
    }

    #[route(POST, "/api/products", status = 201)]
    fn add(new: Json<Product>) -> Json<Product> {
        new
    }

    /// A route speaks for itself.
    #[route(GET, "/api/offers", cors = super::PARTNERS)]
    fn offers() -> Json<[&'static str; 1]> {
        Json(["tar"])
    }
}

/// Kept for everyone, whoever asks.
#[route(GET, "/opening-hours", cors = PUBLIC)]
fn opening_hours() -> &'static str {
    "9 to 5\n"
}

/// No page of another origin may read this.
#[route(GET, "/", dynamic)]
fn home() -> Html<&'static str> {
    Html("<h1>The shop</h1>\n")
}

#[tokio::main]
async fn main() -> rutter::Result<()> {
    let app = rutter::collect!().build()?;
    rutter::serve(app, std::env::var("ADDR").unwrap_or_else(|_| "127.0.0.1:3000".to_owned())).await
}
