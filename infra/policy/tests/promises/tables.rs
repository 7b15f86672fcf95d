//! Tables: what the code expects of them, and what outlives the stack.

use crate::changes::{add, push, remove, set};
use crate::template::{named, on_aws};
use crate::{expect, promise};
use sellerport_core::store::TableName;
use serde_json::{Value, json};

const TABLE: &str = "AWS::DynamoDB::Table";

/// What may go with the stack: it lives for minutes, or is learned again. A message about a client secret lives
/// four days at most, and Amazon sends another secret when it is asked.
const FORGETTABLE: [&str; 4] = ["PendingTable", "QuotasTable", "SecretQueueKey", "SessionsTable"];

#[test]
fn the_template_has_the_tables_that_the_code_names_and_no_other() {
    let check = |template: &Value| {
        let stack = on_aws(template);
        let mut complaints = Vec::new();
        for table in TableName::ALL.map(TableName::as_str) {
            let count = stack.of(TABLE).filter(|(_, one)| named(&one["TableName"], table)).count();
            expect(&mut complaints, count == 1, format!("{count} tables named {table}"));
        }
        expect(&mut complaints, stack.of(TABLE).count() == TableName::ALL.len(), "another table");
        complaints
    };
    promise(
        check,
        vec![
            remove("Resources/ParkedTable"),
            set("Resources/ParkedTable/Properties/TableName/Fn::Sub", json!("${AWS::StackName}-parking")),
            add(TABLE, json!({"TableName": "other"})),
        ],
    );
}

/// A10
#[test]
fn every_table_can_be_wound_back_forgets_what_expires_and_is_paid_by_use() {
    let check = |template: &Value| {
        let mut complaints = Vec::new();
        for (name, table) in on_aws(template).of(TABLE) {
            let wound = table["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] == true;
            expect(&mut complaints, wound, format!("{name} cannot be wound back"));
            let forgets =
                table["TimeToLiveSpecification"] == json!({"AttributeName": "expires", "Enabled": true});
            expect(&mut complaints, forgets, format!("{name} forgets nothing"));
            let by_use = table["BillingMode"] == "PAY_PER_REQUEST";
            expect(&mut complaints, by_use, format!("{name} is paid by the hour"));
        }
        complaints
    };
    let pending = "Resources/PendingTable/Properties";
    promise(
        check,
        vec![
            remove("Resources/TokensTable/Properties/PointInTimeRecoverySpecification"),
            set(&format!("{pending}/TimeToLiveSpecification/Enabled"), json!(false)),
            set(&format!("{pending}/TimeToLiveSpecification/AttributeName"), json!("expires_at")),
            remove("Resources/AuditTable/Properties/TimeToLiveSpecification"),
            set(&format!("{pending}/BillingMode"), json!("PROVISIONED")),
        ],
    );
}

/// A10
#[test]
fn keys_and_indexes_hold_names_and_times_only() {
    let text = |name: &str| json!({"AttributeName": name, "AttributeType": "S"});
    let key = |name: &str, kind: &str| json!({"AttributeName": name, "KeyType": kind});
    let keys = |hash: &str, range: &str| json!([key(hash, "HASH"), key(range, "RANGE")]);
    // With more than keys in it, each write of a row is paid for twice.
    let only = json!({"ProjectionType": "KEYS_ONLY"});
    let index = |name: &str, keys: Value| json!({"IndexName": name, "KeySchema": keys, "Projection": only});
    let due = json!([index("due", keys("due_shard", "due_at"))]);
    let check = |template: &Value| {
        let mut complaints = Vec::new();
        for (name, table) in on_aws(template).of(TABLE) {
            let indexed = matches!(name, "TokensTable" | "StreamsTable" | "AgendaTable");
            let mut attributes = vec![text("pk"), text("sk")];
            if indexed {
                attributes.extend([text("due_shard"), text("due_at")]);
            }
            let right = table["KeySchema"] == keys("pk", "sk")
                && table["AttributeDefinitions"] == json!(attributes)
                && table["GlobalSecondaryIndexes"] == if indexed { due.clone() } else { Value::Null }
                && table.get("LocalSecondaryIndexes").is_none()
                && table.get("StreamSpecification").is_none();
            expect(&mut complaints, right, format!("{name} has other keys, indexes or a stream"));
        }
        complaints
    };
    let projection = "Resources/StreamsTable/Properties/GlobalSecondaryIndexes/0/Projection/ProjectionType";
    let by_token = index("by_token", keys("refresh_token", "sk"));
    promise(
        check,
        vec![
            push("Resources/TokensTable/Properties/GlobalSecondaryIndexes", by_token),
            remove("Resources/StreamsTable/Properties/GlobalSecondaryIndexes"),
            remove("Resources/AgendaTable/Properties/GlobalSecondaryIndexes"),
            set(projection, json!("ALL")),
            set("Resources/ConnectionsTable/Properties/KeySchema", keys("seller", "sk")),
            set(
                "Resources/TokensTable/Properties/StreamSpecification",
                json!({"StreamViewType": "NEW_IMAGE"}),
            ),
        ],
    );
}

#[test]
fn what_cannot_be_made_again_outlives_the_stack() {
    let check = |template: &Value| {
        let mut complaints = Vec::new();
        for (name, resource) in on_aws(template).all() {
            let table = resource["Type"] == TABLE;
            let other = ["AWS::KMS::Key", "AWS::S3::Bucket", "AWS::SecretsManager::Secret"];
            let holds = table || other.iter().any(|kind| resource["Type"] == *kind);
            if !holds || FORGETTABLE.contains(&name) {
                continue;
            }
            for policy in ["DeletionPolicy", "UpdateReplacePolicy"] {
                expect(
                    &mut complaints,
                    resource[policy] == "Retain",
                    format!("{name} has no {policy}: Retain"),
                );
            }
            let protected = !table || resource["Properties"]["DeletionProtectionEnabled"] == true;
            expect(&mut complaints, protected, format!("{name} can be deleted by hand"));
        }
        complaints
    };
    promise(
        check,
        vec![
            remove("Resources/VaultKey/DeletionPolicy"),
            remove("Resources/AgendaTable/UpdateReplacePolicy"),
            set("Resources/AgendaTable/Properties/DeletionProtectionEnabled", json!(false)),
            add("AWS::KMS::Key", json!({})),
            set("Resources/LakeBucket/DeletionPolicy", json!("Delete")),
            set("Resources/TokensTable/DeletionPolicy", json!("Snapshot")),
            set("Resources/ConnectionsTable/Properties/DeletionProtectionEnabled", json!(false)),
            add("AWS::S3::Bucket", json!({})),
        ],
    );
}
