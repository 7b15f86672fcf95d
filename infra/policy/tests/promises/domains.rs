//! A domain in the code has everything it needs in the template. Whoever adds one is told what is missing.

use crate::changes::{push, remove, set, statements};
use crate::policies::{Row, rows};
use crate::template::{Stack, named, on_aws, show};
use crate::{expect, figures, loops, promise};
use sellerport_core::domains::{DOMAINS, by_name};
use serde_json::{Value, json};
use std::collections::BTreeSet;

#[test]
fn each_domain_has_its_function_queue_folder_and_place_in_dispatch() {
    let check = |template: &Value| {
        let (stack, events) = (on_aws(template), crate::events::names());
        let rows = rows(&stack);
        DOMAINS.iter().flat_map(|domain| missing(&stack, &rows, &events, domain.name)).collect()
    };
    promise(check, broken());
}

#[test]
fn a_domain_that_only_the_code_knows_is_found() {
    let stack = on_aws(&crate::template::read());
    assert!(
        missing(&stack, &rows(&stack), &crate::events::names(), "shoes").len() > 15,
        "a domain without a template is hardly noticed"
    );
}

#[test]
fn one_word_gives_a_domain_all_that_it_needs_of_the_template() {
    let with_shoes =
        push("Mappings/Domains/All/Names", json!("shoes")).applied_to(&crate::template::written());
    let stack = on_aws(&loops::expanded(with_shoes));
    let missing = missing(&stack, &rows(&stack), &crate::events::names(), "shoes");
    assert_eq!(missing, ["shoes: an event, events/fetch-<name>.json"]);
}

#[test]
fn no_function_fetches_what_the_code_does_not_know() {
    let check = |template: &Value| {
        let mut complaints = Vec::new();
        for (name, function) in on_aws(template).functions().filter(|(name, _)| name.starts_with("Fetch")) {
            let domain = function["Handler"].as_str().and_then(by_name);
            expect(&mut complaints, domain.is_some(), format!("{name} fetches {}", function["Handler"]));
        }
        complaints
    };
    promise(check, vec![set("Resources/FetchordersFunction/Properties/Handler", json!("shoes"))]);
}

fn missing(stack: &Stack, rows: &BTreeSet<Row>, events: &BTreeSet<String>, domain: &str) -> Vec<String> {
    let mut missing = Vec::new();
    let mut need = |holds: bool, what: &str| expect(&mut missing, holds, format!("{domain}: {what}"));

    let plain = domain.bytes().all(|b| b.is_ascii_lowercase());
    need(plain, "its name must be lower-case letters, for it is a part of logical ids");
    let [function, role, queue, dead] =
        ["Function", "Role", "Queue", "DeadQueue"].map(|what| format!("Fetch{domain}{what}"));
    let told = |function: &str| {
        let variable = show(&stack.properties(function)["Environment"]["Variables"]["QUEUE_FETCH"]);
        let begin = variable.strip_prefix("https://sqs.AWS::Region.AWS::URLSuffix/AWS::AccountId/");
        begin.is_some_and(|begin| show(&stack.properties(&queue)["QueueName"]) == format!("{begin}{domain}"))
    };

    let fetch = stack.properties(&function);
    let right = fetch["Handler"] == domain
        && fetch["CodeUri"] == "../target/lambda/fetch"
        && named(&fetch["FunctionName"], &format!("fetch-{domain}"))
        && show(&fetch["Role"]) == role;
    need(right, "a function with the domain as its Handler");
    need(told(&function), "its function's variable QUEUE_FETCH");
    need(told("DispatchFunction"), "QUEUE_FETCH in dispatch");
    need(figures::told(stack, &function), "its function's variable METRICS");
    need(told("ConsoleFunction"), "QUEUE_FETCH in the console");

    need(named(&stack.properties(&queue)["QueueName"], &format!("fetch-{domain}")), "a queue of its name");
    let redrive = &stack.properties(&queue)["RedrivePolicy"]["deadLetterTargetArn"];
    need(show(redrive) == dead, "a dead-letter queue");
    need(
        named(&stack.properties(&dead)["QueueName"], &format!("fetch-{domain}-dead")),
        "its dead-letter queue's name",
    );
    let readers: Vec<_> =
        stack.mappings().filter(|(_, _, mapping)| show(&mapping["Queue"]) == queue).collect();
    need(readers.len() == 1 && readers[0].0 == function, "one reader of its queue, its function");

    let may = |who: &str, action: &str, what: &str| {
        let of = |row: &&Row| row.function == who && row.action == action;
        rows.iter().filter(of).any(|row| row.resource == what || row.reaches(stack, what))
    };
    let folders = ["records", "aside"].map(|place| format!("LakeBucket/{place}/domain={domain}/*"));
    let writes = folders.iter().all(|folder| may(&function, "s3:PutObject", folder));
    need(writes, "the right to write its records and what is set aside");
    // Buyers' data (personal.rs).
    let personal = by_name(domain).is_some_and(|domain| domain.personal);
    let own = format!("LakeBucket/pii/domain={domain}/*");
    need(!personal || may(&function, "s3:PutObject", &own), "the right to write buyers' data");
    let here = |resource: &String| folders.contains(resource) || (personal && *resource == own);
    let elsewhere = |row: &Row| row.function == function && row.service() == "s3" && !here(&row.resource);
    need(!rows.iter().any(elsewhere), "no right to write elsewhere");
    need(may("DispatchFunction", "sqs:SendMessage", &queue), "dispatch's right to send to its queue");
    need(may(&function, "sqs:ReceiveMessage", &queue), "the right to read its queue");
    // An event is written down, published and struck off.
    let announces = may(&function, "dynamodb:PutItem", "AgendaTable")
        && may(&function, "events:PutEvents", "EventBus")
        && may(&function, "dynamodb:DeleteItem", "AgendaTable");
    need(announces, "the right to tell of incidents at Amazon");
    let counts = [&queue, &dead].iter().all(|one| may("ConsoleFunction", "sqs:GetQueueAttributes", one));
    need(counts, "the console's right to count its messages");
    let takes = ["sqs:ReceiveMessage", "sqs:DeleteMessage"]
        .iter()
        .all(|action| may("ConsoleFunction", action, &dead));
    need(takes, "the console's right to take its dead letters");
    need(may("ConsoleFunction", "sqs:SendMessage", &queue), "the console's right to send them again");

    need(
        may("DispatchFunction", "sqs:GetQueueAttributes", &dead),
        "dispatch's right to count its dead letters",
    );
    let put_out = |name: &str, of: &str| show(&stack.outputs[name]["Value"]) == of;
    need(put_out(&function, &function), "its function among the outputs");
    need(put_out(&format!("{queue}Url"), &queue), "its queue among the outputs");
    need(put_out(&format!("{dead}Url"), &dead), "its dead-letter queue among the outputs");

    need(events.contains(&format!("fetch-{domain}.json")), "an event, events/fetch-<name>.json");
    missing
}

fn broken() -> Vec<crate::changes::Change> {
    let fetch = "Resources/FetchordersFunction/Properties";
    let queue = "Resources/FetchordersQueue";
    let mut broken: Vec<_> =
        ["FetchordersFunction", "FetchordersRole", "FetchordersQueue", "FetchordersDeadQueue"]
            .iter()
            .map(|resource| remove(&format!("Resources/{resource}")))
            .collect();
    broken.extend([
        set(&format!("{fetch}/Handler"), json!("bootstrap")),
        set(&format!("{fetch}/CodeUri"), json!("../target/lambda/refresh")),
        remove(&format!("{fetch}/Environment/Variables/QUEUE_FETCH")),
        set(
            &format!("{fetch}/Environment/Variables/QUEUE_FETCH"),
            json!({"Fn::Sub": "https://sqs.${AWS::Region}.${AWS::URLSuffix}/${AWS::AccountId}/${AWS::StackName}-"}),
        ),
        remove(&format!("{fetch}/Environment/Variables/METRICS")),
        remove(&format!("{fetch}/Events/Task")),
        set(&format!("{fetch}/Events/Task/Properties/Queue"), json!({"Fn::GetAtt": "RefreshQueue.Arn"})),
        remove("Resources/DispatchFunction/Properties/Environment/Variables/QUEUE_FETCH"),
        remove(&format!("{}/[SendTasks]", statements("DispatchRole"))),
        remove(&format!("{}/[CountDeadLetters]", statements("DispatchRole"))),
        remove(&format!("{}/[Agenda]", statements("FetchordersRole"))),
        set(&format!("{}/[Agenda]/Action", statements("FetchordersRole")), json!("dynamodb:PutItem")),
        remove(&format!("{}/[Announce]", statements("FetchordersRole"))),
        remove("Resources/ConsoleFunction/Properties/Environment/Variables/QUEUE_FETCH"),
        remove(&format!("{}/[CountMessages]", statements("ConsoleRole"))),
        remove(&format!("{}/[TakeDeadLetters]", statements("ConsoleRole"))),
        remove(&format!("{}/[SendAgain]", statements("ConsoleRole"))),
        set(
            &format!("{}/[DeliverRecords]/Resource/0", statements("FetchordersRole")),
            json!({"Fn::Sub": "${LakeBucket.Arn}/records/domain=finances/*"}),
        ),
        set(
            &format!("{}/[DeliverRecords]/Resource/1", statements("FetchordersRole")),
            json!({"Fn::Sub": "${LakeBucket.Arn}/pii/domain=orders/*"}),
        ),
        set(&format!("{queue}/Properties/QueueName"), json!({"Fn::Sub": "${AWS::StackName}-fetch-order"})),
        remove(&format!("{queue}/Properties/RedrivePolicy")),
        remove("Resources/FetchbuyersPersonal"),
        remove("Outputs/FetchordersQueueUrl"),
        remove("Outputs/FetchordersFunction"),
    ]);
    broken
}
