//! Amazon's own examples: a call built from the catalogue with an example's parameters is valid against the
//! model, and an example's page token leads to a valid next call.

use sellerport_core::call::Call;
use sellerport_core::catalogue::{self, Body, Operation, Pages, Via, pages, request};
use sellerport_simulator::models::OfficialModels;
use sellerport_tests::house::models;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

/// An example: an operation, what is given, what comes back.
pub(crate) struct Example {
    pub(crate) operation: &'static Operation,
    pub(crate) given: Vec<(String, String)>,
    pub(crate) body: Option<String>,
    pub(crate) status: u16,
    pub(crate) answer: Value,
}

impl Example {
    /// `parameters` are the model's. An example names only what the sandbox looks at, so the rest of what is
    /// required is made up.
    fn read(operation: &'static Operation, example: &Value, parameters: &[&Value]) -> Self {
        let named = |name: &str| parameters.iter().any(|one| one["name"] == name && one["in"] != "body");
        let (mut given, mut body) = (Vec::new(), None);
        for (name, value) in example["request"]["parameters"].as_object().into_iter().flatten() {
            match &value["value"] {
                value if !named(name) => body = Some(value).filter(|body| !body.is_null()),
                Value::Array(values) => given.extend(values.iter().map(|one| (name.clone(), text(one)))),
                value => given.push((name.clone(), text(value))),
            }
        }
        for one in parameters.iter().filter(|one| one["required"] == true && one["in"] != "body") {
            let name = text(&one["name"]);
            if given.iter().all(|(known, _)| *known != name) {
                given.push((name, made_up(one)));
            }
        }
        let body = match operation.body {
            Body::Absent => None,
            Body::Optional => body.map(Value::to_string),
            Body::Required => Some(body.map_or("{}".to_owned(), Value::to_string)),
        };
        Self { operation, given, body, status: 200, answer: example["response"].clone() }
    }

    fn build(&self) -> Result<Call, String> {
        let given: Vec<_> = self.given.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        request::build(self.operation, &given, self.body.as_deref()).map_err(|bad| bad.to_string())
    }
}

/// A value that a parameter may have.
fn made_up(parameter: &Value) -> String {
    let kind = parameter.get("items").unwrap_or(parameter);
    match (&kind["enum"][0], kind["type"].as_str(), kind["format"].as_str()) {
        (Value::String(choice), ..) => choice.clone(),
        (_, Some("boolean"), _) => "true".to_owned(),
        (_, Some("integer" | "number"), _) => "1".to_owned(),
        (_, _, Some("date-time")) => "2026-01-31T12:00:00Z".to_owned(),
        _ => "12345678".to_owned(),
    }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// What the model says of a call's parameters; nothing where it agrees. A body is sent as given, so what is
/// wrong in an example's own body is Amazon's.
fn complaints(models: &OfficialModels, call: &Call) -> String {
    let query: Vec<_> = call.query.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    let body: Option<Value> = call.body.as_ref().map(|body| serde_json::from_str(body).unwrap());
    let outcome = models.check_request(call.method.as_str(), &call.path, &query, body.as_ref());
    let said = outcome.err().unwrap_or_default();
    said.into_iter().filter(|one| !one.starts_with("the body: ")).collect::<Vec<_>>().join("; ")
}

/// Every static example of Amazon's sandbox with a good answer.
fn examples(folder: &Path) -> Vec<Example> {
    let all = all_examples(folder);
    all.into_iter().filter(|example| example.status < 300).collect()
}

/// Every static example of Amazon's sandbox, of every model of the folder.
pub(crate) fn all_examples(folder: &Path) -> Vec<Example> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let model: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        for (path, item) in model["paths"].as_object().into_iter().flatten() {
            for (method, operation) in item.as_object().unwrap() {
                let Some(responses) = operation["responses"].as_object() else { continue };
                let known = catalogue::all()
                    .iter()
                    .find(|one| one.path == path && one.method.as_str().eq_ignore_ascii_case(method));
                let known = known.unwrap_or_else(|| panic!("{method} {path} is not in the catalogue"));
                let named = [&operation["parameters"], &item["parameters"]];
                let named = named.iter().filter_map(|list| list.as_array()).flatten();
                let parameters: Vec<&Value> = named.map(|one| resolve(&model, one)).collect();
                for (status, response) in responses {
                    let status = status.parse().unwrap();
                    for key in ["x-amzn-api-sandbox", "x-amazon-spds-sandbox-behaviors"] {
                        let behaviors = response[key].get("static").unwrap_or(&response[key]);
                        let all = behaviors.as_array().into_iter().flatten();
                        let read = |example| Example { status, ..Example::read(known, example, &parameters) };
                        found.extend(all.map(read));
                    }
                }
            }
        }
    }
    found
}

/// A parameter, or the shared one that it refers to.
fn resolve<'m>(model: &'m Value, parameter: &'m Value) -> &'m Value {
    let shared = parameter["$ref"].as_str().and_then(|name| name.strip_prefix("#/parameters/"));
    shared.map_or(parameter, |name| &model["parameters"][name])
}

#[test]
fn a_call_with_the_parameters_of_amazons_examples_is_valid_against_amazons_models() {
    let Some(folder) = models() else {
        println!("left out: Amazon's official models are not at hand (SPAPI_MODELS)");
        return;
    };
    let official = OfficialModels::load(&folder).unwrap();
    let (mut valid, mut without_offset, mut refused) = (0, 0, Vec::new());
    for example in &examples(&folder) {
        let call = match example.build() {
            Ok(call) => call,
            Err(bad) => {
                refused.push(bad);
                continue;
            }
        };
        assert_eq!(call.body, example.body, "a body is sent as given");
        match complaints(&official, &call) {
            said if said.is_empty() => valid += 1,
            said if said.contains("is not a \"date-time\"") => without_offset += 1,
            said => panic!("{} {}: {said}", example.operation.name, example.operation.api),
        }
        let mut spoiled = call;
        spoiled.query.push(("unheardOf", "1".to_owned()));
        assert!(!complaints(&official, &spoiled).is_empty(), "a wrong call is noticed");
    }
    // Where Amazon's examples break its models: times without an offset or an hour, which are sent as given,
    // and a choice that the model does not have, which is not.
    assert_eq!((valid, without_offset), (407, 10));
    assert_eq!(refused, ["QueryType: `SHIPMENT` is none of DATE_RANGE, NEXT_TOKEN"; 2]);
}

#[test]
fn each_way_of_paging_is_walked_with_amazons_examples() {
    let Some(folder) = models() else {
        println!("left out: Amazon's official models are not at hand (SPAPI_MODELS)");
        return;
    };
    let official = OfficialModels::load(&folder).unwrap();
    let mut walked: BTreeMap<String, usize> = BTreeMap::new();
    for one in catalogue::all() {
        if let Some(pages) = one.pages.filter(|pages| !pages.find.is_empty()) {
            walked.entry(way(pages)).or_default();
        }
    }
    for example in examples(&folder) {
        let (Some(ways), Ok(mut call)) = (example.operation.pages, example.build()) else { continue };
        let answer = example.answer.to_string();
        let Ok(Some(token)) = pages::next(example.operation, answer.as_bytes()) else { continue };
        let mut operation = example.operation;
        if let Via::Body(_) = ways.via {
            operation = &catalogue::CREATE_QUERY;
            call = request::build(operation, &[], Some("{\"query\":\"{ a }\"}")).unwrap();
        }
        let next = pages::follow(operation, &call, &token).unwrap();
        let in_body = next.body.as_deref().unwrap_or_default().contains(&token);
        assert!(in_body || carries(&next, &token), "{}", operation.name);
        let (before, after) = (complaints(&official, &call), complaints(&official, &next));
        assert_eq!(after, before, "{}: the next call is as valid as the first", operation.name);
        *walked.entry(way(ways)).or_default() += 1;
    }
    let without: Vec<_> = walked.into_iter().filter(|(_, times)| *times == 0).map(|(way, _)| way).collect();
    assert_eq!(without, WITHOUT_EXAMPLE);
}

/// Ways of paging of which no example of Amazon's has a second page; the unit tests of `pages` walk them.
const WITHOUT_EXAMPLE: [&str; 3] = [
    "nextPageToken -> Query(\"pageToken\"), Repeat",
    "pagination.nextToken -> Body(\"paginationToken\"), Repeat",
    "pagination.nextToken -> Query(\"nextToken\"), Repeat",
];

/// Whether a call's query has this value, as an independent reader decodes it.
fn carries(call: &Call, token: &str) -> bool {
    let target = call.target();
    let query = target.split_once('?').map_or("", |(_, query)| query);
    form_urlencoded::parse(query.as_bytes()).any(|(_, value)| value == token)
}

fn way(pages: &Pages) -> String {
    format!("{} -> {:?}, {:?}", pages.find, pages.via, pages.filters)
}

/// The same on one made example, wherever the tests run.
#[test]
fn an_example_is_built_and_walked() {
    let example = json!({
        "request": {"parameters": {
            "reportTypes": {"value": ["A", "B"]},
            "pageSize": {"value": 10},
        }},
        "response": {"reports": [], "nextToken": "t+/="},
    });
    let named = [json!({"name": "reportTypes", "in": "query"}), json!({"name": "pageSize", "in": "query"})];
    let example = Example::read(&catalogue::GET_REPORTS, &example, &named.iter().collect::<Vec<_>>());
    let call = example.build().unwrap();
    assert_eq!(call.target(), "/reports/2021-06-30/reports?reportTypes=A%2CB&pageSize=10");
    let token = pages::next(example.operation, example.answer.to_string().as_bytes()).unwrap().unwrap();
    let next = pages::follow(example.operation, &call, &token).unwrap();
    assert_eq!(next.target(), "/reports/2021-06-30/reports?nextToken=t%2B%2F%3D");
}
