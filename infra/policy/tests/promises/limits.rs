//! What AWS allows of one stack, computed from the template as it is deployed.

use crate::changes::{add, push, set, statements};
use crate::template::{deployed, file, list, show};
use crate::{expect, promise};
use sellerport_core::domains::DOMAINS;
use serde_json::{Map, Value, json};

/// docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html: resources in a template.
const RESOURCES: usize = 500;
/// Of those, what is kept for what comes: the tables of a data catalogue, further functions.
const KEPT: usize = 100;
/// The same page: outputs in a template.
const OUTPUTS: usize = 200;
/// The same page: parameters in a template.
const PARAMETERS: usize = 200;
/// The same page: bytes of a template that is read from a bucket (1 MB), and of one in a request.
const BODY: usize = 1_000_000;
const BODY_IN_A_REQUEST: usize = 51_200;
/// docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: characters of all inline policies of a role,
/// white space not counted.
const POLICIES: usize = 10_240;
/// docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: bytes of a function's variables, names and values.
const VARIABLES: usize = 4096;
/// The same page: characters of a function's name.
const NAME: usize = 64;

/// A stack's name may be this long here. CloudFormation itself allows 128.
const STACK_NAME: usize = 40;
/// What stands for a value that the deployment gives: the ARN of a key or a table, an address, a parameter.
const GIVEN: usize = 130;

/// A value at its longest.
fn long(value: &Value) -> String {
    let put_in = |text: &str| {
        let mut parts = text.split("${");
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |text, part| {
            let (name, rest) = part.split_once('}').unwrap_or(("", part));
            let length = match name {
                "AWS::Partition" => "aws-us-gov".len(),
                "AWS::Region" => "ap-southeast-2".len(),
                "AWS::AccountId" => 12,
                "AWS::URLSuffix" => "amazonaws.com.cn".len(),
                "AWS::StackName" => STACK_NAME,
                _ => GIVEN,
            };
            text + &"x".repeat(length) + rest
        })
    };
    match value {
        Value::String(text) => text.clone(),
        other => other["Fn::Sub"].as_str().map_or_else(|| "x".repeat(GIVEN), put_in),
    }
}

/// A policy with its longest values, in which an intrinsic function is one text.
fn written_out(value: &Value) -> Value {
    match value {
        Value::Array(entries) => entries.iter().map(written_out).collect(),
        Value::Object(fields) => {
            let intrinsic = fields.keys().any(|key| key == "Ref" || key.starts_with("Fn::"));
            let field = |(name, value): (&String, &Value)| (name.clone(), written_out(value));
            if intrinsic { json!(long(value)) } else { Value::Object(fields.iter().map(field).collect()) }
        }
        other => other.clone(),
    }
}

/// The resources, with those that SAM makes of a function: one for each event, and one for how it is invoked.
fn resources(template: &Value) -> usize {
    let all = template["Resources"].as_object().unwrap();
    let more = |resource: &Value| {
        let properties = &resource["Properties"];
        let events = properties["Events"].as_object().map_or(0, Map::len);
        events + usize::from(properties.get("EventInvokeConfig").is_some())
    };
    // CloudFormation counts what is declared, made or not.
    all.len() + all.values().map(more).sum::<usize>()
}

/// What is too much.
fn too_much(template: &Value) -> Vec<String> {
    let mut complaints = Vec::new();
    let mut fits = |what: &str, size: usize, most: usize| {
        expect(&mut complaints, size <= most, format!("{what}: {size}, and at most {most} fit"));
    };
    let count = |section: &str| template[section].as_object().map_or(0, Map::len);
    fits("resources", resources(template), RESOURCES - KEPT);
    fits("outputs", count("Outputs"), OUTPUTS);
    fits("parameters", count("Parameters"), PARAMETERS);
    fits("bytes with the loops carried out", template.to_string().len(), BODY);
    let stack = deployed(template, &[("LocalEmulator", "yes")]);
    for (name, role) in stack.of("AWS::IAM::Role") {
        let policies = list(&role["Policies"]);
        let characters =
            policies.iter().map(|policy| written_out(&policy["PolicyDocument"]).to_string().len());
        fits(&format!("characters of the policies of {name}"), characters.sum(), POLICIES);
    }
    for (name, function) in stack.functions() {
        let variables = function["Environment"]["Variables"].as_object().into_iter().flatten();
        let bytes = variables.map(|(variable, value)| variable.len() + long(value).len());
        fits(&format!("bytes of the variables of {name}"), bytes.sum(), VARIABLES);
        let own = show(&function["FunctionName"]).replace("AWS::StackName", &"x".repeat(STACK_NAME));
        fits(&format!("characters of the name of {name}"), own.len(), NAME);
    }
    complaints
}

#[test]
fn all_domains_fit_into_one_stack_with_room_to_spare() {
    let statement = |bytes: usize| json!({"Effect": "Allow", "Action": "x".repeat(bytes), "Resource": "*"});
    let variable = "Resources/OauthFunction/Properties/Environment/Variables/LONG";
    let broken = vec![
        push(&statements("ConsoleRole"), statement(POLICIES)),
        set(variable, json!("x".repeat(VARIABLES))),
        set("Resources/CallFunction/Properties/FunctionName", json!("x".repeat(NAME + 1))),
        add("AWS::SNS::Topic", json!({"DisplayName": "x".repeat(BODY)})),
    ];
    promise(too_much, broken);
    let template = crate::template::read();
    for (section, most) in [("Resources", RESOURCES - KEPT), ("Outputs", OUTPUTS), ("Parameters", PARAMETERS)]
    {
        let mut crowded = template.clone();
        for n in 0..most {
            crowded[section][format!("Extra{n}")] = json!({"Type": "AWS::SNS::Topic"});
        }
        assert!(!too_much(&crowded).is_empty(), "nobody counts the {section}");
    }
    println!(
        "{} resources, {} outputs, {} bytes with the loops carried out",
        resources(&template),
        template["Outputs"].as_object().unwrap().len(),
        template.to_string().len()
    );
}

#[test]
fn a_domain_more_is_seven_resources() {
    let template = crate::template::read();
    let of_one = |name: &&String| name.starts_with("Fetchorders");
    let declared = template["Resources"].as_object().unwrap().keys().filter(of_one).count();
    // The seventh is the mapping between queue and function, which SAM makes.
    assert_eq!(declared + 1, 7);
    assert!(DOMAINS.len() * 7 < RESOURCES - KEPT);
}

/// The tools send it by a bucket (`TEMPLATE_LIMIT` in `infra/local/package.py`).
#[test]
fn the_template_is_for_a_bucket_and_far_from_its_limit() {
    let text = file("infra/template.yaml");
    assert!(text.len() > BODY_IN_A_REQUEST && text.len() < BODY / 5, "{} bytes", text.len());
    assert!(file("infra/local/package.py").contains("TEMPLATE_LIMIT = 1_000_000"));
    for tool in ["infra/local/deploy.py", "infra/local/deploy_aws.py"] {
        assert!(file(tool).contains("address_of("), "{tool} sends it otherwise");
    }
}
