//! From routes that fit together to the service that finds them.

use std::sync::Arc;

use rutter_pattern::Pattern;

use crate::{
    route::Methods,
    router::{MethodTable, Tree},
    routes::{BuildError, Checked, Routes},
    service::{RouteService, Shared},
};

impl Routes {
    /// Checks everything and makes the service.
    ///
    /// # Errors
    /// Every problem at once, each with file and line: two routes for the same requests, state
    /// that a handler requires and nobody gave, no routes.
    pub fn build(self) -> Result<RouteService, BuildError> {
        Ok(RouteService { shared: Arc::new(Shared::new(self.checked()?)), peer: None })
    }
}

impl Shared {
    fn new(checked: Checked) -> Self {
        let mut tree = Tree::<MethodTable>::default();
        for (index, route) in checked.routes.iter().enumerate() {
            let pattern = Pattern::parse(route.pattern()).expect("patterns that do not parse have been reported");
            tree.insert(&pattern).insert(route.methods(), index);
        }
        let methods = tree.values_mut().fold(Methods::OPTIONS, |all, table| all.and(table.allowed()));
        Shared { tree, routes: checked.routes, methods, fallback: checked.fallback, app: Arc::new(checked.app) }
    }
}
