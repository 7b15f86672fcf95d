//! Does a fault to an answer on its way out: late, slow, cut, false or somewhere else.

use std::collections::VecDeque;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::Response;
use futures_core::Stream;
use tokio::sync::watch;
use tokio::time::{Sleep, sleep};

use crate::faults::FaultKind;
use crate::reply::Reply;

/// Pieces of a body that drips.
const DRIPS: usize = 8;
/// What a proxy or a captive portal says with status 200.
const FOREIGN_PAGE: &[u8] =
    b"<!doctype html><title>Sign in to the network</title><p>This is not what you asked for.";
/// Looks like JSON at first.
const BROKEN_JSON: &[u8] = br#"{"orders":[{"orderId":"#;

/// What some programs write in front of UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";
/// How an endless body begins: like an answer of LWA's.
const ENDLESS_BEGIN: &[u8] = br#"{"token_type":"bearer","expires_in":3600,"access_token":"Atza|"#;
/// One piece of an endless body, in bytes.
const ENDLESS_PIECE: usize = 64 * 1024;
/// Pieces after which even an endless body breaks off: a gibibyte.
const ENDLESS_PIECES: u32 = 16 * 1024;

/// The word for a fault in the log and on the page.
pub(crate) fn name(fault: &FaultKind) -> String {
    let written = serde_json::to_value(fault).ok();
    let word = written.as_ref().and_then(|value| value["fault"].as_str()).unwrap_or("fault");
    match fault {
        FaultKind::Status { status } => format!("{word} {status}"),
        _ => word.to_owned(),
    }
}

/// Sends the answer, with the fault done to it. What would last for ever ends when the simulator has `ended`.
pub(crate) async fn send(
    reply: Reply,
    fault: Option<FaultKind>,
    mut ended: watch::Receiver<bool>,
) -> Response<Body> {
    match fault {
        Some(FaultKind::Silence) => {
            // A simulator that was dropped, which is an error here, has ended as well as one that was told to.
            drop(ended.wait_for(|ended| *ended).await);
            cut(reply, |_| 0)
        }
        Some(FaultKind::Endless) => Reply { status: 200, ..reply }.send_unmeasured(Endless::body(ended)),
        Some(FaultKind::Delay { milliseconds }) => {
            sleep(Duration::from_millis(milliseconds)).await;
            reply.send(None, None)
        }
        Some(FaultKind::SlowDrip { milliseconds }) => {
            let pieces = pieces(&reply.body, reply.body.len().div_ceil(DRIPS));
            let length = reply.body.len();
            reply.send(Some(Pieces::with_pauses(pieces, milliseconds)), Some(length))
        }
        Some(FaultKind::Truncated) => cut(reply, |length| length / 2),
        Some(FaultKind::LengthTooLong) => {
            let promised = reply.body.len() + 100;
            let body = Pieces::breaking_off(pieces(&reply.body, reply.body.len()));
            reply.send(Some(body), Some(promised))
        }
        fault => spoil(reply, fault.as_ref()).send(None, None),
    }
}

/// The answer with what a fault does to its content. What it does to its sending is left to [`send`].
pub(crate) fn spoil(reply: Reply, fault: Option<&FaultKind>) -> Reply {
    match fault {
        Some(FaultKind::Throttled { retry_after }) => reply.with("retry-after", retry_after),
        Some(FaultKind::DuplicateKeys) => Reply { body: twice(&reply.body), ..reply },
        Some(FaultKind::ByteOrderMark) => Reply { body: [BYTE_ORDER_MARK, &reply.body].concat(), ..reply },
        Some(FaultKind::FalseGzip) => reply.with("content-encoding", "gzip"),
        Some(FaultKind::LengthTooShort) => {
            // The wire shows a whole message that ends too early; cutting the body here gives the same bytes.
            let kept = reply.body.len().saturating_sub(10);
            Reply { body: reply.body[..kept].to_vec(), ..reply }
        }
        Some(FaultKind::InvalidJson) => {
            Reply { status: 200, ..reply }.carrying("application/json", BROKEN_JSON)
        }
        Some(FaultKind::Html) => Reply { status: 200, ..reply }.carrying("text/html", FOREIGN_PAGE),
        Some(FaultKind::Empty) => Reply { status: 200, body: Vec::new(), ..reply },
        Some(FaultKind::Redirect { to }) => Reply::redirect(307, to),
        // The rest was done when the answer was written.
        _ => reply,
    }
}

/// Promises the whole body and breaks off within it.
fn cut(reply: Reply, keep: impl Fn(usize) -> usize) -> Response<Body> {
    let length = reply.body.len();
    let body = Pieces::breaking_off(pieces(&reply.body[..keep(length)], length));
    reply.send(Some(body), Some(length))
}

fn pieces(body: &[u8], size: usize) -> VecDeque<Bytes> {
    body.chunks(size.max(1)).map(Bytes::copy_from_slice).collect()
}

/// An object's text with its first key once more in front. Anything else stays as it is.
fn twice(body: &[u8]) -> Vec<u8> {
    let object: Option<serde_json::Map<String, serde_json::Value>> = serde_json::from_slice(body).ok();
    let Some(key) = object.as_ref().and_then(|object| object.keys().next()) else {
        return body.to_vec();
    };
    let first = format!("{{{}:\"the other value\",", serde_json::Value::from(key.as_str()));
    [first.as_bytes(), body.get(1..).unwrap_or_default()].concat()
}

/// A body without an end in sight.
struct Endless {
    sent: u32,
    ended: watch::Receiver<bool>,
}

impl Endless {
    fn body(ended: watch::Receiver<bool>) -> Body {
        Body::from_stream(Self { sent: 0, ended })
    }
}

impl Stream for Endless {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.sent == ENDLESS_PIECES || *self.ended.borrow() {
            return Poll::Ready(Some(Err(io::ErrorKind::ConnectionAborted.into())));
        }
        self.sent += 1;
        let piece = if self.sent == 1 {
            Bytes::from_static(ENDLESS_BEGIN)
        } else {
            Bytes::from(vec![b'A'; ENDLESS_PIECE])
        };
        Poll::Ready(Some(Ok(piece)))
    }
}

/// A body that comes in pieces, each after a pause, and may end in an error.
struct Pieces {
    left: VecDeque<Bytes>,
    pause: Option<(Duration, Pin<Box<Sleep>>)>,
    breaks_off: bool,
}

impl Pieces {
    fn with_pauses(left: VecDeque<Bytes>, milliseconds: u64) -> Body {
        let pause = Duration::from_millis(milliseconds);
        Body::from_stream(Self { left, pause: Some((pause, Box::pin(sleep(pause)))), breaks_off: false })
    }

    fn breaking_off(left: VecDeque<Bytes>) -> Body {
        // One short pause lets the pieces reach the wire before the connection is dropped.
        let pause = Duration::from_millis(1);
        Body::from_stream(Self { left, pause: Some((pause, Box::pin(sleep(pause)))), breaks_off: true })
    }
}

impl Stream for Pieces {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some((length, pause)) = &mut self.pause {
            if pause.as_mut().poll(context).is_pending() {
                return Poll::Pending;
            }
            *pause = Box::pin(sleep(*length));
        }
        match self.left.pop_front() {
            Some(piece) => Poll::Ready(Some(Ok(piece))),
            None if self.breaks_off => Poll::Ready(Some(Err(io::ErrorKind::ConnectionAborted.into()))),
            None => Poll::Ready(None),
        }
    }
}
