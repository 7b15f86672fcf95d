//! The keys, and that no secret is in the template.

use crate::changes::{add, remove, set};
use crate::template::{list, on_aws, show};
use crate::{expect, promise};
use serde_json::{Value, json};

/// How long AWS waits before it deletes a key: the longest there is.
const PENDING_WINDOW_DAYS: u64 = 30;

/// A07
#[test]
fn the_keys_rotate_and_are_slow_to_die() {
    let check = |template: &Value| {
        let stack = on_aws(template);
        let mut complaints = Vec::new();
        for (name, key) in stack.of("AWS::KMS::Key") {
            expect(&mut complaints, key["EnableKeyRotation"] == true, format!("{name} does not rotate"));
            let window = &key["PendingWindowInDays"];
            expect(
                &mut complaints,
                *window == PENDING_WINDOW_DAYS,
                format!("{name} dies after {window} days"),
            );
            let symmetric = key.get("KeySpec").is_none() && key.get("MultiRegion").is_none();
            expect(&mut complaints, symmetric, format!("{name} is not a plain key of this region"));
        }
        let keys: Vec<_> = stack.of("AWS::KMS::Key").map(|(name, _)| name).collect();
        expect(
            &mut complaints,
            keys == ["PersonalKey", "SecretQueueKey", "VaultKey"],
            format!("the keys are {keys:?}"),
        );
        complaints
    };
    promise(
        check,
        vec![
            set("Resources/VaultKey/Properties/EnableKeyRotation", json!(false)),
            remove("Resources/VaultKey/Properties/EnableKeyRotation"),
            set("Resources/VaultKey/Properties/PendingWindowInDays", json!(7)),
            set("Resources/VaultKey/Properties/MultiRegion", json!(true)),
            set("Resources/SecretQueueKey/Properties/EnableKeyRotation", json!(false)),
            set("Resources/SecretQueueKey/Properties/PendingWindowInDays", json!(7)),
            set("Resources/PersonalKey/Properties/EnableKeyRotation", json!(false)),
            set("Resources/PersonalKey/Properties/PendingWindowInDays", json!(7)),
            remove("Resources/VaultKey"),
            add(
                "AWS::KMS::Key",
                json!({"EnableKeyRotation": true, "PendingWindowInDays": PENDING_WINDOW_DAYS}),
            ),
        ],
    );
}

/// Whether one only administers a key with this: reads, seals and passes on nothing.
pub(crate) fn administers(action: &str) -> bool {
    let verbs = ["kms:Create", "kms:Delete", "kms:Describe", "kms:Get", "kms:List", "kms:Put"];
    let others = [
        "kms:CancelKeyDeletion",
        "kms:DisableKey",
        "kms:EnableKey",
        "kms:EnableKeyRotation",
        "kms:RotateKeyOnDemand",
        "kms:ScheduleKeyDeletion",
        "kms:TagResource",
        "kms:UntagResource",
        "kms:UpdateAlias",
        "kms:UpdateKeyDescription",
    ];
    let verb = verbs.iter().any(|verb| action.starts_with(verb)) && action != "kms:CreateGrant";
    !action.contains('*') && (verb || others.contains(&action))
}

const STATEMENTS: &str = "Resources/VaultKey/Properties/KeyPolicy/Statement";

/// A08
#[test]
fn nobody_uses_the_key_without_naming_a_tenant_and_a_purpose() {
    let named =
        json!({"Null": {"kms:EncryptionContext:tenant": "false", "kms:EncryptionContext:purpose": "false"}});
    let check = |template: &Value| {
        let stack = on_aws(template);
        let mut complaints = Vec::new();
        for statement in list(&stack.properties("VaultKey")["KeyPolicy"]["Statement"]) {
            for action in list(&statement["Action"]).into_iter().map(show) {
                let right = match action.as_str() {
                    _ if action.contains('*') => false,
                    "kms:Encrypt" | "kms:Decrypt" => statement["Condition"] == named,
                    _ => administers(&action),
                };
                expect(&mut complaints, right, format!("{action} in {}", statement["Sid"]));
            }
            let inverted = statement.get("NotAction").is_some() || statement.get("NotPrincipal").is_some();
            expect(&mut complaints, !inverted, format!("{} says who or what not", statement["Sid"]));
        }
        complaints
    };
    let using = format!("{STATEMENTS}/[UseForANamedTenantAndPurpose]");
    let administering = format!("{STATEMENTS}/[AdministerWithoutUse]/Action/0");
    promise(
        check,
        vec![
            remove(&format!("{using}/Condition")),
            remove(&format!("{using}/Condition/Fn::If/1/Null/kms:EncryptionContext:tenant")),
            set(&format!("{using}/Action"), json!(["kms:Encrypt", "kms:Decrypt", "kms:ReEncryptFrom"])),
            set(&administering, json!("kms:*")),
            set(&administering, json!("kms:Decrypt")),
            set(&administering, json!("kms:CreateGrant")),
            set(&format!("{STATEMENTS}/[AdministerWithoutUse]/NotPrincipal"), json!("*")),
        ],
    );
}

/// A09
#[test]
fn no_policy_of_a_resource_allows_everybody() {
    let check = |template: &Value| {
        let stack = on_aws(template);
        let mut complaints = Vec::new();
        // The policy of a role speaks of the role, and names no principal.
        for (name, resource) in stack.all().filter(|(_, resource)| resource["Type"] != "AWS::IAM::Policy") {
            let properties = &resource["Properties"];
            for policy in ["KeyPolicy", "PolicyDocument", "ResourcePolicy"].map(|policy| &properties[policy])
            {
                for statement in list(&policy["Statement"]) {
                    let principal = &statement["Principal"];
                    let everybody = *principal == "*" || list(&principal["AWS"]).contains(&&json!("*"));
                    let right = statement["Effect"] == "Deny" || !(everybody || principal.is_null());
                    expect(&mut complaints, right, format!("{name} allows everybody"));
                }
            }
        }
        complaints
    };
    promise(
        check,
        vec![
            set(&format!("{STATEMENTS}/[AdministerWithoutUse]/Principal"), json!("*")),
            set(&format!("{STATEMENTS}/[AdministerWithoutUse]/Principal"), json!({"AWS": ["*"]})),
            remove(&format!("{STATEMENTS}/[AdministerWithoutUse]/Principal")),
            set("Resources/TlsOnlyLake/Properties/PolicyDocument/Statement/0/Effect", json!("Allow")),
            set("Resources/TlsOnlyQueues/Properties/PolicyDocument/Statement/0/Effect", json!("Allow")),
            set("Resources/FetchordersTlsOnly/Properties/PolicyDocument/Statement/0/Effect", json!("Allow")),
        ],
    );
}

/// A22
#[test]
fn the_template_holds_no_secret_and_makes_none() {
    let check = |template: &Value| {
        let stack = on_aws(template);
        let mut complaints = Vec::new();
        // The function `rotate` makes the applications' secrets; a deploy must neither know nor overwrite one.
        for (name, resource) in stack.all() {
            let kind = resource["Type"].as_str().unwrap_or_default();
            let secret = kind.starts_with("AWS::SecretsManager::") || kind.starts_with("AWS::SSM::");
            expect(&mut complaints, !secret, format!("{name} is a {kind}"));
        }
        // How Amazon's secrets and tokens, and AWS's keys, begin.
        let text = template.to_string();
        for beginning in ["Atzr|", "Atza|", "amzn1.oa2-cs", "AKIA", "ASIA", "BEGIN PRIVATE"] {
            expect(&mut complaints, !text.contains(beginning), format!("{beginning} in the template"));
        }
        let parameters = template["Parameters"].as_object().into_iter().flatten();
        for (name, _) in parameters {
            let lower = name.to_lowercase();
            let right = !["secret", "token", "password"].iter().any(|word| lower.contains(word));
            expect(&mut complaints, right, format!("a secret as parameter: {name}"));
        }
        complaints
    };
    promise(
        check,
        vec![
            add("AWS::SecretsManager::Secret", json!({"GenerateSecretString": {}})),
            add("AWS::SecretsManager::ResourcePolicy", json!({})),
            add("AWS::SSM::Parameter", json!({})),
            set("Parameters/HomeTenant/Default", json!("amzn1.oa2-cs.v1.0000")),
            set("Parameters/ClientSecret", json!({"Type": "String", "NoEcho": true})),
        ],
    );
}
