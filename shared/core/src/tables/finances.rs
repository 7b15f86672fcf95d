//! Money that moved: Amazon's models finances_2024-06-19.json (`Transaction`) and transfers_2024-06-01.json (`Payout`).

use super::column::{amount, instant, integer, text};
use super::{Of, Rows, Source, Table};

/// One row per transaction of the account, as its status was.
pub(super) const FINANCES: Table = Table {
    name: "finances",
    domain: "finances",
    row: "transaction of the account, as its status was",
    of: Of::All,
    rows: Rows::Record,
    source: Source::Api,
    own: &[
        text("transaction_id", "transactionId", "Amazon's id of the transaction."),
        text("transaction_type", "transactionType", "Shipment, Refund, ServiceFee and others."),
        text("transaction_status", "transactionStatus", "DEFERRED, RELEASED or DEFERRED_RELEASED."),
        text("description", "description", "What it is, such as Order Payment."),
        instant("posted_date", "postedDate", "When it was posted; empty where Amazon left it out."),
        amount("total", "totalAmount/currencyAmount", "What it changes in the account, with its sign."),
        text("total_currency", "totalAmount/currencyCode", "Its currency."),
        text(
            "marketplace_id",
            "marketplaceDetails/marketplaceId|sellingPartnerMetadata/marketplaceId",
            "Amazon's id of the store.",
        ),
        text("marketplace_name", "marketplaceDetails/marketplaceName", "The store's name."),
        text(
            "account_type",
            "sellingPartnerMetadata/accountType",
            "The kind of account, such as Standard Orders.",
        ),
        text(
            "order_id",
            "relatedIdentifiers[relatedIdentifierName=ORDER_ID]/relatedIdentifierValue",
            "The order it belongs to.",
        ),
        text(
            "shipment_id",
            "relatedIdentifiers[relatedIdentifierName=SHIPMENT_ID]/relatedIdentifierValue",
            "The shipment it belongs to.",
        ),
        text(
            "refund_id",
            "relatedIdentifiers[relatedIdentifierName=REFUND_ID]/relatedIdentifierValue",
            "The refund it belongs to.",
        ),
        text(
            "settlement_id",
            "relatedIdentifiers[relatedIdentifierName=SETTLEMENT_ID]/relatedIdentifierValue",
            "The settlement it belongs to.",
        ),
        text(
            "event_group_id",
            "relatedIdentifiers[relatedIdentifierName=FINANCIAL_EVENT_GROUP_ID]/relatedIdentifierValue",
            "The group of events it belongs to.",
        ),
        text(
            "release_transaction_id",
            "relatedIdentifiers[relatedIdentifierName=RELEASE_TRANSACTION_ID]/relatedIdentifierValue",
            "The transaction that released it.",
        ),
        text(
            "deferral_reason",
            "contexts[contextType=DeferredContext]/deferralReason",
            "Why it is deferred.",
        ),
        instant(
            "maturity_date",
            "contexts[contextType=DeferredContext]/maturityDate",
            "When it is released.",
        ),
        text("breakdowns", "breakdowns", "The charges it is made of, a JSON list."),
    ],
};

/// One row per item of a transaction.
pub(super) const FINANCE_ITEMS: Table = Table {
    name: "finance_items",
    domain: "finances",
    row: "item of a transaction",
    of: Of::All,
    rows: Rows::Each("items"),
    source: Source::Api,
    own: &[
        text("transaction_id", "^transactionId", "Amazon's id of the transaction."),
        text("transaction_type", "^transactionType", "Shipment, Refund and others."),
        text("transaction_status", "^transactionStatus", "DEFERRED, RELEASED or DEFERRED_RELEASED."),
        instant("posted_date", "^postedDate", "When the transaction was posted."),
        text(
            "marketplace_id",
            "^marketplaceDetails/marketplaceId|^sellingPartnerMetadata/marketplaceId",
            "Amazon's id of the store.",
        ),
        text(
            "order_id",
            "^relatedIdentifiers[relatedIdentifierName=ORDER_ID]/relatedIdentifierValue",
            "The order it belongs to.",
        ),
        text("description", "description", "What the item is."),
        amount("total", "totalAmount/currencyAmount", "What it changes in the account, with its sign."),
        text("total_currency", "totalAmount/currencyCode", "Its currency."),
        text(
            "order_item_id",
            "relatedIdentifiers[itemRelatedIdentifierName=ORDER_ADJUSTMENT_ITEM_ID]/itemRelatedIdentifierValue|relatedIdentifiers[itemRelatedIdentifierName=ORDER_ITEM_ID]/itemRelatedIdentifierValue",
            "The order's item it belongs to, where it is told.",
        ),
        text("asin", "contexts[contextType=ProductContext]/asin", "Amazon's id of the product."),
        text("sku", "contexts[contextType=ProductContext]/sku", "The seller's id of the product."),
        integer("quantity", "contexts[contextType=ProductContext]/quantityShipped", "Units."),
        text("fulfillment_network", "contexts[contextType=ProductContext]/fulfillmentNetwork", "AFN or MFN."),
        text("breakdowns", "breakdowns", "The charges it is made of, a JSON list."),
    ],
};

/// One row per payout, as its status was.
pub(super) const PAYOUTS: Table = Table {
    name: "payouts",
    domain: "payouts",
    row: "payout, as its status was",
    of: Of::All,
    rows: Rows::Record,
    source: Source::Api,
    own: &[
        text("payout_id", "id", "Amazon's id of the payout."),
        text("marketplace_id", "partnerMetadata/marketplaceId", "Amazon's id of the store."),
        text("account_type", "partnerMetadata/accountType", "The kind of account."),
        text("status", "currentStatus|status", "STARTED, IN_TRANSIT, PAID, FAILED and others."),
        text("payout_type", "type", "SCHEDULED or ON_DEMAND."),
        amount("total", "amount/currencyAmount", "What was paid out."),
        text("total_currency", "amount/currencyCode", "Its currency."),
        text("payment_method", "paymentMethod", "BANK_ACCOUNT or DEBIT_CARD."),
        text("payment_rail", "paymentRail", "The network that carried it."),
        text("trace_id", "traceId", "The banking network's id of it."),
        instant("created_time", "creationDate", "When it was made."),
        instant("period_start", "period/startDate", "The beginning of what it pays."),
        instant("period_end", "period/endDate", "The end of what it pays."),
        text(
            "settlement_id",
            "relatedIdentifiers[relatedIdentifierName=SETTLEMENT_ID]/relatedIdentifierValue",
            "The settlement it pays.",
        ),
        text("status_history", "statusHistory", "All its states with their times, a JSON list."),
    ],
};
