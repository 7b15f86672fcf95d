use super::*;
use crate::application::Stage;
use crate::ids::ApplicationSlug;
use crate::marketplaces::Realm;
use crate::secret::Digest;
use jiff::Timestamp;

fn application(slug: &str) -> Application {
    Application {
        slug: ApplicationSlug::parse(slug).unwrap(),
        amazon_id: "amzn1.sellerapps.app.1".into(),
        stage: Stage::Private,
        realm: Realm::Production,
        client_id: "amzn1.application-oa2-client.1".into(),
        secret_expires_at: Timestamp::UNIX_EPOCH,
        secret_digest: Digest::of(""),
        rotates: false,
        rotation_asked_at: None,
        announced_days: None,
        fetches: Vec::new(),
        created_at: Timestamp::UNIX_EPOCH,
    }
}

fn refusal(body: &str) -> Refusal {
    read(body.as_bytes(), &[application("main")]).unwrap_err()
}

/// The one fault of a file with one line that differs from a good one in this field.
fn fault(field: &str, value: &str) -> String {
    let mut line = serde_json::json!({
        "seller_id": "A2EXAMPLE7XYZ", "region": "EU", "refresh_token": "Atzr|CANARY-token",
    });
    line[field] = value.into();
    match refusal(&serde_json::json!([line]).to_string()) {
        Refusal::ImportLines(faults) => faults.into_iter().map(|fault| fault.why).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_list_and_a_table_say_the_same() {
    let json = r#"[{"seller_id":"A2EXAMPLE7XYZ","region":"EU","refresh_token":"Atzr|a","country":"DE"}]"#;
    let comma = "seller_id,region,refresh_token,country\nA2EXAMPLE7XYZ,eu,Atzr|a,de\n";
    let semicolon = "\u{feff}Region;Seller_ID;Country;Refresh_Token\r\nEU;A2EXAMPLE7XYZ;DE;Atzr|a\r\n";
    for body in [json, comma, semicolon] {
        let lines = read(body.as_bytes(), &[application("main")]).unwrap();
        let line = &lines[0];
        assert_eq!((lines.len(), line.seller.as_str(), line.region), (1, "A2EXAMPLE7XYZ", Region::Eu));
        assert_eq!((line.token.expose(), line.country, line.kind), ("Atzr|a", "DE", Kind::Seller));
    }
}

#[test]
fn a_file_that_is_no_import_is_refused_whole() {
    assert_eq!(refusal(""), Refusal::ImportEmpty);
    assert_eq!(refusal(" \n "), Refusal::ImportEmpty);
    assert_eq!(refusal("[]"), Refusal::ImportEmpty);
    assert_eq!(refusal("seller_id,region,refresh_token\n"), Refusal::ImportEmpty);
    assert_eq!(refusal("PK\u{3}\u{4}xl/worksheets"), Refusal::ImportFormat);
    assert_eq!(read(b"\xff\xfea\0b\0", &[]).unwrap_err(), Refusal::ImportFormat);
    assert_eq!(refusal(&"x".repeat(BYTES_MAX + 1)), Refusal::ImportSize);
    let many = format!("seller_id,region,refresh_token\n{}", "a,b,c\n".repeat(LINES_MAX + 1));
    assert_eq!(refusal(&many), Refusal::ImportSize);
}

#[test]
fn a_file_that_cannot_be_read_says_where_and_repeats_nothing() {
    let line = r#"{"seller_id":"A","region":"EU","refresh_token":"Atzr|CANARY""#;
    for (body, place, what) in [
        (format!("[{line}}},]"), (1, 64), "not JSON"),
        (format!("[{line},\"refresh_token\":\"x\"}}]"), (1, 77), "duplicate `refresh_token`"),
        (format!("[{line},\"CANARY\":\"x\"}}]"), (1, 70), "a field that is not one of ours"),
        (r#"[{"seller_id":7}]"#.to_owned(), (1, 15), "a value of another type; all values are texts"),
        (format!("{line}}}"), (1, 1), "a list [...] is expected"),
        ("seller_id,CANARY\na,b".to_owned(), (1, 2), "a column that is not one of ours"),
        ("region,region\na,b".to_owned(), (1, 1), "a column is there twice"),
        (
            "seller_id,client_secret\na,b".to_owned(),
            (1, 2),
            "client id and secret belong on the application's page",
        ),
        (
            "seller_id,region,refresh_token\na,b,c,d".to_owned(),
            (2, 4),
            "as many fields as the header has are expected",
        ),
    ] {
        let refused = refusal(&body);
        let Refusal::ImportParse { line, column, what: found } = refused else { panic!("{refused:?}") };
        assert_eq!(((line, column), found), (place, what), "{body}");
        assert!(!refused.text().contains("CANARY"), "{}", refused.text());
    }
}

#[test]
fn each_thing_that_is_not_a_refresh_token_is_named() {
    for (value, why) in [
        ("", "refresh_token is missing"),
        ("  ", "refresh_token is missing"),
        ("“Atzr|a”", "refresh_token: quotes around the value"),
        ("\"Atzr|a\"", "refresh_token: quotes around the value"),
        ("amzn.mws.4ea38b7b-f563-7709", "refresh_token: this is an MWS token, and MWS is retired"),
        ("Atza|x", "refresh_token: this is an access token; the refresh token begins with Atzr|"),
        (
            "amzn1.oa2-cs.v1.abc",
            "refresh_token: this is a client secret; it belongs on the application's page",
        ),
        ("amzn1.application-oa2-client.1", "refresh_token: this is an id, not a token"),
        ("Atzr|IwEBIEXAMPLE", "refresh_token: example value"),
        ("Atzr|а", "refresh_token: unexpected character at 6"),
        ("Atzr|a b", "refresh_token: unexpected character at 7"),
        ("Atzr|a\u{200b}b", "refresh_token: unexpected character at 7"),
        ("hello", "refresh_token: a refresh token begins with Atzr|"),
    ] {
        assert_eq!(fault("refresh_token", value), why, "{value}");
    }
    let cut = format!("Atzr|{}", "a".repeat(250));
    assert_eq!(fault("refresh_token", &cut), "refresh_token: looks cut off");
    let long = format!("Atzr|{}", "a".repeat(TOKEN_MAX));
    assert_eq!(fault("refresh_token", &long), "refresh_token: longer than any of Amazon's");
}

#[test]
fn each_other_field_that_cannot_be_used_is_named() {
    let seller = "seller_id: a seller id has 10 to 20 capital letters and digits";
    for (field, value, why) in [
        ("region", "US", "region: NA, EU or FE"),
        ("region", "", "region is missing"),
        ("seller_id", "a2example7xyz", seller),
        ("seller_id", "A2X", seller),
        ("seller_id", "A2EXAMPLE/../X", seller),
        ("seller_id", "", "seller_id is missing"),
        ("kind", "shop", "kind: seller or vendor"),
        ("country", "XX", "country: a two-letter code of a store"),
        ("country", "US", "country: US is in region na"),
        ("application", "other", "application: no application here has this name"),
    ] {
        assert_eq!(fault(field, value), why, "{field}={value}");
    }
    let two = [application("one"), application("two")];
    let body = "seller_id,region,refresh_token\nA2EXAMPLE7XYZ,EU,Atzr|a\n";
    let Refusal::ImportLines(faults) = read(body.as_bytes(), &two).unwrap_err() else { panic!() };
    assert_eq!(faults[0].why, "application is missing: there is more than one here");
}

#[test]
fn every_line_with_a_fault_is_listed_and_an_account_comes_once() {
    let body = "seller_id,region,refresh_token\nA2EXAMPLE7XYZ,EU,Atzr|a\nA2EXAMPLE7XYZ,XX,Atzr|a\n\
                A2EXAMPLE7XYZ,EU,Atzr|b\nA2EXAMPLE7XYZ,NA,Atzr|c\n";
    let refused = refusal(body);
    assert_eq!(
        refused.text(),
        "Line 3: region: NA, EU or FE. Line 4: the same account as in line 2. \
         No line of this file was imported."
    );
    assert_eq!((refused.code(), refused.status()), ("E_IMP_FIELD", 422));
    let twice = "seller_id,region,refresh_token\nA2EXAMPLE7XYZ,EU,Atzr|a\nA2EXAMPLE7XYZ,EU,Atzr|a\n";
    assert_eq!(refusal(twice).code(), "E_IMP_DUP");
}
