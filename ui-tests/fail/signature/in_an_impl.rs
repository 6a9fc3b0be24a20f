struct Shop;

impl Shop {
    #[rutter::route(GET, "/products")]
    fn products() {}
}

fn main() {}
