//! Asking without a wire: the same answers, limits and faults, for simulations of days that have no time for sockets.

use std::time::Duration;

use serde_json::Value;

use crate::documents::{self, Visit};
use crate::faults::FaultKind;
use crate::marketplaces::Region;
use crate::reply::Reply;
use crate::sp_api::{self, Call};
use crate::world::World;
use crate::{lwa, tamper};

/// Pieces in which a dripping body comes; each after a pause.
const DRIPS: u32 = 8;

/// One request to the API, as it would stand on the wire, decoded.
#[derive(Clone, Debug)]
pub struct Request {
    /// The region whose host it is sent to.
    pub region: Region,
    /// To the sandbox's host.
    pub sandbox: bool,
    /// `GET`, `POST`, …
    pub method: String,
    /// The path, without the host.
    pub path: String,
    /// The query's parameters.
    pub query: Vec<(String, String)>,
    /// The header `x-amz-access-token`.
    pub token: Option<String>,
    /// The body, where it is JSON.
    pub body: Option<Value>,
}

/// A whole answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Headers, their names in small letters.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// How much later than usual it is there.
    pub after: Duration,
}

impl Answer {
    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }
}

/// No whole answer came, though the request was carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// Nothing ever came.
    Silent,
    /// It broke off.
    Cut,
    /// It went on for ever.
    Endless,
}

/// What became of a request.
#[derive(Clone, Debug)]
pub struct Answered {
    /// The account that it was about, as far as its token tells.
    pub seller: Option<String>,
    /// The word for the fault that befell it.
    pub fault: Option<String>,
    /// The answer as it arrives.
    pub answer: Result<Answer, Lost>,
}

/// What became of a download.
#[derive(Clone, Debug)]
pub struct Downloaded {
    /// The account whose document it is, as far as the address tells.
    pub seller: Option<String>,
    /// The word for the fault that befell it.
    pub fault: Option<String>,
    /// The answer as far as it came; nothing where nothing came.
    pub answer: Option<Answer>,
    /// It did not come to its end.
    pub lost: Option<Lost>,
}

impl World {
    /// Answers a call of the API at once, faults included.
    pub fn call(&self, request: Request) -> Answered {
        let Request { region, sandbox, method, path, query, token, body } = request;
        let done = sp_api::answer(self, &Call { region, sandbox, method, path, query, token, body });
        self.arrive(done)
    }

    /// Answers a request to Login with Amazon's token endpoint at once, faults included. The body is a form.
    pub fn login(&self, form: &[u8]) -> Answered {
        let done = lwa::answer(self, "application/x-www-form-urlencoded", form);
        self.arrive(done)
    }

    /// Downloads a document at once by the address that the API gave, faults included. Nothing else comes along.
    pub fn download(&self, url: &str) -> Downloaded {
        let (front, query) = url.split_once('?').unwrap_or((url, ""));
        let path =
            front.find("://").and_then(|scheme| Some(scheme + 3 + front.get(scheme + 3..)?.find('/')?));
        let path = path.and_then(|start| front.get(start..)).unwrap_or("/");
        let visit = Visit { method: "GET", path, query, authorized: false, unsigned: None, range: None };
        let (reply, fault) = documents::answer(self, &visit);
        let inside = self.hold();
        let asked = inside.last_asked(1).next();
        let (seller, word) =
            asked.map(|asked| (asked.seller.clone(), asked.fault.clone())).unwrap_or_default();
        drop(inside);
        let came = match fault {
            Some(FaultKind::Truncated) => {
                Some(Reply { body: reply.body[..reply.body.len() / 2].to_vec(), ..reply.clone() })
            }
            Some(FaultKind::LengthTooLong) => Some(reply.clone()),
            _ => None,
        };
        let (answer, lost) = match (arrived(reply, fault.as_ref()), came) {
            (Ok(answer), _) => (Some(answer), None),
            (Err(lost), came) => (came.and_then(|came| arrived(came, None).ok()), Some(lost)),
        };
        Downloaded { seller, fault: word, answer, lost }
    }

    fn arrive(&self, (reply, fault): (Reply, Option<FaultKind>)) -> Answered {
        let seller = self.hold().last_asked(1).next().and_then(|asked| asked.seller.clone());
        let word = fault.as_ref().map(tamper::name);
        Answered { seller, fault: word, answer: arrived(reply, fault.as_ref()) }
    }
}

fn arrived(reply: Reply, fault: Option<&FaultKind>) -> Result<Answer, Lost> {
    let after = match fault {
        Some(FaultKind::Silence) => return Err(Lost::Silent),
        Some(FaultKind::Endless) => return Err(Lost::Endless),
        Some(FaultKind::Truncated | FaultKind::LengthTooLong) => return Err(Lost::Cut),
        Some(FaultKind::Delay { milliseconds }) => Duration::from_millis(*milliseconds),
        Some(FaultKind::SlowDrip { milliseconds }) => Duration::from_millis(*milliseconds) * DRIPS,
        _ => Duration::ZERO,
    };
    let Reply { status, headers, body } = tamper::spoil(reply, fault);
    Ok(Answer { status, headers, body, after })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CLIENT_ID, Fault, Options, SimClock};

    fn world() -> World {
        let clock = SimClock::fixed("2026-11-20T10:00:00Z".parse().unwrap());
        World::new(&Options { clock, key: Some(7), ..Options::default() }).unwrap()
    }

    fn renewed(world: &World) -> Answered {
        let token = world.mint_self_authorization("A2NORTHWIND01US").unwrap();
        let secret = world.client_secret(CLIENT_ID).unwrap();
        let fields = [
            ("grant_type", "refresh_token"),
            ("refresh_token", token.as_str()),
            ("client_id", CLIENT_ID),
            ("client_secret", secret.as_str()),
        ];
        world.login(form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish().as_bytes())
    }

    fn search(world: &World, token: &str) -> Answered {
        let query = [("lastUpdatedAfter", "2026-11-01T00:00:00Z")];
        world.call(Request {
            region: Region::Na,
            sandbox: false,
            method: "GET".to_owned(),
            path: "/orders/2026-01-01/orders".to_owned(),
            query: query.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
            token: Some(token.to_owned()),
            body: None,
        })
    }

    #[test]
    fn a_renewal_and_a_call_are_answered_without_a_wire() {
        let world = world();
        let answer = renewed(&world).answer.unwrap();
        let tokens: Value = serde_json::from_slice(&answer.body).unwrap();
        let found = search(&world, tokens["access_token"].as_str().unwrap());
        assert_eq!(found.seller.as_deref(), Some("A2NORTHWIND01US"));
        let answer = found.answer.unwrap();
        assert_eq!((answer.status, answer.header("x-amzn-ratelimit-limit")), (200, Some("0.0056")));
        assert_eq!(search(&world, "Atza|other").answer.unwrap().status, 403);
    }

    #[test]
    fn two_worlds_with_one_key_answer_alike_to_the_byte() {
        assert_eq!(renewed(&world()).answer, renewed(&world()).answer);
    }

    /// Asks for a report, waits for it and downloads it.
    fn told(world: &World) -> Vec<u8> {
        let answer = renewed(world).answer.unwrap();
        let tokens: Value = serde_json::from_slice(&answer.body).unwrap();
        let call = |method: &str, path: String, body: Option<Value>| -> Value {
            let answered = world.call(Request {
                region: Region::Na,
                sandbox: false,
                method: method.to_owned(),
                path: format!("/reports/2021-06-30/{path}"),
                query: Vec::new(),
                token: tokens["access_token"].as_str().map(str::to_owned),
                body,
            });
            serde_json::from_slice(&answered.answer.unwrap().body).unwrap()
        };
        let body = serde_json::json!({
            "reportType": "GET_MERCHANT_LISTINGS_ALL_DATA", "marketplaceIds": ["ATVPDKIKX0DER"],
        });
        let id = call("POST", "reports".to_owned(), Some(body))["reportId"].as_str().unwrap().to_owned();
        world.advance(Duration::from_secs(400));
        let report = call("GET", format!("reports/{id}"), None);
        let document = report["reportDocumentId"].as_str().unwrap();
        let url = call("GET", format!("documents/{document}"), None)["url"].as_str().unwrap().to_owned();
        [url.as_bytes(), &world.download(&url).answer.unwrap().body].concat()
    }

    #[test]
    fn a_report_and_its_address_are_alike_to_the_byte_in_two_worlds_with_one_key() {
        assert_eq!(told(&world()), told(&world()));
    }

    #[test]
    fn faults_befall_it_as_they_do_on_the_wire() {
        let world = world();
        for (kind, lost) in [
            (FaultKind::Silence, Lost::Silent),
            (FaultKind::Truncated, Lost::Cut),
            (FaultKind::Endless, Lost::Endless),
        ] {
            world.set_fault(Fault::next(1, "lwa", kind));
            assert_eq!(renewed(&world).answer, Err(lost));
        }
        world.set_fault(Fault::next(1, "lwa", FaultKind::Html));
        let answered = renewed(&world);
        assert_eq!(answered.fault.as_deref(), Some("html"));
        assert!(answered.answer.unwrap().body.starts_with(b"<!doctype"));
    }
}
