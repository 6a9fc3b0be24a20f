//! Which crates' routes an application takes.

use crate::{
    route::{Route, registered},
    routes::{Mistake, Routes},
};

/// Where [`collect!`](crate::collect) takes routes from.
#[derive(Debug, Clone, Copy)]
pub enum Source {
    /// Every route that is compiled in this package: its library, and the program itself.
    Package(&'static str),
    /// Every route of the library with this name, as the compiler knows it.
    Crate(&'static str),
}

impl Source {
    fn has(self, route: &Route) -> bool {
        match self {
            Source::Package(name) => route.package() == name,
            Source::Crate(name) => route.module().split("::").next() == Some(name),
        }
    }
}

impl Routes {
    /// Takes what the linker has collected of these sources.
    #[doc(hidden)]
    pub fn collected(sources: &[Source]) -> Self {
        let taken = |route: &&'static Route| sources.iter().any(|source| source.has(route));
        let mut routes: Vec<_> = registered().filter(taken).collect();
        // The linker's order is nobody's: reports and tables are the same at every start.
        routes.sort_by_key(|route| (route.file(), route.line(), route.name()));
        let mut collected = Routes::new(routes);
        collected.mistakes = sources.iter().filter_map(|source| collected.missing(*source)).collect();
        collected
    }

    fn missing(&self, source: Source) -> Option<Mistake> {
        let Source::Crate(name) = source else { return None };
        let found = self.routes.iter().any(|route| source.has(route));
        (!found).then_some(Mistake::CrateWithoutRoutes { name })
    }
}

/// Takes the routes of the calling package, and of the crates that it names.
///
/// `collect!()` takes the package's own routes; `collect!(self, billing)` links the crate
/// `billing` and adds its routes, so that a dependency can neither slip a route into an
/// application nor be forgotten by the linker. A crate that `Cargo.toml` renames is written with
/// both names: `collect!(self, pay = billing)`.
///
/// ```
/// use rutter::prelude::*;
///
/// #[route(GET, "/ping")]
/// fn ping() -> &'static str {
///     "pong"
/// }
///
/// let app = rutter::collect!().build()?;
/// # let _ = app;
/// # Ok::<(), rutter::BuildError>(())
/// ```
#[macro_export]
macro_rules! collect {
    () => { $crate::collect!(self) };
    ($($source:tt $(= $name:ident)?),+ $(,)?) => {
        $crate::Routes::collected(&[$($crate::__source!($source $($name)?)),+])
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __source {
    (self) => {
        $crate::__private::Source::Package(::core::env!("CARGO_PKG_NAME"))
    };
    ($text:literal) => {
        ::core::compile_error!("a crate is named without quotes: write for example `collect!(self, billing)`")
    };
    ($krate:ident) => {{
        // Mentioning a crate is what makes rustc hand it to the linker.
        #[allow(unused_imports)]
        use $krate as _;
        $crate::__private::Source::Crate(::core::stringify!($krate))
    }};
    ($krate:ident $name:ident) => {{
        #[allow(unused_imports)]
        use $krate as _;
        $crate::__private::Source::Crate(::core::stringify!($name))
    }};
}

/// Takes the named handlers' routes and no others: for tests, and where no linker collects.
///
/// ```
/// use rutter::prelude::*;
///
/// #[route(GET, "/ping", register = false)]
/// fn ping() -> &'static str {
///     "pong"
/// }
///
/// let app = rutter::routes![ping].build()?;
/// # let _ = app;
/// # Ok::<(), rutter::BuildError>(())
/// ```
#[macro_export]
macro_rules! routes {
    ($($handler:path),* $(,)?) => { $crate::Routes::new([$(<$handler>::ROUTE),*]) };
}

/// Writes a test that fails where [`Routes::build`] would: `rutter::assert_routes!();`.
///
/// It takes what [`collect!`](crate::collect) takes. The application's state is checked where the
/// types that it will be given are listed: `assert_routes!(self, billing; state: Db, Config)`.
///
/// ```
/// use rutter::prelude::*;
///
/// #[route(GET, "/ping")]
/// fn ping() -> &'static str {
///     "pong"
/// }
///
/// rutter::assert_routes!();
/// ```
#[macro_export]
macro_rules! assert_routes {
    () => { $crate::assert_routes!(self); };
    (state: $($state:ty),+ $(,)?) => { $crate::assert_routes!(self; state: $($state),+); };
    ($($source:tt $(= $name:ident)?),+ $(; state: $($state:ty),+)? $(,)?) => {
        #[test]
        fn routes_fit_together() {
            let routes = $crate::collect!($($source $(= $name)?),+)$($(.promise::<$state>())+)?;
            if let ::core::result::Result::Err(error) = routes.check() {
                ::core::panic!("{error}");
            }
        }
    };
}
