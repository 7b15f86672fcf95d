//! Holds the parameters of one request against what its operation names.

use serde_json::{Map, Value, json};

use crate::models::{compile, complaints};

/// What a Swagger parameter and a JSON schema say in the same words.
const SHARED_WORDS: [&str; 13] = [
    "type",
    "format",
    "enum",
    "items",
    "maxItems",
    "minItems",
    "uniqueItems",
    "maximum",
    "minimum",
    "maxLength",
    "minLength",
    "pattern",
    "multipleOf",
];

/// Everything in which path values, query and body break the parameters.
pub(crate) fn check(
    parameters: &[Value],
    definitions: &Value,
    in_path: &[(&str, &str)],
    query: &[(String, String)],
    body: Option<&Value>,
) -> Vec<String> {
    let mut broken = Vec::new();
    for (name, _) in query {
        if !parameters
            .iter()
            .any(|parameter| parameter["in"] == "query" && parameter["name"] == name.as_str())
        {
            broken.push(format!("the query parameter {name} is unknown"));
        }
    }
    for parameter in parameters {
        let name = parameter["name"].as_str().unwrap_or_default();
        let given: Vec<&str> = match parameter["in"].as_str() {
            Some("path") => {
                in_path.iter().filter(|(known, _)| *known == name).map(|(_, value)| *value).collect()
            }
            Some("query") => {
                query.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).collect()
            }
            Some("body") => {
                broken.extend(check_body(parameter, definitions, body));
                continue;
            }
            _ => continue,
        };
        if given.is_empty() {
            if parameter["required"] == true {
                broken.push(format!("the parameter {name} is missing"));
            }
            continue;
        }
        broken.extend(check_value(name, parameter, definitions, &given));
    }
    broken
}

fn check_value(name: &str, parameter: &Value, definitions: &Value, given: &[&str]) -> Vec<String> {
    let is_multi = parameter["collectionFormat"] == "multi";
    if given.len() > 1 && !is_multi {
        return vec![format!("the parameter {name} is given {} times", given.len())];
    }
    let value = if parameter["type"] == "array" {
        let separator = match parameter["collectionFormat"].as_str() {
            Some("pipes") => '|',
            Some("ssv") => ' ',
            _ => ',',
        };
        let parts = given.iter().flat_map(|value| value.split(separator));
        Value::Array(parts.map(|part| typed(part, &parameter["items"])).collect())
    } else {
        typed(given[0], parameter)
    };
    let schema = Value::Object(shared_words(parameter));
    let outcome = compile(&schema, definitions).and_then(|validator| complaints(&validator, &value));
    let said = outcome.err().unwrap_or_default();
    said.into_iter().map(|complaint| format!("the parameter {name}: {complaint}")).collect()
}

fn check_body(parameter: &Value, definitions: &Value, body: Option<&Value>) -> Vec<String> {
    let Some(body) = body else {
        let missing = parameter["required"] == true;
        return missing.then(|| "the body is missing".to_owned()).into_iter().collect();
    };
    let outcome =
        compile(&parameter["schema"], definitions).and_then(|validator| complaints(&validator, body));
    outcome.err().unwrap_or_default().into_iter().map(|complaint| format!("the body: {complaint}")).collect()
}

fn shared_words(parameter: &Value) -> Map<String, Value> {
    let fields = parameter.as_object().into_iter().flatten();
    fields
        .filter(|(word, _)| SHARED_WORDS.contains(&word.as_str()))
        .map(|(w, v)| (w.clone(), v.clone()))
        .collect()
}

/// A text as the value of the type that the model names; the text itself when it is not one, which then fails.
fn typed(text: &str, schema: &Value) -> Value {
    match schema["type"].as_str() {
        Some("integer") => text.parse::<i64>().map_or_else(|_| json!(text), |number| json!(number)),
        Some("number") => text.parse::<f64>().map_or_else(|_| json!(text), |number| json!(number)),
        Some("boolean") => text.parse::<bool>().map_or_else(|_| json!(text), |flag| json!(flag)),
        _ => json!(text),
    }
}
