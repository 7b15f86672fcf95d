//! The application's credentials in Secrets Manager: `{"client_id": "…", "client_secret": "…"}`.

use crate::clients::{Aws, unavailable};
use sellerport_core::lwa::ApplicationCredentials;
use sellerport_core::ports::{Credentials, Unavailable};
use sellerport_core::secret::ClientSecret;
use serde::Deserialize;

const WHAT: &str = "the application's secret";

#[derive(Deserialize)]
struct Stored {
    client_id: String,
    client_secret: String,
}

impl Credentials for Aws {
    async fn current(&self) -> Result<ApplicationCredentials, Unavailable> {
        if let Some(kept) = self.application.borrow().clone() {
            return Ok(kept);
        }
        let id = self.variable("APP_SECRET_ID", WHAT)?;
        let request = self.secrets().get_secret_value().secret_id(id);
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
        self.application.replace(Some(credentials.clone()));
        Ok(credentials)
    }

    fn refused(&self) {
        self.application.replace(None);
    }
}
