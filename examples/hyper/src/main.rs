//! A bare hyper accept loop with Rutter behind it: for programs that own their sockets.

use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use rutter::prelude::*;
use tokio::net::TcpListener;

/// Greets by name, and says where the client is.
#[route(GET, "/hello/[name]")]
fn hello(name: &str, client: ClientAddr) -> String {
    format!("hello, {name} at {}\n", client.0.ip())
}

#[tokio::main]
async fn main() -> rutter::Result<()> {
    let app = rutter::collect!().build()?;
    let address = std::env::var("ADDR").unwrap_or_else(|_| "127.0.0.1:3000".to_owned());
    let listener = TcpListener::bind(address).await?;
    println!("{}\nlistening on http://{}", app.table(), listener.local_addr()?);
    loop {
        let (stream, peer) = listener.accept().await?;
        // `RouteService` is a `hyper::service::Service`; a clone for each connection is cheap.
        let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), app.peer(peer));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                eprintln!("{peer}: {error}");
            }
        });
    }
}
