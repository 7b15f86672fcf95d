//! What is where: Amazon's models fbaInventory.json (`InventorySummary`) and awd_2024-05-09.json (`InventorySummary`, `InboundShipment`),
//! and the report GET_LEDGER_DETAIL_VIEW_DATA.

use super::column::{Kind, instant, integer, odd_date, text};
use super::{Rows, Source, Table};

/// One row per product in the stock of Fulfillment by Amazon, as counted then.
pub(super) const INVENTORY: Table = Table {
    name: "inventory",
    domain: "inventory",
    row: "product in the stock of Fulfillment by Amazon, as counted then",
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
        integer("inbound_working_quantity", "inventoryDetails/inboundWorkingQuantity", "Units announced and not yet sent."),
        integer("inbound_shipped_quantity", "inventoryDetails/inboundShippedQuantity", "Units sent."),
        integer("inbound_receiving_quantity", "inventoryDetails/inboundReceivingQuantity", "Units arrived in part."),
        integer("reserved_quantity", "inventoryDetails/reservedQuantity/totalReservedQuantity", "Units reserved."),
        integer("reserved_orders_quantity", "inventoryDetails/reservedQuantity/pendingCustomerOrderQuantity", "Of them, for orders."),
        integer("reserved_transfer_quantity", "inventoryDetails/reservedQuantity/pendingTransshipmentQuantity", "Of them, between warehouses."),
        integer("reserved_processing_quantity", "inventoryDetails/reservedQuantity/fcProcessingQuantity", "Of them, being processed."),
        integer("researching_quantity", "inventoryDetails/researchingQuantity/totalResearchingQuantity", "Units being looked for."),
        integer("unfulfillable_quantity", "inventoryDetails/unfulfillableQuantity/totalUnfulfillableQuantity", "Units that cannot be sold."),
        integer("customer_damaged_quantity", "inventoryDetails/unfulfillableQuantity/customerDamagedQuantity", "Of them, damaged by customers."),
        integer("warehouse_damaged_quantity", "inventoryDetails/unfulfillableQuantity/warehouseDamagedQuantity", "Of them, damaged at Amazon."),
        integer("distributor_damaged_quantity", "inventoryDetails/unfulfillableQuantity/distributorDamagedQuantity", "Of them, damaged by the distributor."),
        integer("carrier_damaged_quantity", "inventoryDetails/unfulfillableQuantity/carrierDamagedQuantity", "Of them, damaged on their way."),
        integer("defective_quantity", "inventoryDetails/unfulfillableQuantity/defectiveQuantity", "Of them, defective."),
        integer("expired_quantity", "inventoryDetails/unfulfillableQuantity/expiredQuantity", "Of them, past their date."),
    ],
};

/// One row per movement of the stock of Fulfillment by Amazon.
pub(super) const LEDGER: Table = Table {
    name: "ledger",
    domain: "ledger",
    row: "movement of the stock of Fulfillment by Amazon",
    rows: Rows::Record,
    source: Source::Report,
    own: &[
        odd_date(["event_date", "event_date_raw"], Kind::MonthFirst, "Date|Date and Time", "The day of the movement."),
        text("fnsku", "FNSKU", "The fulfilment network's id of the product."),
        text("asin", "ASIN", "Amazon's id of it."),
        text("sku", "MSKU", "The seller's id of it."),
        text("title", "Title", "Its name."),
        text("event_type", "Event Type", "Receipts, Shipments, Adjustments and others."),
        text("reference_id", "Reference ID", "What caused it."),
        integer("quantity", "Quantity", "Units, with their sign."),
        text("fulfillment_center", "Fulfillment Center", "The warehouse."),
        text("disposition", "Disposition", "SELLABLE, DEFECTIVE and others."),
        text("reason", "Reason", "The reason's code."),
        text("country", "Country", "The country of the warehouse."),
        integer("reconciled_quantity", "Reconciled Quantity", "Units that were made up for."),
        integer("unreconciled_quantity", "Unreconciled Quantity", "Units that were not."),
    ],
};

/// One row per product in, or shipment to, Amazon Warehousing and Distribution.
pub(super) const AWD: Table = Table {
    name: "awd",
    domain: "awd",
    row: "product in, or shipment to, Amazon Warehousing and Distribution",
    rows: Rows::Record,
    source: Source::Api,
    own: &[
        text("sku", "sku", "The seller's id of the product."),
        integer("onhand_quantity", "totalOnhandQuantity", "Units there."),
        integer("inbound_quantity", "totalInboundQuantity", "Units on their way there."),
        integer("available_quantity", "inventoryDetails/availableDistributableQuantity", "Units that can be sent on."),
        integer("reserved_quantity", "inventoryDetails/reservedDistributableQuantity", "Units reserved to be sent on."),
        integer("replenishment_quantity", "inventoryDetails/replenishmentQuantity", "Units on their way to Fulfillment by Amazon."),
        text("order_id", "orderId", "The order of a shipment."),
        text("shipment_id", "shipmentId", "Amazon's id of a shipment."),
        text("status", "shipmentStatus|orderStatus", "Where a shipment is."),
        text("external_reference_id", "externalReferenceId", "The seller's id of a shipment."),
        instant("created_time", "createdAt", "When a shipment was made."),
        instant("updated_time", "updatedAt", "When it last changed."),
        text("expirations", "expirationDetails", "Units by their date of expiry, a JSON list."),
    ],
};
