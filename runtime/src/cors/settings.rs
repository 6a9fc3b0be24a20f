//! A policy as it is written.

use core::{fmt, time::Duration};
use std::sync::Arc;

use crate::{
    cors::{
        CorsError, Origin,
        allowed::{Allowed, Headers},
        names::are_names,
        parts::Parts,
    },
    methods::Methods,
};

/// Which pages of other origins may read the answers, and what they may send.
///
/// It is made in a `static`, where a mistake is an error in `cargo check`, or at run time:
///
/// ```
/// use core::time::Duration;
///
/// use rutter::prelude::*;
///
/// static API: Cors = Cors::origins(&["https://app.example.com", "https://admin.example.com"])
///     .dev_origin("http://localhost:5173")
///     .credentials()
///     .headers(&["content-type", "x-request-id"])
///     .expose(&["x-total"])
///     .max_age(Duration::from_secs(600));
///
/// #[route(GET, "/api/products", cors = API)]
/// fn products() -> &'static str {
///     "a brass sextant"
/// }
/// # let _ = rutter::routes![products].build()?;
/// # Ok::<(), rutter::BuildError>(())
/// ```
#[derive(Clone)]
#[must_use = "a policy says something only where a route, a scope or the application names it"]
pub struct Cors {
    pub(super) allowed: Allowed,
    pub(super) dev_origins: [Option<&'static str>; 4],
    pub(super) credentials: bool,
    pub(super) headers: Headers,
    pub(super) methods: Option<Methods>,
    pub(super) exposed: &'static [&'static str],
    pub(super) max_age: Option<Duration>,
    pub(super) private_network: bool,
}

impl Cors {
    /// Allows these origins and no others.
    ///
    /// # Panics
    /// When one of them is not written as browsers write it ([`Origin`]), or there is none. In a `static` that is an
    /// error in `cargo check`:
    ///
    /// ```compile_fail
    /// # use rutter::Cors;
    /// static API: Cors = Cors::origins(&["https://app.example.com/"]);
    /// ```
    ///
    /// ```
    /// # use rutter::Cors;
    /// static API: Cors = Cors::origins(&["https://app.example.com", "tauri://localhost"]);
    /// ```
    #[track_caller]
    pub const fn origins(origins: &'static [&'static str]) -> Self {
        assert!(!origins.is_empty(), "there is no origin in this list: to allow nobody write `Cors::none()`");
        let mut place = 0;
        while place < origins.len() {
            if let Err(fault) = Parts::of(origins[place].as_bytes()) {
                fault.panic(origins[place]);
            }
            place += 1;
        }
        Cors::new(Allowed::Named(origins))
    }

    /// Allows the origins of a list with commas, as it comes from the environment.
    ///
    /// ```
    /// use rutter::Cors;
    ///
    /// let api = Cors::parse("http://localhost:5173, https://shop.example")?;
    /// let error = Cors::parse("https://shop.example/").unwrap_err();
    /// assert_eq!(error.to_string(), "`https://shop.example/` has a path: write `https://shop.example`");
    /// # let _ = api;
    /// # Ok::<(), rutter::CorsError>(())
    /// ```
    ///
    /// # Errors
    /// When one of them is not written as browsers write it, or there is none.
    pub fn parse(origins: &str) -> Result<Self, CorsError> {
        let read = |origin: &str| Origin::parse(origin.trim()).map(|origin| origin.as_str().to_owned());
        let origins = origins.split(',').map(read).collect::<Result<Vec<_>, _>>()?;
        Ok(Cors::new(Allowed::Listed(origins.into())))
    }

    /// Allows every origin, by the answer `*`; credentials cannot be allowed besides.
    ///
    /// ```
    /// # use rutter::Cors;
    /// static PUBLIC: Cors = Cors::any();
    /// ```
    pub const fn any() -> Self {
        Cors::new(Allowed::Anyone)
    }

    /// Allows nobody, where a scope or the application would.
    ///
    /// ```
    /// # use rutter::Cors;
    /// static ONLY_AT_HOME: Cors = Cors::none().dev_origin("http://localhost:5173");
    /// ```
    pub const fn none() -> Self {
        Cors::new(Allowed::Nobody)
    }

    /// Allows the origins that a function says yes to. It is asked only about what is written as browsers write origins;
    /// it should look at the scheme too, and begin what it compares with a dot.
    ///
    /// ```
    /// # use rutter::Cors;
    /// static TENANTS: Cors =
    ///     Cors::matching(|origin| origin.scheme() == "https" && origin.host().ends_with(".example.com"));
    /// ```
    pub const fn matching(allows: fn(&Origin<'_>) -> bool) -> Self {
        Cors::new(Allowed::Matching(allows))
    }

    /// The same with a function that holds something: a list that is read while the program runs. Not for a `static`,
    /// but for one in a `LazyLock`.
    ///
    /// ```
    /// use std::{collections::HashSet, sync::LazyLock};
    ///
    /// use rutter::Cors;
    ///
    /// static PARTNERS: LazyLock<Cors> = LazyLock::new(|| {
    ///     let partners = HashSet::from(["https://partner.example".to_owned()]);
    ///     Cors::matching_with(move |origin| partners.contains(origin.as_str()))
    /// });
    /// ```
    pub fn matching_with(allows: impl Fn(&Origin<'_>) -> bool + Send + Sync + 'static) -> Self {
        Cors::new(Allowed::Asked(Arc::new(allows)))
    }

    const fn new(allowed: Allowed) -> Self {
        Cors {
            allowed,
            dev_origins: [None; 4],
            credentials: false,
            headers: Headers::These(&["content-type"]),
            methods: None,
            exposed: &[],
            max_age: None,
            private_network: false,
        }
    }

    /// Allows one more origin, in builds with `debug_assertions` only: where the pages come from while they are
    /// developed. There may be four.
    ///
    /// # Panics
    /// When it is not written as browsers write it, or is the fifth.
    ///
    /// ```
    /// # use rutter::Cors;
    /// static API: Cors = Cors::origins(&["https://app.example.com"]).dev_origin("http://localhost:5173");
    /// ```
    #[track_caller]
    pub const fn dev_origin(mut self, origin: &'static str) -> Self {
        if let Err(fault) = Parts::of(origin.as_bytes()) {
            fault.panic(origin);
        }
        let mut place = 0;
        while place < self.dev_origins.len() && self.dev_origins[place].is_some() {
            place += 1;
        }
        assert!(place < self.dev_origins.len(), "there are four origins for development already: remove one");
        self.dev_origins[place] = Some(origin);
        self
    }

    /// Lets pages send cookies, certificates and `Authorization`, and read what is answered to them.
    ///
    /// # Panics
    /// When every origin is allowed: any page could read what is meant for its visitor alone. In a `static` that is an
    /// error in `cargo check`:
    ///
    /// ```compile_fail
    /// # use rutter::Cors;
    /// static API: Cors = Cors::any().credentials();
    /// ```
    #[track_caller]
    pub const fn credentials(mut self) -> Self {
        assert!(
            !matches!(self.allowed, Allowed::Anyone),
            "with credentials the answers are for one visitor, and `Cors::any()` lets every page read them: \
             name the origins, as in `Cors::origins(&[\"https://app.example.com\"])`"
        );
        self.credentials = true;
        self
    }

    /// Sets the headers that pages may send besides those that need no permission; without this it is `content-type`.
    ///
    /// # Panics
    /// When one of them cannot be the name of a header.
    ///
    /// ```
    /// # use rutter::Cors;
    /// static API: Cors = Cors::any().headers(&["content-type", "x-request-id"]);
    /// ```
    #[track_caller]
    pub const fn headers(mut self, names: &'static [&'static str]) -> Self {
        are_names(names, "`*` is no header: to allow every one write `.any_header()`");
        self.headers = Headers::These(names);
        self
    }

    /// Lets pages send any header.
    ///
    /// ```
    /// # use rutter::Cors;
    /// static API: Cors = Cors::origins(&["https://app.example.com"]).any_header();
    /// ```
    pub const fn any_header(mut self) -> Self {
        self.headers = Headers::Any;
        self
    }

    /// Allows no other methods than these; without this those that the path has. Answers to others say nothing to pages
    /// of other origins.
    ///
    /// ```
    /// # use rutter::{Cors, Methods};
    /// static READ: Cors = Cors::any().methods(Methods::GET);
    /// ```
    pub const fn methods(mut self, methods: Methods) -> Self {
        self.methods = Some(methods);
        self
    }

    /// Lets pages read these headers of an answer besides those that need no permission.
    ///
    /// # Panics
    /// When one of them cannot be the name of a header.
    ///
    /// ```
    /// # use rutter::Cors;
    /// static API: Cors = Cors::any().expose(&["x-total"]);
    /// ```
    #[track_caller]
    pub const fn expose(mut self, names: &'static [&'static str]) -> Self {
        are_names(names, "`*` is no header: name the headers that pages may read, such as `x-total`");
        self.exposed = names;
        self
    }

    /// Sets how long a browser may go by the answer to a preflight, in whole seconds; without this it is what the
    /// browser takes for granted, five seconds.
    ///
    /// ```
    /// # use rutter::Cors;
    /// # use core::time::Duration;
    /// static API: Cors = Cors::any().max_age(Duration::from_secs(600));
    /// ```
    pub const fn max_age(mut self, time: Duration) -> Self {
        self.max_age = Some(time);
        self
    }

    /// Lets public pages reach this server in a private network
    /// ([Private Network Access](https://wicg.github.io/private-network-access/)).
    ///
    /// ```
    /// # use rutter::Cors;
    /// static PRINTER: Cors = Cors::origins(&["https://app.example.com"]).private_network();
    /// ```
    pub const fn private_network(mut self) -> Self {
        self.private_network = true;
        self
    }
}

impl fmt::Debug for Cors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cors")
            .field("allowed", &self.allowed)
            .field("dev_origins", &self.dev_origins.iter().flatten().collect::<Vec<_>>())
            .field("credentials", &self.credentials)
            .field("headers", &self.headers)
            .field("methods", &self.methods)
            .field("exposed", &self.exposed)
            .field("max_age", &self.max_age)
            .field("private_network", &self.private_network)
            .finish()
    }
}
