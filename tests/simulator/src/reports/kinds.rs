//! The report types: how each is written, who may ask for it, how often and over how long a time
//! (developer-docs.amazon.com/sp-api/docs/report-type-values and the pages of its groups).

use crate::sellers::SellerKind;

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Fields with tabs between, without any quoting.
    Tsv,
    /// Fields with commas between, quoted where they must be.
    Csv,
    /// One JSON object.
    Json,
    /// XML; the simulator has none of these reports' contents.
    Xml,
}

/// Who brings a report about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Made {
    /// `createReport`.
    OnRequest,
    /// A schedule only.
    OnSchedule,
    /// Amazon, when it settles.
    ByAmazon,
}

/// One report type.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    pub(crate) form: Form,
    pub(crate) made: Made,
    pub(crate) of: SellerKind,
    /// Minutes that must pass before it is made again for the same stores (fba-sales-reports-attributes).
    pub(crate) again_after: Option<u16>,
    /// Days that one report may span.
    pub(crate) longest: Option<u16>,
    /// Its document needs a restricted data token.
    pub(crate) restricted: bool,
    /// A byte order mark comes first, where it is written in UTF-8.
    pub(crate) marked: bool,
}

/// Near-real-time FBA reports: once in 30 minutes.
const HALF_AN_HOUR: u16 = 30;
/// Daily FBA reports: once in four hours.
const FOUR_HOURS: u16 = 240;
/// Days in a report of all orders, and of FBA shipments.
const A_MONTH: u16 = 31;
/// Days in a report of merchant-fulfilled returns.
const TWO_MONTHS: u16 = 60;
/// Days of the ledger's history.
const EIGHTEEN_MONTHS: u16 = 548;

const fn tsv(name: &'static str) -> Kind {
    Kind {
        name,
        form: Form::Tsv,
        made: Made::OnRequest,
        of: SellerKind::Seller,
        again_after: None,
        longest: None,
        restricted: false,
        marked: false,
    }
}

const fn json(name: &'static str, of: SellerKind) -> Kind {
    Kind { form: Form::Json, of, ..tsv(name) }
}

impl Kind {
    const fn again_after(self, minutes: u16) -> Self {
        Self { again_after: Some(minutes), ..self }
    }

    const fn at_most(self, days: u16) -> Self {
        Self { longest: Some(days), ..self }
    }

    const fn form(self, form: Form) -> Self {
        Self { form, ..self }
    }

    const fn made(self, made: Made) -> Self {
        Self { made, ..self }
    }

    const fn restricted(self) -> Self {
        Self { restricted: true, ..self }
    }

    const fn marked(self) -> Self {
        Self { marked: true, ..self }
    }

    /// The type with this name.
    pub(crate) fn named(name: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.name == name)
    }
}

/// The settlement report: the one that is left of three since 2026-11-11.
pub(crate) const SETTLEMENT: &str = "GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2";

/// Every type that the simulator knows.
#[rustfmt::skip]
const KINDS: &[Kind] = {
    use SellerKind::{Seller, Vendor};
    &[
        // Stock
        tsv("GET_AFN_INVENTORY_DATA").again_after(HALF_AN_HOUR),
        tsv("GET_AFN_INVENTORY_DATA_BY_COUNTRY").again_after(HALF_AN_HOUR),
        tsv("GET_FBA_MYI_UNSUPPRESSED_INVENTORY_DATA").again_after(HALF_AN_HOUR),
        tsv("GET_FBA_MYI_ALL_INVENTORY_DATA").again_after(HALF_AN_HOUR),
        tsv("GET_RESERVED_INVENTORY_DATA").again_after(HALF_AN_HOUR),
        tsv("GET_FBA_INVENTORY_PLANNING_DATA").marked(),
        tsv("GET_RESTOCK_INVENTORY_RECOMMENDATIONS_REPORT"),
        tsv("GET_STRANDED_INVENTORY_UI_DATA"),
        tsv("GET_STRANDED_INVENTORY_LOADER_DATA"),
        tsv("GET_EXCESS_INVENTORY_DATA"),
        tsv("GET_FBA_INVENTORY_AGED_DATA"),
        tsv("GET_LEDGER_SUMMARY_VIEW_DATA").again_after(FOUR_HOURS).at_most(EIGHTEEN_MONTHS).marked(),
        tsv("GET_LEDGER_DETAIL_VIEW_DATA").again_after(FOUR_HOURS).at_most(EIGHTEEN_MONTHS).marked(),
        // Listings
        tsv("GET_MERCHANT_LISTINGS_ALL_DATA"),
        tsv("GET_MERCHANT_LISTINGS_DATA"),
        tsv("GET_MERCHANT_LISTINGS_INACTIVE_DATA"),
        tsv("GET_FLAT_FILE_OPEN_LISTINGS_DATA"),
        tsv("GET_MERCHANT_CANCELLED_LISTINGS_DATA"),
        tsv("GET_MERCHANT_LISTINGS_DATA_BACK_COMPAT"),
        tsv("GET_MERCHANT_LISTINGS_DATA_LITE"),
        tsv("GET_MERCHANT_LISTINGS_DATA_LITER"),
        tsv("GET_PAN_EU_OFFER_STATUS"),
        tsv("GET_MFN_PAN_EU_OFFER_STATUS"),
        // Fees
        tsv("GET_REFERRAL_FEE_PREVIEW_REPORT"),
        tsv("GET_FBA_ESTIMATED_FBA_FEES_TXT_DATA").again_after(FOUR_HOURS),
        tsv("GET_FBA_STORAGE_FEE_CHARGES_DATA").again_after(FOUR_HOURS),
        tsv("GET_FBA_FULFILLMENT_LONGTERM_STORAGE_FEE_CHARGES_DATA").again_after(FOUR_HOURS),
        tsv("GET_FBA_OVERAGE_FEE_CHARGES_DATA").again_after(FOUR_HOURS),
        // Orders: the four reports of all orders may be asked for at any time
        tsv("GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL").at_most(A_MONTH),
        tsv("GET_FLAT_FILE_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL").at_most(A_MONTH),
        tsv("GET_XML_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL").form(Form::Xml).at_most(A_MONTH),
        tsv("GET_XML_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL").form(Form::Xml).at_most(A_MONTH),
        tsv("GET_FLAT_FILE_ARCHIVED_ORDERS_DATA_BY_ORDER_DATE"),
        tsv("GET_FLAT_FILE_PENDING_ORDERS_DATA"),
        tsv("GET_PENDING_ORDERS_DATA").form(Form::Xml),
        tsv("GET_CONVERGED_FLAT_FILE_PENDING_ORDERS_DATA"),
        tsv("GET_FLAT_FILE_ACTIONABLE_ORDER_DATA_SHIPPING").restricted(),
        tsv("GET_FLAT_FILE_ORDER_REPORT_DATA_SHIPPING").restricted(),
        tsv("GET_FLAT_FILE_ORDER_REPORT_DATA_INVOICING").restricted(),
        tsv("GET_FLAT_FILE_ORDER_REPORT_DATA_TAX").restricted(),
        tsv("GET_ORDER_REPORT_DATA_SHIPPING").form(Form::Xml).made(Made::OnSchedule).restricted(),
        tsv("GET_ORDER_REPORT_DATA_INVOICING").form(Form::Xml).made(Made::OnSchedule).restricted(),
        tsv("GET_ORDER_REPORT_DATA_TAX").form(Form::Xml).made(Made::OnSchedule).restricted(),
        // FBA shipments and removals
        tsv("GET_AMAZON_FULFILLED_SHIPMENTS_DATA_GENERAL").again_after(HALF_AN_HOUR).at_most(A_MONTH),
        tsv("GET_AMAZON_FULFILLED_SHIPMENTS_DATA_INVOICING").at_most(A_MONTH).restricted(),
        tsv("GET_AMAZON_FULFILLED_SHIPMENTS_DATA_TAX").at_most(A_MONTH).restricted(),
        tsv("GET_FBA_FULFILLMENT_CUSTOMER_SHIPMENT_SALES_DATA").again_after(HALF_AN_HOUR).at_most(A_MONTH),
        tsv("GET_FBA_FULFILLMENT_CUSTOMER_SHIPMENT_PROMOTION_DATA").again_after(FOUR_HOURS).at_most(A_MONTH),
        tsv("GET_FBA_FULFILLMENT_CUSTOMER_SHIPMENT_REPLACEMENT_DATA").again_after(FOUR_HOURS),
        tsv("GET_FBA_FULFILLMENT_CUSTOMER_TAXES_DATA").again_after(FOUR_HOURS),
        tsv("GET_FBA_FULFILLMENT_REMOVAL_ORDER_DETAIL_DATA").again_after(FOUR_HOURS),
        tsv("GET_FBA_FULFILLMENT_REMOVAL_SHIPMENT_DETAIL_DATA").again_after(FOUR_HOURS),
        tsv("GET_FBA_RECOMMENDED_REMOVAL_DATA").again_after(FOUR_HOURS),
        tsv("GET_FBA_FULFILLMENT_INBOUND_NONCOMPLIANCE_DATA").again_after(FOUR_HOURS),
        // Returns and reimbursements
        tsv("GET_FBA_REIMBURSEMENTS_DATA").again_after(FOUR_HOURS),
        tsv("GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA").again_after(FOUR_HOURS),
        tsv("GET_FLAT_FILE_RETURNS_DATA_BY_RETURN_DATE").at_most(TWO_MONTHS),
        tsv("GET_XML_RETURNS_DATA_BY_RETURN_DATE").form(Form::Xml).at_most(TWO_MONTHS),
        tsv("GET_CSV_MFN_PRIME_RETURNS_REPORT").form(Form::Csv),
        tsv("GET_XML_MFN_PRIME_RETURNS_REPORT").form(Form::Xml),
        tsv("GET_FLAT_FILE_MFN_SKU_RETURN_ATTRIBUTES_REPORT"),
        tsv("GET_XML_MFN_SKU_RETURN_ATTRIBUTES_REPORT").form(Form::Xml),
        // Money
        tsv(SETTLEMENT).made(Made::ByAmazon),
        tsv("GET_DATE_RANGE_FINANCIAL_TRANSACTION_DATA").form(Form::Csv),
        tsv("GET_DATE_RANGE_FINANCIAL_HOLDS_DATA").form(Form::Csv),
        // Analytics
        json("GET_SALES_AND_TRAFFIC_REPORT", Seller),
        json("GET_VENDOR_SALES_REPORT", Vendor),
        json("GET_VENDOR_INVENTORY_REPORT", Vendor),
        json("GET_VENDOR_TRAFFIC_REPORT", Vendor),
        json("GET_VENDOR_FORECASTING_REPORT", Vendor),
        json("GET_VENDOR_NET_PURE_PRODUCT_MARGIN_REPORT", Vendor),
        json("GET_VENDOR_REAL_TIME_SALES_REPORT", Vendor),
        json("GET_VENDOR_REAL_TIME_INVENTORY_REPORT", Vendor),
        json("GET_VENDOR_REAL_TIME_TRAFFIC_REPORT", Vendor),
        tsv("GET_XML_BROWSE_TREE_DATA").form(Form::Xml),
    ]
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_type_comes_twice_and_what_was_removed_is_gone() {
        let names: std::collections::BTreeSet<_> = KINDS.iter().map(|kind| kind.name).collect();
        assert_eq!(names.len(), KINDS.len());
        assert!(Kind::named("GET_V2_SETTLEMENT_REPORT_DATA_XML").is_none());
        assert!(Kind::named(SETTLEMENT).is_some_and(|kind| kind.made == Made::ByAmazon));
    }
}
