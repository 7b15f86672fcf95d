//! Starts the simulator and stops it again.

use std::net::{Ipv4Addr, SocketAddr};

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::door::{Door, DoorListener};
use crate::failure::Failure;
use crate::options::Options;
use crate::routes;
use crate::world::World;

/// The simulator; see [`Simulator::start`].
#[derive(Debug)]
pub struct Simulator;

/// A simulator that runs. It stops when this is dropped, or at [`stop`](Running::stop).
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    proxy: Option<SocketAddr>,
    ca_pem: Option<String>,
    world: World,
    end: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

impl Simulator {
    /// Opens a world and serves it on 127.0.0.1 only.
    ///
    /// # Errors
    /// When a port is taken, or a file named in the options cannot be read or written.
    pub async fn start(options: Options) -> Result<Running, Failure> {
        let world = World::new(&options)?;
        let listener = bind(options.port).await?;
        let address = listener.local_addr().map_err(|error| Failure::other("learn the port", error))?;
        world.served_at(format!("http://{address}"));
        let (end, ended) = watch::channel(false);
        let mut running =
            Running { address, proxy: None, ca_pem: None, world: world.clone(), end, tasks: Vec::new() };
        let router = router(world, ended.clone());
        running.tasks.push(tokio::spawn(serve(listener, router.clone(), ended.clone())));
        if let Some(port) = options.proxy_port {
            let listener = bind(port).await?;
            running.proxy = listener.local_addr().ok();
            let door = Door::make()?;
            if let Some(file) = &options.ca_file {
                std::fs::write(file, door.ca_pem())
                    .map_err(|error| Failure::file("write the certificate", file, error))?;
            }
            running.ca_pem = Some(door.ca_pem().to_owned());
            let (streams, accepting) = DoorListener::open(address);
            running.tasks.push(tokio::spawn(serve(streams, router, ended.clone())));
            running.tasks.push(tokio::spawn(door.keep(listener, accepting, ended)));
        }
        Ok(running)
    }
}

impl Running {
    /// The simulator's address: `http://127.0.0.1:<port>`.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The address of the HTTPS door, for `HTTPS_PROXY`.
    pub fn proxy_url(&self) -> Option<String> {
        self.proxy.map(|address| format!("http://{address}"))
    }

    /// The certificate (PEM) of the door's own authority.
    pub fn ca_pem(&self) -> Option<&str> {
        self.ca_pem.as_deref()
    }

    /// A handle on the world.
    pub fn world(&self) -> World {
        self.world.clone()
    }

    /// Answers what was begun and stops.
    pub async fn stop(self) {
        // Nobody listening any more is as good as having been told.
        self.end.send_replace(true);
        for task in self.tasks {
            if let Err(error) = task.await {
                eprintln!("simulator: a part of it did not stop cleanly: {error}");
            }
        }
    }
}

async fn bind(port: u16) -> Result<TcpListener, Failure> {
    let bound = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await;
    bound.map_err(|error| Failure::other("bind a port of 127.0.0.1", error))
}

fn router(world: World, ended: watch::Receiver<bool>) -> Router {
    Router::new()
        .fallback(move |request: Request<Body>| routes::answer(world.clone(), request, ended.clone()))
}

async fn serve<L>(listener: L, router: Router, mut ended: watch::Receiver<bool>)
where
    L: axum::serve::Listener,
    L::Addr: std::fmt::Debug,
{
    // A dropped `Running` ends it as well as a told one.
    let end = async move { ended.wait_for(|ended| *ended).await.map_or((), |_| ()) };
    if let Err(error) = axum::serve(listener, router).with_graceful_shutdown(end).await {
        eprintln!("simulator: stopped serving: {error}");
    }
}
