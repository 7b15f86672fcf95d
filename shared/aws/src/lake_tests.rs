use super::*;
use crate::environment::Environment;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;

fn aws(endpoint: &str, more: &[(&str, &str)]) -> Aws {
    let mut variables = vec![
        ("AWS_REGION", "eu-central-1"),
        ("AWS_ACCESS_KEY_ID", "id"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
        ("AWS_ENDPOINT_URL", endpoint),
        ("STACK_NAME", "stub"),
        ("LAKE_BUCKET", "lake"),
    ];
    variables.extend(more);
    let variables = variables.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned()));
    Aws::new(Environment::from(variables.collect()).unwrap())
}

/// The lines of a put's head, in lower case, as a server in the place of S3 sees them.
async fn head_of_put(key: &str) -> Vec<String> {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        let mut stream = BufReader::new(listener.accept().unwrap().0);
        let mut head = Vec::new();
        loop {
            let mut line = String::new();
            stream.read_line(&mut line).unwrap();
            match line.trim_end() {
                "" => break,
                line => head.push(line.to_lowercase()),
            }
        }
        let length = head.iter().find_map(|line| line.strip_prefix("content-length: "));
        let mut body = vec![0; length.unwrap().parse().unwrap()];
        stream.read_exact(&mut body).unwrap();
        let answer = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
        stream.get_mut().write_all(answer.as_bytes()).unwrap();
        head
    });
    let variables = [("PERSONAL_KEY_ID", "arn:of-the-key")];
    aws(&address, &variables).put(key, vec![1, 2, 3]).await.unwrap();
    server.join().unwrap()
}

#[tokio::test]
async fn buyers_data_lands_under_a_key_of_its_own_and_nothing_else_does() {
    let head = head_of_put("pii/domain=buyers/x.ndjson.gz").await;
    assert!(head.contains(&"x-amz-server-side-encryption: aws:kms".to_owned()), "{head:?}");
    let key = "x-amz-server-side-encryption-aws-kms-key-id: arn:of-the-key".to_owned();
    assert!(head.contains(&key), "{head:?}");
    for other in ["records/domain=orders/x.ndjson.gz", "piipii/x", "records/pii/x"] {
        let head = head_of_put(other).await;
        let sealed = head.iter().any(|line| line.starts_with("x-amz-server-side-encryption"));
        assert!(!sealed, "{other}: {head:?}");
    }
}

#[tokio::test]
async fn without_its_key_buyers_data_does_not_land_at_all() {
    // Nobody listens there: what would be sent would fail otherwise.
    for given in [&[][..], &[("PERSONAL_KEY_ID", " ")]] {
        let refused = aws("http://127.0.0.1:9", given).put("pii/domain=buyers/x", vec![1]).await;
        let cause = refused.unwrap_err().cause.to_string();
        assert_eq!(cause, "E_CFG_MISSING: set the variable PERSONAL_KEY_ID");
    }
}
