//! The lake on S3.

use crate::clients::{Aws, unavailable};
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::{Delete, ObjectIdentifier};
use sellerport_core::ports::{Lake, Shredder, Unavailable};

/// Objects removed by one request (S3 `DeleteObjects`: 1,000).
const AT_ONCE: i32 = 1000;

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

impl Shredder for Aws {
    async fn shred(&self, prefix: &str, limit: usize) -> Result<usize, Unavailable> {
        let bucket = self.variable("LAKE_BUCKET", "the lake")?;
        let mut removed = 0;
        while removed < limit {
            // Never more than asked for: whoever gets `limit` back knows that there may be others.
            let at_once = i32::try_from(limit - removed).unwrap_or(AT_ONCE).min(AT_ONCE);
            let list = self.s3().list_object_versions().bucket(&bucket).prefix(prefix).max_keys(at_once);
            let found = list.send().await.map_err(unavailable("the lake"))?;
            let versions = found.versions().iter().map(|version| (version.key(), version.version_id()));
            let markers = found.delete_markers().iter().map(|marker| (marker.key(), marker.version_id()));
            let mut delete = Delete::builder().quiet(true);
            let mut count = 0;
            for (key, version) in versions.chain(markers) {
                let object = ObjectIdentifier::builder()
                    .key(key.unwrap_or_default())
                    .set_version_id(version.map(str::to_owned))
                    .build()
                    .map_err(|error| Unavailable { what: "the lake", cause: Box::new(error) })?;
                delete = delete.objects(object);
                count += 1;
            }
            if count == 0 {
                break;
            }
            let delete =
                delete.build().map_err(|error| Unavailable { what: "the lake", cause: Box::new(error) })?;
            let sent = self.s3().delete_objects().bucket(&bucket).delete(delete).send().await;
            let answer = sent.map_err(unavailable("the lake"))?;
            if !answer.errors().is_empty() {
                return Err(Unavailable { what: "the lake", cause: "objects could not be removed".into() });
            }
            removed += count;
        }
        Ok(removed)
    }
}
