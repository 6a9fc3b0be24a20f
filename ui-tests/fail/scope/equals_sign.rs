use rutter::prelude::*;

static API: Cors = Cors::any();

scope! { cors = API }

fn main() {
    let _ = &API;
}
