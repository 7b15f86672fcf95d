//! Documents where there are none: for worlds without reports.

use sellerport_core::document::DocumentError;
use sellerport_core::ports::Chunks;

/// The body of a document that nobody gets.
#[derive(Debug)]
pub struct Nobody;

impl Chunks for Nobody {
    async fn next(&mut self) -> Result<Option<Vec<u8>>, DocumentError> {
        Ok(None)
    }
}

/// A world without documents.
#[macro_export]
macro_rules! without_documents {
    ($($of:tt)*) => {
        $($of)* {
            type Body = $crate::nowhere::Nobody;

            async fn open(
                &self,
                _: &sellerport_core::document::Address,
            ) -> Result<
                sellerport_core::document::Download<Self::Body>,
                sellerport_core::document::DocumentError,
            > {
                let cause = "there are no documents here".into();
                Err(sellerport_core::document::DocumentError::Unreachable { why: "connect", cause })
            }
        }
    };
}
