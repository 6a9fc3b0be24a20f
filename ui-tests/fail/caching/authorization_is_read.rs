use core::convert::Infallible;

use rutter::{BodySlot, Reads, prelude::*};

struct User;

impl FromRequest for User {
    const READS: Reads = Reads::AUTHORIZATION;
    type Rejection = Infallible;

    async fn from_request(_: &RequestHead, _: &mut BodySlot) -> Result<Self, Infallible> {
        Ok(User)
    }
}

#[route(GET, "/account", revalidate = 60)]
async fn account(user: User) -> &'static str {
    let _ = user;
    "account"
}

fn main() {}
