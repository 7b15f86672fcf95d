//! A server in the place of AWS that answers as a test says: for what the emulator does otherwise than AWS, or never.

use crate::emulator::aws;
use sellerport_aws::Aws;
use serde_json::Value;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};

/// Every port, on a server that answers each operation of a service that speaks JSON with this status and body.
pub fn aws_answering(mut answer: impl FnMut(&str, &Value) -> (u16, Value) + Send + 'static) -> Aws {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = BufReader::new(stream.unwrap());
            let (operation, asked) = request(&mut stream);
            let (status, body) = answer(&operation, &asked);
            let body = body.to_string();
            let head = "content-type: application/x-amz-json-1.0\r\nconnection: close\r\ncontent-length";
            let answer = format!("HTTP/1.1 {status} -\r\n{head}: {}\r\n\r\n{body}", body.len());
            drop(stream.get_mut().write_all(answer.as_bytes()));
        }
    });
    let variables = [
        ("AWS_REGION", "eu-central-1"),
        ("AWS_ACCESS_KEY_ID", "id"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
        ("AWS_ENDPOINT_URL", &address),
        ("QUEUE_FETCH", &format!("{address}/stub-fetch-")),
        ("STACK_NAME", "stub"),
    ];
    aws(&variables.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
}

/// The operation and its parameters.
fn request(stream: &mut BufReader<TcpStream>) -> (String, Value) {
    let (mut operation, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).unwrap();
        let (name, value) = line.trim_end().split_once(':').unwrap_or_default();
        match name.to_lowercase().as_str() {
            "x-amz-target" => operation = value.rsplit('.').next().unwrap_or_default().to_owned(),
            "content-length" => length = value.trim().parse().unwrap(),
            _ if line.trim_end().is_empty() => break,
            _ => {}
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).unwrap();
    (operation, serde_json::from_slice(&body).unwrap())
}
