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
