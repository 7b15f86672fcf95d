//! The development issuer's key and its tokens, good ones and spoilt ones.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::{SecureRandom as _, SystemRandom};
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::{Value, json};

/// A way in which the development issuer misbehaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spoil {
    /// It answers nothing but 503.
    Down,
    /// Its description is another issuer's.
    Description,
    /// Its description names an endpoint without TLS elsewhere.
    Endpoint,
    /// It redirects to a description elsewhere on this machine.
    Redirect,
    /// Its answers have 70 KB.
    Huge,
    /// The token carries another sign-in's nonce.
    Nonce,
    /// The token is meant for somebody else.
    Audience,
    /// The token is another issuer's.
    Issuer,
    /// The token ended two minutes ago.
    Expired,
    /// The token says that it is not signed.
    AlgNone,
    /// The token says that it is signed with a shared secret.
    AlgHmac,
    /// The token's claims were changed after signing.
    Tampered,
    /// The token names no tenant.
    NoTenant,
    /// The token names no role.
    NoRole,
}

/// A key that signs. Without one there is no issuer, so a machine without randomness gets none.
#[derive(Debug)]
pub(crate) struct Signer {
    pub(crate) number: u32,
    random: SystemRandom,
    key: Option<EcdsaKeyPair>,
}

fn encoded(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

impl Signer {
    pub(crate) fn new(number: u32) -> Self {
        let (random, algorithm) = (SystemRandom::new(), &ECDSA_P256_SHA256_FIXED_SIGNING);
        let key = EcdsaKeyPair::generate_pkcs8(algorithm, &random).ok();
        let key = key.and_then(|key| EcdsaKeyPair::from_pkcs8(algorithm, key.as_ref(), &random).ok());
        Self { number, random, key }
    }

    /// 256 random bits as text.
    pub(crate) fn random(&self) -> String {
        let mut bytes = [0; 32];
        match self.random.fill(&mut bytes) {
            Ok(()) => URL_SAFE_NO_PAD.encode(bytes),
            Err(_) => String::new(),
        }
    }

    fn name(&self) -> String {
        format!("development-{}", self.number)
    }

    /// The key as others check with it (RFC 7517).
    pub(crate) fn public_key(&self) -> Value {
        let point = self.key.as_ref().map(|key| key.public_key().as_ref().to_vec()).unwrap_or_default();
        let part = |from: usize| URL_SAFE_NO_PAD.encode(point.get(from..from + 32).unwrap_or_default());
        json!({ "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": self.name(),
            "x": part(1), "y": part(33) })
    }

    /// Signs claims, spoilt as ordered.
    pub(crate) fn sign(&self, mut claims: Value, spoil: Option<Spoil>) -> String {
        let now = claims["iat"].as_i64().unwrap_or_default();
        let mut header = json!({ "alg": "ES256", "typ": "JWT", "kid": self.name() });
        match spoil {
            Some(Spoil::Nonce) => claims["nonce"] = "another".into(),
            Some(Spoil::Audience) => claims["aud"] = "another".into(),
            Some(Spoil::Issuer) => claims["iss"] = "https://issuer.example".into(),
            Some(Spoil::Expired) => claims["exp"] = (now - 120).into(),
            Some(Spoil::AlgNone) => header["alg"] = "none".into(),
            Some(Spoil::AlgHmac) => header["alg"] = "HS256".into(),
            Some(Spoil::NoTenant) => claims["custom:tenant"] = Value::Null,
            Some(Spoil::NoRole) => claims["cognito:groups"] = Value::Null,
            Some(
                Spoil::Down
                | Spoil::Redirect
                | Spoil::Huge
                | Spoil::Description
                | Spoil::Endpoint
                | Spoil::Tampered,
            )
            | None => {}
        }
        let message = format!("{}.{}", encoded(&header), encoded(&claims));
        let signed = self.key.as_ref().and_then(|key| key.sign(&self.random, message.as_bytes()).ok());
        let signature =
            signed.map(|signature| URL_SAFE_NO_PAD.encode(signature.as_ref())).unwrap_or_default();
        match spoil {
            Some(Spoil::AlgNone) => format!("{message}."),
            Some(Spoil::Tampered) => {
                claims["custom:tenant"] = "other".into();
                format!("{}.{}.{signature}", encoded(&header), encoded(&claims))
            }
            _ => format!("{message}.{signature}"),
        }
    }
}
