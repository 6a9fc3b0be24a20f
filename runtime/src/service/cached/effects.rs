//! What the success of a route that changes something does to what is kept.

use std::sync::Arc;

use http::{
    HeaderName,
    header::{CONTENT_LOCATION, LOCATION},
};

use crate::{
    cache::{Keeper, Label, Mode, TagTemplate, tag_text},
    extract::RequestHead,
    response::Response,
    route::{Answer, Route, Slot},
};

/// What a success revalidates.
#[derive(Debug)]
pub(crate) struct Effects {
    tags: &'static [TagTemplate],
    catch_alls: Box<[bool]>,
    /// Whether answers to GET are kept at its path (RFC 9111 §4.4).
    own_path: bool,
    /// Whether there are answers that `Location` may lead to.
    has_keys: bool,
    /// Whether other instances are waited for.
    is_shared: bool,
}

impl Effects {
    /// `None` for a route that can have none.
    pub(crate) fn of(
        route: &Route,
        catch_alls: Box<[bool]>,
        own_path: bool,
        has_keys: bool,
        is_shared: bool,
    ) -> Option<Effects> {
        let tags = route.policies().cache.revalidates;
        let has_effects = own_path || has_keys || is_shared || !tags.is_empty();
        has_effects.then_some(Effects { tags, catch_alls, own_path, has_keys, is_shared })
    }

    /// Runs the handler; what it has changed is revalidated before anybody hears of it.
    pub(crate) fn call(&self, keeper: &Arc<Keeper>, route: &'static Route, slot: &mut Slot) -> Answer {
        let labels = self.labels(&slot.call().head);
        match route.call(slot) {
            Answer::Ready(response) => {
                self.apply(keeper, &labels, &response);
                if !keeper.is_behind() {
                    return Answer::Ready(response);
                }
                let keeper = Arc::clone(keeper);
                Answer::Run(Box::pin(async move {
                    keeper.settled().await;
                    response
                }))
            }
            // Nothing of its own is revalidated, and it has nobody to wait for.
            Answer::Run(future) if labels.is_empty() && !self.has_keys && !self.is_shared => Answer::Run(future),
            Answer::Run(future) => {
                let (keeper, has_keys) = (Arc::clone(keeper), self.has_keys);
                Answer::Run(Box::pin(async move {
                    let response = future.await;
                    apply(&keeper, &labels, has_keys, &response);
                    keeper.settled().await;
                    response
                }))
            }
        }
    }

    fn labels(&self, head: &RequestHead) -> Vec<Label> {
        let tags = self.tags.iter().map(|tag| Label::tag(&tag_text(tag, head, &self.catch_alls)));
        self.own_path.then(|| Label::path(head.uri().path())).into_iter().chain(tags).collect()
    }

    fn apply(&self, keeper: &Arc<Keeper>, labels: &[Label], response: &Response) {
        apply(keeper, labels, self.has_keys, response);
    }
}

/// A failure has changed nothing that anybody should see.
fn apply(keeper: &Arc<Keeper>, labels: &[Label], has_keys: bool, response: &Response) {
    if !(response.status().is_success() || response.status().is_redirection()) {
        return;
    }
    for label in labels {
        keeper.revalidate(label, Mode::Expire);
    }
    if has_keys {
        let paths = [LOCATION, CONTENT_LOCATION].into_iter().filter_map(|name| own_path(response, &name));
        paths.for_each(|path| keeper.revalidate(&Label::path(path), Mode::Expire));
    }
}

/// The path in a header, where it is one of this application.
fn own_path<'r>(response: &'r Response, name: &HeaderName) -> Option<&'r str> {
    let path = response.headers().get(name)?.to_str().ok()?;
    (path.starts_with('/') && !path.starts_with("//")).then_some(path)
}
