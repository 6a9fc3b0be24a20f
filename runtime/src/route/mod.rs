//! What a route is: methods, a pattern, policies and the function behind them.

mod endpoint;
mod link;
mod policies;
mod registry;
mod scope;

use core::fmt;

use crate::{cache::CachePolicy, cors::Named, reads::Reads, state::Requirements};

pub use crate::methods::Methods;
pub use endpoint::{Answer, Call, Endpoint, Outcome, Slot, merge};
pub use link::{LinkSegments, LinkValue};
pub use policies::Policies;
pub use registry::Registered;
pub(crate) use registry::registered;
pub use rutter_pattern::LinkError;
pub use scope::Scope;
pub(crate) use scope::scopes;

/// A handler with everything that its attribute says: `get_product::ROUTE`.
///
/// ```
/// use rutter::prelude::*;
///
/// /// Greets.
/// #[route(GET, "/hello/[name]", body_limit = 1kb)]
/// fn hello(name: &str) -> String {
///     format!("hello, {name}")
/// }
///
/// assert_eq!(hello::ROUTE.pattern(), "/hello/[name]");
/// assert_eq!(hello::ROUTE.methods().to_string(), "GET");
/// assert_eq!(hello::ROUTE.docs(), "Greets.");
/// assert_eq!(hello::ROUTE.policies().body_limit, Some(1024));
/// ```
#[derive(Clone, Copy)]
pub struct Route(Spec);

/// The parts of a [`Route`], as the macro writes them.
#[derive(Clone, Copy)]
pub struct Spec {
    /// What it answers to.
    pub methods: Methods,
    /// The path, as written.
    pub pattern: &'static str,
    /// The handler's name.
    pub name: &'static str,
    /// The handler's module: `module_path!()`.
    pub module: &'static str,
    /// The package that the handler is compiled in: `CARGO_PKG_NAME`.
    pub package: &'static str,
    /// The program that the handler is compiled in: `CARGO_BIN_NAME`; none in a library.
    pub program: Option<&'static str>,
    /// The file that the attribute stands in.
    pub file: &'static str,
    /// The line of the attribute.
    pub line: u32,
    /// The handler's documentation.
    pub docs: &'static str,
    /// What the handler's arguments look at.
    pub reads: Reads,
    /// Whether the answer's type says that it streams.
    pub streams: bool,
    /// What the attribute's options say.
    pub policies: Policies,
    /// What the handler's arguments require.
    pub requires: fn(&mut Requirements),
    /// The handler.
    pub endpoint: Endpoint,
}

impl Route {
    #[doc(hidden)]
    pub const fn new(spec: Spec) -> Self {
        Route(spec)
    }

    /// The methods that it answers to. HEAD comes with GET where no other route has it.
    pub const fn methods(&self) -> Methods {
        self.0.methods
    }

    /// The path's pattern, as written in the attribute.
    pub const fn pattern(&self) -> &'static str {
        self.0.pattern
    }

    /// The name of the handler.
    pub const fn name(&self) -> &'static str {
        self.0.name
    }

    /// The path of the module that the handler stands in.
    pub const fn module(&self) -> &'static str {
        self.0.module
    }

    /// The package that the handler is compiled in.
    pub const fn package(&self) -> &'static str {
        self.0.package
    }

    /// The program that the handler is compiled in; none in a library.
    pub(crate) const fn program(&self) -> Option<&'static str> {
        self.0.program
    }

    /// The file that the attribute stands in.
    pub const fn file(&self) -> &'static str {
        self.0.file
    }

    /// The line that the attribute stands in, from 1.
    pub const fn line(&self) -> u32 {
        self.0.line
    }

    /// The handler's documentation, its lines joined by `\n`.
    pub const fn docs(&self) -> &'static str {
        self.0.docs
    }

    /// What the handler's arguments look at in a request.
    pub const fn reads(&self) -> Reads {
        self.0.reads
    }

    /// What the attribute's options say.
    pub const fn policies(&self) -> &Policies {
        &self.0.policies
    }

    /// Whether its answers are kept, and for how long they are fresh. Only those to GET ever are.
    pub const fn cache_policy(&self) -> CachePolicy {
        if !self.is_safe() {
            return CachePolicy::Dynamic;
        }
        self.0.policies.cache.policy(self.0.reads, self.0.streams)
    }

    /// The policy for other origins: its own option, else that of the nearest scope.
    pub(crate) fn cors(&self) -> Option<Named> {
        self.0.policies.cors.or_else(|| scope::cors(self))
    }

    /// Whether it answers GET, and perhaps HEAD, and nothing that may change something.
    pub(crate) const fn is_safe(&self) -> bool {
        self.0.methods.contains(Methods::GET) && Methods::GET.and(Methods::HEAD).contains(self.0.methods)
    }

    pub(crate) fn requirements(&self) -> Requirements {
        let mut requirements = Requirements::default();
        (self.0.requires)(&mut requirements);
        requirements
    }

    #[inline]
    pub(crate) fn call(&self, slot: &mut Slot) -> Answer {
        let mut answer = (self.0.endpoint)(slot);
        // Where it lies: handed on for this, it would be copied twice. One that waits settles itself.
        if let (Answer::Ready(response), Some(call)) = (&mut answer, &slot.0) {
            call.head.settle(response);
        }
        answer
    }
}

impl fmt::Debug for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Route({} {} at {}:{})", self.0.methods, self.0.pattern, self.0.file, self.0.line)
    }
}
