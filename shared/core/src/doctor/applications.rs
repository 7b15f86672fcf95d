//! The applications: what was entered, whether the secret can be read, and whether Amazon takes it.

use super::{Finding, incidents, known};
use crate::application::{Application, Site, Stage};
use crate::health::Health;
use crate::lwa::LwaError;
use crate::marketplaces::Realm;
use crate::message::chain;
use crate::ports::{Clock, Credentials, Lwa, Table};
use crate::rotate::digest_of;
use futures_util::future::join_all;
use jiff::Timestamp;

/// From here on a secret's end is a warning where it has to be replaced by hand: time enough for a holiday.
const BY_HAND_DAYS: i64 = 30;

/// And here where it is rotated: it was asked for long before, and has not come.
const ROTATED_DAYS: i64 = 7;

/// All applications, at the same time.
pub(super) async fn examine<C, A>(cloud: &C, amazon: &A, site: &Site, all: &[Application]) -> Vec<Finding>
where
    C: Table + Credentials + Clock,
    A: Lwa,
{
    let each = all.iter().map(async |one| {
        let mut found = as_entered(site, one, cloud.now());
        found.extend(secret(cloud, amazon, one, cloud.now()).await);
        found.push(health(cloud, one).await);
        found.extend(incidents(cloud, one).await);
        found
    });
    join_all(each).await.into_iter().flatten().collect()
}

/// What its row alone shows; asks nobody.
pub fn as_entered(site: &Site, application: &Application, now: Timestamp) -> Vec<Finding> {
    vec![
        stage(application),
        ids(application),
        addresses(site, application),
        days(application, now),
        rotation(application),
    ]
}

fn stage(application: &Application) -> Finding {
    let says = match application.stage {
        Stage::Draft => "A draft: consent pages are opened with version=beta (without it: MD1000).",
        Stage::Published => "Published: consent pages are opened as they are.",
        Stage::Private => "Private: no consent page; refresh tokens are imported.",
    };
    let finding = Finding::ok("application.stage", application.slug.as_str(), says);
    match application.realm {
        Realm::Production => finding,
        Realm::Sandbox => {
            Finding { says: format!("A sandbox application. {says}"), ..finding }.warns(&known::SANDBOX)
        }
    }
}

fn ids(application: &Application) -> Finding {
    let check = "application.ids";
    let finding =
        Finding::ok(check, application.slug.as_str(), "Application id and client id look like Amazon's.");
    let sound = application.amazon_id.starts_with("amzn1.")
        && application.client_id.starts_with("amzn1.application-oa2-client.");
    match sound {
        true => finding,
        false => Finding { says: "One of its two ids has another form.".to_owned(), ..finding }
            .warns(&known::AMAZON_ID),
    }
}

/// Amazon has no operation that tells what is registered, so these are listed to be compared (L63).
fn addresses(site: &Site, application: &Application) -> Finding {
    let says = match application.stage {
        Stage::Private => "A private application has no addresses to register.".to_owned(),
        Stage::Draft | Stage::Published => format!(
            "Amazon must know the Log-in URI {} and the redirect URIs {}.",
            site.login_uri(&application.slug),
            site.redirect_uris(&application.slug).join(", ")
        ),
    };
    Finding::ok("application.addresses", application.slug.as_str(), says)
}

fn days(application: &Application, now: Timestamp) -> Finding {
    let (check, slug) = ("application.days", application.slug.as_str());
    match application.secret_days_left(now) {
        0 => Finding::ok(check, slug, "Its secret has ended.").fails(&known::SECRET_EXPIRED),
        left => {
            let warn = if application.rotates { ROTATED_DAYS } else { BY_HAND_DAYS };
            let finding =
                Finding::ok(check, slug, format!("Its secret works {left} more days, as far as we know."));
            if left <= warn { finding.warns(&known::SECRET_ENDING) } else { finding }
        }
    }
}

fn rotation(application: &Application) -> Finding {
    let (check, slug) = ("application.rotation", application.slug.as_str());
    match (application.rotates, application.realm) {
        (true, _) => Finding::ok(check, slug, "Amazon sends new secrets to our queue."),
        (false, Realm::Sandbox) => Finding::ok(check, slug, "Amazon rotates no secrets of the sandbox."),
        (false, Realm::Production) => {
            Finding::ok(check, slug, "New secrets have to be entered by hand.").warns(&known::ROTATION)
        }
    }
}

/// Reads the secret anew and tries it out.
async fn secret<C, A>(cloud: &C, amazon: &A, application: &Application, now: Timestamp) -> Vec<Finding>
where
    C: Credentials,
    A: Lwa,
{
    let slug = application.slug.as_str();
    // Not the copy that this function may hold: the one that the others will read.
    cloud.refused(&application.slug);
    let credentials = match cloud.current(&application.slug).await {
        Ok(credentials) => credentials,
        Err(error) => {
            return vec![Finding::broke("application.secret", slug, &error, &known::SECRET_UNREADABLE)];
        }
    };
    let same = application.secret_digest == digest_of(&credentials);
    let stored = match same {
        true => Finding::ok("application.secret", slug, "It can be read and is the one that was entered."),
        false => Finding::ok("application.secret", slug, "It is another one than was entered here.")
            .warns(&known::SECRET_OTHER),
    };
    let tried = amazon.try_out(&credentials).await;
    vec![stored, verdict(application, tried, now)]
}

/// What Login with Amazon said, credentials told from network.
fn verdict(application: &Application, tried: Result<(), LwaError>, now: Timestamp) -> Finding {
    let (check, slug) = ("application.lwa", application.slug.as_str());
    match tried {
        Ok(()) => Finding::ok(check, slug, "Login with Amazon takes client id and secret."),
        Err(LwaError::ApplicationRefused { code }) => {
            let known = match code {
                _ if application.secret_days_left(now) == 0 => &known::SECRET_EXPIRED,
                "unauthorized_client" => &known::UNAUTHORIZED_CLIENT,
                _ => &known::INVALID_CLIENT,
            };
            Finding::ok(check, slug, format!("Login with Amazon refuses client id and secret ({code})."))
                .fails(known)
        }
        Err(LwaError::GrantRefused) => {
            Finding::ok(check, slug, "Login with Amazon refuses the request.").fails(&known::INVALID_GRANT)
        }
        Err(error @ (LwaError::Busy { .. } | LwaError::Unanswered(_))) => {
            let says = format!("{}. This says nothing about the credentials.", chain(&error));
            Finding::ok(check, slug, says).fails(&known::LWA_SILENT)
        }
    }
}

/// What the renewals of late met: the same credentials may be taken for one thing and not for another.
async fn health(cloud: &impl Table, application: &Application) -> Finding {
    let (check, slug) = ("application.health", application.slug.as_str());
    let health = match Health::find(cloud, &application.slug).await {
        Ok(health) => health,
        Err(error) => return Finding::broke(check, slug, &error, &known::TABLES),
    };
    let (refused, silent) = health.map_or((None, None), |health| (health.refused, health.silent_since));
    match (refused, silent) {
        (Some((since, code)), _) => {
            let says = format!("Since {since} Amazon refuses renewals ({code}). One a minute is tried.");
            let known = match code.as_str() {
                "unauthorized_client" => &known::UNAUTHORIZED_CLIENT,
                _ => &known::INVALID_CLIENT,
            };
            Finding::ok(check, slug, says).warns(known)
        }
        (None, Some(since)) => {
            let says =
                format!("Since {since} Login with Amazon does not answer renewals. One a minute is tried.");
            Finding::ok(check, slug, says).warns(&known::LWA_SILENT)
        }
        (None, None) => Finding::ok(check, slug, "Renewals of late met no trouble."),
    }
}
