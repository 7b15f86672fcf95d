//! The environment: read once, at start, here and nowhere else. Each error names its variable.

use jiff::Timestamp;
use sellerport_core::application::{Loopback, Site};
use sellerport_core::domains::DOMAINS;
use sellerport_core::ids::TenantId;
use sellerport_core::oidc::{IssuerUrl, Settings};

/// A variable is missing or cannot be used. The function does not start.
#[derive(Debug, thiserror::Error)]
pub enum BadEnvironment {
    /// Not set.
    #[error("E_CFG_MISSING: set the variable {0}")]
    Missing(String),
    /// Set to something that cannot be used; the value is not repeated.
    #[error("E_CFG_VALUE: the variable {name} {why}")]
    Value {
        /// The variable.
        name: &'static str,
        /// What is wrong.
        why: String,
    },
    /// Dependencies would write bodies, and with them tokens, into the log.
    #[error("E_CFG_UNSAFE_LOGGING: unset LOG_SENSITIVE_BODIES; bodies hold tokens and are never logged")]
    UnsafeLogging,
}

/// What every function knows about its surroundings.
///
/// | variable | what | default |
/// |---|---|---|
/// | `AWS_REGION` | set by Lambda | required |
/// | `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN` | the role's, set by Lambda | required |
/// | `AWS_ENDPOINT_URL` | an emulator on this machine; loopback only | AWS |
/// | `STACK_NAME` | prefix of all table names | required |
/// | `LOG_LEVEL` | `error`, `warn`, `info` or `debug`, for our own code | `info` |
/// | `METRICS` | `on` or `off`: whether CloudWatch makes metrics of the call log | `on` |
/// | `AMAZON_OVERRIDE` | a simulator on this machine; loopback only | Amazon |
/// | `OIDC_ISSUER`, `OIDC_CLIENT_ID` | the identity provider, and who we are there | sign-in by link only |
/// | `OIDC_TENANT_CLAIM`, `OIDC_ROLE_CLAIM` | where its tokens name tenant and role | those of Cognito |
/// | `OIDC_TENANT` | the tenant of everybody | the claim's |
/// | `OIDC_API_AUDIENCES` | whom programs' tokens must be meant for, by commas | none: no tokens |
/// | the others | see the methods | required where used |
#[derive(Clone)]
pub struct Environment {
    /// The AWS region.
    pub region: String,
    /// The stack: prefix of the tables' names, name of the bus.
    pub stack: String,
    /// Our own code's log level.
    pub log_level: String,
    /// Whether the call log's lines are metrics as well.
    pub metrics: bool,
    /// An emulator in AWS's place.
    pub endpoint: Option<Loopback>,
    /// A simulator in Amazon's place.
    pub simulator: Option<Loopback>,
    /// The identity provider.
    pub oidc: Option<Settings>,
    pub(crate) access_key: AccessKey,
    variables: Vec<(String, String)>,
}

/// The role's credentials: fixed for the life of a Lambda sandbox.
#[derive(Clone)]
pub(crate) struct AccessKey {
    pub(crate) id: String,
    pub(crate) secret: String,
    pub(crate) session: Option<String>,
}

impl std::fmt::Debug for Environment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Environment").field("stack", &self.stack).finish_non_exhaustive()
    }
}

impl Environment {
    /// Reads the process's environment.
    #[allow(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    pub fn read() -> Result<Self, BadEnvironment> {
        Self::from(std::env::vars().collect())
    }

    /// Reads these variables.
    pub fn from(variables: Vec<(String, String)>) -> Result<Self, BadEnvironment> {
        let find = |name: &str| find(&variables, name);
        if find("LOG_SENSITIVE_BODIES").is_some() {
            return Err(BadEnvironment::UnsafeLogging);
        }
        let loopback = |name: &'static str| {
            find(name)
                .map(|text| Loopback::parse(text.trim_end_matches('/')))
                .transpose()
                .map_err(|error| BadEnvironment::Value { name, why: error.to_string() })
        };
        let required = |name: &str| {
            find(name).map(str::to_owned).ok_or_else(|| BadEnvironment::Missing(name.to_owned()))
        };
        Ok(Self {
            region: required("AWS_REGION")?,
            stack: required("STACK_NAME")?,
            log_level: find("LOG_LEVEL").unwrap_or("info").to_lowercase(),
            metrics: find("METRICS").unwrap_or("on") != "off",
            endpoint: loopback("AWS_ENDPOINT_URL")?,
            simulator: loopback("AMAZON_OVERRIDE")?,
            oidc: oidc(&variables)?,
            access_key: AccessKey {
                id: required("AWS_ACCESS_KEY_ID")?,
                secret: required("AWS_SECRET_ACCESS_KEY")?,
                session: find("AWS_SESSION_TOKEN").map(str::to_owned),
            },
            variables,
        })
    }

    fn required(&self, name: &str) -> Result<&str, BadEnvironment> {
        find(&self.variables, name).ok_or_else(|| BadEnvironment::Missing(name.to_owned()))
    }

    /// The value of a variable that an adapter needs when it is first used.
    pub(crate) fn get(&self, name: &str) -> Result<String, BadEnvironment> {
        self.required(name).map(str::to_owned)
    }

    /// `PUBLIC_ORIGIN`; `HOME_TENANT` (default `main`), whose operators look after the applications;
    /// `RETURN_ORIGINS`, where connect sessions may lead back to, separated by commas (default: nowhere).
    pub fn site(&self) -> Result<Site, BadEnvironment> {
        let home = find(&self.variables, "HOME_TENANT").unwrap_or("main");
        let home = TenantId::parse(home)
            .map_err(|error| BadEnvironment::Value { name: "HOME_TENANT", why: error.to_string() })?;
        let origins = find(&self.variables, "RETURN_ORIGINS").unwrap_or_default();
        let origins = origins.split(',').map(str::trim).filter(|origin| !origin.is_empty());
        Ok(Site {
            origin: self.required("PUBLIC_ORIGIN")?.trim_end_matches('/').to_owned(),
            simulator: self.simulator.clone(),
            home,
            return_origins: origins.map(str::to_owned).collect(),
        })
    }

    /// `NOTIFICATIONS_QUEUE`, the ARN of the queue that Amazon sends to; nothing where `NOTIFICATIONS` is `off`.
    pub fn notifications(&self) -> Result<Option<String>, BadEnvironment> {
        match find(&self.variables, "NOTIFICATIONS") {
            Some("off") => Ok(None),
            _ => self.get("NOTIFICATIONS_QUEUE").map(Some),
        }
    }

    /// The domain that the function's Handler setting names (`_HANDLER`).
    pub fn domain(&self) -> Result<&'static sellerport_core::domains::Domain, BadEnvironment> {
        sellerport_core::domains::by_name(self.required("_HANDLER")?).ok_or_else(|| {
            let names: Vec<_> = DOMAINS.iter().map(|domain| domain.name).collect();
            let why = format!("must name a domain: {}", names.join(", "));
            BadEnvironment::Value { name: "_HANDLER", why }
        })
    }
}

/// The identity provider, where `OIDC_ISSUER` names one.
fn oidc(variables: &[(String, String)]) -> Result<Option<Settings>, BadEnvironment> {
    let bad = |name, why: &dyn std::fmt::Display| BadEnvironment::Value { name, why: why.to_string() };
    let text = |name, default: &str| find(variables, name).unwrap_or(default).to_owned();
    let Some(issuer) = find(variables, "OIDC_ISSUER") else { return Ok(None) };
    let issuer = IssuerUrl::parse(issuer).map_err(|error| bad("OIDC_ISSUER", &error))?;
    let client_id = find(variables, "OIDC_CLIENT_ID");
    let tenant = find(variables, "OIDC_TENANT").map(TenantId::parse).transpose();
    let audiences = text("OIDC_API_AUDIENCES", "");
    let audiences = audiences.split(',').map(str::trim).filter(|one| !one.is_empty());
    Ok(Some(Settings {
        issuer,
        client_id: client_id.ok_or(BadEnvironment::Missing("OIDC_CLIENT_ID".to_owned()))?.to_owned(),
        tenant_claim: text("OIDC_TENANT_CLAIM", "custom:tenant"),
        role_claim: text("OIDC_ROLE_CLAIM", "cognito:groups"),
        tenant: tenant.map_err(|error| bad("OIDC_TENANT", &error))?,
        audiences: audiences.map(str::to_owned).collect(),
    }))
}

fn find<'a>(variables: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let value = variables.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim());
    value.filter(|value| !value.is_empty())
}

/// The moment of a Lambda deadline given in milliseconds since 1970, less what an orderly end needs.
pub fn deadline(milliseconds: u64) -> Timestamp {
    let milliseconds = i64::try_from(milliseconds).unwrap_or(i64::MAX);
    let deadline = Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::MAX);
    deadline.checked_sub(ORDERLY_END).unwrap_or(Timestamp::MIN)
}

/// Nothing new is begun with less time than this left (fault F45 asks for 3 s).
const ORDERLY_END: jiff::SignedDuration = jiff::SignedDuration::from_secs(3);

#[cfg(test)]
mod tests {
    use super::*;

    fn variables(change: &[(&str, &str)]) -> Vec<(String, String)> {
        let mut all = vec![
            ("AWS_REGION", "eu-central-1"),
            ("AWS_ACCESS_KEY_ID", "AKIA"),
            ("AWS_SECRET_ACCESS_KEY", "CANARY-key"),
            ("STACK_NAME", "sellerport"),
        ];
        all.retain(|(name, _)| !change.iter().any(|(changed, _)| changed == name));
        all.extend(change);
        all.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    #[test]
    fn a_missing_variable_is_named() {
        let error = Environment::from(variables(&[("STACK_NAME", " ")])).unwrap_err();
        assert_eq!(error.to_string(), "E_CFG_MISSING: set the variable STACK_NAME");
        let environment = Environment::from(variables(&[("_HANDLER", "shoes")])).unwrap();
        let error = environment.domain().unwrap_err().to_string();
        assert!(error.starts_with("E_CFG_VALUE: the variable _HANDLER must name a domain: "), "{error}");
    }

    #[test]
    fn t27_a_start_that_would_log_bodies_is_refused() {
        let error = Environment::from(variables(&[("LOG_SENSITIVE_BODIES", "true")])).unwrap_err();
        assert!(error.to_string().starts_with("E_CFG_UNSAFE_LOGGING"));
    }

    #[test]
    fn no_setting_sends_a_secret_to_another_machine() {
        for name in ["AMAZON_OVERRIDE", "AWS_ENDPOINT_URL"] {
            for address in ["https://evil.example", "http://10.0.0.1:80", "http://127.0.0.1:80@evil.example"]
            {
                let error = Environment::from(variables(&[(name, address)])).unwrap_err().to_string();
                assert!(error.contains(name) && !error.contains("evil"), "{error}");
            }
            assert!(Environment::from(variables(&[(name, "http://127.0.0.1:4566/")])).is_ok());
        }
    }

    #[test]
    fn an_identity_provider_is_set_up_whole_or_not_at_all() {
        assert_eq!(Environment::from(variables(&[("OIDC_CLIENT_ID", "x")])).unwrap().oidc, None);
        let issuer = ("OIDC_ISSUER", "https://issuer.example");
        let error = Environment::from(variables(&[issuer])).unwrap_err().to_string();
        assert_eq!(error, "E_CFG_MISSING: set the variable OIDC_CLIENT_ID");
        let client = ("OIDC_CLIENT_ID", "console");
        for (name, changed) in [
            ("OIDC_ISSUER", [("OIDC_ISSUER", "http://evil.example"), client].to_vec()),
            ("OIDC_TENANT", [issuer, client, ("OIDC_TENANT", "evil/x")].to_vec()),
        ] {
            let error = Environment::from(variables(&changed)).unwrap_err().to_string();
            assert!(error.contains(name) && !error.contains("evil"), "{error}");
        }
        let audiences = ("OIDC_API_AUDIENCES", "api, ,machine");
        let set = Environment::from(variables(&[issuer, client, audiences])).unwrap().oidc.unwrap();
        assert_eq!((set.tenant_claim.as_str(), set.role_claim.as_str()), ("custom:tenant", "cognito:groups"));
        assert_eq!(set.audiences, ["api", "machine"]);
    }

    #[test]
    fn notifications_are_on_unless_they_are_switched_off() {
        let queue = ("NOTIFICATIONS_QUEUE", "arn:aws:sqs:eu-central-1:123456789012:s-notifications");
        let on = Environment::from(variables(&[queue])).unwrap();
        assert_eq!(on.notifications().unwrap().as_deref(), Some(queue.1));
        let off = Environment::from(variables(&[queue, ("NOTIFICATIONS", "off")])).unwrap();
        assert_eq!(off.notifications().unwrap(), None);
        assert!(Environment::from(variables(&[])).unwrap().notifications().is_err(), "forgotten is not off");
    }

    #[test]
    fn credentials_are_not_printed() {
        let printed = format!("{:?}", Environment::from(variables(&[])).unwrap());
        assert!(!printed.contains("CANARY"), "{printed}");
    }
}
