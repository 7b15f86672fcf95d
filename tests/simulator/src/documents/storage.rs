//! What Amazon's storage says when it does not hand a document out
//! (docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html).

use crate::clock::text;
use crate::documents::address::Address;
use crate::reply::Reply;

/// An answer of the storage's, which speaks XML.
pub(crate) fn refusal(status: u16, code: &str, message: &str, more: &[(&str, String)]) -> Reply {
    let more: String = more.iter().map(|(name, value)| format!("<{name}>{value}</{name}>")).collect();
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{message}</Message>{more}\
         <RequestId>SIMULATED0000000</RequestId><HostId>simulated</HostId></Error>"
    );
    let headers = vec![("content-type", "application/xml".to_owned())];
    Reply { status, headers, body: body.into_bytes() }
}

/// The address is none of this world's, or was changed.
pub(crate) fn unknown() -> Reply {
    let message = "The request signature we calculated does not match the signature you provided. Check your key and \
                   signing method.";
    refusal(403, "SignatureDoesNotMatch", message, &[])
}

/// The address is too old.
pub(crate) fn expired(address: &Address, now: jiff::Timestamp) -> Reply {
    let more = [
        ("X-Amz-Expires", "300".to_owned()),
        ("Expires", text(address.expires())),
        ("ServerTime", text(now)),
    ];
    refusal(403, "AccessDenied", "Request has expired", &more)
}

/// A header came along that was not signed, as the API's own would be.
pub(crate) fn unsigned(header: &str) -> Reply {
    let message = "There were headers present in the request which were not signed";
    refusal(403, "AccessDenied", message, &[("HeadersNotSigned", header.to_owned())])
}

/// Two ways of saying who one is.
pub(crate) fn two_ways() -> Reply {
    let message = "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string \
                   parameter or the Authorization header should be specified";
    refusal(400, "InvalidArgument", message, &[("ArgumentName", "Authorization".to_owned())])
}

/// There is no such document, or no more.
pub(crate) fn gone() -> Reply {
    refusal(404, "NoSuchKey", "The specified key does not exist.", &[])
}

/// What the storage says with this status when it is nobody's fault.
pub(crate) fn trouble(status: u16) -> Reply {
    let (code, message) = match status {
        403 => ("AccessDenied", "Access Denied"),
        404 => return gone(),
        429 | 503 => ("SlowDown", "Please reduce your request rate."),
        _ => ("InternalError", "We encountered an internal error. Please try again."),
    };
    refusal(status, code, message, &[])
}
