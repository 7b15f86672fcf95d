//! The door for unmodified clients, as far as it can be seen without one.

use sellerport_simulator::Options;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::asking::{open_with, options};

async fn connect(proxy: &str, target: &str) -> String {
    let mut stream = TcpStream::connect(proxy.trim_start_matches("http://")).await.unwrap();
    stream
        .write_all(format!("CONNECT {target} HTTP/1.1\r\nhost: {target}\r\n\r\n").as_bytes())
        .await
        .unwrap();
    let mut answer = vec![0; 256];
    let read = stream.read(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer[..read]).into_owned()
}

#[tokio::test]
async fn the_door_opens_to_amazons_hosts_and_to_nothing_else() {
    let file = std::env::temp_dir().join(format!("simulator-ca-{}.pem", std::process::id()));
    let amazon = open_with(Options { proxy_port: Some(0), ca_file: Some(file.clone()), ..options() }).await;
    let proxy = amazon.running.proxy_url().unwrap();
    assert!(connect(&proxy, "api.amazon.com:443").await.starts_with("HTTP/1.1 200"));
    assert!(connect(&proxy, "sandbox.sellingpartnerapi-eu.amazon.com:443").await.starts_with("HTTP/1.1 200"));
    assert!(connect(&proxy, "example.com:443").await.starts_with("HTTP/1.1 403"));
    assert!(connect(&proxy, "127.0.0.1:22").await.starts_with("HTTP/1.1 403"));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), amazon.running.ca_pem().unwrap());
    amazon.running.stop().await;
    std::fs::remove_file(&file).unwrap();
}
