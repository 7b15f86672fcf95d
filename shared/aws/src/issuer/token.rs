//! Signed tokens (RFC 7515, RFC 7519) and the keys that check them (RFC 7517): RS256 and ES256, nothing else.
//!
//! ring checks the signatures, as it does for TLS. The maintained crates for this bring a second crypto library
//! (`jsonwebtoken` 10 and later: aws-lc, or the `rsa` crate with its open timing flaw), or run on versions of
//! ring of years ago. What is left to do by hand is splitting a text at its dots and choosing a key.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
};
use sellerport_core::oidc::{Claims, IssuerError};
use serde::Deserialize;
use serde_json::{Map, Value};

/// Longest token that is looked at; API Gateway itself lets no header through beyond 10 KiB.
const TOKEN_MAX: usize = 16 * 1024;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Algorithm {
    Rs256,
    Es256,
}

/// The issuer's keys, as far as we can use them.
#[derive(Debug, Default)]
pub(super) struct Keys(Vec<Key>);

#[derive(Debug)]
struct Key {
    id: Option<String>,
    material: Material,
}

#[derive(Debug)]
enum Material {
    Rsa {
        n: Vec<u8>,
        e: Vec<u8>,
    },
    /// An uncompressed point of P-256.
    Ec(Vec<u8>),
}

#[derive(Deserialize)]
struct KeySet {
    keys: Vec<Value>,
}

#[derive(Deserialize)]
struct Jwk {
    kty: String,
    kid: Option<String>,
    #[serde(rename = "use")]
    usage: Option<String>,
    alg: Option<String>,
    crv: Option<String>,
    n: Option<String>,
    e: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    crit: Option<Value>,
}

fn decode(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

impl Keys {
    /// Reads a set of keys; those of other kinds, or for other uses, are left out.
    pub(super) fn read(body: &[u8]) -> Option<Self> {
        let set: KeySet = serde_json::from_slice(body).ok()?;
        Some(Self(set.keys.into_iter().filter_map(key).collect()))
    }

    fn find(&self, id: Option<&str>, algorithm: Algorithm) -> Option<&Key> {
        let fits = |key: &&Key| key.algorithm() == algorithm && (id.is_none() || key.id.as_deref() == id);
        let mut fitting = self.0.iter().filter(fits);
        let key = fitting.next()?;
        // Without a name, or with one that two keys bear, nobody can say which key is meant.
        fitting.next().is_none().then_some(key)
    }
}

fn key(value: Value) -> Option<Key> {
    let jwk: Jwk = serde_json::from_value(value).ok()?;
    if jwk.usage.is_some_and(|usage| usage != "sig") {
        return None;
    }
    let is = |alg: &str| jwk.alg.as_deref().is_none_or(|named| named == alg);
    let material = match jwk.kty.as_str() {
        "RSA" if is("RS256") => Material::Rsa { n: decode(&jwk.n?)?, e: decode(&jwk.e?)? },
        "EC" if is("ES256") && jwk.crv.as_deref() == Some("P-256") => {
            let (x, y) = (decode(&jwk.x?)?, decode(&jwk.y?)?);
            (x.len() == 32 && y.len() == 32).then(|| Material::Ec([vec![4], x, y].concat()))?
        }
        _ => return None,
    };
    Some(Key { id: jwk.kid, material })
}

impl Key {
    fn algorithm(&self) -> Algorithm {
        match self.material {
            Material::Rsa { .. } => Algorithm::Rs256,
            Material::Ec(_) => Algorithm::Es256,
        }
    }

    fn signed(&self, message: &[u8], signature: &[u8]) -> bool {
        match &self.material {
            Material::Rsa { n, e } => RsaPublicKeyComponents { n, e }
                .verify(&RSA_PKCS1_2048_8192_SHA256, message, signature)
                .is_ok(),
            Material::Ec(point) => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(message, signature).is_ok()
            }
        }
    }
}

/// A token in its parts. Nothing of it is believed yet.
pub(super) struct Token<'t> {
    message: &'t str,
    payload: &'t str,
    signature: Vec<u8>,
    algorithm: Algorithm,
    key: Option<String>,
}

impl<'t> Token<'t> {
    /// Takes a token apart. The algorithm must be one of two: a token cannot choose to be unsigned (`none`), or
    /// to be "signed" with our knowledge of a public key (`HS256`).
    pub(super) fn read(text: &'t str) -> Result<Self, IssuerError> {
        let malformed = IssuerError::Token("it is malformed");
        if text.len() > TOKEN_MAX {
            return Err(malformed);
        }
        let parts: Vec<&str> = text.split('.').collect();
        let [header, payload, signature] = parts.as_slice() else { return Err(malformed) };
        let read: Option<Header> = decode(header).and_then(|json| serde_json::from_slice(&json).ok());
        let (Some(read), Some(signature)) = (read, decode(signature)) else { return Err(malformed) };
        // Extensions that one must understand (RFC 7515, 4.1.11): we understand none.
        if read.crit.is_some() {
            return Err(IssuerError::Token("it demands an extension"));
        }
        let algorithm = match read.alg.as_str() {
            "RS256" => Algorithm::Rs256,
            "ES256" => Algorithm::Es256,
            _ => return Err(IssuerError::Token("its algorithm is neither RS256 nor ES256")),
        };
        let message = &text[..header.len() + 1 + payload.len()];
        Ok(Self { message, payload, signature, algorithm, key: read.kid })
    }

    /// Whether one of these keys is the one that it names.
    pub(super) fn knows(&self, keys: &Keys) -> bool {
        keys.find(self.key.as_deref(), self.algorithm).is_some()
    }

    /// What it says, once its signature is found good.
    pub(super) fn open(&self, keys: &Keys) -> Result<Claims, IssuerError> {
        let key = keys.find(self.key.as_deref(), self.algorithm).ok_or(IssuerError::Token("unknown key"))?;
        if !key.signed(self.message.as_bytes(), &self.signature) {
            return Err(IssuerError::Token("its signature is wrong"));
        }
        let claims: Option<Map<String, Value>> =
            decode(self.payload).and_then(|json| serde_json::from_slice(&json).ok());
        claims.map(Claims::from).ok_or(IssuerError::Token("it is malformed"))
    }
}

#[cfg(test)]
mod tests;
