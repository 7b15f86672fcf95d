//! People and programs: how the template lets them in.

use crate::changes::{remove, set};
use crate::template::{deployed, show};
use crate::{expect, promise};
use serde_json::{Value, json};

/// Everything of Cognito's.
const COGNITO: &str = "AWS::Cognito::";

/// The functions behind the HTTP API: each has addresses that take a program's token.
const ANSWERING: [&str; 4] = ["ConsoleFunction", "OauthFunction", "RotateFunction", "CallFunction"];

#[test]
fn without_a_user_pool_nothing_of_cognito_is_made() {
    let check = |template: &Value| {
        let mut complaints = Vec::new();
        for given in [&[][..], &[("LocalEmulator", "yes")], &[("OidcIssuer", "https://issuer.example")]] {
            for (name, resource) in deployed(template, given).all() {
                let kind = resource["Type"].as_str().unwrap_or_default();
                expect(&mut complaints, !kind.starts_with(COGNITO), format!("{name} is made unasked"));
            }
        }
        complaints
    };
    promise(
        check,
        ["People", "PeopleClient", "PeopleDomain", "Operators", "Viewers"]
            .map(|name| remove(&format!("Resources/{name}/Condition")))
            .into(),
    );
}

#[test]
fn a_user_pool_demands_a_second_factor_and_lets_nobody_in_by_himself() {
    let check = |template: &Value| {
        let stack = deployed(template, &[("UserPool", "yes")]);
        let (pool, client) = (stack.properties("People"), stack.properties("PeopleClient"));
        let password = &pool["Policies"]["PasswordPolicy"];
        let tenant = &pool["Schema"][0]["Name"];
        let writes = client["WriteAttributes"].as_array().cloned().unwrap_or_default();
        let strong = |name: &str| password[name] == true;
        let mut complaints = Vec::new();
        for (holds, complaint) in [
            (pool["MfaConfiguration"] == "ON", "a password is enough"),
            (pool["EnabledMfas"] == json!(["SOFTWARE_TOKEN_MFA"]), "another second factor than a program's"),
            (pool["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"] == true, "anybody may sign up"),
            (pool["DeletionProtection"] == "ACTIVE", "the people can be deleted by mistake"),
            (password["MinimumLength"].as_u64() >= Some(12), "passwords are short"),
            (password["PasswordHistorySize"].as_u64() >= Some(10), "old passwords come back"),
            (
                ["RequireLowercase", "RequireUppercase", "RequireNumbers", "RequireSymbols"]
                    .into_iter()
                    .all(strong),
                "passwords are simple",
            ),
            (tenant == "tenant", "there is no tenant"),
            // An empty list means everything.
            (
                !writes.is_empty() && !writes.contains(&json!("custom:tenant")),
                "people choose their tenant themselves",
            ),
            (client["GenerateSecret"] == false, "the client has a secret that nobody keeps"),
            (client["AllowedOAuthFlows"] == json!(["code"]), "another flow than the code's"),
            (client["AllowedOAuthScopes"] == json!(["openid"]), "other scopes"),
            (client["SupportedIdentityProviders"] == json!(["COGNITO"]), "strangers' providers"),
            (client["PreventUserExistenceErrors"] == "ENABLED", "one may ask who exists"),
            (show(&client["CallbackURLs"][0]).contains("/sign-in/oidc/callback"), "another callback"),
            (client["CallbackURLs"].as_array().is_some_and(|all| all.len() == 1), "several callbacks"),
            (stack.properties("Operators")["GroupName"] == "operator", "there are no operators"),
            (stack.properties("Viewers")["GroupName"] == "viewer", "there are no viewers"),
            (!stack.properties("PeopleDomain").is_null(), "there is no page to sign in on"),
        ] {
            expect(&mut complaints, holds, complaint);
        }
        complaints
    };
    let (pool, client) = ("Resources/People/Properties", "Resources/PeopleClient/Properties");
    let password = format!("{pool}/Policies/PasswordPolicy");
    promise(
        check,
        vec![
            set(&format!("{pool}/MfaConfiguration"), json!("OPTIONAL")),
            set(&format!("{pool}/EnabledMfas"), json!(["SMS_MFA"])),
            remove(&format!("{pool}/AdminCreateUserConfig")),
            remove(&format!("{pool}/DeletionProtection")),
            set(&format!("{password}/MinimumLength"), json!(8)),
            remove(&format!("{password}/PasswordHistorySize")),
            remove(&format!("{password}/RequireSymbols")),
            remove(&format!("{pool}/Schema")),
            remove(&format!("{client}/WriteAttributes")),
            set(&format!("{client}/WriteAttributes"), json!(["custom:tenant"])),
            set(&format!("{client}/GenerateSecret"), json!(true)),
            set(&format!("{client}/AllowedOAuthFlows"), json!(["code", "implicit"])),
            set(&format!("{client}/AllowedOAuthScopes"), json!(["aws.cognito.signin.user.admin"])),
            set(&format!("{client}/CallbackURLs"), json!(["https://evil.example/callback"])),
            remove("Resources/Operators"),
        ],
    );
}

#[test]
fn whoever_answers_people_and_programs_knows_the_issuer_and_it_follows_the_user_pool() {
    let check = |template: &Value| {
        let mut complaints = Vec::new();
        for (pool, issuer) in [("no", "https://issuer.example"), ("yes", "")] {
            let stack = deployed(template, &[("UserPool", pool), ("OidcIssuer", issuer)]);
            for (name, function) in stack.functions() {
                let variables = &function["Environment"]["Variables"];
                let knows = !variables["OIDC_ISSUER"].is_null();
                let right = knows == ANSWERING.contains(&name);
                expect(&mut complaints, right, format!("{name}: another issuer"));
            }
            // All tell one another's people and programs apart in the same way.
            let about = |name: &str| -> Vec<_> {
                let variables = &stack.properties(name)["Environment"]["Variables"];
                let all = variables.as_object().into_iter().flatten();
                all.filter(|(name, _)| name.starts_with("OIDC_")).collect()
            };
            let different = ANSWERING.iter().filter(|name| about(name) != about("ConsoleFunction"));
            complaints.extend(different.map(|name| format!("{name} is told something else")));
            let variables = &stack.properties("ConsoleFunction")["Environment"]["Variables"];
            let (issuer, client) = (show(&variables["OIDC_ISSUER"]), show(&variables["OIDC_CLIENT_ID"]));
            let right = match pool {
                "yes" => issuer.contains("cognito-idp") && client.contains("PeopleClient"),
                _ => issuer.contains("OidcIssuer") && client.contains("OidcClientId"),
            };
            expect(&mut complaints, right, format!("UserPool {pool}: {issuer}, {client}"));
        }
        complaints
    };
    let variables = "Resources/ConsoleFunction/Properties/Environment/Variables";
    promise(
        check,
        vec![
            set(&format!("{variables}/OIDC_ISSUER"), json!({"Ref": "OidcIssuer"})),
            set(&format!("{variables}/OIDC_CLIENT_ID"), json!({"Ref": "PeopleClient"})),
            remove(&format!("{variables}/OIDC_ISSUER")),
            remove("Resources/RotateFunction/Properties/Environment/Variables/OIDC_ISSUER"),
            remove("Resources/CallFunction/Properties/Environment/Variables/OIDC_ISSUER"),
            remove("Resources/OauthFunction/Properties/Environment/Variables/OIDC_API_AUDIENCES"),
            set(
                "Resources/OauthFunction/Properties/Environment/Variables/OIDC_TENANT_CLAIM",
                json!({"Ref": "OidcRoleClaim"}),
            ),
            set(
                "Resources/RefreshFunction/Properties/Environment/Variables/OIDC_ISSUER",
                json!({"Ref": "OidcIssuer"}),
            ),
            set("Globals/Function/Environment/Variables/OIDC_ISSUER", json!({"Ref": "OidcIssuer"})),
        ],
    );
}
