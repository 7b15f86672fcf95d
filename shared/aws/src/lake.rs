//! The lake on S3.

use crate::clients::{Aws, unavailable};
use aws_sdk_s3::error::ProvideErrorMetadata as _;
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::{Delete, ObjectIdentifier, ServerSideEncryption};
use jiff::Timestamp;
use sellerport_core::deliver::PERSONAL;
use sellerport_core::ports::{Lake, LakeObject, LakeReader, Shredder, Unavailable};

/// Objects removed by one request (S3 `DeleteObjects`: 1,000).
const AT_ONCE: i32 = 1000;

impl Lake for Aws {
    async fn put(&self, key: &str, body: Vec<u8>) -> Result<(), Unavailable> {
        let bucket = self.variable("LAKE_BUCKET", "the lake")?;
        let put = self.s3().put_object().bucket(bucket).key(key).body(ByteStream::from(body));
        let put = match key.ends_with(".parquet") {
            true => put.content_type("application/vnd.apache.parquet"),
            false => put.content_type("application/x-ndjson").content_encoding("gzip"),
        };
        // Buyers' data never lands under the bucket's own key: without theirs it does not land.
        let put = match is_personal(key) {
            true => {
                let own = self.variable("PERSONAL_KEY_ID", "the key of buyers' data")?;
                put.server_side_encryption(ServerSideEncryption::AwsKms).ssekms_key_id(own)
            }
            false => put,
        };
        put.send().await.map(|_| ()).map_err(unavailable("the lake"))
    }
}

impl LakeReader for Aws {
    async fn objects(
        &self,
        prefix: &str,
        after: Option<&str>,
    ) -> Result<(Vec<LakeObject>, bool), Unavailable> {
        let bucket = self.variable("LAKE_BUCKET", "the lake")?;
        let list = self.s3().list_objects_v2().bucket(bucket).prefix(prefix);
        let sent = list.set_start_after(after.map(str::to_owned)).send().await;
        let answer = sent.map_err(unavailable("the lake"))?;
        let objects = answer.contents().iter().map(|object| LakeObject {
            key: object.key().unwrap_or_default().to_owned(),
            bytes: u64::try_from(object.size().unwrap_or_default()).unwrap_or_default(),
            at: object
                .last_modified()
                .and_then(|at| Timestamp::from_second(at.secs()).ok())
                .unwrap_or(Timestamp::UNIX_EPOCH),
        });
        Ok((objects.collect(), answer.is_truncated().unwrap_or_default()))
    }

    async fn bytes(&self, key: &str, from: u64, limit: usize) -> Result<Vec<u8>, Unavailable> {
        let bucket = self.variable("LAKE_BUCKET", "the lake")?;
        let last = from.saturating_add(limit as u64).saturating_sub(1);
        let get = self.s3().get_object().bucket(bucket).key(key).range(format!("bytes={from}-{last}"));
        let answer = match get.send().await {
            Ok(answer) => answer,
            Err(error) if matches!(error.code(), Some("NoSuchKey" | "InvalidRange")) => return Ok(Vec::new()),
            Err(error) => return Err(unavailable("the lake")(error)),
        };
        let read = answer.body.collect().await;
        let cause = |_| Unavailable { what: "the lake", cause: "an object's bytes broke off".into() };
        Ok(read.map_err(cause)?.to_vec())
    }
}

/// Whether an object's key is of the place of buyers' data.
fn is_personal(key: &str) -> bool {
    key.strip_prefix(PERSONAL).is_some_and(|rest| rest.starts_with('/'))
}

impl Shredder for Aws {
    async fn folders(&self, prefix: &str) -> Result<Vec<String>, Unavailable> {
        let bucket = self.variable("LAKE_BUCKET", "the lake")?;
        let (mut folders, mut marker) = (Vec::new(), None);
        loop {
            let list = self.s3().list_object_versions().bucket(&bucket).prefix(prefix).delimiter("/");
            let found = list.set_key_marker(marker).send().await.map_err(unavailable("the lake"))?;
            let names = found.common_prefixes().iter().filter_map(|folder| folder.prefix());
            folders.extend(names.map(str::to_owned));
            marker = found.next_key_marker().map(str::to_owned);
            if found.is_truncated() != Some(true) || marker.is_none() {
                return Ok(folders);
            }
        }
    }

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

#[cfg(test)]
#[path = "lake_tests.rs"]
mod tests;
