mod products {
    pub fn list() {}
}

#[rutter::route(GET, "/products")]
use products::list;

fn main() {
    list();
}
