//! The operations of Amazon's Selling Partner API, as data.
//!
//! Each is a constant, so a function links those it names; only [`find`] and [`all`] bring the rest. The
//! constants are written by `make catalogue` from Amazon's models and the tables in `infra/catalogue`, and no
//! other list of operations exists. [`request`] builds a call, [`pages`] walks through an answer's pages.

mod find;
mod life;
#[rustfmt::skip]
mod operations;
pub mod pages;
mod parameter;
pub mod request;

pub use find::{Unfound, all, find};
pub use life::{Life, Warning};
pub use operations::*;
pub use parameter::{Kind, List, Parameter, Place};

/// One operation.
#[derive(Debug, PartialEq)]
pub struct Operation {
    /// As Amazon spells it.
    pub name: &'static str,
    /// The API that it belongs to.
    pub api: &'static Api,
    /// HTTP method.
    pub method: Method,
    /// The path with its parameters in braces.
    pub path: &'static str,
    /// Whether it only asks. Everything else may change something at Amazon.
    pub reads: bool,
    /// Whether it has a body.
    pub body: Body,
    /// Calls per second that refill the bucket, by the default usage plan.
    pub rate: f64,
    /// Calls that fit in the bucket.
    pub burst: u32,
    /// Calls per second of the whole application, where Amazon publishes such a ceiling.
    pub ceiling: Option<u16>,
    /// The roles that open it. The application needs one; the first is the one to ask for. Empty: it needs
    /// none.
    pub roles: &'static [Role],
    /// The token that it is called with.
    pub access: Access,
    /// Whether Amazon replaces or ends it.
    pub life: Life,
    /// Whether only the sandbox has it.
    pub sandbox_only: bool,
    /// How its pages are walked, where it has any.
    pub pages: Option<&'static Pages>,
    /// Its parameters, a line each: see `parameter.rs`. Read when a call is built.
    parameters: &'static str,
}

/// What most operations have in common.
const PLAIN: Operation = Operation {
    name: "",
    api: &Api { name: "", version: "" },
    method: Method::Get,
    path: "",
    reads: true,
    body: Body::Absent,
    rate: 1.0,
    burst: 1,
    ceiling: None,
    roles: &[],
    access: Access::Seller,
    life: Life::Current,
    sandbox_only: false,
    pages: None,
    parameters: "",
};

impl Operation {
    /// What can be given, in the order of Amazon's model; the body is not among it.
    pub fn parameters(&self) -> impl Iterator<Item = Parameter> + use<> {
        self.parameters.lines().map(Parameter::read)
    }

    /// The role to ask for; `none` where the operation needs no role.
    pub fn role(&self) -> &'static str {
        self.roles.first().map_or("none", Role::name)
    }
}

/// One version of one of Amazon's APIs, shown as `orders/2026-01-01`.
#[derive(Debug, PartialEq, Eq)]
pub struct Api {
    /// The same in every version.
    pub name: &'static str,
    /// `v0`, `v1`, `v2`, or a date, which is newer.
    pub version: &'static str,
}

impl std::fmt::Display for Api {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.name, self.version)
    }
}

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    /// As it stands in a request.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// Whether an operation has a body, always JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Body {
    Absent,
    Optional,
    Required,
}

/// The token that an operation is called with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// The seller's access token.
    Seller,
    /// A restricted data token (RDT), always.
    Restricted,
    /// An RDT where these data elements are wanted, else the seller's token.
    RestrictedElements(&'static [&'static str]),
    /// An RDT for a document of a restricted report type, else the seller's token.
    RestrictedReports,
    /// The application's own token of this scope.
    Grantless(&'static str),
}

/// How the pages of an answer are walked. The end is a missing token, never an empty page.
#[derive(Debug, PartialEq, Eq)]
pub struct Pages {
    /// Where the answer holds the next page's token, field by field; empty where another operation's answer
    /// does.
    pub find: &'static str,
    /// Where the token goes.
    pub via: Via,
    /// What goes with it.
    pub filters: Filters,
}

/// Where a page's token goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Via {
    /// This query parameter of the same operation.
    Query(&'static str),
    /// This field of the body. Data Kiosk: `getQuery` answers the token, the next `createQuery` takes it.
    Body(&'static str),
}

/// What goes with a page's token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filters {
    /// The parameters of the first call.
    Repeat,
    /// Nothing: any other query parameter makes the call fail.
    Alone,
    /// The required parameters, with `QueryType` saying `NEXT_TOKEN`.
    QueryType,
}

/// What an application may do, as Amazon grants it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "Amazon's own names")]
pub enum Role {
    AccountInformationServiceProvider,
    AmazonFulfillment,
    AmazonWarehousingAndDistribution,
    BrandAnalytics,
    BuyerCommunication,
    BuyerSolicitation,
    DirectToConsumerShipping,
    FinanceAndAccounting,
    InventoryAndOrderTracking,
    Pricing,
    ProductListing,
    ProfessionalServices,
    SellingPartnerInsights,
    TaxInvoicing,
    TaxRemittance,
}

impl Role {
    /// As Amazon's developer console calls it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::AccountInformationServiceProvider => "Account Information Service Provider",
            Self::AmazonFulfillment => "Amazon Fulfillment",
            Self::AmazonWarehousingAndDistribution => "Amazon Warehousing and Distribution",
            Self::BrandAnalytics => "Brand Analytics",
            Self::BuyerCommunication => "Buyer Communication",
            Self::BuyerSolicitation => "Buyer Solicitation",
            Self::DirectToConsumerShipping => "Direct to Consumer Shipping (Restricted)",
            Self::FinanceAndAccounting => "Finance and Accounting",
            Self::InventoryAndOrderTracking => "Inventory and Order Tracking",
            Self::Pricing => "Pricing",
            Self::ProductListing => "Product Listing",
            Self::ProfessionalServices => "Professional Services (Restricted)",
            Self::SellingPartnerInsights => "Selling Partner Insights",
            Self::TaxInvoicing => "Tax Invoicing (Restricted)",
            Self::TaxRemittance => "Tax Remittance (Restricted)",
        }
    }
}
