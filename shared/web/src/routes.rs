//! Every address, as data: who answers it and who may ask. Tests walk this table: each row is answered, guarded
//! and protected, the template sends it to its function, and the OpenAPI file describes it.

/// The function that answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// Pages and JSON that need no token and no secret.
    Console,
    /// Whatever makes or ends a grant.
    Oauth,
    /// Whatever writes an application's secret.
    Rotate,
    /// Whatever calls one of Amazon's operations.
    Call,
}

/// Who may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Anybody.
    Anybody,
    /// Whoever brings what the address asks for: a link, a state.
    Bearer,
    /// Anybody signed in.
    Reader,
    /// An operator.
    Operator,
}

/// One address.
#[derive(Debug, Clone, Copy)]
pub struct Route {
    /// The method.
    pub method: &'static str,
    /// The path; a part in braces stands for anything.
    pub path: &'static str,
    /// Who answers.
    pub function: Function,
    /// Who may ask.
    pub who: Who,
}

const fn row(method: &'static str, path: &'static str, function: Function, who: Who) -> Route {
    Route { method, path, function, who }
}

use Function::{Call, Console, Oauth, Rotate};
use Who::{Anybody, Bearer, Operator, Reader};

/// All addresses.
#[rustfmt::skip]
pub const ROUTES: &[Route] = &[
    row("GET",  "/",                                  Console, Anybody),
    row("GET",  "/health",                            Console, Anybody),
    row("GET",  "/assets/{name}",                     Console, Anybody),
    row("GET",  "/sign-in",                           Console, Bearer),
    row("POST", "/sign-in",                           Console, Bearer),
    row("GET",  "/sign-in/oidc",                      Console, Anybody),
    row("GET",  "/sign-in/oidc/callback",             Console, Bearer),
    row("POST", "/sign-out",                          Console, Reader),
    row("POST", "/connect",                           Oauth,   Operator),
    row("GET",  "/connect/{ticket}",                  Console, Bearer),
    row("POST", "/connect/{ticket}",                  Oauth,   Bearer),
    row("GET",  "/connections/{id}",                  Console, Reader),
    row("POST", "/connections/{id}/reconnect",        Oauth,   Operator),
    row("POST", "/connections/{id}/disconnect",       Oauth,   Operator),
    row("POST", "/connections/{id}/erase",            Oauth,   Operator),
    row("POST", "/connections/{id}/fetch",            Console, Operator),
    row("POST", "/connections/{id}/marketplaces",     Console, Operator),
    row("POST", "/connections/{id}/domains",          Oauth,   Operator),
    row("POST", "/connections/{id}/writes",           Oauth,   Operator),
    row("POST", "/connections/{id}/restricted",       Oauth,   Operator),
    row("GET",  "/connections/{id}/landed/{domain}",  Console, Reader),
    row("POST", "/connections/{id}/landed/{domain}/again", Console, Operator),
    row("GET",  "/operations",                        Call,    Reader),
    row("GET",  "/operations/{operation}",            Call,    Reader),
    row("POST", "/operations/{operation}",            Call,    Reader),
    row("GET",  "/oauth/{application}/{flow}/{region}/callback", Oauth, Bearer),
    row("GET",  "/oauth/{application}/login",         Oauth,   Reader),
    row("POST", "/oauth/{application}/login",         Oauth,   Operator),
    row("GET",  "/applications",                      Console, Reader),
    row("POST", "/applications",                      Rotate,  Operator),
    row("GET",  "/imports",                           Console, Reader),
    row("POST", "/imports",                           Oauth,   Operator),
    row("GET",  "/imports/{id}",                      Console, Reader),
    row("GET",  "/doctor",                            Console, Reader),
    row("POST", "/doctor",                            Oauth,   Operator),
    row("GET",  "/queues",                            Console, Reader),
    row("POST", "/queues/{queue}/redrive",            Console, Operator),
    row("POST", "/queues/{queue}/parked/{message_id}/retry", Console, Operator),
    row("GET",  "/audit",                             Console, Reader),
    row("GET",  "/reads",                             Console, Anybody),
    row("GET",  "/api/openapi.json",                  Console, Anybody),
    row("GET",  "/api/connections",                   Console, Reader),
    row("GET",  "/api/connections/{id}",              Console, Reader),
    row("POST", "/api/connections/{id}/fetch",        Console, Operator),
    row("PUT",  "/api/connections/{id}/marketplaces", Console, Operator),
    row("POST", "/api/connections/{id}/disconnect",   Oauth,   Operator),
    row("POST", "/api/connections/{id}/erase",        Oauth,   Operator),
    row("PUT",  "/api/connections/{id}/domains",      Oauth,   Operator),
    row("PUT",  "/api/connections/{id}/writes",       Oauth,   Operator),
    row("PUT",  "/api/connections/{id}/restricted",   Oauth,   Operator),
    row("GET",  "/api/connections/{id}/landed/{domain}", Console, Reader),
    row("POST", "/api/connections/{id}/landed/{domain}/again", Console, Operator),
    row("POST", "/api/connections/{id}/operations/{operation}", Call, Reader),
    row("GET",  "/api/operations",                    Call,    Reader),
    row("GET",  "/api/operations/{operation}",        Call,    Reader),
    row("GET",  "/api/applications",                  Console, Reader),
    row("PUT",  "/api/applications/{name}",           Rotate,  Operator),
    row("GET",  "/api/imports",                       Console, Reader),
    row("POST", "/api/imports",                       Oauth,   Operator),
    row("GET",  "/api/imports/{id}",                  Console, Reader),
    row("POST", "/api/doctor",                        Oauth,   Operator),
    row("GET",  "/api/queues",                        Console, Reader),
    row("POST", "/api/queues/{queue}/redrive",        Console, Operator),
    row("POST", "/api/queues/{queue}/parked/{message_id}/retry", Console, Operator),
    row("GET",  "/api/audit",                         Console, Reader),
    row("POST", "/api/connect-sessions",              Console, Operator),
    row("GET",  "/api/connect-sessions/{id}",         Console, Reader),
];

impl Route {
    /// Whether a path is this one's.
    pub fn fits(&self, path: &str) -> bool {
        let parts = |path: &str| path.trim_matches('/').split('/').map(str::to_owned).collect::<Vec<_>>();
        let (own, asked) = (parts(self.path), parts(path));
        let same =
            |(own, asked): (&String, &String)| own == asked || (own.starts_with('{') && !asked.is_empty());
        own.len() == asked.len() && own.iter().zip(&asked).all(same)
    }
}

/// Whether any method has this path.
pub fn known(path: &str) -> bool {
    ROUTES.iter().any(|route| route.fits(path))
}
