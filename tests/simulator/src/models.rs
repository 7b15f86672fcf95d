//! Amazon's official models (Swagger 2.0): holds requests and answers against them.
//! They are read from a folder; no copy of them is part of the project.

use std::collections::HashMap;
use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use jsonschema::Validator;
use serde_json::{Map, Value, json};

use crate::failure::Failure;
use crate::parameters;

/// The methods that a path item may have.
const METHODS: [&str; 7] = ["get", "put", "post", "delete", "options", "head", "patch"];

/// Every operation of a folder of models.
pub struct OfficialModels {
    models: Vec<Model>,
    operations: Vec<Operation>,
    /// Schemas are compiled when they are first needed: a folder has hundreds.
    compiled: Mutex<HashMap<(usize, u16), Arc<Validator>>>,
}

/// One file.
struct Model {
    version: String,
    definitions: Value,
}

/// One operation of one file.
struct Operation {
    id: String,
    model: usize,
    method: String,
    /// The path's segments; those in braces stand for anything.
    path: Vec<String>,
    parameters: Vec<Value>,
    responses: Map<String, Value>,
}

impl fmt::Debug for OfficialModels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OfficialModels").field("operations", &self.operations.len()).finish_non_exhaustive()
    }
}

impl OfficialModels {
    /// Reads every Swagger 2.0 file of a folder.
    ///
    /// # Errors
    /// When the folder or a file cannot be read, or when a `.json` file is no JSON.
    pub fn load(folder: &Path) -> Result<Self, Failure> {
        let failed = |error| Failure::file("read the official models", folder, error);
        let mut files = std::fs::read_dir(folder)
            .and_then(|entries| {
                entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>()
            })
            .map_err(failed)?;
        files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
        files.sort();
        let mut read = Self { models: Vec::new(), operations: Vec::new(), compiled: Mutex::default() };
        for path in files {
            let text = std::fs::read(&path)
                .map_err(|error| Failure::file("read an official model", &path, error))?;
            let model = serde_json::from_slice(&text)
                .map_err(|error| Failure::text("read an official model", &path, error))?;
            read.add(&model);
        }
        Ok(read)
    }

    fn add(&mut self, model: &Value) {
        if model["swagger"] != "2.0" {
            return;
        }
        let place = self.models.len();
        let mut definitions = model["definitions"].clone();
        // An unknown field in an answer is a mistake of ours, unless a schema is put together from parts,
        // where each part would refuse the others' fields.
        if !model.to_string().contains("\"allOf\"") {
            close_objects(&mut definitions);
        }
        self.models.push(Model {
            version: model["info"]["version"].as_str().unwrap_or_default().to_owned(),
            definitions,
        });
        let base = model["basePath"].as_str().unwrap_or_default().trim_end_matches('/');
        for (path, item) in model["paths"].as_object().into_iter().flatten() {
            for method in METHODS {
                let Some(operation) = item.get(method) else {
                    continue;
                };
                let own = operation["parameters"].as_array().into_iter().flatten();
                let shared = item["parameters"].as_array().into_iter().flatten();
                self.operations.push(Operation {
                    id: operation["operationId"].as_str().unwrap_or_default().to_owned(),
                    model: place,
                    method: method.to_owned(),
                    path: segments(&format!("{base}{path}")),
                    parameters: own.chain(shared).map(|parameter| resolve(parameter, model)).collect(),
                    responses: operation["responses"].as_object().cloned().unwrap_or_default(),
                });
            }
        }
    }

    /// Checks a request and says which operation it is. `query` has decoded names and values.
    ///
    /// # Errors
    /// Everything in which the request breaks the model, or that no operation has this method and path.
    pub fn check_request(
        &self,
        method: &str,
        path: &str,
        query: &[(String, String)],
        body: Option<&Value>,
    ) -> Result<String, Vec<String>> {
        let Some((_, operation)) = self.find(method, path) else {
            return Err(vec![format!("no operation of the models has {method} {path}")]);
        };
        let given = segments(path);
        let in_path = operation
            .path
            .iter()
            .zip(&given)
            .filter_map(|(template, value)| Some((braced(template)?, value.as_str())));
        let definitions = &self.models[operation.model].definitions;
        let broken =
            parameters::check(&operation.parameters, definitions, &in_path.collect::<Vec<_>>(), query, body);
        if broken.is_empty() { Ok(operation.id.clone()) } else { Err(broken) }
    }

    /// Checks an answer of the operation with this id. Where several models have the id, the newest is meant.
    ///
    /// # Errors
    /// Everything in which the answer breaks the model, or that there is no such operation.
    pub fn check_response(&self, operation_id: &str, status: u16, body: &Value) -> Result<(), Vec<String>> {
        let named = self.operations.iter().enumerate().filter(|(_, operation)| operation.id == operation_id);
        // Versions are dates, or `v0` and `v1` in the oldest models; a date counts as newer.
        let newest = named.max_by_key(|(_, operation)| {
            let version = &self.models[operation.model].version;
            (version.starts_with("20"), version.clone())
        });
        match newest {
            Some((place, operation)) => self.check(place, operation, status, body),
            None => Err(vec![format!("no operation of the models is called {operation_id}")]),
        }
    }

    /// Checks the answer to a call of this method and path; `None` when no operation has them.
    pub fn check_answer(
        &self,
        method: &str,
        path: &str,
        status: u16,
        body: &Value,
    ) -> Option<Result<(), Vec<String>>> {
        let (place, operation) = self.find(method, path)?;
        Some(self.check(place, operation, status, body))
    }

    fn check(
        &self,
        place: usize,
        operation: &Operation,
        status: u16,
        body: &Value,
    ) -> Result<(), Vec<String>> {
        let Some(answer) = operation.responses.get(&status.to_string()) else {
            return Err(vec![format!("{} has no answer with status {status}", operation.id)]);
        };
        let Some(schema) = answer.get("schema") else {
            let empty = body.is_null();
            return if empty { Ok(()) } else { Err(vec![format!("{} {status} has no body", operation.id)]) };
        };
        let mut compiled = self.compiled.lock().unwrap_or_else(PoisonError::into_inner);
        let validator = match compiled.get(&(place, status)) {
            Some(validator) => Arc::clone(validator),
            None => {
                let validator = compile(schema, &self.models[operation.model].definitions).map(Arc::new)?;
                compiled.insert((place, status), Arc::clone(&validator));
                validator
            }
        };
        drop(compiled);
        complaints(&validator, body)
    }

    fn find(&self, method: &str, path: &str) -> Option<(usize, &Operation)> {
        let given = segments(path);
        let fits = |operation: &Operation| {
            operation.method.eq_ignore_ascii_case(method)
                && operation.path.len() == given.len()
                && operation
                    .path
                    .iter()
                    .zip(&given)
                    .all(|(template, value)| braced(template).is_some() || template == value)
        };
        let found = self.operations.iter().enumerate().filter(|(_, operation)| fits(operation));
        // The path with the fewest variables fits best.
        found.min_by_key(|(_, operation)| {
            operation.path.iter().filter(|segment| braced(segment).is_some()).count()
        })
    }
}

/// A validator of a schema whose references point into these definitions.
pub(crate) fn compile(schema: &Value, definitions: &Value) -> Result<Validator, Vec<String>> {
    let whole = json!({ "allOf": [schema], "definitions": definitions });
    let built = jsonschema::draft4::options().should_validate_formats(true).build(&whole);
    built.map_err(|error| vec![format!("the model's schema cannot be used: {error}")])
}

/// Everything that is wrong with a value.
pub(crate) fn complaints(validator: &Validator, value: &Value) -> Result<(), Vec<String>> {
    let found: Vec<String> =
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    if found.is_empty() { Ok(()) } else { Err(found) }
}

fn segments(path: &str) -> Vec<String> {
    path.trim_start_matches('/').split('/').map(str::to_owned).collect()
}

fn braced(segment: &str) -> Option<&str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

/// A parameter, or the shared one that it refers to.
fn resolve(parameter: &Value, model: &Value) -> Value {
    let shared = parameter["$ref"].as_str().and_then(|name| name.strip_prefix("#/parameters/"));
    shared.map_or_else(|| parameter.clone(), |name| model["parameters"][name].clone())
}

/// Refuses fields that a schema does not name, wherever it names any.
fn close_objects(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            let is_object = fields.get("properties").is_some_and(Value::is_object);
            if is_object && !fields.contains_key("additionalProperties") {
                fields.insert("additionalProperties".to_owned(), Value::Bool(false));
            }
            fields.values_mut().for_each(close_objects);
        }
        Value::Array(items) => items.iter_mut().for_each(close_objects),
        _ => {}
    }
}
