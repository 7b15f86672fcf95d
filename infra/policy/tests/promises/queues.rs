//! Queues and the mappings that read them.

use crate::changes::{add, push, remove, set, statements};
use crate::permissions::FETCH_QUEUES;
use crate::policies::{fits, rows};
use crate::secret_queue::{AMAZON, NOTIFIES, amazon_sends};
use crate::template::{Stack, list, on_aws, show};
use crate::{expect, promise};
use sellerport_core::domains::by_name;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const QUEUE: &str = "AWS::SQS::Queue";

/// AWS asks for this many timeouts of the reader between two deliveries
/// (docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html).
const TIMEOUTS_OF_VISIBILITY: u64 = 6;
/// SQS's default, in seconds.
const DEFAULT_VISIBILITY: u64 = 30;
/// SQS's default, in seconds: 4 days.
const DEFAULT_RETENTION: u64 = 345_600;
/// 14 days in seconds, the most there is.
const LONGEST_RETENTION: u64 = 1_209_600;
/// Deliveries before a message counts as dead.
const DELIVERIES: u64 = 5;
/// Functions that AWS runs at once in an account, by default.
const ACCOUNT_CONCURRENCY: u64 = 1000;
/// AWS keeps this many of them unreserved; the pages and clocks live on these.
const UNRESERVED: u64 = 100;

fn read_by_a_function<'a>(stack: &'a Stack, name: &str) -> impl Iterator<Item = &'a Value> {
    stack
        .mappings()
        .filter(move |(_, _, mapping)| show(&mapping["Queue"]) == name)
        .map(|(_, function, _)| function)
}

fn retention(queue: &Value) -> u64 {
    queue["MessageRetentionPeriod"].as_u64().unwrap_or(DEFAULT_RETENTION)
}

/// A01
#[test]
fn a_message_stays_hidden_while_its_reader_may_still_work_on_it() {
    let check = |template: &Value| {
        let stack = on_aws(template);
        let mut complaints = Vec::new();
        for (function, properties, mapping) in stack.mappings() {
            let name = show(&mapping["Queue"]);
            let hidden = stack.properties(&name)["VisibilityTimeout"].as_u64().unwrap_or(DEFAULT_VISIBILITY);
            let window = mapping["MaximumBatchingWindowInSeconds"].as_u64().unwrap_or(0);
            let timeout =
                properties["Timeout"].as_u64().unwrap_or(u64::MAX / TIMEOUTS_OF_VISIBILITY - window);
            let needed = TIMEOUTS_OF_VISIBILITY * timeout + window;
            expect(
                &mut complaints,
                hidden >= needed,
                format!("{name}: {hidden} s, {function} needs {needed} s"),
            );
        }
        complaints
    };
    let mapping = "Resources/FetchordersFunction/Properties/Events/Task/Properties";
    promise(
        check,
        vec![
            set("Resources/FetchordersQueue/Properties/VisibilityTimeout", json!(359)),
            set("Resources/FetchreturnsQueue/Properties/VisibilityTimeout", json!(3599)),
            remove("Resources/RefreshQueue/Properties/VisibilityTimeout"),
            set("Resources/RefreshFunction/Properties/Timeout", json!(31)),
            set("Resources/ImportQueue/Properties/VisibilityTimeout", json!(179)),
            set("Resources/SecretQueue/Properties/VisibilityTimeout", json!(173)),
            set(&format!("{mapping}/MaximumBatchingWindowInSeconds"), json!(1)),
        ],
    );
}

/// A02
#[test]
fn only_the_failed_messages_of_a_batch_come_again() {
    let check = |template: &Value| {
        let stack = on_aws(template);
        let partial = json!(["ReportBatchItemFailures"]);
        let whole = stack.mappings().filter(|(_, _, mapping)| mapping["FunctionResponseTypes"] != partial);
        whole.map(|(function, _, _)| format!("{function} repeats whole batches")).collect()
    };
    promise(
        check,
        vec![
            remove("Resources/FetchordersFunction/Properties/Events/Task/Properties/FunctionResponseTypes"),
            set(
                "Resources/RefreshFunction/Properties/Events/Asked/Properties/FunctionResponseTypes",
                json!([]),
            ),
        ],
    );
}

/// Without a dead-letter queue: its messages hold client secrets in clear text, and a dead-letter queue would be
/// a second place to read them, kept for two weeks. What is lost by that is little: Amazon's old secret works
/// for a week, the alarm rings after an hour, and a new secret can be asked for again. `secret_queue.rs` has the
/// rules for it.
const NO_DEAD_LETTERS: &str = "SecretQueue";

/// A03
#[test]
fn a_message_that_fails_five_times_waits_two_weeks_for_a_human() {
    let check = |template: &Value| {
        let stack = on_aws(template);
        let mut complaints = Vec::new();
        for (name, queue) in stack.of(QUEUE) {
            if name == NO_DEAD_LETTERS || read_by_a_function(&stack, name).next().is_none() {
                continue;
            }
            let redrive = &queue["RedrivePolicy"];
            expect(
                &mut complaints,
                redrive["maxReceiveCount"] == DELIVERIES,
                format!("{name}: not five times"),
            );
            let dead = stack.properties(&show(&redrive["deadLetterTargetArn"]));
            expect(
                &mut complaints,
                retention(dead) == LONGEST_RETENTION,
                format!("{name}: its dead go early"),
            );
            expect(&mut complaints, retention(dead) > retention(queue), format!("{name}: outlives its dead"));
            let allowed = &dead["RedriveAllowPolicy"];
            let source =
                list(&allowed["sourceQueueArns"]).into_iter().map(show).collect::<Vec<_>>().join(" ");
            let own = show(&queue["QueueName"]);
            let only = allowed["redrivePermission"] == "byQueue"
                && source == format!("arn:AWS::Partition:sqs:AWS::Region:AWS::AccountId:{own}");
            expect(&mut complaints, only, format!("{name}: its dead-letter queue takes from others"));
        }
        complaints
    };
    let dead = "Resources/FetchordersDeadQueue/Properties";
    promise(
        check,
        vec![
            set("Resources/FetchordersQueue/Properties/RedrivePolicy/maxReceiveCount", json!(1)),
            remove("Resources/FetchordersQueue/Properties/RedrivePolicy"),
            remove("Resources/ImportQueue/Properties/RedrivePolicy"),
            set("Resources/ImportDeadQueue/Properties/MessageRetentionPeriod", json!(345_600)),
            set(&format!("{dead}/MessageRetentionPeriod"), json!(345_600)),
            remove(&format!("{dead}/MessageRetentionPeriod")),
            set("Resources/FetchordersQueue/Properties/MessageRetentionPeriod", json!(1_209_600)),
            set(&format!("{dead}/RedriveAllowPolicy/redrivePermission"), json!("allowAll")),
            push(
                &format!("{dead}/RedriveAllowPolicy/sourceQueueArns"),
                json!("arn:aws:sqs:eu-west-1:123456789012:other"),
            ),
        ],
    );
}

/// What sends dead letters again takes them from dead-letter queues only, each for the queue that it belongs to.
#[test]
fn the_console_takes_dead_letters_and_never_what_waits() {
    let check = |template: &Value| {
        let stack = on_aws(template);
        let mut complaints = Vec::new();
        let sources = |dead: &str| {
            let to = |queue: &Value| show(&queue["RedrivePolicy"]["deadLetterTargetArn"]) == dead;
            stack
                .of(QUEUE)
                .filter(|(_, queue)| to(queue))
                .map(|(name, _)| name.to_owned())
                .collect::<Vec<_>>()
        };
        let console: Vec<_> =
            rows(&stack).into_iter().filter(|row| row.function == "ConsoleFunction").collect();
        let may = |action: &str| {
            let reached =
                |queue: &str| console.iter().any(|row| row.action == action && row.reaches(&stack, queue));
            let queues = stack.of(QUEUE).map(|(name, _)| name.to_owned());
            queues.filter(|queue| reached(queue)).collect::<BTreeSet<_>>()
        };
        let taken = may("sqs:ReceiveMessage");
        expect(&mut complaints, taken == may("sqs:DeleteMessage"), "it takes what it cannot delete");
        let back: BTreeSet<_> = taken.iter().flat_map(|dead| sources(dead)).collect();
        for dead in &taken {
            expect(&mut complaints, sources(dead).len() == 1, format!("it takes from {dead}"));
        }
        // The names of the domains' queues begin alike, those of the dead-letter queues too: one may be sent to.
        let sent: BTreeSet<_> = may("sqs:SendMessage")
            .into_iter()
            .filter(|queue| !(queue.starts_with("Fetch") && taken.contains(queue)))
            .collect();
        expect(&mut complaints, back == sent, "it sends elsewhere than to where they failed");
        complaints
    };
    let role = statements("ConsoleRole");
    let queue = |name: &str| json!({"Fn::GetAtt": format!("{name}.Arn")});
    promise(
        check,
        vec![
            push(&format!("{role}/[TakeDeadLetters]/Resource"), queue("FetchordersQueue")),
            push(&format!("{role}/[TakeDeadLetters]/Resource"), queue("SecretQueue")),
            push(&format!("{role}/[SendAgain]/Resource"), queue("ImportDeadQueue")),
            push(&format!("{role}/[SendAgain]/Resource"), queue("SecretQueue")),
            set(&format!("{role}/[TakeDeadLetters]/Action"), json!("sqs:ReceiveMessage")),
            remove("Resources/ImportQueue/Properties/RedrivePolicy"),
        ],
    );
}

/// Who works for all domains may use whatever is named like their queues.
#[test]
fn the_domains_queues_and_no_others_are_named_alike() {
    let check = |template: &Value| {
        let stack = on_aws(template);
        let pattern = FETCH_QUEUES.rsplit(':').next().unwrap();
        let pattern = format!("AWS::StackName{}", pattern.trim_start_matches("StackName"));
        let mut complaints = Vec::new();
        for (name, queue) in stack.of(QUEUE) {
            let alike = fits(&pattern, &show(&queue["QueueName"]));
            let of_domain = name.strip_prefix("Fetch").and_then(|name| {
                by_name(name.strip_suffix("DeadQueue").or_else(|| name.strip_suffix("Queue"))?)
            });
            let right = alike == of_domain.is_some();
            expect(&mut complaints, right, format!("{name} is named {}", show(&queue["QueueName"])));
        }
        complaints
    };
    let name = |name: &str| json!({"Fn::Sub": format!("${{AWS::StackName}}-{name}")});
    promise(
        check,
        vec![
            set("Resources/FetchordersQueue/Properties/QueueName", name("orders")),
            set("Resources/FetchordersDeadQueue/Properties/QueueName", name("dead-orders")),
            set("Resources/RefreshQueue/Properties/QueueName", name("fetch-refresh")),
            add(QUEUE, json!({"QueueName": name("fetch-")})),
        ],
    );
}

/// A16
#[test]
fn every_queue_is_encrypted_at_rest() {
    let check = |template: &Value| {
        let stack = on_aws(template);
        let open = stack.of(QUEUE).filter(|(_, queue)| {
            queue["SqsManagedSseEnabled"] != true && queue.get("KmsMasterKeyId").is_none()
        });
        open.map(|(name, _)| format!("{name} is not encrypted")).collect()
    };
    promise(
        check,
        vec![
            set("Resources/FetchordersQueue/Properties/SqsManagedSseEnabled", json!(false)),
            remove("Resources/RefreshDeadQueue/Properties/SqsManagedSseEnabled"),
            remove("Resources/SecretQueue/Properties/KmsMasterKeyId"),
            add(QUEUE, json!({})),
        ],
    );
}

/// A15, A16
#[test]
fn every_queue_refuses_plain_http_and_lets_no_stranger_in() {
    let check = |template: &Value| {
        let stack = on_aws(template);
        let mut complaints = Vec::new();
        let mut refusing = Vec::new();
        for (name, policy) in stack.of("AWS::SQS::QueuePolicy") {
            for statement in list(&policy["PolicyDocument"]["Statement"]) {
                let amazon = match name {
                    "AmazonMaySendSecrets" => *statement == amazon_sends("SecretQueue"),
                    "AmazonMayNotify" => *statement == amazon_sends("NotificationsQueue"),
                    _ => false,
                };
                let right = statement["Effect"] == "Deny" || amazon;
                expect(&mut complaints, right, format!("{name} lets somebody in"));
                let tls = statement["Condition"] == json!({"Bool": {"aws:SecureTransport": "false"}});
                let all = statement["Principal"] == "*" && statement["Action"] == "sqs:*";
                if tls && all {
                    let attached: Vec<_> = list(&policy["Queues"]).into_iter().map(show).collect();
                    let named = list(&statement["Resource"]).into_iter().map(show);
                    refusing.extend(named.filter(|queue| attached.contains(queue)));
                }
            }
        }
        for (name, _) in stack.of(QUEUE) {
            let right = refusing.iter().any(|queue| queue == name);
            expect(&mut complaints, right, format!("{name} may be used without TLS"));
        }
        complaints
    };
    let statement = "Resources/TlsOnlyQueues/Properties/PolicyDocument/Statement/0";
    promise(
        check,
        vec![
            set(&format!("{statement}/Effect"), json!("Allow")),
            set(&format!("{statement}/Condition/Bool/aws:SecureTransport"), json!("true")),
            set(&format!("{statement}/Action"), json!("sqs:SendMessage")),
            set(&format!("{statement}/Principal"), json!({"AWS": "123456789012"})),
            set("Resources/TlsOnlyQueues/Properties/Queues", json!([{"Ref": "FetchordersQueue"}])),
            remove("Resources/FetchordersTlsOnly"),
            set("Resources/FetchordersTlsOnly/Properties/Queues", json!([{"Ref": "FetchordersQueue"}])),
            set("Parameters/LocalEmulator/Default", json!("yes")),
            set(
                "Resources/AmazonMaySendSecrets/Properties/PolicyDocument/Statement",
                json!([amazon_sends("SecretQueue")]),
            ),
            set("Resources/AmazonMaySendSecrets/Properties/Queues", json!([])),
            set(&format!("{AMAZON}/Principal"), json!({"AWS": "123456789012"})),
            set(&format!("{NOTIFIES}/Principal"), json!("*")),
            set(&format!("{NOTIFIES}/Resource"), json!({"Fn::GetAtt": "SecretQueue.Arn"})),
            push(&format!("{NOTIFIES}/Action"), json!("sqs:ReceiveMessage")),
            set(&format!("{AMAZON}/Principal"), json!("*")),
            set(&format!("{AMAZON}/Resource"), json!({"Fn::GetAtt": "RefreshQueue.Arn"})),
            push(&format!("{AMAZON}/Action"), json!("sqs:ReceiveMessage")),
            add(
                "AWS::SQS::QueuePolicy",
                json!({"Queues": [{"Ref": "ImportQueue"}], "PolicyDocument": {"Statement": [amazon_sends("ImportQueue")]}}),
            ),
            add(QUEUE, json!({})),
        ],
    );
}

/// A17
#[test]
fn no_queue_can_take_the_accounts_functions_for_itself() {
    let check = |template: &Value| {
        let stack = on_aws(template);
        let mut complaints = Vec::new();
        let mut taken = 0;
        for (function, properties, mapping) in stack.mappings() {
            let most = mapping["ScalingConfig"]["MaximumConcurrency"].as_u64();
            expect(&mut complaints, most.is_some_and(|most| most >= 2), format!("{function} has no bound"));
            taken += most.unwrap_or(0) + properties["ReservedConcurrentExecutions"].as_u64().unwrap_or(0);
        }
        let fits = taken <= ACCOUNT_CONCURRENCY - UNRESERVED;
        expect(&mut complaints, fits, format!("queues may run {taken} functions at once"));
        complaints
    };
    let scaling = "Resources/FetchordersFunction/Properties/Events/Task/Properties/ScalingConfig";
    promise(check, vec![remove(scaling), set(&format!("{scaling}/MaximumConcurrency"), json!(900))]);
}
