//! The table of routes that an application prints when it starts.

use core::fmt;

use rutter_pattern::Pattern;

use crate::route::Route;

/// The table of routes, for people: one line a route, sorted by path.
///
/// ```
/// use rutter::prelude::*;
///
/// #[route(GET, "/products/[id]")]
/// fn get_product(id: u64) -> String {
///     format!("product {id}")
/// }
///
/// let table = rutter::routes![get_product].table().to_string();
/// assert!(table.contains("GET"));
/// assert!(table.contains("/products/[id]"));
/// assert!(table.contains("ƒ dynamic  reads params"));
/// ```
#[derive(Debug, Clone)]
pub struct Table {
    rows: Vec<[String; 5]>,
}

impl Table {
    pub(crate) fn new(routes: &[&'static Route]) -> Self {
        let mut routes: Vec<_> = routes.iter().map(|route| (Pattern::parse(route.pattern()).ok(), *route)).collect();
        routes.sort_by(|(a, first), (b, second)| {
            let by_path = match (a, b) {
                (Some(a), Some(b)) => a.specificity(b),
                _ => first.pattern().cmp(second.pattern()),
            };
            by_path.then_with(|| first.methods().place().cmp(&second.methods().place()))
        });
        Table { rows: routes.into_iter().map(|(_, route)| row(route)).collect() }
    }
}

fn row(route: &Route) -> [String; 5] {
    [
        route.methods().to_string(),
        route.pattern().to_owned(),
        "ƒ dynamic".to_owned(),
        format!("reads {}", route.reads()),
        format!("{}  {}:{}", route.name(), route.file(), route.line()),
    ]
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = |column: usize| self.rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
        let widths: [usize; 4] = core::array::from_fn(width);
        for row in &self.rows {
            for (text, width) in row.iter().zip(widths) {
                write!(f, "{text:width$}  ")?;
            }
            writeln!(f, "{}", row[4])?;
        }
        Ok(())
    }
}
