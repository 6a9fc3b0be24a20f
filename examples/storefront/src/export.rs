//! `/api/export.csv`: every product, however many there are.

use futures_util::{Stream, stream};
use rutter::{BoxError, prelude::*};

use crate::{db::Db, product::Product};

/// The products as a file for a spreadsheet, sent while it is read.
// Nothing of the request is read, but a file that is never held as a whole cannot be kept.
#[route(GET, "/api/export.csv", dynamic)]
fn export(db: State<Db>) -> Attachment {
    Attachment::new("products.csv", Body::stream(pages(db))).content_type("text/csv; charset=utf-8")
}

/// The file in pieces: one is made when the client has taken the one before, so no client, however
/// slow, holds more than one in memory or keeps the database waiting.
fn pages(db: State<Db>) -> impl Stream<Item = Result<Vec<u8>, BoxError>> + Send {
    // Ids begin at 1: behind 0 are all of them.
    stream::try_unfold((db, 0), async |(db, after)| {
        let products = db.after(after, PER_PAGE).await?;
        let piece = piece(&products, after == 0)?;
        let last = products.last().map_or(i64::MAX, |product| product.id);
        Ok((!piece.is_empty()).then_some((piece, (db, last))))
    })
}

fn piece(products: &[Product], with_header: bool) -> csv::Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
    if with_header {
        writer.write_record(HEADER)?;
    }
    for product in products {
        writer.serialize(product)?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

const HEADER: [&str; 6] = ["id", "slug", "name", "price", "category", "created_at"];
const PER_PAGE: u32 = 100;

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{Shop, cache_status};

    #[tokio::test]
    async fn every_product_is_in_the_file_once_however_many_there_are() {
        let shop = Shop::open().await;
        for _ in 0..200 {
            let new = json!({ "name": "Shackle", "price": 1, "category": "rigging" });
            shop.post("/api/products").json(&new).send().await;
        }
        let answer = shop.get("/api/export.csv").send().await;
        assert_eq!(answer.header("content-type"), Some("text/csv; charset=utf-8"));
        assert_eq!(cache_status(&answer), "none");
        assert_eq!(answer.header("content-disposition"), Some("attachment; filename=\"products.csv\""));
        let mut reader = csv::Reader::from_reader(&answer.bytes()[..]);
        let ids: Vec<String> = reader.records().map(|record| record.expect("a line of CSV")[0].to_owned()).collect();
        assert_eq!(ids, (1..=208).map(|id| id.to_string()).collect::<Vec<_>>());
    }

    #[tokio::test]
    async fn signs_of_csv_in_a_name_stay_in_their_field() {
        let shop = Shop::open().await;
        let name = "Rope, 3/4\" \"new\"; tarred";
        let new = json!({ "name": name, "price": 1, "category": "rigging" });
        shop.post("/api/products").json(&new).send().await;
        let answer = shop.get("/api/export.csv").send().await;
        let mut reader = csv::Reader::from_reader(&answer.bytes()[..]);
        let last = reader.records().last().expect("products").expect("a line of CSV");
        assert_eq!((&last[1], &last[2]), ("rope-3-4-new-tarred", name));
    }

    #[tokio::test]
    async fn an_empty_shop_exports_the_names_of_the_columns() {
        let shop = Shop::open().await;
        for id in 1..=8 {
            shop.delete(&format!("/api/products/{id}")).send().await;
        }
        let answer = shop.get("/api/export.csv").send().await;
        assert_eq!(answer.text(), "id,slug,name,price,category,created_at\n");
    }
}
