//! A world for one test, and a plain HTTP client to ask it.

use std::collections::HashMap;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Once;

use sellerport_simulator::{APPLICATION_ID, CLIENT_ID, Options, Running, SimClock, Simulator, World};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The application's address in these tests.
pub(crate) const CALLBACK: &str = "http://localhost:9/oauth/callback";
/// The catalogue's large seller in North America.
pub(crate) const NORTHWIND: &str = "A2NORTHWIND01US";
/// The catalogue's seller in Germany.
pub(crate) const RHEINHAUS: &str = "A3RHEINHAUS03DE";
/// The catalogue's vendor.
pub(crate) const VENDOR: &str = "HARBR";
/// The time at which the tests' worlds open.
pub(crate) const OPENED: &str = "2026-11-20T10:00:00Z";

/// An answer as it came over the wire.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HashMap<String, String>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    /// The body is shorter than the answer promised.
    pub(crate) fn is_cut(&self) -> bool {
        self.header("content-length").is_some_and(|length| length.parse::<usize>().unwrap() > self.body.len())
    }
}

/// One running simulator and its world.
pub(crate) struct Amazon {
    pub(crate) running: Running,
    pub(crate) world: World,
}

/// Options with the tests' clock and address.
pub(crate) fn options() -> Options {
    Options {
        clock: SimClock::fixed(OPENED.parse().unwrap()),
        redirect_uris: vec![CALLBACK.to_owned()],
        ..Options::default()
    }
}

/// Starts a world.
pub(crate) async fn open() -> Amazon {
    open_with(options()).await
}

/// Starts a world with these options.
pub(crate) async fn open_with(options: Options) -> Amazon {
    let running = Simulator::start(options).await.unwrap();
    let world = running.world();
    Amazon { running, world }
}

/// The folder of the official models, if there is one on this machine.
pub(crate) fn models_folder() -> Option<PathBuf> {
    let named = std::env::var_os("SPAPI_MODELS").map(PathBuf::from);
    let above = || {
        let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        here.ancestors().map(|folder| folder.join("shared/facts/spapi-models")).find(|folder| folder.is_dir())
    };
    let found = named.or_else(above);
    if found.is_none() {
        static SAID: Once = Once::new();
        // Written past the test harness, which keeps what passing tests print.
        SAID.call_once(|| {
            let text =
                b"left out: the tests that need the official models (set SPAPI_MODELS to their folder)\n";
            std::io::stderr().write_all(text).unwrap();
        });
    }
    found
}

/// A query or a form.
pub(crate) fn encoded(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

impl Amazon {
    /// Sends one request and reads the answer to its end.
    pub(crate) async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        let address = self.running.base_url().trim_start_matches("http://").to_owned();
        let mut stream = TcpStream::connect(&address).await.unwrap();
        let mut head =
            format!("{method} {path} HTTP/1.1\r\nconnection: close\r\ncontent-length: {}\r\n", body.len());
        if !headers.iter().any(|(name, _)| *name == "host") {
            head.push_str(&format!("host: {address}\r\n"));
        }
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        stream.write_all(format!("{head}\r\n{body}").as_bytes()).await.unwrap();
        let mut bytes = Vec::new();
        // A connection that breaks off is one of the things to be seen here.
        while stream.read_buf(&mut bytes).await.is_ok_and(|read| read > 0) {}
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").expect("a whole head");
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let mut lines = head.split("\r\n");
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(n, v)| (n.to_ascii_lowercase(), v.to_owned()));
        Answer { status, headers: headers.collect(), body: bytes[end + 4..].to_vec() }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[], "").await
    }

    pub(crate) async fn post_json(&self, path: &str, body: &str) -> Answer {
        self.send("POST", path, &[("content-type", "application/json")], body).await
    }

    pub(crate) async fn post_form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let kind = ("content-type", "application/x-www-form-urlencoded;charset=UTF-8");
        self.send("POST", path, &[kind], &encoded(fields)).await
    }

    /// Asks for tokens with the default application's credentials.
    pub(crate) async fn token(&self, fields: &[(&str, &str)]) -> Answer {
        self.token_of(CLIENT_ID, fields).await
    }

    /// Asks for tokens with an application's newest credentials.
    pub(crate) async fn token_of(&self, client_id: &str, fields: &[(&str, &str)]) -> Answer {
        let secret = self.world.client_secret(client_id).unwrap();
        let mut all = vec![("client_id", client_id), ("client_secret", secret.as_str())];
        all.extend_from_slice(fields);
        self.post_form("/auth/o2/token", &all).await
    }

    pub(crate) async fn exchange(&self, code: &str) -> Answer {
        self.token(&[("grant_type", "authorization_code"), ("code", code), ("redirect_uri", CALLBACK)]).await
    }

    pub(crate) async fn refresh(&self, refresh_token: &str) -> Answer {
        self.token(&[("grant_type", "refresh_token"), ("refresh_token", refresh_token)]).await
    }

    pub(crate) fn code(&self, seller: &str) -> String {
        self.world.grant_code(seller, APPLICATION_ID, CALLBACK).unwrap()
    }

    /// A fresh access token of this seller.
    pub(crate) async fn access(&self, seller: &str) -> String {
        let refresh_token = self.world.mint_self_authorization(seller).unwrap();
        let answer = self.refresh(&refresh_token).await;
        answer.json()["access_token"].as_str().unwrap().to_owned()
    }

    /// A fresh access token of this seller for an application, by self-authorization.
    pub(crate) async fn access_of(&self, seller: &str, client_id: &str) -> String {
        let refresh_token = self.world.mint_self_authorization_of(seller, client_id).unwrap();
        let fields = [("grant_type", "refresh_token"), ("refresh_token", refresh_token.as_str())];
        let answer = self.token_of(client_id, &fields).await;
        answer.json()["access_token"].as_str().unwrap().to_owned()
    }

    /// A grantless access token.
    pub(crate) async fn grantless(&self, client_id: &str, scope: &str) -> String {
        let answer =
            self.token_of(client_id, &[("grant_type", "client_credentials"), ("scope", scope)]).await;
        answer.json()["access_token"].as_str().unwrap().to_owned()
    }

    /// Rotates the client secret.
    pub(crate) async fn rotate(&self, token: &str) -> Answer {
        let path = "/sp-api/na/applications/2023-11-30/clientSecret";
        self.send("POST", path, &[("x-amz-access-token", token)], "").await
    }

    /// Calls the API in a region.
    pub(crate) async fn call(&self, region: &str, path: &str, query: &[(&str, &str)], token: &str) -> Answer {
        let path = format!("/sp-api/{region}{path}?{}", encoded(query));
        self.send("GET", &path, &[("x-amz-access-token", token)], "").await
    }

    /// Searches orders in North America.
    pub(crate) async fn search(&self, query: &[(&str, &str)], token: &str) -> Answer {
        self.call("na", "/orders/2026-01-01/orders", query, token).await
    }
}

/// The first error's code, message and details.
pub(crate) fn error_of(answer: &Answer) -> (String, String, String) {
    let error = answer.json()["errors"][0].clone();
    let text = |name: &str| error[name].as_str().unwrap_or("(absent)").to_owned();
    (text("code"), text("message"), text("details"))
}
