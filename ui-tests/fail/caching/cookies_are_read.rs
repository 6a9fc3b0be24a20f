use core::convert::Infallible;

use rutter::{BodySlot, Reads, prelude::*};

struct Session;

impl FromRequest for Session {
    const READS: Reads = Reads::COOKIES;
    type Rejection = Infallible;

    async fn from_request(_: &RequestHead, _: &mut BodySlot) -> Result<Self, Infallible> {
        Ok(Session)
    }
}

#[route(GET, "/account", revalidate = 60)]
async fn account(session: Session) -> &'static str {
    let _ = session;
    "account"
}

fn main() {}
