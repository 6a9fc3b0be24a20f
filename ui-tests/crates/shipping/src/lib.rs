//! A library of routes, one of which the library `billing` has as well.

use rutter::prelude::*;

/// One parcel.
#[route(GET, "/parcels/[number]")]
fn get_parcel(number: &str) -> String {
    format!("parcel {number}")
}

/// The invoice in a parcel: the same paths as `billing`, by another name.
#[route([GET, DELETE], "/invoices/[number]")]
fn parcel_invoice(number: &str) -> String {
    format!("invoice {number}")
}
