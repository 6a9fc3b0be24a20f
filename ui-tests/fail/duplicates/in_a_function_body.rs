use rutter::route;

#[route(GET, "/cart")]
fn cart() {}

fn test() {
    #[route(GET, "/cart")]
    fn cart() {}
}

fn main() {}
