//! A library of routes: an application names it in `collect!` and uses nothing else of it.

use rutter::prelude::*;

/// Every invoice.
#[route(GET, "/invoices")]
fn list_invoices() -> &'static str {
    "7, 8"
}

mod invoice {
    use rutter::route;

    /// One invoice.
    #[route(GET, "/invoices/[id]")]
    fn get_invoice(id: u64) -> String {
        format!("invoice {id}")
    }

    /// Pays an invoice.
    #[route(POST, "/invoices/[id]")]
    fn pay_invoice(id: u64) -> String {
        format!("invoice {id} is paid")
    }
}
