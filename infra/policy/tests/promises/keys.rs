//! The key that seals the tokens, and the application's secret.

use crate::changes::{remove, set};
use crate::template::{list, on_aws, show};
use crate::{expect, promise};
use serde_json::{Value, json};

/// How long AWS waits before it deletes a key: the longest there is.
const PENDING_WINDOW_DAYS: u64 = 30;

/// A07
#[test]
fn the_key_rotates_and_is_slow_to_die() {
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
        expect(&mut complaints, stack.of("AWS::KMS::Key").count() == 1, "there is one key");
        complaints
    };
    promise(
        check,
        vec![
            set("Resources/VaultKey/Properties/EnableKeyRotation", json!(false)),
            remove("Resources/VaultKey/Properties/EnableKeyRotation"),
            set("Resources/VaultKey/Properties/PendingWindowInDays", json!(7)),
            set("Resources/VaultKey/Properties/MultiRegion", json!(true)),
            remove("Resources/VaultKey"),
        ],
    );
}

const STATEMENTS: &str = "Resources/VaultKey/Properties/KeyPolicy/Statement";

/// A08
#[test]
fn nobody_uses_the_key_without_naming_a_tenant_and_a_purpose() {
    // With these one administers a key; none of them reads or seals anything.
    let administers = ["kms:Create", "kms:Delete", "kms:Describe", "kms:Get", "kms:List", "kms:Put"];
    let administers_also = [
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
    let named =
        json!({"Null": {"kms:EncryptionContext:tenant": "false", "kms:EncryptionContext:purpose": "false"}});
    let check = |template: &Value| {
        let stack = on_aws(template);
        let mut complaints = Vec::new();
        for statement in list(&stack.properties("VaultKey")["KeyPolicy"]["Statement"]) {
            for action in list(&statement["Action"]).into_iter().map(show) {
                let administers = administers_also.contains(&action.as_str())
                    || (administers.iter().any(|verb| action.starts_with(verb))
                        && action != "kms:CreateGrant");
                let right = match action.as_str() {
                    _ if action.contains('*') => false,
                    "kms:Encrypt" | "kms:Decrypt" => statement["Condition"] == named,
                    _ => administers,
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
        for (name, resource) in stack.all() {
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
        ],
    );
}

/// A22
#[test]
fn the_template_holds_no_secret_and_makes_only_a_placeholder() {
    let check = |template: &Value| {
        let stack = on_aws(template);
        let mut complaints = Vec::new();
        for (name, secret) in stack.of("AWS::SecretsManager::Secret") {
            expect(&mut complaints, secret.get("SecretString").is_none(), format!("{name} is written out"));
            let generated = secret["GenerateSecretString"]["GenerateStringKey"] == "client_secret";
            expect(&mut complaints, generated, format!("{name} has no placeholder"));
        }
        for (name, resource) in stack.all() {
            let shared = resource["Type"] == "AWS::SecretsManager::ResourcePolicy";
            expect(&mut complaints, !shared, format!("{name} lets others at a secret"));
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
            set("Resources/AppSecret/Properties/SecretString", json!("{}")),
            remove("Resources/AppSecret/Properties/GenerateSecretString"),
            crate::changes::add("AWS::SecretsManager::ResourcePolicy", json!({})),
            set("Parameters/AmazonApplicationId/Default", json!("amzn1.oa2-cs.v1.0000")),
            set("Parameters/ClientSecret", json!({"Type": "String", "NoEcho": true})),
        ],
    );
}
