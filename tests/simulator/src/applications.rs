//! The developers' applications: what each is, where it may send a seller, and which of its secrets still work.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::clock::after;

/// Application id of the default application: public, a draft.
pub const APPLICATION_ID: &str = "amzn1.sellerapps.app.simulator";
/// Client id of the default application.
pub const CLIENT_ID: &str = "amzn1.application-oa2-client.simulator";
/// Application id of the public application that is listed already.
pub const PUBLISHED_APPLICATION_ID: &str = "amzn1.sellerapps.app.simulator-published";
/// Client id of the public application that is listed already.
pub const PUBLISHED_CLIENT_ID: &str = "amzn1.application-oa2-client.simulator-published";
/// Application id of the private application: its seller makes its refresh tokens himself.
pub const PRIVATE_APPLICATION_ID: &str = "amzn1.sellerapps.app.simulator-private";
/// Client id of the private application.
pub const PRIVATE_CLIENT_ID: &str = "amzn1.application-oa2-client.simulator-private";
/// Application id of the sandbox application.
pub const SANDBOX_APPLICATION_ID: &str = "amzn1.sellerapps.app.simulator-sandbox";
/// Client id of the sandbox application.
pub const SANDBOX_CLIENT_ID: &str = "amzn1.application-oa2-client.simulator-sandbox";
/// Life of a client secret (developer-docs.amazon.com/sp-api, lwa-credentials-faq).
pub(crate) const SECRET_LIFE: SignedDuration = SignedDuration::from_hours(24 * 180);
/// After a rotation the old secret works so much longer (same page).
pub(crate) const SECRET_OVERLAP: SignedDuration = SignedDuration::from_hours(24 * 7);
/// Sellers that may authorize an unlisted application on the consent page (application-authorization-limits).
const UNLISTED_LIMIT: u32 = 25;

/// Whether an application is listed yet. A draft's consent link needs `version=beta`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// Not yet published.
    Draft,
    /// Published.
    Published,
}

/// For whom an application is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ApplicationKind {
    /// For every seller, by the consent page; for its own developer by self-authorization, too.
    #[default]
    Public,
    /// For its own developer's accounts, by self-authorization only.
    Private,
    /// For the sandbox hosts only. Its refresh tokens come from the developer's console.
    Sandbox,
}

/// An application as the options describe it.
#[derive(Clone, Debug)]
pub struct ApplicationSetup {
    /// The `application_id` of the consent link.
    pub application_id: String,
    /// The client id at LWA.
    pub client_id: String,
    /// For whom it is.
    pub kind: ApplicationKind,
    /// Draft or published.
    pub stage: Stage,
    /// Addresses that the consent page may send the seller back to.
    pub redirect_uris: Vec<String>,
    /// Where the Appstore sends a seller who starts there.
    pub login_uri: Option<String>,
}

/// One developer's application.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Application {
    /// The `application_id` of the consent link.
    pub application_id: String,
    /// The client id at LWA.
    pub client_id: String,
    /// For whom it is.
    #[serde(default)]
    pub kind: ApplicationKind,
    /// Number of its newest client secret.
    pub(crate) secret: u64,
    /// When the newest secret ends.
    #[serde(default)]
    pub(crate) secret_until: Option<Timestamp>,
    /// Rotated secrets that may still work.
    #[serde(default)]
    pub(crate) former: Vec<FormerSecret>,
    /// Addresses that the consent page may send the seller back to. The first is the default.
    pub redirect_uris: Vec<String>,
    /// Where the Appstore sends a seller who starts there.
    #[serde(default)]
    pub login_uri: Option<String>,
    /// Draft or published.
    pub stage: Stage,
    /// Operations whose role the application does not have.
    pub(crate) without_role: Vec<String>,
    /// Sellers that may authorize it on the consent page, where the options or a test say so.
    pub(crate) consent_limit: Option<u32>,
}

/// A secret that a rotation replaced.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct FormerSecret {
    pub(crate) number: u64,
    pub(crate) until: Timestamp,
}

/// The applications that every world has, the default one first.
pub(crate) fn catalogue() -> Vec<ApplicationSetup> {
    let setup = |application_id: &str, client_id: &str, kind, stage| ApplicationSetup {
        application_id: application_id.to_owned(),
        client_id: client_id.to_owned(),
        kind,
        stage,
        redirect_uris: Vec::new(),
        login_uri: None,
    };
    vec![
        setup(APPLICATION_ID, CLIENT_ID, ApplicationKind::Public, Stage::Draft),
        ApplicationSetup {
            redirect_uris: vec!["https://published.example/callback".to_owned()],
            login_uri: Some("https://published.example/login".to_owned()),
            ..setup(PUBLISHED_APPLICATION_ID, PUBLISHED_CLIENT_ID, ApplicationKind::Public, Stage::Published)
        },
        setup(PRIVATE_APPLICATION_ID, PRIVATE_CLIENT_ID, ApplicationKind::Private, Stage::Draft),
        setup(SANDBOX_APPLICATION_ID, SANDBOX_CLIENT_ID, ApplicationKind::Sandbox, Stage::Draft),
    ]
}

impl Application {
    /// A new application, whose secret has this number.
    pub(crate) fn open(setup: &ApplicationSetup, secret: u64, now: Timestamp) -> Self {
        Self {
            application_id: setup.application_id.clone(),
            client_id: setup.client_id.clone(),
            kind: setup.kind,
            secret,
            secret_until: Some(after(now, SECRET_LIFE)),
            former: Vec::new(),
            redirect_uris: setup.redirect_uris.clone(),
            login_uri: setup.login_uri.clone(),
            stage: setup.stage,
            without_role: Vec::new(),
            consent_limit: None,
        }
    }

    /// Lets the consent page send a seller back to this address.
    pub(crate) fn register(&mut self, uri: &str) {
        if !self.redirect_uris.iter().any(|known| known == uri) {
            self.redirect_uris.push(uri.to_owned());
        }
    }

    /// Whether sellers authorize it on the consent page.
    pub(crate) fn has_consent(&self) -> bool {
        self.kind == ApplicationKind::Public && !self.redirect_uris.is_empty()
    }

    /// Sellers that may authorize it on the consent page; no limit when absent.
    pub(crate) fn limit(&self) -> Option<u32> {
        self.consent_limit.or((self.stage == Stage::Draft).then_some(UNLISTED_LIMIT))
    }

    /// Numbers of the secrets that work at this moment.
    pub(crate) fn live_secrets(&self, now: Timestamp) -> impl Iterator<Item = u64> {
        let newest = self.secret_until.is_none_or(|until| now < until).then_some(self.secret);
        let former = self.former.iter().filter(move |former| now < former.until);
        newest.into_iter().chain(former.map(|former| former.number))
    }

    /// Puts a secret in the place of the newest, which works on for a while if it `overlaps`.
    pub(crate) fn renew_secret(&mut self, number: u64, overlaps: bool, now: Timestamp) {
        if overlaps {
            let until = after(now, SECRET_OVERLAP);
            let until = self.secret_until.map_or(until, |end| end.min(until));
            self.former.push(FormerSecret { number: self.secret, until });
        } else {
            self.former.clear();
        }
        self.secret = number;
        self.secret_until = Some(after(now, SECRET_LIFE));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_has_every_kind_and_stage_and_no_id_twice() {
        let all = catalogue();
        for kind in [ApplicationKind::Public, ApplicationKind::Private, ApplicationKind::Sandbox] {
            assert!(all.iter().any(|setup| setup.kind == kind), "{kind:?}");
        }
        assert!(all.iter().any(|setup| setup.stage == Stage::Published));
        let ids: std::collections::BTreeSet<&str> =
            all.iter().flat_map(|s| [s.application_id.as_str(), s.client_id.as_str()]).collect();
        assert_eq!(ids.len(), 2 * all.len());
    }

    #[test]
    fn a_secret_that_had_a_day_left_has_no_more_after_a_rotation() {
        let now: Timestamp = "2026-11-20T10:00:00Z".parse().unwrap();
        let mut application = Application::open(&catalogue()[0], 1, now);
        let day = SignedDuration::from_hours(24);
        application.secret_until = Some(after(now, day));
        application.renew_secret(2, true, now);
        assert_eq!(application.live_secrets(now).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(application.live_secrets(after(now, day)).collect::<Vec<_>>(), [2]);
        assert_eq!(application.live_secrets(after(now, SECRET_LIFE)).count(), 0);
    }
}
