//! What Data Kiosk is asked for is in Amazon's own schema: every field, every argument, every word (L36).

use jiff::Timestamp;
use sellerport_core::domains::{Ask, DOMAINS, Key, Made, QUERY_MAX, Report, Source};
use sellerport_core::stream::{Way, Window};
use sellerport_tests::house::models;
use std::collections::{BTreeMap, BTreeSet};

/// The stores in a query, at most: no region has more.
const STORES: usize = 25;

/// A type's fields, each with its arguments and its type.
type Fields = BTreeMap<String, (BTreeSet<String>, String)>;

/// Amazon's schema of a data set: types with fields, and every word of its enumerations.
struct Schema {
    types: BTreeMap<String, Fields>,
    words: BTreeSet<String>,
}

/// Words and signs. Texts count as one word; what describes a schema or is directed at servers is left out.
fn tokens(text: &str) -> Vec<String> {
    let (mut tokens, mut rest) = (Vec::new(), text);
    while let Some(first) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("\"\"\"") {
            rest = after.split_once("\"\"\"").map_or("", |(_, after)| after);
        } else if let Some(after) = rest.strip_prefix('"') {
            let mut end = after.char_indices();
            let mut escaped = false;
            let at = end.find(|(_, sign)| {
                let ends = *sign == '"' && !escaped;
                escaped = *sign == '\\' && !escaped;
                ends
            });
            let at = at.map_or(after.len(), |(at, _)| at);
            tokens.push("\"".to_owned());
            rest = after.get(at + 1..).unwrap_or_default();
        } else if first.is_alphanumeric() || first == '_' || first == '@' {
            let end = rest.find(|sign: char| !(sign.is_alphanumeric() || "_@".contains(sign)));
            let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
            tokens.push(word.to_owned());
            rest = after;
        } else {
            if "{}():".contains(first) {
                tokens.push(first.to_string());
            }
            rest = &rest[first.len_utf8()..];
        }
    }
    tokens
}

fn schema(text: &str) -> Schema {
    let mut left = tokens(text).into_iter().filter(|token| token != "\"").peekable();
    let (mut types, mut words) = (BTreeMap::new(), BTreeSet::new());
    while let Some(token) = left.next() {
        if token == "enum" {
            words.extend(left.by_ref().skip(2).take_while(|token| token != "}"));
        }
        if !["type", "input"].contains(&token.as_str()) {
            continue;
        }
        let name = left.next().unwrap();
        let mut fields = Fields::new();
        assert_eq!(left.next().as_deref(), Some("{"), "{name}");
        while let Some(field) = left.next().filter(|token| token != "}") {
            let mut arguments = BTreeSet::new();
            if left.next_if(|token| token == "(").is_some() {
                while let Some(argument) = left.next().filter(|token| token != ")") {
                    assert_eq!(left.next().as_deref(), Some(":"));
                    left.next();
                    arguments.insert(argument);
                }
                assert_eq!(left.next().as_deref(), Some(":"), "{name}.{field}");
            } else {
                assert_eq!(left.next().as_deref(), Some(":"), "{name}.{field}");
            }
            fields.insert(field, (arguments, left.next().unwrap()));
            // Directives: `@resultRetention(duration : "P30D")`.
            while left.next_if(|token| token.starts_with('@')).is_some() {
                if left.next_if(|token| token == "(").is_some() {
                    for _ in left.by_ref().take_while(|token| token != ")") {}
                }
            }
        }
        types.insert(name, fields);
    }
    Schema { types, words }
}

impl Schema {
    /// Walks a selection of this type's fields; what is not in the schema.
    fn strangers(
        &self,
        of: &str,
        query: &mut std::iter::Peekable<std::vec::IntoIter<String>>,
    ) -> Vec<String> {
        let mut strange = Vec::new();
        let fields = self.types.get(of);
        while let Some(field) = query.next().filter(|token| token != "}") {
            let known = fields.and_then(|fields| fields.get(&field));
            if known.is_none() {
                strange.push(format!("{of}.{field}"));
            }
            if query.next_if(|token| token == "(").is_some() {
                let given: Vec<String> = query.by_ref().take_while(|token| token != ")").collect();
                let mut last = "";
                for (at, token) in given.iter().enumerate() {
                    let is_name = given.get(at + 1).is_some_and(|next| next == ":");
                    let inputs = ["EconomicsAggregation"].iter().filter_map(|name| self.types.get(*name));
                    let within = inputs.flat_map(Fields::keys).any(|name| name == token);
                    let argument = known.is_some_and(|(arguments, _)| arguments.contains(token));
                    let word = self.words.contains(token) || ["\"", "{", "}", ":"].contains(&token.as_str());
                    if if is_name { !(argument || within) } else { !word } {
                        strange.push(format!("{of}.{field}({last} {token})"));
                    }
                    last = token;
                }
            }
            if query.next_if(|token| token == "{").is_some() {
                strange.extend(self.strangers(known.map_or("", |(_, kind)| kind), query));
            } else if known.is_some_and(|(_, kind)| self.types.contains_key(kind)) {
                strange.push(format!("{of}.{field} without its fields"));
            }
        }
        strange
    }
}

/// What is not in the schema of a query.
fn strangers(schema: &Schema, query: &str) -> Vec<String> {
    let mut left = tokens(query).into_iter().peekable();
    assert_eq!(left.next().as_deref(), Some("query"));
    assert_eq!(left.next().as_deref(), Some("{"));
    schema.strangers("Query", &mut left)
}

#[test]
fn l36_every_query_asks_for_what_is_in_amazons_schema_and_is_short_enough() {
    let day = |text: &str| text.parse::<Timestamp>().unwrap();
    let window = Window { after: day("2026-10-01T00:00:00Z"), before: day("2026-10-31T00:00:00Z") };
    let stores: Vec<String> = (0..STORES).map(|number| format!("A{number:013}")).collect();
    let ask = Ask { window, way: Way::Onward, stores: &stores, seller: "A1SELLER" };
    let mut asked = 0;
    for domain in DOMAINS {
        for source in domain.sources() {
            let Source::Report(Report { made: Made::Query(query), kind, heads, .. }) = source else {
                continue;
            };
            let text = query(ask);
            assert!(text.chars().count() <= QUERY_MAX, "{}: {} characters", domain.name, text.len());
            assert!(
                text.contains("\"2026-10-01\"") && text.contains("\"2026-10-30\""),
                "the last day is included"
            );
            assert!(text.contains(kind) && stores.iter().all(|store| text.contains(store.as_str())));
            asked += 1;
            let Some(file) =
                models().map(|models| models.join(format!("../spapi-schemas/data-kiosk/{kind}.graphql")))
            else {
                println!("left out: Amazon's schemas are not at hand (SPAPI_MODELS)");
                continue;
            };
            let schema = schema(&std::fs::read_to_string(file).unwrap());
            assert_eq!(strangers(&schema, &text), [""; 0], "{}", domain.name);
            let Key::Fields(key) = heads.key else { panic!("{}: a key of fields", domain.name) };
            for field in key.iter().chain([&heads.marketplace]) {
                assert!(text.contains(&format!(" {field} ")), "{}: {field} is asked for", domain.name);
            }
            // The control.
            for (before, after) in
                [("msku ", "msku sukm "), ("date:DAY", "date:DECADE"), ("endDate:", "until:")]
            {
                let spoiled = text.replacen(before, after, 1);
                assert_ne!(strangers(&schema, &spoiled), [""; 0], "{after}");
            }
        }
    }
    assert!(asked > 0);
}
