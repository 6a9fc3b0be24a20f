//! A copy of a JSON body in which single places can be changed.

use serde_json::Value;

use super::Step;

/// A copy of a JSON body in which single places can be changed.
pub(super) struct Copy(Value);

impl Copy {
    pub(super) fn new(value: Value) -> Self {
        Copy(value)
    }

    /// Puts a value there, or takes it out; `false` where that cannot be done.
    pub(super) fn set(&mut self, place: &[Step], value: Option<Value>) -> bool {
        let Some((last, way)) = place.split_last() else {
            let set = value.is_some();
            self.0 = value.unwrap_or_else(|| self.0.take());
            return set;
        };
        let parent = way.iter().try_fold(&mut self.0, |value, step| match step {
            Step::Field(name) => value.get_mut(name),
            Step::Element(index) => value.get_mut(index),
        });
        match (parent, last, value) {
            (Some(Value::Object(fields)), Step::Field(name), Some(value)) => {
                fields.insert(name.clone(), value);
            }
            (Some(Value::Object(fields)), Step::Field(name), None) => {
                fields.remove(name);
            }
            (Some(Value::Array(elements)), Step::Element(index), Some(value)) if *index < elements.len() => {
                elements[*index] = value;
            }
            // An element that is taken out would rename those behind it.
            _ => return false,
        }
        true
    }

    /// As text, which is what errors are found in.
    pub(super) fn to_vec(&self) -> Vec<u8> {
        self.0.to_string().into_bytes()
    }
}
