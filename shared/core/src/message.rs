//! The catalogue of refusals: a stable code, a status, and one or two plain sentences that say what
//! happened, whether anything changed and what to do next. No text repeats what was sent, except the last
//! four characters of a seller id, and the names of an operation and its parameters.
//!
//! "Unknown", "used" and "expired" share one text, so that nobody can tell by it which states exist.

use crate::imports::Fault;
use crate::operate::Stop;
use crate::ports::Unavailable;
use crate::store::{StoreError, WriteError};
use std::error::Error;

/// Faults of an import that its refusal spells out; pages and the API list more.
const FAULTS_IN_TEXT: usize = 5;

/// Something a person or program asked for and did not get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The callback takes GET only.
    CallbackMethod,
    /// A parameter is missing or empty.
    CallbackMissing(&'static str),
    /// A parameter came more than once.
    CallbackDuplicate(&'static str),
    /// A parameter cannot be Amazon's.
    CallbackFormat(&'static str),
    /// The address is longer than any of Amazon's.
    CallbackTooLong,
    /// The state is unknown, used, expired or of another flow.
    StateUnknown,
    /// The consent was started in another browser, or by another person.
    OtherBrowser,
    /// The session has ended meanwhile.
    SessionEnded,
    /// The seller declined.
    Denied,
    /// Amazon refused the code.
    CodeRejected,
    /// Login with Amazon did not answer; how, for the log.
    LwaDown(String),
    /// Amazon refused our own credentials.
    ApplicationRefused,
    /// Another seller came back than the connection belongs to: last four of each.
    SellerMismatch {
        /// Who signed in.
        came: String,
        /// Whose connection it is.
        expected: String,
    },
    /// The seller is connected elsewhere in this installation.
    SellerTaken,
    /// Amazon's own answers name another account than the redirect did.
    NotThatSeller,
    /// Another answer for the same connection is being worked on.
    Busy,
    /// The grant could not be stored; why, for the log.
    NotStored(String),
    /// The Appstore's return address is not Amazon's.
    LoginHost,
    /// Nobody is signed in.
    SignIn,
    /// A connect session's link is unknown, used or too old.
    ConnectLink,
    /// The sign-in link is used or too old.
    SignInLink,
    /// A viewer wanted to change something.
    Role,
    /// The bearer token is not one of ours, or too old; why, for the log.
    Bearer(String),
    /// The answer of the identity provider belongs to no sign-in under way.
    OidcState,
    /// The sign-in was started in another browser.
    OidcBrowser,
    /// The person or the identity provider declined.
    OidcDenied,
    /// The identity provider did not answer, or not as it should; how, for the log.
    OidcIssuer(String),
    /// The identity provider's token is not for this sign-in; why, for the log.
    OidcClaims(String),
    /// The token names no tenant.
    OidcTenant,
    /// The form's token is missing or not this session's.
    FormExpired,
    /// The form was not sent from our pages.
    FormOrigin,
    /// The body is not a form.
    FormType,
    /// The body is too large.
    FormSize,
    /// A field that is not one of the form's; its name where that is harmless.
    FormUnknown(String),
    /// JSON that cannot be read: where.
    FormParse {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// A field's value cannot be used, and why.
    FormField(&'static str, &'static str),
    /// An import holds nothing.
    ImportEmpty,
    /// An import is neither JSON nor CSV.
    ImportFormat,
    /// An import has too many lines or bytes.
    ImportSize,
    /// An import cannot be read: where, and what is wrong there.
    ImportParse {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What is wrong.
        what: &'static str,
    },
    /// Lines of an import cannot be used.
    ImportLines(Vec<Fault>),
    /// An operation of Amazon's was not called, or not answered.
    Operation(Stop),
    /// Messages about client secrets are not sent again.
    SecretQueue,
    /// Of a parked message too little was kept to send it again.
    ParkedInPart,
    /// The data of a connection that is still in use is not erased.
    NotEnded,
    /// Somebody else changed the same thing meanwhile.
    Conflict,
    /// No such thing, or not yours.
    NotFound,
    /// The path exists, the method does not.
    Method,
    /// The tables or another service did not answer; which and how, for the log.
    Unavailable(String),
}

impl Refusal {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::CallbackMethod => "E_CB_METHOD",
            Self::CallbackMissing(_) => "E_CB_MISSING",
            Self::CallbackDuplicate(_) => "E_CB_DUPLICATE",
            Self::CallbackFormat(_) => "E_CB_FORMAT",
            Self::CallbackTooLong => "E_CB_TOO_LONG",
            Self::StateUnknown => "E_CB_STATE_UNKNOWN",
            Self::OtherBrowser => "E_CB_OTHER_BROWSER",
            Self::SessionEnded => "E_CB_SESSION",
            Self::Denied => "E_CB_DENIED",
            Self::CodeRejected => "E_CB_CODE_REJECTED",
            Self::LwaDown(_) => "E_CB_LWA_DOWN",
            Self::ApplicationRefused => "E_CB_APP_CREDENTIALS",
            Self::SellerMismatch { .. } | Self::NotThatSeller => "E_CB_SELLER_MISMATCH",
            Self::SellerTaken => "E_CB_SELLER_TAKEN",
            Self::Busy => "E_CB_BUSY",
            Self::NotStored(_) => "E_CB_STORE",
            Self::LoginHost => "E_LOGIN_HOST",
            Self::SignIn => "E_AUTH",
            Self::ConnectLink => "E_CONNECT_LINK",
            Self::SignInLink => "E_AUTH_LINK",
            Self::Role => "E_ROLE",
            Self::Bearer(_) => "E_AUTH_BEARER",
            Self::OidcState => "E_OIDC_STATE",
            Self::OidcBrowser => "E_OIDC_BROWSER",
            Self::OidcDenied => "E_OIDC_DENIED",
            Self::OidcIssuer(_) => "E_OIDC_ISSUER",
            Self::OidcClaims(_) => "E_OIDC_CLAIMS",
            Self::OidcTenant => "E_OIDC_TENANT",
            Self::FormExpired => "E_FORM_CSRF",
            Self::FormOrigin => "E_FORM_ORIGIN",
            Self::FormType => "E_FORM_TYPE",
            Self::FormSize => "E_FORM_SIZE",
            Self::FormUnknown(_) => "E_FORM_UNKNOWN",
            Self::FormParse { .. } => "E_FORM_PARSE",
            Self::FormField(..) => "E_FORM_FIELD",
            Self::ImportEmpty => "E_IMP_EMPTY",
            Self::ImportFormat => "E_IMP_FORMAT",
            Self::ImportSize => "E_IMP_SIZE",
            Self::ImportParse { .. } => "E_IMP_PARSE",
            Self::ImportLines(faults) if faults.iter().all(|fault| fault.code == "E_IMP_DUP") => "E_IMP_DUP",
            Self::ImportLines(_) => "E_IMP_FIELD",
            Self::Operation(stop) => stop.code(),
            Self::SecretQueue => "E_QUEUE_SECRET",
            Self::ParkedInPart => "E_PARKED_CUT",
            Self::NotEnded => "E_NOT_ENDED",
            Self::Conflict => "E_FORM_CONFLICT",
            Self::NotFound => "E_NOT_FOUND",
            Self::Method => "E_METHOD",
            Self::Unavailable(_) => "E_UNAVAILABLE",
        }
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        match self {
            Self::Denied => 200,
            Self::Operation(stop) => stop.status(),
            Self::CallbackMissing(_)
            | Self::CallbackDuplicate(_)
            | Self::CallbackFormat(_)
            | Self::StateUnknown
            | Self::CodeRejected
            | Self::LoginHost
            | Self::FormUnknown(_)
            | Self::FormParse { .. }
            | Self::ConnectLink
            | Self::SignInLink
            | Self::OidcState => 400,
            Self::SessionEnded | Self::SignIn | Self::Bearer(_) => 401,
            Self::OtherBrowser
            | Self::FormExpired
            | Self::FormOrigin
            | Self::Role
            | Self::OidcBrowser
            | Self::OidcDenied
            | Self::OidcClaims(_)
            | Self::OidcTenant => 403,
            Self::NotFound => 404,
            Self::CallbackMethod | Self::Method => 405,
            Self::SellerMismatch { .. }
            | Self::NotThatSeller
            | Self::SellerTaken
            | Self::Busy
            | Self::SecretQueue
            | Self::ParkedInPart
            | Self::NotEnded
            | Self::Conflict => 409,
            Self::FormSize => 413,
            Self::CallbackTooLong => 414,
            Self::FormType => 415,
            Self::FormField(..)
            | Self::ImportEmpty
            | Self::ImportFormat
            | Self::ImportSize
            | Self::ImportParse { .. }
            | Self::ImportLines(_) => 422,
            Self::LwaDown(_)
            | Self::ApplicationRefused
            | Self::NotStored(_)
            | Self::OidcIssuer(_)
            | Self::Unavailable(_) => 503,
        }
    }

    /// The text.
    pub fn text(&self) -> String {
        match self {
            Self::CallbackMissing(name) => {
                format!("Amazon did not send `{name}`. Nothing changed. Start again from Connections.")
            }
            Self::CallbackDuplicate(name) => {
                format!("`{name}` was sent more than once. Nothing changed. Start again.")
            }
            Self::CallbackFormat(name) => {
                format!("`{name}` does not look like a value Amazon sends. Nothing changed. Start again.")
            }
            Self::SellerMismatch { came, expected } => format!(
                "You signed in to seller ...{came}, but this connection belongs to ...{expected}. Nothing changed."
            ),
            Self::FormUnknown(name) => format!("Unknown field `{name}`. Nothing was saved."),
            Self::FormParse { line, column } => {
                format!("The form could not be read (line {line}, column {column}). Nothing was saved.")
            }
            Self::FormField(name, why) => format!("`{name}`: {why}. Nothing was saved."),
            Self::ImportParse { line, column, what } => {
                format!("Line {line}, column {column}: {what}. No line of this file was imported.")
            }
            Self::ImportLines(faults) => {
                let first: Vec<_> = faults.iter().take(FAULTS_IN_TEXT).map(Fault::text).collect();
                let more = faults.len().saturating_sub(FAULTS_IN_TEXT);
                let more = if more > 0 { format!(" And {more} more.") } else { String::new() };
                format!("{}{more} No line of this file was imported.", first.join(" "))
            }
            Self::Operation(stop) => stop.text(),
            _ => self.fixed_text().to_owned(),
        }
    }

    /// The precise reason, for the log under the same reference. Holds no secret: adapters keep them out.
    pub fn reason(&self) -> &str {
        match self {
            Self::LwaDown(why)
            | Self::NotStored(why)
            | Self::Bearer(why)
            | Self::OidcIssuer(why)
            | Self::OidcClaims(why)
            | Self::Unavailable(why) => why,
            Self::CallbackMissing(name) | Self::CallbackDuplicate(name) | Self::CallbackFormat(name) => name,
            Self::FormField(name, _) => name,
            Self::Operation(stop) => stop.reason(),
            _ => "",
        }
    }

    fn fixed_text(&self) -> &'static str {
        match self {
            Self::CallbackMethod => "This address only accepts GET.",
            Self::CallbackTooLong => "The address is too long. Nothing changed.",
            Self::StateUnknown => {
                "This sign-in link is unknown, already used or older than ten minutes. Start again from Connections."
            }
            Self::OtherBrowser => {
                "This sign-in was started in another browser or profile. Nothing was connected. Start again in this one."
            }
            Self::SessionEnded => {
                "Your console session has ended. Sign in and start again. Nothing was connected."
            }
            Self::Denied => "Access was not granted on Amazon. Nothing changed.",
            Self::CodeRejected => "Amazon refused the one-time code (it lasts five minutes). Start again.",
            Self::LwaDown(_) => {
                "Amazon's sign-in service did not answer in time. Your earlier connection, if any, still works. Start again."
            }
            Self::ApplicationRefused => {
                "Amazon refused this installation's client id or secret. The operator has been told. You need not do anything."
            }
            Self::SellerTaken => {
                "This seller account is already connected in this installation. Ask your operator."
            }
            Self::Busy => {
                "This connection is being made in another window at this moment. Nothing changed here. If it does not appear within a minute, start again."
            }
            Self::NotThatSeller => {
                "Amazon's answers to this grant name another seller than the one it was said to be. Nothing was connected. Sign in at Amazon as the right seller and start again."
            }
            Self::NotStored(_) => {
                "Access was granted but could not be saved. Start again; the earlier connection still works."
            }
            Self::LoginHost => "The return address is not an Amazon address for this app.",
            Self::SignIn => "Sign in to continue.",
            Self::ConnectLink => {
                "This link is unknown, already used or older than an hour. Nothing changed. Go back to where you came from and start again."
            }
            Self::SignInLink => {
                "This sign-in link is used or older than ten minutes. Nothing changed. Ask for a new one."
            }
            Self::Role => "Your role cannot do this.",
            Self::Bearer(_) => {
                "This access token is unknown here, not for this installation, or too old. Nothing changed. Get a new one."
            }
            Self::OidcState => {
                "This sign-in is unknown, already used or older than ten minutes. Nothing changed. Sign in again."
            }
            Self::OidcBrowser => {
                "This sign-in was started in another browser or profile. Nobody was signed in. Sign in again in this one."
            }
            Self::OidcDenied => {
                "The identity provider did not let you in, or you declined. Nobody was signed in. Ask its administrator, or sign in again."
            }
            Self::OidcIssuer(_) => {
                "The identity provider did not answer as it should. Nobody was signed in. Try again in a minute."
            }
            Self::OidcClaims(_) => {
                "The identity provider's answer is not for this sign-in. Nobody was signed in. Sign in again."
            }
            Self::OidcTenant => {
                "Your account belongs to no tenant of this installation. Nobody was signed in. Ask your operator."
            }
            Self::FormExpired => "This form has expired; reload the page.",
            Self::FormOrigin => "This request did not come from the console.",
            Self::FormType => "Unsupported content type.",
            Self::FormSize => "The form is too large (64 KiB).",
            Self::ImportEmpty => "The file is empty. No line of this file was imported.",
            Self::ImportFormat => {
                "The file is neither JSON nor CSV (save a spreadsheet as CSV, UTF-8). No line of this file was imported."
            }
            Self::ImportSize => {
                "The file has more than 10,000 lines or 4 MB; split it. No line of this file was imported."
            }
            Self::SecretQueue => {
                "Messages about client secrets are not sent again: they hold secrets and are kept nowhere else. Nothing changed. Amazon sends a new one when it is asked, which rotation does by itself; or paste one under Applications."
            }
            Self::ParkedInPart => {
                "This message was empty, or so long that only its beginning was kept, so it cannot be sent again. Nothing changed. Whatever is due is asked for again by itself."
            }
            Self::NotEnded => {
                "This connection is in use; nothing was erased. Disconnect it first, then erase its data."
            }
            Self::Conflict => "Someone changed this since you opened it; reload.",
            Self::NotFound => "Not found.",
            Self::Method => "This address does not accept that method.",
            Self::Unavailable(_) => {
                "A service of this installation did not answer. Nothing is lost; try again in a minute."
            }
            Self::CallbackMissing(_)
            | Self::CallbackDuplicate(_)
            | Self::CallbackFormat(_)
            | Self::SellerMismatch { .. }
            | Self::ImportParse { .. }
            | Self::ImportLines(_)
            | Self::FormUnknown(_)
            | Self::FormParse { .. }
            | Self::Operation(_)
            | Self::FormField(..) => "",
        }
    }
}

/// An error with its causes in one line.
pub fn chain(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        next = cause.source();
    }
    text
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Unavailable(chain(&error))
    }
}

impl From<WriteError> for Refusal {
    fn from(error: WriteError) -> Self {
        Self::Unavailable(chain(&error))
    }
}

impl From<Unavailable> for Refusal {
    fn from(error: Unavailable) -> Self {
        Self::Unavailable(chain(&error))
    }
}
