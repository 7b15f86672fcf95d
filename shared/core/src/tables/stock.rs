//! What is where: Amazon's models fbaInventory.json (`InventorySummary`) and awd_2024-05-09.json (`InventorySummary`),
//! and the report `GET_LEDGER_SUMMARY_VIEW_DATA` by day and country.

use super::column::{Kind, instant, integer, odd_date, text};
use super::{Of, Rows, Source, Table};

/// One row per product in the stock of Fulfillment by Amazon, as counted then.
pub(super) const INVENTORY: Table = Table {
    name: "inventory",
    domain: "inventory",
    row: "product in the stock of Fulfillment by Amazon, as counted then",
    of: Of::All,
    rows: Rows::Record,
    source: Source::Api,
    own: &[
        text("sku", "sellerSku", "The seller's id of the product."),
        text("fnsku", "fnSku", "The fulfilment network's id of it."),
        text("asin", "asin", "Amazon's id of it."),
        text("item_condition", "condition", "Its condition, such as NewItem."),
        text("product_name", "productName", "Its name in the store."),
        instant("last_updated_time", "lastUpdatedTime", "When a quantity last changed."),
        integer("total_quantity", "totalQuantity", "Units at Amazon or on their way there."),
        integer("fulfillable_quantity", "inventoryDetails/fulfillableQuantity", "Units that can be sold."),
        integer(
            "inbound_working_quantity",
            "inventoryDetails/inboundWorkingQuantity",
            "Units announced and not yet sent.",
        ),
        integer("inbound_shipped_quantity", "inventoryDetails/inboundShippedQuantity", "Units sent."),
        integer(
            "inbound_receiving_quantity",
            "inventoryDetails/inboundReceivingQuantity",
            "Units arrived in part.",
        ),
        integer(
            "reserved_quantity",
            "inventoryDetails/reservedQuantity/totalReservedQuantity",
            "Units reserved.",
        ),
        integer(
            "reserved_orders_quantity",
            "inventoryDetails/reservedQuantity/pendingCustomerOrderQuantity",
            "Of them, for orders.",
        ),
        integer(
            "reserved_transfer_quantity",
            "inventoryDetails/reservedQuantity/pendingTransshipmentQuantity",
            "Of them, between warehouses.",
        ),
        integer(
            "reserved_processing_quantity",
            "inventoryDetails/reservedQuantity/fcProcessingQuantity",
            "Of them, being processed.",
        ),
        integer(
            "researching_quantity",
            "inventoryDetails/researchingQuantity/totalResearchingQuantity",
            "Units being looked for.",
        ),
        integer(
            "unfulfillable_quantity",
            "inventoryDetails/unfulfillableQuantity/totalUnfulfillableQuantity",
            "Units that cannot be sold.",
        ),
        integer(
            "customer_damaged_quantity",
            "inventoryDetails/unfulfillableQuantity/customerDamagedQuantity",
            "Of them, damaged by customers.",
        ),
        integer(
            "warehouse_damaged_quantity",
            "inventoryDetails/unfulfillableQuantity/warehouseDamagedQuantity",
            "Of them, damaged at Amazon.",
        ),
        integer(
            "distributor_damaged_quantity",
            "inventoryDetails/unfulfillableQuantity/distributorDamagedQuantity",
            "Of them, damaged by the distributor.",
        ),
        integer(
            "carrier_damaged_quantity",
            "inventoryDetails/unfulfillableQuantity/carrierDamagedQuantity",
            "Of them, damaged on their way.",
        ),
        integer(
            "defective_quantity",
            "inventoryDetails/unfulfillableQuantity/defectiveQuantity",
            "Of them, defective.",
        ),
        integer(
            "expired_quantity",
            "inventoryDetails/unfulfillableQuantity/expiredQuantity",
            "Of them, past their date.",
        ),
    ],
};

/// One row per day of the stock of Fulfillment by Amazon, by product, condition and country.
pub(super) const LEDGER: Table = Table {
    name: "ledger",
    domain: "ledger",
    row: "day of the stock of Fulfillment by Amazon, by product, condition and country",
    of: Of::All,
    rows: Rows::Record,
    source: Source::Report,
    own: &[
        odd_date(["ledger_date", "ledger_date_raw"], Kind::MonthFirst, "Date", "The day."),
        text("fnsku", "FNSKU", "The fulfilment network's id of the product."),
        text("asin", "ASIN", "Amazon's id of it."),
        text("sku", "MSKU", "The seller's id of it."),
        text("title", "Title", "Its name."),
        text("disposition", "Disposition", "SELLABLE, DEFECTIVE and others."),
        text("location", "Location|Country", "The country of the warehouse."),
        text("store", "Store", "The store."),
        integer("starting_balance", "Starting Warehouse Balance", "Units at the day's beginning."),
        integer("in_transit", "In Transit Between Warehouses", "Units between warehouses."),
        integer("receipts", "Receipts", "Units received."),
        integer("customer_shipments", "Customer Shipments", "Units sent to customers, with their sign."),
        integer("customer_returns", "Customer Returns", "Units that came back."),
        integer("vendor_returns", "Vendor Returns", "Units sent back to the seller."),
        integer("transfers", "Warehouse Transfer In~Out", "Units moved, with their sign."),
        integer("found", "Found", "Units found."),
        integer("lost", "Lost", "Units lost."),
        integer("damaged", "Damaged", "Units damaged."),
        integer("disposed", "Disposed", "Units disposed of."),
        integer("other_events", "Other Events", "Other changes."),
        integer("unknown_events", "Unknown Events", "Changes without a reason."),
        integer("ending_balance", "Ending Warehouse Balance", "Units at the day's end."),
    ],
};

/// One row per product in Amazon Warehousing and Distribution, as counted then.
pub(super) const AWD: Table = Table {
    name: "awd",
    domain: "awd",
    row: "product in Amazon Warehousing and Distribution, as counted then",
    of: Of::All,
    rows: Rows::Record,
    source: Source::Api,
    own: &[
        text("sku", "sku", "The seller's id of the product."),
        integer("onhand_quantity", "totalOnhandQuantity", "Units there."),
        integer("inbound_quantity", "totalInboundQuantity", "Units on their way there."),
        integer(
            "available_quantity",
            "inventoryDetails/availableDistributableQuantity",
            "Units that can be sent on.",
        ),
        integer(
            "reserved_quantity",
            "inventoryDetails/reservedDistributableQuantity",
            "Units reserved to be sent on.",
        ),
        integer(
            "replenishment_quantity",
            "inventoryDetails/replenishmentQuantity",
            "Units on their way to Fulfillment by Amazon.",
        ),
        text("expirations", "expirationDetails", "Units by their date of expiry, a JSON list."),
    ],
};
