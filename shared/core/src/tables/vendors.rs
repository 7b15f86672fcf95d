//! Orders to vendors and their shipments: Amazon's models vendorOrders.json (`Order`) and vendorShipments.json
//! (`Shipment`). No column holds an address.

use super::column::{amount, boolean, instant, integer, number, text};
use super::{Of, Rows, Source, Table};

/// One row per purchase order of Amazon, as it was then.
pub(super) const VENDORORDERS: Table = Table {
    name: "vendororders",
    domain: "vendororders",
    row: "purchase order of Amazon, as it was then",
    of: Of::All,
    rows: Rows::Record,
    source: Source::Api,
    own: &[
        text("purchase_order_number", "purchaseOrderNumber", "Amazon's number of it."),
        text("state", "purchaseOrderState", "New, Acknowledged or Closed."),
        text("purchase_order_type", "orderDetails/purchaseOrderType", "RegularOrder and others."),
        instant("ordered_time", "orderDetails/purchaseOrderDate", "When it was placed."),
        instant("changed_time", "orderDetails/purchaseOrderChangedDate", "When Amazon last changed it."),
        instant(
            "state_changed_time",
            "orderDetails/purchaseOrderStateChangedDate",
            "When its state last changed.",
        ),
        text("payment_method", "orderDetails/paymentMethod", "Invoice, Consignment and others."),
        text("buying_party", "orderDetails/buyingParty/partyId", "Who buys."),
        text("selling_party", "orderDetails/sellingParty/partyId", "Who sells."),
        text("ship_to_party", "orderDetails/shipToParty/partyId", "Where it goes."),
        text("bill_to_party", "orderDetails/billToParty/partyId", "Who is billed."),
        text("ship_window", "orderDetails/shipWindow", "When to ship, two times with -- between."),
        text("delivery_window", "orderDetails/deliveryWindow", "When to deliver, two times with -- between."),
        text("deal_code", "orderDetails/dealCode", "The deal."),
    ],
};

/// One row per item of a purchase order.
pub(super) const VENDORORDER_ITEMS: Table = Table {
    name: "vendororder_items",
    domain: "vendororders",
    row: "item of a purchase order",
    of: Of::All,
    rows: Rows::Each("orderDetails/items"),
    source: Source::Api,
    own: &[
        text("purchase_order_number", "^purchaseOrderNumber", "Amazon's number of the order."),
        text("state", "^purchaseOrderState", "New, Acknowledged or Closed."),
        instant("ordered_time", "^orderDetails/purchaseOrderDate", "When it was placed."),
        text("item_number", "itemSequenceNumber", "The item's number in the order."),
        text("asin", "amazonProductIdentifier", "Amazon's id of the product."),
        text("vendor_product", "vendorProductIdentifier", "The vendor's id of it."),
        integer("ordered_quantity", "orderedQuantity/amount", "How many."),
        text("ordered_unit", "orderedQuantity/unitOfMeasure", "Of what: Cases or Eaches."),
        integer("unit_size", "orderedQuantity/unitSize", "Units in a case."),
        boolean("back_order_allowed", "isBackOrderAllowed", "Whether it may come later."),
        amount("net_cost", "netCost/amount", "What Amazon pays for one."),
        text("net_cost_currency", "netCost/currencyCode", "Its currency."),
        amount("list_price", "listPrice/amount", "Its list price."),
        text("list_price_currency", "listPrice/currencyCode", "Its currency."),
    ],
};

/// One row per shipment of a vendor, as it was then.
pub(super) const VENDORSHIPMENTS: Table = Table {
    name: "vendorshipments",
    domain: "vendorshipments",
    row: "shipment of a vendor, as it was then",
    of: Of::All,
    rows: Rows::Record,
    source: Source::Api,
    own: &[
        text("shipment_id", "vendorShipmentIdentifier|shipmentIdentifier", "The vendor's id of it."),
        text("transaction_type", "transactionType|shipmentConfirmationType", "New or Cancel."),
        text("buyer_reference", "buyerReferenceNumber", "Amazon's id of it."),
        text("status", "currentShipmentStatus", "Where it is."),
        instant("status_time", "currentshipmentStatusDate|currentShipmentStatusDate", "Since when."),
        instant("transaction_time", "transactionDate", "When it was submitted."),
        instant("created_time", "shipmentCreateDate", "When it was made."),
        instant("confirmed_time", "shipmentConfirmDate|shipmentConfirmationDate", "When it left."),
        text("freight_term", "shipmentFreightTerm", "Collect or Prepaid."),
        text("selling_party", "sellingParty/partyId", "Who sells."),
        text("ship_from_party", "shipFromParty/partyId", "Where it comes from."),
        text("ship_to_party", "shipToParty/partyId", "Where it goes."),
        integer(
            "carton_count",
            "shipmentMeasurements/totalCartonCount|shipmentMeasurements/cartonCount",
            "Cartons.",
        ),
        number(
            "weight",
            "shipmentMeasurements/shipmentWeight/value|shipmentMeasurements/grossShipmentWeight/value",
            "Its weight.",
        ),
        text(
            "weight_unit",
            "shipmentMeasurements/shipmentWeight/unitOfMeasure|shipmentMeasurements/grossShipmentWeight/unitOfMeasure",
            "The unit of the weight.",
        ),
    ],
};

/// One row per item of a purchase order in a shipment of a vendor.
pub(super) const VENDORSHIPMENT_ITEMS: Table = Table {
    name: "vendorshipment_items",
    domain: "vendorshipments",
    row: "item of a purchase order in a shipment of a vendor",
    of: Of::All,
    rows: Rows::Each("purchaseOrders/items"),
    source: Source::Api,
    own: &[
        text(
            "shipment_id",
            "^vendorShipmentIdentifier|^shipmentIdentifier",
            "The vendor's id of the shipment.",
        ),
        text("status", "^currentShipmentStatus", "Where the shipment is."),
        text("item_number", "itemSequenceNumber", "The item's number."),
        text("asin", "buyerProductIdentifier", "Amazon's id of the product."),
        text("vendor_product", "vendorProductIdentifier", "The vendor's id of it."),
        integer("shipped_quantity", "shippedQuantity/amount", "How many."),
        text("shipped_unit", "shippedQuantity/unitOfMeasure", "Of what: Cases or Eaches."),
        integer("unit_size", "shippedQuantity/unitSize", "Units in a case."),
        amount("maximum_price", "maximumRetailPrice/amount", "The highest price, in India."),
        text("maximum_price_currency", "maximumRetailPrice/currencyCode", "Its currency."),
    ],
};
