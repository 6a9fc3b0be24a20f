use rutter::prelude::*;

static API: Cors = Cors::any();

scope! { cors: API }

scope! { cors: API }

fn main() {}
