//! The methods of one path: which route answers, and what `Allow` says.

use http::HeaderValue;

use crate::route::Methods;

/// The routes of one path by their method.
#[derive(Debug)]
pub(crate) struct MethodTable {
    routes: [Option<usize>; Methods::COUNT],
    methods: Methods,
    allow: HeaderValue,
    /// Whether answers of this path say something to other origins: one look for each request.
    pub(crate) has_cors: bool,
}

/// What a method leads to on a path that exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Chosen {
    /// A route of this method.
    Route(usize),
    /// HEAD, by a route for GET: the answer is sent without its body.
    HeadOf(usize),
    /// OPTIONS that no route answers: the table does.
    Options,
    /// No route of this path has the method.
    NotAllowed,
}

impl MethodTable {
    /// Puts a route in the places of its methods. The first one stays: `build` has refused
    /// tables with two.
    pub(crate) fn insert(&mut self, methods: Methods, route: usize) {
        for (place, _) in methods.each() {
            self.routes[place].get_or_insert(route);
        }
        self.methods = self.methods.and(methods);
        self.allow = allow(self.allowed());
    }

    pub(crate) fn choose(&self, method: Methods) -> Chosen {
        if let Some(Some(route)) = self.routes.get(method.place()) {
            return Chosen::Route(*route);
        }
        match (method, self.routes[Methods::GET.place()]) {
            (Methods::HEAD, Some(route)) => Chosen::HeadOf(route),
            (Methods::OPTIONS, _) => Chosen::Options,
            _ => Chosen::NotAllowed,
        }
    }

    /// The route that a method leads to.
    pub(crate) fn route(&self, method: Methods) -> Option<usize> {
        match self.choose(method) {
            Chosen::Route(route) | Chosen::HeadOf(route) => Some(route),
            Chosen::Options | Chosen::NotAllowed => None,
        }
    }

    /// Each method that has a route, as a set of its own, with the route.
    pub(crate) fn each(&self) -> impl Iterator<Item = (Methods, usize)> {
        self.methods.each().filter_map(|(place, method)| Some((method, self.routes[place]?)))
    }

    /// The value of `Allow`: what is there, HEAD where GET is, and OPTIONS.
    pub(crate) fn allow(&self) -> &HeaderValue {
        &self.allow
    }

    /// What is answered here, by a route or by the table.
    pub(crate) fn allowed(&self) -> Methods {
        let head = if self.methods.contains(Methods::GET) { Methods::HEAD } else { Methods::NONE };
        self.methods.and(head).and(Methods::OPTIONS)
    }
}

impl Default for MethodTable {
    fn default() -> Self {
        let (methods, allow) = (Methods::NONE, allow(Methods::OPTIONS));
        MethodTable { routes: [None; Methods::COUNT], methods, allow, has_cors: false }
    }
}

/// The value of `Allow` for these methods.
pub(crate) fn allow(methods: Methods) -> HeaderValue {
    HeaderValue::try_from(methods.to_string()).expect("names of methods are ASCII")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_method_leads_to_its_route() {
        let mut table = MethodTable::default();
        table.insert(Methods::GET.and(Methods::POST), 3);
        table.insert(Methods::DELETE, 4);
        let expected = [
            (Methods::GET, Chosen::Route(3)),
            (Methods::POST, Chosen::Route(3)),
            (Methods::DELETE, Chosen::Route(4)),
            (Methods::HEAD, Chosen::HeadOf(3)),
            (Methods::OPTIONS, Chosen::Options),
            (Methods::PATCH, Chosen::NotAllowed),
        ];
        for (method, chosen) in expected {
            assert_eq!(table.choose(method), chosen, "{method}");
        }
        assert_eq!(table.allow(), "GET, HEAD, POST, DELETE, OPTIONS");
    }

    #[test]
    fn head_without_get_is_not_allowed() {
        let mut table = MethodTable::default();
        table.insert(Methods::POST, 0);
        assert_eq!(table.choose(Methods::HEAD), Chosen::NotAllowed);
        assert_eq!(table.allow(), "POST, OPTIONS");
    }
}
