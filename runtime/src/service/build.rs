//! From routes that fit together to the service that finds them.

use std::sync::Arc;

use rutter_pattern::{Pattern, Segment};

use crate::{
    cache::{CachePolicy, Caching, Keeper, Shelf},
    limits::Limits,
    reads::Reads,
    route::{Methods, Route},
    router::{MethodTable, Tree},
    routes::{BuildError, Checked, Routes},
    service::{Place, RouteService, Shared, cached::Effects, origins::Policies},
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
        #[cfg(feature = "compression")]
        let compression = checked.compression;
        let Checked { routes, mut app, fallback, caching, cors, .. } = checked;
        let mut tree = Tree::<MethodTable>::default();
        for (index, route) in routes.iter().enumerate() {
            tree.insert(&pattern(route)).insert(route.methods(), index);
        }
        let methods = tree.values_mut().fold(Methods::OPTIONS, |all, table| all.and(table.allowed()));
        let (is_shared, keeps) = (caching.has_store(), caching.is_on());
        let mut places: Vec<Place> =
            routes.iter().zip(0..).map(|(route, number)| place(number, route, &caching, &app.limits)).collect();
        let has_keys = places.iter().any(|place| place.shelf.as_ref().is_some_and(|shelf| shelf.has_keys()));
        for index in 0..places.len() {
            let route = places[index].route;
            if !route.is_safe() {
                let own_path = is_kept_beside(&places, route);
                places[index].effects = Effects::of(route, catch_alls(route), own_path, has_keys, is_shared);
            }
        }
        let mut policies = Policies::new(cors.as_ref());
        tree.values_mut().for_each(|table| policies.guard(table, &mut places));
        let keeper = Keeper::new(caching);
        #[cfg(feature = "compression")]
        let keeper = keeper.compressing(compression);
        let keeper = Arc::new(keeper);
        app.state.insert(Arc::clone(&keeper));
        Shared {
            tree,
            places,
            methods,
            fallback,
            cors: policies.into_app(),
            app: Arc::new(app),
            keeper,
            keeps,
            #[cfg(feature = "compression")]
            compression,
        }
    }
}

fn place(number: u32, route: &'static Route, caching: &Caching, limits: &Limits) -> Place {
    let policy = if caching.is_on() { route.cache_policy() } else { CachePolicy::Dynamic };
    let options = &route.policies().cache;
    let shelf = (!policy.is_dynamic()).then(|| {
        let id = format!("{} GET {}", route.package(), route.pattern());
        Arc::new(Shelf::new(number, &id, limits.query_pairs, policy, catch_alls(route), options.tags, options.vary))
    });
    Place { route, shelf, effects: None, has_later: route.reads().contains(Reads::EACH), guard: None }
}

/// Whether answers to GET are kept at the paths of this route.
fn is_kept_beside(places: &[Place], route: &Route) -> bool {
    let shape = pattern(route).shape();
    places.iter().any(|place| place.shelf.is_some() && pattern(place.route).shape() == shape)
}

/// Of each dynamic segment, whether it takes several.
fn catch_alls(route: &Route) -> Box<[bool]> {
    pattern(route).params().map(Segment::is_catch_all).collect()
}

fn pattern(route: &Route) -> Pattern {
    Pattern::parse(route.pattern()).expect("patterns that do not parse have been reported")
}
