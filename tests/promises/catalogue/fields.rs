//! L36: whatever a domain takes as a record's key, its cursor and its next page is a field of Amazon's own model.

use jiff::Timestamp;
use sellerport_core::catalogue::Operation;
use sellerport_core::domains::{Ask, DOMAINS, Source, known_fields};
use sellerport_core::stream::{Way, Window};
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

/// An operation's answer with every field but errors.
fn whole(operation: &Operation) -> Value {
    let model = model_of(operation.path).unwrap_or_else(|| panic!("{}: no model has it", operation.name));
    let method = operation.method.as_str().to_lowercase();
    let schema = &model["paths"][operation.path][method]["responses"]["200"]["schema"];
    let mut whole = answer(&model, schema, true, 0);
    whole.as_object_mut().unwrap().remove("errors");
    whole
}

#[test]
fn l36_every_key_and_cursor_is_a_field_of_amazons_own_model() {
    if models().is_none() {
        println!("left out: Amazon's official models are not at hand (SPAPI_MODELS)");
        return;
    }
    let window = Window { after: Timestamp::UNIX_EPOCH, before: Timestamp::UNIX_EPOCH };
    let stores = ["ATVPDKIKX0DER".to_owned()];
    let ask = Ask { window, way: Way::Onward, stores: &stores, seller: "A1SELLER" };
    for domain in DOMAINS {
        for source in domain.sources() {
            if let Source::Single(single) = source {
                let whole = whole(single.operation);
                let one = single.read(ask, whole.to_string().as_bytes());
                let one = one.unwrap_or_else(|_| panic!("{}: {whole}", domain.name));
                assert!(one.key.is_some() && one.updated_at.is_some() && one.marketplace.is_some());
                continue;
            }
            let pages = match source {
                Source::Pages(pages) => pages,
                Source::Lookup(lookup) => &lookup.list,
                // The columns of documents are in no model.
                Source::Report(_) | Source::Single(_) => continue,
            };
            let (name, operation) = (domain.name, pages.operation);
            let whole = whole(operation);
            let page = pages.read(ask, whole.to_string().as_bytes());
            let page = page.unwrap_or_else(|_| panic!("{name}: {whole}"));
            assert!(!page.found.is_empty(), "{name}: the records are where Amazon puts them");
            for one in page.found {
                assert!(one.key.is_some_and(|key| !key.contains("||")), "{name}: the key's parts are fields");
                let updated = one.updated_at.is_some() || pages.heads.updated.is_empty();
                assert!(
                    updated && one.marketplace.is_some(),
                    "{name}: the time of change and the store are fields"
                );
            }
            let follows = page.next.is_some() || operation.pages.is_none();
            assert!(follows, "{name}: the token of the next page is a field");
        }
    }
}

#[test]
fn every_field_of_amazons_own_model_is_known_and_one_more_is_told() {
    if models().is_none() {
        println!("left out: Amazon's official models are not at hand (SPAPI_MODELS)");
        return;
    }
    let window = Window { after: Timestamp::UNIX_EPOCH, before: Timestamp::UNIX_EPOCH };
    let stores = ["ATVPDKIKX0DER".to_owned()];
    let ask = Ask { window, way: Way::Onward, stores: &stores, seller: "A1SELLER" };
    for domain in DOMAINS {
        for source in domain.sources() {
            let (operation, path) = match source {
                Source::Pages(pages) => (pages.operation, pages.records),
                Source::Lookup(lookup) => (lookup.operation, lookup.records),
                // What comes by name alone comes in pages as well, where drift is told.
                Source::Report(_) | Source::Single(_) => continue,
            };
            let name = domain.name;
            let model = model_of(operation.path).unwrap_or_else(|| panic!("{name}: no model has its path"));
            let method = operation.method.as_str().to_lowercase();
            let schema = &model["paths"][operation.path][method]["responses"]["200"]["schema"];
            let mut whole = answer(&model, schema, true, 0);
            if let Some(answer) = whole.as_object_mut() {
                answer.remove("errors");
            }
            let strange = |body: &Value| {
                let found = match source {
                    Source::Pages(pages) => pages.read(ask, body.to_string().as_bytes()).unwrap().found,
                    Source::Lookup(lookup) => lookup.read(ask, body.to_string().as_bytes()).unwrap(),
                    Source::Report(_) | Source::Single(_) => Vec::new(),
                };
                assert!(!found.is_empty(), "{name}");
                found.into_iter().flat_map(|one| one.strange).collect::<Vec<_>>()
            };
            assert_eq!(strange(&whole), [""; 0], "{name}");
            let steps = path.trim_end_matches('?').split('.').filter(|step| !step.is_empty());
            let records = steps.fold(&mut whole, |here, step| &mut here[step]);
            let record = records[0].as_object_mut().unwrap();
            let known: Vec<_> = known_fields(operation).iter().map(|field| (*field).to_owned()).collect();
            assert_eq!(record.keys().cloned().collect::<Vec<_>>(), known, "{name}: in the model's own words");
            record.insert("aNewField".to_owned(), json!({ "of": "Amazon" }));
            assert_eq!(strange(&whole), ["aNewField"], "{name}");
        }
    }
}
