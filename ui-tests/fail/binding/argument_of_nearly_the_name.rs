#[rutter::route(GET, "/products/[product_id]")]
fn product(produkt_id: u64) {
    let _ = produkt_id;
}

fn main() {}
