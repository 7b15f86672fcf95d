//! Builds a call of an operation from parameters as a person or a program gives them.

use super::parameter::{Fault, Parameter, Place, nearest};
use super::{Body, Operation};
use crate::call::{Call, encode};
use serde::de::IgnoredAny;
use std::fmt;

/// A parameter that cannot be sent as given. Nothing was called.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct BadParameter {
    /// Its name as given, `body` for the body.
    pub name: String,
    /// What is wrong, in a few words.
    pub why: String,
    /// The nearest spelling that would be right, of the name or of the value.
    pub nearest: Option<&'static str>,
}

impl fmt::Display for BadParameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, self.why)?;
        self.nearest.map_or(Ok(()), |nearest| write!(f, "; did you mean {nearest}?"))
    }
}

/// Builds the call. A parameter with several values is given several times; a body is JSON.
pub fn build(
    operation: &'static Operation,
    given: &[(&str, &str)],
    body: Option<&str>,
) -> Result<Call, BadParameter> {
    let known: Vec<Parameter> = operation.parameters().collect();
    if let Some((name, _)) = given.iter().find(|(name, _)| known.iter().all(|one| one.name != *name)) {
        let why = format!("{} has no such parameter", operation.name);
        let nearest = nearest(name, known.iter().map(|one| one.name));
        return Err(BadParameter { name: (*name).to_owned(), why, nearest });
    }
    let mut call = Call {
        method: operation.method,
        path: operation.path.to_owned(),
        query: Vec::new(),
        headers: Vec::new(),
        body: checked_body(operation, body)?,
    };
    for parameter in &known {
        let values: Vec<&str> =
            given.iter().filter(|(name, _)| *name == parameter.name).map(|(_, value)| *value).collect();
        put(&mut call, parameter, &values).map_err(|Fault { why, nearest }| BadParameter {
            name: parameter.name.to_owned(),
            why,
            nearest,
        })?;
    }
    Ok(call)
}

/// Checks the values of one parameter and puts them where they go.
fn put(call: &mut Call, parameter: &Parameter, values: &[&str]) -> Result<(), Fault> {
    if values.is_empty() {
        return if parameter.required { Err(Fault::of("is required")) } else { Ok(()) };
    }
    for value in parameter.send(values)? {
        match parameter.place {
            Place::Query => call.query.push((parameter.name, value)),
            Place::Header if !value.bytes().all(|byte| matches!(byte, b' '..=b'~')) => {
                return Err(Fault::of("a header can hold plain characters only"));
            }
            Place::Header => call.headers.push((parameter.name, value)),
            Place::Path => {
                let value = in_path(&value, parameter.slashes).map_err(Fault::of)?;
                call.path = call.path.replace(&format!("{{{}}}", parameter.name), &value);
            }
        }
    }
    Ok(())
}

/// A value as it stands in a path. What would be read as another path is refused.
fn in_path(value: &str, slashes: bool) -> Result<String, &'static str> {
    let parts: Vec<&str> = if slashes { value.split('/').collect() } else { vec![value] };
    if parts.contains(&"") {
        return Err("a part of a path cannot be empty");
    }
    if parts.iter().any(|part| matches!(*part, "." | "..")) {
        return Err("a part of a path cannot be a dot or two");
    }
    Ok(parts.into_iter().map(encode).collect::<Vec<_>>().join("/"))
}

fn checked_body(operation: &Operation, body: Option<&str>) -> Result<Option<String>, BadParameter> {
    let bad = |why: &str| Err(BadParameter { name: "body".to_owned(), why: why.to_owned(), nearest: None });
    match (operation.body, body) {
        (Body::Required, None) => bad("is required"),
        (Body::Absent, Some(_)) => bad(&format!("{} has none", operation.name)),
        (Body::Required | Body::Optional, Some(body)) => match serde_json::from_str::<IgnoredAny>(body) {
            Ok(_) => Ok(Some(body.to_owned())),
            Err(error) => bad(&format!("is no JSON: {error}")),
        },
        (Body::Absent | Body::Optional, None) => Ok(None),
    }
}

#[cfg(test)]
#[path = "request_tests.rs"]
mod tests;
