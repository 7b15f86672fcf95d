//! What each function may do. `permissions.txt` is the whole of it.

use crate::changes::{add, push, remove, set, statements};
use crate::policies::{Row, rows};
use crate::template::{deployed, list, on_aws, show};
use crate::{expect, promise};
use sellerport_core::domains::{DOMAINS, by_name};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const TABLE: &str = include_str!("permissions.txt");

/// A05
#[test]
fn each_function_may_do_exactly_what_the_table_says() {
    let one_space = |row: &str| row.split_whitespace().collect::<Vec<_>>().join(" ");
    let lines = TABLE.lines().filter(|line| !line.starts_with('#')).map(one_space);
    let for_each_domain = |line: String| match line.contains("<d>") {
        true => DOMAINS.iter().map(|domain| line.replace("<d>", domain.name)).collect(),
        false => vec![line],
    };
    let table: BTreeSet<_> = lines.filter(|line| !line.is_empty()).flat_map(for_each_domain).collect();
    let check = |template: &Value| {
        let rows = rows(&on_aws(template));
        let rows: BTreeSet<_> = rows.iter().map(|row| one_space(&row.to_string())).collect();
        let more = rows.iter().filter(|row| !table.contains(*row));
        let less = table.iter().filter(|row| !rows.contains(*row));
        more.map(|row| format!("not in permissions.txt: {row}"))
            .chain(less.map(|row| format!("only in permissions.txt: {row}")))
            .collect()
    };
    let fetch = statements("FetchordersRole");
    let tokens = json!({"Fn::GetAtt": "TokensTable.Arn"});
    let scan = json!({"Effect": "Allow", "Action": "dynamodb:Scan", "Resource": tokens});
    let second = json!({"PolicyName": "second", "PolicyDocument": {"Statement": [scan]}});
    promise(
        check,
        vec![
            set(&format!("{fetch}/[Streams]/Action"), json!("dynamodb:*")),
            set(&format!("{fetch}/[Streams]/Effect"), json!("Deny")),
            set(&format!("{fetch}/[DeliverRecords]/Resource"), json!({"Fn::Sub": "${LakeBucket.Arn}/*"})),
            remove(&format!("{fetch}/[OpenAccessTokens]/Condition")),
            set(&format!("{fetch}/[Tokens]/NotAction"), json!("dynamodb:Query")),
            set(&format!("{fetch}/[Tokens]/NotResource"), json!("*")),
            remove(&format!("{}/[OwnLog]", statements("ConsoleRole"))),
            push(&format!("{}/[Quotas]/Action", statements("ConsoleRole")), json!("dynamodb:PutItem")),
            set(&format!("{fetch}/[Agenda]/Action"), json!(["dynamodb:PutItem", "dynamodb:Query"])),
            push(&statements("DispatchRole"), scan.clone()),
            push("Resources/DispatchRole/Properties/Policies", second),
            set(&format!("{}/[SendTasks]/Resource/1", statements("DispatchRole")), json!("*")),
            push(&statements("ConsoleRole"), scan.clone()),
            add(
                "AWS::IAM::Policy",
                json!({"Roles": [{"Ref": "EraseRole"}], "PolicyDocument": {"Statement": scan}}),
            ),
        ],
    );
}

/// A04, A21
#[test]
fn each_function_has_one_role_of_its_own_that_only_lambda_may_assume() {
    let lambda = json!({"Service": "lambda.amazonaws.com"});
    let trust = json!([{"Effect": "Allow", "Principal": lambda, "Action": "sts:AssumeRole"}]);
    let check = |template: &Value| {
        let stack = on_aws(template);
        let mut complaints = Vec::new();
        let mut users: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for (function, properties) in stack.functions() {
            users.entry(show(&properties["Role"])).or_default().push(function);
            expect(
                &mut complaints,
                properties.get("Policies").is_none(),
                format!("{function} has SAM policies"),
            );
        }
        for (role, by) in &users {
            expect(&mut complaints, by.len() == 1, format!("{role} serves {by:?}"));
        }
        for (name, resource) in stack.all() {
            let kind = resource["Type"].as_str().unwrap_or_default();
            let role = kind == "AWS::IAM::Role" && users.contains_key(name);
            // personal.rs holds what it allows.
            let allowed = role || (kind == "AWS::IAM::Policy" && name == PERSONAL_POLICY);
            expect(
                &mut complaints,
                allowed || !kind.starts_with("AWS::IAM::"),
                format!("{name} is a {kind}"),
            );
            if role {
                let properties = &resource["Properties"];
                let managed = properties.get("ManagedPolicyArns").is_some();
                expect(&mut complaints, !managed, format!("{name} has policies from elsewhere"));
                let trusted = &properties["AssumeRolePolicyDocument"]["Statement"];
                expect(&mut complaints, *trusted == trust, format!("{name} is assumed by {trusted}"));
            }
        }
        complaints
    };
    let principal = "Resources/OauthRole/Properties/AssumeRolePolicyDocument/Statement/0/Principal";
    promise(
        check,
        vec![
            set("Resources/ConsoleFunction/Properties/Role", json!({"Fn::GetAtt": "OauthRole.Arn"})),
            remove("Resources/ConsoleFunction/Properties/Role"),
            set("Resources/ConsoleFunction/Properties/Policies", json!(["AdministratorAccess"])),
            set(
                "Resources/OauthRole/Properties/ManagedPolicyArns",
                json!(["arn:aws:iam::aws:policy/ReadOnlyAccess"]),
            ),
            set(principal, json!("*")),
            set(principal, json!({"AWS": "123456789012"})),
            add("AWS::IAM::ManagedPolicy", json!({})),
            add("AWS::IAM::User", json!({})),
            add("AWS::IAM::Policy", json!({"PolicyDocument": {"Statement": []}})),
        ],
    );
}

/// What the one function that lands buyers' data may do besides.
pub(crate) const PERSONAL_POLICY: &str = "FetchbuyersPersonal";

/// The secrets of all applications: `rotate` makes them, so their names are not in the template.
pub(crate) const SECRETS: &str =
    "arn:AWS::Partition:secretsmanager:AWS::Region:AWS::AccountId:secret:AWS::StackName/application/*";

/// The queues of all domains, and their dead-letter queues among them. `queues.rs` holds that no other has such a name.
pub(crate) const FETCH_QUEUES: &str =
    "arn:AWS::Partition:sqs:AWS::Region:AWS::AccountId:AWS::StackName-fetch-*";
const FETCH_DEAD_QUEUES: &str =
    "arn:AWS::Partition:sqs:AWS::Region:AWS::AccountId:AWS::StackName-fetch-*-dead";

/// Whether a row may have a wildcard for its resource.
fn may_be_wide(row: &Row) -> bool {
    let folder = |place: &str| row.resource.strip_prefix(place)?.strip_suffix("/*");
    let personal =
        folder("LakeBucket/pii/domain=").filter(|name| by_name(name).is_some_and(|one| one.personal));
    let domain =
        folder("LakeBucket/records/domain=").or_else(|| folder("LakeBucket/aside/domain=")).or(personal);
    match (row.function.as_str(), row.action.as_str()) {
        ("OauthFunction" | "RefreshFunction", "secretsmanager:GetSecretValue") => row.resource == SECRETS,
        (
            "RotateFunction",
            "secretsmanager:CreateSecret" | "secretsmanager:GetSecretValue" | "secretsmanager:PutSecretValue",
        ) => row.resource == SECRETS,
        // A connection ends with its records of all domains.
        ("EraseFunction", "s3:DeleteObject" | "s3:DeleteObjectVersion") => {
            let places = ["records", "tables", "aside", "pii"];
            places.iter().any(|place| row.resource == format!("LakeBucket/{place}/*"))
        }
        // All records become tables, and nothing else does.
        ("ShapeFunction", "s3:GetObject") => row.resource == "LakeBucket/records/*",
        ("ShapeFunction", "s3:PutObject") => row.resource == "LakeBucket/tables/*",
        // Tasks and counts of all domains; what is taken is taken from dead-letter queues.
        ("ConsoleFunction", "sqs:GetQueueAttributes")
        | ("ConsoleFunction" | "DispatchFunction", "sqs:SendMessage") => row.resource == FETCH_QUEUES,
        ("ConsoleFunction", "sqs:ReceiveMessage" | "sqs:DeleteMessage")
        | ("DispatchFunction", "sqs:GetQueueAttributes") => row.resource == FETCH_DEAD_QUEUES,
        (function, "s3:PutObject") if function.starts_with("Fetch") => domain.is_some_and(|domain| {
            // The function's own: FetchordersFunction and orders.
            domain.bytes().all(|b| b.is_ascii_lowercase()) && function == format!("Fetch{domain}Function")
        }),
        _ => false,
    }
}

/// A06
#[test]
fn nothing_is_granted_by_a_wildcard_but_what_has_no_name_yet() {
    let check = |template: &Value| {
        let wide = |row: &Row| {
            row.action.contains(['*', '?']) || (row.resource.contains(['*', '?']) && !may_be_wide(row))
        };
        rows(&on_aws(template)).iter().filter(|row| wide(row)).map(Row::to_string).collect()
    };
    let secrets = |end: &str| {
        let arn = "arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:";
        json!({"Fn::Sub": format!("{arn}{end}")})
    };
    let queues = |end: &str| json!({"Fn::Sub": format!("arn:${{AWS::Partition}}:sqs:${{AWS::Region}}:${{AWS::AccountId}}:{end}")});
    let rotate = format!("{}/[ApplicationSecrets]", statements("RotateRole"));
    let oauth = format!("{}/[ApplicationSecrets]", statements("OauthRole"));
    promise(
        check,
        vec![
            set(&format!("{}/[Audit]/Action", statements("OauthRole")), json!("dynamodb:Put*")),
            set(&format!("{}/[Audit]/Action", statements("OauthRole")), json!("*")),
            set(&format!("{}/[Audit]/Resource", statements("OauthRole")), json!("*")),
            set(
                &format!("{}/[DeliverRecords]/Resource", statements("FetchordersRole")),
                json!({"Fn::Sub": "${LakeBucket.Arn}/records/*"}),
            ),
            set(
                &format!("{}/[DeliverRecords]/Resource/1", statements("FetchordersRole")),
                json!({"Fn::Sub": "${LakeBucket.Arn}/aside/domain=finances/*"}),
            ),
            set(
                &format!("{}/[DeliverRecords]/Action", statements("FetchordersRole")),
                json!(["s3:PutObject", "s3:DeleteObject"]),
            ),
            set(&format!("{oauth}/Resource"), json!("*")),
            set(&format!("{oauth}/Resource"), secrets("${AWS::StackName}/*")),
            set(&format!("{oauth}/Resource"), secrets("${AWS::StackName}*")),
            set(&format!("{oauth}/Action"), json!("secretsmanager:PutSecretValue")),
            set(&format!("{rotate}/Resource"), secrets("*/application/*")),
            push(&format!("{rotate}/Action"), json!("secretsmanager:DeleteSecret")),
            set(
                &format!("{}/[RemoveRecords]/Resource", statements("EraseRole")),
                json!({"Fn::Sub": "${LakeBucket.Arn}/*"}),
            ),
            push(&format!("{}/[RemoveRecords]/Action", statements("EraseRole")), json!("s3:GetObject")),
            set(
                &format!("{}/[ReadRecords]/Resource", statements("ShapeRole")),
                json!({"Fn::Sub": "${LakeBucket.Arn}/*"}),
            ),
            set(
                &format!("{}/[WriteTables]/Resource", statements("ShapeRole")),
                json!({"Fn::Sub": "${LakeBucket.Arn}/records/*"}),
            ),
            set(
                &format!("{}/[RemoveRecords]/Resource/1", statements("EraseRole")),
                json!({"Fn::Sub": "${LakeBucket.Arn}/a*"}),
            ),
            set(
                &format!("{}/[SendTasks]/Resource/1", statements("DispatchRole")),
                queues("${AWS::StackName}-*"),
            ),
            set(&format!("{}/[SendTasks]/Action", statements("DispatchRole")), json!("sqs:ReceiveMessage")),
            set(
                &format!("{}/[TakeDeadLetters]/Resource/2", statements("ConsoleRole")),
                queues("${AWS::StackName}-fetch-*"),
            ),
            set(
                &format!("{}/[OwnQueue]/Resource", statements("FetchordersRole")),
                queues("${AWS::StackName}-fetch-*"),
            ),
        ],
    );
}

#[test]
fn strict_is_the_default_and_the_emulator_gains_only_the_name_of_a_batch() {
    let check = |template: &Value| {
        let mut complaints = Vec::new();
        let defaults =
            [("LocalEmulator", "no"), ("EncryptionContextConditions", "on"), ("AmazonOverride", "")];
        for (parameter, strict) in defaults {
            let right = template["Parameters"][parameter]["Default"] == strict;
            expect(&mut complaints, right, format!("{parameter} is not strict by default"));
        }
        let strict = rows(&deployed(template, &defaults));
        for row in rows(&deployed(template, &[("LocalEmulator", "yes")])).difference(&strict) {
            let same = Row { action: "sqs:SendMessage".to_owned(), ..row.clone() };
            let batch = row.action == "sqs:SendMessageBatch" && strict.contains(&same);
            expect(&mut complaints, batch, format!("the emulator alone has: {row}"));
        }
        let bare = |row: &Row| Row { condition: String::new(), ..row.clone() };
        let unbound = rows(&deployed(template, &[("EncryptionContextConditions", "off")]));
        let right = unbound == strict.iter().map(bare).collect();
        expect(&mut complaints, right, "without encryption contexts more changes than the conditions");
        complaints
    };
    let emulator = format!("{}/{}/Fn::If/2", statements("FetchordersRole"), emulator_index());
    promise(
        check,
        vec![
            set("Parameters/LocalEmulator/Default", json!("yes")),
            set("Parameters/EncryptionContextConditions/Default", json!("off")),
            set("Parameters/AmazonOverride/Default", json!("http://127.0.0.1:9000")),
            set(&format!("{emulator}/Action"), json!("sqs:PurgeQueue")),
            set(&format!("{emulator}/Resource"), json!("*")),
            set(
                &format!("{}/[OpenAccessTokens]/Condition/Fn::If/2", statements("FetchordersRole")),
                json!({"Bool": {"aws:SecureTransport": "true"}}),
            ),
        ],
    );
}

#[test]
fn the_emulator_lacks_the_policies_that_refuse_plain_http_and_nothing_else() {
    let check = |template: &Value| {
        let names = |emulator: &str| -> BTreeSet<String> {
            let stack = deployed(template, &[("LocalEmulator", emulator)]);
            stack.all().map(|(name, _)| name.to_owned()).collect()
        };
        let (here, on_aws) = (names("yes"), names("no"));
        let lacks: BTreeSet<_> = on_aws.difference(&here).cloned().collect();
        let mut refusing = BTreeSet::from(["TlsOnlyLake", "TlsOnlyQueues"].map(str::to_owned));
        refusing.extend(DOMAINS.iter().map(|domain| format!("Fetch{}TlsOnly", domain.name)));
        let gains: Vec<_> = here.difference(&on_aws).collect();
        let mut complaints = Vec::new();
        expect(&mut complaints, lacks == refusing, format!("it lacks {lacks:?}"));
        expect(&mut complaints, gains.is_empty(), format!("it alone has {gains:?}"));
        complaints
    };
    promise(
        check,
        vec![
            set("Resources/FetchDeadAlarm/Condition", json!("OnAws")),
            remove("Resources/TlsOnlyLake/Condition"),
            remove("Resources/FetchordersTlsOnly/Condition"),
        ],
    );
}

/// The emulator's statement has no `Sid` before its condition is decided.
fn emulator_index() -> usize {
    let template = crate::template::read();
    let role = &template["Resources"]["FetchordersRole"]["Properties"]["Policies"][0];
    let statements = list(&role["PolicyDocument"]["Statement"]);
    statements.iter().position(|statement| statement.get("Fn::If").is_some()).unwrap()
}
