//! A problem as JSON, member by member as RFC 9457 §3.1 lists them.

use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::response::Problem;

/// The members that have methods of their own.
pub(super) const MEMBERS: [&str; 6] = ["type", "title", "status", "detail", "instance", "errors"];

impl Serialize for Problem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let inner = &*self.0;
        let mut object = serializer.serialize_map(None)?;
        // Absent it is `about:blank`: the status says it all (RFC 9457 §4.2.1).
        if let Some(kind) = inner.kind.as_deref().filter(|kind| *kind != "about:blank") {
            object.serialize_entry("type", kind)?;
        }
        if let Some(title) = inner.title() {
            object.serialize_entry("title", title)?;
        }
        object.serialize_entry("status", &inner.status.as_u16())?;
        if let Some(detail) = &inner.detail {
            object.serialize_entry("detail", detail)?;
        }
        if let Some(instance) = &inner.instance {
            object.serialize_entry("instance", instance)?;
        }
        if !inner.errors.is_empty() {
            object.serialize_entry("errors", &inner.errors)?;
        }
        for (name, value) in &inner.members {
            object.serialize_entry(name, value)?;
        }
        object.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::response::Place;

    fn json(problem: &Problem) -> String {
        serde_json::to_string(problem).expect("text and numbers")
    }

    #[test]
    fn a_bare_problem_is_its_status() {
        assert_eq!(json(&Problem::new(404)), r#"{"title":"Not Found","status":404}"#);
        assert_eq!(json(&Problem::new(599)), r#"{"status":599}"#);
        assert_eq!(json(&Problem::new(404).kind("about:blank")), r#"{"title":"Not Found","status":404}"#);
    }

    #[test]
    fn members_stand_in_the_order_of_the_standard() {
        let problem = Problem::new(403)
            .with("balance", 30)
            .error(Place::Body, "items[0].price", "is over your balance")
            .instance("/account/12345/msgs/abc")
            .detail("your balance is 30, but that costs 50")
            .title("Out of credit")
            .kind("https://example.com/problems/out-of-credit");
        assert_eq!(
            json(&problem),
            concat!(
                r#"{"type":"https://example.com/problems/out-of-credit","title":"Out of credit","status":403,"#,
                r#""detail":"your balance is 30, but that costs 50","instance":"/account/12345/msgs/abc","#,
                r#""errors":[{"in":"body","name":"items[0].price","detail":"is over your balance"}],"balance":30}"#,
            ),
        );
    }

    #[test]
    fn the_members_of_the_standard_stand_once() {
        let problem = Problem::new(404).with("status", 200).with("title", "OK").with("a", 1).with("a", 2);
        assert_eq!(json(&problem), r#"{"title":"Not Found","status":404,"a":2}"#);
    }
}
