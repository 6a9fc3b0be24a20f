struct Shop;

impl Shop {
    #[rutter::route(GET, "/products")]
    fn products() -> Result<String, Self> {
        Err(Shop)
    }
}

fn main() {}
