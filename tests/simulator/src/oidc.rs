//! The development issuer: an identity provider for this machine, where everybody may be anybody. Its addresses are
//! under `/oidc`; its key is made at start and is worth nothing anywhere else.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::oidc_page::{self, PEOPLE, Person};
use crate::oidc_token::{Signer, Spoil};
use crate::reply::Reply;
use crate::world::{Inside, World};

/// The console's client id here. A public client: it has no secret.
pub const OIDC_CLIENT_ID: &str = "sellerport-console";
/// A program's client id here.
pub const OIDC_MACHINE_ID: &str = "sellerport-machine";
/// What the program proves itself with. Everybody may know it: it opens nothing but simulated data.
pub const OIDC_MACHINE_SECRET: &str = "development-only";
/// Whom a program's tokens are meant for.
pub const OIDC_AUDIENCE: &str = "sellerport-api";
/// Where the console is told to take people back.
const CALLBACK: &str = "/sign-in/oidc/callback";
/// A code lives this long.
const CODE_LIFE: SignedDuration = SignedDuration::from_mins(5);
/// A token lives this long.
const TOKEN_LIFE: SignedDuration = SignedDuration::from_mins(10);
const JSON: &str = "application/json";

/// What a code stands for.
#[derive(Debug)]
struct Code {
    person: &'static Person,
    redirect_uri: String,
    challenge: String,
    nonce: Option<String>,
    until: Timestamp,
}

/// The issuer's memory.
#[derive(Debug)]
pub(crate) struct DevelopmentIssuer {
    signer: Signer,
    codes: HashMap<String, Code>,
    spoil: Option<Spoil>,
}

impl DevelopmentIssuer {
    pub(crate) fn new() -> Self {
        Self { signer: Signer::new(1), codes: HashMap::new(), spoil: None }
    }
}

impl World {
    /// The development issuer signs with a new key from now on, and names only that one.
    pub fn rotate_oidc_key(&self) {
        let mut inside = self.hold();
        let next = inside.oidc.signer.number + 1;
        inside.oidc.signer = Signer::new(next);
    }

    /// Spoils what the development issuer answers from now on; nothing puts it right again.
    pub fn spoil_oidc(&self, spoil: Option<Spoil>) {
        self.hold().oidc.spoil = spoil;
    }
}

/// A request for the issuer.
pub(crate) struct Visit<'a> {
    pub(crate) method: &'a str,
    pub(crate) path: &'a [&'a str],
    /// `http://…/oidc`, as this request reached it.
    pub(crate) issuer: String,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) form: Vec<(String, String)>,
}

/// Answers a request for the issuer.
pub(crate) fn answer(world: &World, visit: &Visit<'_>) -> Reply {
    let now = world.now();
    let mut inside = world.hold();
    if inside.oidc.spoil == Some(Spoil::Down) {
        return refuse(503, "temporarily_unavailable");
    }
    match (visit.method, visit.path) {
        ("GET", [".well-known", _]) if inside.oidc.spoil == Some(Spoil::Redirect) => {
            Reply::redirect(302, &format!("{}/moved/.well-known/openid-configuration", visit.issuer))
        }
        (
            "GET",
            [".well-known", "openid-configuration"] | ["moved", ".well-known", "openid-configuration"],
        ) => Reply::json(200, JSON, &description(&visit.issuer, inside.oidc.spoil)),
        ("GET", ["keys"]) => Reply::json(200, JSON, &json!({ "keys": [inside.oidc.signer.public_key()] })),
        ("GET", ["authorize"]) => match Ask::read(&inside, &visit.query) {
            Ok(_) => oidc_page::choose(&visit.query),
            Err(why) => oidc_page::wrong(why),
        },
        ("POST", ["authorize"]) => match Ask::read(&inside, &visit.form) {
            Ok(ask) => decide(&mut inside, &visit.issuer, ask, field(&visit.form, "person"), now),
            Err(why) => oidc_page::wrong(why),
        },
        ("POST", ["token"]) => token(&mut inside, visit, now),
        _ => refuse(404, "not_found"),
    }
}

fn refuse(status: u16, error: &str) -> Reply {
    Reply::json(status, JSON, &json!({ "error": error }))
}

fn field<'f>(fields: &'f [(String, String)], name: &str) -> Option<&'f str> {
    fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

fn description(issuer: &str, spoil: Option<Spoil>) -> Value {
    let token = match spoil {
        Some(Spoil::Endpoint) => "http://issuer.example/token".to_owned(),
        _ => format!("{issuer}/token"),
    };
    let named = if spoil == Some(Spoil::Description) { "https://issuer.example" } else { issuer };
    json!({
        "issuer": named,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": token,
        "jwks_uri": format!("{issuer}/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "code_challenge_methods_supported": ["S256"],
        "padding": "x".repeat(if spoil == Some(Spoil::Huge) { 70_000 } else { 0 }),
        "authorization_response_iss_parameter_supported": true,
    })
}

/// What the console asks for.
struct Ask {
    redirect_uri: String,
    state: String,
    challenge: String,
    nonce: Option<String>,
}

impl Ask {
    fn read(inside: &Inside, fields: &[(String, String)]) -> Result<Self, &'static str> {
        let need = |name, what| field(fields, name).filter(|value| !value.is_empty()).ok_or(what);
        if need("client_id", "client_id is missing")? != OIDC_CLIENT_ID {
            return Err("client_id is unknown");
        }
        let redirect_uri = need("redirect_uri", "redirect_uri is missing")?;
        let origin = redirect_uri.strip_suffix(CALLBACK).ok_or("redirect_uri is not the console's")?;
        let mut known = inside.book.applications.iter().flat_map(|application| &application.redirect_uris);
        if !known.any(|uri| uri.starts_with(&format!("{origin}/"))) {
            return Err("redirect_uri has an origin that no application of the simulator has");
        }
        if need("response_type", "response_type is missing")? != "code" {
            return Err("response_type must be code");
        }
        if !need("scope", "scope is missing")?.split(' ').any(|scope| scope == "openid") {
            return Err("scope must contain openid");
        }
        if need("code_challenge_method", "PKCE is missing")? != "S256" {
            return Err("code_challenge_method must be S256");
        }
        Ok(Self {
            redirect_uri: redirect_uri.to_owned(),
            state: need("state", "state is missing")?.to_owned(),
            challenge: need("code_challenge", "PKCE is missing")?.to_owned(),
            nonce: field(fields, "nonce").map(str::to_owned),
        })
    }
}

fn decide(inside: &mut Inside, issuer: &str, ask: Ask, person: Option<&str>, now: Timestamp) -> Reply {
    let mut back = form_urlencoded::Serializer::new(String::new());
    back.append_pair("state", &ask.state).append_pair("iss", issuer);
    match PEOPLE.iter().find(|one| Some(one.id) == person) {
        Some(person) => {
            let code = inside.oidc.signer.random();
            back.append_pair("code", &code);
            let until = now + CODE_LIFE;
            let (redirect_uri, challenge, nonce) = (ask.redirect_uri.clone(), ask.challenge, ask.nonce);
            inside.oidc.codes.insert(code, Code { person, redirect_uri, challenge, nonce, until });
        }
        None => {
            back.append_pair("error", "access_denied");
        }
    }
    Reply::redirect(303, &format!("{}?{}", ask.redirect_uri, back.finish()))
}

fn token(inside: &mut Inside, visit: &Visit<'_>, now: Timestamp) -> Reply {
    let form = |name| field(&visit.form, name).unwrap_or_default();
    let (begin, end) = (now.as_second(), (now + TOKEN_LIFE).as_second());
    match (form("grant_type"), form("client_id")) {
        ("authorization_code", OIDC_CLIENT_ID) => {
            let Some(code) = inside.oidc.codes.remove(form("code")) else {
                return refuse(400, "invalid_grant");
            };
            let digest = ring::digest::digest(&ring::digest::SHA256, form("code_verifier").as_bytes());
            let proved = URL_SAFE_NO_PAD.encode(digest) == code.challenge;
            if !proved || now >= code.until || code.redirect_uri != form("redirect_uri") {
                return refuse(400, "invalid_grant");
            }
            let mut claims = json!({
                "iss": visit.issuer, "sub": code.person.id, "aud": OIDC_CLIENT_ID, "iat": begin, "exp": end,
                "token_use": "id", "custom:tenant": code.person.tenant, "cognito:groups": [code.person.role],
            });
            if let Some(nonce) = code.nonce {
                claims["nonce"] = nonce.into();
            }
            tokens(inside, "id_token", claims)
        }
        ("client_credentials", OIDC_MACHINE_ID) if form("client_secret") == OIDC_MACHINE_SECRET => {
            let claims = json!({
                "iss": visit.issuer, "sub": OIDC_MACHINE_ID, "client_id": OIDC_MACHINE_ID, "aud": OIDC_AUDIENCE,
                "iat": begin, "exp": end, "token_use": "access", "custom:tenant": "main", "scope": form("scope"),
            });
            tokens(inside, "access_token", claims)
        }
        ("authorization_code" | "client_credentials", _) => refuse(401, "invalid_client"),
        _ => refuse(400, "unsupported_grant_type"),
    }
}

fn tokens(inside: &Inside, name: &str, claims: Value) -> Reply {
    let token = inside.oidc.signer.sign(claims, inside.oidc.spoil);
    let body = json!({ name: token, "token_type": "Bearer", "expires_in": TOKEN_LIFE.as_secs() });
    Reply::json(200, JSON, &body).with("cache-control", "no-store")
}
