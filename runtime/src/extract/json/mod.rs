//! JSON in and out.

mod faults;
mod rejection;
mod write;

use core::ops::{Deref, DerefMut};

use serde::de::{Deserialize, DeserializeOwned, IgnoredAny};

use crate::{
    body::BodySlot,
    extract::{FromRequest, RequestHead, header::ContentType},
    reads::Reads,
};

pub use rejection::JsonRejection;

/// JSON: as an argument it is read from the body, as an answer it is written.
///
/// A body must say that it is `application/json`, or end in `+json`. Malformed JSON is a 400 that
/// says where it breaks; JSON that does not fit the type is a 422 that names the wrong fields
/// together, as far as one does not hide another.
///
/// ```
/// use rutter::{IntoResponse, Json};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Deserialize)]
/// struct NewProduct { name: String, price: f64 }
///
/// #[derive(Serialize)]
/// struct Product { id: u64, name: String }
///
/// fn create(new: Json<NewProduct>) -> Json<Product> {
///     Json(Product { id: 1, name: new.into_inner().name })
/// }
///
/// let product = create(Json(NewProduct { name: "apple".to_owned(), price: 0.5 }));
/// assert_eq!(product.into_response().headers()["content-type"], "application/json");
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Json<T>(pub T);

impl<T> Json<T> {
    /// The value.
    ///
    /// ```
    /// assert_eq!(rutter::Json(7).into_inner(), 7);
    /// ```
    pub fn into_inner(self) -> T {
        self.0
    }
}

// Not `DeserializeOwned`: a type without `Deserialize` is then told to derive it.
impl<T: for<'de> Deserialize<'de>> FromRequest for Json<T> {
    const READS: Reads = Reads::BODY;
    type Rejection = JsonRejection;

    async fn from_request(head: &RequestHead, body: &mut BodySlot) -> Result<Self, JsonRejection> {
        declared(head, body)?;
        let bytes = body.bytes().await?;
        read(&bytes).map(Json)
    }

    fn is_absent(rejection: &JsonRejection) -> bool {
        matches!(rejection, JsonRejection::Absent)
    }
}

impl<T> Deref for Json<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Json<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T> From<T> for Json<T> {
    fn from(value: T) -> Self {
        Json(value)
    }
}

/// The client says that it sends JSON. A page of another site cannot say so unasked: it would
/// need a preflight.
fn declared(head: &RequestHead, body: &BodySlot) -> Result<(), JsonRejection> {
    match ContentType::of(head.headers()) {
        kind if kind.is_json() => Ok(()),
        ContentType::Missing if body.is_empty() => Err(JsonRejection::Absent),
        _ => Err(JsonRejection::NotJson),
    }
}

/// The value, and what is wrong only once something is: the way to a field costs a third more.
pub(super) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, JsonRejection> {
    serde_json::from_slice(bytes).map_err(|error| refuse(bytes, &error, &|bytes| faults::first::<T>(bytes)))
}

/// Not generic, so that it is compiled once and not for every type.
#[cold]
fn refuse(bytes: &[u8], error: &serde_json::Error, first: &faults::First<'_>) -> JsonRejection {
    if bytes.is_empty() {
        return JsonRejection::Empty;
    }
    if !error.is_data() && !is_about_a_variant(error) {
        return JsonRejection::malformed(error);
    }
    // A wrong field may stand before the place where the JSON breaks.
    match serde_json::from_slice::<IgnoredAny>(bytes) {
        Err(error) => JsonRejection::malformed(&error),
        Ok(IgnoredAny) => JsonRejection::Shape { errors: faults::all(bytes, error, first) },
    }
}

/// What stands where a variant should, such as `null`, is called a mistake of syntax even where it is well-formed.
fn is_about_a_variant(error: &serde_json::Error) -> bool {
    error.to_string().starts_with("expected value at ")
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    struct Point {
        #[allow(dead_code)]
        x: u8,
    }

    #[derive(Debug, Deserialize)]
    struct Marked {
        #[allow(dead_code)]
        mode: Mode,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Mode {
        Now,
        Later,
    }

    #[test]
    fn a_variant_that_is_no_text_is_a_wrong_shape() {
        for (text, expected) in [
            (r#"{"mode": null}"#, "mode: expected a string or an object with one field"),
            (r#"{"mode": 7}"#, "mode: expected a string or an object with one field"),
            (r#"{"mode": "never"}"#, "mode: unknown variant `never`, expected `now` or `later`"),
            (r#"{"mode": ["now"]}"#, "mode: expected a string or an object with one field"),
            (r#"{"mode": {}}"#, "mode: expected a string or an object with one field"),
        ] {
            let refused = read::<Marked>(text.as_bytes()).expect_err("does not fit");
            let JsonRejection::Shape { errors } = refused else { panic!("{text}: {refused}") };
            let told: Vec<String> = errors.iter().map(|error| format!("{}: {}", error.name, error.detail)).collect();
            assert_eq!(told.join("; "), expected, "{text}");
        }
    }

    fn refused(text: &str) -> String {
        read::<Point>(text.as_bytes()).expect_err("does not fit").to_string()
    }

    #[test]
    fn malformed_json_says_where_it_breaks() {
        assert_eq!(refused(""), "the body is empty, where JSON was expected");
        assert_eq!(refused("{\"x\": 1,\n  }"), "the JSON is malformed at line 2, column 3: trailing comma");
        assert_eq!(refused("{\"x\": 1"), "the JSON is malformed at line 1, column 7: EOF while parsing an object");
        assert_eq!(refused("{\"x\": 1} 2"), "the JSON is malformed at line 1, column 10: trailing characters");
    }

    #[test]
    fn malformed_json_is_malformed_even_after_a_wrong_field() {
        assert_eq!(refused("{\"x\": \"a\", }"), "the JSON is malformed at line 1, column 12: key must be a string");
    }

    #[test]
    fn json_that_is_too_deep_is_malformed() {
        let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
        let error = read::<serde_json::Value>(deep.as_bytes()).expect_err("too deep");
        assert_eq!(error.to_string(), "the JSON is malformed at line 1, column 128: recursion limit exceeded");
    }

    #[test]
    fn json_that_does_not_fit_names_the_field() {
        let JsonRejection::Shape { errors } = read::<Point>(b"{}").expect_err("does not fit") else { panic!("shape") };
        assert_eq!(errors[0].to_string(), "body `x`: is required");
    }
}
