//! The fields of Amazon's records, as its models name them: what comes beside them is drift. It is kept like everything
//! else, and told.
//!
//! Source: Amazon's models, the properties of what each operation lists. A test holds the two against each other.

use crate::catalogue::Operation;

/// The fields of a record of this operation; none where they are not known, and then nothing is drift.
pub fn known_fields(operation: &Operation) -> &'static [&'static str] {
    FIELDS.iter().find(|(path, _)| *path == operation.path).map_or(&[], |(_, fields)| fields)
}

/// By the operation's path, in the order of the alphabet.
#[rustfmt::skip]
const FIELDS: &[(&str, &[&str])] = &[
    ("/awd/2024-05-09/inventory", &[
        "expirationDetails", "inventoryDetails", "sku", "totalInboundQuantity", "totalOnhandQuantity",
    ]),
    ("/catalog/2022-04-01/items", &[
        "asin", "attributes", "classifications", "dimensions", "identifiers",
        "images", "productTypes", "relationships", "salesRanks", "summaries",
        "vendorDetails",
    ]),
    ("/fba/inbound/v0/shipmentItems", &[
        "FulfillmentNetworkSKU", "PrepDetailsList", "QuantityInCase", "QuantityReceived", "QuantityShipped",
        "ReleaseDate", "SellerSKU", "ShipmentId",
    ]),
    ("/fba/inbound/v0/shipments", &[
        "AreCasesRequired", "BoxContentsSource", "ConfirmedNeedByDate", "DestinationFulfillmentCenterId", "EstimatedBoxContentsFee",
        "LabelPrepType", "ShipFromAddress", "ShipmentId", "ShipmentName", "ShipmentStatus",
    ]),
    ("/fba/inventory/v1/summaries", &[
        "asin", "condition", "fnSku", "inventoryDetails", "lastUpdatedTime",
        "productName", "sellerSku", "stores", "totalQuantity",
    ]),
    ("/fba/outbound/2020-07-01/fulfillmentOrders", &[
        "codSettings", "deliveryWindow", "destinationAddress", "displayableOrderComment", "displayableOrderDate",
        "displayableOrderId", "featureConstraints", "fulfillmentAction", "fulfillmentOrderStatus", "fulfillmentPolicy",
        "marketplaceId", "notificationEmails", "receivedDate", "sellerFulfillmentOrderId", "shippingSpeedCategory",
        "statusUpdatedDate",
    ]),
    ("/finances/2024-06-19/transactions", &[
        "breakdowns", "contexts", "description", "items", "marketplaceDetails",
        "postedDate", "relatedIdentifiers", "sellingPartnerMetadata", "totalAmount", "transactionId",
        "transactionStatus", "transactionType",
    ]),
    ("/finances/transfers/2024-06-01/payouts", &[
        "accountTail", "amount", "creationDate", "currentStatus", "id",
        "partnerMetadata", "paymentMethod", "paymentRail", "period", "relatedIdentifiers",
        "statusHistory", "traceId", "type",
    ]),
    ("/listings/2021-08-01/items/{sellerId}", &[
        "attributes", "fulfillmentAvailability", "issues", "offers", "procurement",
        "productTypes", "relationships", "sku", "summaries",
    ]),
    ("/orders/2026-01-01/orders", &[
        "associatedOrders", "buyer", "createdTime", "fulfillment", "fulfillmentOrders",
        "lastUpdatedTime", "orderAliases", "orderId", "orderItems", "packages",
        "payment", "proceeds", "programs", "recipient", "salesChannel",
        "tax",
    ]),
    ("/products/fees/v0/feesEstimate", &[
        "Error", "FeesEstimate", "FeesEstimateIdentifier", "Status",
    ]),
    ("/sales/v1/orderMetrics", &[
        "averageUnitPrice", "interval", "orderCount", "orderItemCount", "totalSales",
        "unitCount",
    ]),
    ("/sellers/v1/marketplaceParticipations", &[
        "marketplace", "participation", "storeName",
    ]),
    ("/vendor/orders/v1/purchaseOrders", &[
        "orderDetails", "purchaseOrderNumber", "purchaseOrderState",
    ]),
    ("/vendor/shipping/v1/shipments", &[
        "buyerReferenceNumber", "collectFreightPickupDetails", "containers", "currentShipmentStatus", "currentshipmentStatusDate",
        "importDetails", "packageLabelCreateDate", "purchaseOrders", "sellingParty", "shipFromParty",
        "shipToParty", "shipmentConfirmDate", "shipmentCreateDate", "shipmentFreightTerm", "shipmentMeasurements",
        "shipmentStatusDetails", "transactionDate", "transactionType", "transportationDetails", "vendorShipmentIdentifier",
    ]),
];
