//! The tables of the lake: the template, the page and the views say what the code says.

use crate::changes::{push, remove, set};
use crate::template::{deployed, file, list, on_aws};
use crate::{expect, promise};
use sellerport_core::domains;
use sellerport_core::tables::{TABLES, reference, views};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const TABLE: &str = "AWS::Glue::Table";

#[test]
fn athenas_tables_have_the_columns_that_the_code_writes() {
    let check = |template: &Value| {
        let stack = on_aws(template);
        let defined: BTreeMap<_, _> = stack
            .of(TABLE)
            .map(|(_, table)| (table["TableInput"]["Name"].as_str().unwrap_or_default(), table))
            .collect();
        let mut complaints = Vec::new();
        expect(&mut complaints, defined.len() == TABLES.len(), format!("{} tables", defined.len()));
        for table in TABLES {
            let name = format!("{}_versions", table.name);
            let Some(found) = defined.get(name.as_str()).map(|found| &found["TableInput"]) else {
                complaints.push(format!("there is no {name}"));
                continue;
            };
            let columns = table.columns();
            let wanted: Vec<_> = columns
                .iter()
                .map(|column| {
                    json!({"Name": column.name, "Type": reference::hive(column.kind).trim_matches('"')})
                })
                .collect();
            let storage = &found["StorageDescriptor"];
            expect(&mut complaints, storage["Columns"] == json!(wanted), format!("{name}: other columns"));
            let folder = format!("s3://${{LakeBucket}}/tables/{}/", table.name);
            let place = storage["Location"]["Fn::Sub"] == folder
                && found["Parameters"]["storage.location.template"]["Fn::Sub"]
                    == format!("{folder}date=${{!date}}/");
            expect(&mut complaints, place, format!("{name} is elsewhere"));
            let by_date = found["PartitionKeys"] == json!([{"Name": "date", "Type": "date"}])
                && found["Parameters"]["projection.enabled"] == "true";
            expect(&mut complaints, by_date, format!("{name}: other partitions"));
        }
        complaints
    };
    let orders = "Resources/LakeOrders/Properties/TableInput";
    promise(
        check,
        vec![
            remove("Resources/LakeOrderItems"),
            set(&format!("{orders}/StorageDescriptor/Columns/20/Type"), json!("double")),
            push(&format!("{orders}/StorageDescriptor/Columns"), json!({"Name": "new", "Type": "string"})),
            set(&format!("{orders}/PartitionKeys"), json!([])),
            set(
                &format!("{orders}/Parameters/storage.location.template/Fn::Sub"),
                json!("s3://${LakeBucket}/records/"),
            ),
        ],
    );
}

#[test]
fn the_catalogue_of_tables_is_made_or_left_out_as_a_whole() {
    let check = |template: &Value| {
        let of = |catalog: &str| {
            let stack = deployed(template, &[("Catalog", catalog)]);
            stack.all().filter(|(_, one)| list(&one["Type"])[0].to_string().contains("AWS::Glue::")).count()
        };
        let mut complaints = Vec::new();
        let (with, without) = (of("yes"), of("no"));
        expect(&mut complaints, with == TABLES.len() + 1, format!("{with} parts with a catalogue"));
        expect(&mut complaints, without == 0, format!("{without} parts without one"));
        complaints
    };
    promise(check, vec![remove("Resources/LakeFees/Condition"), remove("Resources/LakeDatabase")]);
}

#[test]
fn what_is_written_from_the_domains_and_the_tables_is_up_to_date() {
    let stale = "is stale: run `make tables`";
    assert!(file("docs/domains.md") == domains::reference::page(), "docs/domains.md {stale}");
    assert!(file("docs/tables.md") == reference::page(), "docs/tables.md {stale}");
    assert!(file("docs/views.sql") == views::all(), "docs/views.sql {stale}");
    let template = file("infra/template.yaml");
    let (_, rest) = template.split_once(reference::TEMPLATE_FROM).unwrap();
    let (written, _) = rest.split_once(reference::TEMPLATE_TO).unwrap();
    assert!(written == reference::template(), "infra/template.yaml {stale}");
}
