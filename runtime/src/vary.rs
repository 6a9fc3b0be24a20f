//! What of a request an answer depends on (RFC 9110 §12.5.5).

use http::{HeaderMap, HeaderValue, header::VARY};

/// Says that another value of a header may get another answer, unless that is said already.
pub(crate) fn vary_by(headers: &mut HeaderMap, name: &'static str) {
    let names = headers.get_all(VARY).iter().flat_map(|value| value.as_bytes().split(|byte| *byte == b','));
    let is_said = names.map(<[u8]>::trim_ascii).any(|said| said == b"*" || said.eq_ignore_ascii_case(name.as_bytes()));
    if !is_said {
        headers.append(VARY, HeaderValue::from_static(name));
    }
}
