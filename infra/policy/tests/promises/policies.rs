//! The functions' policies as rows: who may do what to what, and under which condition.

use crate::template::{Stack, list, show};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt;

/// One permission.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Row {
    pub(crate) function: String,
    pub(crate) action: String,
    pub(crate) resource: String,
    /// `purpose=…`, or nothing, or a condition as it is written.
    pub(crate) condition: String,
}

impl Row {
    /// The service, such as `kms`.
    pub(crate) fn service(&self) -> &str {
        self.action.split(':').next().unwrap_or_default()
    }

    /// Whether its resource is this queue, by its name in the template or by a pattern of names.
    pub(crate) fn reaches(&self, stack: &Stack, queue: &str) -> bool {
        let name = show(&stack.properties(queue)["QueueName"]);
        let pattern = self.resource.strip_prefix("arn:AWS::Partition:sqs:AWS::Region:AWS::AccountId:");
        self.resource == queue || pattern.is_some_and(|pattern| fits(pattern, &name))
    }
}

/// Whether a name fits a pattern in which `*` stands for anything.
pub(crate) fn fits(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((before, after)) => name
            .strip_prefix(before)
            .is_some_and(|rest| (0..=rest.len()).any(|n| rest.get(n..).is_some_and(|end| fits(after, end)))),
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { function, action, resource, condition } = self;
        let line = format!("{function:<20} {action:<29} {resource:<41} {condition}");
        f.write_str(line.trim_end())
    }
}

/// All rows of all functions. What this cannot read becomes a row too, which no table has.
pub(crate) fn rows(stack: &Stack) -> BTreeSet<Row> {
    let mut rows = BTreeSet::new();
    for (function, properties) in stack.functions() {
        let role = show(&properties["Role"]);
        let attached = stack.of("AWS::IAM::Policy").map(|(_, policy)| policy);
        let attached =
            attached.filter(|policy| list(&policy["Roles"]).into_iter().any(|to| show(to) == role));
        for policy in list(&stack.properties(&role)["Policies"]).into_iter().chain(attached) {
            for statement in list(&policy["PolicyDocument"]["Statement"]) {
                rows.extend(statement_rows(function, statement));
            }
        }
    }
    rows
}

fn statement_rows(function: &str, statement: &Value) -> Vec<Row> {
    let row = |action: &str, resource: String, condition: String| Row {
        function: function.to_owned(),
        action: action.to_owned(),
        resource,
        condition,
    };
    let known = ["Sid", "Effect", "Action", "Resource", "Condition"];
    let plain =
        statement.as_object().is_some_and(|fields| fields.keys().all(|k| known.contains(&k.as_str())));
    if !plain || statement["Effect"] != "Allow" {
        return vec![row("unreadable", statement.to_string(), String::new())];
    }
    let condition = condition(&statement["Condition"]);
    let mut rows = Vec::new();
    for action in list(&statement["Action"]) {
        for resource in list(&statement["Resource"]) {
            rows.push(row(&show(action), show(resource), condition.clone()));
        }
    }
    rows
}

fn condition(condition: &Value) -> String {
    let purposes = &condition["StringEquals"]["kms:EncryptionContext:purpose"];
    let purposes: Vec<_> = list(purposes).into_iter().map(show).collect();
    let expected = serde_json::json!({"StringEquals": {"kms:EncryptionContext:purpose": purposes}});
    let keys = &condition["ForAllValues:StringLike"]["dynamodb:LeadingKeys"];
    let keys: Vec<_> = list(keys).into_iter().map(show).collect();
    let leading = serde_json::json!({"ForAllValues:StringLike": {"dynamodb:LeadingKeys": keys}});
    match condition {
        Value::Null => String::new(),
        only if *only == expected && !purposes.is_empty() => format!("purpose={}", purposes.join(",")),
        only if *only == leading && !keys.is_empty() => format!("rows={}", keys.join(",")),
        other => other.to_string(),
    }
}
