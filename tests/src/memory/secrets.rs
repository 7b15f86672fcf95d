//! What is secret: ciphertexts open only under their context, an application's credentials keep their versions, and
//! people sign in at a real identity provider.

use super::Memory;
use sellerport_aws::IdentityProvider;
use sellerport_core::ids::ApplicationSlug;
use sellerport_core::lwa::ApplicationCredentials;
use sellerport_core::oidc::{Claims, IssuerError, Redemption, Settings};
use sellerport_core::ports::{
    Clock as _, CredentialStore, Credentials, Entropy as _, Issuer, Unavailable, Vault,
};
use sellerport_core::rotate::digest_of;
use sellerport_core::secret::{BearerToken, ClientSecret};
use sellerport_core::token::{Opened, Sealed, SealingContext, VaultError};

fn closed(error: Unavailable) -> VaultError {
    VaultError::Unavailable(Box::new(error))
}

impl Vault for Memory {
    async fn seal(&self, context: &SealingContext, secret: &str) -> Result<Sealed, VaultError> {
        self.begins("vault").await.map_err(closed)?;
        assert!((1..=4096).contains(&secret.len()), "KMS refuses a longer secret, and an empty one");
        let id = format!("sealed-{:x?}", &self.random().unwrap()[..16]);
        self.sealed.borrow_mut().insert(id.clone(), (context.clone(), secret.to_owned(), self.key.get()));
        self.ends("vault").await.map_err(closed)?;
        Ok(Sealed(id))
    }

    async fn open(&self, context: &SealingContext, sealed: &Sealed) -> Result<Opened, VaultError> {
        self.begins("vault").await.map_err(closed)?;
        match self.sealed.borrow().get(&sealed.0) {
            Some((bound, secret, key)) if bound == context => {
                Ok(Opened { secret: secret.clone(), outdated: *key != self.key.get() })
            }
            _ => Err(VaultError::Foreign),
        }
    }
}

impl Credentials for Memory {
    async fn current(&self, application: &ApplicationSlug) -> Result<ApplicationCredentials, Unavailable> {
        tokio::task::yield_now().await;
        self.begins("secrets").await?;
        if let Some(kept) = self.kept.borrow().get(application).cloned() {
            return Ok(kept);
        }
        let read = self.credentials.borrow().get(application).and_then(|all| all.last()).cloned();
        let read = read.ok_or(Unavailable { what: "secrets", cause: "no such secret".into() })?;
        self.kept.borrow_mut().insert(application.clone(), read.clone());
        Ok(read)
    }

    fn refused(&self, application: &ApplicationSlug) {
        self.kept.borrow_mut().remove(application);
    }
}

impl CredentialStore for Memory {
    async fn replace(
        &self,
        application: &ApplicationSlug,
        credentials: &ApplicationCredentials,
    ) -> Result<(), Unavailable> {
        tokio::task::yield_now().await;
        self.begins("secrets").await?;
        {
            let mut all = self.credentials.borrow_mut();
            let versions = all.entry(application.clone()).or_default();
            if versions.last().map(digest_of) != Some(digest_of(credentials)) {
                versions.push(credentials.clone());
            }
        }
        self.ends("secrets").await
    }
}

/// The real adapter at a real server: what is in memory here is the clock.
impl Issuer for Memory {
    fn settings(&self) -> Option<&Settings> {
        self.issuer.as_ref().map(IdentityProvider::settings)
    }

    async fn authorization_endpoint(&self) -> Result<String, IssuerError> {
        self.issuer.as_ref().unwrap().authorization_endpoint(self.now()).await
    }

    async fn redeem(&self, redemption: &Redemption) -> Result<Claims, IssuerError> {
        self.issuer.as_ref().unwrap().redeem(redemption, self.now()).await
    }

    async fn verify(&self, token: &BearerToken) -> Result<Claims, IssuerError> {
        self.issuer.as_ref().unwrap().verify(token, self.now()).await
    }
}

/// Credentials from their two parts.
pub fn credentials(client_id: &str, client_secret: &str) -> ApplicationCredentials {
    ApplicationCredentials {
        client_id: client_id.to_owned(),
        client_secret: ClientSecret::new(client_secret.to_owned()),
    }
}
