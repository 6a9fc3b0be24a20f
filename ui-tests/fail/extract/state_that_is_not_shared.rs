use rutter::prelude::*;

struct Db(std::rc::Rc<()>);

#[route(GET, "/products")]
async fn products(db: State<Db>) {}

fn main() {}
