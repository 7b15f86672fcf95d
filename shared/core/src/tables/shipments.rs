//! To and from Amazon's warehouses: Amazon's models fulfillmentInboundV0.json (`InboundShipmentInfo`,
//! `InboundShipmentItem`) and fulfillmentOutbound_2020-07-01.json (`FulfillmentOrder`). No column holds an address.

use super::column::{amount, boolean, date, instant, integer, text};
use super::{Of, Rows, Source, Table};

/// One row per shipment to a warehouse of Amazon, as it was then.
pub(super) const INBOUND: Table = Table {
    name: "inbound",
    domain: "inbound",
    row: "shipment to a warehouse of Amazon, as it was then",
    of: Of::All,
    rows: Rows::Record,
    source: Source::Api,
    own: &[
        text("shipment_id", "ShipmentId", "Amazon's id of the shipment."),
        text("name", "ShipmentName", "Its name."),
        text("status", "ShipmentStatus", "WORKING, SHIPPED, RECEIVING, CLOSED and others."),
        text("destination", "DestinationFulfillmentCenterId", "The warehouse."),
        text("label_prep_type", "LabelPrepType", "Who labels."),
        boolean("cases_required", "AreCasesRequired", "Whether it holds packed cases."),
        text("box_contents_source", "BoxContentsSource", "How the boxes' contents were told."),
        date("need_by_date", "ConfirmedNeedByDate", "The day by which it has to arrive."),
        integer(
            "box_fee_units",
            "EstimatedBoxContentsFee/TotalUnits",
            "Units that Amazon looks into for a fee.",
        ),
        amount("box_fee", "EstimatedBoxContentsFee/TotalFee/Value", "That fee."),
        text("box_fee_currency", "EstimatedBoxContentsFee/TotalFee/CurrencyCode", "Its currency."),
    ],
};

/// One row per product in a shipment to a warehouse of Amazon, as it was then.
pub(super) const INBOUNDITEMS: Table = Table {
    name: "inbounditems",
    domain: "inbounditems",
    row: "product in a shipment to a warehouse of Amazon, as it was then",
    of: Of::All,
    rows: Rows::Record,
    source: Source::Api,
    own: &[
        text("shipment_id", "ShipmentId", "Amazon's id of the shipment."),
        text("sku", "SellerSKU", "The seller's id of the product."),
        text("fnsku", "FulfillmentNetworkSKU", "The fulfilment network's id of it."),
        integer("quantity_shipped", "QuantityShipped", "Units sent."),
        integer("quantity_received", "QuantityReceived", "Units received."),
        integer("quantity_in_case", "QuantityInCase", "Units in a case."),
        date("release_date", "ReleaseDate", "When it may be sold first."),
        text("prep", "PrepDetailsList", "How it has to be prepared and by whom, a JSON list."),
    ],
};

/// One row per order of another shop that Amazon ships, as it was then.
pub(super) const OUTBOUND: Table = Table {
    name: "outbound",
    domain: "outbound",
    row: "order of another shop that Amazon ships, as it was then",
    of: Of::All,
    rows: Rows::Record,
    source: Source::Api,
    own: &[
        text("fulfillment_order_id", "sellerFulfillmentOrderId", "The seller's id of the order."),
        text("displayable_order_id", "displayableOrderId", "The id that the customer sees."),
        text("marketplace_id", "marketplaceId", "Amazon's id of the store."),
        text("status", "fulfillmentOrderStatus", "Received, Planning, Processing, Complete and others."),
        text("shipping_speed", "shippingSpeedCategory", "The speed."),
        text("fulfillment_action", "fulfillmentAction", "Ship or Hold."),
        text("fulfillment_policy", "fulfillmentPolicy", "What happens where units are missing."),
        instant("displayable_order_date", "displayableOrderDate", "The time that the customer sees."),
        instant("received_time", "receivedDate", "When Amazon took it in."),
        instant("status_updated_time", "statusUpdatedDate", "When its status last changed."),
        instant("delivery_earliest", "deliveryWindow/startDate", "Deliver not before."),
        instant("delivery_latest", "deliveryWindow/endDate", "Deliver not after."),
    ],
};
