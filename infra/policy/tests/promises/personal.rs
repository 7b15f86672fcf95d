//! Buyers' data: a place, a key and a life of its own.

use crate::changes::{push, remove, set, statements};
use crate::permissions::PERSONAL_POLICY;
use crate::policies::rows;
use crate::template::{list, on_aws, show};
use crate::{expect, promise};
use sellerport_core::deliver::PERSONAL;
use sellerport_core::domains::DOMAINS;
use serde_json::{Value, json};

/// Amazon's Data Protection Policy: "no longer than 30 days after order delivery". What is fetched was not shipped yet
/// when it landed, so 30 days after landing are never later than that.
const LONGEST_AFTER_LANDING_DAYS: u64 = 30;
/// S3 carries out a rule at the midnight (UTC) after its days: up to a day later, for an object and again for what is
/// then its older version (docs.aws.amazon.com/AmazonS3, "Lifecycle configuration elements").
const MIDNIGHTS_DAYS: u64 = 2;

/// A24, I14: from landing until no version of it is left.
#[test]
fn buyers_data_is_gone_within_thirty_days_of_its_landing_with_all_its_versions() {
    let place = format!("{PERSONAL}/");
    let check = |template: &Value| {
        let stack = on_aws(template);
        let bucket = stack.properties("LakeBucket");
        let rules = list(&bucket["LifecycleConfiguration"]["Rules"]);
        let active = rules.into_iter().filter(|rule| {
            let covers = rule["Prefix"].as_str().is_none_or(|prefix| place.starts_with(prefix));
            // A rule for some objects only is none for all of them.
            let others = ["TagFilters", "ObjectSizeGreaterThan", "ObjectSizeLessThan"];
            rule["Status"] == "Enabled" && covers && others.iter().all(|filter| rule.get(filter).is_none())
        });
        let active: Vec<_> = active.collect();
        let soonest = |days: &str| active.iter().filter_map(|rule| rule.pointer(days)?.as_u64()).min();
        let ends = soonest("/ExpirationInDays");
        let older = soonest("/NoncurrentVersionExpiration/NoncurrentDays");
        let kept = active.iter().any(|rule| {
            rule["NoncurrentVersionExpiration"].get("NewerNoncurrentVersions").is_some()
                && rule.get("Prefix").is_some()
        });
        let life = ends.zip(older).map(|(ends, older)| ends + older + MIDNIGHTS_DAYS);
        let mut complaints = Vec::new();
        let right = life.is_some_and(|life| life <= LONGEST_AFTER_LANDING_DAYS) && !kept;
        expect(&mut complaints, right, format!("{place} lives {life:?} days"));
        complaints
    };
    let rule = "Resources/LakeBucket/Properties/LifecycleConfiguration/Rules/[end-personal-data]";
    promise(
        check,
        vec![
            remove(rule),
            set(&format!("{rule}/Status"), json!("Disabled")),
            set(&format!("{rule}/Prefix"), json!("pii/domain=orders/")),
            set(&format!("{rule}/TagFilters"), json!([{"Key": "old", "Value": "yes"}])),
            set(&format!("{rule}/ExpirationInDays"), json!(26)),
            remove(&format!("{rule}/ExpirationInDays")),
            set(&format!("{rule}/NoncurrentVersionExpiration/NoncurrentDays"), json!(4)),
            set(&format!("{rule}/NoncurrentVersionExpiration/NewerNoncurrentVersions"), json!(1)),
            remove(&format!("{rule}/NoncurrentVersionExpiration")),
        ],
    );
}

#[test]
fn one_function_seals_buyers_data_and_none_opens_it() {
    let check = |template: &Value| {
        let stack = on_aws(template);
        let mut complaints = Vec::new();
        for row in rows(&stack) {
            let personal: Vec<_> = DOMAINS.iter().filter(|domain| domain.personal).collect();
            let own = |function: &str, what: &dyn Fn(&str) -> String| {
                personal.iter().any(|domain| {
                    function == format!("Fetch{}Function", domain.name) && row.resource == what(domain.name)
                })
            };
            let place = format!("LakeBucket/{PERSONAL}/");
            let right = match row.action.as_str() {
                "s3:DeleteObject" | "s3:DeleteObjectVersion" => row.function == "EraseFunction",
                "s3:PutObject" => own(&row.function, &|name| format!("{place}domain={name}/*")),
                "kms:GenerateDataKey" => own(&row.function, &|_| "PersonalKey".to_owned()),
                _ => false,
            };
            let about = row.resource.starts_with(&place) || row.resource == "PersonalKey";
            expect(&mut complaints, right || !about, row.to_string());
        }
        let told = |name: &str, function: &Value| {
            let key = show(&function["Environment"]["Variables"]["PERSONAL_KEY_ID"]);
            (key == "PersonalKey") == name.starts_with("Fetch")
        };
        for (name, function) in stack.functions() {
            expect(&mut complaints, told(name, function), format!("{name} is told another key"));
        }
        complaints
    };
    let policy = format!("Resources/{PERSONAL_POLICY}/Properties");
    let granted = format!("{policy}/PolicyDocument/Statement");
    let key = json!({"Fn::GetAtt": "PersonalKey.Arn"});
    let opens = json!({"Effect": "Allow", "Action": "kms:Decrypt", "Resource": key});
    let reads = json!({"Fn::Sub": "${LakeBucket.Arn}/pii/*"});
    let reads = json!({"Effect": "Allow", "Action": "s3:GetObject", "Resource": reads});
    promise(
        check,
        vec![
            push(&granted, opens.clone()),
            push(&statements("ConsoleRole"), opens),
            push(&statements("ConsoleRole"), reads),
            push(&format!("{policy}/Roles"), json!({"Ref": "FetchordersRole"})),
            set(&format!("{granted}/[SealBuyersData]/Action"), json!(["kms:GenerateDataKey", "kms:Encrypt"])),
            set(
                &format!("{granted}/[DeliverBuyersData]/Resource"),
                json!({"Fn::Sub": "${LakeBucket.Arn}/pii/*"}),
            ),
            set(
                "Resources/FetchbuyersFunction/Properties/Environment/Variables/PERSONAL_KEY_ID",
                json!({"Ref": "VaultKey"}),
            ),
            remove("Resources/FetchbuyersFunction/Properties/Environment/Variables/PERSONAL_KEY_ID"),
        ],
    );
}

#[test]
fn the_key_of_buyers_data_is_administered_without_use_used_through_s3_alone_and_outlives_the_stack() {
    let check = |template: &Value| {
        let stack = on_aws(template);
        let mut complaints = Vec::new();
        let whole = &template["Resources"]["PersonalKey"];
        let stays = whole["DeletionPolicy"] == "Retain" && whole["UpdateReplacePolicy"] == "Retain";
        expect(&mut complaints, stays, "it goes with the stack");
        for statement in list(&stack.properties("PersonalKey")["KeyPolicy"]["Statement"]) {
            let through = show(&statement["Condition"]["StringEquals"]["kms:ViaService"]);
            let only = statement["Condition"].as_object().is_some_and(|all| all.len() == 1);
            let s3 = only && through == "s3.AWS::Region.AWS::URLSuffix";
            for action in list(&statement["Action"]).into_iter().map(show) {
                let right = match action.as_str() {
                    "kms:GenerateDataKey" | "kms:Decrypt" => s3,
                    _ => crate::keys::administers(&action),
                };
                expect(&mut complaints, right, format!("{action} in {}", statement["Sid"]));
            }
            let who = show(&statement["Principal"]["AWS"]);
            let own = who == "arn:AWS::Partition:iam::AWS::AccountId:root";
            expect(&mut complaints, own, format!("{who} in {}", statement["Sid"]));
        }
        complaints
    };
    let policy = "Resources/PersonalKey/Properties/KeyPolicy/Statement";
    let using = format!("{policy}/[SealAndOpenThroughS3Alone]");
    promise(
        check,
        vec![
            remove(&format!("{using}/Condition")),
            set(
                &format!("{using}/Condition/StringEquals/kms:ViaService"),
                json!("sqs.eu-central-1.amazonaws.com"),
            ),
            set(
                &format!("{using}/Action"),
                json!(["kms:GenerateDataKey", "kms:Decrypt", "kms:ReEncryptFrom"]),
            ),
            set(&format!("{policy}/[AdministerWithoutUse]/Action/0"), json!("kms:Decrypt")),
            set(&format!("{policy}/[AdministerWithoutUse]/Principal"), json!({"AWS": "123456789012"})),
            remove("Resources/PersonalKey/DeletionPolicy"),
            set("Resources/PersonalKey/UpdateReplacePolicy", json!("Delete")),
        ],
    );
}
