trait Shop {
    #[rutter::route(GET, "/products")]
    fn products();
}

fn main() {}
