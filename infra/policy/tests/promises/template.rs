//! Reads the template: CloudFormation's short tags become its long form (`!Ref X` is `{"Ref": "X"}`), loops are
//! carried out (`loops.rs`), and conditions are decided from the parameters' values.

use saphyr::{LoadableYamlNode as _, Scalar, Yaml};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::Path;

/// A text file of the project; the path begins at the project's root.
pub(crate) fn file(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The template with its loops carried out.
pub(crate) fn read() -> Value {
    crate::loops::expanded(written())
}

/// The template as written.
pub(crate) fn written() -> Value {
    let text = file("infra/template.yaml");
    let documents = Yaml::load_from_str(&text).unwrap();
    assert_eq!(documents.len(), 1, "a template is one document");
    long_form(&documents[0])
}

fn long_form(node: &Yaml<'_>) -> Value {
    match node {
        Yaml::Value(Scalar::Null) => Value::Null,
        Yaml::Value(Scalar::Boolean(value)) => json!(value),
        Yaml::Value(Scalar::Integer(value)) => json!(value),
        Yaml::Value(Scalar::FloatingPoint(value)) => json!(value.into_inner()),
        Yaml::Value(Scalar::String(value)) => json!(value),
        Yaml::Sequence(entries) => entries.iter().map(long_form).collect(),
        Yaml::Mapping(fields) => {
            let field = |(name, value)| (as_text(name), long_form(value));
            Value::Object(fields.iter().map(field).collect())
        }
        Yaml::Tagged(tag, value) => match tag.suffix.as_str() {
            name @ ("Ref" | "Condition") => json!({ name: long_form(value) }),
            name => json!({ format!("Fn::{name}"): long_form(value) }),
        },
        other => panic!("not used in a template: {other:?}"),
    }
}

fn as_text(name: &Yaml<'_>) -> String {
    name.as_str().unwrap_or_else(|| panic!("not a text: {name:?}")).to_owned()
}

/// The template as deployed with some parameters: conditions decided, global settings merged.
pub(crate) struct Stack {
    resources: BTreeMap<String, Value>,
    /// The outputs.
    pub(crate) outputs: Value,
}

/// As deployed to AWS, with nothing given.
pub(crate) fn on_aws(template: &Value) -> Stack {
    deployed(template, &[])
}

/// As deployed with these parameters; the others keep their defaults.
pub(crate) fn deployed(template: &Value, given: &[(&str, &str)]) -> Stack {
    let decide = Decide { template, given };
    let mut resources = BTreeMap::new();
    for (name, resource) in template["Resources"].as_object().unwrap() {
        if resource.get("Condition").is_some_and(|condition| !decide.condition(condition)) {
            continue;
        }
        let mut resource = decide.value(resource).unwrap();
        if resource["Type"] == FUNCTION {
            merge(&template["Globals"]["Function"], &mut resource["Properties"]);
        }
        resources.insert(name.clone(), resource);
    }
    Stack { resources, outputs: decide.value(&template["Outputs"]).unwrap() }
}

/// SAM's type of a function.
pub(crate) const FUNCTION: &str = "AWS::Serverless::Function";

impl Stack {
    /// All resources with their names.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.resources.iter().map(|(name, resource)| (name.as_str(), resource))
    }

    /// The properties of all resources of a type.
    pub(crate) fn of(&self, kind: &'static str) -> impl Iterator<Item = (&str, &Value)> {
        self.all()
            .filter(move |(_, resource)| resource["Type"] == kind)
            .map(|(name, resource)| (name, &resource["Properties"]))
    }

    /// The properties of all functions.
    pub(crate) fn functions(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.of(FUNCTION)
    }

    /// The functions' queue mappings: function, its properties, the mapping's.
    pub(crate) fn mappings(&self) -> impl Iterator<Item = (&str, &Value, &Value)> {
        self.functions().flat_map(|(name, function)| {
            let events = function["Events"].as_object().into_iter().flat_map(Map::values);
            let queues = events.filter(|event| event["Type"] == "SQS");
            queues.map(move |event| (name, function, &event["Properties"]))
        })
    }

    /// A resource's properties; nothing where there is no such resource.
    pub(crate) fn properties(&self, name: &str) -> &Value {
        self.resources.get(name).map_or(&Value::Null, |resource| &resource["Properties"])
    }
}

struct Decide<'a> {
    template: &'a Value,
    given: &'a [(&'a str, &'a str)],
}

impl Decide<'_> {
    /// A value with its conditions decided; nothing where that is `AWS::NoValue`.
    fn value(&self, value: &Value) -> Option<Value> {
        if let Some(choice) = value.get("Fn::If").and_then(Value::as_array) {
            let branch = if self.condition(&choice[0]) { &choice[1] } else { &choice[2] };
            return self.value(branch);
        }
        if value.get("Ref").is_some_and(|name| name == "AWS::NoValue") {
            return None;
        }
        Some(match value {
            Value::Array(entries) => entries.iter().filter_map(|entry| self.value(entry)).collect(),
            Value::Object(fields) => {
                let field = |(name, value): (&String, _)| Some((name.clone(), self.value(value)?));
                Value::Object(fields.iter().filter_map(field).collect())
            }
            other => other.clone(),
        })
    }

    fn condition(&self, condition: &Value) -> bool {
        if let Some(name) = condition.as_str() {
            return self.condition(&self.template["Conditions"][name]);
        }
        let (function, of) = condition.as_object().and_then(|fields| fields.iter().next()).unwrap();
        match function.as_str() {
            "Fn::Equals" => self.text(&of[0]) == self.text(&of[1]),
            "Fn::Not" => !self.condition(&of[0]),
            "Condition" => self.condition(of),
            other => panic!("a condition with {other} cannot be decided here"),
        }
    }

    fn text<'a>(&'a self, value: &'a Value) -> &'a str {
        let Some(name) = value["Ref"].as_str() else { return value.as_str().unwrap() };
        let given = self.given.iter().find(|(parameter, _)| *parameter == name);
        given.map_or_else(|| self.template["Parameters"][name]["Default"].as_str().unwrap(), |(_, text)| text)
    }
}

fn merge(from: &Value, into: &mut Value) {
    for (name, value) in from.as_object().into_iter().flatten() {
        match into.get_mut(name) {
            Some(own) if own.is_object() => merge(value, own),
            Some(_) => {}
            None => into[name] = value.clone(),
        }
    }
}

/// A value in one line: a resource by its name alone, anything else as it is written.
pub(crate) fn show(value: &Value) -> String {
    let short = |text: &str| text.trim_end_matches(".Arn").trim_end_matches(".Id").to_owned();
    if let Some(text) = value.as_str() {
        text.to_owned()
    } else if let Some(name) = value["Ref"].as_str().or_else(|| value["Fn::GetAtt"].as_str()) {
        short(name)
    } else if let Some(text) = value["Fn::Sub"].as_str() {
        let mut parts = text.split("${");
        let first = parts.next().unwrap_or_default().to_owned();
        let parts = parts.filter_map(|part| part.split_once('}'));
        parts.fold(first, |shown, (name, rest)| shown + &short(name) + rest)
    } else {
        value.to_string()
    }
}

/// One value or a list of them.
pub(crate) fn list(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(entries) => entries.iter().collect(),
        Value::Null => Vec::new(),
        one => vec![one],
    }
}

/// A text, or one in which the stack's name stands.
pub(crate) fn named(value: &Value, name: &str) -> bool {
    value["Fn::Sub"] == format!("${{AWS::StackName}}-{name}")
}
