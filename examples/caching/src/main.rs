//! Answers that are kept: who decides it, for how long, and what ends it. Making a list takes a second here, so it shows.

use core::time::Duration;
use std::sync::{
    Mutex, MutexGuard,
    atomic::{AtomicUsize, Ordering},
};

use rutter::prelude::*;
use tokio::time::sleep;

/// The goods, and how often somebody had to go and look.
#[derive(Default)]
struct Warehouse {
    goods: Mutex<Vec<String>>,
    visits: AtomicUsize,
}

impl Warehouse {
    /// Slow, as a database can be.
    async fn look(&self, what: &str) -> String {
        sleep(Duration::from_secs(1)).await;
        let visit = self.visits.fetch_add(1, Ordering::Relaxed) + 1;
        format!("{what}, as of visit {visit}\n")
    }

    fn goods(&self) -> MutexGuard<'_, Vec<String>> {
        self.goods.lock().expect("nothing panics while it holds this lock")
    }
}

/// Static: nothing of the request is read, so the answer is the same for everyone, until somebody revalidates it.
#[route(GET, "/address")]
async fn address(warehouse: State<Warehouse>) -> String {
    warehouse.look("1 Harbour Street").await
}

/// Kept for a minute, then made anew behind the first answer that is older; and before that when `goods` is expired.
#[route(GET, "/goods", revalidate = 60, tags("goods"))]
async fn goods(warehouse: State<Warehouse>) -> String {
    let goods = warehouse.goods().join(", ");
    warehouse.look(&goods).await
}

/// Kept for each path, with a tag for each.
#[route(GET, "/goods/[name]", tags("goods", "goods:[name]"))]
async fn good(name: &str, warehouse: State<Warehouse>) -> Result<String, Problem> {
    let is_there = warehouse.goods().iter().any(|good| good == name);
    if is_there { Ok(warehouse.look(name).await) } else { Err(Problem::not_found("it is not in store")) }
}

/// Kept for each value of a header: the one that `vary` names is the only one that the handler sees.
#[route(GET, "/price", vary("x-currency"))]
async fn price(headers: &HeaderMap, warehouse: State<Warehouse>) -> String {
    let euros = headers.get("x-currency").is_some_and(|currency| currency == "EUR");
    warehouse.look(if euros { "11 €" } else { "12 $" }).await
}

/// A success expires everything with the tag, a failure nothing.
#[route(POST, "/goods", revalidates("goods"))]
async fn add(name: String, warehouse: State<Warehouse>) -> Result<Created<String>, Problem> {
    if name.is_empty() {
        return Err(Problem::unprocessable("a good has a name"));
    }
    warehouse.goods().push(name.clone());
    Ok(Created::at(good::path(&name), name + "\n"))
}

/// On demand: `?path=/address` or `?tag=goods`, and `&stale` for what may be served once more while it is made anew.
#[route(POST, "/revalidate")]
fn revalidate(query: Query<Vec<(String, String)>>, revalidate: Revalidate) -> NoContent {
    let is_stale = query.iter().any(|(name, _)| name == "stale");
    let revalidate = if is_stale { revalidate.stale() } else { revalidate };
    for (name, value) in query.iter() {
        match name.as_str() {
            "tag" => drop(revalidate.tag(value)),
            "path" => drop(revalidate.path(value)),
            _ => {}
        }
    }
    NoContent
}

/// Static too, were it not for `dynamic`: it says something else each time.
#[route(GET, "/visits", dynamic)]
fn visits(warehouse: State<Warehouse>) -> String {
    format!("{} visits\n", warehouse.visits.load(Ordering::Relaxed))
}

#[tokio::main]
async fn main() -> rutter::Result<()> {
    let warehouse = Warehouse { goods: Mutex::new(vec!["rope".to_owned(), "tar".to_owned()]), ..Warehouse::default() };
    let app = rutter::collect!().state(warehouse).build()?;
    rutter::serve(app, std::env::var("ADDR").unwrap_or_else(|_| "127.0.0.1:3000".to_owned())).await
}
