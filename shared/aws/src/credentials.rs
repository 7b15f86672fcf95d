//! The applications' credentials in Secrets Manager, one secret each: `{"client_id": "…", "client_secret": "…"}`
//! under `<stack>/application/<name>`.

use crate::clients::{Aws, cause, unavailable};
use aws_sdk_secretsmanager::operation::get_secret_value::GetSecretValueError;
use aws_sdk_secretsmanager::operation::put_secret_value::PutSecretValueError;
use sellerport_core::ids::ApplicationSlug;
use sellerport_core::lwa::ApplicationCredentials;
use sellerport_core::ports::{CredentialStore, Credentials, Unavailable};
use sellerport_core::rotate::digest_of;
use sellerport_core::secret::{ClientSecret, Digest};
use serde::{Deserialize, Serialize};

const WHAT: &str = "the application's secret";

#[derive(Serialize, Deserialize)]
struct Stored {
    client_id: String,
    client_secret: String,
}

impl Aws {
    fn secret_id(&self, application: &ApplicationSlug) -> String {
        format!("{}/application/{application}", self.environment.stack)
    }
}

impl Credentials for Aws {
    async fn current(&self, application: &ApplicationSlug) -> Result<ApplicationCredentials, Unavailable> {
        if let Some(kept) = self.applications.borrow().get(application).cloned() {
            return Ok(kept);
        }
        let request = self.secrets().get_secret_value().secret_id(self.secret_id(application));
        let answer = request.send().await.map_err(unavailable(WHAT))?;
        // The parser's own message could repeat the secret.
        let stored: Stored =
            serde_json::from_str(answer.secret_string().unwrap_or_default()).map_err(|_| Unavailable {
                what: WHAT,
                cause: "not {client_id, client_secret} as JSON".into(),
            })?;
        let credentials = ApplicationCredentials {
            client_id: stored.client_id,
            client_secret: ClientSecret::new(stored.client_secret),
        };
        self.applications.borrow_mut().insert(application.clone(), credentials.clone());
        Ok(credentials)
    }

    fn refused(&self, application: &ApplicationSlug) {
        self.applications.borrow_mut().remove(application);
    }
}

impl CredentialStore for Aws {
    /// Secrets Manager moves the present version's label to the new one and keeps the one before as
    /// `AWSPREVIOUS`. It ignores a version whose id it knows, so the id follows from the pair and from the
    /// version it replaces: a repeat writes nothing, and an earlier pair can come back.
    async fn replace(
        &self,
        application: &ApplicationSlug,
        credentials: &ApplicationCredentials,
    ) -> Result<(), Unavailable> {
        let stored = Stored {
            client_id: credentials.client_id.clone(),
            client_secret: credentials.client_secret.expose().to_owned(),
        };
        let text = serde_json::to_string(&stored)
            .map_err(|_| Unavailable { what: WHAT, cause: "it cannot be written as JSON".into() })?;
        let id = self.secret_id(application);
        self.applications.borrow_mut().remove(application);
        let present = match self.secrets().get_secret_value().secret_id(&id).send().await {
            Ok(present) if present.secret_string() == Some(&text) => return Ok(()),
            Ok(present) => present.version_id,
            Err(error) => match error.as_service_error() {
                Some(GetSecretValueError::ResourceNotFoundException(_)) => None,
                _ => return Err(Unavailable { what: WHAT, cause: cause(&error) }),
            },
        };
        let replaces = present.unwrap_or_default();
        let version = Digest::of(&format!("{}:{replaces}", digest_of(credentials).as_str()));
        let put = self
            .secrets()
            .put_secret_value()
            .secret_id(&id)
            .client_request_token(version.as_str())
            .secret_string(&text);
        let error = match put.send().await {
            Ok(_) => return Ok(()),
            Err(error) => error,
        };
        if !matches!(error.as_service_error(), Some(PutSecretValueError::ResourceNotFoundException(_))) {
            return Err(Unavailable { what: WHAT, cause: cause(&error) });
        }
        let create = self
            .secrets()
            .create_secret()
            .name(&id)
            .client_request_token(version.as_str())
            .description("Client id and secret of one Amazon application")
            .secret_string(text);
        create.send().await.map(|_| ()).map_err(unavailable(WHAT))
    }
}
