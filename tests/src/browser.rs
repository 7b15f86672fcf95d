//! A browser: keeps cookies, sends forms as our pages make them, and follows the seller to Amazon and back.

use crate::house::{House, ORIGIN};
use sellerport_core::http::{Request, Response};
use sellerport_core::ports::Clock as _;
use sellerport_core::secret::Ticket;
use sellerport_core::session::form_token;
use sellerport_web::cookies;
use std::collections::BTreeMap;

/// A browser with its cookies.
#[derive(Debug, Clone)]
pub struct Browser<'h> {
    house: &'h House,
    /// Its cookies.
    pub cookies: BTreeMap<String, String>,
}

/// Where a consent leads: what our redirect told the browser.
#[derive(Debug, Clone)]
pub struct Consent {
    /// The state on its way to Amazon.
    pub state: String,
    /// Where Amazon will answer.
    pub redirect_uri: String,
}

impl Consent {
    /// The path of the redirect URI.
    pub fn path(&self) -> String {
        self.redirect_uri.strip_prefix(ORIGIN).expect("our own origin").to_owned()
    }
}

impl<'h> Browser<'h> {
    /// A browser that was never here.
    pub fn new(house: &'h House) -> Self {
        Self { house, cookies: BTreeMap::new() }
    }

    /// Opens an address.
    pub async fn get(&mut self, address: &str) -> Response {
        let request = self.request("GET", address);
        self.send(request).await
    }

    /// A request as this browser would send it.
    pub fn request(&self, method: &str, address: &str) -> Request {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        Request {
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            headers: vec![("host".to_owned(), "sellerport.example".to_owned())],
            cookies: self.cookies.clone().into_iter().collect(),
            body: Vec::new(),
            received_at: self.house.cloud.now(),
            invoker: None,
        }
    }

    /// The token of its session's forms; empty where it has none.
    pub fn form_token(&self) -> String {
        let token = self.cookies.get(cookies::SESSION).and_then(|text| Ticket::parse(text));
        token.map(|ticket| form_token(&ticket).as_str().to_owned()).unwrap_or_default()
    }

    /// A form of our pages.
    pub fn form(&self, address: &str, fields: &[(&str, &str)]) -> Request {
        let token = self.form_token();
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.append_pair("csrf", &token).extend_pairs(fields);
        let mut request = self.request("POST", address);
        request.body = body.finish().into_bytes();
        request.headers.push(("origin".to_owned(), ORIGIN.to_owned()));
        request.headers.push(("sec-fetch-site".to_owned(), "same-origin".to_owned()));
        request.headers.push(("content-type".to_owned(), "application/x-www-form-urlencoded".to_owned()));
        request
    }

    /// Presses a button.
    pub async fn press(&mut self, address: &str, fields: &[(&str, &str)]) -> Response {
        let request = self.form(address, fields);
        self.send(request).await
    }

    /// Sends a request to the function that the gateway would choose, and keeps the cookies it sets.
    pub async fn send(&mut self, request: Request) -> Response {
        let response = self.house.answer(&request).await;
        for cookie in &response.cookies {
            let (name, rest) = cookie.split_once('=').expect("a cookie");
            let value = rest.split(';').next().unwrap_or_default();
            match cookie.contains("Max-Age=0") {
                true => self.cookies.remove(name),
                false => self.cookies.insert(name.to_owned(), value.to_owned()),
            };
        }
        response
    }

    /// Presses Connect Amazon; where the browser is sent.
    pub async fn start(&mut self, country: &str) -> Consent {
        let response = self.press("/connect", &[("store", country), ("kind", "seller")]).await;
        consent(&response)
    }

    /// Goes on from the Appstore's confirmation page; where the browser is sent.
    pub async fn follow(&mut self, address: &str) -> Consent {
        let response = self.press(address, &[]).await;
        consent(&response)
    }

    /// Presses Reconnect; where the browser is sent.
    pub async fn restart(&mut self, connection: &str) -> Consent {
        let response = self.press(&format!("/connections/{connection}/reconnect"), &[]).await;
        consent(&response)
    }

    /// Comes back from Amazon as this seller, who approved.
    pub async fn approve(&mut self, consent: &Consent, seller: &str) -> Response {
        let code = self
            .house
            .world()
            .grant_code(seller, &self.house.application.amazon_id, &consent.redirect_uri)
            .expect("the seller is known");
        self.get(&callback(consent, &code, seller)).await
    }

    /// Connects a seller from the first button to the last page.
    pub async fn connect(&mut self, seller: &str, country: &str) -> Response {
        let consent = self.start(country).await;
        self.approve(&consent, seller).await
    }
}

/// The address that Amazon sends a browser back to.
pub fn callback(consent: &Consent, code: &str, seller: &str) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query
        .append_pair("state", &consent.state)
        .append_pair("spapi_oauth_code", code)
        .append_pair("selling_partner_id", seller);
    format!("{}?{}", consent.path(), query.finish())
}

/// Where a redirect to Amazon leads.
pub fn consent(response: &Response) -> Consent {
    assert_eq!(response.status, 303, "{}", response.body);
    let location = &response.headers.iter().find(|(name, _)| *name == "location").expect("a redirect").1;
    let query = location.split_once('?').expect("a query").1;
    let find = |name: &str| {
        let mut pairs = form_urlencoded::parse(query.as_bytes());
        pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned()).expect("a parameter")
    };
    Consent { state: find("state"), redirect_uri: find("redirect_uri") }
}
