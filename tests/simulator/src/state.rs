//! The state file: the book, written through on each change, so that a restart finds everything again.

use std::io::Write;
use std::path::PathBuf;

use jiff::Timestamp;

use crate::book::Book;
use crate::failure::Failure;

/// Where the book is kept, if anywhere.
#[derive(Clone, Debug, Default)]
pub(crate) struct StateFile(Option<PathBuf>);

impl StateFile {
    pub(crate) fn at(path: Option<PathBuf>) -> Self {
        Self(path)
    }

    /// The book that was kept, or a new one.
    ///
    /// # Errors
    /// When there is a file that cannot be read; it is left as it is.
    pub(crate) fn read_or_open(&self, now: Timestamp) -> Result<Book, Failure> {
        let Some(path) = &self.0 else {
            return Ok(Book::open(now));
        };
        match std::fs::read(path) {
            Ok(text) => {
                serde_json::from_slice(&text).map_err(|error| Failure::text("read the state", path, error))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Book::open(now)),
            Err(error) => Err(Failure::file("read the state", path, error)),
        }
    }

    /// Keeps the book: a new file is written beside the old one and takes its place in one step.
    ///
    /// # Errors
    /// When it cannot be written; the old file is then still whole.
    pub(crate) fn write(&self, book: &Book) -> Result<(), Failure> {
        let Some(path) = &self.0 else { return Ok(()) };
        let text = serde_json::to_vec(book).map_err(|error| Failure::text("write the state", path, error))?;
        let beside = path.with_extension("new");
        let written = std::fs::File::create(&beside)
            .and_then(|mut file| file.write_all(&text))
            .and_then(|()| std::fs::rename(&beside, path));
        written.map_err(|error| Failure::file("write the state", path, error))
    }
}
