//! The table of routes that an application prints when it starts.

use core::fmt;

use rutter_pattern::{Pattern, Segment};

use crate::{
    cache::{CachePolicy, TagTemplate, Vary},
    reads::Reads,
    route::Route,
};

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
/// assert!(table.contains("ƒ dynamic"));
/// assert!(table.contains("reads params"));
/// ```
#[derive(Debug, Clone)]
pub struct Table {
    rows: Vec<[String; 6]>,
}

impl Table {
    /// With caching off every route is dynamic; with a policy of the application each has one for other origins.
    pub(crate) fn new(routes: &[&'static Route], keeps: bool, has_cors: bool) -> Self {
        let mut routes = routes.to_vec();
        routes.sort_by_cached_key(|route| (place(route), route.methods().place()));
        Table { rows: routes.into_iter().map(|route| row(route, keeps, has_cors)).collect() }
    }
}

/// Where a route stands in the table: segment by segment, static text first and by the alphabet.
fn place(route: &Route) -> Vec<(u8, String)> {
    let pattern = Pattern::parse(route.pattern()).ok();
    let segments = pattern.iter().flat_map(Pattern::segments);
    let place = segments.map(|segment| match segment {
        Segment::Static(text) => (0, text.clone()),
        Segment::Param(_) => (1, String::new()),
        Segment::CatchAll(_) => (2, String::new()),
        Segment::OptionalCatchAll(_) => (3, String::new()),
    });
    place.collect()
}

fn row(route: &Route, keeps: bool, has_cors: bool) -> [String; 6] {
    let policy = route.cache_policy();
    let (policy, mut why) = match policy {
        CachePolicy::Static | CachePolicy::Revalidate { .. } if !keeps => (CachePolicy::Dynamic, OFF.to_owned()),
        policy => (policy, why(route)),
    };
    if has_cors || route.cors().is_some() {
        why.push_str(", cors");
    }
    [
        route.methods().to_string(),
        route.pattern().to_owned(),
        policy.to_string(),
        why,
        route.name().to_owned(),
        format!("{}:{}", route.file(), route.line()),
    ]
}

const OFF: &str = "caching is off";

/// Why answers are kept or not, and what revalidates them.
fn why(route: &Route) -> String {
    let (options, reads) = (&route.policies().cache, route.reads());
    let read = reads.without(Reads::EACH);
    let mut why = match route.cache_policy() {
        CachePolicy::Dynamic if options.dynamic => vec!["`dynamic`".to_owned()],
        CachePolicy::Dynamic if !read.is_nothing() => vec![format!("reads {read}")],
        CachePolicy::Dynamic if !route.is_safe() => vec!["not GET".to_owned()],
        CachePolicy::Dynamic if !reads.is_nothing() => vec!["acts on each request".to_owned()],
        CachePolicy::Dynamic => vec!["streams".to_owned()],
        CachePolicy::Static | CachePolicy::Revalidate { .. } => kept(route),
    };
    why.extend(list("tags", options.tags));
    why.extend(list("revalidates", options.revalidates));
    why.join(", ")
}

/// What the key of a kept answer is made of.
fn kept(route: &Route) -> Vec<String> {
    let pattern = Pattern::parse(route.pattern()).ok();
    let params = pattern.iter().flat_map(Pattern::params).filter_map(|segment| segment.name().map(str::to_owned));
    let varied = route.policies().cache.vary.iter().map(|vary| match vary {
        Vary::Header(name) => (*name).to_owned(),
        Vary::Query(name) => format!("query {name}"),
        Vary::WholeQuery => "query".to_owned(),
    });
    let parts: Vec<String> = params.chain(varied).collect();
    if parts.is_empty() { vec!["reads nothing".to_owned()] } else { vec![format!("per {}", parts.join(", "))] }
}

fn list(word: &str, tags: &[TagTemplate]) -> Option<String> {
    let tags: Vec<&str> = tags.iter().map(TagTemplate::as_str).collect();
    (!tags.is_empty()).then(|| format!("{word} {}", tags.join(", ")))
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = |column: usize| self.rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
        let widths: [usize; 5] = core::array::from_fn(width);
        for row in &self.rows {
            for (text, width) in row.iter().zip(widths) {
                write!(f, "{text:width$}  ")?;
            }
            writeln!(f, "{}", row[5])?;
        }
        Ok(())
    }
}
