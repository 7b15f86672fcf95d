//! Who opens and seals tokens, who reads and writes client secrets, and who can do neither.

use crate::changes::{push, remove, set, statements};
use crate::permissions::SECRETS;
use crate::policies::{Row, rows};
use crate::template::{deployed, on_aws, show};
use crate::{expect, promise};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A stack's parameters, the keys that open, the key that seals. The first is the one on AWS with nothing given.
type Keys = (&'static [(&'static str, &'static str)], &'static [&'static str], &'static str);
const OTHER: (&str, &str) = ("VaultKeyArn", "arn:aws:kms:eu-central-1:123456789012:key/other");
const PREVIOUS: (&str, &str) = ("PreviousVaultKeyArn", "arn:aws:kms:eu-central-1:123456789012:key/before");
const KEYS: [Keys; 4] = [
    (&[], &["VaultKey"], "VaultKey"),
    (&[OTHER], &["VaultKeyArn"], "VaultKeyArn"),
    (&[PREVIOUS], &["PreviousVaultKeyArn", "VaultKey"], "VaultKey"),
    (&[OTHER, PREVIOUS], &["PreviousVaultKeyArn", "VaultKeyArn"], "VaultKeyArn"),
];

/// What a function may do with the vault: seal for these purposes, open for those.
fn vault_uses(function: &str) -> (&str, &str) {
    match function {
        "OauthFunction" => ("purpose=refresh,access,import", ""),
        "RefreshFunction" => ("purpose=refresh,access,import", "purpose=refresh,import"),
        "CallFunction" => ("purpose=access", "purpose=access"),
        "NotifyFunction" => ("", "purpose=access"),
        fetch if fetch.starts_with("Fetch") => ("", "purpose=access"),
        _ => ("", ""),
    }
}

/// The roles that open no refresh token and no token of an import.
const ROLES: [&str; 9] = [
    "OauthRole",
    "ConsoleRole",
    "DispatchRole",
    "RotateRole",
    "NotifyRole",
    "EraseRole",
    "ShapeRole",
    "FetchordersRole",
    "CallRole",
];

#[test]
fn refresh_tokens_are_sealed_by_two_functions_and_opened_by_one() {
    let check = |template: &Value| {
        let mut complaints = Vec::new();
        for (given, opening, sealing) in KEYS {
            let stack = deployed(template, given);
            let rows = rows(&stack);
            for (function, properties) in stack.functions() {
                let (seals, opens) = vault_uses(function);
                // The messages with new client secrets have another key (secret_queue.rs), and so has buyers'
                // data (personal.rs).
                let other = |row: &Row| ["SecretQueueKey", "PersonalKey"].contains(&row.resource.as_str());
                let kms = |row: &&Row| row.function == function && row.service() == "kms" && !other(row);
                let found: BTreeSet<_> = rows.iter().filter(kms).cloned().collect();
                let row = |action: &str, resource: &str, condition: &str| Row {
                    function: function.to_owned(),
                    action: action.to_owned(),
                    resource: resource.to_owned(),
                    condition: condition.to_owned(),
                };
                let seal = (!seals.is_empty()).then(|| row("kms:Encrypt", sealing, seals));
                let open =
                    opening.iter().filter(|_| !opens.is_empty()).map(|key| row("kms:Decrypt", key, opens));
                let wanted: BTreeSet<_> = seal.into_iter().chain(open).collect();
                let wrong = found.symmetric_difference(&wanted);
                complaints.extend(wrong.map(|row| format!("with {given:?}, too much or missing: {row}")));
                let told = properties["Environment"]["Variables"].get("VAULT_KEY_ID").map(show);
                let right = told == (!wanted.is_empty()).then(|| sealing.to_owned());
                expect(&mut complaints, right, format!("{function} is told the key {told:?}"));
            }
        }
        complaints
    };
    let fetch = statements("FetchordersRole");
    let opens = format!("{}/[OpenRefreshTokens]", statements("RefreshRole"));
    let purposes = "Condition/Fn::If/1/StringEquals/kms:EncryptionContext:purpose";
    let decrypts = |role: &str, condition: Value| {
        let vault = json!({"Fn::GetAtt": "VaultKey.Arn"});
        let mut statement = json!({"Effect": "Allow", "Action": "kms:Decrypt", "Resource": vault});
        statement["Condition"] = condition;
        push(&statements(role), statement)
    };
    let bound = |purpose: &str| json!({"StringEquals": {"kms:EncryptionContext:purpose": [purpose]}});
    let mut broken = vec![
        set(&format!("{fetch}/[OpenAccessTokens]/{purposes}"), json!(["access", "refresh"])),
        set(&format!("{fetch}/[OpenAccessTokens]/{purposes}"), json!(["access", "import"])),
        set(&format!("{fetch}/[OpenAccessTokens]/{purposes}"), json!(["refresh"])),
        remove(&format!("{fetch}/[OpenAccessTokens]/Condition")),
        set(
            &format!("{}/[SealTokens]/Action", statements("OauthRole")),
            json!(["kms:Encrypt", "kms:Decrypt"]),
        ),
        set(&format!("{opens}/{purposes}"), json!(["access", "refresh"])),
        set(&format!("{opens}/Resource"), json!("*")),
        push(&format!("{opens}/Resource"), json!({"Fn::Sub": "arn:aws:kms:*:*:key/*"})),
        // Only found where the parameter is given.
        set(&format!("{opens}/Resource/1/Fn::If/1"), json!("*")),
        set(&format!("{opens}/Resource/0/Fn::If/1"), json!("*")),
        set(
            &format!("{}/[SealTokens]/Resource/Fn::If/1", statements("OauthRole")),
            json!({"Ref": "PreviousVaultKeyArn"}),
        ),
        remove("Resources/RefreshFunction/Properties/Environment/Variables/VAULT_KEY_ID"),
        set(
            "Resources/RotateFunction/Properties/Environment/Variables/VAULT_KEY_ID",
            json!({"Ref": "VaultKey"}),
        ),
        set(
            &format!("{}/[OpenMessages]/Resource", statements("RotateRole")),
            json!({"Fn::GetAtt": "VaultKey.Arn"}),
        ),
        set(&format!("{}/[Audit]/Action", statements("ConsoleRole")), json!("kms:Decrypt")),
    ];
    for role in ROLES {
        broken.extend(["refresh", "import"].map(|purpose| decrypts(role, bound(purpose))));
        broken.push(decrypts(role, Value::Null));
    }
    promise(check, broken);
}

#[test]
fn client_secrets_are_read_by_three_functions_and_written_by_one() {
    let check = |template: &Value| {
        let stack = on_aws(template);
        let mut complaints = Vec::new();
        for row in rows(&stack).iter().filter(|row| row.service() == "secretsmanager") {
            let right = match row.action.as_str() {
                "secretsmanager:GetSecretValue" => {
                    ["OauthFunction", "RefreshFunction", "RotateFunction"].contains(&row.function.as_str())
                }
                "secretsmanager:CreateSecret" | "secretsmanager:PutSecretValue" => {
                    row.function == "RotateFunction"
                }
                _ => false,
            };
            expect(&mut complaints, right && row.resource == SECRETS, row.to_string());
        }
        complaints
    };
    promise(
        check,
        vec![
            set(
                &format!("{}/[Tokens]/Action", statements("FetchordersRole")),
                json!("secretsmanager:GetSecretValue"),
            ),
            set(
                &format!("{}/[Audit]/Action", statements("ConsoleRole")),
                json!("secretsmanager:GetSecretValue"),
            ),
            push(
                &statements("DispatchRole"),
                json!({
                    "Effect": "Allow",
                    "Action": "secretsmanager:GetSecretValue",
                    "Resource": {"Fn::Sub": "arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:${AWS::StackName}/application/*"},
                }),
            ),
            set(
                &format!("{}/[ApplicationSecrets]/Action", statements("RefreshRole")),
                json!(["secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"]),
            ),
            push(
                &format!("{}/[ApplicationSecrets]/Action", statements("RotateRole")),
                json!("secretsmanager:DeleteSecret"),
            ),
            set(
                &format!("{}/[ApplicationSecrets]/Resource", statements("RotateRole")),
                json!({"Fn::Sub": "arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:*"}),
            ),
        ],
    );
}

#[test]
fn dispatch_knows_no_key_no_secret_and_no_address_of_amazon() {
    let check = |template: &Value| {
        let stack = on_aws(template);
        let mut complaints = Vec::new();
        for row in rows(&stack).iter().filter(|row| row.function == "DispatchFunction") {
            let right = match row.service() {
                "dynamodb" | "sqs" | "logs" => true,
                // Events that were left behind.
                "events" => row.action == "events:PutEvents" && row.resource == "EventBus",
                _ => false,
            };
            expect(&mut complaints, right, row.to_string());
        }
        let variables = &stack.properties("DispatchFunction")["Environment"]["Variables"];
        for name in variables.as_object().into_iter().flat_map(|fields| fields.keys()) {
            let known = matches!(name.as_str(), "STACK_NAME" | "LOG_LEVEL" | "EVENT_BUS");
            expect(&mut complaints, known || name.starts_with("QUEUE_"), format!("dispatch is told {name}"));
        }
        complaints
    };
    let streams = format!("{}/[Streams]/Action", statements("DispatchRole"));
    let bus = format!("{}/[Announce]", statements("DispatchRole"));
    let variable = |name: &str| format!("Resources/DispatchFunction/Properties/Environment/Variables/{name}");
    promise(
        check,
        vec![
            set(&streams, json!("kms:Decrypt")),
            set(&streams, json!("secretsmanager:GetSecretValue")),
            set(&format!("{bus}/Action"), json!("events:PutRule")),
            set(&format!("{bus}/Resource"), json!("*")),
            set(&variable("AMAZON_OVERRIDE"), json!({"Ref": "AmazonOverride"})),
            set(&variable("VAULT_KEY_ID"), json!({"Fn::GetAtt": "VaultKey.Arn"})),
        ],
    );
}

#[test]
fn the_console_can_open_and_seal_nothing_and_sees_no_token() {
    let check = |template: &Value| {
        let stack = on_aws(template);
        let mut complaints = Vec::new();
        for row in rows(&stack).iter().filter(|row| row.function == "ConsoleFunction") {
            let right = match row.service() {
                "dynamodb" | "events" | "logs" => row.resource != "TokensTable",
                // Tasks hold no token; of the messages with client secrets it may know the number only.
                "sqs" => row.resource != "SecretQueue" || row.action == "sqs:GetQueueAttributes",
                _ => false,
            };
            expect(&mut complaints, right, row.to_string());
        }
        let told =
            stack.properties("ConsoleFunction")["Environment"]["Variables"].get("VAULT_KEY_ID").is_some();
        expect(&mut complaints, !told, "the console is told the key");
        complaints
    };
    let audit = format!("{}/[Audit]", statements("ConsoleRole"));
    promise(
        check,
        vec![
            set(&format!("{audit}/Action"), json!("kms:Encrypt")),
            set(&format!("{audit}/Resource"), json!({"Fn::GetAtt": "TokensTable.Arn"})),
            set(
                &format!("{}/[CountMessages]/Action", statements("ConsoleRole")),
                json!("sqs:ReceiveMessage"),
            ),
            set(&format!("{}/[CountMessages]/Action", statements("ConsoleRole")), json!("sqs:*")),
            push(
                &format!("{}/[TakeDeadLetters]/Resource", statements("ConsoleRole")),
                json!({"Fn::GetAtt": "SecretQueue.Arn"}),
            ),
            set(
                "Resources/ConsoleFunction/Properties/Environment/Variables/VAULT_KEY_ID",
                json!({"Fn::GetAtt": "VaultKey.Arn"}),
            ),
        ],
    );
}
