//! The lake on S3.

use crate::clients::{Aws, unavailable};
use aws_sdk_s3::primitives::ByteStream;
use sellerport_core::ports::{Lake, Unavailable};

impl Lake for Aws {
    async fn put(&self, key: &str, body: Vec<u8>) -> Result<(), Unavailable> {
        let bucket = self.variable("LAKE_BUCKET", "the lake")?;
        self.s3()
            .put_object()
            .bucket(bucket)
            .key(key)
            .content_type("application/x-ndjson")
            .content_encoding("gzip")
            .body(ByteStream::from(body))
            .send()
            .await
            .map(|_| ())
            .map_err(unavailable("the lake"))
    }
}
