//! The queue on which Amazon delivers new client secrets: who may send, who may read, who may count, how long it
//! keeps them.

use crate::changes::{add, push, remove, set, statements};
use crate::keys::administers;
use crate::policies::rows;
use crate::template::{deployed, list, on_aws, show};
use crate::{expect, promise};
use serde_json::{Value, json};

/// Amazon's account for this, the only stranger of the stack
/// (developer-docs.amazon.com/sp-api, tutorial-grant-permission-to-sqs-queue).
const AMAZON_ACCOUNT: &str = "arn:${AWS::Partition}:iam::437568002678:root";
/// 4 days, in seconds. A secret's predecessor works 7 days after a rotation, so a message is of use until then.
const LONGEST_RETENTION: u64 = 345_600;

/// The place of the statement that lets a stranger send secrets in.
pub(crate) const AMAZON: &str =
    "Resources/AmazonMaySendSecrets/Properties/PolicyDocument/Statement/[AmazonSends]";

/// The same for notifications.
pub(crate) const NOTIFIES: &str =
    "Resources/AmazonMayNotify/Properties/PolicyDocument/Statement/[AmazonSends]";

/// That statement, whole.
pub(crate) fn amazon_sends(queue: &str) -> Value {
    json!({
        "Sid": "AmazonSends",
        "Effect": "Allow",
        "Principal": {"AWS": {"Fn::Sub": AMAZON_ACCOUNT}},
        "Action": ["sqs:SendMessage", "sqs:GetQueueAttributes"],
        "Resource": {"Fn::GetAtt": format!("{queue}.Arn")},
    })
}

#[test]
fn amazon_alone_sends_secrets_and_one_function_reads_them() {
    let check = |template: &Value| {
        let mut complaints = Vec::new();
        for emulator in ["no", "yes"] {
            let stack = deployed(template, &[("LocalEmulator", emulator)]);
            let policy = stack.properties("AmazonMaySendSecrets");
            let queues: Vec<_> = list(&policy["Queues"]).into_iter().map(show).collect();
            expect(&mut complaints, queues == ["SecretQueue"], format!("Amazon sends to {queues:?}"));
            let allowing: Vec<_> = list(&policy["PolicyDocument"]["Statement"])
                .into_iter()
                .filter(|statement| statement["Effect"] != "Deny")
                .collect();
            expect(
                &mut complaints,
                allowing == [&amazon_sends("SecretQueue")],
                "others may send, or Amazon may do more",
            );
            let about = |row: &&crate::policies::Row| row.resource == "SecretQueue";
            for row in rows(&stack).iter().filter(about) {
                let reads = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];
                let read = row.function == "RotateFunction" && reads.contains(&row.action.as_str());
                // The doctor sends a test, and cannot receive anything.
                let sends = ["sqs:SendMessage", "sqs:SendMessageBatch"].contains(&row.action.as_str());
                // The page of the queues shows how many wait.
                let counts = row.function == "ConsoleFunction" && row.action == "sqs:GetQueueAttributes";
                let right = read || counts || (row.function == "OauthFunction" && sends);
                expect(&mut complaints, right, row.to_string());
            }
            let readers: Vec<_> = stack
                .mappings()
                .filter(|(_, _, mapping)| show(&mapping["Queue"]) == "SecretQueue")
                .map(|(function, _, mapping)| (function, mapping["BatchSize"].as_u64()))
                .collect();
            expect(&mut complaints, readers == [("RotateFunction", Some(1))], format!("read by {readers:?}"));
        }
        complaints
    };
    let queue = json!({"Fn::GetAtt": "SecretQueue.Arn"});
    promise(
        check,
        vec![
            set(
                &format!("{AMAZON}/Principal/AWS/Fn::Sub"),
                json!("arn:${AWS::Partition}:iam::123456789012:root"),
            ),
            set(&format!("{AMAZON}/Principal"), json!("*")),
            set(&format!("{AMAZON}/Action"), json!("sqs:*")),
            push(&format!("{AMAZON}/Action"), json!("sqs:ReceiveMessage")),
            set(&format!("{AMAZON}/Effect"), json!("Deny")),
            push("Resources/AmazonMaySendSecrets/Properties/Queues", json!({"Ref": "ImportQueue"})),
            remove("Resources/AmazonMaySendSecrets"),
            push(&format!("{}/[OwnQueues]/Resource", statements("RefreshRole")), queue.clone()),
            set(
                &format!("{}/[TryTheSecretQueue]/Action", statements("OauthRole")),
                json!("sqs:ReceiveMessage"),
            ),
            push(&format!("{}/[OwnQueue]/Action", statements("RotateRole")), json!("sqs:SendMessage")),
            push(&format!("{}/[TakeDeadLetters]/Resource", statements("ConsoleRole")), queue.clone()),
            push(&format!("{}/[SendAgain]/Resource", statements("ConsoleRole")), queue.clone()),
            set(
                &format!("{}/[CountMessages]/Action", statements("ConsoleRole")),
                json!("sqs:ReceiveMessage"),
            ),
            set(
                "Resources/RefreshFunction/Properties/Events/Asked/Properties/Queue",
                json!({"Fn::GetAtt": "SecretQueue.Arn"}),
            ),
            set("Resources/RotateFunction/Properties/Events/Secret/Properties/BatchSize", json!(10)),
            remove("Resources/RotateFunction/Properties/Events"),
        ],
    );
}

#[test]
fn the_queue_of_secrets_has_a_key_of_its_own_that_works_through_the_queue_only() {
    let through_sqs =
        json!({"StringEquals": {"kms:ViaService": {"Fn::Sub": "sqs.${AWS::Region}.${AWS::URLSuffix}"}}});
    let amazon = json!({"AWS": {"Fn::Sub": AMAZON_ACCOUNT}});
    let own = json!({"AWS": {"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:root"}});
    let check = |template: &Value| {
        let stack = on_aws(template);
        let mut complaints = Vec::new();
        for (name, queue) in stack.of("AWS::SQS::Queue") {
            let key = show(&queue["KmsMasterKeyId"]);
            let right = (key == "SecretQueueKey") == (name == "SecretQueue");
            expect(&mut complaints, right, format!("{name} has the key {key}"));
        }
        let mut users = Vec::new();
        for statement in list(&stack.properties("SecretQueueKey")["KeyPolicy"]["Statement"]) {
            let fields = ["Sid", "Effect", "Principal", "Action", "Resource", "Condition"];
            let plain =
                statement.as_object().is_some_and(|all| all.keys().all(|k| fields.contains(&k.as_str())));
            expect(&mut complaints, plain, format!("{} says who or what not", statement["Sid"]));
            let actions: Vec<_> = list(&statement["Action"]).into_iter().map(show).collect();
            if actions.iter().all(|action| administers(action)) {
                expect(&mut complaints, statement["Principal"] == own, "somebody else administers the key");
                continue;
            }
            let bound = statement["Condition"] == through_sqs;
            expect(&mut complaints, bound, format!("{} works outside SQS", statement["Sid"]));
            users.push((statement["Principal"].clone(), actions.join(" ")));
        }
        let wanted = [
            (own.clone(), "kms:GenerateDataKey kms:Decrypt".to_owned()),
            (amazon.clone(), "kms:GenerateDataKey kms:Decrypt".to_owned()),
        ];
        expect(&mut complaints, users == wanted, format!("the key is used by {users:?}"));
        for row in rows(&stack).iter().filter(|row| row.resource == "SecretQueueKey") {
            let reads = row.function == "RotateFunction" && row.action == "kms:Decrypt";
            // What SQS asks of a sender to an encrypted queue.
            let sends = ["kms:GenerateDataKey", "kms:Decrypt"].contains(&row.action.as_str());
            let right = reads || (row.function == "OauthFunction" && sends);
            expect(&mut complaints, right, row.to_string());
        }
        complaints
    };
    let policy = "Resources/SecretQueueKey/Properties/KeyPolicy/Statement";
    promise(
        check,
        vec![
            set("Resources/SecretQueue/Properties/KmsMasterKeyId", json!({"Fn::GetAtt": "VaultKey.Arn"})),
            set("Resources/SecretQueue/Properties/KmsMasterKeyId", json!("alias/aws/sqs")),
            set(
                "Resources/ImportQueue/Properties/KmsMasterKeyId",
                json!({"Fn::GetAtt": "SecretQueueKey.Arn"}),
            ),
            set(&format!("{policy}/[AmazonSends]/Principal"), json!({"AWS": "123456789012"})),
            push(&format!("{policy}/[AmazonSends]/Action"), json!("kms:CreateGrant")),
            remove(&format!("{policy}/[AmazonSends]/Condition")),
            remove(&format!("{policy}/[AmazonSends]")),
            remove(&format!("{policy}/[ReadByOneFunctionAndTriedByAnother]/Condition")),
            set(&format!("{policy}/[ReadByOneFunctionAndTriedByAnother]/Principal"), json!({"AWS": "*"})),
            set(&format!("{policy}/[AdministerWithoutUse]/Action/0"), json!("kms:Decrypt")),
            set(&format!("{policy}/[AdministerWithoutUse]/Action/0"), json!("kms:*")),
            set(&format!("{policy}/[AdministerWithoutUse]/Principal"), amazon.clone()),
            set(&format!("{policy}/[ReadByOneFunctionAndTriedByAnother]/NotPrincipal"), json!("*")),
            push(
                &statements("ConsoleRole"),
                json!({
                    "Effect": "Allow",
                    "Action": "kms:Decrypt",
                    "Resource": {"Fn::GetAtt": "SecretQueueKey.Arn"},
                }),
            ),
        ],
    );
}

#[test]
fn a_secret_waits_four_days_at_most_and_in_one_place_only() {
    let check = |template: &Value| {
        let stack = on_aws(template);
        let mut complaints = Vec::new();
        let queue = stack.properties("SecretQueue");
        let kept = queue["MessageRetentionPeriod"].as_u64().unwrap_or(u64::MAX);
        expect(&mut complaints, kept <= LONGEST_RETENTION, format!("a secret is kept for {kept} s"));
        expect(&mut complaints, queue.get("RedrivePolicy").is_none(), "dead letters would hold secrets");
        for (name, other) in stack.of("AWS::SQS::Queue") {
            let takes = other["RedriveAllowPolicy"].to_string().contains("-secret");
            expect(&mut complaints, !takes, format!("{name} takes secrets"));
        }
        complaints
    };
    let queue = "Resources/SecretQueue/Properties";
    promise(
        check,
        vec![
            set(&format!("{queue}/MessageRetentionPeriod"), json!(345_601)),
            remove(&format!("{queue}/MessageRetentionPeriod")),
            set(
                &format!("{queue}/RedrivePolicy"),
                json!({"deadLetterTargetArn": {"Fn::GetAtt": "ImportDeadQueue.Arn"}, "maxReceiveCount": 5}),
            ),
            add(
                "AWS::SQS::Queue",
                json!({"RedriveAllowPolicy": {"sourceQueueArns": [{"Fn::Sub": "x:${AWS::StackName}-secret"}]}}),
            ),
        ],
    );
}
