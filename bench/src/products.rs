//! The products of the shop that every server answers with.

use serde::{Deserialize, Serialize};

/// What `GET /products/[id]` and `POST /products` answer with.
#[derive(Debug, Serialize)]
pub struct Product {
    /// The number in the path.
    pub id: u64,
    /// What it is called.
    pub name: String,
    /// In cents.
    pub price: u64,
    /// The shelf it stands on.
    pub category: String,
}

impl Product {
    /// The product of this number: always a sextant, in strings of its own, as they come from a database.
    pub fn find(id: u64) -> Self {
        Self { id, name: "Brass sextant".to_owned(), price: 12_900, category: "navigation".to_owned() }
    }

    /// Everything on a shelf: thirteen products, in strings of their own, about a kilobyte of JSON.
    pub fn on_shelf(category: &str) -> Vec<Self> {
        let product = |(id, name, price): &(u64, &str, u64)| Self {
            id: *id,
            name: (*name).to_owned(),
            price: *price,
            category: category.to_owned(),
        };
        SHELF.iter().map(product).collect()
    }
}

/// What `POST /products` reads.
#[derive(Debug, Deserialize)]
pub struct NewProduct {
    /// What it is called.
    pub name: String,
    /// In cents.
    pub price: u64,
    /// The shelf it stands on.
    pub category: String,
}

impl NewProduct {
    /// Becomes the product of the next free number, which is always 8.
    pub fn insert(self) -> Product {
        Product { id: 8, name: self.name, price: self.price, category: self.category }
    }
}

/// What `GET /search` reads from its query, and echoes.
#[derive(Debug, Deserialize, Serialize)]
pub struct Search {
    /// The shelf to look on.
    pub category: String,
    /// What the name contains.
    pub q: String,
    /// Counted from 1.
    pub page: u32,
}

const SHELF: [(u64, &str, u64); 13] = [
    (7, "Brass sextant", 12_900),
    (11, "Mariner's quadrant", 8400),
    (12, "Hand-bearing compass", 6450),
    (15, "Ship's chronometer", 48_900),
    (19, "Octant of ebony", 21_500),
    (23, "Station pointer", 17_800),
    (24, "Artificial horizon", 5600),
    (31, "Azimuth circle", 9900),
    (36, "Walker's patent log", 13_200),
    (41, "Sounding lead, 7 lb", 3150),
    (44, "Star globe in a case", 26_700),
    (52, "Nautical almanac 2026", 1990),
    (57, "Spyglass, 30 mm", 14_300),
];

/// What stands on the shelf `navigation`, as JSON.
pub const NAVIGATION: &str = concat!(
    "[",
    r#"{"id":7,"name":"Brass sextant","price":12900,"category":"navigation"},"#,
    r#"{"id":11,"name":"Mariner's quadrant","price":8400,"category":"navigation"},"#,
    r#"{"id":12,"name":"Hand-bearing compass","price":6450,"category":"navigation"},"#,
    r#"{"id":15,"name":"Ship's chronometer","price":48900,"category":"navigation"},"#,
    r#"{"id":19,"name":"Octant of ebony","price":21500,"category":"navigation"},"#,
    r#"{"id":23,"name":"Station pointer","price":17800,"category":"navigation"},"#,
    r#"{"id":24,"name":"Artificial horizon","price":5600,"category":"navigation"},"#,
    r#"{"id":31,"name":"Azimuth circle","price":9900,"category":"navigation"},"#,
    r#"{"id":36,"name":"Walker's patent log","price":13200,"category":"navigation"},"#,
    r#"{"id":41,"name":"Sounding lead, 7 lb","price":3150,"category":"navigation"},"#,
    r#"{"id":44,"name":"Star globe in a case","price":26700,"category":"navigation"},"#,
    r#"{"id":52,"name":"Nautical almanac 2026","price":1990,"category":"navigation"},"#,
    r#"{"id":57,"name":"Spyglass, 30 mm","price":14300,"category":"navigation"}"#,
    "]",
);

/// The strong entity tag of [`NAVIGATION`]: the first half of its SHA-256.
pub const NAVIGATION_ETAG: &str = "\"203ba180b98d3f6b44db95d72c3f9697\"";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_json_is_that_of_the_shelf() {
        assert_eq!(serde_json::to_string(&Product::on_shelf("navigation")).unwrap(), NAVIGATION);
    }
}
