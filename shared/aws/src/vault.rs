//! The vault on KMS: it encrypts and decrypts a token itself, bound to its context.

use crate::clients::{Aws, cause};
use aws_sdk_kms::operation::decrypt::DecryptError;
use aws_sdk_kms::primitives::Blob;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sellerport_core::ports::Vault;
use sellerport_core::token::{Opened, Sealed, SealingContext, VaultError};
use std::collections::HashMap;

impl Aws {
    fn vault_key(&self) -> Result<String, VaultError> {
        self.environment.get("VAULT_KEY_ID").map_err(|error| VaultError::Unavailable(Box::new(error)))
    }
}

fn context(context: &SealingContext) -> HashMap<String, String> {
    context.pairs().into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

impl Vault for Aws {
    async fn seal(&self, to: &SealingContext, secret: &str) -> Result<Sealed, VaultError> {
        let request = self
            .kms()
            .encrypt()
            .key_id(self.vault_key()?)
            .set_encryption_context(Some(context(to)))
            .plaintext(Blob::new(secret.as_bytes()));
        let answer = request.send().await.map_err(|error| VaultError::Unavailable(cause(&error)))?;
        match answer.ciphertext_blob {
            Some(blob) => Ok(Sealed(STANDARD.encode(blob))),
            None => Err(VaultError::Unavailable("no ciphertext".into())),
        }
    }

    /// Without naming a key: the ciphertext names its own, and the role allows the present key and the one
    /// before, nothing else.
    async fn open(&self, to: &SealingContext, sealed: &Sealed) -> Result<Opened, VaultError> {
        let blob = STANDARD.decode(&sealed.0).map_err(|_| VaultError::Foreign)?;
        let sent = self
            .kms()
            .decrypt()
            .set_encryption_context(Some(context(to)))
            .ciphertext_blob(Blob::new(blob))
            .send()
            .await;
        let answer = sent.map_err(|error| match error.as_service_error() {
            Some(DecryptError::InvalidCiphertextException(_) | DecryptError::IncorrectKeyException(_)) => {
                VaultError::Foreign
            }
            _ => VaultError::Unavailable(cause(&error)),
        })?;
        let plaintext = answer.plaintext.map(Blob::into_inner).unwrap_or_default();
        let secret = String::from_utf8(plaintext).map_err(|_| VaultError::Foreign)?;
        Ok(Opened { secret, outdated: answer.key_id != Some(self.vault_key()?) })
    }
}
