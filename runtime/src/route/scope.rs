//! Defaults of a module: what `scope!` says for its routes and those of the modules below it.

use crate::{
    cors::{Cors, Named},
    route::Route,
};

/// The defaults of a module, as the macro writes them.
#[derive(Debug, Clone, Copy)]
pub struct Scope {
    /// The module: `module_path!()`.
    pub module: &'static str,
    /// The package that the module is compiled in: `CARGO_PKG_NAME`.
    pub package: &'static str,
    /// The program that the module is compiled in: `CARGO_BIN_NAME`; none in a library.
    pub program: Option<&'static str>,
    /// The file that the macro stands in.
    pub file: &'static str,
    /// The line of the macro.
    pub line: u32,
    /// The policy for other origins.
    pub cors: Option<fn() -> &'static Cors>,
}

inventory::collect!(Scope);

impl Scope {
    /// Whether a route stands in the module or below it: modules are compared segment by segment.
    pub(crate) fn has(&self, route: &Route) -> bool {
        // The library and the program of a package may have modules of one name.
        let is_of_one_crate = self.package == route.package() && self.program == route.program();
        is_of_one_crate && is_within(self.module, route.module())
    }
}

/// Every scope that is linked into the program, in no order.
pub(crate) fn scopes() -> impl Iterator<Item = &'static Scope> {
    inventory::iter::<Scope>.into_iter()
}

/// The policy of the nearest scope that has one.
pub(super) fn cors(route: &Route) -> Option<Named> {
    let scopes = scopes().filter(|scope| scope.has(route));
    let nearest = scopes.filter(|scope| scope.cors.is_some()).max_by_key(|scope| scope.module.len());
    nearest.and_then(|scope| scope.cors).map(Named)
}

fn is_within(outer: &str, module: &str) -> bool {
    module.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_has_the_routes_of_its_module_and_of_those_below() {
        for (scope, module, expected) in [
            ("shop::api", "shop::api", true),
            ("shop::api", "shop::api::v1", true),
            ("shop", "shop::api", true),
            ("shop::api", "shop", false),
            ("shop::api", "shop::apis", false),
            ("shop::api", "shop::internal::api", false),
        ] {
            assert_eq!(is_within(scope, module), expected, "{scope} {module}");
        }
    }
}
