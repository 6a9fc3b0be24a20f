//! A tree of segments: from a path to the value that its most specific pattern has.

use rutter_pattern::{Pattern, Segment};

use crate::{
    extract::{Params, Span},
    router::{Split, split::first_mark, statics::Statics},
};

/// Patterns and a value for each shape.
#[derive(Debug)]
pub struct Tree<T> {
    /// Whole paths without dynamic segments: most requests are for one of these.
    fixed: Statics,
    nodes: Vec<Node>,
    values: Vec<T>,
}

#[derive(Debug, Default)]
struct Node {
    statics: Statics,
    param: Option<usize>,
    /// Values, not nodes: nothing follows a catch-all.
    catch_all: Option<usize>,
    optional: Option<usize>,
    end: Option<usize>,
}

/// A tree that knows no path.
impl<T> Default for Tree<T> {
    fn default() -> Self {
        Tree { fixed: Statics::default(), nodes: vec![Node::default()], values: Vec::new() }
    }
}

impl<T: Default> Tree<T> {
    /// The value of a pattern's shape, made when the shape is new.
    pub fn insert(&mut self, pattern: &Pattern) -> &mut T {
        let mut node = 0;
        for segment in pattern.segments() {
            node = match segment {
                Segment::Static(text) => self.static_child(node, text),
                Segment::Param(_) => self.param_child(node),
                Segment::CatchAll(_) => return self.value(|nodes| &mut nodes[node].catch_all),
                Segment::OptionalCatchAll(_) => return self.value(|nodes| &mut nodes[node].optional),
            };
        }
        if self.nodes[node].end.is_none() && pattern.params().next().is_none() {
            self.fixed.insert(&pattern.path(), self.values.len());
        }
        self.value(|nodes| &mut nodes[node].end)
    }

    fn value(&mut self, place: impl FnOnce(&mut Vec<Node>) -> &mut Option<usize>) -> &mut T {
        let index = *place(&mut self.nodes).get_or_insert(self.values.len());
        if index == self.values.len() {
            self.values.push(T::default());
        }
        &mut self.values[index]
    }

    fn static_child(&mut self, node: usize, text: &str) -> usize {
        if let Some(child) = self.nodes[node].statics.find(text.as_bytes()) {
            return child;
        }
        let child = self.nodes.len();
        self.nodes.push(Node::default());
        self.nodes[node].statics.insert(text, child);
        child
    }

    fn param_child(&mut self, node: usize) -> usize {
        if let Some(child) = self.nodes[node].param {
            return child;
        }
        let child = self.nodes.len();
        self.nodes.push(Node::default());
        self.nodes[node].param = Some(child);
        child
    }
}

impl<T> Tree<T> {
    /// The same as [`Tree::at`] for a plain path whose first choices lead to its end; `None` says
    /// nothing. Nearly every request is for such a path, and needs no splitting in advance.
    ///
    /// Plain means: tidy, no escapes, no dot segments. The first choices are those that
    /// [`Tree::at`] would try first, so what they lead to is what it would find.
    #[inline]
    pub fn first(&self, path: &str, params: &mut Params) -> Option<&T> {
        let path = path.as_bytes();
        if let Some(value) = self.fixed.find(path) {
            return self.values.get(value);
        }
        let mut node = self.nodes.first()?;
        let mut rest = path.strip_prefix(b"/")?;
        while !rest.is_empty() {
            let (segment, after) = plain_segment(rest)?;
            let child = if let Some(child) = node.statics.find(segment) {
                child
            } else {
                let start = path.len() - rest.len();
                params.push(Span::new(start, start + segment.len())?);
                node.param?
            };
            node = self.nodes.get(child)?;
            rest = after;
        }
        self.values.get(node.end?)
    }

    /// The value of the most specific pattern that matches, with the places of its params.
    ///
    /// A node is at one depth only, so no node is visited twice: backtracking costs at most the
    /// size of the tree.
    pub fn at(&self, path: &str, split: &Split) -> Option<(&T, Params)> {
        let mut params = Params::default();
        let value = self.descend(0, 0, split.text(path), split, &mut params)?;
        Some((self.values.get(value)?, params))
    }

    /// Every value, in the order of insertion.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.values.iter_mut()
    }

    fn descend(
        &self,
        mut node: usize,
        mut depth: usize,
        text: &str,
        split: &Split,
        params: &mut Params,
    ) -> Option<usize> {
        loop {
            let here = self.nodes.get(node)?;
            let Some(span) = split.span(depth) else {
                return here.end.or_else(|| here.optional.inspect(|_| params.push(Span::default())));
            };
            let before = params.len();
            if let Some(child) = here.statics.find(text[span.range()].as_bytes()) {
                if !here.has_dynamic() {
                    (node, depth) = (child, depth + 1);
                    continue;
                }
                if let Some(value) = self.descend(child, depth + 1, text, split, params) {
                    return Some(value);
                }
                params.truncate(before);
            }
            let rest = here.catch_all.or(here.optional);
            if let Some(child) = here.param {
                params.push(span);
                if rest.is_none() {
                    (node, depth) = (child, depth + 1);
                    continue;
                }
                if let Some(value) = self.descend(child, depth + 1, text, split, params) {
                    return Some(value);
                }
                params.truncate(before);
            }
            let value = rest?;
            params.push(split.rest(depth)?);
            return Some(value);
        }
    }
}

/// The first segment and what comes behind its slash; `None` unless it is plain.
#[inline]
fn plain_segment(rest: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = first_mark(rest);
    let (segment, after) = match end {
        None => (rest, [].as_slice()),
        Some(end) => match rest.split_at(end) {
            // A slash at the very end is untidy.
            (segment, [b'/', after @ ..]) if !after.is_empty() => (segment, after),
            _ => return None,
        },
    };
    match segment {
        [] | [b'.'] | [b'.', b'.'] => None,
        _ => Some((segment, after)),
    }
}

impl Node {
    fn has_dynamic(&self) -> bool {
        self.param.is_some() || self.catch_all.is_some() || self.optional.is_some()
    }
}
