//! Leaving out what must not be kept, and nothing else.

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// The payload without these fields, its others in their order and byte for byte. What is no object has no fields.
pub(crate) fn without(payload: Box<RawValue>, fields: &[&str]) -> Box<RawValue> {
    if fields.is_empty() {
        return payload;
    }
    let Ok(Fields(all)) = serde_json::from_str(payload.get()) else { return payload };
    if !all.iter().any(|(name, _)| fields.contains(&name.as_str())) {
        return payload;
    }
    let kept = all.iter().filter(|(name, _)| !fields.contains(&name.as_str()));
    let kept: Vec<String> = kept
        .map(|(name, value)| format!("{}:{}", serde_json::Value::from(name.as_str()), value.get()))
        .collect();
    RawValue::from_string(format!("{{{}}}", kept.join(","))).unwrap_or(payload)
}

/// An object's fields in their order.
struct Fields<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Fields<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry::<String, &'de RawValue>()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }
        from.deserialize_map(InOrder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(text: &str, fields: &[&str]) -> String {
        without(RawValue::from_string(text.to_owned()).unwrap(), fields).get().to_owned()
    }

    #[test]
    fn what_is_left_out_is_gone_and_the_rest_is_as_it_came() {
        let text = r#"{"b": 1.50, "address":{"name":"CANARY"}, "a":"\u00e9"}"#;
        assert_eq!(left(text, &["address"]), r#"{"b":1.50,"a":"\u00e9"}"#);
        assert_eq!(left(r#"{"address":1,"x":2,"address":3}"#, &["address"]), r#"{"x":2}"#, "twice as well");
        assert_eq!(left(text, &["other"]), text);
        assert_eq!(left("[1]", &["a"]), "[1]");
        assert_eq!(left(r#"{"\u0061":1,"b":2}"#, &["a"]), r#"{"b":2}"#, "however its name is written");
    }
}
