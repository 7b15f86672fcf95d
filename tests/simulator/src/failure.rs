//! Why the simulator could not start or could not keep its state.

use std::error::Error;
use std::fmt;
use std::path::{Path, PathBuf};

/// What was attempted, on what, and the cause (as `source`).
#[derive(Debug)]
pub struct Failure {
    attempt: &'static str,
    on: Option<PathBuf>,
    cause: Box<dyn Error + Send + Sync>,
}

impl Failure {
    /// A file could not be read or written.
    pub(crate) fn file(attempt: &'static str, path: &Path, cause: std::io::Error) -> Self {
        Self { attempt, on: Some(path.to_owned()), cause: cause.into() }
    }

    /// A file's text is not what it should be.
    pub(crate) fn text(attempt: &'static str, path: &Path, cause: serde_json::Error) -> Self {
        Self { attempt, on: Some(path.to_owned()), cause: cause.into() }
    }

    /// Anything else.
    pub(crate) fn other(attempt: &'static str, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { attempt, on: None, cause: cause.into() }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.on {
            Some(path) => write!(f, "{}: {}", self.attempt, path.display()),
            None => f.write_str(self.attempt),
        }
    }
}

impl Error for Failure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(self.cause.as_ref())
    }
}
