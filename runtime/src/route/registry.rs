//! The linker's list of routes.

use crate::route::Route;

/// A route that the linker has collected: what `#[route]` submits.
#[derive(Debug, Clone, Copy)]
pub struct Registered(pub &'static Route);

inventory::collect!(Registered);

/// Every route that is linked into the program, in no order.
pub(crate) fn registered() -> impl Iterator<Item = &'static Route> {
    inventory::iter::<Registered>.into_iter().map(|registered| registered.0)
}
