//! A shelf of documents in place of Amazon's storage: what is on it, how it comes, and when it fails.

use sellerport_core::document::{Address, DocumentError, Download};
use sellerport_core::ports::{Chunks, Documents};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};

/// The host of every document on a shelf; real addresses look like it.
pub const HOST: &str = "https://tortuga-prod-na.s3.amazonaws.com";

/// Bytes of a chunk, unless a test says otherwise.
const CHUNK: usize = 16 * 1024;

/// A document, and what is wrong with its delivery.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    /// Its bytes, as the storage has them.
    pub bytes: Vec<u8>,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// `Content-Encoding`.
    pub content_encoding: Option<String>,
    /// `Content-Length` where it is not the number of bytes; `Some(None)` for none.
    pub length: Option<Option<u64>>,
    /// Another status than 200.
    pub status: Option<u16>,
    /// The connection breaks after so many bytes.
    pub cut_at: Option<usize>,
}

/// Amazon's storage in memory. An address is good until it is ended.
#[derive(Debug)]
pub struct Shelf {
    kept: RefCell<BTreeMap<String, Kept>>,
    /// Bytes of a chunk.
    pub chunk: Cell<usize>,
    /// The paths of all documents that were asked for.
    pub asked: RefCell<Vec<String>>,
}

impl Default for Shelf {
    fn default() -> Self {
        Self { kept: RefCell::default(), chunk: Cell::new(CHUNK), asked: RefCell::default() }
    }
}

impl Shelf {
    /// Puts a document on the shelf; its address, signed. `name` is its path without the slash.
    pub fn put(&self, name: &str, kept: Kept) -> String {
        self.kept.borrow_mut().insert(format!("/{name}"), kept);
        format!("{HOST}/{name}?X-Amz-Expires=300&X-Amz-Signature=CANARY-signature")
    }

    /// Ends the address of a document, as five minutes do: 403.
    pub fn end(&self, name: &str) {
        if let Some(kept) = self.kept.borrow_mut().get_mut(&format!("/{name}")) {
            kept.status = Some(403);
        }
    }
}

impl Documents for Shelf {
    type Body = Pieces;

    async fn open(&self, address: &Address) -> Result<Download<Pieces>, DocumentError> {
        let path = address.expose(None)?.strip_prefix(HOST).unwrap_or_default();
        let path = path.split('?').next().unwrap_or_default().to_owned();
        self.asked.borrow_mut().push(path.clone());
        let kept = self.kept.borrow().get(&path).cloned().ok_or(DocumentError::Status(404))?;
        accept(kept.status.unwrap_or(200))?;
        let length = kept.length.unwrap_or(Some(kept.bytes.len() as u64));
        let end = kept.cut_at.unwrap_or(kept.bytes.len());
        let body = Pieces::new(&kept.bytes[..end], self.chunk.get(), kept.cut_at.map(|_| "cut off"));
        Ok(Download::new(kept.content_type, kept.content_encoding, length, body))
    }
}

/// What the storage's status means.
pub fn accept(status: u16) -> Result<(), DocumentError> {
    match status {
        200 => Ok(()),
        400 | 403 => Err(DocumentError::Ended),
        status => Err(DocumentError::Status(status)),
    }
}

/// A document's bytes, piece by piece.
#[derive(Debug)]
pub struct Pieces {
    pieces: VecDeque<Vec<u8>>,
    broken: Option<&'static str>,
}

impl Pieces {
    /// These bytes in chunks of this size; after them the connection breaks, where a word says how.
    pub fn new(bytes: &[u8], chunk: usize, broken: Option<&'static str>) -> Self {
        Self { pieces: bytes.chunks(chunk).map(<[u8]>::to_vec).collect(), broken }
    }
}

impl Chunks for Pieces {
    async fn next(&mut self) -> Result<Option<Vec<u8>>, DocumentError> {
        match (self.pieces.pop_front(), self.broken) {
            (None, Some(why)) => {
                Err(DocumentError::Unreachable { why, cause: "the connection broke".into() })
            }
            (piece, _) => Ok(piece),
        }
    }
}
