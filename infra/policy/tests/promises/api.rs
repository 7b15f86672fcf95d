//! The HTTP API.

use crate::changes::{add, remove, set};
use crate::template::{deployed, on_aws, show};
use crate::{expect, promise};
use sellerport_web::routes::{Function, ROUTES, Route, Who};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Requests a second, and in a burst, for the whole installation.
const RATE: (u64, u64) = (20, 40);
/// The longest that an HTTP API waits, in milliseconds.
const GATEWAY_PATIENCE: u64 = 30_000;

/// What the access log may hold. No query string (Amazon's code and our tickets travel there), no header, no
/// body, no cookie.
const LOGGED: [&str; 9] = [
    "requestTime",
    "requestId",
    "identity.sourceIp",
    "httpMethod",
    "path",
    "status",
    "responseLength",
    "responseLatency",
    "integrationErrorMessage",
];

/// A12
#[test]
fn the_api_is_throttled() {
    let check = |template: &Value| {
        let mut complaints = Vec::new();
        for (name, stage) in on_aws(template).of("AWS::ApiGatewayV2::Stage") {
            let settings = &stage["DefaultRouteSettings"];
            let rate = (settings["ThrottlingRateLimit"].as_u64(), settings["ThrottlingBurstLimit"].as_u64());
            let right = rate == (Some(RATE.0), Some(RATE.1)) && stage.get("RouteSettings").is_none();
            expect(&mut complaints, right, format!("{name} takes {rate:?}"));
        }
        complaints
    };
    let stage = "Resources/ApiStage/Properties";
    promise(
        check,
        vec![
            remove(&format!("{stage}/DefaultRouteSettings")),
            set(&format!("{stage}/DefaultRouteSettings/ThrottlingRateLimit"), json!(10_000)),
            set(&format!("{stage}/RouteSettings"), json!({"POST /connect": {"ThrottlingRateLimit": 10_000}})),
        ],
    );
}

/// A12
#[test]
fn the_access_log_holds_no_query_no_header_and_no_body() {
    let check = |template: &Value| {
        let mut complaints = Vec::new();
        let stack = on_aws(template);
        for (name, stage) in stack.of("AWS::ApiGatewayV2::Stage") {
            let log = show(&stage["AccessLogSettings"]["DestinationArn"]);
            let kept = stack.of("AWS::Logs::LogGroup").any(|(group, _)| group == log);
            expect(&mut complaints, kept, format!("{name} has no access log"));
            let format = stage["AccessLogSettings"]["Format"].as_str().unwrap_or_default();
            for part in format.split('$').skip(1) {
                let end = part.find(|c: char| !c.is_ascii_alphanumeric() && c != '.').unwrap_or(part.len());
                let variable = &part[..end];
                let allowed = variable.strip_prefix("context.").is_some_and(|what| LOGGED.contains(&what));
                expect(&mut complaints, allowed, format!("{name} logs ${variable}"));
            }
            let line = serde_json::from_str::<Value>(format);
            expect(&mut complaints, line.is_ok(), format!("{name}: a line of the log is not JSON"));
            for trace in ["DataTraceEnabled", "LoggingLevel"] {
                let traced = stage["DefaultRouteSettings"].get(trace).is_some();
                expect(&mut complaints, !traced, format!("{name} has {trace}"));
            }
        }
        complaints
    };
    let stage = "Resources/ApiStage/Properties";
    let format = format!("{stage}/AccessLogSettings/Format");
    promise(
        check,
        vec![
            set(&format, json!(r#"{"path":"$context.path?$context.queryString"}"#)),
            set(&format, json!(r#"{"query":"$request.querystring"}"#)),
            set(&format, json!(r#"{"body":"$context.requestBody"}"#)),
            set(&format, json!(r#"{"who":"$context.authorizer.cookie"}"#)),
            set(&format, json!("$context.path")),
            set(&format!("{stage}/DefaultRouteSettings/DataTraceEnabled"), json!(true)),
            remove(&format!("{stage}/AccessLogSettings")),
        ],
    );
}

/// The template's routes, as the code's table of addresses has them: whatever the console does not answer has
/// one of its own, the addresses below /oauth/ share one, and the console takes the rest.
fn routes() -> BTreeSet<String> {
    let mut routes: BTreeSet<_> = ROUTES.iter().filter_map(route).collect();
    routes.insert("ANY /oauth/{proxy+} -> OauthIntegration".to_owned());
    routes.insert("$default -> ConsoleIntegration".to_owned());
    routes
}

/// An address's own route; none where a shared one leads to its function.
fn route(row: &Route) -> Option<String> {
    let integration = match row.function {
        Function::Console => "ConsoleIntegration",
        Function::Oauth => "OauthIntegration",
        Function::Rotate => "RotateIntegration",
        Function::Call => "CallIntegration",
    };
    let shared = match row.path.starts_with("/oauth/") {
        true => Function::Oauth,
        false => Function::Console,
    };
    (row.function != shared).then(|| format!("{} {} -> {integration}", row.method, row.path))
}

#[test]
fn an_address_that_the_shared_routes_do_not_serve_gets_its_own() {
    let row = |path, function| Route { method: "GET", path, function, who: Who::Anybody };
    assert_eq!(route(&row("/new", Function::Console)), None);
    assert_eq!(route(&row("/oauth/new", Function::Oauth)), None);
    assert_eq!(route(&row("/new", Function::Oauth)).as_deref(), Some("GET /new -> OauthIntegration"));
    let console = route(&row("/oauth/new", Function::Console));
    assert_eq!(console.as_deref(), Some("GET /oauth/new -> ConsoleIntegration"));
}

/// A11
#[test]
fn each_address_leads_to_its_function_and_no_other_site_is_answered() {
    let routes = routes();
    let check = |template: &Value| {
        let stack = on_aws(template);
        let mut complaints = Vec::new();
        let found: BTreeSet<_> = stack
            .of("AWS::ApiGatewayV2::Route")
            .map(|(_, route)| {
                let target = show(&route["Target"]);
                format!("{} -> {}", show(&route["RouteKey"]), target.trim_start_matches("integrations/"))
            })
            .collect();
        let (more, less) = (found.difference(&routes), routes.difference(&found));
        complaints.extend(more.map(|route| format!("only in the template: {route}")));
        complaints.extend(less.map(|route| format!("not in the template: {route}")));
        let count = stack.of("AWS::ApiGatewayV2::Route").count();
        expect(&mut complaints, count == found.len(), "a route is there twice");
        for (name, integration) in stack.of("AWS::ApiGatewayV2::Integration") {
            let function = name.replace("Integration", "Function");
            let right = show(&integration["IntegrationUri"]) == function
                && integration["IntegrationType"] == "AWS_PROXY"
                && integration["PayloadFormatVersion"] == "2.0";
            expect(&mut complaints, right, format!("{name} leads elsewhere"));
        }
        let apis: Vec<_> = stack
            .all()
            .filter(|(_, one)| {
                let kind = one["Type"].as_str().unwrap_or_default();
                kind.ends_with("::Api") || kind.ends_with("::HttpApi") || kind.ends_with("::RestApi")
            })
            .collect();
        expect(&mut complaints, apis.len() == 1, format!("{} APIs", apis.len()));
        for (name, api) in apis {
            let open = api["Properties"].get("CorsConfiguration").is_some();
            expect(&mut complaints, !open, format!("{name} answers other sites"));
        }
        complaints
    };
    promise(
        check,
        vec![
            set("Resources/Api/Properties/CorsConfiguration", json!({"AllowOrigins": ["*"]})),
            add("AWS::ApiGatewayV2::Route", json!({"RouteKey": "GET /debug", "Target": "integrations/x"})),
            set(
                "Resources/CallbackRoute/Properties/Target/Fn::Sub",
                json!("integrations/${ConsoleIntegration}"),
            ),
            remove("Resources/ConnectRoute"),
            remove("Resources/ApplicationApiRoute"),
            set("Resources/ApplicationApiRoute/Properties/RouteKey", json!("PUT /api/applications/{slug}")),
            set(
                "Resources/ApplicationRoute/Properties/Target/Fn::Sub",
                json!("integrations/${OauthIntegration}"),
            ),
            add(
                "AWS::ApiGatewayV2::Route",
                json!({
                    "RouteKey": "POST /connect",
                    "Target": {"Fn::Sub": "integrations/${OauthIntegration}"},
                }),
            ),
            set(
                "Resources/OauthIntegration/Properties/IntegrationUri",
                json!({"Fn::GetAtt": "RefreshFunction.Arn"}),
            ),
            set("Resources/ConsoleIntegration/Properties/PayloadFormatVersion", json!("1.0")),
            add("AWS::Serverless::Api", json!({})),
        ],
    );
}

#[test]
fn the_gateway_waits_longer_than_its_function_takes() {
    let check = |template: &Value| {
        let stack = on_aws(template);
        let mut complaints = Vec::new();
        for (name, integration) in stack.of("AWS::ApiGatewayV2::Integration") {
            let waits = integration["TimeoutInMillis"].as_u64().unwrap_or(GATEWAY_PATIENCE);
            let function = stack.properties(&show(&integration["IntegrationUri"]));
            let takes = function["Timeout"].as_u64().unwrap_or(u64::MAX / 1000) * 1000;
            expect(
                &mut complaints,
                takes < waits && waits <= GATEWAY_PATIENCE,
                format!("{name} waits {waits} ms"),
            );
        }
        complaints
    };
    promise(
        check,
        vec![
            set("Resources/OauthFunction/Properties/Timeout", json!(26)),
            set("Resources/OauthFunction/Properties/Timeout", json!(29)),
            set("Resources/RotateFunction/Properties/Timeout", json!(30)),
            set("Resources/RotateIntegration/Properties/TimeoutInMillis", json!(29_000)),
            set("Resources/ConsoleIntegration/Properties/TimeoutInMillis", json!(15_000)),
            set("Resources/ConsoleIntegration/Properties/TimeoutInMillis", json!(60_000)),
        ],
    );
}

#[test]
fn an_own_domain_speaks_tls_1_2_with_its_certificate() {
    let given =
        [("PublicOrigin", "https://connect.example.com"), ("CertificateArn", "arn:aws:acm:eu-central-1:1:c")];
    let check = |template: &Value| {
        let stack = deployed(template, &given);
        let mut complaints = Vec::new();
        expect(
            &mut complaints,
            stack.of("AWS::ApiGatewayV2::DomainName").count() == 1,
            "there is one domain",
        );
        for (name, domain) in stack.of("AWS::ApiGatewayV2::DomainName") {
            let how = &domain["DomainNameConfigurations"][0];
            let right =
                how["SecurityPolicy"] == "TLS_1_2" && show(&how["CertificateArn"]) == "CertificateArn";
            expect(&mut complaints, right, format!("{name} speaks something else"));
        }
        let unasked = on_aws(template).of("AWS::ApiGatewayV2::DomainName").count();
        expect(&mut complaints, unasked == 0, "a domain that nobody asked for");
        complaints
    };
    let domain = "Resources/OwnDomain/Properties/DomainNameConfigurations/0";
    promise(
        check,
        vec![
            set(&format!("{domain}/SecurityPolicy"), json!("TLS_1_0")),
            remove(&format!("{domain}/SecurityPolicy")),
            remove(&format!("{domain}/CertificateArn")),
            remove("Resources/OwnDomain/Condition"),
        ],
    );
}
