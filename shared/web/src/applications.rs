//! The operator's Amazon applications: shown by the console, entered through the one function that may write
//! their secrets.

use crate::caller::{Caller, require};
use crate::form::{Form, json};
use crate::{pages, respond, routes};
use sellerport_core::application::{Application, Site, Stage};
use sellerport_core::health::Health;
use sellerport_core::http::{Request, Response};
use sellerport_core::ids::ApplicationSlug;
use sellerport_core::marketplaces::Realm;
use sellerport_core::message::Refusal;
use sellerport_core::ports::{Bus, Clock, CredentialStore, Entropy, Issuer, Lwa, Table};
use sellerport_core::quota;
use sellerport_core::rotate::{Entry, enter};
use serde::{Deserialize, Serialize};

/// An application as pages and programs see it.
#[derive(Debug, Serialize)]
pub(crate) struct View {
    pub(crate) name: ApplicationSlug,
    pub(crate) amazon_id: String,
    pub(crate) stage: Stage,
    pub(crate) realm: Realm,
    pub(crate) client_id: String,
    pub(crate) secret_days_left: i64,
    pub(crate) secret_expires_at: jiff::Timestamp,
    pub(crate) rotates: bool,
    /// The domains of its new connections; empty: all.
    pub(crate) fetches: Vec<String>,
    pub(crate) rotation_asked_at: Option<jiff::Timestamp>,
    /// Since when Amazon refuses the credentials.
    pub(crate) refused_since: Option<jiff::Timestamp>,
    /// Since when Login with Amazon does not answer.
    pub(crate) silent_since: Option<jiff::Timestamp>,
    pub(crate) login_uri: String,
    pub(crate) redirect_uris: Vec<String>,
    /// What it asked Amazon this month.
    pub(crate) usage: Usage,
}

/// GET calls of an application, beside the tariff that Amazon announced for them and withdrew.
#[derive(Debug, Serialize)]
pub(crate) struct Usage {
    /// `2026-11`.
    pub(crate) month: String,
    /// GET calls in it, the latest of each account not yet among them.
    pub(crate) gets: u64,
    /// The tier that would include so many; nothing where none does.
    pub(crate) announced_tier: Option<&'static str>,
}

impl Usage {
    async fn of(cloud: &(impl Table + Clock), application: &ApplicationSlug) -> Result<Self, Refusal> {
        let month = quota::month_of(cloud.now());
        let gets = quota::gets_of(cloud, application, &month).await?;
        Ok(Self { month, gets, announced_tier: quota::tier_of(gets).map(|(name, ..)| name) })
    }
}

async fn views(cloud: &(impl Table + Clock), site: &Site) -> Result<Vec<View>, Refusal> {
    let mut views = Vec::new();
    for one in Application::all(cloud).await? {
        let health = Health::find(cloud, &one.slug).await?;
        views.push(View {
            secret_days_left: one.secret_days_left(cloud.now()),
            refused_since: health.as_ref().and_then(|health| health.refused.as_ref().map(|(at, _)| *at)),
            silent_since: health.and_then(|health| health.silent_since),
            login_uri: site.login_uri(&one.slug),
            redirect_uris: site.redirect_uris(&one.slug),
            usage: Usage::of(cloud, &one.slug).await?,
            name: one.slug,
            amazon_id: one.amazon_id,
            stage: one.stage,
            realm: one.realm,
            client_id: one.client_id,
            secret_expires_at: one.secret_expires_at,
            rotates: one.rotates,
            fetches: one.fetches,
            rotation_asked_at: one.rotation_asked_at,
        });
    }
    Ok(views)
}

/// The page.
pub(crate) async fn page(
    cloud: &(impl Table + Clock + Issuer),
    site: &Site,
    request: &Request,
) -> Result<Response, Refusal> {
    let by = require(cloud, request).await?;
    by.at_home(site)?;
    Ok(respond::html(200, pages::applications(&by, &views(cloud, site).await?)))
}

/// The same as JSON.
pub(crate) async fn list_json(
    cloud: &(impl Table + Clock + Issuer),
    site: &Site,
    request: &Request,
) -> Result<Response, Refusal> {
    let by = require(cloud, request).await?;
    by.at_home(site)?;
    Ok(respond::json(200, &serde_json::json!({ "applications": views(cloud, site).await? })))
}

/// Answers one request to the function that writes secrets.
pub async fn handle<C, A>(cloud: &C, amazon: &A, site: &Site, request: &Request) -> Response
where
    C: Table + CredentialStore + Bus + Clock + Entropy + Issuer,
    A: Lwa,
{
    let path: Vec<&str> = request.path.trim_matches('/').split('/').collect();
    let result = match (request.method.as_str(), path.as_slice()) {
        ("POST", ["applications"]) => by_form(cloud, amazon, site, request).await,
        ("PUT", ["api", "applications", name]) => by_json(cloud, amazon, site, request, name).await,
        _ if routes::known(&request.path) => Err(Refusal::Method),
        _ => Err(Refusal::NotFound),
    };
    respond::conclude(cloud, site, request, result)
}

const FIELDS: [&str; 9] =
    ["name", "amazon_id", "stage", "realm", "client_id", "client_secret", "days_left", "rotates", "fetches"];

async fn by_form<C, A>(cloud: &C, amazon: &A, site: &Site, request: &Request) -> Result<Response, Refusal>
where
    C: Table + CredentialStore + Bus + Clock + Entropy,
    A: Lwa,
{
    let form = Form::read(cloud, request, &site.origin).await?.knowing(&FIELDS)?;
    let text = |name: &str| form.field(name).map(str::trim).filter(|text| !text.is_empty());
    let days_left = text("days_left").map(str::parse).transpose();
    let wanted = Wanted {
        amazon_id: text("amazon_id").unwrap_or_default().to_owned(),
        stage: text("stage").unwrap_or("draft").to_owned(),
        realm: text("realm").unwrap_or("production").to_owned(),
        client_id: text("client_id").unwrap_or_default().to_owned(),
        client_secret: text("client_secret").map(str::to_owned),
        days_left: days_left.map_err(|_| Refusal::FormField("days_left", "a number from 0 to 180"))?,
        rotates: form.field("rotates").is_some(),
        fetches: text("fetches")
            .unwrap_or_default()
            .split([',', ' '])
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect(),
    };
    let name = text("name").unwrap_or("main").to_owned();
    let by = Caller::from(form.by);
    by.at_home(site)?;
    enter(cloud, amazon, wanted.entry(&name)?, (&by.tenant, &by.user)).await?;
    Ok(respond::see_other("/applications"))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    amazon_id: String,
    #[serde(default = "draft")]
    stage: String,
    #[serde(default = "production")]
    realm: String,
    client_id: String,
    client_secret: Option<String>,
    days_left: Option<i64>,
    #[serde(default)]
    rotates: bool,
    #[serde(default)]
    fetches: Vec<String>,
}

fn draft() -> String {
    "draft".to_owned()
}

fn production() -> String {
    "production".to_owned()
}

impl Wanted {
    fn entry(self, name: &str) -> Result<Entry, Refusal> {
        let slug = ApplicationSlug::parse(name);
        Ok(Entry {
            slug: slug.map_err(|_| Refusal::FormField("name", "up to 32 letters, digits, -, _ or ."))?,
            stage: Stage::parse(&self.stage)
                .ok_or(Refusal::FormField("stage", "draft, published or private"))?,
            realm: Realm::parse(&self.realm).ok_or(Refusal::FormField("realm", "production or sandbox"))?,
            amazon_id: self.amazon_id,
            client_id: self.client_id,
            client_secret: self.client_secret,
            days_left: self.days_left,
            rotates: self.rotates,
            fetches: self.fetches,
        })
    }
}

async fn by_json<C, A>(
    cloud: &C,
    amazon: &A,
    site: &Site,
    request: &Request,
    name: &str,
) -> Result<Response, Refusal>
where
    C: Table + CredentialStore + Bus + Clock + Entropy + Issuer,
    A: Lwa,
{
    let by = require(cloud, request).await?;
    by.change(request, &site.origin)?;
    by.at_home(site)?;
    let wanted: Wanted = json(&request.body)?;
    enter(cloud, amazon, wanted.entry(name)?, (&by.tenant, &by.user)).await?;
    let views = views(cloud, site).await?;
    let view = views.into_iter().find(|view| view.name.as_str() == name);
    Ok(respond::json(200, &view))
}
