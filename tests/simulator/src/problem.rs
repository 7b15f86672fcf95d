//! Why a call of the API is not answered with what it wanted, in Amazon's words.

use serde_json::json;

use crate::reply::Reply;

/// What the API says of its bodies.
pub(crate) const CONTENT_TYPE: &str = "application/json";

/// Why a call is not answered with what it wanted.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    pub(crate) status: u16,
    code: &'static str,
    message: String,
    details: Option<String>,
}

impl Problem {
    /// 400: something in the request is wrong.
    pub(crate) fn input(message: impl Into<String>) -> Self {
        Self { status: 400, code: "InvalidInput", message: message.into(), details: Some(String::new()) }
    }

    /// 400 exactly as the static sandbox has it.
    pub(crate) fn sandbox(details: Option<&str>) -> Self {
        Self {
            status: 400,
            code: "InvalidInput",
            message: "Invalid Input".into(),
            details: details.map(str::to_owned),
        }
    }

    /// 403: one code for many causes; only the details tell them apart, and not always.
    pub(crate) fn denied(details: &str) -> Self {
        Self {
            status: 403,
            code: "Unauthorized",
            message: "Access to requested resource is denied.".into(),
            details: Some(details.to_owned()),
        }
    }

    /// 404.
    pub(crate) fn not_found() -> Self {
        let message = "The requested resource does not exist.".to_owned();
        Self { status: 404, code: "NotFound", message, details: Some(String::new()) }
    }

    /// 409: there is one already.
    pub(crate) fn conflict(message: &str) -> Self {
        Self { status: 409, code: "Conflict", message: message.into(), details: Some(String::new()) }
    }

    /// 400: the static sandbox has no example for this.
    pub(crate) fn unmatched() -> Self {
        Self::input("Could not match input arguments")
    }

    /// What Amazon says with this status when it is not the caller's doing.
    pub(crate) fn of_status(status: u16) -> Self {
        let (code, message) = match status {
            401 => ("Unauthorized", "The access token you provided has expired."),
            403 => {
                return Self::denied("The access token you provided is revoked, malformed or invalid.");
            }
            429 => ("QuotaExceeded", "You exceeded your quota for the requested resource."),
            503 => ("ServiceUnavailable", "Service is temporarily unavailable. Please try again."),
            _ => ("InternalFailure", "We encountered an internal error. Please try again."),
        };
        Self { status, code, message: message.into(), details: Some(String::new()) }
    }

    pub(crate) fn reply(&self) -> Reply {
        let mut error = json!({ "code": self.code, "message": self.message });
        if let Some(details) = &self.details {
            error["details"] = json!(details);
        }
        Reply::json(self.status, CONTENT_TYPE, &json!({ "errors": [error] }))
            .with("x-amzn-errortype", self.code)
    }
}
