//! The emulator of AWS, where one is running: the real adapters on it, and a door of its own through which a test
//! sees what they did, past all of our code.

use sellerport_aws::{Aws, Environment};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;

/// A running emulator.
#[derive(Debug, Clone)]
pub struct Emulator {
    variables: BTreeMap<String, String>,
}

/// A message as it lies in a queue.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lying {
    /// Its text.
    pub body: String,
    /// How long it was to stay invisible, in seconds.
    pub delay: i64,
}

impl Emulator {
    /// The one that `make test` started; says so where there is none.
    #[allow(clippy::disallowed_methods, reason = "a test's own setting")]
    #[allow(clippy::print_stdout, reason = "what a run left out must be seen")]
    pub fn find() -> Option<Self> {
        let Ok(text) = std::env::var("SELLERPORT_EMULATOR") else {
            println!("left out: no emulator is running (`make test` starts one)");
            return None;
        };
        Some(Self { variables: serde_json::from_str(&text).unwrap() })
    }

    /// Every port, with addresses and names as a function would find them in its environment.
    pub fn aws(&self) -> Aws {
        aws(&self.variables)
    }

    /// The same with another key in the place of the present one.
    pub fn aws_under_another_key(&self) -> Aws {
        let mut variables = self.variables.clone();
        variables.insert("VAULT_KEY_ID".to_owned(), self.variables["ANOTHER_KEY_ID"].clone());
        aws(&variables)
    }

    /// All messages of the queue that this variable names, hidden ones included; changes nothing.
    pub fn lying(&self, queue: &str) -> Vec<Lying> {
        let path = format!("/_ministack/sqs/messages?QueueUrl={}", self.variables[queue]);
        let answer: Value = serde_json::from_slice(&self.ask("GET", &path, "", &[]).1).unwrap();
        let found = answer["messages"]
            .as_object()
            .unwrap()
            .values()
            .flat_map(|regions| regions.as_object().unwrap().values());
        let found = found.flat_map(|queues| queues.as_object().unwrap().values());
        let second = |message: &Value, name: &str| message[name].as_i64().unwrap();
        let mut lying: Vec<_> = found
            .flat_map(|messages| messages.as_array().unwrap())
            .map(|message| Lying {
                body: message["Body"].as_str().unwrap().to_owned(),
                delay: second(message, "VisibleAt") - second(message, "SentTimestamp"),
            })
            .collect();
        lying.sort();
        lying
    }

    /// Receives and deletes every visible message of the queue that this variable names; their texts.
    pub fn receive_all(&self, queue: &str) -> Vec<String> {
        let url = &self.variables[queue];
        let mut bodies = Vec::new();
        loop {
            let ask = json!({"QueueUrl": url, "MaxNumberOfMessages": 10, "WaitTimeSeconds": 0});
            let answer = self.call("AmazonSQS.ReceiveMessage", &ask);
            let Some(messages) = answer["Messages"].as_array().filter(|all| !all.is_empty()) else { break };
            for message in messages {
                bodies.push(message["Body"].as_str().unwrap().to_owned());
                let ask = json!({"QueueUrl": url, "ReceiptHandle": message["ReceiptHandle"]});
                self.call("AmazonSQS.DeleteMessage", &ask);
            }
        }
        bodies.sort();
        bodies
    }

    /// Empties the queue that this variable names.
    pub fn purge(&self, queue: &str) {
        self.call("AmazonSQS.PurgeQueue", &json!({"QueueUrl": self.variables[queue]}));
    }

    /// The text of an application's secret that carries this label, if there is one.
    pub fn secret(&self, application: &str, label: &str) -> Option<Value> {
        let id = format!("{}/application/{application}", self.variables["STACK_NAME"]);
        let answer =
            self.call("secretsmanager.GetSecretValue", &json!({"SecretId": id, "VersionStage": label}));
        answer["SecretString"].as_str().map(|text| serde_json::from_str(text).unwrap())
    }

    /// An object of the lake.
    pub fn object(&self, key: &str) -> Option<Vec<u8>> {
        let (status, body) = self.ask("GET", &format!("/{}/{key}", self.variables["LAKE_BUCKET"]), "", &[]);
        match status {
            200 => Some(body),
            404 => None,
            _ => panic!("{status} for {key}"),
        }
    }

    /// One call of a service that speaks JSON; its answer, be it an error.
    fn call(&self, operation: &str, ask: &Value) -> Value {
        let body = serde_json::to_vec(ask).unwrap();
        serde_json::from_slice(&self.ask("POST", "/", operation, &body).1).unwrap_or_default()
    }

    fn ask(&self, method: &str, path: &str, operation: &str, body: &[u8]) -> (u16, Vec<u8>) {
        let host = self.variables["AWS_ENDPOINT_URL"].strip_prefix("http://").unwrap();
        let service = match operation.split('.').next() {
            Some("AmazonSQS") => "sqs",
            Some("secretsmanager") => "secretsmanager",
            _ => "s3",
        };
        // The emulator knows its root key by its name and checks no signature of it.
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-length: {}\r\n\
             content-type: application/x-amz-json-1.0\r\nx-amz-target: {operation}\r\n\
             authorization: AWS4-HMAC-SHA256 Credential=test/20260101/{}/{service}/aws4_request, \
             SignedHeaders=host, Signature=0\r\n\r\n",
            body.len(),
            self.variables["AWS_REGION"],
        );
        let mut stream = TcpStream::connect(host).unwrap();
        stream.write_all(&[head.as_bytes(), body].concat()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        let head = String::from_utf8_lossy(&answer[..end]).to_lowercase();
        assert!(!head.contains("transfer-encoding"), "{head}");
        (head[9..12].parse().unwrap(), answer[end + 4..].to_vec())
    }
}

/// Every port, at the addresses and under the names of these variables.
pub fn aws(variables: &BTreeMap<String, String>) -> Aws {
    Aws::new(Environment::from(variables.clone().into_iter().collect()).unwrap())
}
