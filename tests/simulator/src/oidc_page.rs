//! The development issuer's one page: who do you want to be?

use maud::html;

use crate::page::frame;
use crate::reply::Reply;

/// Somebody whom everybody may be.
#[derive(Debug)]
pub(crate) struct Person {
    pub(crate) id: &'static str,
    pub(crate) tenant: &'static str,
    pub(crate) role: &'static str,
}

/// Everybody the issuer knows.
pub(crate) const PEOPLE: [Person; 3] = [
    Person { id: "owner", tenant: "main", role: "operator" },
    Person { id: "reader", tenant: "main", role: "viewer" },
    Person { id: "stranger", tenant: "other", role: "operator" },
];

/// The choice; its form repeats what the console asked for.
pub(crate) fn choose(asked: &[(String, String)]) -> Reply {
    let page = frame(
        "Development issuer",
        html! {
            p { "This identity provider is for development on this machine. It asks nobody for a password: be whom you like." }
            form method="post" action="/oidc/authorize" {
                @for (name, value) in asked.iter().filter(|(name, _)| name != "person") {
                    input type="hidden" name=(name) value=(value);
                }
                @for person in &PEOPLE {
                    p.actions {
                        button.main type="submit" name="person" value=(person.id) { "Sign in as " (person.id) }
                        " " (person.role) " of tenant " code { (person.tenant) }
                    }
                }
                p.actions { button type="submit" name="person" value="" { "Decline" } }
            }
        },
    );
    Reply::html(200, page)
}

/// The console asked wrongly; it is not told by a redirect, since its address may be wrong too.
pub(crate) fn wrong(why: &str) -> Reply {
    Reply::html(400, frame("Development issuer", html! { p { "This sign-in cannot go on: " (why) "." } }))
}
