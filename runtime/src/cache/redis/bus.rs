//! Hearing what other instances revalidate, and knowing when nothing is heard.

use core::{pin::pin, time::Duration};
use std::{future::poll_fn, sync::Arc};

use futures_core::Stream;
use redis::{
    Msg, RedisResult, Value,
    aio::{PubSubSink, PubSubStream},
};
use tokio::time::{sleep, timeout};

use crate::cache::{
    Label, Listener, Mode,
    redis::{
        acks::Acks,
        backoff::Backoff,
        commands,
        keys::Keys,
        link::{CONNECT, Deadline, Link},
        message::Message,
    },
};

/// One instance's ear: a connection of its own that is subscribed to two channels.
pub(super) struct Bus {
    pub(super) link: Arc<Link>,
    pub(super) keys: Keys,
    pub(super) acks: Arc<Acks>,
    /// What this instance calls itself.
    pub(super) sender: u64,
    /// How long an acknowledgement may take.
    pub(super) timeout: Duration,
    pub(super) listener: Arc<dyn Listener>,
}

impl Bus {
    /// Hears until it is dropped.
    pub(super) async fn run(self) {
        let mut backoff = Backoff::default();
        let mut told = false;
        loop {
            match timeout(CONNECT, self.subscribe()).await {
                Ok(Ok((sink, stream))) => {
                    backoff = Backoff::default();
                    told = false;
                    self.link.wake();
                    tracing::info!(redis = %self.link, "other instances are heard");
                    let why = self.attend(sink, stream).await;
                    tracing::warn!(redis = %self.link, why, "other instances are not heard any more");
                }
                failed if !told => {
                    told = true;
                    let why = match failed {
                        Ok(Err(error)) => error.to_string(),
                        _ => "no answer while connecting".to_owned(),
                    };
                    tracing::warn!(redis = %self.link, %why, "other instances cannot be heard");
                }
                _ => {}
            }
            sleep(backoff.next()).await;
        }
    }

    async fn subscribe(&self) -> RedisResult<(PubSubSink, PubSubStream)> {
        let (mut sink, stream) = self.link.client().get_async_pubsub().await?.split();
        sink.subscribe(&[self.keys.revalidated(), self.keys.heard(self.sender)]).await?;
        Ok((sink, stream))
    }

    /// Hears until the connection is lost, and says why it is.
    async fn attend(&self, sink: PubSubSink, stream: PubSubStream) -> &'static str {
        self.listener.found();
        // However it ends, also with its runtime.
        let _lost = Lost(&*self.listener);
        let mut stream = pin!(stream);
        let mut pulse = pin!(pulse(sink));
        loop {
            tokio::select! {
                message = poll_fn(|context| stream.as_mut().poll_next(context)) => match message {
                    Some(message) => self.hear(&message),
                    None => return "the connection was closed",
                },
                why = &mut pulse => return why,
            }
        }
    }

    fn hear(&self, message: &Msg) {
        let payload = message.get_payload_bytes();
        if message.get_channel_name() != self.keys.revalidated() {
            if let Ok(sequence) = payload.try_into() {
                self.acks.heard(u64::from_le_bytes(sequence));
            }
            return;
        }
        let Some(message) = Message::decode(payload) else {
            // A version of Rutter that says more than this one understands: whatever it means is among everything.
            return self.listener.revalidated(&[Label::all()], Mode::Expire);
        };
        if message.sender == self.sender {
            // Whoever has revalidated has done so in its own memory first.
            return self.acks.heard(message.sequence);
        }
        if message.written {
            self.listener.revalidated(&message.labels, message.mode);
        } else {
            self.listener.unwritten(&message.labels, message.mode);
        }
        self.acknowledge(&message);
    }

    fn acknowledge(&self, message: &Message) {
        let command = commands::publish(&self.keys.heard(message.sender), &message.sequence.to_le_bytes());
        let (link, deadline) = (Arc::clone(&self.link), Deadline::after(self.timeout));
        // On the connection for commands, and without waiting: the next message is heard meanwhile. One that gets
        // lost costs the sender its patience, no more.
        tokio::spawn(async move { drop(link.ask::<i64>(&command, deadline).await) });
    }
}

/// Tells a listener, when it is dropped, that nothing is heard any more.
struct Lost<'a>(&'a dyn Listener);

impl Drop for Lost<'_> {
    fn drop(&mut self) {
        self.0.lost();
    }
}

/// Feels the pulse of a connection, and ends when there is none: a line that was cut says nothing by itself.
async fn pulse(mut sink: PubSubSink) -> &'static str {
    loop {
        sleep(BEAT).await;
        match timeout(BEAT, sink.ping::<Value>()).await {
            Ok(Ok(_)) => {}
            Ok(Err(_)) => return "the connection broke",
            Err(_) => return "no answer for a second",
        }
    }
}

/// Between two pings, and the longest that one may go unanswered.
const BEAT: Duration = Duration::from_secs(1);
