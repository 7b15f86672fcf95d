//! The lake: a bucket that keeps versions, and how all of them are removed.

use super::Memory;
use sellerport_core::ports::{Lake, Shredder, Unavailable};

impl Lake for Memory {
    async fn put(&self, key: &str, body: Vec<u8>) -> Result<(), Unavailable> {
        tokio::task::yield_now().await;
        self.begins("lake").await?;
        let before = self.objects.borrow_mut().insert(key.to_owned(), body);
        if let Some(before) = before {
            self.older.borrow_mut().entry(key.to_owned()).or_default().push(before);
        }
        self.ends("lake").await
    }
}

impl Shredder for Memory {
    async fn shred(&self, prefix: &str, limit: usize) -> Result<usize, Unavailable> {
        tokio::task::yield_now().await;
        self.begins("lake").await?;
        let mut removed = 0;
        {
            let (mut objects, mut older) = (self.objects.borrow_mut(), self.older.borrow_mut());
            // The newest version of a key goes first, and the one before shows again.
            objects.retain(|key, body| {
                while key.starts_with(prefix) && removed < limit {
                    removed += 1;
                    match older.get_mut(key).and_then(Vec::pop) {
                        Some(before) => *body = before,
                        None => return false,
                    }
                }
                true
            });
        }
        self.ends("lake").await?;
        Ok(removed)
    }
}
