//! From routes to a service: collected, given their state, checked as a whole.
//!
//! ```
//! use rutter::prelude::*;
//!
//! struct Greeting { text: &'static str }
//!
//! #[route(GET, "/hello/[name]")]
//! fn hello(name: &str, greeting: State<Greeting>) -> String {
//!     format!("{}, {name}", greeting.text)
//! }
//!
//! # fn main() -> rutter::Result<()> {
//! let app = rutter::collect!().state(Greeting { text: "hello" }).build()?;
//! # let _ = app;
//! # Ok(())
//! # }
//! ```
//!
//! The rules:
//! - [`collect!`](crate::collect) takes the calling package's routes and those of the crates it
//!   names; a crate that is named but has no route is an error, and so are no routes at all;
//! - [`Routes::build`] reports *every* problem at once, each with file and line
//!   ([`BuildError`]);
//! - nothing listens before everything is right.

mod check;
mod collect;
mod error;
mod fallback;
mod table;

use core::future::Future;
use std::sync::Arc;

#[cfg(feature = "compression")]
use crate::compression::Compression;
use crate::{
    app::App,
    cache::Caching,
    cors::Cors,
    extract::Request,
    limits::Limits,
    proxies::Proxies,
    response::IntoResponse,
    route::Route,
    state::{Requirement, StateMap},
};

use check::States;

pub use collect::Source;
pub use error::BuildError;
pub(crate) use error::Mistake;
pub(crate) use fallback::Fallback;
pub use table::Table;

/// The routes of an application on their way to a service.
#[must_use = "routes answer nothing before `build`"]
#[allow(clippy::struct_field_names)] // The routes of `Routes` are its routes.
pub struct Routes {
    routes: Vec<&'static Route>,
    /// What was wrong while collecting; `build` reports it with the rest.
    mistakes: Vec<Mistake>,
    state: StateMap,
    /// Types that a test vouches for, without a value.
    promised: Vec<Requirement>,
    limits: Limits,
    proxies: Proxies,
    fallback: Option<Fallback>,
    caching: Caching,
    cors: Option<Cors>,
    #[cfg(feature = "compression")]
    compression: Option<Compression>,
}

impl Routes {
    /// These routes and no others: what [`routes!`](crate::routes) calls.
    pub fn new(routes: impl IntoIterator<Item = &'static Route>) -> Self {
        Routes {
            routes: routes.into_iter().collect(),
            mistakes: Vec::new(),
            state: StateMap::default(),
            promised: Vec::new(),
            limits: Limits::default(),
            proxies: Proxies::default(),
            fallback: None,
            caching: Caching::default(),
            cors: None,
            #[cfg(feature = "compression")]
            compression: None,
        }
    }

    /// Gives the handlers a value: they take it as `State<T>`. A second value of the same type
    /// replaces the first.
    pub fn state<T: Send + Sync + 'static>(mut self, value: T) -> Self {
        self.state.insert(Arc::new(value));
        self
    }

    /// Vouches that a value of type `T` will be given: for tests that check the routes without
    /// making the application's state.
    pub fn promise<T: Send + Sync + 'static>(mut self) -> Self {
        self.promised.push(Requirement::of::<T>());
        self
    }

    /// Sets how much of a request is taken; the options of a route win.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Names the proxies in front, and believes what they tell of the client: [`ClientIp`](crate::ClientIp),
    /// [`Host`](crate::Host) and [`Scheme`](crate::Scheme) read it. Without it no such header is believed.
    ///
    /// ```
    /// use rutter::{Proxies, prelude::*};
    /// # #[route(GET, "/")]
    /// # fn home() {}
    ///
    /// let app = rutter::routes![home].proxies(Proxies::new(["10.0.0.0/8", "127.0.0.1"])?).build()?;
    /// # Ok::<(), rutter::Error>(())
    /// ```
    pub fn proxies(mut self, proxies: Proxies) -> Self {
        self.proxies = proxies;
        self
    }

    /// Sets how much is kept, and where.
    ///
    /// ```
    /// use rutter::{Caching, prelude::*};
    /// # #[route(GET, "/")]
    /// # fn home() {}
    ///
    /// let app = rutter::routes![home].caching(Caching::default().bytes(16 * 1024 * 1024)).build()?;
    /// # Ok::<(), rutter::BuildError>(())
    /// ```
    pub fn caching(mut self, caching: Caching) -> Self {
        self.caching = caching;
        self
    }

    /// Sets who of other origins may read the answers: those of routes without a policy of their own and without a
    /// scope that has one, and those that no route gives, such as a 404. The [manual](crate::cors) has the rules.
    ///
    /// ```
    /// use rutter::prelude::*;
    /// # #[route(GET, "/")]
    /// # fn home() {}
    ///
    /// let app = rutter::routes![home].cors(Cors::parse("http://localhost:5173, https://shop.example")?).build()?;
    /// # Ok::<(), rutter::Error>(())
    /// ```
    pub fn cors(mut self, cors: Cors) -> Self {
        self.cors = Some(cors);
        self
    }

    /// Compresses answers as clients ask for it; without it every answer is sent as it is. The
    /// [manual](crate::compression) says which answers should not be compressed.
    ///
    /// ```
    /// use rutter::{Compression, prelude::*};
    /// # #[route(GET, "/")]
    /// # fn home() {}
    ///
    /// let app = rutter::routes![home].compression(Compression::default()).build()?;
    /// # Ok::<(), rutter::BuildError>(())
    /// ```
    #[cfg(feature = "compression")]
    pub fn compression(mut self, compression: Compression) -> Self {
        self.compression = Some(compression);
        self
    }

    /// Answers the paths that no route matches; without it they are a 404.
    ///
    /// ```
    /// use rutter::prelude::*;
    /// # #[route(GET, "/")]
    /// # fn home() {}
    ///
    /// async fn nowhere(request: Request) -> impl IntoResponse {
    ///     format!("nothing at {}", request.uri().path()).status(404)
    /// }
    ///
    /// let app = rutter::routes![home].fallback(nowhere).build()?;
    /// # Ok::<(), rutter::BuildError>(())
    /// ```
    pub fn fallback<F, T>(mut self, fallback: F) -> Self
    where
        F: Fn(Request) -> T + Send + Sync + 'static,
        T: Future<Output: IntoResponse> + Send + 'static,
    {
        self.fallback = Some(Fallback::new(fallback));
        self
    }

    /// The table of routes, for people: sorted, with methods, mode and source.
    pub fn table(&self) -> Table {
        Table::new(&self.routes, self.caching.is_on(), self.cors.is_some())
    }

    /// Checks everything but the state, unless some was given or promised: what
    /// [`assert_routes!`](crate::assert_routes) does in a test.
    ///
    /// # Errors
    /// As for [`Routes::build`].
    pub fn check(&self) -> Result<(), BuildError> {
        let unknown = self.state.is_empty() && self.promised.is_empty();
        check::all(self, if unknown { States::Unknown } else { States::Given })
    }

    /// Everything in its place, once it has been checked: what a service is made of.
    pub(crate) fn checked(self) -> Result<Checked, BuildError> {
        check::all(&self, States::Given)?;
        let app = App { state: self.state, limits: self.limits, proxies: self.proxies, ..App::default() };
        Ok(Checked {
            routes: self.routes,
            app,
            fallback: self.fallback,
            caching: self.caching,
            cors: self.cors,
            #[cfg(feature = "compression")]
            compression: self.compression,
        })
    }
}

/// Routes that fit together, and what their handlers need.
pub(crate) struct Checked {
    pub(crate) routes: Vec<&'static Route>,
    pub(crate) app: App,
    pub(crate) fallback: Option<Fallback>,
    pub(crate) caching: Caching,
    pub(crate) cors: Option<Cors>,
    #[cfg(feature = "compression")]
    pub(crate) compression: Option<Compression>,
}
