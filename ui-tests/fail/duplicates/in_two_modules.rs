use rutter::route;

mod products {
    #[super::route(GET, "/products")]
    fn list() {}
}

mod goods {
    #[super::route(GET, "/products")]
    fn list() {}
}

fn main() {}
