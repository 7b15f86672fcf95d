//! Documents on a voyage: the simulator's storage, with the time a download takes. Between two chunks others act, and the
//! worker may be killed.

use super::deck::Deck;
use super::plant::{Planted, shortened};
use super::sea::Sea;
use crate::direct::why;
use crate::documents::{Pieces, accept};
use jiff::SignedDuration;
use sellerport_core::application::Loopback;
use sellerport_core::document::{Address, DocumentError, Download};
use sellerport_core::ports::{Chunks, Documents};
use sellerport_simulator::Downloaded;

/// Where the simulator's storage is while nothing is served over a wire.
const STORAGE: &str = "http://127.0.0.1:1";
/// The client waits this long for the storage's next bytes.
const PATIENCE: SignedDuration = SignedDuration::from_secs(15);
/// Bytes of a chunk.
const CHUNKS: [usize; 3] = [512, 4 * 1024, 16 * 1024];
/// A chunk takes at least and at most so many milliseconds.
const WAY: (u64, u64) = (1, 120);

impl<'a> Documents for Sea<'a> {
    type Body = Cargo<'a>;

    async fn open(&self, address: &Address) -> Result<Download<Cargo<'a>>, DocumentError> {
        let deck = self.deck();
        let storage = Loopback::parse(STORAGE).map_err(|_| DocumentError::Url("host"))?;
        let url = address.expose(Some(&storage))?;
        self.way().await;
        let Downloaded { seller, fault, answer, lost } = self.direct.world.download(url);
        let status = answer.as_ref().map_or(0, |answer| answer.status);
        deck.note("download", &format!("{seller:?} {status} {fault:?} {lost:?}"));
        if let Some(fault) = &fault {
            deck.watch.befell(&format!("document: {fault}"));
        }
        let silent = DocumentError::Unreachable { why: "timeout", cause: "no bytes came".into() };
        let Some(answer) = answer else {
            deck.sleep(PATIENCE).await;
            return Err(silent);
        };
        let after = SignedDuration::try_from(answer.after).unwrap_or(SignedDuration::MAX);
        // Slow as it is, something always comes before the client's patience ends.
        deck.sleep(after).await;
        accept(answer.status)?;
        let header = |name| answer.header(name).map(str::to_owned);
        let (content_type, encoding) = (header("content-type"), header("content-encoding"));
        let bytes = match deck.errs(Planted::ShortDocument, 3) {
            true => shortened(&answer.body),
            false => answer.body,
        };
        // What breaks off has promised more.
        let length = bytes.len() as u64 + u64::from(lost.is_some());
        let pieces = Pieces::new(&bytes, deck.dice.pick(&CHUNKS), lost.map(why));
        Ok(Download::new(content_type, encoding, Some(length), Cargo { deck, pieces }))
    }
}

/// A document's bytes on their way.
#[derive(Debug)]
pub(super) struct Cargo<'a> {
    deck: &'a Deck,
    pieces: Pieces,
}

impl Chunks for Cargo<'_> {
    async fn next(&mut self) -> Result<Option<Vec<u8>>, DocumentError> {
        self.deck.sleep(self.deck.dice.span_ms(WAY)).await;
        self.pieces.next().await
    }
}
