//! What the success of a route that changes something does to what is kept.

use core::{panic::AssertUnwindSafe, time::Duration};
use std::{panic::catch_unwind, sync::Arc};

use http::{
    HeaderValue,
    header::{CONTENT_LOCATION, LOCATION},
};

use crate::{
    cache::{Keeper, Label, Mode, TagTemplate, tag_text},
    extract::HeadView,
    response::Response,
    route::{Answer, Route, Slot},
    service::{
        RouteFuture, RouteService,
        future::{Finish, panicked},
    },
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
        let has_effects = own_path || is_shared || !tags.is_empty();
        has_effects.then_some(Effects { tags, catch_alls, own_path, has_keys, is_shared })
    }

    /// Runs the handler; what it has changed is revalidated before anybody hears of it.
    pub(in crate::service) fn answer(
        &self,
        service: &RouteService,
        route: &'static Route,
        slot: &mut Slot,
        finish: Finish,
        timeout: Option<Duration>,
    ) -> RouteFuture {
        let keeper = &service.shared.keeper;
        let labels = self.labels(&slot.call().head.view());
        let expiry = Expiry { keeper: Arc::clone(keeper), labels, has_keys: self.has_keys };
        let answer = match catch_unwind(AssertUnwindSafe(|| route.call(slot))) {
            Ok(answer) => answer,
            Err(panic) => return finish.ready(panicked(&*panic)),
        };
        match answer {
            Answer::Ready(response) => {
                expiry.apply(&response);
                if !keeper.is_behind() {
                    return finish.ready(response);
                }
                let keeper = Arc::clone(keeper);
                let settled = async move {
                    keeper.settled().await;
                    response
                };
                finish.answer(Answer::Run(Box::pin(settled)), timeout)
            }
            Answer::Run(future) if self.is_shared => {
                let keeper = Arc::clone(keeper);
                let settled = async move {
                    let response = future.await;
                    expiry.apply(&response);
                    keeper.settled().await;
                    response
                };
                finish.answer(Answer::Run(Box::pin(settled)), timeout)
            }
            // A second box around the handler's would cost more than all the rest.
            answer @ Answer::Run(_) => finish.answer(answer, timeout).expiry(expiry),
        }
    }

    fn labels(&self, head: &HeadView<'_>) -> Box<[Label]> {
        if !self.own_path && self.tags.is_empty() {
            return Box::default();
        }
        let tags = self.tags.iter().map(|tag| Label::tag(&tag_text(tag, head, &self.catch_alls)));
        self.own_path.then(|| Label::path(head.uri.path())).into_iter().chain(tags).collect()
    }
}

/// What is done once the handler has answered, or was cut off.
pub(crate) struct Expiry {
    keeper: Arc<Keeper>,
    labels: Box<[Label]>,
    has_keys: bool,
}

impl Expiry {
    /// Revalidates. An answer that tells of a failure has changed nothing that anybody should see.
    pub(in crate::service) fn apply(mut self, response: &Response) {
        let labels = core::mem::take(&mut self.labels);
        if !(response.status().is_success() || response.status().is_redirection()) {
            return;
        }
        self.expire(&labels);
        if self.has_keys {
            let named = response.headers().iter().filter(|(name, _)| **name == LOCATION || **name == CONTENT_LOCATION);
            let paths = named.filter_map(|(_, value)| own_path(value)).map(Label::path);
            self.expire(&paths.collect::<Vec<_>>());
        }
    }

    fn expire(&self, labels: &[Label]) {
        for label in labels {
            self.keeper.revalidate(label, Mode::Expire);
        }
    }
}

/// A handler that was cut off, because its client left or its time was up, or that panicked, may have changed something
/// before: nobody is served what was there before that.
impl Drop for Expiry {
    fn drop(&mut self) {
        self.expire(&self.labels);
    }
}

/// The path in a header, where it is one of this application.
fn own_path(value: &HeaderValue) -> Option<&str> {
    let path = value.to_str().ok()?;
    (path.starts_with('/') && !path.starts_with("//")).then_some(path)
}
