use rutter::prelude::*;

#[route(GET, "/logo", revalidate = 60)]
async fn logo() -> Result<File, Problem> {
    File::open("logo.svg").await
}

fn main() {}
