//! Segments, extractors and responses of one's own.

use std::fmt;

use rutter::{
    BodySlot, FromHead, FromOptionalSegments, FromSegments, Reads, RequestHead, Response, SegmentError, Segments,
    prelude::*,
};

struct Slug(String);

impl FromSegment<'_> for Slug {
    fn from_segment(text: &str) -> Result<Self, SegmentError> {
        Ok(Slug(text.to_owned()))
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

struct Day(u16);

impl FromSegments<'_> for Day {
    fn from_segments(segments: Segments<'_>) -> Result<Self, SegmentError> {
        u16::try_from(segments.count()).map(Day).map_err(|_| SegmentError::new("expected a day"))
    }
}

struct Depth(usize);

impl<'r> FromOptionalSegments<'r> for Depth {
    fn from_optional_segments(segments: Segments<'r>) -> Result<Self, SegmentError> {
        Ok(Depth(segments.count()))
    }
}

struct Tenant(String);

impl FromRequest for Tenant {
    const READS: Reads = Reads::HEAD;
    type Rejection = Problem;

    async fn from_request(head: &RequestHead, _: &mut BodySlot) -> Result<Self, Problem> {
        tokio::task::yield_now().await;
        let tenant = head.headers().get("x-tenant").and_then(|value| value.to_str().ok());
        tenant.map(|tenant| Tenant(tenant.to_owned())).ok_or_else(|| Problem::new(400))
    }
}

struct Agent<'r>(&'r [u8]);

impl<'r> FromHead<'r> for Agent<'r> {
    const READS: Reads = Reads::HEAD;
    type Rejection = StatusCode;

    fn from_head(head: &'r RequestHead) -> Result<Self, StatusCode> {
        head.headers().get("user-agent").map(|value| Agent(value.as_bytes())).ok_or(StatusCode::BAD_REQUEST)
    }
}

struct Teapot;

impl IntoResponse for Teapot {
    fn into_response(self) -> Response {
        "short and stout".status(418).into_response()
    }
}

#[route(GET, "/[slug]/of/[...day]")]
async fn everything(slug: Slug, day: Day, tenant: Tenant, agent: Agent<'_>) -> Result<String, Teapot> {
    if agent.0.is_empty() { Err(Teapot) } else { Ok(format!("{slug} {} {}", day.0, tenant.0)) }
}

#[route(GET, "/depth/[[...depth]]")]
fn depth(depth: Depth) -> String {
    depth.0.to_string()
}

fn main() {
    assert!(rutter::collect!().build().is_ok());
    assert_eq!(everything::path(Slug("a".to_owned()), [2026, 1]), "/a/of/2026/1");
}
