//! The door for unmodified clients: an HTTP CONNECT proxy that opens only to Amazon's own API host names, ends TLS
//! with certificates of an authority made at start, and hands the plain connection to the simulator.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose};
use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::failure::Failure;

/// The hosts that the door stands in for.
const HOSTS: [&str; 7] = [
    "api.amazon.com",
    "sellingpartnerapi-na.amazon.com",
    "sellingpartnerapi-eu.amazon.com",
    "sellingpartnerapi-fe.amazon.com",
    "sandbox.sellingpartnerapi-na.amazon.com",
    "sandbox.sellingpartnerapi-eu.amazon.com",
    "sandbox.sellingpartnerapi-fe.amazon.com",
];
/// Largest CONNECT request, in bytes.
const MOST_HEAD_BYTES: usize = 8 * 1024;
/// Time for a client to say where it wants to go and to finish its handshake.
const PATIENCE: Duration = Duration::from_secs(10);
/// Connections that may wait to be served.
const WAITING: usize = 64;

/// A connection whose TLS has ended here.
type Opened = TlsStream<TcpStream>;

/// The door's certificates.
pub(crate) struct Door {
    tls: TlsAcceptor,
    ca_pem: String,
}

/// Where the simulator takes the opened connections from.
pub(crate) struct DoorListener {
    opened: mpsc::Receiver<Opened>,
    address: SocketAddr,
}

impl Door {
    /// Makes an authority and one certificate for every host. The keys never leave this process.
    pub(crate) fn make() -> Result<Self, Failure> {
        let (authority, ca_pem) =
            authority().map_err(|error| Failure::other("make the door's authority", error))?;
        let failed = |error| Failure::other("make the door's certificate", error);
        let key = KeyPair::generate().map_err(failed)?;
        let names: Vec<String> = HOSTS.map(str::to_owned).into();
        let mut params = CertificateParams::new(names).map_err(failed)?;
        // Strict clients want to see which authority it is.
        params.use_authority_key_identifier_extension = true;
        let certificate = params.signed_by(&key, &authority).map_err(failed)?;
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .and_then(|builder| {
                builder.with_no_client_auth().with_single_cert(vec![certificate.der().clone()], key)
            })
            .map_err(|error| Failure::other("set up the door's TLS", error))?;
        Ok(Self { tls: TlsAcceptor::from(Arc::new(config)), ca_pem })
    }

    /// The authority's certificate, for clients to trust.
    pub(crate) fn ca_pem(&self) -> &str {
        &self.ca_pem
    }

    /// Lets connections in until the simulator ends.
    pub(crate) async fn keep(
        self,
        listener: TcpListener,
        opened: mpsc::Sender<Opened>,
        mut ended: watch::Receiver<bool>,
    ) {
        let end = async move { ended.wait_for(|ended| *ended).await.map_or((), |_| ()) };
        tokio::pin!(end);
        loop {
            tokio::select! {
                () = &mut end => return,
                accepted = listener.accept() => {
                    let Ok((stream, _)) = accepted else { continue };
                    let (tls, opened) = (self.tls.clone(), opened.clone());
                    tokio::spawn(async move {
                        // A client that goes away or fails its handshake concerns nobody else.
                        if let Ok(Ok(Some(stream))) = timeout(PATIENCE, open(stream, &tls)).await
                            && opened.send(stream).await.is_err()
                        {
                            eprintln!("simulator: a connection came while it was stopping");
                        }
                    });
                }
            }
        }
    }
}

impl DoorListener {
    /// A listener for what the door lets in, and the way to put it there.
    pub(crate) fn open(address: SocketAddr) -> (Self, mpsc::Sender<Opened>) {
        let (sender, opened) = mpsc::channel(WAITING);
        (Self { opened, address }, sender)
    }
}

impl axum::serve::Listener for DoorListener {
    type Io = Opened;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Opened, SocketAddr) {
        match self.opened.recv().await {
            Some(stream) => (stream, self.address),
            // The door has closed; the server is about to be told so.
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}

fn authority() -> Result<(Issuer<'static, KeyPair>, String), rcgen::Error> {
    let key = KeyPair::generate()?;
    let mut params = CertificateParams::new(Vec::new())?;
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.distinguished_name.push(DnType::CommonName, "Amazon simulator, for tests on this machine only");
    let pem = params.self_signed(&key)?.pem();
    Ok((Issuer::new(params, key), pem))
}

/// Reads the CONNECT request and ends TLS; nothing when the target is not one of ours.
async fn open(mut stream: TcpStream, tls: &TlsAcceptor) -> io::Result<Option<Opened>> {
    let head = read_head(&mut stream).await?;
    if !is_welcome(&head) {
        let refusal = "HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
        stream.write_all(refusal.as_bytes()).await?;
        stream.shutdown().await?;
        return Ok(None);
    }
    stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await?;
    tls.accept(stream).await.map(Some)
}

/// Reads up to the empty line. The client waits for the answer, so nothing comes behind it.
async fn read_head(stream: &mut TcpStream) -> io::Result<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") && head.len() < MOST_HEAD_BYTES {
        head.push(stream.read_u8().await?);
    }
    String::from_utf8(head).map_err(|_| io::ErrorKind::InvalidData.into())
}

/// Whether this is a CONNECT to port 443 of one of the hosts.
fn is_welcome(head: &str) -> bool {
    let mut words = head.split(' ');
    words.next() == Some("CONNECT")
        && words
            .next()
            .and_then(|target| target.strip_suffix(":443"))
            .is_some_and(|host| HOSTS.contains(&host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_door_opens_to_amazons_api_hosts_only() {
        assert!(is_welcome("CONNECT api.amazon.com:443 HTTP/1.1\r\n"));
        for head in [
            "CONNECT example.com:443 HTTP/1.1",
            "CONNECT api.amazon.com:80 HTTP/1.1",
            "GET http://api.amazon.com/ HTTP/1.1",
            "",
        ] {
            assert!(!is_welcome(head), "{head}");
        }
    }
}
