//! L36: whatever a domain takes as a record's key, its cursor and its next page is a field of Amazon's own model.

use sellerport_core::domains::DOMAINS;
use sellerport_tests::house::models;
use serde_json::{Map, Value, json};

/// Schemas nest less deep than this where nothing refers to itself.
const DEEPEST: usize = 12;

/// Amazon's document that describes this path, if any does.
fn model_of(path: &str) -> Option<Value> {
    let files = std::fs::read_dir(models()?).unwrap().map(|file| file.unwrap().path());
    let files = files.filter(|file| file.extension().is_some_and(|kind| kind == "json"));
    let mut models =
        files.map(|file| -> Value { serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap() });
    models.find(|model| model["paths"].get(path).is_some())
}

/// An answer as the schema describes it, with every field, or with those alone that Amazon always sends.
fn answer(model: &Value, schema: &Value, whole: bool, depth: usize) -> Value {
    if depth > DEEPEST {
        return Value::Null;
    }
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        return answer(model, &model["definitions"][name], whole, depth + 1);
    }
    match (schema["type"].as_str(), schema["properties"].as_object()) {
        (_, Some(fields)) => {
            let always: Vec<_> = schema["required"].as_array().into_iter().flatten().collect();
            let sent =
                fields.iter().filter(|(name, _)| whole || always.iter().any(|one| *one == name.as_str()));
            let sent = sent.map(|(name, field)| (name.clone(), answer(model, field, whole, depth + 1)));
            Value::Object(sent.collect::<Map<_, _>>())
        }
        (Some("array"), _) => json!([answer(model, &schema["items"], whole, depth + 1)]),
        (Some("integer" | "number"), _) => json!(1),
        (Some("boolean"), _) => json!(true),
        (Some("string"), _) => json!("said"),
        _ => Value::Null,
    }
}

#[test]
fn l36_every_key_and_cursor_is_a_field_of_amazons_own_model() {
    if models().is_none() {
        println!("left out: Amazon's official models are not at hand (SPAPI_MODELS)");
        return;
    }
    for domain in DOMAINS {
        let (name, path) = (domain.name, domain.operation.path);
        let model = model_of(path).unwrap_or_else(|| panic!("{name}: no model has {path}"));
        let schema = &model["paths"][path][domain.operation.method.as_str().to_lowercase()]["responses"]["200"]
            ["schema"];
        let read = |whole| {
            let body = answer(&model, schema, whole, 0).to_string();
            (domain.read)(body.as_bytes()).unwrap_or_else(|_| panic!("{name}: {body}"))
        };
        let always = read(false);
        assert!(
            always.found.iter().all(|one| one.key.is_some() && one.updated_at.is_some())
                && !always.found.is_empty(),
            "{name}: Amazon always sends the key and the time of change"
        );
        let whole = read(true);
        assert!(whole.found.iter().all(|one| one.marketplace.is_some()), "{name}: the store is a field");
        assert!(whole.next.is_some(), "{name}: the token of the next page is a field");
    }
}
