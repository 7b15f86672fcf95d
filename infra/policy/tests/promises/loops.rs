//! Carries out the template's loops (`Fn::ForEach`) as CloudFormation does, because the promises are about what is
//! deployed.
//!
//! The word takes its identifier's place in the keys of the loop's own fragment, in the text of an `Fn::Sub` and in a
//! `Ref`, and nowhere else. Elsewhere CloudFormation would deploy the identifier as it stands, so here it is an error.

use serde_json::{Map, Value, json};

const LOOP: &str = "Fn::ForEach::";

/// The template with all loops carried out.
pub(crate) fn expanded(mut template: Value) -> Value {
    let mappings = template["Mappings"].clone();
    for section in ["Resources", "Outputs"] {
        let value = Loops { mappings: &mappings, words: Vec::new() }.value(&template[section]);
        template[section] = value;
    }
    template
}

/// Where we are: inside these loops, each with its identifier and its present word.
struct Loops<'a> {
    mappings: &'a Value,
    words: Vec<(String, String)>,
}

impl Loops<'_> {
    fn value(&self, value: &Value) -> Value {
        let only =
            value.as_object().filter(|fields| fields.len() == 1).and_then(|fields| fields.iter().next());
        match (only, value) {
            (Some((function, of)), _) if function == "Ref" => {
                let word = self.words.iter().find(|(identifier, _)| of == identifier);
                word.map_or_else(|| json!({"Ref": self.name(of)}), |(_, word)| json!(word))
            }
            (Some((function, Value::Array(of))), _) if function == "Fn::GetAtt" => {
                json!({"Fn::GetAtt": of.iter().map(|part| self.name(part)).collect::<Vec<_>>().join(".")})
            }
            (Some((function, Value::String(text))), _) if function == "Fn::Sub" => {
                json!({"Fn::Sub": self.put_in(text)})
            }
            (Some((function, Value::Array(of))), _) if function == "Fn::FindInMap" => self.found(of),
            (_, Value::Object(fields)) => {
                let mut all = Map::new();
                self.fields(fields, false, &mut all);
                Value::Object(all)
            }
            (_, Value::Array(entries)) => entries.iter().map(|entry| self.value(entry)).collect(),
            (_, Value::String(text)) => json!(self.untouched(text)),
            (_, other) => other.clone(),
        }
    }

    /// The fields of an object, its loops carried out; `own` are those of a loop's own fragment.
    fn fields(&self, fields: &Map<String, Value>, own: bool, all: &mut Map<String, Value>) {
        for (key, value) in fields {
            if key.starts_with(LOOP) {
                self.repeat(key, value, all);
                continue;
            }
            let key = if own { self.put_in(key) } else { self.untouched(key) };
            assert!(all.insert(key.clone(), self.value(value)).is_none(), "{key} twice");
        }
    }

    fn repeat(&self, name: &str, of: &Value, all: &mut Map<String, Value>) {
        let (identifier, fragment) = (of[0].as_str().unwrap(), of[2].as_object().unwrap());
        let (named, nested) = (format!("${{{identifier}}}"), |key: &String| key.starts_with(LOOP));
        assert!(
            fragment.keys().all(|key| nested(key) || key.contains(&named)),
            "{name}: a key that stays the same"
        );
        for word in self.list(&of[1]) {
            let mut words = self.words.clone();
            assert!(words.iter().all(|(outer, _)| outer != identifier), "{name}: its identifier is taken");
            words.push((identifier.to_owned(), word));
            Loops { mappings: self.mappings, words }.fields(fragment, true, all);
        }
    }

    /// The words of a loop: a list, or where to find one.
    fn list(&self, of: &Value) -> Vec<String> {
        let place = &of["Fn::FindInMap"];
        let step = |value: &'_ Value, n: usize| value[place[n].as_str().unwrap()].clone();
        let found = if place.is_null() {
            of.clone()
        } else {
            (0..3).fold(self.mappings.clone(), |at, n| step(&at, n))
        };
        let words = found.as_array().unwrap_or_else(|| panic!("no list: {of}"));
        words.iter().map(|word| word.as_str().unwrap().to_owned()).collect()
    }

    /// What stands in a mapping, or the default value beside it.
    fn found(&self, of: &[Value]) -> Value {
        let keys = of.iter().take(3).map(|key| self.value(key));
        let found = keys.fold(self.mappings.clone(), |at, key| at[key.as_str().unwrap()].clone());
        let default = of.get(3).map(|last| last["DefaultValue"].clone()).unwrap_or_default();
        let value = if found.is_null() { default } else { found };
        assert!(!value.is_null(), "there is nothing at {of:?}");
        value
    }

    /// The name of a resource, or of its attribute.
    fn name(&self, of: &Value) -> String {
        of["Fn::Sub"].as_str().map_or_else(|| self.untouched(of.as_str().unwrap()), |text| self.put_in(text))
    }

    fn put_in(&self, text: &str) -> String {
        let put = |text: String, (identifier, word): &(String, String)| {
            text.replace(&format!("${{{identifier}}}"), word)
        };
        self.words.iter().fold(text.to_owned(), put)
    }

    fn untouched(&self, text: &str) -> String {
        assert_eq!(self.put_in(text), text, "CloudFormation does not put the word in here");
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template(key: &str, properties: Value) -> Value {
        json!({
            "Mappings": {
                "Domains": {"All": {"Names": ["hats", "shoes"]}},
                "Sizes": {"shoes": {"Feet": 7}},
            },
            "Resources": {
                "Shop": {"Type": "Shop"},
                "Fn::ForEach::Each": ["Domain", {"Fn::FindInMap": ["Domains", "All", "Names"]}, {
                    key: {"Type": "Shelf", "Properties": properties},
                }],
            },
            "Outputs": {"Fn::ForEach::Told": ["Domain", ["hats"], {"${Domain}": {"Value": {"Ref": "Domain"}}}]},
        })
    }

    #[test]
    fn a_loop_is_written_out_for_each_word() {
        let shelf = template(
            "Shelf${Domain}",
            json!({
                "Name": {"Fn::Sub": "${AWS::StackName}-${Domain}"},
                "Of": {"Ref": "Domain"},
                "Size": {"Fn::FindInMap": ["Sizes", {"Ref": "Domain"}, "Feet", {"DefaultValue": 3}]},
                "In": {"Ref": "Shop"},
                "Key": {"Fn::GetAtt": "Shop.Arn"},
                "Beside": [{"Ref": {"Fn::Sub": "Shelf${Domain}"}}, {"Fn::GetAtt": [{"Fn::Sub": "Shelf${Domain}"}, "Arn"]}],
                "Words": {"A": "1", "Fn::ForEach::All": ["Word", ["x", "y"], {"${Domain}_${Word}": {"Ref": "Word"}}]},
            }),
        );
        let of = |word: &str, size: u64| {
            json!({"Type": "Shelf", "Properties": {
                "Size": size,
                "Name": {"Fn::Sub": format!("${{AWS::StackName}}-{word}")},
                "Of": word,
                "In": {"Ref": "Shop"},
                "Key": {"Fn::GetAtt": "Shop.Arn"},
                "Beside": [{"Ref": format!("Shelf{word}")}, {"Fn::GetAtt": format!("Shelf{word}.Arn")}],
                "Words": {"A": "1", format!("{word}_x"): "x", format!("{word}_y"): "y"},
            }})
        };
        let written = expanded(shelf);
        let all = json!({"Shop": {"Type": "Shop"}, "Shelfhats": of("hats", 3), "Shelfshoes": of("shoes", 7)});
        assert_eq!(written["Resources"], all);
        assert_eq!(written["Outputs"], json!({"hats": {"Value": "hats"}}));
    }

    #[test]
    fn what_cloudformation_refuses_or_leaves_as_it_stands_is_an_error() {
        let refused = |template: Value| std::panic::catch_unwind(|| expanded(template)).is_err();
        assert!(!refused(template("Shelf${Domain}", json!({"Size": 1}))));
        for properties in [
            json!({"Name": "${Domain}"}),
            json!({"Names": ["${Domain}"]}),
            json!({"${Domain}": 1}),
            json!({"Ref": "Shelf${Domain}"}),
            json!({"Fn::GetAtt": ["Shelf${Domain}", "Arn"]}),
            json!({"Size": {"Fn::FindInMap": ["Sizes", {"Ref": "Domain"}, "Feet"]}}),
            json!({"Fn::ForEach::Again": ["Domain", ["x"], {"${Domain}": 1}]}),
            json!({"Fn::ForEach::All": ["Word", {"Ref": "Words"}, {"${Word}": 1}]}),
        ] {
            assert!(refused(template("Shelf${Domain}", properties.clone())), "{properties}");
        }
        assert!(refused(template("Shelf", json!({}))), "the same resource twice");
    }
}
