//! Where the answers of one route are kept: under which keys, with which labels, for how long.

use core::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};
use std::{borrow::Cow, sync::Arc};

use arc_swap::ArcSwapOption;
use http::{
    HeaderMap, HeaderName, HeaderValue, Method, Version,
    request::Parts,
    uri::{PathAndQuery, Uri},
};

use crate::{
    cache::{
        CacheKey, CachePolicy, Label, Memory, TagPiece, TagTemplate, Vary, headers, kept::Kept, key::KeyBytes, query,
    },
    extract::HeadView,
};

/// Where the answers of one route are kept.
#[derive(Debug)]
pub(crate) struct Shelf {
    pub(crate) policy: CachePolicy,
    /// What every key in memory begins with: no other route of the application has it.
    number: u32,
    /// What every key in a store begins with instead, and the log says: no other route of any application has it.
    id: Box<str>,
    /// The most pairs of a query.
    query_pairs: usize,
    /// Of each dynamic segment, whether it takes several.
    params: Box<[bool]>,
    tags: &'static [TagTemplate],
    vary: &'static [Vary],
    /// The one answer of a route whose key has nothing in it.
    only: Option<ArcSwapOption<Kept>>,
    pub(crate) cache_control: HeaderValue,
    pub(crate) vary_header: Option<HeaderValue>,
    has_warned: AtomicBool,
}

impl Shelf {
    /// The place for the answers of a route. `params` tells of each dynamic segment whether it is a catch-all.
    pub(crate) fn new(
        number: u32,
        id: &str,
        query_pairs: usize,
        policy: CachePolicy,
        params: Box<[bool]>,
        tags: &'static [TagTemplate],
        vary: &'static [Vary],
    ) -> Self {
        let only = (params.is_empty() && vary.is_empty()).then(ArcSwapOption::empty);
        Shelf {
            policy,
            number,
            id: id.into(),
            query_pairs,
            params,
            tags,
            vary,
            only,
            cache_control: headers::cache_control(policy),
            vary_header: headers::vary(vary),
            has_warned: AtomicBool::new(false),
        }
    }

    /// Whether it has room for more than one answer.
    pub(crate) fn has_keys(&self) -> bool {
        self.only.is_none()
    }

    /// The answer of a route that has one, where it lies.
    #[inline]
    pub(crate) fn only(&self) -> Option<&ArcSwapOption<Kept>> {
        self.only.as_ref()
    }

    /// Keeps an answer; `false` where there is no room for it.
    pub(crate) fn keep(&self, memory: &Memory, key: &CacheKey, kept: &Arc<Kept>) -> bool {
        match &self.only {
            Some(only) => only.store(Some(Arc::clone(kept))),
            None => return memory.keep(key, kept),
        }
        true
    }

    /// Forgets an answer.
    pub(crate) fn forget(&self, memory: &Memory, key: &CacheKey) {
        match &self.only {
            Some(only) => only.store(None),
            None => memory.forget(key),
        }
    }

    /// Writes the key of a request. `false` where its query cannot be read, which the handler will say.
    #[inline]
    pub(crate) fn write_key(&self, head: &HeadView<'_>, key: &mut KeyBytes) -> bool {
        key.push(&self.number.to_le_bytes());
        for (index, is_catch_all) in self.params.iter().enumerate() {
            if *is_catch_all {
                key.push_all(head.rest(index).map(Text));
            } else {
                key.push_sized(head.param(index).unwrap_or_default().as_bytes());
            }
        }
        self.vary.is_empty() || self.write_varied(head, key)
    }

    fn write_varied(&self, head: &HeadView<'_>, key: &mut KeyBytes) -> bool {
        for name in self.headers() {
            key.push_all(head.headers.get_all(name).iter().map(|value| value.as_bytes().trim_ascii()));
        }
        if !self.varies_by_query() {
            return true;
        }
        let Some(pairs) = self.pairs(head) else { return false };
        for (name, value) in pairs {
            key.push_sized(&name);
            key.push_sized(&value);
        }
        true
    }

    fn pairs<'h>(&self, head: &HeadView<'h>) -> Option<Vec<query::Pair<'h>>> {
        query::pairs(head.uri.query().unwrap_or_default(), self.vary, self.query_pairs)
    }

    fn headers(&self) -> impl Iterator<Item = &'static str> {
        self.vary.iter().filter_map(|vary| match vary {
            Vary::Header(name) => Some(*name),
            Vary::Query(_) | Vary::WholeQuery => None,
        })
    }

    fn varies_by_query(&self) -> bool {
        self.vary.iter().any(|vary| !matches!(vary, Vary::Header(_)))
    }

    /// The key of an answer in a store, which applications share.
    pub(crate) fn shared_key(&self, key: &CacheKey) -> CacheKey {
        let mut shared = KeyBytes::default();
        shared.push_sized(self.id.as_bytes());
        shared.push(key.as_bytes().get(size_of::<u32>()..).unwrap_or_default());
        CacheKey::from(shared.as_slice())
    }

    /// What an answer to this request is revalidated by.
    pub(crate) fn labels(&self, head: &HeadView<'_>) -> Vec<Label> {
        let tags = self.tags.iter().map(|tag| Label::tag(&tag_text(tag, head, &self.params)));
        [Label::all(), Label::path(head.uri.path())].into_iter().chain(tags).collect()
    }

    /// What a handler sees of a request whose answer is kept for everyone: the path, and what `vary` names. `path` is
    /// the path in its one spelling.
    pub(crate) fn seen(&self, head: &HeadView<'_>, path: &str) -> Parts {
        let mut target = String::from(path);
        match self.varies_by_query().then(|| self.pairs(head)) {
            Some(Some(pairs)) if !pairs.is_empty() => {
                target.push('?');
                query::write(&pairs, &mut target);
            }
            // What cannot be read is the handler's to refuse.
            Some(None) => target.extend(["?", head.uri.query().unwrap_or_default()]),
            _ => {}
        }
        let mut parts = http::Request::new(()).into_parts().0;
        (parts.method, parts.version) = (Method::GET, Version::HTTP_11);
        parts.uri = PathAndQuery::try_from(target).map(Uri::from).unwrap_or_default();
        parts.headers = self.seen_headers(head.headers);
        parts
    }

    fn seen_headers(&self, headers: &HeaderMap) -> HeaderMap {
        let mut seen = HeaderMap::new();
        for name in self.headers() {
            let name = HeaderName::from_static(name);
            for value in headers.get_all(&name) {
                seen.append(name.clone(), value.clone());
            }
        }
        seen
    }

    /// Says, once, that an answer could not be kept.
    pub(crate) fn warn(&self, why: &'static str) {
        if !self.has_warned.swap(true, Ordering::Relaxed) {
            let route = &*self.id;
            tracing::warn!(route, why, "an answer of a route whose answers are kept cannot be kept: is it `dynamic`?");
        }
    }

    /// How long a store beyond this process keeps an answer.
    pub(crate) fn keeps_for(&self) -> Duration {
        match self.policy {
            CachePolicy::Revalidate { every, stale_for: Some(stale_for) } => (every + stale_for).min(LONGEST),
            _ => LONGEST,
        }
    }
}

/// What nobody has asked for in a week is made anew.
const LONGEST: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// A tag with the values of the path in it. `params` tells of each dynamic segment whether it is a catch-all, which
/// stands with its slashes.
pub(crate) fn tag_text(tag: &TagTemplate, head: &HeadView<'_>, params: &[bool]) -> String {
    let mut text = String::new();
    for piece in tag.pieces() {
        match piece {
            TagPiece::Text(piece) => text.push_str(piece),
            TagPiece::Param(index) if params.get(*index) == Some(&true) => {
                let segments: Vec<Cow<'_, str>> = head.rest(*index).collect();
                text.push_str(&segments.join("/"));
            }
            TagPiece::Param(index) => text.push_str(head.param(*index).unwrap_or_default()),
        }
    }
    text
}

/// The one spelling of a path: every byte that needs no escape without one. `None` where it is that already.
pub(crate) fn canonical(path: &str) -> Option<String> {
    if !path.contains('%') {
        return None;
    }
    let mut text = String::with_capacity(path.len());
    for segment in path.split('/').skip(1) {
        text.push('/');
        for byte in crate::percent::unescape(segment.as_bytes()) {
            let plain = byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@".contains(&byte);
            crate::percent::push(&mut text, byte, plain);
        }
    }
    (text != path).then_some(text)
}

struct Text<'s>(Cow<'s, str>);

impl AsRef<[u8]> for Text<'_> {
    fn as_ref(&self) -> &[u8] {
        self.0.as_bytes()
    }
}
