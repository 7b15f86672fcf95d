//! Reads a GraphQL query as far as Data Kiosk's need it: one operation, fields with arguments, no fragments, no
//! variables (spec.graphql.org/October2021, section 2).

use serde_json::{Map, Value};

/// A field with what is asked of it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Field {
    /// The name in the answer: the alias, where there is one.
    pub(crate) shown: String,
    pub(crate) name: String,
    /// Enumerated words are texts here.
    pub(crate) arguments: Map<String, Value>,
    pub(crate) fields: Vec<Field>,
}

/// Fields within fields, at most.
const DEEPEST: usize = 12;

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Sign(char),
    Word(String),
    Text(String),
}

/// The fields of the query's operation.
///
/// # Errors
/// In words, where it is no such query.
pub(crate) fn parse(text: &str) -> Result<Vec<Field>, String> {
    let mut tokens = tokens(text)?;
    tokens.reverse(); // taken from the end
    if tokens.last() == Some(&Token::Word("query".to_owned())) {
        tokens.pop();
        if matches!(tokens.last(), Some(Token::Word(_))) {
            tokens.pop();
        }
    }
    let fields = fields(&mut tokens, 0)?;
    if tokens.is_empty() { Ok(fields) } else { Err("more follows the query".to_owned()) }
}

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '{' | '}' | '(' | ')' | '[' | ']' | ':' => tokens.push(Token::Sign(sign)),
            '#' => while signs.next_if(|sign| *sign != '\n').is_some() {},
            '"' => {
                let mut inner = String::new();
                loop {
                    match signs.next() {
                        Some('"') => break,
                        Some('\\') => inner.extend(signs.next()),
                        Some(sign) => inner.push(sign),
                        None => return Err("a text does not end".to_owned()),
                    }
                }
                tokens.push(Token::Text(inner));
            }
            ',' | '\u{FEFF}' => {}
            sign if sign.is_whitespace() => {}
            sign if sign.is_ascii_alphanumeric() || matches!(sign, '_' | '-' | '.') => {
                let mut word = String::from(sign);
                while let Some(next) =
                    signs.next_if(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '_' | '-' | '.'))
                {
                    word.push(next);
                }
                tokens.push(Token::Word(word));
            }
            sign => return Err(format!("{sign} is not understood here")),
        }
    }
    Ok(tokens)
}

fn expect(tokens: &mut Vec<Token>, wanted: char) -> Result<(), String> {
    match tokens.pop() {
        Some(Token::Sign(sign)) if sign == wanted => Ok(()),
        _ => Err(format!("{wanted} is missing")),
    }
}

fn take(tokens: &mut Vec<Token>, wanted: char) -> bool {
    let there = tokens.last() == Some(&Token::Sign(wanted));
    if there {
        tokens.pop();
    }
    there
}

fn fields(tokens: &mut Vec<Token>, depth: usize) -> Result<Vec<Field>, String> {
    if depth > DEEPEST {
        return Err("it is nested too deeply".to_owned());
    }
    expect(tokens, '{')?;
    let mut found = Vec::new();
    while !take(tokens, '}') {
        let Some(Token::Word(first)) = tokens.pop() else { return Err("a field is missing".to_owned()) };
        let name = match take(tokens, ':') {
            false => first.clone(),
            true => match tokens.pop() {
                Some(Token::Word(name)) => name,
                _ => return Err(format!("the field behind {first} is missing")),
            },
        };
        let mut arguments = Map::new();
        if take(tokens, '(') {
            while !take(tokens, ')') {
                let Some(Token::Word(argument)) = tokens.pop() else {
                    return Err(format!("an argument of {name} is missing"));
                };
                expect(tokens, ':')?;
                arguments.insert(argument, value(tokens, 0)?);
            }
        }
        let inner =
            if tokens.last() == Some(&Token::Sign('{')) { fields(tokens, depth + 1)? } else { Vec::new() };
        found.push(Field { shown: first, name, arguments, fields: inner });
    }
    if found.is_empty() { Err("a selection is empty".to_owned()) } else { Ok(found) }
}

fn value(tokens: &mut Vec<Token>, depth: usize) -> Result<Value, String> {
    if depth > DEEPEST {
        return Err("it is nested too deeply".to_owned());
    }
    match tokens.pop() {
        Some(Token::Text(text)) => Ok(Value::String(text)),
        Some(Token::Word(word)) => Ok(serde_json::from_str(&word).unwrap_or(Value::String(word))),
        Some(Token::Sign('[')) => {
            let mut list = Vec::new();
            while !take(tokens, ']') {
                list.push(value(tokens, depth + 1)?);
            }
            Ok(Value::Array(list))
        }
        Some(Token::Sign('{')) => {
            let mut members = Map::new();
            while !take(tokens, '}') {
                let Some(Token::Word(name)) = tokens.pop() else {
                    return Err("a member is missing".to_owned());
                };
                expect(tokens, ':')?;
                members.insert(name, value(tokens, depth + 1)?);
            }
            Ok(Value::Object(members))
        }
        _ => Err("a value is missing".to_owned()),
    }
}

/// The parts of a value that are asked for. What the value does not have is null.
pub(crate) fn project(value: &Value, fields: &[Field]) -> Value {
    match value {
        Value::Array(list) => Value::Array(list.iter().map(|one| project(one, fields)).collect()),
        Value::Object(members) if !fields.is_empty() => Value::Object(
            fields
                .iter()
                .map(|field| {
                    let inner = members.get(&field.name).unwrap_or(&Value::Null);
                    (field.shown.clone(), project(inner, &field.fields))
                })
                .collect(),
        ),
        _ => value.clone(),
    }
}

/// The first field that a value of this form cannot have. Figures of Amazon Business exist wherever their own do.
pub(crate) fn unknown(form: &Value, fields: &[Field]) -> Option<String> {
    let form = form.as_array().and_then(|list| list.first()).unwrap_or(form);
    fields.iter().find_map(|field| {
        let name = field.name.strip_suffix("B2B").unwrap_or(&field.name);
        match form.get(name) {
            None => Some(field.name.clone()),
            Some(inner) => unknown(inner, &field.fields),
        }
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_query_is_read_with_its_arguments_and_shows_what_it_selects() {
        let text = r#"query Mine { sales: days(from: "2026-11-01", stores: ["A" "B"], by: DAY, deep: {date: WEEK}) { x y { z } } }"#;
        let fields = parse(text).unwrap();
        assert_eq!((fields[0].shown.as_str(), fields[0].name.as_str()), ("sales", "days"));
        let arguments =
            json!({ "from": "2026-11-01", "stores": ["A", "B"], "by": "DAY", "deep": { "date": "WEEK" } });
        assert_eq!(Value::Object(fields[0].arguments.clone()), arguments);
        let row = json!({ "x": 1, "y": { "z": 2, "hidden": 3 }, "w": 4 });
        assert_eq!(project(&row, &fields[0].fields), json!({ "x": 1, "y": { "z": 2 } }));
        assert_eq!(unknown(&json!({ "x": 1, "y": {} }), &fields[0].fields), Some("z".to_owned()));
    }

    #[test]
    fn what_is_no_query_is_refused() {
        for text in
            ["", "{", "{}", "query { a", "{ a(b: ) { c } }", "{ a } }", "{ a(b: \"x) }", "mutation { a }"]
        {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
