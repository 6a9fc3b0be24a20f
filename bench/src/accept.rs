//! Listening on the address of the first argument, and serving every connection with hyper's HTTP/1.1.

use std::convert::Infallible;
use std::env;
use std::error::Error;
use std::io;

use http_body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::Service;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

/// Serves every connection with a clone of `service`, on one thread, until the process is ended.
///
/// # Errors
///
/// When the address is taken, or when a connection cannot be accepted.
pub fn serve<S, B>(service: S) -> io::Result<()>
where
    S: Service<Request<Incoming>, Response = Response<B>, Error = Infallible> + Clone + Send + 'static,
    S::Future: Send,
    B: Body<Error: Into<Box<dyn Error + Send + Sync>>, Data: Send> + Send + 'static,
{
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    runtime.block_on(async move {
        let listener = bind().await?;
        loop {
            let (stream, _) = listener.accept().await?;
            stream.set_nodelay(true)?;
            let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service.clone());
            tokio::spawn(async {
                // A client that goes away is no concern of the other connections.
                let _ = connection.await;
            });
        }
    })
}

/// Listens on the address of the first argument, else on a free port, and prints `listening on ADDRESS`.
///
/// For a server that accepts connections itself; the others call [`serve`].
///
/// # Errors
///
/// When the address cannot be listened on.
pub async fn bind() -> io::Result<TcpListener> {
    let address = env::args().nth(1).unwrap_or_else(|| "127.0.0.1:0".to_owned());
    let listener = TcpListener::bind(address).await?;
    println!("listening on {}", listener.local_addr()?);
    Ok(listener)
}
