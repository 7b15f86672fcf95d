//! To and from Amazon's warehouses: Amazon's models fulfillmentInboundV0.json (`InboundShipmentInfo`),
//! fulfillmentInbound_2024-03-20.json (`InboundPlanSummary`) and fulfillmentOutbound_2020-07-01.json (`FulfillmentOrder`). No column
//! holds an address.

use super::column::{boolean, date, instant, text};
use super::{Rows, Source, Table};

/// One row per shipment to a warehouse of Amazon, or a plan of such shipments.
pub(super) const INBOUND: Table = Table {
    name: "inbound",
    domain: "inbound",
    row: "shipment to a warehouse of Amazon, or a plan of such shipments",
    rows: Rows::Record,
    source: Source::Api,
    own: &[
        text("shipment_id", "ShipmentId", "Amazon's id of the shipment."),
        text("plan_id", "inboundPlanId", "Amazon's id of the plan."),
        text("name", "ShipmentName|name", "Its name."),
        text("status", "ShipmentStatus|status", "WORKING, SHIPPED, RECEIVING, CLOSED and others."),
        text("destination", "DestinationFulfillmentCenterId", "The warehouse."),
        text("label_prep_type", "LabelPrepType", "Who labels."),
        boolean("cases_required", "AreCasesRequired", "Whether it holds packed cases."),
        text("box_contents_source", "BoxContentsSource", "How the boxes' contents were told."),
        date("need_by_date", "ConfirmedNeedByDate", "The day by which it has to arrive."),
        instant("created_time", "createdAt", "When the plan was made."),
        instant("updated_time", "lastUpdatedAt", "When it last changed."),
        text("marketplace_ids", "marketplaceIds", "The stores of the plan, a JSON list."),
    ],
};

/// One row per multi-channel fulfilment order.
pub(super) const OUTBOUND: Table = Table {
    name: "outbound",
    domain: "outbound",
    row: "multi-channel fulfilment order",
    rows: Rows::Record,
    source: Source::Api,
    own: &[
        text("fulfillment_order_id", "sellerFulfillmentOrderId|orderId|fulfillmentOrderId", "The seller's id of the order."),
        text("displayable_order_id", "displayableOrderId|displayableOrder/orderId", "What the customer sees."),
        text("marketplace_id", "marketplaceId", "Amazon's id of the store."),
        text("status", "fulfillmentOrderStatus|status", "Received, Planning, Processing, Complete and others."),
        text("shipping_speed", "shippingSpeedCategory|shippingSpeed", "The speed."),
        text("fulfillment_action", "fulfillmentAction", "Ship or Hold."),
        text("fulfillment_policy", "fulfillmentPolicy", "What happens where units are missing."),
        instant("displayable_order_date", "displayableOrderDate|displayableOrder/orderDate", "The day that the customer sees."),
        instant("received_time", "receivedDate|createdAt", "When Amazon took it in."),
        instant("status_updated_time", "statusUpdatedDate|updatedAt", "When its status last changed."),
        text("items", "lineItems|items", "Its items where they are told, a JSON list."),
    ],
};
