use super::*;
use crate::stream::{Way, Window};

fn raw(text: &str) -> Box<RawValue> {
    RawValue::from_string(text.to_owned()).unwrap()
}

const PLAIN: Heads = Heads { key: Key::Fields(&["a.b", "c"]), updated: "t", marketplace: "" };

fn reader(stores: &[String]) -> Reader {
    let at = |text: &str| text.parse().unwrap();
    let window = Window { after: at("2026-11-20T00:00:00Z"), before: at("2026-11-21T00:00:00Z") };
    Reader::of(Ask { window, way: Way::Onward, stores, seller: "A" })
}

#[test]
fn a_key_is_its_fields_whatever_their_type_and_nothing_where_the_first_is_missing() {
    let mut reader = reader(&[]);
    let mut key = |text| reader.read(&PLAIN, raw(text)).key;
    assert_eq!(key(r#"{"a":{"b":"x"},"c":7}"#).as_deref(), Some("x|7"));
    assert_eq!(key(r#"{"a":{"b":"x"}}"#).as_deref(), Some("x|"));
    assert_eq!(key(r#"{"a":{"b":""},"c":7}"#), None);
    assert_eq!(key(r#"{"a":[1],"c":7}"#), None);
    assert_eq!(key(r#""text""#), None);
}

#[test]
fn a_key_can_name_the_store_the_day_and_a_place_in_a_list() {
    let heads = Heads { key: Key::Fields(&["l.1.x", STORE, WINDOW_DAY]), ..PLAIN };
    let found = reader(&["DE".to_owned()]).read(&heads, raw(r#"{"l":[{"x":1},{"x":2}]}"#));
    assert_eq!(found.key.as_deref(), Some("2|DE|2026-11-20"));
}

#[test]
fn two_equal_records_without_a_name_stay_two_and_the_same_two_when_read_again() {
    let heads = Heads { key: Key::Whole, ..PLAIN };
    let keys = || -> Vec<_> {
        let mut reader = reader(&[]);
        let texts = [r#"{"x":1}"#, r#"{"x":1}"#, r#"{"x":2}"#];
        texts.map(|text| reader.read(&heads, raw(text)).key.unwrap()).into()
    };
    let first = keys();
    assert_eq!(first, keys());
    assert_eq!(first.iter().collect::<std::collections::HashSet<_>>().len(), 3);
}

#[test]
fn a_store_of_its_own_goes_before_the_one_that_was_asked_for() {
    let heads = Heads { key: Key::Place(&["k"]), updated: "t", marketplace: "m" };
    let mut reader = reader(&["FR".to_owned()]);
    let found = reader.read(&heads, raw(r#"{"k":"s","t":"2026","m":"DE"}"#));
    assert_eq!(found.key.as_deref(), Some("s|1"));
    assert_eq!((found.updated_at.as_deref(), found.marketplace.as_deref()), (Some("2026"), Some("DE")));
    let found = reader.read(&heads, raw(r#"{"k":"s","m":null}"#));
    assert_eq!((found.key.as_deref(), found.marketplace.as_deref()), (Some("s|2"), Some("FR")));
}
