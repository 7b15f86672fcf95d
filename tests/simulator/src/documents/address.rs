//! The address of a document: presigned as Amazon's storage has it (AWS Signature Version 4 in the query), for one
//! method and five minutes. Whoever has it may read; nobody else may.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::chance::{mix, uuid};
use crate::clock::after;
use crate::documents::FOLDER;
use crate::marketplaces::Region;
use crate::secrets::{self, SecretKind};
use crate::sellers::Seller;
use crate::world::Inside;

/// Life of an address, in seconds (models, `ReportDocument.url` and `GetDocumentResponse.documentUrl`).
const LIFE_SECONDS: i64 = 300;
/// The parameter with the signature, by which an address is known.
const SIGNATURE: &str = "X-Amz-Signature";

/// Blocks of 32 characters in a session's token.
const SESSION_BLOCKS: u64 = 12;

/// What a document belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Source {
    /// The report with this number.
    Report(u64),
    /// The rows of the query with this number.
    Rows(u64),
    /// Why the query with this number failed.
    Failure(u64),
}

/// One address that was given out.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Address {
    pub(crate) seller: String,
    pub(crate) source: Source,
    /// The document's identifier.
    id: String,
    made: Timestamp,
    /// The answer says how it is packed, so that clients unpack by themselves.
    pub(crate) unpack: bool,
}

impl Address {
    /// When it stops working.
    pub(crate) fn expires(&self) -> Timestamp {
        after(self.made, SignedDuration::from_secs(LIFE_SECONDS))
    }

    fn path(&self) -> String {
        format!("/{FOLDER}/{}", self.id)
    }

    fn query(&self, key: u64, number: u64, region: Region) -> String {
        let day = self.made.strftime("%Y%m%d");
        let aws_region = match region {
            Region::Na => "us-east-1",
            Region::Eu => "eu-west-1",
            Region::Fe => "us-west-2",
        };
        let pairs = [
            ("X-Amz-Algorithm", "AWS4-HMAC-SHA256".to_owned()),
            ("X-Amz-Date", self.made.strftime("%Y%m%dT%H%M%SZ").to_string()),
            ("X-Amz-SignedHeaders", "host".to_owned()),
            ("X-Amz-Expires", LIFE_SECONDS.to_string()),
            ("X-Amz-Credential", format!("AKIASIMULATED/{day}/{aws_region}/s3/aws4_request")),
            ("X-Amz-Security-Token", session(key, number)),
            (SIGNATURE, secrets::write(key, SecretKind::Document, number)),
        ];
        form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
    }
}

/// A session's token as AWS's services put one into such addresses. It means nothing here; it makes an address longer
/// than the 512 bytes at which careless clients cut it.
fn session(key: u64, number: u64) -> String {
    let blocks = 0..SESSION_BLOCKS;
    blocks
        .map(|block| uuid(key ^ mix(number.wrapping_mul(SESSION_BLOCKS) + block)).replace('-', ""))
        .collect()
}

/// A new address for a document of this account's.
pub(crate) fn address(
    inside: &mut Inside,
    seller: &Seller,
    source: Source,
    id: &str,
    unpack: bool,
    now: Timestamp,
) -> String {
    // An address names whole seconds.
    let made = Timestamp::from_second(now.as_second()).unwrap_or(now);
    let address = Address { seller: seller.id.clone(), source, id: id.to_owned(), made, unpack };
    inside.book.desk.addresses.push(address.clone());
    let number = inside.book.desk.addresses.len() as u64;
    let query = address.query(inside.book.key, number, seller.region);
    format!("{}{}?{query}", inside.address, address.path())
}

/// The address that this path and query are, to the letter; expired or not.
pub(crate) fn find(inside: &Inside, path: &str, query: &str) -> Option<Address> {
    let signature = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == SIGNATURE)?.1;
    let number = secrets::read(inside.book.key, SecretKind::Document, &signature)?;
    let place = usize::try_from(number).ok()?.checked_sub(1)?;
    let address = inside.book.desk.addresses.get(place)?;
    let region = inside.seller(&address.seller)?.region;
    let same = address.path() == path && address.query(inside.book.key, number, region) == query;
    same.then(|| address.clone())
}
