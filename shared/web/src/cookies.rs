//! Our cookies. The `__Host-` prefix makes browsers refuse them from any other host or path, and our
//! code reads no cookie without it.

use sellerport_core::authorize::STATE_LIFE;
use sellerport_core::connect_session::LIFE as SESSION_LIFE;
use sellerport_core::http::Request;
use sellerport_core::oidc::SIGN_IN_LIFE;
use sellerport_core::secret::Ticket;
use sellerport_core::session::LONGEST;

/// Holds the session.
pub const SESSION: &str = "__Host-sellerport-session";

/// Holds the nonce of the consent that this browser started.
pub const NONCE: &str = "__Host-sellerport-nonce";

/// Says which connect session this browser follows.
pub const GUEST: &str = "__Host-sellerport-guest";

/// Binds a sign-in at the identity provider to the browser that started it.
pub const SIGN_IN: &str = "__Host-sellerport-sign-in";

/// The ticket in a cookie, if it has the form of one.
pub fn read(request: &Request, name: &str) -> Option<Ticket> {
    request.cookie(name).and_then(Ticket::parse)
}

/// Sets the session cookie.
pub fn session(ticket: &Ticket) -> String {
    set(SESSION, ticket.expose(), LONGEST.as_secs())
}

/// Sets the nonce cookie.
pub fn nonce(ticket: &Ticket) -> String {
    set(NONCE, ticket.expose(), STATE_LIFE.as_secs())
}

/// Sets the cookie of a connect session's guest.
pub fn guest(ticket: &Ticket) -> String {
    set(GUEST, ticket.expose(), SESSION_LIFE.as_secs())
}

/// Sets the cookie of a sign-in at the identity provider.
pub fn sign_in(ticket: &Ticket) -> String {
    set(SIGN_IN, ticket.expose(), SIGN_IN_LIFE.as_secs())
}

/// Deletes a cookie.
pub fn clear(name: &str) -> String {
    set(name, "", 0)
}

/// `SameSite=Lax`, not `Strict`: they must come along when Amazon or the identity provider sends the
/// browser back.
fn set(name: &str, value: &str, seconds: i64) -> String {
    format!("{name}={value}; Path=/; Max-Age={seconds}; Secure; HttpOnly; SameSite=Lax")
}
