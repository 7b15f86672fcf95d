//! Breaking a template on purpose, one thing at a time.

use serde_json::{Value, json};

/// One thing done to a template.
pub(crate) struct Change {
    /// What, for the message of a check that did not notice.
    pub(crate) name: String,
    apply: Box<dyn Fn(&mut Value)>,
}

impl Change {
    fn new(name: String, apply: impl Fn(&mut Value) + 'static) -> Self {
        Self { name, apply: Box::new(apply) }
    }

    /// A changed copy.
    pub(crate) fn applied_to(&self, template: &Value) -> Value {
        let mut copy = template.clone();
        (self.apply)(&mut copy);
        assert_ne!(&copy, template, "this changes nothing: {}", self.name);
        copy
    }
}

/// Sets one value; `place` is a path from the template's top. A step in brackets finds a list's entry by its
/// `Sid` or `Id`.
pub(crate) fn set(place: &str, value: Value) -> Change {
    let place = place.to_owned();
    Change::new(format!("{place} = {value}"), move |template| {
        let (parent, last) = place.rsplit_once('/').unwrap();
        let parent = find(template, parent);
        match parent {
            Value::Object(fields) => drop(fields.insert(last.to_owned(), value.clone())),
            _ => *find(parent, last) = value.clone(),
        }
    })
}

/// Takes one value away.
pub(crate) fn remove(place: &str) -> Change {
    let place = place.to_owned();
    Change::new(format!("no {place}"), move |template| {
        let (parent, last) = place.rsplit_once('/').unwrap();
        match find(template, parent) {
            Value::Object(fields) => drop(fields.remove(last)),
            Value::Array(entries) => entries.retain(|entry| !is_named(entry, last)),
            other => panic!("{place}: nothing to take from in {other}"),
        }
    })
}

/// Adds an entry to a list.
pub(crate) fn push(place: &str, value: Value) -> Change {
    let place = place.to_owned();
    Change::new(format!("{place} and {value}"), move |template| {
        find(template, &place).as_array_mut().unwrap().push(value.clone());
    })
}

/// Adds a resource.
pub(crate) fn add(kind: &str, properties: Value) -> Change {
    set("Resources/Extra", json!({"Type": kind, "Properties": properties}))
}

/// The place of a role's statements.
pub(crate) fn statements(role: &str) -> String {
    format!("Resources/{role}/Properties/Policies/0/PolicyDocument/Statement")
}

fn find<'a>(value: &'a mut Value, place: &str) -> &'a mut Value {
    place.split('/').fold(value, |value, step| match value {
        Value::Object(fields) => {
            fields.get_mut(step).unwrap_or_else(|| panic!("{place}: there is no {step}"))
        }
        Value::Array(entries) => {
            let index = step
                .parse()
                .ok()
                .or_else(|| entries.iter().position(|entry| is_named(entry, step)))
                .unwrap_or_else(|| panic!("{place}: there is no {step}"));
            &mut entries[index]
        }
        _ => panic!("{place}: nothing below {step}"),
    })
}

fn is_named(entry: &Value, step: &str) -> bool {
    let name = step.trim_start_matches('[').trim_end_matches(']');
    step.starts_with('[') && (entry["Sid"] == name || entry["Id"] == name)
}
