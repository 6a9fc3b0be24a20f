//! Everything that stops an application from starting, in one report.

use core::fmt;

use crate::route::{Methods, Route};

/// Everything that stops an application from starting, each problem with file and line.
///
/// ```text
/// 2 problems keep the routes from being served
///
/// 1. two routes answer GET on the same paths
///      GET /products/[id]    get_product  src/products.rs:12
///      GET /products/[slug]  by_slug      src/catalog.rs:7
///    give one of them another path or another method
///
/// 2. `shop::Db` is required as state, and nobody gives one
///      GET /products/[id]  get_product  src/products.rs:12
///    add `.state(…)` with a `shop::Db` before `.build()`
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct BuildError {
    mistakes: Vec<Mistake>,
}

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mistake {
    NoRoutes,
    CrateWithoutRoutes { name: &'static str },
    Pattern { route: Place, message: String },
    Conflict { methods: String, routes: [Place; 2] },
    MissingState { name: String, routes: Vec<Place> },
    UnseenHeader { name: String, route: Place },
    TwoScopes { module: &'static str, scopes: [String; 2] },
}

/// A route in a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    route: String,
    name: &'static str,
    source: String,
}

impl BuildError {
    pub(crate) fn new(mistakes: Vec<Mistake>) -> Self {
        BuildError { mistakes }
    }

    /// How many problems there are.
    #[allow(clippy::len_without_is_empty)] // There is always one.
    pub fn len(&self) -> usize {
        self.mistakes.len()
    }
}

impl Place {
    pub(crate) fn of(route: &Route) -> Place {
        Place {
            route: format!("{} {}", route.methods(), route.pattern()),
            name: route.name(),
            source: format!("{}:{}", route.file(), route.line()),
        }
    }
}

impl Mistake {
    pub(crate) fn conflict(methods: Methods, first: &Route, second: &Route) -> Mistake {
        Mistake::Conflict { methods: methods.to_string(), routes: [Place::of(first), Place::of(second)] }
    }

    fn places(&self) -> &[Place] {
        match self {
            Mistake::NoRoutes | Mistake::CrateWithoutRoutes { .. } | Mistake::TwoScopes { .. } => &[],
            Mistake::Pattern { route, .. } | Mistake::UnseenHeader { route, .. } => core::slice::from_ref(route),
            Mistake::Conflict { routes, .. } => routes,
            Mistake::MissingState { routes, .. } => routes,
        }
    }

    fn problem(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Mistake::NoRoutes => f.write_str("there are no routes"),
            Mistake::CrateWithoutRoutes { name } => {
                write!(f, "the crate `{name}` is collected, but no route of it is linked")
            }
            Mistake::Pattern { message, .. } => f.write_str(message),
            Mistake::Conflict { methods, .. } => write!(f, "two routes answer {methods} on the same paths"),
            Mistake::MissingState { name, .. } => write!(f, "`{name}` is required as state, and nobody gives one"),
            Mistake::UnseenHeader { name, .. } => {
                write!(f, "the answers of a route are kept for everyone, and its handler reads the header `{name}`")
            }
            Mistake::TwoScopes { module, scopes: [first, second] } => {
                write!(f, "the module `{module}` has two scopes, at {first} and {second}")
            }
        }
    }

    fn help(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Mistake::NoRoutes => f.write_str(
                "`collect!()` takes the routes of the calling package: write a function with `#[route]`, or name the \
                 crate that has them, as in `collect!(self, billing)`",
            ),
            Mistake::CrateWithoutRoutes { name } => write!(
                f,
                "is it renamed in `Cargo.toml`? then write both names, as in `collect!(self, {name} = its_own_name)`; \
                 has it no `#[route]`? then leave it out",
            ),
            Mistake::Pattern { .. } => f.write_str("write the path as `#[route]` takes it"),
            Mistake::Conflict { .. } => f.write_str("give one of them another path or another method"),
            Mistake::MissingState { name, .. } => write!(f, "add `.state(…)` with a `{name}` before `.build()`"),
            Mistake::UnseenHeader { name, .. } if SECRETS.contains(&name.as_str()) => {
                f.write_str("it says who is asking: write `dynamic`, and every request runs the handler")
            }
            Mistake::UnseenHeader { name, .. } => {
                write!(f, "add it to the route's `vary`, as in `vary(\"{name}\")`, or write `dynamic`")
            }
            Mistake::TwoScopes { .. } => f.write_str("make them one `scope! { … }`"),
        }
    }
}

/// Headers that no `vary` may name.
const SECRETS: [&str; 3] = ["authorization", "cookie", "proxy-authorization"];

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.mistakes.len() {
            1 => f.write_str("a problem keeps the routes from being served\n")?,
            count => writeln!(f, "{count} problems keep the routes from being served")?,
        }
        for (index, mistake) in self.mistakes.iter().enumerate() {
            write!(f, "\n{}. ", index + 1)?;
            mistake.problem(f)?;
            let places = mistake.places();
            let width = |text: fn(&Place) -> usize| places.iter().map(text).max().unwrap_or_default();
            let (route, name) = (width(|place| place.route.len()), width(|place| place.name.len()));
            for place in places {
                write!(f, "\n     {:route$}  {:name$}  {}", place.route, place.name, place.source)?;
            }
            f.write_str("\n   ")?;
            mistake.help(f)?;
            f.write_str("\n")?;
        }
        Ok(())
    }
}

// `fn main() -> Result<(), BuildError>` prints the report, not the fields.
impl fmt::Debug for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for BuildError {}
