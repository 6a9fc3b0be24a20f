//! A library of routes that knows Rutter by another name.

use harbour::prelude::*;

/// Who pays.
#[derive(FromRequest)]
#[from_request(crate = harbour)]
struct Payer {
    headers: HeaderMap,
}

/// One payment.
#[route(GET, "/payments/[id]", crate = harbour)]
fn get_payment(id: u64, payer: Payer) -> String {
    format!("payment {id}, with {} headers", payer.headers.len())
}
