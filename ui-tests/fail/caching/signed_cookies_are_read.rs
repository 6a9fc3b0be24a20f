use rutter::prelude::*;

#[route(GET, "/account", revalidate = 60)]
fn account(session: SignedCookies) -> String {
    session.get("session").unwrap_or("nobody").to_owned()
}

fn main() {}
