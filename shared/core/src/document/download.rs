//! A document on its way: its headers, and its bytes as they come, counted against what was promised.

use super::DocumentError;
use crate::ports::Chunks;

/// A document whose storage answered 200. Dropped, the download ends.
#[derive(Debug)]
pub struct Download<B> {
    /// `Content-Type`, where there is one.
    pub content_type: Option<String>,
    /// `Content-Encoding`, where there is one. Nothing has been unpacked.
    pub content_encoding: Option<String>,
    /// `Content-Length`, bytes, where it was given.
    pub length: Option<u64>,
    body: B,
    received: u64,
}

impl<B: Chunks> Download<B> {
    /// A download of which no byte has been read.
    pub fn new(
        content_type: Option<String>,
        content_encoding: Option<String>,
        length: Option<u64>,
        body: B,
    ) -> Self {
        Self { content_type, content_encoding, length, body, received: 0 }
    }

    /// The next bytes; nothing at the end. Fewer or more than promised is [`DocumentError::Length`].
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, DocumentError> {
        let chunk = self.body.next().await?;
        self.received += chunk.as_ref().map_or(0, |chunk| chunk.len() as u64);
        let off = |promised| DocumentError::Length { promised, received: self.received };
        match (self.length, &chunk) {
            (Some(promised), Some(_)) if self.received > promised => Err(off(promised)),
            (Some(promised), None) if self.received != promised => Err(off(promised)),
            _ => Ok(chunk),
        }
    }

    /// Bytes that have come.
    pub fn received(&self) -> u64 {
        self.received
    }
}
