//! The SDK's clients: one HTTP stack and one TLS library for all, each client built when first used.

use crate::environment::{BadEnvironment, Environment};
use crate::issuer::IdentityProvider;
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_dynamodb::config::{BehaviorVersion, retry::RetryConfig, timeout::TimeoutConfig};
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use aws_types::SdkConfig;
use aws_types::region::Region;
use sellerport_core::ids::ApplicationSlug;
use sellerport_core::lwa::ApplicationCredentials;
use sellerport_core::ports::{Cause, Unavailable};
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::OnceLock;
use std::time::Duration;

/// One try of an AWS call.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(5);
/// All tries of an AWS call.
const OPERATION_TIMEOUT: Duration = Duration::from_secs(12);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);
/// Tries of an AWS call, throttling and lost answers included.
const ATTEMPTS: u32 = 4;

/// Every port, on AWS.
pub struct Aws {
    pub(crate) environment: Environment,
    config: SdkConfig,
    dynamodb: OnceLock<aws_sdk_dynamodb::Client>,
    kms: OnceLock<aws_sdk_kms::Client>,
    sqs: OnceLock<aws_sdk_sqs::Client>,
    s3: OnceLock<aws_sdk_s3::Client>,
    eventbridge: OnceLock<aws_sdk_eventbridge::Client>,
    secrets: OnceLock<aws_sdk_secretsmanager::Client>,
    /// The applications' credentials, kept until Amazon refuses them.
    pub(crate) applications: RefCell<HashMap<ApplicationSlug, ApplicationCredentials>>,
    /// The identity provider, where one is set up.
    pub(crate) issuer: Option<IdentityProvider>,
}

impl std::fmt::Debug for Aws {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Aws").field("stack", &self.environment.stack).finish_non_exhaustive()
    }
}

impl Aws {
    /// Prepares the clients; none is built and nothing is sent yet.
    pub fn new(environment: Environment) -> Self {
        let key = &environment.access_key;
        let credentials = Credentials::new(&key.id, &key.secret, key.session.clone(), None, "environment");
        let http = aws_smithy_http_client::Builder::new()
            .tls_provider(Provider::Rustls(CryptoMode::Ring))
            .build_https();
        let mut config = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(environment.region.clone()))
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .http_client(http)
            .sleep_impl(aws_sdk_dynamodb::config::SharedAsyncSleep::new(Tokio))
            .retry_config(RetryConfig::standard().with_max_attempts(ATTEMPTS))
            .timeout_config(
                TimeoutConfig::builder()
                    .connect_timeout(CONNECT_TIMEOUT)
                    .operation_attempt_timeout(ATTEMPT_TIMEOUT)
                    .operation_timeout(OPERATION_TIMEOUT)
                    .build(),
            );
        if let Some(endpoint) = &environment.endpoint {
            config = config.endpoint_url(endpoint.as_str());
        }
        Self {
            config: config.build(),
            issuer: environment.oidc.clone().map(IdentityProvider::new),
            environment,
            dynamodb: OnceLock::new(),
            kms: OnceLock::new(),
            sqs: OnceLock::new(),
            s3: OnceLock::new(),
            eventbridge: OnceLock::new(),
            secrets: OnceLock::new(),
            applications: RefCell::default(),
        }
    }

    /// What the function knows about its surroundings.
    pub fn environment(&self) -> &Environment {
        &self.environment
    }

    pub(crate) fn dynamodb(&self) -> &aws_sdk_dynamodb::Client {
        self.dynamodb.get_or_init(|| aws_sdk_dynamodb::Client::new(&self.config))
    }

    pub(crate) fn kms(&self) -> &aws_sdk_kms::Client {
        self.kms.get_or_init(|| aws_sdk_kms::Client::new(&self.config))
    }

    pub(crate) fn sqs(&self) -> &aws_sdk_sqs::Client {
        self.sqs.get_or_init(|| aws_sdk_sqs::Client::new(&self.config))
    }

    pub(crate) fn s3(&self) -> &aws_sdk_s3::Client {
        self.s3.get_or_init(|| {
            let config = aws_sdk_s3::config::Builder::from(&self.config)
                .force_path_style(self.environment.endpoint.is_some())
                .build();
            aws_sdk_s3::Client::from_conf(config)
        })
    }

    pub(crate) fn eventbridge(&self) -> &aws_sdk_eventbridge::Client {
        self.eventbridge.get_or_init(|| aws_sdk_eventbridge::Client::new(&self.config))
    }

    pub(crate) fn secrets(&self) -> &aws_sdk_secretsmanager::Client {
        self.secrets.get_or_init(|| aws_sdk_secretsmanager::Client::new(&self.config))
    }

    /// A variable that a port needs.
    pub(crate) fn variable(&self, name: &str, what: &'static str) -> Result<String, Unavailable> {
        self.environment
            .get(name)
            .map_err(|cause: BadEnvironment| Unavailable { what, cause: Box::new(cause) })
    }
}

/// Waiting between retries, on tokio.
#[derive(Debug)]
struct Tokio;

impl aws_sdk_dynamodb::config::AsyncSleep for Tokio {
    #[allow(clippy::disallowed_methods, reason = "the SDK's own retries; bounded by OPERATION_TIMEOUT")]
    fn sleep(&self, duration: Duration) -> aws_sdk_dynamodb::config::Sleep {
        aws_sdk_dynamodb::config::Sleep::new(tokio::time::sleep(duration))
    }
}

/// What an AWS service said, as a cause: the error's code and kind, never a request or response body.
pub(crate) fn cause<E, R>(error: &SdkError<E, R>) -> Cause
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
    R: std::fmt::Debug,
{
    match (error.code(), error) {
        (Some(code), _) => code.to_owned().into(),
        // The SDK's own text of an unreadable answer holds the answer, and with it a token.
        (None, SdkError::ConstructionFailure(_)) => "the request could not be built".into(),
        (None, SdkError::TimeoutError(_)) => "timeout".into(),
        (None, SdkError::DispatchFailure(_)) => "no connection".into(),
        (None, _) => "an answer that could not be read".into(),
    }
}

/// A service that did not do what it was asked.
pub(crate) fn unavailable<E, R>(what: &'static str) -> impl FnOnce(SdkError<E, R>) -> Unavailable
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
    R: std::fmt::Debug,
{
    move |error| Unavailable { what, cause: cause(&error) }
}
