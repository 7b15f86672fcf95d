//! The lake: nobody from outside, nothing unencrypted, no copies kept for ever.

use crate::changes::{add, remove, set};
use crate::template::{list, on_aws, show};
use crate::{expect, promise};
use serde_json::{Value, json};

const BUCKET: &str = "AWS::S3::Bucket";

/// Longest life of a copy that nobody asked for: Amazon's bound for personal data after delivery, kept here for
/// all data (A24). In days.
const LONGEST_COPY_DAYS: u64 = 30;

#[test]
fn the_bucket_is_closed_encrypted_and_keeps_older_versions() {
    let check = |template: &Value| {
        let mut complaints = Vec::new();
        for (name, bucket) in on_aws(template).of(BUCKET) {
            for way in ["BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"] {
                let blocked = bucket["PublicAccessBlockConfiguration"][way] == true;
                expect(&mut complaints, blocked, format!("{name}: no {way}"));
            }
            let owned =
                bucket["OwnershipControls"]["Rules"] == json!([{"ObjectOwnership": "BucketOwnerEnforced"}]);
            expect(&mut complaints, owned, format!("{name} has access lists"));
            let rules = list(&bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]);
            let sealed = rules.iter().any(|rule| {
                let how = &rule["ServerSideEncryptionByDefault"]["SSEAlgorithm"];
                *how == "AES256" || *how == "aws:kms"
            });
            expect(&mut complaints, sealed, format!("{name} is not encrypted"));
            let versions = bucket["VersioningConfiguration"]["Status"] == "Enabled";
            expect(&mut complaints, versions, format!("{name} overwrites for good"));
            for opening in
                ["AccessControl", "WebsiteConfiguration", "CorsConfiguration", "ReplicationConfiguration"]
            {
                expect(&mut complaints, bucket.get(opening).is_none(), format!("{name} has a {opening}"));
            }
        }
        complaints
    };
    let lake = "Resources/LakeBucket/Properties";
    promise(
        check,
        vec![
            set(&format!("{lake}/PublicAccessBlockConfiguration/BlockPublicPolicy"), json!(false)),
            remove(&format!("{lake}/PublicAccessBlockConfiguration")),
            remove(&format!("{lake}/OwnershipControls")),
            remove(&format!("{lake}/BucketEncryption")),
            set(&format!("{lake}/VersioningConfiguration/Status"), json!("Suspended")),
            set(&format!("{lake}/AccessControl"), json!("PublicRead")),
            add(BUCKET, json!({})),
        ],
    );
}

#[test]
fn the_bucket_refuses_plain_http() {
    let check = |template: &Value| {
        let stack = on_aws(template);
        let mut complaints = Vec::new();
        for (name, _) in stack.of(BUCKET) {
            let refuses = stack.of("AWS::S3::BucketPolicy").any(|(_, policy)| {
                let mine = show(&policy["Bucket"]) == name;
                mine && list(&policy["PolicyDocument"]["Statement"]).into_iter().any(|statement| {
                    let resources: Vec<_> = list(&statement["Resource"]).into_iter().map(show).collect();
                    statement["Effect"] == "Deny"
                        && statement["Principal"] == "*"
                        && statement["Action"] == "s3:*"
                        && statement["Condition"] == json!({"Bool": {"aws:SecureTransport": "false"}})
                        && resources == [name.to_owned(), format!("{name}/*")]
                })
            });
            expect(&mut complaints, refuses, format!("{name} may be used without TLS"));
        }
        complaints
    };
    let statement = "Resources/TlsOnlyLake/Properties/PolicyDocument/Statement/0";
    promise(
        check,
        vec![
            remove("Resources/TlsOnlyLake"),
            set(&format!("{statement}/Resource"), json!({"Fn::GetAtt": "LakeBucket.Arn"})),
            set(&format!("{statement}/Effect"), json!("Allow")),
            set(&format!("{statement}/Condition/Bool/aws:SecureTransport"), json!("true")),
            set("Resources/TlsOnlyLake/Condition", json!("HasOwnOrigin")),
        ],
    );
}

/// A24
#[test]
fn copies_that_nobody_asked_for_are_gone_within_thirty_days() {
    let check = |template: &Value| {
        let stack = on_aws(template);
        let mut complaints = Vec::new();
        for (name, bucket) in stack.of(BUCKET) {
            let rules = list(&bucket["LifecycleConfiguration"]["Rules"]);
            let life = |group: &str, days: &str| {
                let active =
                    rules.iter().filter(|rule| rule["Status"] == "Enabled" && rule.get("Prefix").is_none());
                active.filter_map(|rule| rule[group][days].as_u64()).min().unwrap_or(u64::MAX)
            };
            let older = life("NoncurrentVersionExpiration", "NoncurrentDays");
            expect(&mut complaints, older <= LONGEST_COPY_DAYS, format!("{name} keeps older versions"));
            let parts = life("AbortIncompleteMultipartUpload", "DaysAfterInitiation");
            expect(&mut complaints, parts <= LONGEST_COPY_DAYS, format!("{name} keeps cut-off uploads"));
        }
        expect(&mut complaints, stack.of(BUCKET).count() == 1, "there is one bucket");
        complaints
    };
    let rules = "Resources/LakeBucket/Properties/LifecycleConfiguration/Rules";
    promise(
        check,
        vec![
            set(
                &format!("{rules}/[forget-old-versions]/NoncurrentVersionExpiration/NoncurrentDays"),
                json!(31),
            ),
            set(&format!("{rules}/[forget-old-versions]/Status"), json!("Disabled")),
            remove(&format!("{rules}/[forget-cut-off-uploads]")),
            set(&format!("{rules}/[forget-old-versions]/Prefix"), json!("elsewhere/")),
        ],
    );
}

/// Amazon's Data Protection Policy: a seller's data 18 months, counted here as the shortest 18 months there are.
const LONGEST_LIFE_DAYS: u64 = 365 + 181;
/// From landing to the last table made of it: two days, a few hours, and a day for what failed.
const UNTIL_TABLES_DAYS: u64 = 4;
/// S3 rounds the end of a life up to the next midnight in UTC, for the object and for its older version.
const ROUNDED_DAYS: u64 = 2;

/// A24: from landing until nothing of it is left. For buyers' data personal.rs holds it.
#[test]
fn records_and_tables_end_within_eighteen_months() {
    let check = |template: &Value| {
        let stack = on_aws(template);
        let most = &template["Parameters"]["RecordDays"];
        let mut complaints = Vec::new();
        let bounded = most["Default"].as_u64() <= most["MaxValue"].as_u64();
        expect(&mut complaints, bounded, "by default RecordDays is more than its most");
        for (name, bucket) in stack.of(BUCKET) {
            let rules = list(&bucket["LifecycleConfiguration"]["Rules"]);
            let active: Vec<_> = rules.into_iter().filter(|rule| rule["Status"] == "Enabled").collect();
            for (prefix, before, longest) in [
                ("records/", 0, LONGEST_LIFE_DAYS),
                ("aside/", 0, LONGEST_LIFE_DAYS),
                ("tables/", UNTIL_TABLES_DAYS, LONGEST_LIFE_DAYS),
            ] {
                let covers = |rule: &&&Value| rule["Prefix"].as_str().is_none_or(|of| prefix.starts_with(of));
                let days = |value: &Value| match value["Ref"] == "RecordDays" {
                    true => most["MaxValue"].as_u64(),
                    false => value.as_u64(),
                };
                let of = |place: &str| {
                    active.iter().filter(covers).filter_map(|rule| days(rule.pointer(place)?)).min()
                };
                let (ends, older) =
                    (of("/ExpirationInDays"), of("/NoncurrentVersionExpiration/NoncurrentDays"));
                let life = ends.zip(older).map(|(ends, older)| before + ends + older + ROUNDED_DAYS);
                let right = life.is_some_and(|life| life <= longest);
                expect(&mut complaints, right, format!("{name}: {prefix} lives {life:?} days"));
            }
        }
        complaints
    };
    let rules = "Resources/LakeBucket/Properties/LifecycleConfiguration/Rules";
    promise(
        check,
        vec![
            set("Parameters/RecordDays/MaxValue", json!(548)),
            set("Parameters/RecordDays/Default", json!(511)),
            remove(&format!("{rules}/[end-records]")),
            remove(&format!("{rules}/[end-lines-aside]")),
            set(&format!("{rules}/[end-tables]/Status"), json!("Disabled")),
            set(&format!("{rules}/[end-tables]/Prefix"), json!("tables/orders/")),
        ],
    );
}
