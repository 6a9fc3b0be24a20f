use rutter::prelude::*;

#[route(GET, "/visits", revalidate = 60)]
fn visits(after: After) -> &'static str {
    after.run(async {});
    "counted"
}

fn main() {}
