//! Every operation of the Selling Partner API. Written by `make catalogue`: change its tables, not this.
//!
//! Source: Amazon's models (amzn/selling-partner-api-models) and the tables in `infra/catalogue`.

use super::{Access, Api, Body, Filters, Life, Method, Operation, PLAIN, Pages, Role, Via};
use jiff::civil::date;

const API_APLUS_CONTENT_2020_11_01: &Api = &Api { name: "aplus-content", version: "2020-11-01" };
const API_APP_INTEGRATIONS_2024_04_01: &Api = &Api { name: "app-integrations", version: "2024-04-01" };
const API_APPLICATION_2023_11_30: &Api = &Api { name: "application", version: "2023-11-30" };
const API_AUTHORIZATION_V1: &Api = &Api { name: "authorization", version: "v1" };
const API_AWD_2024_05_09: &Api = &Api { name: "awd", version: "2024-05-09" };
const API_CATALOG_ITEMS_2020_12_01: &Api = &Api { name: "catalog-items", version: "2020-12-01" };
const API_CATALOG_ITEMS_2022_04_01: &Api = &Api { name: "catalog-items", version: "2022-04-01" };
const API_CATALOG_ITEMS_V0: &Api = &Api { name: "catalog-items", version: "v0" };
const API_CUSTOMER_FEEDBACK_2024_06_01: &Api = &Api { name: "customer-feedback", version: "2024-06-01" };
const API_DATA_KIOSK_2023_11_15: &Api = &Api { name: "data-kiosk", version: "2023-11-15" };
const API_DELIVERY_INVOICING_2022_07_01: &Api = &Api { name: "delivery-invoicing", version: "2022-07-01" };
const API_EASY_SHIP_2022_03_23: &Api = &Api { name: "easy-ship", version: "2022-03-23" };
const API_EXTERNAL_FULFILLMENT_INVENTORY_2024_09_11: &Api = &Api { name: "external-fulfillment-inventory", version: "2024-09-11" };
const API_EXTERNAL_FULFILLMENT_LOCATION_2026_07_30: &Api = &Api { name: "external-fulfillment-location", version: "2026-07-30" };
const API_EXTERNAL_FULFILLMENT_RETURNS_2024_09_11: &Api = &Api { name: "external-fulfillment-returns", version: "2024-09-11" };
const API_EXTERNAL_FULFILLMENT_SHIPMENTS_2024_09_11: &Api = &Api { name: "external-fulfillment-shipments", version: "2024-09-11" };
const API_FBA_INBOUND_ELIGIBILITY_V1: &Api = &Api { name: "fba-inbound-eligibility", version: "v1" };
const API_FBA_INVENTORY_V1: &Api = &Api { name: "fba-inventory", version: "v1" };
const API_FEEDS_2021_06_30: &Api = &Api { name: "feeds", version: "2021-06-30" };
const API_FINANCE_REMITTANCE_2026_03_17: &Api = &Api { name: "finance-remittance", version: "2026-03-17" };
const API_FINANCES_2024_06_19: &Api = &Api { name: "finances", version: "2024-06-19" };
const API_FINANCES_V0: &Api = &Api { name: "finances", version: "v0" };
const API_FINANCES_INVOICES_2026_06_25: &Api = &Api { name: "finances-invoices", version: "2026-06-25" };
const API_FULFILLMENT_INBOUND_2024_03_20: &Api = &Api { name: "fulfillment-inbound", version: "2024-03-20" };
const API_FULFILLMENT_INBOUND_V0: &Api = &Api { name: "fulfillment-inbound", version: "v0" };
const API_FULFILLMENT_OUTBOUND_2020_07_01: &Api = &Api { name: "fulfillment-outbound", version: "2020-07-01" };
const API_FULFILLMENT_OUTBOUND_2026_07_04: &Api = &Api { name: "fulfillment-outbound", version: "2026-07-04" };
const API_INVOICES_2024_06_19: &Api = &Api { name: "invoices", version: "2024-06-19" };
const API_LISTINGS_ITEMS_2020_09_01: &Api = &Api { name: "listings-items", version: "2020-09-01" };
const API_LISTINGS_ITEMS_2021_08_01: &Api = &Api { name: "listings-items", version: "2021-08-01" };
const API_LISTINGS_RESTRICTIONS_2021_08_01: &Api = &Api { name: "listings-restrictions", version: "2021-08-01" };
const API_MERCHANT_FULFILLMENT_V0: &Api = &Api { name: "merchant-fulfillment", version: "v0" };
const API_MESSAGING_V1: &Api = &Api { name: "messaging", version: "v1" };
const API_NOTIFICATIONS_V1: &Api = &Api { name: "notifications", version: "v1" };
const API_ORDERS_2026_01_01: &Api = &Api { name: "orders", version: "2026-01-01" };
const API_ORDERS_V0: &Api = &Api { name: "orders", version: "v0" };
const API_PRODUCT_FEES_V0: &Api = &Api { name: "product-fees", version: "v0" };
const API_PRODUCT_PRICING_2022_05_01: &Api = &Api { name: "product-pricing", version: "2022-05-01" };
const API_PRODUCT_PRICING_V0: &Api = &Api { name: "product-pricing", version: "v0" };
const API_PRODUCT_TYPES_2020_09_01: &Api = &Api { name: "product-types", version: "2020-09-01" };
const API_PROMOTIONS_2025_12_01: &Api = &Api { name: "promotions", version: "2025-12-01" };
const API_REPLENISHMENT_2022_11_07: &Api = &Api { name: "replenishment", version: "2022-11-07" };
const API_REPORTS_2021_06_30: &Api = &Api { name: "reports", version: "2021-06-30" };
const API_SALES_V1: &Api = &Api { name: "sales", version: "v1" };
const API_SELLER_WALLET_2024_03_01: &Api = &Api { name: "seller-wallet", version: "2024-03-01" };
const API_SELLERS_V1: &Api = &Api { name: "sellers", version: "v1" };
const API_SERVICES_V1: &Api = &Api { name: "services", version: "v1" };
const API_SHIPMENT_INVOICING_V0: &Api = &Api { name: "shipment-invoicing", version: "v0" };
const API_SHIPPING_V1: &Api = &Api { name: "shipping", version: "v1" };
const API_SHIPPING_V2: &Api = &Api { name: "shipping", version: "v2" };
const API_SOLICITATIONS_V1: &Api = &Api { name: "solicitations", version: "v1" };
const API_SUPPLY_SOURCES_2020_07_01: &Api = &Api { name: "supply-sources", version: "2020-07-01" };
const API_SUPPORT_2025_02_01: &Api = &Api { name: "support", version: "2025-02-01" };
const API_TOKENS_2021_03_01: &Api = &Api { name: "tokens", version: "2021-03-01" };
const API_TRACKING_2026_01_30: &Api = &Api { name: "tracking", version: "2026-01-30" };
const API_TRANSFERS_2024_06_01: &Api = &Api { name: "transfers", version: "2024-06-01" };
const API_UPLOADS_2020_11_01: &Api = &Api { name: "uploads", version: "2020-11-01" };
const API_VEHICLES_2024_11_01: &Api = &Api { name: "vehicles", version: "2024-11-01" };
const API_VENDOR_DIRECT_FULFILLMENT_INVENTORY_V1: &Api = &Api { name: "vendor-direct-fulfillment-inventory", version: "v1" };
const API_VENDOR_DIRECT_FULFILLMENT_ORDERS_2021_12_28: &Api = &Api { name: "vendor-direct-fulfillment-orders", version: "2021-12-28" };
const API_VENDOR_DIRECT_FULFILLMENT_ORDERS_V1: &Api = &Api { name: "vendor-direct-fulfillment-orders", version: "v1" };
const API_VENDOR_DIRECT_FULFILLMENT_PAYMENTS_V1: &Api = &Api { name: "vendor-direct-fulfillment-payments", version: "v1" };
const API_VENDOR_DIRECT_FULFILLMENT_SANDBOX_DATA_2021_10_28: &Api = &Api { name: "vendor-direct-fulfillment-sandbox-data", version: "2021-10-28" };
const API_VENDOR_DIRECT_FULFILLMENT_SHIPPING_2021_12_28: &Api = &Api { name: "vendor-direct-fulfillment-shipping", version: "2021-12-28" };
const API_VENDOR_DIRECT_FULFILLMENT_SHIPPING_V1: &Api = &Api { name: "vendor-direct-fulfillment-shipping", version: "v1" };
const API_VENDOR_DIRECT_FULFILLMENT_TRANSACTIONS_2021_12_28: &Api = &Api { name: "vendor-direct-fulfillment-transactions", version: "2021-12-28" };
const API_VENDOR_DIRECT_FULFILLMENT_TRANSACTIONS_V1: &Api = &Api { name: "vendor-direct-fulfillment-transactions", version: "v1" };
const API_VENDOR_INVOICES_V1: &Api = &Api { name: "vendor-invoices", version: "v1" };
const API_VENDOR_ORDERS_V1: &Api = &Api { name: "vendor-orders", version: "v1" };
const API_VENDOR_SHIPMENTS_V1: &Api = &Api { name: "vendor-shipments", version: "v1" };
const API_VENDOR_TRANSACTION_STATUS_V1: &Api = &Api { name: "vendor-transaction-status", version: "v1" };

/// `Authorization` of `authorization/v1`.
pub const AUTHORIZATION: Operation = Operation {
    name: "Authorization",
    api: API_AUTHORIZATION_V1,
    method: Method::Post,
    path: "/auth/o2/token",
    reads: false,
    rate: 1.0,
    burst: 1,
    life: Life::Removed { on: date(2024, 3, 27), successor: "Login with Amazon's token endpoint, which Sellerport calls by itself" },
    ..PLAIN
};

/// `CreateWarranty` of `messaging/v1`.
pub const CREATE_WARRANTY: Operation = Operation {
    name: "CreateWarranty",
    api: API_MESSAGING_V1,
    method: Method::Post,
    path: "/messaging/v1/orders/{amazonOrderId}/messages/warranty",
    reads: false,
    rate: 1.0,
    burst: 5,
    body: Body::Required,
    roles: &[Role::BuyerCommunication],
    parameters: "path amazonOrderId! text\n\
        query marketplaceIds! list:text n=..1",
    ..PLAIN
};

/// `GetAttributes` of `messaging/v1`.
pub const GET_ATTRIBUTES: Operation = Operation {
    name: "GetAttributes",
    api: API_MESSAGING_V1,
    method: Method::Get,
    path: "/messaging/v1/orders/{amazonOrderId}/attributes",
    reads: true,
    rate: 1.0,
    burst: 5,
    roles: &[Role::BuyerCommunication],
    parameters: "path amazonOrderId! text\n\
        query marketplaceIds! list:text n=..1",
    ..PLAIN
};

/// `GetShipmentDetails` of `vendor-shipments/v1`.
pub const GET_SHIPMENT_DETAILS_VENDOR_SHIPMENTS_V1: Operation = Operation {
    name: "GetShipmentDetails",
    api: API_VENDOR_SHIPMENTS_V1,
    method: Method::Get,
    path: "/vendor/shipping/v1/shipments",
    reads: true,
    rate: 10.0,
    burst: 10,
    roles: &[Role::AmazonFulfillment],
    pages: Some(&Pages { find: "payload.pagination.nextToken", via: Via::Query("nextToken"), filters: Filters::Repeat }),
    parameters: "query limit int span=1..50\n\
        query sortOrder text one=ASC|DESC\n\
        query nextToken text\n\
        query createdAfter time\n\
        query createdBefore time\n\
        query shipmentConfirmedBefore time\n\
        query shipmentConfirmedAfter time\n\
        query packageLabelCreatedBefore time\n\
        query packageLabelCreatedAfter time\n\
        query shippedBefore time\n\
        query shippedAfter time\n\
        query estimatedDeliveryBefore time\n\
        query estimatedDeliveryAfter time\n\
        query shipmentDeliveryBefore time\n\
        query shipmentDeliveryAfter time\n\
        query requestedPickUpBefore time\n\
        query requestedPickUpAfter time\n\
        query scheduledPickUpBefore time\n\
        query scheduledPickUpAfter time\n\
        query currentShipmentStatus text\n\
        query vendorShipmentIdentifier text\n\
        query buyerReferenceNumber text\n\
        query buyerWarehouseCode text\n\
        query sellerWarehouseCode text",
    ..PLAIN
};

/// `GetShipmentLabels` of `vendor-shipments/v1`.
pub const GET_SHIPMENT_LABELS: Operation = Operation {
    name: "GetShipmentLabels",
    api: API_VENDOR_SHIPMENTS_V1,
    method: Method::Get,
    path: "/vendor/shipping/v1/transportLabels",
    reads: true,
    rate: 10.0,
    burst: 10,
    roles: &[Role::AmazonFulfillment],
    pages: Some(&Pages { find: "payload.pagination.nextToken", via: Via::Query("nextToken"), filters: Filters::Repeat }),
    parameters: "query limit int span=1..50\n\
        query sortOrder text one=ASC|DESC\n\
        query nextToken text\n\
        query labelCreatedAfter time\n\
        query labelCreatedBefore time\n\
        query buyerReferenceNumber text\n\
        query vendorShipmentIdentifier text\n\
        query sellerWarehouseCode text",
    ..PLAIN
};

/// `SubmitShipmentConfirmations` of `vendor-shipments/v1`.
pub const SUBMIT_SHIPMENT_CONFIRMATIONS_VENDOR_SHIPMENTS_V1: Operation = Operation {
    name: "SubmitShipmentConfirmations",
    api: API_VENDOR_SHIPMENTS_V1,
    method: Method::Post,
    path: "/vendor/shipping/v1/shipmentConfirmations",
    reads: false,
    rate: 10.0,
    burst: 10,
    body: Body::Required,
    roles: &[Role::AmazonFulfillment],
    ..PLAIN
};

/// `SubmitShipments` of `vendor-shipments/v1`.
pub const SUBMIT_SHIPMENTS: Operation = Operation {
    name: "SubmitShipments",
    api: API_VENDOR_SHIPMENTS_V1,
    method: Method::Post,
    path: "/vendor/shipping/v1/shipments",
    reads: false,
    rate: 10.0,
    burst: 10,
    body: Body::Required,
    roles: &[Role::AmazonFulfillment],
    ..PLAIN
};

/// `addAppointmentForServiceJobByServiceJobId` of `services/v1`.
pub const ADD_APPOINTMENT_FOR_SERVICE_JOB_BY_SERVICE_JOB_ID: Operation = Operation {
    name: "addAppointmentForServiceJobByServiceJobId",
    api: API_SERVICES_V1,
    method: Method::Post,
    path: "/service/v1/serviceJobs/{serviceJobId}/appointments",
    reads: false,
    rate: 5.0,
    burst: 20,
    body: Body::Required,
    roles: &[Role::ProfessionalServices],
    parameters: "path serviceJobId! text len=1..100",
    ..PLAIN
};

/// `addInventory` of `fba-inventory/v1`.
pub const ADD_INVENTORY: Operation = Operation {
    name: "addInventory",
    api: API_FBA_INVENTORY_V1,
    method: Method::Post,
    path: "/fba/inventory/v1/items/inventory",
    reads: false,
    rate: 2.0,
    burst: 3,
    body: Body::Required,
    roles: &[Role::AmazonFulfillment, Role::ProductListing],
    parameters: "header x-amzn-idempotency-token! text",
    ..PLAIN
};

/// `archiveSupplySource` of `supply-sources/2020-07-01`.
pub const ARCHIVE_SUPPLY_SOURCE: Operation = Operation {
    name: "archiveSupplySource",
    api: API_SUPPLY_SOURCES_2020_07_01,
    method: Method::Delete,
    path: "/supplySources/2020-07-01/supplySources/{supplySourceId}",
    reads: false,
    rate: 20.0,
    burst: 20,
    roles: &[Role::InventoryAndOrderTracking],
    parameters: "path supplySourceId! text",
    ..PLAIN
};

/// `assignAppointmentResources` of `services/v1`.
pub const ASSIGN_APPOINTMENT_RESOURCES: Operation = Operation {
    name: "assignAppointmentResources",
    api: API_SERVICES_V1,
    method: Method::Put,
    path: "/service/v1/serviceJobs/{serviceJobId}/appointments/{appointmentId}/resources",
    reads: false,
    rate: 1.0,
    burst: 2,
    body: Body::Required,
    roles: &[Role::ProfessionalServices],
    parameters: "path serviceJobId! text len=1..100\n\
        path appointmentId! text len=1..100",
    ..PLAIN
};

/// `batchInventory` of `external-fulfillment-inventory/2024-09-11`.
pub const BATCH_INVENTORY: Operation = Operation {
    name: "batchInventory",
    api: API_EXTERNAL_FULFILLMENT_INVENTORY_2024_09_11,
    method: Method::Post,
    path: "/externalFulfillment/inventory/2024-09-11/inventories",
    reads: false,
    rate: 50.0,
    burst: 50,
    body: Body::Required,
    roles: &[Role::InventoryAndOrderTracking],
    ceiling: Some(100),
    ..PLAIN
};

/// `cancelFeed` of `feeds/2021-06-30`.
pub const CANCEL_FEED: Operation = Operation {
    name: "cancelFeed",
    api: API_FEEDS_2021_06_30,
    method: Method::Delete,
    path: "/feeds/2021-06-30/feeds/{feedId}",
    reads: false,
    rate: 2.0,
    burst: 15,
    roles: &[Role::ProductListing, Role::Pricing, Role::AmazonFulfillment, Role::InventoryAndOrderTracking],
    parameters: "path feedId! text",
    ..PLAIN
};

/// `cancelFulfillmentOrder` of `fulfillment-outbound/2020-07-01`.
pub const CANCEL_FULFILLMENT_ORDER: Operation = Operation {
    name: "cancelFulfillmentOrder",
    api: API_FULFILLMENT_OUTBOUND_2020_07_01,
    method: Method::Put,
    path: "/fba/outbound/2020-07-01/fulfillmentOrders/{sellerFulfillmentOrderId}/cancel",
    reads: false,
    rate: 2.0,
    burst: 30,
    roles: &[Role::AmazonFulfillment],
    life: Life::Superseded { successor: "cancelOrder fulfillment-outbound/2026-07-04" },
    parameters: "path sellerFulfillmentOrderId! text len=..40",
    ..PLAIN
};

/// `cancelInbound` of `awd/2024-05-09`.
pub const CANCEL_INBOUND: Operation = Operation {
    name: "cancelInbound",
    api: API_AWD_2024_05_09,
    method: Method::Post,
    path: "/awd/2024-05-09/inboundOrders/{orderId}/cancellation",
    reads: false,
    rate: 1.0,
    burst: 1,
    roles: &[Role::AmazonWarehousingAndDistribution],
    parameters: "path orderId! text",
    ..PLAIN
};

/// `cancelInboundPlan` of `fulfillment-inbound/2024-03-20`.
pub const CANCEL_INBOUND_PLAN: Operation = Operation {
    name: "cancelInboundPlan",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Put,
    path: "/inbound/fba/2024-03-20/inboundPlans/{inboundPlanId}/cancellation",
    reads: false,
    rate: 2.0,
    burst: 2,
    roles: &[Role::AmazonFulfillment],
    parameters: "path inboundPlanId! text len=38..38 chars=a-zA-Z0-9-",
    ..PLAIN
};

/// `cancelOrder` of `fulfillment-outbound/2026-07-04`.
pub const CANCEL_ORDER: Operation = Operation {
    name: "cancelOrder",
    api: API_FULFILLMENT_OUTBOUND_2026_07_04,
    method: Method::Put,
    path: "/fulfillment/outbound/2026-07-04/orders/{orderId}/cancel",
    reads: false,
    rate: 2.0,
    burst: 30,
    roles: &[Role::AmazonFulfillment],
    parameters: "header x-amzn-fulfillment-service-id text len=..40\n\
        path orderId! text len=..40",
    ..PLAIN
};

/// `cancelQuery` of `data-kiosk/2023-11-15`.
pub const CANCEL_QUERY: Operation = Operation {
    name: "cancelQuery",
    api: API_DATA_KIOSK_2023_11_15,
    method: Method::Delete,
    path: "/dataKiosk/2023-11-15/queries/{queryId}",
    reads: false,
    rate: 0.0222,
    burst: 10,
    roles: &[Role::BrandAnalytics],
    parameters: "path queryId! text",
    ..PLAIN
};

/// `cancelReport` of `reports/2021-06-30`.
pub const CANCEL_REPORT: Operation = Operation {
    name: "cancelReport",
    api: API_REPORTS_2021_06_30,
    method: Method::Delete,
    path: "/reports/2021-06-30/reports/{reportId}",
    reads: false,
    rate: 0.0222,
    burst: 10,
    roles: &[Role::InventoryAndOrderTracking, Role::AmazonFulfillment, Role::FinanceAndAccounting, Role::Pricing, Role::ProductListing, Role::BrandAnalytics, Role::SellingPartnerInsights, Role::DirectToConsumerShipping, Role::TaxInvoicing, Role::TaxRemittance],
    parameters: "path reportId! text",
    ..PLAIN
};

/// `cancelReportSchedule` of `reports/2021-06-30`.
pub const CANCEL_REPORT_SCHEDULE: Operation = Operation {
    name: "cancelReportSchedule",
    api: API_REPORTS_2021_06_30,
    method: Method::Delete,
    path: "/reports/2021-06-30/schedules/{reportScheduleId}",
    reads: false,
    rate: 0.0222,
    burst: 10,
    roles: &[Role::InventoryAndOrderTracking, Role::AmazonFulfillment, Role::FinanceAndAccounting, Role::Pricing, Role::ProductListing, Role::BrandAnalytics, Role::SellingPartnerInsights, Role::DirectToConsumerShipping, Role::TaxInvoicing, Role::TaxRemittance],
    parameters: "path reportScheduleId! text",
    ..PLAIN
};

/// `cancelReservation` of `services/v1`.
pub const CANCEL_RESERVATION: Operation = Operation {
    name: "cancelReservation",
    api: API_SERVICES_V1,
    method: Method::Delete,
    path: "/service/v1/reservation/{reservationId}",
    reads: false,
    rate: 5.0,
    burst: 20,
    roles: &[Role::ProfessionalServices],
    parameters: "path reservationId! text len=1..100\n\
        query marketplaceIds! list:text n=..1",
    ..PLAIN
};

/// `cancelSelfShipAppointment` of `fulfillment-inbound/2024-03-20`.
pub const CANCEL_SELF_SHIP_APPOINTMENT: Operation = Operation {
    name: "cancelSelfShipAppointment",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Put,
    path: "/inbound/fba/2024-03-20/inboundPlans/{inboundPlanId}/shipments/{shipmentId}/selfShipAppointmentCancellation",
    reads: false,
    rate: 2.0,
    burst: 30,
    body: Body::Required,
    roles: &[Role::AmazonFulfillment],
    parameters: "path inboundPlanId! text len=38..38 chars=a-zA-Z0-9-\n\
        path shipmentId! text len=38..38 chars=a-zA-Z0-9-",
    ..PLAIN
};

/// `cancelServiceJobByServiceJobId` of `services/v1`.
pub const CANCEL_SERVICE_JOB_BY_SERVICE_JOB_ID: Operation = Operation {
    name: "cancelServiceJobByServiceJobId",
    api: API_SERVICES_V1,
    method: Method::Put,
    path: "/service/v1/serviceJobs/{serviceJobId}/cancellations",
    reads: false,
    rate: 5.0,
    burst: 20,
    roles: &[Role::ProfessionalServices],
    parameters: "path serviceJobId! text len=1..100\n\
        query cancellationReasonCode! text len=1..100 chars=A-Z0-9_",
    ..PLAIN
};

/// `cancelShipment` of `merchant-fulfillment/v0`.
pub const CANCEL_SHIPMENT_MERCHANT_FULFILLMENT_V0: Operation = Operation {
    name: "cancelShipment",
    api: API_MERCHANT_FULFILLMENT_V0,
    method: Method::Delete,
    path: "/mfn/v0/shipments/{shipmentId}",
    reads: false,
    rate: 1.0,
    burst: 1,
    roles: &[Role::DirectToConsumerShipping],
    access: Access::Restricted,
    parameters: "path shipmentId! text",
    ..PLAIN
};

/// `cancelShipment` of `shipping/v1`.
pub const CANCEL_SHIPMENT_SHIPPING_V1: Operation = Operation {
    name: "cancelShipment",
    api: API_SHIPPING_V1,
    method: Method::Post,
    path: "/shipping/v1/shipments/{shipmentId}/cancel",
    reads: false,
    rate: 5.0,
    burst: 15,
    roles: &[Role::DirectToConsumerShipping],
    life: Life::Superseded { successor: "cancelShipment shipping/v2" },
    parameters: "path shipmentId! text",
    ..PLAIN
};

/// `cancelShipment` of `shipping/v2`.
pub const CANCEL_SHIPMENT_SHIPPING_V2: Operation = Operation {
    name: "cancelShipment",
    api: API_SHIPPING_V2,
    method: Method::Put,
    path: "/shipping/v2/shipments/{shipmentId}/cancel",
    reads: false,
    rate: 80.0,
    burst: 100,
    roles: &[Role::DirectToConsumerShipping],
    parameters: "path shipmentId! text\n\
        header x-amzn-shipping-business-id text one=AmazonShipping_US|AmazonShipping_IN|AmazonShipping_UK|AmazonShipping_UAE|AmazonShipping_SA|AmazonShipping_EG|AmazonShipping_IT|AmazonShipping_ES|AmazonShipping_FR|AmazonShipping_JP",
    ..PLAIN
};

/// `checkInboundEligibility` of `awd/2024-05-09`.
pub const CHECK_INBOUND_ELIGIBILITY: Operation = Operation {
    name: "checkInboundEligibility",
    api: API_AWD_2024_05_09,
    method: Method::Post,
    path: "/awd/2024-05-09/inboundEligibility",
    reads: true,
    rate: 1.0,
    burst: 1,
    body: Body::Required,
    roles: &[Role::AmazonWarehousingAndDistribution],
    ..PLAIN
};

/// `completeServiceJobByServiceJobId` of `services/v1`.
pub const COMPLETE_SERVICE_JOB_BY_SERVICE_JOB_ID: Operation = Operation {
    name: "completeServiceJobByServiceJobId",
    api: API_SERVICES_V1,
    method: Method::Put,
    path: "/service/v1/serviceJobs/{serviceJobId}/completions",
    reads: false,
    rate: 5.0,
    burst: 20,
    roles: &[Role::ProfessionalServices],
    parameters: "path serviceJobId! text len=1..100",
    ..PLAIN
};

/// `confirmCustomizationDetails` of `messaging/v1`.
pub const CONFIRM_CUSTOMIZATION_DETAILS: Operation = Operation {
    name: "confirmCustomizationDetails",
    api: API_MESSAGING_V1,
    method: Method::Post,
    path: "/messaging/v1/orders/{amazonOrderId}/messages/confirmCustomizationDetails",
    reads: false,
    rate: 1.0,
    burst: 5,
    body: Body::Required,
    roles: &[Role::BuyerCommunication],
    parameters: "path amazonOrderId! text\n\
        query marketplaceIds! list:text n=..1",
    ..PLAIN
};

/// `confirmDeliveryWindowOptions` of `fulfillment-inbound/2024-03-20`.
pub const CONFIRM_DELIVERY_WINDOW_OPTIONS: Operation = Operation {
    name: "confirmDeliveryWindowOptions",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Post,
    path: "/inbound/fba/2024-03-20/inboundPlans/{inboundPlanId}/shipments/{shipmentId}/deliveryWindowOptions/{deliveryWindowOptionId}/confirmation",
    reads: false,
    rate: 2.0,
    burst: 30,
    roles: &[Role::AmazonFulfillment],
    parameters: "path inboundPlanId! text len=38..38 chars=a-zA-Z0-9-\n\
        path shipmentId! text len=38..38 chars=a-zA-Z0-9-\n\
        path deliveryWindowOptionId! text len=36..38 chars=a-zA-Z0-9-",
    ..PLAIN
};

/// `confirmInbound` of `awd/2024-05-09`.
pub const CONFIRM_INBOUND: Operation = Operation {
    name: "confirmInbound",
    api: API_AWD_2024_05_09,
    method: Method::Post,
    path: "/awd/2024-05-09/inboundOrders/{orderId}/confirmation",
    reads: false,
    rate: 1.0,
    burst: 1,
    roles: &[Role::AmazonWarehousingAndDistribution],
    parameters: "path orderId! text",
    ..PLAIN
};

/// `confirmOutbound` of `awd/2024-05-09`.
pub const CONFIRM_OUTBOUND: Operation = Operation {
    name: "confirmOutbound",
    api: API_AWD_2024_05_09,
    method: Method::Post,
    path: "/awd/2024-05-09/outboundOrders/{orderId}/confirmation",
    reads: false,
    rate: 1.0,
    burst: 1,
    roles: &[Role::AmazonWarehousingAndDistribution],
    parameters: "path orderId! text",
    ..PLAIN
};

/// `confirmPackingOption` of `fulfillment-inbound/2024-03-20`.
pub const CONFIRM_PACKING_OPTION: Operation = Operation {
    name: "confirmPackingOption",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Post,
    path: "/inbound/fba/2024-03-20/inboundPlans/{inboundPlanId}/packingOptions/{packingOptionId}/confirmation",
    reads: false,
    rate: 2.0,
    burst: 2,
    roles: &[Role::AmazonFulfillment],
    parameters: "path inboundPlanId! text len=38..38 chars=a-zA-Z0-9-\n\
        path packingOptionId! text len=38..38 chars=a-zA-Z0-9-",
    ..PLAIN
};

/// `confirmPlacementOption` of `fulfillment-inbound/2024-03-20`.
pub const CONFIRM_PLACEMENT_OPTION: Operation = Operation {
    name: "confirmPlacementOption",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Post,
    path: "/inbound/fba/2024-03-20/inboundPlans/{inboundPlanId}/placementOptions/{placementOptionId}/confirmation",
    reads: false,
    rate: 2.0,
    burst: 2,
    roles: &[Role::AmazonFulfillment],
    parameters: "path inboundPlanId! text len=38..38 chars=a-zA-Z0-9-\n\
        path placementOptionId! text len=38..38 chars=a-zA-Z0-9-",
    ..PLAIN
};

/// `confirmPreorder` of `fulfillment-inbound/v0`.
pub const CONFIRM_PREORDER: Operation = Operation {
    name: "confirmPreorder",
    api: API_FULFILLMENT_INBOUND_V0,
    method: Method::Put,
    path: "/fba/inbound/v0/shipments/{shipmentId}/preorder/confirm",
    reads: false,
    rate: 1.0,
    burst: 1,
    life: Life::Removed { on: date(2025, 1, 21), successor: "confirmPlacementOption fulfillment-inbound/2024-03-20" },
    parameters: "path shipmentId! text",
    ..PLAIN
};

/// `confirmReplenishmentOrder` of `awd/2024-05-09`.
pub const CONFIRM_REPLENISHMENT_ORDER: Operation = Operation {
    name: "confirmReplenishmentOrder",
    api: API_AWD_2024_05_09,
    method: Method::Post,
    path: "/awd/2024-05-09/replenishmentOrders/{orderId}/confirmation",
    reads: false,
    rate: 1.0,
    burst: 1,
    roles: &[Role::AmazonWarehousingAndDistribution],
    parameters: "path orderId! text",
    ..PLAIN
};

/// `confirmShipment` of `orders/v0`.
pub const CONFIRM_SHIPMENT: Operation = Operation {
    name: "confirmShipment",
    api: API_ORDERS_V0,
    method: Method::Post,
    path: "/orders/v0/orders/{orderId}/shipmentConfirmation",
    reads: false,
    rate: 2.0,
    burst: 10,
    body: Body::Required,
    roles: &[Role::InventoryAndOrderTracking, Role::DirectToConsumerShipping],
    parameters: "path orderId! text",
    ..PLAIN
};

/// `confirmShipmentContentUpdatePreview` of `fulfillment-inbound/2024-03-20`.
pub const CONFIRM_SHIPMENT_CONTENT_UPDATE_PREVIEW: Operation = Operation {
    name: "confirmShipmentContentUpdatePreview",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Post,
    path: "/inbound/fba/2024-03-20/inboundPlans/{inboundPlanId}/shipments/{shipmentId}/contentUpdatePreviews/{contentUpdatePreviewId}/confirmation",
    reads: false,
    rate: 2.0,
    burst: 30,
    roles: &[Role::AmazonFulfillment],
    parameters: "path inboundPlanId! text len=38..38 chars=a-zA-Z0-9-\n\
        path shipmentId! text len=38..38 chars=a-zA-Z0-9-\n\
        path contentUpdatePreviewId! text len=38..38 chars=a-zA-Z0-9-",
    ..PLAIN
};

/// `confirmTransport` of `fulfillment-inbound/v0`.
pub const CONFIRM_TRANSPORT: Operation = Operation {
    name: "confirmTransport",
    api: API_FULFILLMENT_INBOUND_V0,
    method: Method::Post,
    path: "/fba/inbound/v0/shipments/{shipmentId}/transport/confirm",
    reads: false,
    rate: 1.0,
    burst: 1,
    life: Life::Removed { on: date(2025, 1, 21), successor: "confirmTransportationOptions fulfillment-inbound/2024-03-20" },
    parameters: "path shipmentId! text",
    ..PLAIN
};

/// `confirmTransportationOptions` of `fulfillment-inbound/2024-03-20`.
pub const CONFIRM_TRANSPORTATION_OPTIONS: Operation = Operation {
    name: "confirmTransportationOptions",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Post,
    path: "/inbound/fba/2024-03-20/inboundPlans/{inboundPlanId}/transportationOptions/confirmation",
    reads: false,
    rate: 2.0,
    burst: 2,
    body: Body::Required,
    roles: &[Role::AmazonFulfillment],
    parameters: "path inboundPlanId! text len=38..38 chars=a-zA-Z0-9-",
    ..PLAIN
};

/// `createClaim` of `shipping/v2`.
pub const CREATE_CLAIM: Operation = Operation {
    name: "createClaim",
    api: API_SHIPPING_V2,
    method: Method::Post,
    path: "/shipping/v2/claims",
    reads: false,
    rate: 80.0,
    burst: 100,
    body: Body::Required,
    roles: &[Role::DirectToConsumerShipping],
    parameters: "header x-amzn-shipping-business-id text one=AmazonShipping_US|AmazonShipping_IN|AmazonShipping_UK|AmazonShipping_UAE|AmazonShipping_SA|AmazonShipping_EG|AmazonShipping_IT|AmazonShipping_ES|AmazonShipping_FR|AmazonShipping_JP",
    ..PLAIN
};

/// `createConfirmDeliveryDetails` of `messaging/v1`.
pub const CREATE_CONFIRM_DELIVERY_DETAILS: Operation = Operation {
    name: "createConfirmDeliveryDetails",
    api: API_MESSAGING_V1,
    method: Method::Post,
    path: "/messaging/v1/orders/{amazonOrderId}/messages/confirmDeliveryDetails",
    reads: false,
    rate: 1.0,
    burst: 5,
    body: Body::Required,
    roles: &[Role::BuyerCommunication],
    parameters: "path amazonOrderId! text\n\
        query marketplaceIds! list:text n=..1",
    ..PLAIN
};

/// `createConfirmOrderDetails` of `messaging/v1`.
pub const CREATE_CONFIRM_ORDER_DETAILS: Operation = Operation {
    name: "createConfirmOrderDetails",
    api: API_MESSAGING_V1,
    method: Method::Post,
    path: "/messaging/v1/orders/{amazonOrderId}/messages/confirmOrderDetails",
    reads: false,
    rate: 1.0,
    burst: 5,
    body: Body::Required,
    roles: &[Role::BuyerCommunication],
    parameters: "path amazonOrderId! text\n\
        query marketplaceIds! list:text n=..1",
    ..PLAIN
};

/// `createConfirmServiceDetails` of `messaging/v1`.
pub const CREATE_CONFIRM_SERVICE_DETAILS: Operation = Operation {
    name: "createConfirmServiceDetails",
    api: API_MESSAGING_V1,
    method: Method::Post,
    path: "/messaging/v1/orders/{amazonOrderId}/messages/confirmServiceDetails",
    reads: false,
    rate: 1.0,
    burst: 5,
    body: Body::Required,
    roles: &[Role::BuyerCommunication],
    parameters: "path amazonOrderId! text\n\
        query marketplaceIds! list:text n=..1",
    ..PLAIN
};

/// `createContainerLabel` of `vendor-direct-fulfillment-shipping/2021-12-28`.
pub const CREATE_CONTAINER_LABEL: Operation = Operation {
    name: "createContainerLabel",
    api: API_VENDOR_DIRECT_FULFILLMENT_SHIPPING_2021_12_28,
    method: Method::Post,
    path: "/vendor/directFulfillment/shipping/2021-12-28/containerLabel",
    reads: false,
    rate: 10.0,
    burst: 10,
    body: Body::Required,
    roles: &[Role::DirectToConsumerShipping],
    ..PLAIN
};

/// `createContentDocument` of `aplus-content/2020-11-01`.
pub const CREATE_CONTENT_DOCUMENT: Operation = Operation {
    name: "createContentDocument",
    api: API_APLUS_CONTENT_2020_11_01,
    method: Method::Post,
    path: "/aplus/2020-11-01/contentDocuments",
    reads: false,
    rate: 10.0,
    burst: 10,
    body: Body::Required,
    roles: &[Role::ProductListing, Role::BrandAnalytics],
    parameters: "query marketplaceId! text len=1..",
    ..PLAIN
};

/// `createDestination` of `notifications/v1`.
pub const CREATE_DESTINATION: Operation = Operation {
    name: "createDestination",
    api: API_NOTIFICATIONS_V1,
    method: Method::Post,
    path: "/notifications/v1/destinations",
    reads: false,
    rate: 1.0,
    burst: 5,
    body: Body::Required,
    roles: &[Role::SellingPartnerInsights, Role::InventoryAndOrderTracking, Role::AmazonFulfillment, Role::ProductListing, Role::Pricing, Role::FinanceAndAccounting, Role::BrandAnalytics],
    access: Access::Grantless("sellingpartnerapi::notifications"),
    ..PLAIN
};

/// `createDigitalAccessKey` of `messaging/v1`.
pub const CREATE_DIGITAL_ACCESS_KEY: Operation = Operation {
    name: "createDigitalAccessKey",
    api: API_MESSAGING_V1,
    method: Method::Post,
    path: "/messaging/v1/orders/{amazonOrderId}/messages/digitalAccessKey",
    reads: false,
    rate: 1.0,
    burst: 5,
    body: Body::Required,
    roles: &[Role::BuyerCommunication],
    parameters: "path amazonOrderId! text\n\
        query marketplaceIds! list:text n=..1",
    ..PLAIN
};

/// `createFeed` of `feeds/2021-06-30`.
pub const CREATE_FEED: Operation = Operation {
    name: "createFeed",
    api: API_FEEDS_2021_06_30,
    method: Method::Post,
    path: "/feeds/2021-06-30/feeds",
    reads: false,
    rate: 0.0083,
    burst: 15,
    body: Body::Required,
    roles: &[Role::ProductListing, Role::Pricing, Role::AmazonFulfillment, Role::InventoryAndOrderTracking],
    ..PLAIN
};

/// `createFeedDocument` of `feeds/2021-06-30`.
pub const CREATE_FEED_DOCUMENT: Operation = Operation {
    name: "createFeedDocument",
    api: API_FEEDS_2021_06_30,
    method: Method::Post,
    path: "/feeds/2021-06-30/documents",
    reads: false,
    rate: 0.5,
    burst: 15,
    body: Body::Required,
    roles: &[Role::ProductListing, Role::Pricing, Role::AmazonFulfillment, Role::InventoryAndOrderTracking],
    ..PLAIN
};

/// `createFulfillmentOrder` of `fulfillment-outbound/2020-07-01`.
pub const CREATE_FULFILLMENT_ORDER: Operation = Operation {
    name: "createFulfillmentOrder",
    api: API_FULFILLMENT_OUTBOUND_2020_07_01,
    method: Method::Post,
    path: "/fba/outbound/2020-07-01/fulfillmentOrders",
    reads: false,
    rate: 2.0,
    burst: 30,
    body: Body::Required,
    roles: &[Role::AmazonFulfillment],
    life: Life::Superseded { successor: "createOrder fulfillment-outbound/2026-07-04" },
    ..PLAIN
};

/// `createFulfillmentReturn` of `fulfillment-outbound/2020-07-01`.
pub const CREATE_FULFILLMENT_RETURN: Operation = Operation {
    name: "createFulfillmentReturn",
    api: API_FULFILLMENT_OUTBOUND_2020_07_01,
    method: Method::Put,
    path: "/fba/outbound/2020-07-01/fulfillmentOrders/{sellerFulfillmentOrderId}/return",
    reads: false,
    rate: 2.0,
    burst: 30,
    body: Body::Required,
    roles: &[Role::AmazonFulfillment],
    parameters: "path sellerFulfillmentOrderId! text",
    ..PLAIN
};

/// `createGovernmentInvoice` of `invoices/2024-06-19`.
pub const CREATE_GOVERNMENT_INVOICE: Operation = Operation {
    name: "createGovernmentInvoice",
    api: API_INVOICES_2024_06_19,
    method: Method::Post,
    path: "/tax/invoices/2024-06-19/governmentInvoiceRequests",
    reads: false,
    rate: 1.0,
    burst: 1,
    body: Body::Required,
    roles: &[Role::TaxInvoicing],
    ..PLAIN
};

/// `createInbound` of `awd/2024-05-09`.
pub const CREATE_INBOUND: Operation = Operation {
    name: "createInbound",
    api: API_AWD_2024_05_09,
    method: Method::Post,
    path: "/awd/2024-05-09/inboundOrders",
    reads: false,
    rate: 1.0,
    burst: 1,
    body: Body::Required,
    roles: &[Role::AmazonWarehousingAndDistribution],
    ..PLAIN
};

/// `createInboundPlan` of `fulfillment-inbound/2024-03-20`.
pub const CREATE_INBOUND_PLAN: Operation = Operation {
    name: "createInboundPlan",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Post,
    path: "/inbound/fba/2024-03-20/inboundPlans",
    reads: false,
    rate: 2.0,
    burst: 2,
    body: Body::Required,
    roles: &[Role::AmazonFulfillment],
    ..PLAIN
};

/// `createInboundShipment` of `fulfillment-inbound/v0`.
pub const CREATE_INBOUND_SHIPMENT: Operation = Operation {
    name: "createInboundShipment",
    api: API_FULFILLMENT_INBOUND_V0,
    method: Method::Post,
    path: "/fba/inbound/v0/shipments/{shipmentId}",
    reads: false,
    rate: 1.0,
    burst: 1,
    life: Life::Removed { on: date(2025, 1, 21), successor: "confirmPlacementOption fulfillment-inbound/2024-03-20" },
    parameters: "path shipmentId! text",
    ..PLAIN
};

/// `createInboundShipmentPlan` of `fulfillment-inbound/v0`.
pub const CREATE_INBOUND_SHIPMENT_PLAN: Operation = Operation {
    name: "createInboundShipmentPlan",
    api: API_FULFILLMENT_INBOUND_V0,
    method: Method::Post,
    path: "/fba/inbound/v0/plans",
    reads: false,
    rate: 1.0,
    burst: 1,
    life: Life::Removed { on: date(2025, 1, 21), successor: "createInboundPlan fulfillment-inbound/2024-03-20" },
    ..PLAIN
};

/// `createInventoryItem` of `fba-inventory/v1`.
pub const CREATE_INVENTORY_ITEM: Operation = Operation {
    name: "createInventoryItem",
    api: API_FBA_INVENTORY_V1,
    method: Method::Post,
    path: "/fba/inventory/v1/items",
    reads: false,
    rate: 2.0,
    burst: 3,
    body: Body::Required,
    roles: &[Role::AmazonFulfillment, Role::ProductListing],
    ..PLAIN
};

/// `createInvoicesExport` of `invoices/2024-06-19`.
pub const CREATE_INVOICES_EXPORT: Operation = Operation {
    name: "createInvoicesExport",
    api: API_INVOICES_2024_06_19,
    method: Method::Post,
    path: "/tax/invoices/2024-06-19/exports",
    reads: false,
    rate: 1.0,
    burst: 1,
    body: Body::Required,
    roles: &[Role::TaxInvoicing],
    ..PLAIN
};

/// `createLegalDisclosure` of `messaging/v1`.
pub const CREATE_LEGAL_DISCLOSURE: Operation = Operation {
    name: "createLegalDisclosure",
    api: API_MESSAGING_V1,
    method: Method::Post,
    path: "/messaging/v1/orders/{amazonOrderId}/messages/legalDisclosure",
    reads: false,
    rate: 1.0,
    burst: 5,
    body: Body::Required,
    roles: &[Role::BuyerCommunication],
    parameters: "path amazonOrderId! text\n\
        query marketplaceIds! list:text n=..1",
    ..PLAIN
};

/// `createMarketplaceItemLabels` of `fulfillment-inbound/2024-03-20`.
pub const CREATE_MARKETPLACE_ITEM_LABELS: Operation = Operation {
    name: "createMarketplaceItemLabels",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Post,
    path: "/inbound/fba/2024-03-20/items/labels",
    reads: false,
    rate: 2.0,
    burst: 30,
    body: Body::Required,
    roles: &[Role::AmazonFulfillment],
    ..PLAIN
};

/// `createMedia` of `aplus-content/2020-11-01`.
pub const CREATE_MEDIA: Operation = Operation {
    name: "createMedia",
    api: API_APLUS_CONTENT_2020_11_01,
    method: Method::Post,
    path: "/aplus/2020-11-01/media",
    reads: false,
    rate: 10.0,
    burst: 10,
    body: Body::Required,
    roles: &[Role::ProductListing, Role::BrandAnalytics],
    ..PLAIN
};

/// `createNotification` of `app-integrations/2024-04-01`.
pub const CREATE_NOTIFICATION: Operation = Operation {
    name: "createNotification",
    api: API_APP_INTEGRATIONS_2024_04_01,
    method: Method::Post,
    path: "/appIntegrations/2024-04-01/notifications",
    reads: false,
    rate: 1.0,
    burst: 5,
    body: Body::Required,
    roles: &[Role::SellingPartnerInsights],
    ..PLAIN
};

/// `createOrder` of `fulfillment-outbound/2026-07-04`.
pub const CREATE_ORDER: Operation = Operation {
    name: "createOrder",
    api: API_FULFILLMENT_OUTBOUND_2026_07_04,
    method: Method::Post,
    path: "/fulfillment/outbound/2026-07-04/orders",
    reads: false,
    rate: 2.0,
    burst: 30,
    body: Body::Required,
    roles: &[Role::AmazonFulfillment],
    parameters: "header x-amzn-fulfillment-service-id text len=..40",
    ..PLAIN
};

/// `createOutbound` of `awd/2024-05-09`.
pub const CREATE_OUTBOUND: Operation = Operation {
    name: "createOutbound",
    api: API_AWD_2024_05_09,
    method: Method::Post,
    path: "/awd/2024-05-09/outboundOrders",
    reads: false,
    rate: 1.0,
    burst: 1,
    body: Body::Required,
    roles: &[Role::AmazonWarehousingAndDistribution],
    ..PLAIN
};

/// `createPackages` of `external-fulfillment-shipments/2024-09-11`.
pub const CREATE_PACKAGES: Operation = Operation {
    name: "createPackages",
    api: API_EXTERNAL_FULFILLMENT_SHIPMENTS_2024_09_11,
    method: Method::Post,
    path: "/externalFulfillment/2024-09-11/shipments/{shipmentId}/packages",
    reads: false,
    rate: 1.0,
    burst: 1,
    body: Body::Required,
    roles: &[Role::DirectToConsumerShipping],
    parameters: "path shipmentId! text",
    ..PLAIN
};

/// `createProductReviewAndSellerFeedbackSolicitation` of `solicitations/v1`.
pub const CREATE_PRODUCT_REVIEW_AND_SELLER_FEEDBACK_SOLICITATION: Operation = Operation {
    name: "createProductReviewAndSellerFeedbackSolicitation",
    api: API_SOLICITATIONS_V1,
    method: Method::Post,
    path: "/solicitations/v1/orders/{amazonOrderId}/solicitations/productReviewAndSellerFeedback",
    reads: false,
    rate: 1.0,
    burst: 5,
    roles: &[Role::BuyerSolicitation],
    parameters: "path amazonOrderId! text\n\
        query marketplaceIds! list:text n=..1",
    ..PLAIN
};

/// `createQuery` of `data-kiosk/2023-11-15`.
pub const CREATE_QUERY: Operation = Operation {
    name: "createQuery",
    api: API_DATA_KIOSK_2023_11_15,
    method: Method::Post,
    path: "/dataKiosk/2023-11-15/queries",
    reads: false,
    rate: 0.0167,
    burst: 15,
    body: Body::Required,
    roles: &[Role::BrandAnalytics],
    pages: Some(&Pages { find: "", via: Via::Body("paginationToken"), filters: Filters::Repeat }),
    ..PLAIN
};

/// `createReplenishmentOrder` of `awd/2024-05-09`.
pub const CREATE_REPLENISHMENT_ORDER: Operation = Operation {
    name: "createReplenishmentOrder",
    api: API_AWD_2024_05_09,
    method: Method::Post,
    path: "/awd/2024-05-09/replenishmentOrders",
    reads: false,
    rate: 1.0,
    burst: 1,
    body: Body::Required,
    roles: &[Role::AmazonWarehousingAndDistribution],
    ..PLAIN
};

/// `createReport` of `reports/2021-06-30`.
pub const CREATE_REPORT: Operation = Operation {
    name: "createReport",
    api: API_REPORTS_2021_06_30,
    method: Method::Post,
    path: "/reports/2021-06-30/reports",
    reads: false,
    rate: 0.0167,
    burst: 15,
    body: Body::Required,
    roles: &[Role::InventoryAndOrderTracking, Role::AmazonFulfillment, Role::FinanceAndAccounting, Role::Pricing, Role::ProductListing, Role::BrandAnalytics, Role::SellingPartnerInsights, Role::DirectToConsumerShipping, Role::TaxInvoicing, Role::TaxRemittance],
    ..PLAIN
};

/// `createReportSchedule` of `reports/2021-06-30`.
pub const CREATE_REPORT_SCHEDULE: Operation = Operation {
    name: "createReportSchedule",
    api: API_REPORTS_2021_06_30,
    method: Method::Post,
    path: "/reports/2021-06-30/schedules",
    reads: false,
    rate: 0.0222,
    burst: 10,
    body: Body::Required,
    roles: &[Role::InventoryAndOrderTracking, Role::AmazonFulfillment, Role::FinanceAndAccounting, Role::Pricing, Role::ProductListing, Role::BrandAnalytics, Role::SellingPartnerInsights, Role::DirectToConsumerShipping, Role::TaxInvoicing, Role::TaxRemittance],
    ..PLAIN
};

/// `createReservation` of `services/v1`.
pub const CREATE_RESERVATION: Operation = Operation {
    name: "createReservation",
    api: API_SERVICES_V1,
    method: Method::Post,
    path: "/service/v1/reservation",
    reads: false,
    rate: 5.0,
    burst: 20,
    body: Body::Required,
    roles: &[Role::ProfessionalServices],
    parameters: "query marketplaceIds! list:text n=..1",
    ..PLAIN
};

/// `createRestrictedDataToken` of `tokens/2021-03-01`.
pub const CREATE_RESTRICTED_DATA_TOKEN: Operation = Operation {
    name: "createRestrictedDataToken",
    api: API_TOKENS_2021_03_01,
    method: Method::Post,
    path: "/tokens/2021-03-01/restrictedDataToken",
    reads: false,
    rate: 1.0,
    burst: 10,
    body: Body::Required,
    roles: &[Role::DirectToConsumerShipping, Role::TaxInvoicing, Role::TaxRemittance, Role::ProfessionalServices],
    ..PLAIN
};

/// `createSandboxLocation` of `external-fulfillment-location/2026-07-30`.
pub const CREATE_SANDBOX_LOCATION: Operation = Operation {
    name: "createSandboxLocation",
    api: API_EXTERNAL_FULFILLMENT_LOCATION_2026_07_30,
    method: Method::Post,
    path: "/externalFulfillment/2026-07-30/location",
    reads: false,
    rate: 1.0,
    burst: 1,
    body: Body::Required,
    roles: &[Role::InventoryAndOrderTracking],
    sandbox_only: true,
    ..PLAIN
};

/// `createSandboxShipment` of `external-fulfillment-shipments/2024-09-11`.
pub const CREATE_SANDBOX_SHIPMENT: Operation = Operation {
    name: "createSandboxShipment",
    api: API_EXTERNAL_FULFILLMENT_SHIPMENTS_2024_09_11,
    method: Method::Post,
    path: "/externalFulfillment/2024-09-11/shipments",
    reads: false,
    rate: 1.0,
    burst: 1,
    body: Body::Required,
    roles: &[Role::DirectToConsumerShipping],
    sandbox_only: true,
    ..PLAIN
};

/// `createScheduledPackage` of `easy-ship/2022-03-23`.
pub const CREATE_SCHEDULED_PACKAGE: Operation = Operation {
    name: "createScheduledPackage",
    api: API_EASY_SHIP_2022_03_23,
    method: Method::Post,
    path: "/easyShip/2022-03-23/package",
    reads: false,
    rate: 1.0,
    burst: 5,
    body: Body::Required,
    roles: &[Role::DirectToConsumerShipping],
    ..PLAIN
};

/// `createScheduledPackageBulk` of `easy-ship/2022-03-23`.
pub const CREATE_SCHEDULED_PACKAGE_BULK: Operation = Operation {
    name: "createScheduledPackageBulk",
    api: API_EASY_SHIP_2022_03_23,
    method: Method::Post,
    path: "/easyShip/2022-03-23/packages/bulk",
    reads: false,
    rate: 1.0,
    burst: 5,
    body: Body::Required,
    roles: &[Role::DirectToConsumerShipping],
    access: Access::Restricted,
    ..PLAIN
};

/// `createServiceDocumentUploadDestination` of `services/v1`.
pub const CREATE_SERVICE_DOCUMENT_UPLOAD_DESTINATION: Operation = Operation {
    name: "createServiceDocumentUploadDestination",
    api: API_SERVICES_V1,
    method: Method::Post,
    path: "/service/v1/documents",
    reads: false,
    rate: 5.0,
    burst: 20,
    body: Body::Required,
    roles: &[Role::ProfessionalServices],
    ..PLAIN
};

/// `createShipment` of `merchant-fulfillment/v0`.
pub const CREATE_SHIPMENT_MERCHANT_FULFILLMENT_V0: Operation = Operation {
    name: "createShipment",
    api: API_MERCHANT_FULFILLMENT_V0,
    method: Method::Post,
    path: "/mfn/v0/shipments",
    reads: false,
    rate: 2.0,
    burst: 2,
    body: Body::Required,
    roles: &[Role::DirectToConsumerShipping],
    access: Access::Restricted,
    ..PLAIN
};

/// `createShipment` of `shipping/v1`.
pub const CREATE_SHIPMENT_SHIPPING_V1: Operation = Operation {
    name: "createShipment",
    api: API_SHIPPING_V1,
    method: Method::Post,
    path: "/shipping/v1/shipments",
    reads: false,
    rate: 5.0,
    burst: 15,
    body: Body::Required,
    roles: &[Role::DirectToConsumerShipping],
    life: Life::Superseded { successor: "purchaseShipment shipping/v2" },
    ..PLAIN
};

/// `createShippingLabels` of `vendor-direct-fulfillment-shipping/2021-12-28`.
pub const CREATE_SHIPPING_LABELS: Operation = Operation {
    name: "createShippingLabels",
    api: API_VENDOR_DIRECT_FULFILLMENT_SHIPPING_2021_12_28,
    method: Method::Post,
    path: "/vendor/directFulfillment/shipping/2021-12-28/shippingLabels/{purchaseOrderNumber}",
    reads: false,
    rate: 10.0,
    burst: 10,
    body: Body::Required,
    roles: &[Role::DirectToConsumerShipping],
    parameters: "path purchaseOrderNumber! text chars=a-zA-Z0-9",
    ..PLAIN
};

/// `createSubscription` of `notifications/v1`.
pub const CREATE_SUBSCRIPTION: Operation = Operation {
    name: "createSubscription",
    api: API_NOTIFICATIONS_V1,
    method: Method::Post,
    path: "/notifications/v1/subscriptions/{notificationType}",
    reads: false,
    rate: 1.0,
    burst: 5,
    body: Body::Required,
    roles: &[Role::SellingPartnerInsights, Role::InventoryAndOrderTracking, Role::AmazonFulfillment, Role::ProductListing, Role::Pricing, Role::FinanceAndAccounting, Role::BrandAnalytics],
    parameters: "path notificationType! text",
    ..PLAIN
};

/// `createSupplySource` of `supply-sources/2020-07-01`.
pub const CREATE_SUPPLY_SOURCE: Operation = Operation {
    name: "createSupplySource",
    api: API_SUPPLY_SOURCES_2020_07_01,
    method: Method::Post,
    path: "/supplySources/2020-07-01/supplySources",
    reads: false,
    rate: 2.0,
    burst: 2,
    body: Body::Required,
    roles: &[Role::InventoryAndOrderTracking],
    ..PLAIN
};

/// `createTransaction` of `seller-wallet/2024-03-01`.
pub const CREATE_TRANSACTION: Operation = Operation {
    name: "createTransaction",
    api: API_SELLER_WALLET_2024_03_01,
    method: Method::Post,
    path: "/finances/transfers/wallet/2024-03-01/transactions",
    reads: false,
    rate: 1.0,
    burst: 10,
    body: Body::Required,
    roles: &[Role::FinanceAndAccounting],
    parameters: "header destAccountDigitalSignature! text\n\
        header amountDigitalSignature! text\n\
        query marketplaceId! text",
    ..PLAIN
};

/// `createTransferSchedule` of `seller-wallet/2024-03-01`.
pub const CREATE_TRANSFER_SCHEDULE: Operation = Operation {
    name: "createTransferSchedule",
    api: API_SELLER_WALLET_2024_03_01,
    method: Method::Post,
    path: "/finances/transfers/wallet/2024-03-01/transferSchedules",
    reads: false,
    rate: 1.0,
    burst: 10,
    body: Body::Required,
    roles: &[Role::FinanceAndAccounting],
    parameters: "header destAccountDigitalSignature! text\n\
        header amountDigitalSignature! text\n\
        query marketplaceId! text",
    ..PLAIN
};

/// `createUnexpectedProblem` of `messaging/v1`.
pub const CREATE_UNEXPECTED_PROBLEM: Operation = Operation {
    name: "createUnexpectedProblem",
    api: API_MESSAGING_V1,
    method: Method::Post,
    path: "/messaging/v1/orders/{amazonOrderId}/messages/unexpectedProblem",
    reads: false,
    rate: 1.0,
    burst: 5,
    body: Body::Required,
    roles: &[Role::BuyerCommunication],
    parameters: "path amazonOrderId! text\n\
        query marketplaceIds! list:text n=..1",
    ..PLAIN
};

/// `createUploadDestinationForResource` of `uploads/2020-11-01`.
pub const CREATE_UPLOAD_DESTINATION_FOR_RESOURCE: Operation = Operation {
    name: "createUploadDestinationForResource",
    api: API_UPLOADS_2020_11_01,
    method: Method::Post,
    path: "/uploads/2020-11-01/uploadDestinations/{resource}",
    reads: false,
    rate: 10.0,
    burst: 10,
    roles: &[Role::ProductListing, Role::BuyerCommunication, Role::AmazonFulfillment],
    parameters: "query marketplaceIds! list:text n=..1\n\
        query contentMD5! text\n\
        path resource! text slashes\n\
        query contentType text",
    ..PLAIN
};

/// `deleteDestination` of `notifications/v1`.
pub const DELETE_DESTINATION: Operation = Operation {
    name: "deleteDestination",
    api: API_NOTIFICATIONS_V1,
    method: Method::Delete,
    path: "/notifications/v1/destinations/{destinationId}",
    reads: false,
    rate: 1.0,
    burst: 5,
    roles: &[Role::SellingPartnerInsights, Role::InventoryAndOrderTracking, Role::AmazonFulfillment, Role::ProductListing, Role::Pricing, Role::FinanceAndAccounting, Role::BrandAnalytics],
    access: Access::Grantless("sellingpartnerapi::notifications"),
    parameters: "path destinationId! text",
    ..PLAIN
};

/// `deleteInventoryItem` of `fba-inventory/v1`.
pub const DELETE_INVENTORY_ITEM: Operation = Operation {
    name: "deleteInventoryItem",
    api: API_FBA_INVENTORY_V1,
    method: Method::Delete,
    path: "/fba/inventory/v1/items/{sellerSku}",
    reads: false,
    rate: 2.0,
    burst: 3,
    roles: &[Role::AmazonFulfillment, Role::ProductListing],
    parameters: "path sellerSku! text\n\
        query marketplaceId! text",
    ..PLAIN
};

/// `deleteListingsItem` of `listings-items/2020-09-01`.
pub const DELETE_LISTINGS_ITEM_LISTINGS_ITEMS_2020_09_01: Operation = Operation {
    name: "deleteListingsItem",
    api: API_LISTINGS_ITEMS_2020_09_01,
    method: Method::Delete,
    path: "/listings/2020-09-01/items/{sellerId}/{sku}",
    reads: false,
    rate: 5.0,
    burst: 10,
    roles: &[Role::ProductListing],
    parameters: "path sellerId! text\n\
        path sku! text\n\
        query marketplaceIds! list:text\n\
        query issueLocale text",
    ..PLAIN
};

/// `deleteListingsItem` of `listings-items/2021-08-01`.
pub const DELETE_LISTINGS_ITEM_LISTINGS_ITEMS_2021_08_01: Operation = Operation {
    name: "deleteListingsItem",
    api: API_LISTINGS_ITEMS_2021_08_01,
    method: Method::Delete,
    path: "/listings/2021-08-01/items/{sellerId}/{sku}",
    reads: false,
    rate: 5.0,
    burst: 5,
    roles: &[Role::ProductListing, Role::InventoryAndOrderTracking],
    parameters: "path sellerId! text\n\
        path sku! text\n\
        query marketplaceIds! list:text n=..1\n\
        query issueLocale text",
    ..PLAIN
};

/// `deleteNotifications` of `app-integrations/2024-04-01`.
pub const DELETE_NOTIFICATIONS: Operation = Operation {
    name: "deleteNotifications",
    api: API_APP_INTEGRATIONS_2024_04_01,
    method: Method::Post,
    path: "/appIntegrations/2024-04-01/notifications/deletion",
    reads: false,
    rate: 1.0,
    burst: 5,
    body: Body::Required,
    roles: &[Role::SellingPartnerInsights],
    ..PLAIN
};

/// `deleteScheduleTransaction` of `seller-wallet/2024-03-01`.
pub const DELETE_SCHEDULE_TRANSACTION: Operation = Operation {
    name: "deleteScheduleTransaction",
    api: API_SELLER_WALLET_2024_03_01,
    method: Method::Delete,
    path: "/finances/transfers/wallet/2024-03-01/transferSchedules/{transferScheduleId}",
    reads: false,
    rate: 1.0,
    burst: 10,
    roles: &[Role::FinanceAndAccounting],
    parameters: "path transferScheduleId! text\n\
        query marketplaceId! text",
    ..PLAIN
};

/// `deleteSubscriptionById` of `notifications/v1`.
pub const DELETE_SUBSCRIPTION_BY_ID: Operation = Operation {
    name: "deleteSubscriptionById",
    api: API_NOTIFICATIONS_V1,
    method: Method::Delete,
    path: "/notifications/v1/subscriptions/{notificationType}/{subscriptionId}",
    reads: false,
    rate: 1.0,
    burst: 5,
    roles: &[Role::SellingPartnerInsights, Role::InventoryAndOrderTracking, Role::AmazonFulfillment, Role::ProductListing, Role::Pricing, Role::FinanceAndAccounting, Role::BrandAnalytics],
    access: Access::Grantless("sellingpartnerapi::notifications"),
    parameters: "path subscriptionId! text\n\
        path notificationType! text",
    ..PLAIN
};

/// `deliveryOffers` of `fulfillment-outbound/2020-07-01`.
pub const DELIVERY_OFFERS: Operation = Operation {
    name: "deliveryOffers",
    api: API_FULFILLMENT_OUTBOUND_2020_07_01,
    method: Method::Post,
    path: "/fba/outbound/2020-07-01/deliveryOffers",
    reads: true,
    rate: 5.0,
    burst: 30,
    body: Body::Required,
    roles: &[Role::AmazonFulfillment],
    life: Life::Superseded { successor: "getOffers fulfillment-outbound/2026-07-04" },
    ..PLAIN
};

/// `directPurchaseShipment` of `shipping/v2`.
pub const DIRECT_PURCHASE_SHIPMENT: Operation = Operation {
    name: "directPurchaseShipment",
    api: API_SHIPPING_V2,
    method: Method::Post,
    path: "/shipping/v2/shipments/directPurchase",
    reads: false,
    rate: 80.0,
    burst: 100,
    body: Body::Required,
    roles: &[Role::DirectToConsumerShipping],
    parameters: "header x-amzn-IdempotencyKey text\n\
        header locale text\n\
        header x-amzn-shipping-business-id text one=AmazonShipping_US|AmazonShipping_IN|AmazonShipping_UK|AmazonShipping_UAE|AmazonShipping_SA|AmazonShipping_EG|AmazonShipping_IT|AmazonShipping_ES|AmazonShipping_FR|AmazonShipping_JP",
    ..PLAIN
};

/// `estimateTransport` of `fulfillment-inbound/v0`.
pub const ESTIMATE_TRANSPORT: Operation = Operation {
    name: "estimateTransport",
    api: API_FULFILLMENT_INBOUND_V0,
    method: Method::Post,
    path: "/fba/inbound/v0/shipments/{shipmentId}/transport/estimate",
    reads: false,
    rate: 1.0,
    burst: 1,
    life: Life::Removed { on: date(2025, 1, 21), successor: "generateTransportationOptions fulfillment-inbound/2024-03-20" },
    parameters: "path shipmentId! text",
    ..PLAIN
};

/// `generateCollectionForm` of `shipping/v2`.
pub const GENERATE_COLLECTION_FORM: Operation = Operation {
    name: "generateCollectionForm",
    api: API_SHIPPING_V2,
    method: Method::Post,
    path: "/shipping/v2/collectionForms",
    reads: false,
    rate: 80.0,
    burst: 100,
    body: Body::Required,
    roles: &[Role::DirectToConsumerShipping],
    parameters: "header x-amzn-IdempotencyKey text\n\
        header x-amzn-shipping-business-id text one=AmazonShipping_US|AmazonShipping_IN|AmazonShipping_UK|AmazonShipping_UAE|AmazonShipping_SA|AmazonShipping_EG|AmazonShipping_IT|AmazonShipping_ES|AmazonShipping_FR|AmazonShipping_JP",
    ..PLAIN
};

/// `generateDeliveryWindowOptions` of `fulfillment-inbound/2024-03-20`.
pub const GENERATE_DELIVERY_WINDOW_OPTIONS: Operation = Operation {
    name: "generateDeliveryWindowOptions",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Post,
    path: "/inbound/fba/2024-03-20/inboundPlans/{inboundPlanId}/shipments/{shipmentId}/deliveryWindowOptions",
    reads: false,
    rate: 2.0,
    burst: 30,
    roles: &[Role::AmazonFulfillment],
    parameters: "path inboundPlanId! text len=38..38 chars=a-zA-Z0-9-\n\
        path shipmentId! text len=38..38 chars=a-zA-Z0-9-",
    ..PLAIN
};

/// `generateInvoice` of `external-fulfillment-shipments/2024-09-11`.
pub const GENERATE_INVOICE: Operation = Operation {
    name: "generateInvoice",
    api: API_EXTERNAL_FULFILLMENT_SHIPMENTS_2024_09_11,
    method: Method::Post,
    path: "/externalFulfillment/2024-09-11/shipments/{shipmentId}/invoice",
    reads: false,
    rate: 1.0,
    burst: 1,
    roles: &[Role::DirectToConsumerShipping],
    parameters: "path shipmentId! text",
    ..PLAIN
};

/// `generateOrderScenarios` of `vendor-direct-fulfillment-sandbox-data/2021-10-28`.
pub const GENERATE_ORDER_SCENARIOS: Operation = Operation {
    name: "generateOrderScenarios",
    api: API_VENDOR_DIRECT_FULFILLMENT_SANDBOX_DATA_2021_10_28,
    method: Method::Post,
    path: "/vendor/directFulfillment/sandbox/2021-10-28/orders",
    reads: false,
    rate: 1.0,
    burst: 1,
    body: Body::Required,
    roles: &[Role::DirectToConsumerShipping],
    sandbox_only: true,
    ..PLAIN
};

/// `generatePackingOptions` of `fulfillment-inbound/2024-03-20`.
pub const GENERATE_PACKING_OPTIONS: Operation = Operation {
    name: "generatePackingOptions",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Post,
    path: "/inbound/fba/2024-03-20/inboundPlans/{inboundPlanId}/packingOptions",
    reads: false,
    rate: 2.0,
    burst: 2,
    roles: &[Role::AmazonFulfillment],
    parameters: "path inboundPlanId! text len=38..38 chars=a-zA-Z0-9-",
    ..PLAIN
};

/// `generatePlacementOptions` of `fulfillment-inbound/2024-03-20`.
pub const GENERATE_PLACEMENT_OPTIONS: Operation = Operation {
    name: "generatePlacementOptions",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Post,
    path: "/inbound/fba/2024-03-20/inboundPlans/{inboundPlanId}/placementOptions",
    reads: false,
    rate: 2.0,
    burst: 2,
    body: Body::Required,
    roles: &[Role::AmazonFulfillment],
    parameters: "path inboundPlanId! text len=38..38 chars=a-zA-Z0-9-",
    ..PLAIN
};

/// `generateSelfShipAppointmentSlots` of `fulfillment-inbound/2024-03-20`.
pub const GENERATE_SELF_SHIP_APPOINTMENT_SLOTS: Operation = Operation {
    name: "generateSelfShipAppointmentSlots",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Post,
    path: "/inbound/fba/2024-03-20/inboundPlans/{inboundPlanId}/shipments/{shipmentId}/selfShipAppointmentSlots",
    reads: false,
    rate: 2.0,
    burst: 2,
    body: Body::Required,
    roles: &[Role::AmazonFulfillment],
    parameters: "path inboundPlanId! text len=38..38 chars=a-zA-Z0-9-\n\
        path shipmentId! text len=38..38 chars=a-zA-Z0-9-",
    ..PLAIN
};

/// `generateShipLabels` of `external-fulfillment-shipments/2024-09-11`.
pub const GENERATE_SHIP_LABELS: Operation = Operation {
    name: "generateShipLabels",
    api: API_EXTERNAL_FULFILLMENT_SHIPMENTS_2024_09_11,
    method: Method::Put,
    path: "/externalFulfillment/2024-09-11/shipments/{shipmentId}/shipLabels",
    reads: false,
    rate: 1.0,
    burst: 1,
    body: Body::Optional,
    roles: &[Role::DirectToConsumerShipping],
    parameters: "path shipmentId! text\n\
        query shippingOptionId text\n\
        query operation! text one=GENERATE|REGENERATE",
    ..PLAIN
};

/// `generateShipmentContentUpdatePreviews` of `fulfillment-inbound/2024-03-20`.
pub const GENERATE_SHIPMENT_CONTENT_UPDATE_PREVIEWS: Operation = Operation {
    name: "generateShipmentContentUpdatePreviews",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Post,
    path: "/inbound/fba/2024-03-20/inboundPlans/{inboundPlanId}/shipments/{shipmentId}/contentUpdatePreviews",
    reads: false,
    rate: 2.0,
    burst: 30,
    body: Body::Required,
    roles: &[Role::AmazonFulfillment],
    parameters: "path inboundPlanId! text len=38..38 chars=a-zA-Z0-9-\n\
        path shipmentId! text len=38..38 chars=a-zA-Z0-9-",
    ..PLAIN
};

/// `generateTransportationOptions` of `fulfillment-inbound/2024-03-20`.
pub const GENERATE_TRANSPORTATION_OPTIONS: Operation = Operation {
    name: "generateTransportationOptions",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Post,
    path: "/inbound/fba/2024-03-20/inboundPlans/{inboundPlanId}/transportationOptions",
    reads: false,
    rate: 2.0,
    burst: 2,
    body: Body::Required,
    roles: &[Role::AmazonFulfillment],
    parameters: "path inboundPlanId! text len=38..38 chars=a-zA-Z0-9-",
    ..PLAIN
};

/// `getAccessPoints` of `shipping/v2`.
pub const GET_ACCESS_POINTS: Operation = Operation {
    name: "getAccessPoints",
    api: API_SHIPPING_V2,
    method: Method::Get,
    path: "/shipping/v2/accessPoints",
    reads: true,
    rate: 80.0,
    burst: 100,
    roles: &[Role::DirectToConsumerShipping],
    parameters: "query accessPointTypes! list:text one=HELIX|CAMPUS_LOCKER|OMNI_LOCKER|ODIN_LOCKER|DOBBY_LOCKER|CORE_LOCKER|3P|CAMPUS_ROOM\n\
        query countryCode! text\n\
        query postalCode! text\n\
        header x-amzn-shipping-business-id text one=AmazonShipping_US|AmazonShipping_IN|AmazonShipping_UK|AmazonShipping_UAE|AmazonShipping_SA|AmazonShipping_EG|AmazonShipping_IT|AmazonShipping_ES|AmazonShipping_FR|AmazonShipping_JP",
    ..PLAIN
};

/// `getAccount` of `seller-wallet/2024-03-01`.
pub const GET_ACCOUNT_SELLER_WALLET_2024_03_01: Operation = Operation {
    name: "getAccount",
    api: API_SELLER_WALLET_2024_03_01,
    method: Method::Get,
    path: "/finances/transfers/wallet/2024-03-01/accounts/{accountId}",
    reads: true,
    rate: 1.0,
    burst: 15,
    roles: &[Role::FinanceAndAccounting],
    parameters: "path accountId! text\n\
        query marketplaceId! text",
    ..PLAIN
};

/// `getAccount` of `sellers/v1`.
pub const GET_ACCOUNT_SELLERS_V1: Operation = Operation {
    name: "getAccount",
    api: API_SELLERS_V1,
    method: Method::Get,
    path: "/sellers/v1/account",
    reads: true,
    rate: 0.016,
    burst: 15,
    roles: &[Role::SellingPartnerInsights, Role::FinanceAndAccounting, Role::AccountInformationServiceProvider],
    ..PLAIN
};

/// `getAccount` of `shipping/v1`.
pub const GET_ACCOUNT_SHIPPING_V1: Operation = Operation {
    name: "getAccount",
    api: API_SHIPPING_V1,
    method: Method::Get,
    path: "/shipping/v1/account",
    reads: true,
    rate: 5.0,
    burst: 15,
    roles: &[Role::DirectToConsumerShipping],
    life: Life::Superseded { successor: "getCarrierAccounts shipping/v2" },
    ..PLAIN
};

/// `getAdditionalInputs` of `shipping/v2`.
pub const GET_ADDITIONAL_INPUTS: Operation = Operation {
    name: "getAdditionalInputs",
    api: API_SHIPPING_V2,
    method: Method::Get,
    path: "/shipping/v2/shipments/additionalInputs/schema",
    reads: true,
    rate: 80.0,
    burst: 100,
    roles: &[Role::DirectToConsumerShipping],
    parameters: "query requestToken! text\n\
        query rateId! text\n\
        header x-amzn-shipping-business-id text one=AmazonShipping_US|AmazonShipping_IN|AmazonShipping_UK|AmazonShipping_UAE|AmazonShipping_SA|AmazonShipping_EG|AmazonShipping_IT|AmazonShipping_ES|AmazonShipping_FR|AmazonShipping_JP",
    ..PLAIN
};

/// `getAdditionalSellerInputs` of `merchant-fulfillment/v0`.
pub const GET_ADDITIONAL_SELLER_INPUTS: Operation = Operation {
    name: "getAdditionalSellerInputs",
    api: API_MERCHANT_FULFILLMENT_V0,
    method: Method::Post,
    path: "/mfn/v0/additionalSellerInputs",
    reads: true,
    rate: 1.0,
    burst: 1,
    body: Body::Required,
    roles: &[Role::DirectToConsumerShipping],
    ..PLAIN
};

/// `getAppointmentSlots` of `services/v1`.
pub const GET_APPOINTMENT_SLOTS: Operation = Operation {
    name: "getAppointmentSlots",
    api: API_SERVICES_V1,
    method: Method::Get,
    path: "/service/v1/appointmentSlots",
    reads: true,
    rate: 20.0,
    burst: 40,
    roles: &[Role::ProfessionalServices],
    parameters: "query asin! text\n\
        query storeId! text len=1..100\n\
        query marketplaceIds! list:text n=..1\n\
        query startTime text\n\
        query endTime text",
    ..PLAIN
};

/// `getAppointmmentSlotsByJobId` of `services/v1`.
pub const GET_APPOINTMMENT_SLOTS_BY_JOB_ID: Operation = Operation {
    name: "getAppointmmentSlotsByJobId",
    api: API_SERVICES_V1,
    method: Method::Get,
    path: "/service/v1/serviceJobs/{serviceJobId}/appointmentSlots",
    reads: true,
    rate: 5.0,
    burst: 20,
    roles: &[Role::ProfessionalServices],
    parameters: "path serviceJobId! text len=1..100\n\
        query marketplaceIds! list:text n=..1\n\
        query startTime text\n\
        query endTime text",
    ..PLAIN
};

/// `getAuthorizationCode` of `authorization/v1`.
pub const GET_AUTHORIZATION_CODE: Operation = Operation {
    name: "getAuthorizationCode",
    api: API_AUTHORIZATION_V1,
    method: Method::Get,
    path: "/authorization/v1/authorizationCode",
    reads: true,
    rate: 1.0,
    burst: 1,
    life: Life::Removed { on: date(2024, 3, 27), successor: "the seller's consent, which Sellerport asks for when a seller connects" },
    ..PLAIN
};

/// `getBillOfLading` of `fulfillment-inbound/v0`.
pub const GET_BILL_OF_LADING: Operation = Operation {
    name: "getBillOfLading",
    api: API_FULFILLMENT_INBOUND_V0,
    method: Method::Get,
    path: "/fba/inbound/v0/shipments/{shipmentId}/billOfLading",
    reads: true,
    rate: 2.0,
    burst: 30,
    roles: &[Role::AmazonFulfillment],
    parameters: "path shipmentId! text",
    ..PLAIN
};

/// `getBrowseNodeReturnTopics` of `customer-feedback/2024-06-01`.
pub const GET_BROWSE_NODE_RETURN_TOPICS: Operation = Operation {
    name: "getBrowseNodeReturnTopics",
    api: API_CUSTOMER_FEEDBACK_2024_06_01,
    method: Method::Get,
    path: "/customerFeedback/2024-06-01/browseNodes/{browseNodeId}/returns/topics",
    reads: true,
    rate: 1.0,
    burst: 10,
    roles: &[Role::BrandAnalytics],
    parameters: "path browseNodeId! text\n\
        query marketplaceId! text",
    ..PLAIN
};

/// `getBrowseNodeReturnTrends` of `customer-feedback/2024-06-01`.
pub const GET_BROWSE_NODE_RETURN_TRENDS: Operation = Operation {
    name: "getBrowseNodeReturnTrends",
    api: API_CUSTOMER_FEEDBACK_2024_06_01,
    method: Method::Get,
    path: "/customerFeedback/2024-06-01/browseNodes/{browseNodeId}/returns/trends",
    reads: true,
    rate: 1.0,
    burst: 10,
    roles: &[Role::BrandAnalytics],
    parameters: "path browseNodeId! text\n\
        query marketplaceId! text",
    ..PLAIN
};

/// `getBrowseNodeReviewTopics` of `customer-feedback/2024-06-01`.
pub const GET_BROWSE_NODE_REVIEW_TOPICS: Operation = Operation {
    name: "getBrowseNodeReviewTopics",
    api: API_CUSTOMER_FEEDBACK_2024_06_01,
    method: Method::Get,
    path: "/customerFeedback/2024-06-01/browseNodes/{browseNodeId}/reviews/topics",
    reads: true,
    rate: 1.0,
    burst: 10,
    roles: &[Role::BrandAnalytics],
    parameters: "path browseNodeId! text\n\
        query marketplaceId! text\n\
        query sortBy! text one=MENTIONS|STAR_RATING_IMPACT",
    ..PLAIN
};

/// `getBrowseNodeReviewTrends` of `customer-feedback/2024-06-01`.
pub const GET_BROWSE_NODE_REVIEW_TRENDS: Operation = Operation {
    name: "getBrowseNodeReviewTrends",
    api: API_CUSTOMER_FEEDBACK_2024_06_01,
    method: Method::Get,
    path: "/customerFeedback/2024-06-01/browseNodes/{browseNodeId}/reviews/trends",
    reads: true,
    rate: 1.0,
    burst: 10,
    roles: &[Role::BrandAnalytics],
    parameters: "path browseNodeId! text\n\
        query marketplaceId! text",
    ..PLAIN
};

/// `getCarrierAccountFormInputs` of `shipping/v2`.
pub const GET_CARRIER_ACCOUNT_FORM_INPUTS: Operation = Operation {
    name: "getCarrierAccountFormInputs",
    api: API_SHIPPING_V2,
    method: Method::Get,
    path: "/shipping/v2/carrierAccountFormInputs",
    reads: true,
    rate: 80.0,
    burst: 100,
    roles: &[Role::DirectToConsumerShipping],
    parameters: "header x-amzn-shipping-business-id text one=AmazonShipping_US|AmazonShipping_IN|AmazonShipping_UK|AmazonShipping_UAE|AmazonShipping_SA|AmazonShipping_EG|AmazonShipping_IT|AmazonShipping_ES|AmazonShipping_FR|AmazonShipping_JP",
    ..PLAIN
};

/// `getCarrierAccounts` of `shipping/v2`.
pub const GET_CARRIER_ACCOUNTS: Operation = Operation {
    name: "getCarrierAccounts",
    api: API_SHIPPING_V2,
    method: Method::Put,
    path: "/shipping/v2/carrierAccounts",
    reads: true,
    rate: 80.0,
    burst: 100,
    body: Body::Required,
    roles: &[Role::DirectToConsumerShipping],
    parameters: "header x-amzn-shipping-business-id text one=AmazonShipping_US|AmazonShipping_IN|AmazonShipping_UK|AmazonShipping_UAE|AmazonShipping_SA|AmazonShipping_EG|AmazonShipping_IT|AmazonShipping_ES|AmazonShipping_FR|AmazonShipping_JP",
    ..PLAIN
};

/// `getCase` of `support/2025-02-01`.
pub const GET_CASE: Operation = Operation {
    name: "getCase",
    api: API_SUPPORT_2025_02_01,
    method: Method::Get,
    path: "/support/2025-02-01/cases/{caseId}",
    reads: true,
    rate: 1.0,
    burst: 1,
    roles: &[Role::SellingPartnerInsights],
    parameters: "path caseId! text",
    ..PLAIN
};

/// `getCatalogItem` of `catalog-items/v0`.
pub const GET_CATALOG_ITEM_CATALOG_ITEMS_V0: Operation = Operation {
    name: "getCatalogItem",
    api: API_CATALOG_ITEMS_V0,
    method: Method::Get,
    path: "/catalog/v0/items/{asin}",
    reads: true,
    rate: 1.0,
    burst: 1,
    life: Life::Removed { on: date(2025, 4, 24), successor: "getCatalogItem catalog-items/2022-04-01" },
    parameters: "path asin! text",
    ..PLAIN
};

/// `getCatalogItem` of `catalog-items/2020-12-01`.
pub const GET_CATALOG_ITEM_CATALOG_ITEMS_2020_12_01: Operation = Operation {
    name: "getCatalogItem",
    api: API_CATALOG_ITEMS_2020_12_01,
    method: Method::Get,
    path: "/catalog/2020-12-01/items/{asin}",
    reads: true,
    rate: 2.0,
    burst: 2,
    roles: &[Role::ProductListing],
    parameters: "path asin! text\n\
        query marketplaceIds! list:text\n\
        query includedData list:text one=attributes|identifiers|images|productTypes|salesRanks|summaries|variations|vendorDetails\n\
        query locale text",
    ..PLAIN
};

/// `getCatalogItem` of `catalog-items/2022-04-01`.
pub const GET_CATALOG_ITEM_CATALOG_ITEMS_2022_04_01: Operation = Operation {
    name: "getCatalogItem",
    api: API_CATALOG_ITEMS_2022_04_01,
    method: Method::Get,
    path: "/catalog/2022-04-01/items/{asin}",
    reads: true,
    rate: 2.0,
    burst: 2,
    roles: &[Role::ProductListing],
    ceiling: Some(250),
    parameters: "path asin! text\n\
        query marketplaceIds! list:text\n\
        query includedData list:text one=attributes|classifications|dimensions|identifiers|images|productTypes|relationships|salesRanks|summaries|vendorDetails\n\
        query locale text",
    ..PLAIN
};

/// `getCollectionForm` of `shipping/v2`.
pub const GET_COLLECTION_FORM: Operation = Operation {
    name: "getCollectionForm",
    api: API_SHIPPING_V2,
    method: Method::Get,
    path: "/shipping/v2/collectionForms/{collectionFormId}",
    reads: true,
    rate: 80.0,
    burst: 100,
    roles: &[Role::DirectToConsumerShipping],
    parameters: "path collectionFormId! text\n\
        header x-amzn-shipping-business-id text one=AmazonShipping_US|AmazonShipping_IN|AmazonShipping_UK|AmazonShipping_UAE|AmazonShipping_SA|AmazonShipping_EG|AmazonShipping_IT|AmazonShipping_ES|AmazonShipping_FR|AmazonShipping_JP",
    ..PLAIN
};

/// `getCollectionFormHistory` of `shipping/v2`.
pub const GET_COLLECTION_FORM_HISTORY: Operation = Operation {
    name: "getCollectionFormHistory",
    api: API_SHIPPING_V2,
    method: Method::Put,
    path: "/shipping/v2/collectionForms/history",
    reads: true,
    rate: 80.0,
    burst: 100,
    body: Body::Required,
    roles: &[Role::DirectToConsumerShipping],
    parameters: "header x-amzn-shipping-business-id text one=AmazonShipping_US|AmazonShipping_IN|AmazonShipping_UK|AmazonShipping_UAE|AmazonShipping_SA|AmazonShipping_EG|AmazonShipping_IT|AmazonShipping_ES|AmazonShipping_FR|AmazonShipping_JP",
    ..PLAIN
};

/// `getCompetitivePricing` of `product-pricing/v0`.
pub const GET_COMPETITIVE_PRICING: Operation = Operation {
    name: "getCompetitivePricing",
    api: API_PRODUCT_PRICING_V0,
    method: Method::Get,
    path: "/products/pricing/v0/competitivePrice",
    reads: true,
    rate: 0.5,
    burst: 1,
    roles: &[Role::Pricing],
    parameters: "query MarketplaceId! text\n\
        query Asins list:text n=..20\n\
        query Skus list:text n=..20\n\
        query ItemType! text one=Asin|Sku\n\
        query CustomerType text one=Consumer|Business",
    ..PLAIN
};

/// `getCompetitiveSummary` of `product-pricing/2022-05-01`.
pub const GET_COMPETITIVE_SUMMARY: Operation = Operation {
    name: "getCompetitiveSummary",
    api: API_PRODUCT_PRICING_2022_05_01,
    method: Method::Post,
    path: "/batches/products/pricing/2022-05-01/items/competitiveSummary",
    reads: true,
    rate: 0.033,
    burst: 1,
    body: Body::Required,
    roles: &[Role::Pricing],
    ..PLAIN
};

/// `getContentDocument` of `aplus-content/2020-11-01`.
pub const GET_CONTENT_DOCUMENT: Operation = Operation {
    name: "getContentDocument",
    api: API_APLUS_CONTENT_2020_11_01,
    method: Method::Get,
    path: "/aplus/2020-11-01/contentDocuments/{contentReferenceKey}",
    reads: true,
    rate: 10.0,
    burst: 10,
    roles: &[Role::ProductListing, Role::BrandAnalytics],
    parameters: "path contentReferenceKey! text len=1..\n\
        query marketplaceId! text len=1..\n\
        query includedDataSet! list:text n=1.. one=CONTENTS|METADATA",
    ..PLAIN
};

/// `getCustomerInvoice` of `vendor-direct-fulfillment-shipping/v1`.
pub const GET_CUSTOMER_INVOICE_VENDOR_DIRECT_FULFILLMENT_SHIPPING_V1: Operation = Operation {
    name: "getCustomerInvoice",
    api: API_VENDOR_DIRECT_FULFILLMENT_SHIPPING_V1,
    method: Method::Get,
    path: "/vendor/directFulfillment/shipping/v1/customerInvoices/{purchaseOrderNumber}",
    reads: true,
    rate: 10.0,
    burst: 10,
    roles: &[Role::DirectToConsumerShipping],
    access: Access::Restricted,
    parameters: "path purchaseOrderNumber! text chars=a-zA-Z0-9",
    ..PLAIN
};

/// `getCustomerInvoice` of `vendor-direct-fulfillment-shipping/2021-12-28`.
pub const GET_CUSTOMER_INVOICE_VENDOR_DIRECT_FULFILLMENT_SHIPPING_2021_12_28: Operation = Operation {
    name: "getCustomerInvoice",
    api: API_VENDOR_DIRECT_FULFILLMENT_SHIPPING_2021_12_28,
    method: Method::Get,
    path: "/vendor/directFulfillment/shipping/2021-12-28/customerInvoices/{purchaseOrderNumber}",
    reads: true,
    rate: 10.0,
    burst: 10,
    roles: &[Role::DirectToConsumerShipping],
    access: Access::Restricted,
    parameters: "path purchaseOrderNumber! text chars=a-zA-Z0-9",
    ..PLAIN
};

/// `getCustomerInvoices` of `vendor-direct-fulfillment-shipping/v1`.
pub const GET_CUSTOMER_INVOICES_VENDOR_DIRECT_FULFILLMENT_SHIPPING_V1: Operation = Operation {
    name: "getCustomerInvoices",
    api: API_VENDOR_DIRECT_FULFILLMENT_SHIPPING_V1,
    method: Method::Get,
    path: "/vendor/directFulfillment/shipping/v1/customerInvoices",
    reads: true,
    rate: 10.0,
    burst: 10,
    roles: &[Role::DirectToConsumerShipping],
    access: Access::Restricted,
    pages: Some(&Pages { find: "payload.pagination.nextToken", via: Via::Query("nextToken"), filters: Filters::Repeat }),
    parameters: "query shipFromPartyId text\n\
        query limit int span=1..100\n\
        query createdAfter! time\n\
        query createdBefore! time\n\
        query sortOrder text one=ASC|DESC\n\
        query nextToken text",
    ..PLAIN
};

/// `getCustomerInvoices` of `vendor-direct-fulfillment-shipping/2021-12-28`.
pub const GET_CUSTOMER_INVOICES_VENDOR_DIRECT_FULFILLMENT_SHIPPING_2021_12_28: Operation = Operation {
    name: "getCustomerInvoices",
    api: API_VENDOR_DIRECT_FULFILLMENT_SHIPPING_2021_12_28,
    method: Method::Get,
    path: "/vendor/directFulfillment/shipping/2021-12-28/customerInvoices",
    reads: true,
    rate: 10.0,
    burst: 10,
    roles: &[Role::DirectToConsumerShipping],
    access: Access::Restricted,
    pages: Some(&Pages { find: "pagination.nextToken", via: Via::Query("nextToken"), filters: Filters::Repeat }),
    parameters: "query shipFromPartyId text\n\
        query limit int span=1..100\n\
        query createdAfter! time\n\
        query createdBefore! time\n\
        query sortOrder text one=ASC|DESC\n\
        query nextToken text",
    ..PLAIN
};

/// `getDefinitionsProductType` of `product-types/2020-09-01`.
pub const GET_DEFINITIONS_PRODUCT_TYPE: Operation = Operation {
    name: "getDefinitionsProductType",
    api: API_PRODUCT_TYPES_2020_09_01,
    method: Method::Get,
    path: "/definitions/2020-09-01/productTypes/{productType}",
    reads: true,
    rate: 5.0,
    burst: 10,
    roles: &[Role::ProductListing, Role::InventoryAndOrderTracking],
    ceiling: Some(100),
    parameters: "path productType! text\n\
        query sellerId text\n\
        query marketplaceIds! list:text\n\
        query productTypeVersion text\n\
        query requirements text one=LISTING|LISTING_PRODUCT_ONLY|LISTING_OFFER_ONLY\n\
        query requirementsEnforced text one=ENFORCED|NOT_ENFORCED\n\
        query locale text one=DEFAULT|ar|ar_AE|de|de_DE|en|en_AE|en_AU|en_CA|en_GB|en_IN|en_SG|en_US|es|es_ES|es_MX|es_US|fr|fr_CA|fr_FR|it|it_IT|ja|ja_JP|nl|nl_NL|pl|pl_PL|pt|pt_BR|pt_PT|sv|sv_SE|tr|tr_TR|zh|zh_CN|zh_TW\n\
        query parentageLevel text one=NONE|CHILD|PARENT",
    ..PLAIN
};

/// `getDeliveryChallanDocument` of `fulfillment-inbound/2024-03-20`.
pub const GET_DELIVERY_CHALLAN_DOCUMENT: Operation = Operation {
    name: "getDeliveryChallanDocument",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Get,
    path: "/inbound/fba/2024-03-20/inboundPlans/{inboundPlanId}/shipments/{shipmentId}/deliveryChallanDocument",
    reads: true,
    rate: 2.0,
    burst: 6,
    roles: &[Role::AmazonFulfillment],
    parameters: "path inboundPlanId! text len=38..38 chars=a-zA-Z0-9-\n\
        path shipmentId! text len=38..38 chars=a-zA-Z0-9-",
    ..PLAIN
};

/// `getDestination` of `notifications/v1`.
pub const GET_DESTINATION: Operation = Operation {
    name: "getDestination",
    api: API_NOTIFICATIONS_V1,
    method: Method::Get,
    path: "/notifications/v1/destinations/{destinationId}",
    reads: true,
    rate: 1.0,
    burst: 5,
    roles: &[Role::SellingPartnerInsights, Role::InventoryAndOrderTracking, Role::AmazonFulfillment, Role::ProductListing, Role::Pricing, Role::FinanceAndAccounting, Role::BrandAnalytics],
    access: Access::Grantless("sellingpartnerapi::notifications"),
    parameters: "path destinationId! text",
    ..PLAIN
};

/// `getDestinations` of `notifications/v1`.
pub const GET_DESTINATIONS: Operation = Operation {
    name: "getDestinations",
    api: API_NOTIFICATIONS_V1,
    method: Method::Get,
    path: "/notifications/v1/destinations",
    reads: true,
    rate: 1.0,
    burst: 5,
    roles: &[Role::SellingPartnerInsights, Role::InventoryAndOrderTracking, Role::AmazonFulfillment, Role::ProductListing, Role::Pricing, Role::FinanceAndAccounting, Role::BrandAnalytics],
    access: Access::Grantless("sellingpartnerapi::notifications"),
    ..PLAIN
};

/// `getDocument` of `data-kiosk/2023-11-15`.
pub const GET_DOCUMENT: Operation = Operation {
    name: "getDocument",
    api: API_DATA_KIOSK_2023_11_15,
    method: Method::Get,
    path: "/dataKiosk/2023-11-15/documents/{documentId}",
    reads: true,
    rate: 0.0167,
    burst: 15,
    roles: &[Role::BrandAnalytics],
    parameters: "path documentId! text",
    ..PLAIN
};

/// `getEligibleShipmentServices` of `merchant-fulfillment/v0`.
pub const GET_ELIGIBLE_SHIPMENT_SERVICES: Operation = Operation {
    name: "getEligibleShipmentServices",
    api: API_MERCHANT_FULFILLMENT_V0,
    method: Method::Post,
    path: "/mfn/v0/eligibleShippingServices",
    reads: true,
    rate: 6.0,
    burst: 12,
    body: Body::Required,
    roles: &[Role::DirectToConsumerShipping],
    ..PLAIN
};

/// `getFeatureInventory` of `fulfillment-outbound/2020-07-01`.
pub const GET_FEATURE_INVENTORY: Operation = Operation {
    name: "getFeatureInventory",
    api: API_FULFILLMENT_OUTBOUND_2020_07_01,
    method: Method::Get,
    path: "/fba/outbound/2020-07-01/features/inventory/{featureName}",
    reads: true,
    rate: 2.0,
    burst: 30,
    roles: &[Role::AmazonFulfillment],
    pages: Some(&Pages { find: "payload.nextToken", via: Via::Query("nextToken"), filters: Filters::Repeat }),
    parameters: "query marketplaceId! text\n\
        path featureName! text\n\
        query nextToken text\n\
        query queryStartDate time",
    ..PLAIN
};

/// `getFeatureSKU` of `fulfillment-outbound/2020-07-01`.
pub const GET_FEATURE_SKU: Operation = Operation {
    name: "getFeatureSKU",
    api: API_FULFILLMENT_OUTBOUND_2020_07_01,
    method: Method::Get,
    path: "/fba/outbound/2020-07-01/features/inventory/{featureName}/{sellerSku}",
    reads: true,
    rate: 2.0,
    burst: 30,
    roles: &[Role::AmazonFulfillment],
    parameters: "query marketplaceId! text\n\
        path featureName! text\n\
        path sellerSku! text",
    ..PLAIN
};

/// `getFeaturedOfferExpectedPriceBatch` of `product-pricing/2022-05-01`.
pub const GET_FEATURED_OFFER_EXPECTED_PRICE_BATCH: Operation = Operation {
    name: "getFeaturedOfferExpectedPriceBatch",
    api: API_PRODUCT_PRICING_2022_05_01,
    method: Method::Post,
    path: "/batches/products/pricing/2022-05-01/offer/featuredOfferExpectedPrice",
    reads: true,
    rate: 0.033,
    burst: 1,
    body: Body::Required,
    roles: &[Role::Pricing],
    ..PLAIN
};

/// `getFeatures` of `fulfillment-outbound/2020-07-01`.
pub const GET_FEATURES: Operation = Operation {
    name: "getFeatures",
    api: API_FULFILLMENT_OUTBOUND_2020_07_01,
    method: Method::Get,
    path: "/fba/outbound/2020-07-01/features",
    reads: true,
    rate: 2.0,
    burst: 30,
    roles: &[Role::AmazonFulfillment],
    parameters: "query marketplaceId! text",
    ..PLAIN
};

/// `getFeed` of `feeds/2021-06-30`.
pub const GET_FEED: Operation = Operation {
    name: "getFeed",
    api: API_FEEDS_2021_06_30,
    method: Method::Get,
    path: "/feeds/2021-06-30/feeds/{feedId}",
    reads: true,
    rate: 2.0,
    burst: 15,
    roles: &[Role::ProductListing, Role::Pricing, Role::AmazonFulfillment, Role::InventoryAndOrderTracking],
    parameters: "path feedId! text",
    ..PLAIN
};

/// `getFeedDocument` of `feeds/2021-06-30`.
pub const GET_FEED_DOCUMENT: Operation = Operation {
    name: "getFeedDocument",
    api: API_FEEDS_2021_06_30,
    method: Method::Get,
    path: "/feeds/2021-06-30/documents/{feedDocumentId}",
    reads: true,
    rate: 0.0222,
    burst: 10,
    roles: &[Role::ProductListing, Role::Pricing, Role::AmazonFulfillment, Role::InventoryAndOrderTracking],
    parameters: "path feedDocumentId! text\n\
        query enableContentEncodingUrlHeader flag",
    ..PLAIN
};

/// `getFeeds` of `feeds/2021-06-30`.
pub const GET_FEEDS: Operation = Operation {
    name: "getFeeds",
    api: API_FEEDS_2021_06_30,
    method: Method::Get,
    path: "/feeds/2021-06-30/feeds",
    reads: true,
    rate: 0.0222,
    burst: 10,
    roles: &[Role::ProductListing, Role::Pricing, Role::AmazonFulfillment, Role::InventoryAndOrderTracking],
    pages: Some(&Pages { find: "nextToken", via: Via::Query("nextToken"), filters: Filters::Alone }),
    parameters: "query feedTypes list:text n=1..10\n\
        query marketplaceIds list:text n=1..10\n\
        query pageSize int span=1..100\n\
        query processingStatuses list:text n=1.. one=CANCELLED|DONE|FATAL|IN_PROGRESS|IN_QUEUE\n\
        query createdSince time\n\
        query createdUntil time\n\
        query nextToken text",
    ..PLAIN
};

/// `getFixedSlotCapacity` of `services/v1`.
pub const GET_FIXED_SLOT_CAPACITY: Operation = Operation {
    name: "getFixedSlotCapacity",
    api: API_SERVICES_V1,
    method: Method::Post,
    path: "/service/v1/serviceResources/{resourceId}/capacity/fixed",
    reads: true,
    rate: 5.0,
    burst: 20,
    body: Body::Required,
    roles: &[Role::ProfessionalServices],
    pages: Some(&Pages { find: "nextPageToken", via: Via::Query("nextPageToken"), filters: Filters::Repeat }),
    parameters: "path resourceId! text len=1..100\n\
        query marketplaceIds! list:text n=..1\n\
        query nextPageToken text",
    ..PLAIN
};

/// `getFulfillmentOrder` of `fulfillment-outbound/2020-07-01`.
pub const GET_FULFILLMENT_ORDER: Operation = Operation {
    name: "getFulfillmentOrder",
    api: API_FULFILLMENT_OUTBOUND_2020_07_01,
    method: Method::Get,
    path: "/fba/outbound/2020-07-01/fulfillmentOrders/{sellerFulfillmentOrderId}",
    reads: true,
    rate: 2.0,
    burst: 30,
    roles: &[Role::AmazonFulfillment],
    life: Life::Superseded { successor: "getOrder fulfillment-outbound/2026-07-04" },
    parameters: "path sellerFulfillmentOrderId! text len=..40",
    ..PLAIN
};

/// `getFulfillmentPreview` of `fulfillment-outbound/2020-07-01`.
pub const GET_FULFILLMENT_PREVIEW: Operation = Operation {
    name: "getFulfillmentPreview",
    api: API_FULFILLMENT_OUTBOUND_2020_07_01,
    method: Method::Post,
    path: "/fba/outbound/2020-07-01/fulfillmentOrders/preview",
    reads: true,
    rate: 2.0,
    burst: 30,
    body: Body::Required,
    roles: &[Role::AmazonFulfillment],
    life: Life::Superseded { successor: "getOrderPreview fulfillment-outbound/2026-07-04" },
    ..PLAIN
};

/// `getGovernmentInvoiceDocument` of `invoices/2024-06-19`.
pub const GET_GOVERNMENT_INVOICE_DOCUMENT: Operation = Operation {
    name: "getGovernmentInvoiceDocument",
    api: API_INVOICES_2024_06_19,
    method: Method::Get,
    path: "/tax/invoices/2024-06-19/governmentInvoiceRequests/{shipmentId}",
    reads: true,
    rate: 1.0,
    burst: 1,
    roles: &[Role::TaxInvoicing],
    parameters: "query marketplaceId! text\n\
        query transactionType! text\n\
        path shipmentId! text\n\
        query invoiceType! text\n\
        query inboundPlanId text\n\
        query fileFormat text",
    ..PLAIN
};

/// `getGovernmentInvoiceStatus` of `invoices/2024-06-19`.
pub const GET_GOVERNMENT_INVOICE_STATUS: Operation = Operation {
    name: "getGovernmentInvoiceStatus",
    api: API_INVOICES_2024_06_19,
    method: Method::Get,
    path: "/tax/invoices/2024-06-19/governmentInvoiceRequests",
    reads: true,
    rate: 1.0,
    burst: 1,
    roles: &[Role::TaxInvoicing],
    parameters: "query marketplaceId! text\n\
        query transactionType! text\n\
        query shipmentId! text\n\
        query invoiceType! text\n\
        query inboundPlanId text",
    ..PLAIN
};

/// `getInbound` of `awd/2024-05-09`.
pub const GET_INBOUND: Operation = Operation {
    name: "getInbound",
    api: API_AWD_2024_05_09,
    method: Method::Get,
    path: "/awd/2024-05-09/inboundOrders/{orderId}",
    reads: true,
    rate: 2.0,
    burst: 2,
    roles: &[Role::AmazonWarehousingAndDistribution],
    parameters: "path orderId! text",
    ..PLAIN
};

/// `getInboundOperationStatus` of `fulfillment-inbound/2024-03-20`.
pub const GET_INBOUND_OPERATION_STATUS: Operation = Operation {
    name: "getInboundOperationStatus",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Get,
    path: "/inbound/fba/2024-03-20/operations/{operationId}",
    reads: true,
    rate: 2.0,
    burst: 6,
    roles: &[Role::AmazonFulfillment],
    parameters: "path operationId! text len=36..38 chars=a-zA-Z0-9-",
    ..PLAIN
};

/// `getInboundPlan` of `fulfillment-inbound/2024-03-20`.
pub const GET_INBOUND_PLAN: Operation = Operation {
    name: "getInboundPlan",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Get,
    path: "/inbound/fba/2024-03-20/inboundPlans/{inboundPlanId}",
    reads: true,
    rate: 2.0,
    burst: 6,
    roles: &[Role::AmazonFulfillment],
    parameters: "path inboundPlanId! text len=38..38 chars=a-zA-Z0-9-",
    ..PLAIN
};

/// `getInboundShipment` of `awd/2024-05-09`.
pub const GET_INBOUND_SHIPMENT: Operation = Operation {
    name: "getInboundShipment",
    api: API_AWD_2024_05_09,
    method: Method::Get,
    path: "/awd/2024-05-09/inboundShipments/{shipmentId}",
    reads: true,
    rate: 2.0,
    burst: 2,
    roles: &[Role::AmazonWarehousingAndDistribution],
    parameters: "path shipmentId! text len=1..\n\
        query skuQuantities text one=SHOW|HIDE",
    ..PLAIN
};

/// `getInboundShipmentLabels` of `awd/2024-05-09`.
pub const GET_INBOUND_SHIPMENT_LABELS: Operation = Operation {
    name: "getInboundShipmentLabels",
    api: API_AWD_2024_05_09,
    method: Method::Get,
    path: "/awd/2024-05-09/inboundShipments/{shipmentId}/labels",
    reads: true,
    rate: 1.0,
    burst: 2,
    roles: &[Role::AmazonWarehousingAndDistribution],
    parameters: "path shipmentId! text len=1..\n\
        query pageType text one=PLAIN_PAPER\n\
        query formatType text one=PDF",
    ..PLAIN
};

/// `getInventorySummaries` of `fba-inventory/v1`.
pub const GET_INVENTORY_SUMMARIES: Operation = Operation {
    name: "getInventorySummaries",
    api: API_FBA_INVENTORY_V1,
    method: Method::Get,
    path: "/fba/inventory/v1/summaries",
    reads: true,
    rate: 2.0,
    burst: 2,
    roles: &[Role::AmazonFulfillment, Role::ProductListing],
    pages: Some(&Pages { find: "pagination.nextToken", via: Via::Query("nextToken"), filters: Filters::Repeat }),
    parameters: "query details flag\n\
        query granularityType! text one=Marketplace\n\
        query granularityId! text\n\
        query startDateTime time\n\
        query sellerSkus list:text n=..50\n\
        query sellerSku text\n\
        query nextToken text\n\
        query marketplaceIds! list:text n=..1",
    ..PLAIN
};

/// `getInvoice` of `finances-invoices/2026-06-25`.
pub const GET_INVOICE_FINANCES_INVOICES_2026_06_25: Operation = Operation {
    name: "getInvoice",
    api: API_FINANCES_INVOICES_2026_06_25,
    method: Method::Get,
    path: "/finances/invoices/2026-06-25/invoices/{invoiceIdentifier}",
    reads: true,
    rate: 25.0,
    burst: 5,
    roles: &[Role::FinanceAndAccounting],
    pages: Some(&Pages { find: "nextTokenForLineItems", via: Via::Query("nextTokenForLineItems"), filters: Filters::Repeat }),
    parameters: "query marketplaceId! text\n\
        path invoiceIdentifier! text\n\
        query nextTokenForLineItems text",
    ..PLAIN
};

/// `getInvoice` of `invoices/2024-06-19`.
pub const GET_INVOICE_INVOICES_2024_06_19: Operation = Operation {
    name: "getInvoice",
    api: API_INVOICES_2024_06_19,
    method: Method::Get,
    path: "/tax/invoices/2024-06-19/invoices/{invoiceId}",
    reads: true,
    rate: 2.0,
    burst: 15,
    roles: &[Role::TaxInvoicing],
    parameters: "query marketplaceId! text\n\
        path invoiceId! text",
    ..PLAIN
};

/// `getInvoiceHeaders` of `finances-invoices/2026-06-25`.
pub const GET_INVOICE_HEADERS: Operation = Operation {
    name: "getInvoiceHeaders",
    api: API_FINANCES_INVOICES_2026_06_25,
    method: Method::Get,
    path: "/finances/invoices/2026-06-25/invoices",
    reads: true,
    rate: 25.0,
    burst: 5,
    roles: &[Role::FinanceAndAccounting],
    pages: Some(&Pages { find: "nextToken", via: Via::Query("nextToken"), filters: Filters::Repeat }),
    parameters: "query nextToken text\n\
        query marketplaceId! text\n\
        query fromIssueDate time\n\
        query toIssueDate time\n\
        query invoicesModifiedAfter time",
    ..PLAIN
};

/// `getInvoiceStatus` of `delivery-invoicing/2022-07-01`.
pub const GET_INVOICE_STATUS_DELIVERY_INVOICING_2022_07_01: Operation = Operation {
    name: "getInvoiceStatus",
    api: API_DELIVERY_INVOICING_2022_07_01,
    method: Method::Get,
    path: "/delivery/2022-07-01/invoice/status",
    reads: true,
    rate: 1.133,
    burst: 25,
    roles: &[Role::TaxInvoicing],
    parameters: "query orderId text\n\
        query shipmentId text\n\
        query marketplaceId! text\n\
        query invoiceType! text one=Outbound\n\
        query programType! text one=EasyShip|FbaOnSite|SelfShip",
    ..PLAIN
};

/// `getInvoiceStatus` of `shipment-invoicing/v0`.
pub const GET_INVOICE_STATUS_SHIPMENT_INVOICING_V0: Operation = Operation {
    name: "getInvoiceStatus",
    api: API_SHIPMENT_INVOICING_V0,
    method: Method::Get,
    path: "/fba/outbound/brazil/v0/shipments/{shipmentId}/invoice/status",
    reads: true,
    rate: 1.133,
    burst: 25,
    roles: &[Role::TaxInvoicing],
    parameters: "path shipmentId! text",
    ..PLAIN
};

/// `getInvoices` of `invoices/2024-06-19`.
pub const GET_INVOICES: Operation = Operation {
    name: "getInvoices",
    api: API_INVOICES_2024_06_19,
    method: Method::Get,
    path: "/tax/invoices/2024-06-19/invoices",
    reads: true,
    rate: 1.0,
    burst: 20,
    roles: &[Role::TaxInvoicing],
    pages: Some(&Pages { find: "nextToken", via: Via::Query("nextToken"), filters: Filters::Repeat }),
    parameters: "query transactionIdentifierName text\n\
        query pageSize int\n\
        query dateEnd time\n\
        query marketplaceId! text\n\
        query transactionType text\n\
        query transactionIdentifierId text\n\
        query dateStart time\n\
        query series text\n\
        query nextToken text\n\
        query sortOrder text one=DESC|ASC\n\
        query invoiceType text\n\
        query statuses list:text n=1..\n\
        query externalInvoiceId text\n\
        query sortBy text one=START_DATE_TIME",
    ..PLAIN
};

/// `getInvoicesAttributes` of `invoices/2024-06-19`.
pub const GET_INVOICES_ATTRIBUTES: Operation = Operation {
    name: "getInvoicesAttributes",
    api: API_INVOICES_2024_06_19,
    method: Method::Get,
    path: "/tax/invoices/2024-06-19/attributes",
    reads: true,
    rate: 1.0,
    burst: 1,
    roles: &[Role::TaxInvoicing],
    parameters: "query marketplaceId! text",
    ..PLAIN
};

/// `getInvoicesDocument` of `invoices/2024-06-19`.
pub const GET_INVOICES_DOCUMENT: Operation = Operation {
    name: "getInvoicesDocument",
    api: API_INVOICES_2024_06_19,
    method: Method::Get,
    path: "/tax/invoices/2024-06-19/documents/{invoicesDocumentId}",
    reads: true,
    rate: 1.0,
    burst: 1,
    roles: &[Role::TaxInvoicing],
    parameters: "path invoicesDocumentId! text",
    ..PLAIN
};

/// `getInvoicesExport` of `invoices/2024-06-19`.
pub const GET_INVOICES_EXPORT: Operation = Operation {
    name: "getInvoicesExport",
    api: API_INVOICES_2024_06_19,
    method: Method::Get,
    path: "/tax/invoices/2024-06-19/exports/{exportId}",
    reads: true,
    rate: 2.0,
    burst: 15,
    roles: &[Role::TaxInvoicing],
    parameters: "path exportId! text",
    ..PLAIN
};

/// `getInvoicesExports` of `invoices/2024-06-19`.
pub const GET_INVOICES_EXPORTS: Operation = Operation {
    name: "getInvoicesExports",
    api: API_INVOICES_2024_06_19,
    method: Method::Get,
    path: "/tax/invoices/2024-06-19/exports",
    reads: true,
    rate: 1.0,
    burst: 20,
    roles: &[Role::TaxInvoicing],
    pages: Some(&Pages { find: "nextToken", via: Via::Query("nextToken"), filters: Filters::Repeat }),
    parameters: "query marketplaceId! text\n\
        query dateStart time\n\
        query nextToken text\n\
        query pageSize int\n\
        query dateEnd time\n\
        query status text one=REQUESTED|PROCESSING|DONE|ERROR",
    ..PLAIN
};

/// `getItemBrowseNode` of `customer-feedback/2024-06-01`.
pub const GET_ITEM_BROWSE_NODE: Operation = Operation {
    name: "getItemBrowseNode",
    api: API_CUSTOMER_FEEDBACK_2024_06_01,
    method: Method::Get,
    path: "/customerFeedback/2024-06-01/items/{asin}/browseNode",
    reads: true,
    rate: 1.0,
    burst: 10,
    roles: &[Role::BrandAnalytics],
    parameters: "path asin! text\n\
        query marketplaceId! text",
    ..PLAIN
};

/// `getItemEligibilityPreview` of `fba-inbound-eligibility/v1`.
pub const GET_ITEM_ELIGIBILITY_PREVIEW: Operation = Operation {
    name: "getItemEligibilityPreview",
    api: API_FBA_INBOUND_ELIGIBILITY_V1,
    method: Method::Get,
    path: "/fba/inbound/v1/eligibility/itemPreview",
    reads: true,
    rate: 1.0,
    burst: 1,
    roles: &[Role::AmazonFulfillment, Role::ProductListing],
    parameters: "query marketplaceIds list:text n=..1\n\
        query asin! text\n\
        query program! text one=INBOUND|COMMINGLING",
    ..PLAIN
};

/// `getItemOffers` of `product-pricing/v0`.
pub const GET_ITEM_OFFERS: Operation = Operation {
    name: "getItemOffers",
    api: API_PRODUCT_PRICING_V0,
    method: Method::Get,
    path: "/products/pricing/v0/items/{Asin}/offers",
    reads: true,
    rate: 0.5,
    burst: 1,
    roles: &[Role::Pricing],
    parameters: "query MarketplaceId! text\n\
        query ItemCondition! text one=New|Used|Collectible|Refurbished|Club\n\
        path Asin! text\n\
        query CustomerType text one=Consumer|Business",
    ..PLAIN
};

/// `getItemOffersBatch` of `product-pricing/v0`.
pub const GET_ITEM_OFFERS_BATCH: Operation = Operation {
    name: "getItemOffersBatch",
    api: API_PRODUCT_PRICING_V0,
    method: Method::Post,
    path: "/batches/products/pricing/v0/itemOffers",
    reads: true,
    rate: 0.1,
    burst: 1,
    body: Body::Required,
    roles: &[Role::Pricing],
    ..PLAIN
};

/// `getItemReviewTopics` of `customer-feedback/2024-06-01`.
pub const GET_ITEM_REVIEW_TOPICS: Operation = Operation {
    name: "getItemReviewTopics",
    api: API_CUSTOMER_FEEDBACK_2024_06_01,
    method: Method::Get,
    path: "/customerFeedback/2024-06-01/items/{asin}/reviews/topics",
    reads: true,
    rate: 1.0,
    burst: 10,
    roles: &[Role::BrandAnalytics],
    parameters: "path asin! text\n\
        query marketplaceId! text\n\
        query sortBy! text one=MENTIONS|STAR_RATING_IMPACT",
    ..PLAIN
};

/// `getItemReviewTrends` of `customer-feedback/2024-06-01`.
pub const GET_ITEM_REVIEW_TRENDS: Operation = Operation {
    name: "getItemReviewTrends",
    api: API_CUSTOMER_FEEDBACK_2024_06_01,
    method: Method::Get,
    path: "/customerFeedback/2024-06-01/items/{asin}/reviews/trends",
    reads: true,
    rate: 1.0,
    burst: 10,
    roles: &[Role::BrandAnalytics],
    parameters: "path asin! text\n\
        query marketplaceId! text",
    ..PLAIN
};

/// `getLabelPageTypes` of `awd/2024-05-09`.
pub const GET_LABEL_PAGE_TYPES: Operation = Operation {
    name: "getLabelPageTypes",
    api: API_AWD_2024_05_09,
    method: Method::Get,
    path: "/awd/2024-05-09/inboundShipments/{shipmentId}/labelPageTypes",
    reads: true,
    rate: 1.0,
    burst: 2,
    roles: &[Role::AmazonWarehousingAndDistribution],
    parameters: "path shipmentId! text len=1..",
    ..PLAIN
};

/// `getLabels` of `fulfillment-inbound/v0`.
pub const GET_LABELS: Operation = Operation {
    name: "getLabels",
    api: API_FULFILLMENT_INBOUND_V0,
    method: Method::Get,
    path: "/fba/inbound/v0/shipments/{shipmentId}/labels",
    reads: true,
    rate: 2.0,
    burst: 30,
    roles: &[Role::AmazonFulfillment],
    parameters: "path shipmentId! text\n\
        query PageType! text one=PackageLabel_Letter_2|PackageLabel_Letter_4|PackageLabel_Letter_6|PackageLabel_Letter_6_CarrierLeft|PackageLabel_A4_2|PackageLabel_A4_4|PackageLabel_Plain_Paper|PackageLabel_Plain_Paper_CarrierBottom|PackageLabel_Thermal|PackageLabel_Thermal_Unified|PackageLabel_Thermal_NonPCP|PackageLabel_Thermal_No_Carrier_Rotation\n\
        query LabelType! text one=BARCODE_2D|UNIQUE|PALLET\n\
        query NumberOfPackages int\n\
        query PackageLabelsToPrint list:text\n\
        query NumberOfPallets int\n\
        query PageSize int\n\
        query PageStartIndex int",
    ..PLAIN
};

/// `getListingOffers` of `product-pricing/v0`.
pub const GET_LISTING_OFFERS: Operation = Operation {
    name: "getListingOffers",
    api: API_PRODUCT_PRICING_V0,
    method: Method::Get,
    path: "/products/pricing/v0/listings/{SellerSKU}/offers",
    reads: true,
    rate: 1.0,
    burst: 2,
    roles: &[Role::Pricing],
    parameters: "query MarketplaceId! text\n\
        query ItemCondition! text one=New|Used|Collectible|Refurbished|Club\n\
        path SellerSKU! text\n\
        query CustomerType text one=Consumer|Business",
    ..PLAIN
};

/// `getListingOffersBatch` of `product-pricing/v0`.
pub const GET_LISTING_OFFERS_BATCH: Operation = Operation {
    name: "getListingOffersBatch",
    api: API_PRODUCT_PRICING_V0,
    method: Method::Post,
    path: "/batches/products/pricing/v0/listingOffers",
    reads: true,
    rate: 0.5,
    burst: 1,
    body: Body::Required,
    roles: &[Role::Pricing],
    ..PLAIN
};

/// `getListingsItem` of `listings-items/2021-08-01`.
pub const GET_LISTINGS_ITEM: Operation = Operation {
    name: "getListingsItem",
    api: API_LISTINGS_ITEMS_2021_08_01,
    method: Method::Get,
    path: "/listings/2021-08-01/items/{sellerId}/{sku}",
    reads: true,
    rate: 5.0,
    burst: 10,
    roles: &[Role::ProductListing, Role::InventoryAndOrderTracking],
    parameters: "path sellerId! text\n\
        path sku! text\n\
        query marketplaceIds! list:text\n\
        query issueLocale text\n\
        query includedData list:text one=summaries|attributes|issues|offers|fulfillmentAvailability|procurement|relationships|productTypes",
    ..PLAIN
};

/// `getListingsRestrictions` of `listings-restrictions/2021-08-01`.
pub const GET_LISTINGS_RESTRICTIONS: Operation = Operation {
    name: "getListingsRestrictions",
    api: API_LISTINGS_RESTRICTIONS_2021_08_01,
    method: Method::Get,
    path: "/listings/2021-08-01/restrictions",
    reads: true,
    rate: 5.0,
    burst: 10,
    roles: &[Role::ProductListing],
    ceiling: Some(100),
    parameters: "query asin! text\n\
        query conditionType text one=new_new|new_open_box|new_oem|refurbished_refurbished|used_like_new|used_very_good|used_good|used_acceptable|collectible_like_new|collectible_very_good|collectible_good|collectible_acceptable|club_club\n\
        query sellerId! text\n\
        query marketplaceIds! list:text\n\
        query reasonLocale text\n\
        query productType text",
    ..PLAIN
};

/// `getMarketplaceParticipations` of `sellers/v1`.
pub const GET_MARKETPLACE_PARTICIPATIONS: Operation = Operation {
    name: "getMarketplaceParticipations",
    api: API_SELLERS_V1,
    method: Method::Get,
    path: "/sellers/v1/marketplaceParticipations",
    reads: true,
    rate: 0.016,
    burst: 15,
    roles: &[Role::SellingPartnerInsights],
    ..PLAIN
};

/// `getMedia` of `aplus-content/2020-11-01`.
pub const GET_MEDIA: Operation = Operation {
    name: "getMedia",
    api: API_APLUS_CONTENT_2020_11_01,
    method: Method::Get,
    path: "/aplus/2020-11-01/media/{mediaId}",
    reads: true,
    rate: 10.0,
    burst: 10,
    roles: &[Role::ProductListing, Role::BrandAnalytics],
    parameters: "path mediaId! text\n\
        query associatedMediaId text",
    ..PLAIN
};

/// `getMessagingActionsForOrder` of `messaging/v1`.
pub const GET_MESSAGING_ACTIONS_FOR_ORDER: Operation = Operation {
    name: "getMessagingActionsForOrder",
    api: API_MESSAGING_V1,
    method: Method::Get,
    path: "/messaging/v1/orders/{amazonOrderId}",
    reads: true,
    rate: 1.0,
    burst: 5,
    roles: &[Role::BuyerCommunication],
    parameters: "path amazonOrderId! text\n\
        query marketplaceIds! list:text n=..1",
    ..PLAIN
};

/// `getMyFeesEstimateForASIN` of `product-fees/v0`.
pub const GET_MY_FEES_ESTIMATE_FOR_ASIN: Operation = Operation {
    name: "getMyFeesEstimateForASIN",
    api: API_PRODUCT_FEES_V0,
    method: Method::Post,
    path: "/products/fees/v0/items/{Asin}/feesEstimate",
    reads: true,
    rate: 1.0,
    burst: 2,
    body: Body::Required,
    roles: &[Role::Pricing, Role::FinanceAndAccounting],
    parameters: "path Asin! text",
    ..PLAIN
};

/// `getMyFeesEstimateForSKU` of `product-fees/v0`.
pub const GET_MY_FEES_ESTIMATE_FOR_SKU: Operation = Operation {
    name: "getMyFeesEstimateForSKU",
    api: API_PRODUCT_FEES_V0,
    method: Method::Post,
    path: "/products/fees/v0/listings/{SellerSKU}/feesEstimate",
    reads: true,
    rate: 1.0,
    burst: 2,
    body: Body::Required,
    roles: &[Role::Pricing, Role::FinanceAndAccounting],
    parameters: "path SellerSKU! text",
    ..PLAIN
};

/// `getMyFeesEstimates` of `product-fees/v0`.
pub const GET_MY_FEES_ESTIMATES: Operation = Operation {
    name: "getMyFeesEstimates",
    api: API_PRODUCT_FEES_V0,
    method: Method::Post,
    path: "/products/fees/v0/feesEstimate",
    reads: true,
    rate: 0.5,
    burst: 1,
    body: Body::Required,
    roles: &[Role::Pricing, Role::FinanceAndAccounting],
    ..PLAIN
};

/// `getOffers` of `fulfillment-outbound/2026-07-04`.
pub const GET_OFFERS: Operation = Operation {
    name: "getOffers",
    api: API_FULFILLMENT_OUTBOUND_2026_07_04,
    method: Method::Post,
    path: "/fulfillment/outbound/2026-07-04/offers",
    reads: true,
    rate: 5.0,
    burst: 30,
    body: Body::Required,
    roles: &[Role::AmazonFulfillment],
    parameters: "header x-amzn-fulfillment-service-id text len=..40",
    ..PLAIN
};

/// `getOrder` of `fulfillment-outbound/2026-07-04`.
pub const GET_ORDER_FULFILLMENT_OUTBOUND_2026_07_04: Operation = Operation {
    name: "getOrder",
    api: API_FULFILLMENT_OUTBOUND_2026_07_04,
    method: Method::Get,
    path: "/fulfillment/outbound/2026-07-04/orders/{orderId}",
    reads: true,
    rate: 2.0,
    burst: 30,
    roles: &[Role::AmazonFulfillment],
    parameters: "header x-amzn-fulfillment-service-id text len=..40\n\
        path orderId! text len=..40\n\
        query shipments text one=INCLUDE|EXCLUDE",
    ..PLAIN
};

/// `getOrder` of `orders/v0`.
pub const GET_ORDER_ORDERS_V0: Operation = Operation {
    name: "getOrder",
    api: API_ORDERS_V0,
    method: Method::Get,
    path: "/orders/v0/orders/{orderId}",
    reads: true,
    rate: 0.5,
    burst: 30,
    roles: &[Role::InventoryAndOrderTracking, Role::AmazonFulfillment, Role::BuyerCommunication, Role::BuyerSolicitation, Role::FinanceAndAccounting, Role::Pricing, Role::ProductListing, Role::ProfessionalServices, Role::SellingPartnerInsights, Role::DirectToConsumerShipping, Role::TaxInvoicing, Role::TaxRemittance],
    access: Access::RestrictedElements(&["buyerInfo", "shippingAddress", "buyerTaxInformation"]),
    life: Life::Ends { on: date(2027, 3, 27), successor: "getOrder orders/2026-01-01" },
    parameters: "path orderId! text",
    ..PLAIN
};

/// `getOrder` of `orders/2026-01-01`.
pub const GET_ORDER_ORDERS_2026_01_01: Operation = Operation {
    name: "getOrder",
    api: API_ORDERS_2026_01_01,
    method: Method::Get,
    path: "/orders/2026-01-01/orders/{orderId}",
    reads: true,
    rate: 0.5,
    burst: 30,
    roles: &[Role::InventoryAndOrderTracking, Role::AmazonFulfillment, Role::BuyerCommunication, Role::BuyerSolicitation, Role::FinanceAndAccounting, Role::Pricing, Role::ProductListing, Role::ProfessionalServices, Role::SellingPartnerInsights, Role::DirectToConsumerShipping, Role::TaxInvoicing, Role::TaxRemittance],
    parameters: "path orderId! text\n\
        query includedData list:text one=BUYER|RECIPIENT|PROCEEDS|EXPENSE|PROMOTION|CANCELLATION|FULFILLMENT|PACKAGES|TAX|PAYMENT|FULFILLMENT_ORDERS",
    ..PLAIN
};

/// `getOrder` of `vendor-direct-fulfillment-orders/v1`.
pub const GET_ORDER_VENDOR_DIRECT_FULFILLMENT_ORDERS_V1: Operation = Operation {
    name: "getOrder",
    api: API_VENDOR_DIRECT_FULFILLMENT_ORDERS_V1,
    method: Method::Get,
    path: "/vendor/directFulfillment/orders/v1/purchaseOrders/{purchaseOrderNumber}",
    reads: true,
    rate: 10.0,
    burst: 10,
    roles: &[Role::DirectToConsumerShipping],
    access: Access::Restricted,
    parameters: "path purchaseOrderNumber! text",
    ..PLAIN
};

/// `getOrder` of `vendor-direct-fulfillment-orders/2021-12-28`.
pub const GET_ORDER_VENDOR_DIRECT_FULFILLMENT_ORDERS_2021_12_28: Operation = Operation {
    name: "getOrder",
    api: API_VENDOR_DIRECT_FULFILLMENT_ORDERS_2021_12_28,
    method: Method::Get,
    path: "/vendor/directFulfillment/orders/2021-12-28/purchaseOrders/{purchaseOrderNumber}",
    reads: true,
    rate: 10.0,
    burst: 10,
    roles: &[Role::DirectToConsumerShipping],
    access: Access::Restricted,
    parameters: "path purchaseOrderNumber! text",
    ..PLAIN
};

/// `getOrderAddress` of `orders/v0`.
pub const GET_ORDER_ADDRESS: Operation = Operation {
    name: "getOrderAddress",
    api: API_ORDERS_V0,
    method: Method::Get,
    path: "/orders/v0/orders/{orderId}/address",
    reads: true,
    rate: 0.5,
    burst: 30,
    roles: &[Role::DirectToConsumerShipping],
    access: Access::Restricted,
    life: Life::Ends { on: date(2027, 3, 27), successor: "getOrder orders/2026-01-01 with includedData=RECIPIENT" },
    parameters: "path orderId! text",
    ..PLAIN
};

/// `getOrderBuyerInfo` of `orders/v0`.
pub const GET_ORDER_BUYER_INFO: Operation = Operation {
    name: "getOrderBuyerInfo",
    api: API_ORDERS_V0,
    method: Method::Get,
    path: "/orders/v0/orders/{orderId}/buyerInfo",
    reads: true,
    rate: 0.5,
    burst: 30,
    roles: &[Role::TaxInvoicing, Role::TaxRemittance, Role::DirectToConsumerShipping],
    access: Access::Restricted,
    life: Life::Ends { on: date(2027, 3, 27), successor: "getOrder orders/2026-01-01 with includedData=BUYER" },
    parameters: "path orderId! text",
    ..PLAIN
};

/// `getOrderItems` of `orders/v0`.
pub const GET_ORDER_ITEMS: Operation = Operation {
    name: "getOrderItems",
    api: API_ORDERS_V0,
    method: Method::Get,
    path: "/orders/v0/orders/{orderId}/orderItems",
    reads: true,
    rate: 0.5,
    burst: 30,
    roles: &[Role::InventoryAndOrderTracking, Role::AmazonFulfillment, Role::BuyerCommunication, Role::BuyerSolicitation, Role::FinanceAndAccounting, Role::Pricing, Role::ProductListing, Role::ProfessionalServices, Role::SellingPartnerInsights, Role::DirectToConsumerShipping, Role::TaxInvoicing, Role::TaxRemittance],
    access: Access::RestrictedElements(&["buyerInfo", "shippingAddress", "buyerTaxInformation"]),
    life: Life::Ends { on: date(2027, 3, 27), successor: "getOrder orders/2026-01-01" },
    pages: Some(&Pages { find: "payload.NextToken", via: Via::Query("NextToken"), filters: Filters::Repeat }),
    parameters: "path orderId! text\n\
        query NextToken text",
    ..PLAIN
};

/// `getOrderItemsBuyerInfo` of `orders/v0`.
pub const GET_ORDER_ITEMS_BUYER_INFO: Operation = Operation {
    name: "getOrderItemsBuyerInfo",
    api: API_ORDERS_V0,
    method: Method::Get,
    path: "/orders/v0/orders/{orderId}/orderItems/buyerInfo",
    reads: true,
    rate: 0.5,
    burst: 30,
    roles: &[Role::InventoryAndOrderTracking, Role::AmazonFulfillment, Role::BuyerCommunication, Role::BuyerSolicitation, Role::FinanceAndAccounting, Role::Pricing, Role::ProductListing, Role::ProfessionalServices, Role::SellingPartnerInsights, Role::DirectToConsumerShipping, Role::TaxInvoicing, Role::TaxRemittance],
    access: Access::Restricted,
    life: Life::Ends { on: date(2027, 3, 27), successor: "getOrder orders/2026-01-01 with includedData=BUYER" },
    pages: Some(&Pages { find: "payload.NextToken", via: Via::Query("NextToken"), filters: Filters::Repeat }),
    parameters: "path orderId! text\n\
        query NextToken text",
    ..PLAIN
};

/// `getOrderMetrics` of `sales/v1`.
pub const GET_ORDER_METRICS: Operation = Operation {
    name: "getOrderMetrics",
    api: API_SALES_V1,
    method: Method::Get,
    path: "/sales/v1/orderMetrics",
    reads: true,
    rate: 0.5,
    burst: 15,
    roles: &[Role::InventoryAndOrderTracking, Role::Pricing],
    parameters: "query marketplaceIds! list:text\n\
        query interval! text\n\
        query granularityTimeZone text\n\
        query granularity! text one=Hour|Day|Week|Month|Year|Total\n\
        query buyerType text one=B2B|B2C|All\n\
        query fulfillmentNetwork text\n\
        query firstDayOfWeek text one=Monday|Sunday\n\
        query asin text\n\
        query sku text\n\
        query amazonProgram text one=AmazonHaul",
    ..PLAIN
};

/// `getOrderPreview` of `fulfillment-outbound/2026-07-04`.
pub const GET_ORDER_PREVIEW: Operation = Operation {
    name: "getOrderPreview",
    api: API_FULFILLMENT_OUTBOUND_2026_07_04,
    method: Method::Post,
    path: "/fulfillment/outbound/2026-07-04/previews",
    reads: true,
    rate: 2.0,
    burst: 30,
    body: Body::Required,
    roles: &[Role::AmazonFulfillment],
    parameters: "header x-amzn-fulfillment-service-id text len=..40",
    ..PLAIN
};

/// `getOrderRegulatedInfo` of `orders/v0`.
pub const GET_ORDER_REGULATED_INFO: Operation = Operation {
    name: "getOrderRegulatedInfo",
    api: API_ORDERS_V0,
    method: Method::Get,
    path: "/orders/v0/orders/{orderId}/regulatedInfo",
    reads: true,
    rate: 0.5,
    burst: 30,
    roles: &[Role::DirectToConsumerShipping, Role::TaxInvoicing, Role::TaxRemittance],
    access: Access::Restricted,
    parameters: "path orderId! text",
    ..PLAIN
};

/// `getOrderScenarios` of `vendor-direct-fulfillment-sandbox-data/2021-10-28`.
pub const GET_ORDER_SCENARIOS: Operation = Operation {
    name: "getOrderScenarios",
    api: API_VENDOR_DIRECT_FULFILLMENT_SANDBOX_DATA_2021_10_28,
    method: Method::Get,
    path: "/vendor/directFulfillment/sandbox/2021-10-28/transactions/{transactionId}",
    reads: true,
    rate: 1.0,
    burst: 1,
    roles: &[Role::DirectToConsumerShipping],
    sandbox_only: true,
    parameters: "path transactionId! text",
    ..PLAIN
};

/// `getOrders` of `orders/v0`.
pub const GET_ORDERS_ORDERS_V0: Operation = Operation {
    name: "getOrders",
    api: API_ORDERS_V0,
    method: Method::Get,
    path: "/orders/v0/orders",
    reads: true,
    rate: 0.0167,
    burst: 20,
    roles: &[Role::InventoryAndOrderTracking, Role::AmazonFulfillment, Role::BuyerCommunication, Role::BuyerSolicitation, Role::FinanceAndAccounting, Role::Pricing, Role::ProductListing, Role::ProfessionalServices, Role::SellingPartnerInsights, Role::DirectToConsumerShipping, Role::TaxInvoicing, Role::TaxRemittance],
    access: Access::RestrictedElements(&["buyerInfo", "shippingAddress", "buyerTaxInformation"]),
    life: Life::Ends { on: date(2027, 3, 27), successor: "searchOrders orders/2026-01-01" },
    pages: Some(&Pages { find: "payload.NextToken", via: Via::Query("NextToken"), filters: Filters::Repeat }),
    parameters: "query CreatedAfter text\n\
        query CreatedBefore text\n\
        query LastUpdatedAfter text\n\
        query LastUpdatedBefore text\n\
        query OrderStatuses list:text\n\
        query MarketplaceIds! list:text n=..50\n\
        query FulfillmentChannels list:text\n\
        query PaymentMethods list:text\n\
        query BuyerEmail text\n\
        query SellerOrderId text\n\
        query MaxResultsPerPage int\n\
        query EasyShipShipmentStatuses list:text\n\
        query ElectronicInvoiceStatuses list:text\n\
        query NextToken text\n\
        query AmazonOrderIds list:text n=..50\n\
        query ActualFulfillmentSupplySourceId text\n\
        query IsISPU flag\n\
        query StoreChainStoreId text\n\
        query EarliestDeliveryDateBefore text\n\
        query EarliestDeliveryDateAfter text\n\
        query LatestDeliveryDateBefore text\n\
        query LatestDeliveryDateAfter text",
    ..PLAIN
};

/// `getOrders` of `vendor-direct-fulfillment-orders/v1`.
pub const GET_ORDERS_VENDOR_DIRECT_FULFILLMENT_ORDERS_V1: Operation = Operation {
    name: "getOrders",
    api: API_VENDOR_DIRECT_FULFILLMENT_ORDERS_V1,
    method: Method::Get,
    path: "/vendor/directFulfillment/orders/v1/purchaseOrders",
    reads: true,
    rate: 10.0,
    burst: 10,
    roles: &[Role::DirectToConsumerShipping],
    access: Access::Restricted,
    pages: Some(&Pages { find: "payload.pagination.nextToken", via: Via::Query("nextToken"), filters: Filters::Repeat }),
    parameters: "query shipFromPartyId text\n\
        query status text one=NEW|SHIPPED|ACCEPTED|CANCELLED\n\
        query limit int span=1..100\n\
        query createdAfter! time\n\
        query createdBefore! time\n\
        query sortOrder text one=ASC|DESC\n\
        query nextToken text\n\
        query includeDetails flag",
    ..PLAIN
};

/// `getOrders` of `vendor-direct-fulfillment-orders/2021-12-28`.
pub const GET_ORDERS_VENDOR_DIRECT_FULFILLMENT_ORDERS_2021_12_28: Operation = Operation {
    name: "getOrders",
    api: API_VENDOR_DIRECT_FULFILLMENT_ORDERS_2021_12_28,
    method: Method::Get,
    path: "/vendor/directFulfillment/orders/2021-12-28/purchaseOrders",
    reads: true,
    rate: 10.0,
    burst: 10,
    roles: &[Role::DirectToConsumerShipping],
    access: Access::Restricted,
    pages: Some(&Pages { find: "pagination.nextToken", via: Via::Query("nextToken"), filters: Filters::Repeat }),
    parameters: "query shipFromPartyId text\n\
        query status text one=NEW|SHIPPED|ACCEPTED|CANCELLED\n\
        query limit int span=1..100\n\
        query createdAfter! time\n\
        query createdBefore! time\n\
        query sortOrder text one=ASC|DESC\n\
        query nextToken text\n\
        query includeDetails flag",
    ..PLAIN
};

/// `getOutbound` of `awd/2024-05-09`.
pub const GET_OUTBOUND: Operation = Operation {
    name: "getOutbound",
    api: API_AWD_2024_05_09,
    method: Method::Get,
    path: "/awd/2024-05-09/outboundOrders/{orderId}",
    reads: true,
    rate: 1.0,
    burst: 1,
    roles: &[Role::AmazonWarehousingAndDistribution],
    parameters: "path orderId! text",
    ..PLAIN
};

/// `getPackageTrackingDetails` of `fulfillment-outbound/2020-07-01`.
pub const GET_PACKAGE_TRACKING_DETAILS: Operation = Operation {
    name: "getPackageTrackingDetails",
    api: API_FULFILLMENT_OUTBOUND_2020_07_01,
    method: Method::Get,
    path: "/fba/outbound/2020-07-01/tracking",
    reads: true,
    rate: 2.0,
    burst: 30,
    roles: &[Role::AmazonFulfillment],
    parameters: "query packageNumber! int",
    ..PLAIN
};

/// `getPackingSlip` of `vendor-direct-fulfillment-shipping/v1`.
pub const GET_PACKING_SLIP_VENDOR_DIRECT_FULFILLMENT_SHIPPING_V1: Operation = Operation {
    name: "getPackingSlip",
    api: API_VENDOR_DIRECT_FULFILLMENT_SHIPPING_V1,
    method: Method::Get,
    path: "/vendor/directFulfillment/shipping/v1/packingSlips/{purchaseOrderNumber}",
    reads: true,
    rate: 10.0,
    burst: 10,
    roles: &[Role::DirectToConsumerShipping],
    access: Access::Restricted,
    parameters: "path purchaseOrderNumber! text chars=a-zA-Z0-9",
    ..PLAIN
};

/// `getPackingSlip` of `vendor-direct-fulfillment-shipping/2021-12-28`.
pub const GET_PACKING_SLIP_VENDOR_DIRECT_FULFILLMENT_SHIPPING_2021_12_28: Operation = Operation {
    name: "getPackingSlip",
    api: API_VENDOR_DIRECT_FULFILLMENT_SHIPPING_2021_12_28,
    method: Method::Get,
    path: "/vendor/directFulfillment/shipping/2021-12-28/packingSlips/{purchaseOrderNumber}",
    reads: true,
    rate: 10.0,
    burst: 10,
    roles: &[Role::DirectToConsumerShipping],
    access: Access::Restricted,
    parameters: "path purchaseOrderNumber! text chars=a-zA-Z0-9",
    ..PLAIN
};

/// `getPackingSlips` of `vendor-direct-fulfillment-shipping/v1`.
pub const GET_PACKING_SLIPS_VENDOR_DIRECT_FULFILLMENT_SHIPPING_V1: Operation = Operation {
    name: "getPackingSlips",
    api: API_VENDOR_DIRECT_FULFILLMENT_SHIPPING_V1,
    method: Method::Get,
    path: "/vendor/directFulfillment/shipping/v1/packingSlips",
    reads: true,
    rate: 10.0,
    burst: 10,
    roles: &[Role::DirectToConsumerShipping],
    access: Access::Restricted,
    pages: Some(&Pages { find: "payload.pagination.nextToken", via: Via::Query("nextToken"), filters: Filters::Repeat }),
    parameters: "query shipFromPartyId text\n\
        query limit int span=1..100\n\
        query createdAfter! time\n\
        query createdBefore! time\n\
        query sortOrder text one=ASC|DESC\n\
        query nextToken text",
    ..PLAIN
};

/// `getPackingSlips` of `vendor-direct-fulfillment-shipping/2021-12-28`.
pub const GET_PACKING_SLIPS_VENDOR_DIRECT_FULFILLMENT_SHIPPING_2021_12_28: Operation = Operation {
    name: "getPackingSlips",
    api: API_VENDOR_DIRECT_FULFILLMENT_SHIPPING_2021_12_28,
    method: Method::Get,
    path: "/vendor/directFulfillment/shipping/2021-12-28/packingSlips",
    reads: true,
    rate: 10.0,
    burst: 10,
    roles: &[Role::DirectToConsumerShipping],
    access: Access::Restricted,
    pages: Some(&Pages { find: "pagination.nextToken", via: Via::Query("nextToken"), filters: Filters::Repeat }),
    parameters: "query shipFromPartyId text\n\
        query limit int span=1..100\n\
        query createdAfter! time\n\
        query createdBefore! time\n\
        query sortOrder text one=ASC|DESC\n\
        query nextToken text",
    ..PLAIN
};

/// `getPaymentMethods` of `transfers/2024-06-01`.
pub const GET_PAYMENT_METHODS: Operation = Operation {
    name: "getPaymentMethods",
    api: API_TRANSFERS_2024_06_01,
    method: Method::Get,
    path: "/finances/transfers/2024-06-01/paymentMethods",
    reads: true,
    rate: 0.5,
    burst: 30,
    roles: &[Role::FinanceAndAccounting, Role::AccountInformationServiceProvider],
    parameters: "query marketplaceId! text\n\
        query paymentMethodTypes list:text n=1.. one=BANK_ACCOUNT|CARD|SELLER_WALLET",
    ..PLAIN
};

/// `getPreorderInfo` of `fulfillment-inbound/v0`.
pub const GET_PREORDER_INFO: Operation = Operation {
    name: "getPreorderInfo",
    api: API_FULFILLMENT_INBOUND_V0,
    method: Method::Get,
    path: "/fba/inbound/v0/shipments/{shipmentId}/preorder",
    reads: true,
    rate: 1.0,
    burst: 1,
    life: Life::Removed { on: date(2025, 1, 21), successor: "getInboundPlan fulfillment-inbound/2024-03-20" },
    parameters: "path shipmentId! text",
    ..PLAIN
};

/// `getPrepInstructions` of `fulfillment-inbound/v0`.
pub const GET_PREP_INSTRUCTIONS: Operation = Operation {
    name: "getPrepInstructions",
    api: API_FULFILLMENT_INBOUND_V0,
    method: Method::Get,
    path: "/fba/inbound/v0/prepInstructions",
    reads: true,
    rate: 2.0,
    burst: 30,
    roles: &[Role::AmazonFulfillment],
    parameters: "query ShipToCountryCode! text\n\
        query SellerSKUList list:text n=..50\n\
        query ASINList list:text n=..50",
    ..PLAIN
};

/// `getPricing` of `product-pricing/v0`.
pub const GET_PRICING: Operation = Operation {
    name: "getPricing",
    api: API_PRODUCT_PRICING_V0,
    method: Method::Get,
    path: "/products/pricing/v0/price",
    reads: true,
    rate: 0.5,
    burst: 1,
    roles: &[Role::Pricing],
    parameters: "query MarketplaceId! text\n\
        query Asins list:text n=..20\n\
        query Skus list:text n=..20\n\
        query ItemType! text one=Asin|Sku\n\
        query ItemCondition text one=New|Used|Collectible|Refurbished|Club\n\
        query OfferType text one=B2C|B2B",
    ..PLAIN
};

/// `getPromotion` of `promotions/2025-12-01`.
pub const GET_PROMOTION: Operation = Operation {
    name: "getPromotion",
    api: API_PROMOTIONS_2025_12_01,
    method: Method::Get,
    path: "/promotions/2025-12-01/promotions/{promotionId}",
    reads: true,
    rate: 0.1,
    burst: 2,
    roles: &[Role::Pricing],
    parameters: "path promotionId! text\n\
        query includedData list:text\n\
        query locale text",
    ..PLAIN
};

/// `getPurchaseOrder` of `vendor-orders/v1`.
pub const GET_PURCHASE_ORDER: Operation = Operation {
    name: "getPurchaseOrder",
    api: API_VENDOR_ORDERS_V1,
    method: Method::Get,
    path: "/vendor/orders/v1/purchaseOrders/{purchaseOrderNumber}",
    reads: true,
    rate: 10.0,
    burst: 10,
    roles: &[Role::AmazonFulfillment],
    parameters: "path purchaseOrderNumber! text",
    ..PLAIN
};

/// `getPurchaseOrders` of `vendor-orders/v1`.
pub const GET_PURCHASE_ORDERS: Operation = Operation {
    name: "getPurchaseOrders",
    api: API_VENDOR_ORDERS_V1,
    method: Method::Get,
    path: "/vendor/orders/v1/purchaseOrders",
    reads: true,
    rate: 10.0,
    burst: 10,
    roles: &[Role::AmazonFulfillment],
    pages: Some(&Pages { find: "payload.pagination.nextToken", via: Via::Query("nextToken"), filters: Filters::Repeat }),
    parameters: "query limit int span=1..100\n\
        query createdAfter time\n\
        query createdBefore time\n\
        query sortOrder text one=ASC|DESC\n\
        query nextToken text\n\
        query includeDetails flag\n\
        query changedAfter time\n\
        query changedBefore time\n\
        query poItemState text one=Cancelled\n\
        query isPOChanged flag\n\
        query purchaseOrderState text one=New|Acknowledged|Closed\n\
        query orderingVendorCode text",
    ..PLAIN
};

/// `getPurchaseOrdersStatus` of `vendor-orders/v1`.
pub const GET_PURCHASE_ORDERS_STATUS: Operation = Operation {
    name: "getPurchaseOrdersStatus",
    api: API_VENDOR_ORDERS_V1,
    method: Method::Get,
    path: "/vendor/orders/v1/purchaseOrdersStatus",
    reads: true,
    rate: 10.0,
    burst: 10,
    roles: &[Role::AmazonFulfillment],
    pages: Some(&Pages { find: "payload.pagination.nextToken", via: Via::Query("nextToken"), filters: Filters::Repeat }),
    parameters: "query limit int span=1..100\n\
        query sortOrder text one=ASC|DESC\n\
        query nextToken text\n\
        query createdAfter time\n\
        query createdBefore time\n\
        query updatedAfter time\n\
        query updatedBefore time\n\
        query purchaseOrderNumber text\n\
        query purchaseOrderStatus text one=OPEN|CLOSED\n\
        query itemConfirmationStatus text one=ACCEPTED|PARTIALLY_ACCEPTED|REJECTED|UNCONFIRMED\n\
        query itemReceiveStatus text one=NOT_RECEIVED|PARTIALLY_RECEIVED|RECEIVED\n\
        query orderingVendorCode text\n\
        query shipToPartyId text",
    ..PLAIN
};

/// `getQueries` of `data-kiosk/2023-11-15`.
pub const GET_QUERIES: Operation = Operation {
    name: "getQueries",
    api: API_DATA_KIOSK_2023_11_15,
    method: Method::Get,
    path: "/dataKiosk/2023-11-15/queries",
    reads: true,
    rate: 0.0222,
    burst: 10,
    roles: &[Role::BrandAnalytics],
    pages: Some(&Pages { find: "pagination.nextToken", via: Via::Query("paginationToken"), filters: Filters::Repeat }),
    parameters: "query processingStatuses list:text n=1.. one=CANCELLED|DONE|FATAL|IN_PROGRESS|IN_QUEUE\n\
        query pageSize int span=1..100\n\
        query createdSince time\n\
        query createdUntil time\n\
        query paginationToken text",
    ..PLAIN
};

/// `getQuery` of `data-kiosk/2023-11-15`.
pub const GET_QUERY: Operation = Operation {
    name: "getQuery",
    api: API_DATA_KIOSK_2023_11_15,
    method: Method::Get,
    path: "/dataKiosk/2023-11-15/queries/{queryId}",
    reads: true,
    rate: 2.0,
    burst: 15,
    roles: &[Role::BrandAnalytics],
    pages: Some(&Pages { find: "pagination.nextToken", via: Via::Body("paginationToken"), filters: Filters::Repeat }),
    parameters: "path queryId! text",
    ..PLAIN
};

/// `getRangeSlotCapacity` of `services/v1`.
pub const GET_RANGE_SLOT_CAPACITY: Operation = Operation {
    name: "getRangeSlotCapacity",
    api: API_SERVICES_V1,
    method: Method::Post,
    path: "/service/v1/serviceResources/{resourceId}/capacity/range",
    reads: true,
    rate: 5.0,
    burst: 20,
    body: Body::Required,
    roles: &[Role::ProfessionalServices],
    pages: Some(&Pages { find: "nextPageToken", via: Via::Query("nextPageToken"), filters: Filters::Repeat }),
    parameters: "path resourceId! text len=1..100\n\
        query marketplaceIds! list:text n=..1\n\
        query nextPageToken text",
    ..PLAIN
};

/// `getRates` of `shipping/v1`.
pub const GET_RATES_SHIPPING_V1: Operation = Operation {
    name: "getRates",
    api: API_SHIPPING_V1,
    method: Method::Post,
    path: "/shipping/v1/rates",
    reads: true,
    rate: 5.0,
    burst: 15,
    body: Body::Required,
    roles: &[Role::DirectToConsumerShipping],
    life: Life::Superseded { successor: "getRates shipping/v2" },
    ..PLAIN
};

/// `getRates` of `shipping/v2`.
pub const GET_RATES_SHIPPING_V2: Operation = Operation {
    name: "getRates",
    api: API_SHIPPING_V2,
    method: Method::Post,
    path: "/shipping/v2/shipments/rates",
    reads: true,
    rate: 80.0,
    burst: 100,
    body: Body::Required,
    roles: &[Role::DirectToConsumerShipping],
    parameters: "header x-amzn-shipping-business-id text one=AmazonShipping_US|AmazonShipping_IN|AmazonShipping_UK|AmazonShipping_UAE|AmazonShipping_SA|AmazonShipping_EG|AmazonShipping_IT|AmazonShipping_ES|AmazonShipping_FR|AmazonShipping_JP",
    ..PLAIN
};

/// `getRemittance` of `finance-remittance/2026-03-17`.
pub const GET_REMITTANCE: Operation = Operation {
    name: "getRemittance",
    api: API_FINANCE_REMITTANCE_2026_03_17,
    method: Method::Get,
    path: "/finances/remittances/2026-03-17/remittances/{uniquePaymentId}",
    reads: true,
    rate: 1.0,
    burst: 1,
    roles: &[Role::FinanceAndAccounting],
    parameters: "path uniquePaymentId! text\n\
        query marketplaceId! text\n\
        query nextTokenForLineItems text",
    ..PLAIN
};

/// `getRemittanceHeaders` of `finance-remittance/2026-03-17`.
pub const GET_REMITTANCE_HEADERS: Operation = Operation {
    name: "getRemittanceHeaders",
    api: API_FINANCE_REMITTANCE_2026_03_17,
    method: Method::Get,
    path: "/finances/remittances/2026-03-17/remittances",
    reads: true,
    rate: 1.0,
    burst: 1,
    roles: &[Role::FinanceAndAccounting],
    parameters: "query marketplaceId! text\n\
        query startDate text\n\
        query endDate text\n\
        query nextToken text",
    ..PLAIN
};

/// `getReplenishmentOrder` of `awd/2024-05-09`.
pub const GET_REPLENISHMENT_ORDER: Operation = Operation {
    name: "getReplenishmentOrder",
    api: API_AWD_2024_05_09,
    method: Method::Get,
    path: "/awd/2024-05-09/replenishmentOrders/{orderId}",
    reads: true,
    rate: 1.0,
    burst: 1,
    roles: &[Role::AmazonWarehousingAndDistribution],
    parameters: "path orderId! text",
    ..PLAIN
};

/// `getReport` of `reports/2021-06-30`.
pub const GET_REPORT: Operation = Operation {
    name: "getReport",
    api: API_REPORTS_2021_06_30,
    method: Method::Get,
    path: "/reports/2021-06-30/reports/{reportId}",
    reads: true,
    rate: 2.0,
    burst: 15,
    roles: &[Role::InventoryAndOrderTracking, Role::AmazonFulfillment, Role::FinanceAndAccounting, Role::Pricing, Role::ProductListing, Role::BrandAnalytics, Role::SellingPartnerInsights, Role::DirectToConsumerShipping, Role::TaxInvoicing, Role::TaxRemittance],
    parameters: "path reportId! text",
    ..PLAIN
};

/// `getReportDocument` of `reports/2021-06-30`.
pub const GET_REPORT_DOCUMENT: Operation = Operation {
    name: "getReportDocument",
    api: API_REPORTS_2021_06_30,
    method: Method::Get,
    path: "/reports/2021-06-30/documents/{reportDocumentId}",
    reads: true,
    rate: 0.0167,
    burst: 15,
    roles: &[Role::InventoryAndOrderTracking, Role::AmazonFulfillment, Role::FinanceAndAccounting, Role::Pricing, Role::ProductListing, Role::BrandAnalytics, Role::SellingPartnerInsights, Role::DirectToConsumerShipping, Role::TaxInvoicing, Role::TaxRemittance],
    access: Access::RestrictedReports,
    parameters: "path reportDocumentId! text\n\
        query enableContentEncodingUrlHeader flag",
    ..PLAIN
};

/// `getReportSchedule` of `reports/2021-06-30`.
pub const GET_REPORT_SCHEDULE: Operation = Operation {
    name: "getReportSchedule",
    api: API_REPORTS_2021_06_30,
    method: Method::Get,
    path: "/reports/2021-06-30/schedules/{reportScheduleId}",
    reads: true,
    rate: 0.0222,
    burst: 10,
    roles: &[Role::InventoryAndOrderTracking, Role::AmazonFulfillment, Role::FinanceAndAccounting, Role::Pricing, Role::ProductListing, Role::BrandAnalytics, Role::SellingPartnerInsights, Role::DirectToConsumerShipping, Role::TaxInvoicing, Role::TaxRemittance],
    parameters: "path reportScheduleId! text",
    ..PLAIN
};

/// `getReportSchedules` of `reports/2021-06-30`.
pub const GET_REPORT_SCHEDULES: Operation = Operation {
    name: "getReportSchedules",
    api: API_REPORTS_2021_06_30,
    method: Method::Get,
    path: "/reports/2021-06-30/schedules",
    reads: true,
    rate: 0.0222,
    burst: 10,
    roles: &[Role::InventoryAndOrderTracking, Role::AmazonFulfillment, Role::FinanceAndAccounting, Role::Pricing, Role::ProductListing, Role::BrandAnalytics, Role::SellingPartnerInsights, Role::DirectToConsumerShipping, Role::TaxInvoicing, Role::TaxRemittance],
    parameters: "query reportTypes! list:text n=1..10",
    ..PLAIN
};

/// `getReports` of `reports/2021-06-30`.
pub const GET_REPORTS: Operation = Operation {
    name: "getReports",
    api: API_REPORTS_2021_06_30,
    method: Method::Get,
    path: "/reports/2021-06-30/reports",
    reads: true,
    rate: 0.0222,
    burst: 10,
    roles: &[Role::InventoryAndOrderTracking, Role::AmazonFulfillment, Role::FinanceAndAccounting, Role::Pricing, Role::ProductListing, Role::BrandAnalytics, Role::SellingPartnerInsights, Role::DirectToConsumerShipping, Role::TaxInvoicing, Role::TaxRemittance],
    pages: Some(&Pages { find: "nextToken", via: Via::Query("nextToken"), filters: Filters::Alone }),
    parameters: "query reportTypes list:text n=1..10\n\
        query processingStatuses list:text n=1.. one=CANCELLED|DONE|FATAL|IN_PROGRESS|IN_QUEUE\n\
        query marketplaceIds list:text n=1..10\n\
        query pageSize int span=1..100\n\
        query createdSince time\n\
        query createdUntil time\n\
        query nextToken text",
    ..PLAIN
};

/// `getReturn` of `external-fulfillment-returns/2024-09-11`.
pub const GET_RETURN: Operation = Operation {
    name: "getReturn",
    api: API_EXTERNAL_FULFILLMENT_RETURNS_2024_09_11,
    method: Method::Get,
    path: "/externalFulfillment/2024-09-11/returns/{returnId}",
    reads: true,
    rate: 10.0,
    burst: 10,
    roles: &[Role::InventoryAndOrderTracking],
    ceiling: Some(20),
    parameters: "path returnId! text",
    ..PLAIN
};

/// `getScheduledPackage` of `easy-ship/2022-03-23`.
pub const GET_SCHEDULED_PACKAGE: Operation = Operation {
    name: "getScheduledPackage",
    api: API_EASY_SHIP_2022_03_23,
    method: Method::Get,
    path: "/easyShip/2022-03-23/package",
    reads: true,
    rate: 1.0,
    burst: 5,
    roles: &[Role::DirectToConsumerShipping],
    parameters: "query amazonOrderId! text len=1..255\n\
        query marketplaceId! text len=1..255",
    ..PLAIN
};

/// `getSelection` of `promotions/2025-12-01`.
pub const GET_SELECTION: Operation = Operation {
    name: "getSelection",
    api: API_PROMOTIONS_2025_12_01,
    method: Method::Get,
    path: "/promotions/2025-12-01/promotions/{promotionId}/selections/{selectionId}",
    reads: true,
    rate: 0.1,
    burst: 2,
    roles: &[Role::Pricing],
    parameters: "path promotionId! text\n\
        path selectionId! text\n\
        query revisionId! int\n\
        query locale text\n\
        query paginationToken text\n\
        query limit int\n\
        query includedData list:text",
    ..PLAIN
};

/// `getSelfShipAppointmentSlots` of `fulfillment-inbound/2024-03-20`.
pub const GET_SELF_SHIP_APPOINTMENT_SLOTS: Operation = Operation {
    name: "getSelfShipAppointmentSlots",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Get,
    path: "/inbound/fba/2024-03-20/inboundPlans/{inboundPlanId}/shipments/{shipmentId}/selfShipAppointmentSlots",
    reads: true,
    rate: 2.0,
    burst: 6,
    roles: &[Role::AmazonFulfillment],
    pages: Some(&Pages { find: "pagination.nextToken", via: Via::Query("paginationToken"), filters: Filters::Repeat }),
    parameters: "path inboundPlanId! text len=38..38 chars=a-zA-Z0-9-\n\
        path shipmentId! text len=38..38 chars=a-zA-Z0-9-\n\
        query pageSize int span=1..100\n\
        query paginationToken text len=0..1024",
    ..PLAIN
};

/// `getSellingPartnerMetrics` of `replenishment/2022-11-07`.
pub const GET_SELLING_PARTNER_METRICS: Operation = Operation {
    name: "getSellingPartnerMetrics",
    api: API_REPLENISHMENT_2022_11_07,
    method: Method::Post,
    path: "/replenishment/2022-11-07/sellingPartners/metrics/search",
    reads: true,
    rate: 1.0,
    burst: 1,
    body: Body::Optional,
    roles: &[Role::BrandAnalytics],
    ..PLAIN
};

/// `getServiceJobByServiceJobId` of `services/v1`.
pub const GET_SERVICE_JOB_BY_SERVICE_JOB_ID: Operation = Operation {
    name: "getServiceJobByServiceJobId",
    api: API_SERVICES_V1,
    method: Method::Get,
    path: "/service/v1/serviceJobs/{serviceJobId}",
    reads: true,
    rate: 20.0,
    burst: 40,
    roles: &[Role::ProfessionalServices],
    parameters: "path serviceJobId! text len=1..100",
    ..PLAIN
};

/// `getServiceJobs` of `services/v1`.
pub const GET_SERVICE_JOBS: Operation = Operation {
    name: "getServiceJobs",
    api: API_SERVICES_V1,
    method: Method::Get,
    path: "/service/v1/serviceJobs",
    reads: true,
    rate: 10.0,
    burst: 40,
    roles: &[Role::ProfessionalServices],
    pages: Some(&Pages { find: "payload.nextPageToken", via: Via::Query("pageToken"), filters: Filters::Repeat }),
    parameters: "query serviceOrderIds list:text n=1..20 chars=0-9-\n\
        query productOrderIds list:text n=1..20 chars=0-9-\n\
        query trackingIds list:text n=1..20 chars=A-Za-z0-9-\n\
        query serviceJobStatus list:text one=NOT_SERVICED|CANCELLED|COMPLETED|PENDING_SCHEDULE|NOT_FULFILLABLE|HOLD|PAYMENT_DECLINED\n\
        query pageToken text\n\
        query pageSize int span=1..20\n\
        query sortField text one=JOB_DATE|JOB_STATUS\n\
        query sortOrder text one=ASC|DESC\n\
        query createdAfter text\n\
        query createdBefore text\n\
        query lastUpdatedAfter text\n\
        query lastUpdatedBefore text\n\
        query scheduleStartDate text\n\
        query scheduleEndDate text\n\
        query marketplaceIds! list:text n=..1\n\
        query asins list:text n=1..20 len=10..10\n\
        query requiredSkills list:text n=1..20 len=1..50\n\
        query storeIds list:text n=1..50 len=1..100",
    ..PLAIN
};

/// `getShipment` of `external-fulfillment-shipments/2024-09-11`.
pub const GET_SHIPMENT_EXTERNAL_FULFILLMENT_SHIPMENTS_2024_09_11: Operation = Operation {
    name: "getShipment",
    api: API_EXTERNAL_FULFILLMENT_SHIPMENTS_2024_09_11,
    method: Method::Get,
    path: "/externalFulfillment/2024-09-11/shipments/{shipmentId}",
    reads: true,
    rate: 1.0,
    burst: 1,
    roles: &[Role::DirectToConsumerShipping],
    parameters: "path shipmentId! text",
    ..PLAIN
};

/// `getShipment` of `fulfillment-inbound/2024-03-20`.
pub const GET_SHIPMENT_FULFILLMENT_INBOUND_2024_03_20: Operation = Operation {
    name: "getShipment",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Get,
    path: "/inbound/fba/2024-03-20/inboundPlans/{inboundPlanId}/shipments/{shipmentId}",
    reads: true,
    rate: 2.0,
    burst: 6,
    roles: &[Role::AmazonFulfillment],
    parameters: "path inboundPlanId! text len=38..38 chars=a-zA-Z0-9-\n\
        path shipmentId! text len=38..38 chars=a-zA-Z0-9-",
    ..PLAIN
};

/// `getShipment` of `merchant-fulfillment/v0`.
pub const GET_SHIPMENT_MERCHANT_FULFILLMENT_V0: Operation = Operation {
    name: "getShipment",
    api: API_MERCHANT_FULFILLMENT_V0,
    method: Method::Get,
    path: "/mfn/v0/shipments/{shipmentId}",
    reads: true,
    rate: 1.0,
    burst: 1,
    roles: &[Role::DirectToConsumerShipping],
    access: Access::Restricted,
    parameters: "path shipmentId! text",
    ..PLAIN
};

/// `getShipment` of `shipping/v1`.
pub const GET_SHIPMENT_SHIPPING_V1: Operation = Operation {
    name: "getShipment",
    api: API_SHIPPING_V1,
    method: Method::Get,
    path: "/shipping/v1/shipments/{shipmentId}",
    reads: true,
    rate: 5.0,
    burst: 15,
    roles: &[Role::DirectToConsumerShipping],
    access: Access::Restricted,
    life: Life::Superseded { successor: "getTracking shipping/v2" },
    parameters: "path shipmentId! text",
    ..PLAIN
};

/// `getShipmentContentUpdatePreview` of `fulfillment-inbound/2024-03-20`.
pub const GET_SHIPMENT_CONTENT_UPDATE_PREVIEW: Operation = Operation {
    name: "getShipmentContentUpdatePreview",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Get,
    path: "/inbound/fba/2024-03-20/inboundPlans/{inboundPlanId}/shipments/{shipmentId}/contentUpdatePreviews/{contentUpdatePreviewId}",
    reads: true,
    rate: 2.0,
    burst: 30,
    roles: &[Role::AmazonFulfillment],
    parameters: "path inboundPlanId! text len=38..38 chars=a-zA-Z0-9-\n\
        path shipmentId! text len=38..38 chars=a-zA-Z0-9-\n\
        path contentUpdatePreviewId! text len=38..38 chars=a-zA-Z0-9-",
    ..PLAIN
};

/// `getShipmentDetails` of `shipment-invoicing/v0`.
pub const GET_SHIPMENT_DETAILS_SHIPMENT_INVOICING_V0: Operation = Operation {
    name: "getShipmentDetails",
    api: API_SHIPMENT_INVOICING_V0,
    method: Method::Get,
    path: "/fba/outbound/brazil/v0/shipments/{shipmentId}",
    reads: true,
    rate: 1.133,
    burst: 25,
    roles: &[Role::TaxInvoicing],
    access: Access::Restricted,
    parameters: "path shipmentId! text",
    ..PLAIN
};

/// `getShipmentDocuments` of `shipping/v2`.
pub const GET_SHIPMENT_DOCUMENTS: Operation = Operation {
    name: "getShipmentDocuments",
    api: API_SHIPPING_V2,
    method: Method::Get,
    path: "/shipping/v2/shipments/{shipmentId}/documents",
    reads: true,
    rate: 80.0,
    burst: 100,
    roles: &[Role::DirectToConsumerShipping],
    parameters: "path shipmentId! text\n\
        query packageClientReferenceId! text\n\
        query format text\n\
        query dpi number\n\
        header x-amzn-shipping-business-id text one=AmazonShipping_US|AmazonShipping_IN|AmazonShipping_UK|AmazonShipping_UAE|AmazonShipping_SA|AmazonShipping_EG|AmazonShipping_IT|AmazonShipping_ES|AmazonShipping_FR|AmazonShipping_JP",
    ..PLAIN
};

/// `getShipmentItems` of `fulfillment-inbound/v0`.
pub const GET_SHIPMENT_ITEMS: Operation = Operation {
    name: "getShipmentItems",
    api: API_FULFILLMENT_INBOUND_V0,
    method: Method::Get,
    path: "/fba/inbound/v0/shipmentItems",
    reads: true,
    rate: 2.0,
    burst: 30,
    roles: &[Role::AmazonFulfillment],
    pages: Some(&Pages { find: "payload.NextToken", via: Via::Query("NextToken"), filters: Filters::QueryType }),
    parameters: "query LastUpdatedAfter time\n\
        query LastUpdatedBefore time\n\
        query QueryType! text one=DATE_RANGE|NEXT_TOKEN\n\
        query NextToken text\n\
        query MarketplaceId! text",
    ..PLAIN
};

/// `getShipmentItemsByShipmentId` of `fulfillment-inbound/v0`.
pub const GET_SHIPMENT_ITEMS_BY_SHIPMENT_ID: Operation = Operation {
    name: "getShipmentItemsByShipmentId",
    api: API_FULFILLMENT_INBOUND_V0,
    method: Method::Get,
    path: "/fba/inbound/v0/shipments/{shipmentId}/items",
    reads: true,
    rate: 2.0,
    burst: 30,
    roles: &[Role::AmazonFulfillment],
    parameters: "path shipmentId! text\n\
        query MarketplaceId text",
    ..PLAIN
};

/// `getShipmentTracking` of `tracking/2026-01-30`.
pub const GET_SHIPMENT_TRACKING: Operation = Operation {
    name: "getShipmentTracking",
    api: API_TRACKING_2026_01_30,
    method: Method::Get,
    path: "/tracking/2026-01-30/shipments/track",
    reads: true,
    rate: 2.0,
    burst: 30,
    access: Access::Grantless("sellingpartnerapi::shipments:track"),
    parameters: "query id text\n\
        query acsin text\n\
        query aftn text\n\
        query containerNumber text\n\
        query houseBillOfLadingNumber text\n\
        query carrierTracking.trackingNumber text\n\
        query carrierTracking.carrierCode text\n\
        header Accept-Language text",
    ..PLAIN
};

/// `getShipments` of `external-fulfillment-shipments/2024-09-11`.
pub const GET_SHIPMENTS_EXTERNAL_FULFILLMENT_SHIPMENTS_2024_09_11: Operation = Operation {
    name: "getShipments",
    api: API_EXTERNAL_FULFILLMENT_SHIPMENTS_2024_09_11,
    method: Method::Get,
    path: "/externalFulfillment/2024-09-11/shipments",
    reads: true,
    rate: 1.0,
    burst: 1,
    roles: &[Role::DirectToConsumerShipping],
    pages: Some(&Pages { find: "pagination.nextToken", via: Via::Query("paginationToken"), filters: Filters::Repeat }),
    parameters: "query locationId text len=..36\n\
        query marketplaceId text\n\
        query channelName text len=..10\n\
        query status! text one=CREATED|ACCEPTED|CONFIRMED|PACKAGE_CREATED|PICKUP_SLOT_RETRIEVED|INVOICE_GENERATED|SHIPLABEL_GENERATED|CANCELLED|SHIPPED|DELIVERED\n\
        query lastUpdatedAfter time\n\
        query lastUpdatedBefore time\n\
        query maxResults int span=1..100\n\
        query paginationToken text",
    ..PLAIN
};

/// `getShipments` of `fulfillment-inbound/v0`.
pub const GET_SHIPMENTS_FULFILLMENT_INBOUND_V0: Operation = Operation {
    name: "getShipments",
    api: API_FULFILLMENT_INBOUND_V0,
    method: Method::Get,
    path: "/fba/inbound/v0/shipments",
    reads: true,
    rate: 2.0,
    burst: 30,
    roles: &[Role::AmazonFulfillment],
    pages: Some(&Pages { find: "payload.NextToken", via: Via::Query("NextToken"), filters: Filters::QueryType }),
    parameters: "query ShipmentStatusList list:text one=WORKING|READY_TO_SHIP|SHIPPED|RECEIVING|CANCELLED|DELETED|CLOSED|ERROR|IN_TRANSIT|DELIVERED|CHECKED_IN\n\
        query ShipmentIdList list:text n=..999\n\
        query LastUpdatedAfter time\n\
        query LastUpdatedBefore time\n\
        query QueryType! text one=SHIPMENT|DATE_RANGE|NEXT_TOKEN\n\
        query NextToken text\n\
        query MarketplaceId! text",
    ..PLAIN
};

/// `getShippingLabel` of `vendor-direct-fulfillment-shipping/v1`.
pub const GET_SHIPPING_LABEL_VENDOR_DIRECT_FULFILLMENT_SHIPPING_V1: Operation = Operation {
    name: "getShippingLabel",
    api: API_VENDOR_DIRECT_FULFILLMENT_SHIPPING_V1,
    method: Method::Get,
    path: "/vendor/directFulfillment/shipping/v1/shippingLabels/{purchaseOrderNumber}",
    reads: true,
    rate: 10.0,
    burst: 10,
    roles: &[Role::DirectToConsumerShipping],
    access: Access::Restricted,
    parameters: "path purchaseOrderNumber! text chars=a-zA-Z0-9",
    ..PLAIN
};

/// `getShippingLabel` of `vendor-direct-fulfillment-shipping/2021-12-28`.
pub const GET_SHIPPING_LABEL_VENDOR_DIRECT_FULFILLMENT_SHIPPING_2021_12_28: Operation = Operation {
    name: "getShippingLabel",
    api: API_VENDOR_DIRECT_FULFILLMENT_SHIPPING_2021_12_28,
    method: Method::Get,
    path: "/vendor/directFulfillment/shipping/2021-12-28/shippingLabels/{purchaseOrderNumber}",
    reads: true,
    rate: 10.0,
    burst: 10,
    roles: &[Role::DirectToConsumerShipping],
    access: Access::Restricted,
    parameters: "path purchaseOrderNumber! text chars=a-zA-Z0-9",
    ..PLAIN
};

/// `getShippingLabels` of `vendor-direct-fulfillment-shipping/v1`.
pub const GET_SHIPPING_LABELS_VENDOR_DIRECT_FULFILLMENT_SHIPPING_V1: Operation = Operation {
    name: "getShippingLabels",
    api: API_VENDOR_DIRECT_FULFILLMENT_SHIPPING_V1,
    method: Method::Get,
    path: "/vendor/directFulfillment/shipping/v1/shippingLabels",
    reads: true,
    rate: 10.0,
    burst: 10,
    roles: &[Role::DirectToConsumerShipping],
    access: Access::Restricted,
    pages: Some(&Pages { find: "payload.pagination.nextToken", via: Via::Query("nextToken"), filters: Filters::Repeat }),
    parameters: "query shipFromPartyId text\n\
        query limit int span=1..100\n\
        query createdAfter! time\n\
        query createdBefore! time\n\
        query sortOrder text one=ASC|DESC\n\
        query nextToken text",
    ..PLAIN
};

/// `getShippingLabels` of `vendor-direct-fulfillment-shipping/2021-12-28`.
pub const GET_SHIPPING_LABELS_VENDOR_DIRECT_FULFILLMENT_SHIPPING_2021_12_28: Operation = Operation {
    name: "getShippingLabels",
    api: API_VENDOR_DIRECT_FULFILLMENT_SHIPPING_2021_12_28,
    method: Method::Get,
    path: "/vendor/directFulfillment/shipping/2021-12-28/shippingLabels",
    reads: true,
    rate: 10.0,
    burst: 10,
    roles: &[Role::DirectToConsumerShipping],
    access: Access::Restricted,
    pages: Some(&Pages { find: "pagination.nextToken", via: Via::Query("nextToken"), filters: Filters::Repeat }),
    parameters: "query shipFromPartyId text\n\
        query limit int span=1..100\n\
        query createdAfter! time\n\
        query createdBefore! time\n\
        query sortOrder text one=ASC|DESC\n\
        query nextToken text",
    ..PLAIN
};

/// `getSolicitationActionsForOrder` of `solicitations/v1`.
pub const GET_SOLICITATION_ACTIONS_FOR_ORDER: Operation = Operation {
    name: "getSolicitationActionsForOrder",
    api: API_SOLICITATIONS_V1,
    method: Method::Get,
    path: "/solicitations/v1/orders/{amazonOrderId}",
    reads: true,
    rate: 1.0,
    burst: 5,
    roles: &[Role::BuyerSolicitation],
    parameters: "path amazonOrderId! text\n\
        query marketplaceIds! list:text n=..1",
    ..PLAIN
};

/// `getSubscription` of `notifications/v1`.
pub const GET_SUBSCRIPTION: Operation = Operation {
    name: "getSubscription",
    api: API_NOTIFICATIONS_V1,
    method: Method::Get,
    path: "/notifications/v1/subscriptions/{notificationType}",
    reads: true,
    rate: 1.0,
    burst: 5,
    roles: &[Role::SellingPartnerInsights, Role::InventoryAndOrderTracking, Role::AmazonFulfillment, Role::ProductListing, Role::Pricing, Role::FinanceAndAccounting, Role::BrandAnalytics],
    parameters: "path notificationType! text\n\
        query payloadVersion text",
    ..PLAIN
};

/// `getSubscriptionById` of `notifications/v1`.
pub const GET_SUBSCRIPTION_BY_ID: Operation = Operation {
    name: "getSubscriptionById",
    api: API_NOTIFICATIONS_V1,
    method: Method::Get,
    path: "/notifications/v1/subscriptions/{notificationType}/{subscriptionId}",
    reads: true,
    rate: 1.0,
    burst: 5,
    roles: &[Role::SellingPartnerInsights, Role::InventoryAndOrderTracking, Role::AmazonFulfillment, Role::ProductListing, Role::Pricing, Role::FinanceAndAccounting, Role::BrandAnalytics],
    access: Access::Grantless("sellingpartnerapi::notifications"),
    parameters: "path subscriptionId! text\n\
        path notificationType! text",
    ..PLAIN
};

/// `getSubscriptions` of `notifications/v1`.
pub const GET_SUBSCRIPTIONS: Operation = Operation {
    name: "getSubscriptions",
    api: API_NOTIFICATIONS_V1,
    method: Method::Get,
    path: "/notifications/v1/subscriptions",
    reads: true,
    rate: 1.0,
    burst: 5,
    roles: &[Role::SellingPartnerInsights, Role::InventoryAndOrderTracking, Role::AmazonFulfillment, Role::ProductListing, Role::Pricing, Role::FinanceAndAccounting, Role::BrandAnalytics],
    pages: Some(&Pages { find: "payload.nextToken", via: Via::Query("nextToken"), filters: Filters::Repeat }),
    parameters: "query notificationTypes! list:text n=1..1\n\
        query payloadVersion text\n\
        query pageSize int span=30..100\n\
        query nextToken text",
    ..PLAIN
};

/// `getSupplySource` of `supply-sources/2020-07-01`.
pub const GET_SUPPLY_SOURCE: Operation = Operation {
    name: "getSupplySource",
    api: API_SUPPLY_SOURCES_2020_07_01,
    method: Method::Get,
    path: "/supplySources/2020-07-01/supplySources/{supplySourceId}",
    reads: true,
    rate: 40.0,
    burst: 40,
    roles: &[Role::InventoryAndOrderTracking],
    parameters: "path supplySourceId! text",
    ..PLAIN
};

/// `getSupplySources` of `supply-sources/2020-07-01`.
pub const GET_SUPPLY_SOURCES: Operation = Operation {
    name: "getSupplySources",
    api: API_SUPPLY_SOURCES_2020_07_01,
    method: Method::Get,
    path: "/supplySources/2020-07-01/supplySources",
    reads: true,
    rate: 10.0,
    burst: 10,
    roles: &[Role::InventoryAndOrderTracking],
    pages: Some(&Pages { find: "nextPageToken", via: Via::Query("nextPageToken"), filters: Filters::Repeat }),
    parameters: "query nextPageToken text\n\
        query pageSize number",
    ..PLAIN
};

/// `getTracking` of `shipping/v2`.
pub const GET_TRACKING: Operation = Operation {
    name: "getTracking",
    api: API_SHIPPING_V2,
    method: Method::Get,
    path: "/shipping/v2/tracking",
    reads: true,
    rate: 80.0,
    burst: 100,
    roles: &[Role::DirectToConsumerShipping],
    parameters: "query trackingId! text\n\
        query carrierId! text\n\
        header x-amzn-shipping-business-id text one=AmazonShipping_US|AmazonShipping_IN|AmazonShipping_UK|AmazonShipping_UAE|AmazonShipping_SA|AmazonShipping_EG|AmazonShipping_IT|AmazonShipping_ES|AmazonShipping_FR|AmazonShipping_JP",
    ..PLAIN
};

/// `getTrackingInformation` of `shipping/v1`.
pub const GET_TRACKING_INFORMATION: Operation = Operation {
    name: "getTrackingInformation",
    api: API_SHIPPING_V1,
    method: Method::Get,
    path: "/shipping/v1/tracking/{trackingId}",
    reads: true,
    rate: 1.0,
    burst: 1,
    roles: &[Role::DirectToConsumerShipping],
    life: Life::Superseded { successor: "getTracking shipping/v2" },
    parameters: "path trackingId! text",
    ..PLAIN
};

/// `getTransaction` of `seller-wallet/2024-03-01`.
pub const GET_TRANSACTION_SELLER_WALLET_2024_03_01: Operation = Operation {
    name: "getTransaction",
    api: API_SELLER_WALLET_2024_03_01,
    method: Method::Get,
    path: "/finances/transfers/wallet/2024-03-01/transactions/{transactionId}",
    reads: true,
    rate: 1.0,
    burst: 10,
    roles: &[Role::FinanceAndAccounting],
    parameters: "path transactionId! text\n\
        query marketplaceId! text",
    ..PLAIN
};

/// `getTransaction` of `vendor-transaction-status/v1`.
pub const GET_TRANSACTION_VENDOR_TRANSACTION_STATUS_V1: Operation = Operation {
    name: "getTransaction",
    api: API_VENDOR_TRANSACTION_STATUS_V1,
    method: Method::Get,
    path: "/vendor/transactions/v1/transactions/{transactionId}",
    reads: true,
    rate: 10.0,
    burst: 20,
    roles: &[Role::AmazonFulfillment],
    parameters: "path transactionId! text",
    ..PLAIN
};

/// `getTransactionStatus` of `vendor-direct-fulfillment-transactions/v1`.
pub const GET_TRANSACTION_STATUS_VENDOR_DIRECT_FULFILLMENT_TRANSACTIONS_V1: Operation = Operation {
    name: "getTransactionStatus",
    api: API_VENDOR_DIRECT_FULFILLMENT_TRANSACTIONS_V1,
    method: Method::Get,
    path: "/vendor/directFulfillment/transactions/v1/transactions/{transactionId}",
    reads: true,
    rate: 10.0,
    burst: 10,
    roles: &[Role::DirectToConsumerShipping, Role::AmazonFulfillment],
    parameters: "path transactionId! text",
    ..PLAIN
};

/// `getTransactionStatus` of `vendor-direct-fulfillment-transactions/2021-12-28`.
pub const GET_TRANSACTION_STATUS_VENDOR_DIRECT_FULFILLMENT_TRANSACTIONS_2021_12_28: Operation = Operation {
    name: "getTransactionStatus",
    api: API_VENDOR_DIRECT_FULFILLMENT_TRANSACTIONS_2021_12_28,
    method: Method::Get,
    path: "/vendor/directFulfillment/transactions/2021-12-28/transactions/{transactionId}",
    reads: true,
    rate: 10.0,
    burst: 10,
    roles: &[Role::DirectToConsumerShipping, Role::AmazonFulfillment],
    parameters: "path transactionId! text",
    ..PLAIN
};

/// `getTransferPreview` of `seller-wallet/2024-03-01`.
pub const GET_TRANSFER_PREVIEW: Operation = Operation {
    name: "getTransferPreview",
    api: API_SELLER_WALLET_2024_03_01,
    method: Method::Get,
    path: "/finances/transfers/wallet/2024-03-01/transferPreview",
    reads: true,
    rate: 1.0,
    burst: 10,
    roles: &[Role::FinanceAndAccounting],
    parameters: "query sourceCountryCode! text\n\
        query sourceCurrencyCode! text\n\
        query destinationCountryCode! text\n\
        query destinationCurrencyCode! text\n\
        query baseAmount! number\n\
        query marketplaceId! text",
    ..PLAIN
};

/// `getTransferSchedule` of `seller-wallet/2024-03-01`.
pub const GET_TRANSFER_SCHEDULE: Operation = Operation {
    name: "getTransferSchedule",
    api: API_SELLER_WALLET_2024_03_01,
    method: Method::Get,
    path: "/finances/transfers/wallet/2024-03-01/transferSchedules/{transferScheduleId}",
    reads: true,
    rate: 1.0,
    burst: 10,
    roles: &[Role::FinanceAndAccounting],
    parameters: "path transferScheduleId! text\n\
        query marketplaceId! text",
    ..PLAIN
};

/// `getTransportDetails` of `fulfillment-inbound/v0`.
pub const GET_TRANSPORT_DETAILS: Operation = Operation {
    name: "getTransportDetails",
    api: API_FULFILLMENT_INBOUND_V0,
    method: Method::Get,
    path: "/fba/inbound/v0/shipments/{shipmentId}/transport",
    reads: true,
    rate: 1.0,
    burst: 1,
    life: Life::Removed { on: date(2025, 1, 21), successor: "listTransportationOptions fulfillment-inbound/2024-03-20" },
    parameters: "path shipmentId! text",
    ..PLAIN
};

/// `getUnmanifestedShipments` of `shipping/v2`.
pub const GET_UNMANIFESTED_SHIPMENTS: Operation = Operation {
    name: "getUnmanifestedShipments",
    api: API_SHIPPING_V2,
    method: Method::Put,
    path: "/shipping/v2/unmanifestedShipments",
    reads: true,
    rate: 80.0,
    burst: 100,
    body: Body::Required,
    roles: &[Role::DirectToConsumerShipping],
    parameters: "header x-amzn-shipping-business-id text one=AmazonShipping_US|AmazonShipping_IN|AmazonShipping_UK|AmazonShipping_UAE|AmazonShipping_SA|AmazonShipping_EG|AmazonShipping_IT|AmazonShipping_ES|AmazonShipping_FR|AmazonShipping_JP",
    ..PLAIN
};

/// `getVehicles` of `vehicles/2024-11-01`.
pub const GET_VEHICLES: Operation = Operation {
    name: "getVehicles",
    api: API_VEHICLES_2024_11_01,
    method: Method::Get,
    path: "/catalog/2024-11-01/automotive/vehicles",
    reads: true,
    rate: 20.0,
    burst: 5,
    roles: &[Role::ProductListing],
    pages: Some(&Pages { find: "pagination.nextToken", via: Via::Query("pageToken"), filters: Filters::Repeat }),
    parameters: "query pageToken text\n\
        query marketplaceId! text\n\
        query vehicleType! text one=CAR|MOTORBIKE\n\
        query updatedAfter text",
    ..PLAIN
};

/// `initiatePayout` of `transfers/2024-06-01`.
pub const INITIATE_PAYOUT: Operation = Operation {
    name: "initiatePayout",
    api: API_TRANSFERS_2024_06_01,
    method: Method::Post,
    path: "/finances/transfers/2024-06-01/payouts",
    reads: false,
    rate: 0.017,
    burst: 2,
    body: Body::Required,
    roles: &[Role::FinanceAndAccounting],
    ..PLAIN
};

/// `linkCarrierAccount` of `shipping/v2`.
pub const LINK_CARRIER_ACCOUNT_SHIPPING_V2_POST: Operation = Operation {
    name: "linkCarrierAccount",
    api: API_SHIPPING_V2,
    method: Method::Post,
    path: "/shipping/v2/carrierAccounts/{carrierId}",
    reads: false,
    rate: 5.0,
    burst: 10,
    body: Body::Required,
    roles: &[Role::DirectToConsumerShipping],
    parameters: "path carrierId! text\n\
        header x-amzn-shipping-business-id text one=AmazonShipping_US|AmazonShipping_IN|AmazonShipping_UK|AmazonShipping_UAE|AmazonShipping_SA|AmazonShipping_EG|AmazonShipping_IT|AmazonShipping_ES|AmazonShipping_FR|AmazonShipping_JP",
    ..PLAIN
};

/// `linkCarrierAccount` of `shipping/v2`.
pub const LINK_CARRIER_ACCOUNT_SHIPPING_V2_PUT: Operation = Operation {
    name: "linkCarrierAccount",
    api: API_SHIPPING_V2,
    method: Method::Put,
    path: "/shipping/v2/carrierAccounts/{carrierId}",
    reads: false,
    rate: 80.0,
    burst: 100,
    body: Body::Required,
    roles: &[Role::DirectToConsumerShipping],
    parameters: "path carrierId! text\n\
        header x-amzn-shipping-business-id text one=AmazonShipping_US|AmazonShipping_IN|AmazonShipping_UK|AmazonShipping_UAE|AmazonShipping_SA|AmazonShipping_EG|AmazonShipping_IT|AmazonShipping_ES|AmazonShipping_FR|AmazonShipping_JP",
    ..PLAIN
};

/// `listAccountBalances` of `seller-wallet/2024-03-01`.
pub const LIST_ACCOUNT_BALANCES: Operation = Operation {
    name: "listAccountBalances",
    api: API_SELLER_WALLET_2024_03_01,
    method: Method::Get,
    path: "/finances/transfers/wallet/2024-03-01/accounts/{accountId}/balance",
    reads: true,
    rate: 1.0,
    burst: 15,
    roles: &[Role::FinanceAndAccounting],
    parameters: "path accountId! text\n\
        query marketplaceId! text",
    ..PLAIN
};

/// `listAccountTransactions` of `seller-wallet/2024-03-01`.
pub const LIST_ACCOUNT_TRANSACTIONS: Operation = Operation {
    name: "listAccountTransactions",
    api: API_SELLER_WALLET_2024_03_01,
    method: Method::Get,
    path: "/finances/transfers/wallet/2024-03-01/transactions",
    reads: true,
    rate: 1.0,
    burst: 15,
    roles: &[Role::FinanceAndAccounting],
    pages: Some(&Pages { find: "nextPageToken", via: Via::Query("nextPageToken"), filters: Filters::Repeat }),
    parameters: "query accountId! text\n\
        query nextPageToken text\n\
        query marketplaceId! text",
    ..PLAIN
};

/// `listAccounts` of `seller-wallet/2024-03-01`.
pub const LIST_ACCOUNTS: Operation = Operation {
    name: "listAccounts",
    api: API_SELLER_WALLET_2024_03_01,
    method: Method::Get,
    path: "/finances/transfers/wallet/2024-03-01/accounts",
    reads: true,
    rate: 1.0,
    burst: 15,
    roles: &[Role::FinanceAndAccounting],
    parameters: "query marketplaceId! text",
    ..PLAIN
};

/// `listAllFulfillmentOrders` of `fulfillment-outbound/2020-07-01`.
pub const LIST_ALL_FULFILLMENT_ORDERS: Operation = Operation {
    name: "listAllFulfillmentOrders",
    api: API_FULFILLMENT_OUTBOUND_2020_07_01,
    method: Method::Get,
    path: "/fba/outbound/2020-07-01/fulfillmentOrders",
    reads: true,
    rate: 2.0,
    burst: 30,
    roles: &[Role::AmazonFulfillment],
    life: Life::Superseded { successor: "listOrders fulfillment-outbound/2026-07-04" },
    pages: Some(&Pages { find: "payload.nextToken", via: Via::Query("nextToken"), filters: Filters::Repeat }),
    parameters: "query queryStartDate time\n\
        query nextToken text",
    ..PLAIN
};

/// `listBalances` of `finances/2024-06-19`.
pub const LIST_BALANCES: Operation = Operation {
    name: "listBalances",
    api: API_FINANCES_2024_06_19,
    method: Method::Get,
    path: "/finances/2024-06-19/balances",
    reads: true,
    rate: 0.5,
    burst: 10,
    roles: &[Role::FinanceAndAccounting],
    pages: Some(&Pages { find: "nextToken", via: Via::Query("nextToken"), filters: Filters::Repeat }),
    parameters: "query marketplaceIds list:text\n\
        query balanceType text\n\
        query accountType text\n\
        query asOfDate date\n\
        query nextToken text",
    ..PLAIN
};

/// `listCases` of `support/2025-02-01`.
pub const LIST_CASES: Operation = Operation {
    name: "listCases",
    api: API_SUPPORT_2025_02_01,
    method: Method::Post,
    path: "/support/2025-02-01/cases",
    reads: true,
    rate: 1.0,
    burst: 1,
    body: Body::Required,
    roles: &[Role::SellingPartnerInsights],
    ..PLAIN
};

/// `listCatalogCategories` of `catalog-items/v0`.
pub const LIST_CATALOG_CATEGORIES: Operation = Operation {
    name: "listCatalogCategories",
    api: API_CATALOG_ITEMS_V0,
    method: Method::Get,
    path: "/catalog/v0/categories",
    reads: true,
    rate: 1.0,
    burst: 2,
    roles: &[Role::ProductListing],
    life: Life::Removed { on: date(2026, 8, 26), successor: "searchCatalogItems catalog-items/2022-04-01 with includedData=classifications" },
    parameters: "query MarketplaceId! text\n\
        query ASIN text\n\
        query SellerSKU text",
    ..PLAIN
};

/// `listCatalogItems` of `catalog-items/v0`.
pub const LIST_CATALOG_ITEMS: Operation = Operation {
    name: "listCatalogItems",
    api: API_CATALOG_ITEMS_V0,
    method: Method::Get,
    path: "/catalog/v0/items",
    reads: true,
    rate: 1.0,
    burst: 1,
    life: Life::Removed { on: date(2025, 4, 24), successor: "searchCatalogItems catalog-items/2022-04-01" },
    ..PLAIN
};

/// `listContacts` of `support/2025-02-01`.
pub const LIST_CONTACTS: Operation = Operation {
    name: "listContacts",
    api: API_SUPPORT_2025_02_01,
    method: Method::Get,
    path: "/support/2025-02-01/cases/{caseId}/contacts",
    reads: true,
    rate: 1.0,
    burst: 1,
    roles: &[Role::SellingPartnerInsights],
    parameters: "path caseId! text\n\
        query maxResults int\n\
        query nextToken text\n\
        query sortOrder text",
    ..PLAIN
};

/// `listContentDocumentAsinRelations` of `aplus-content/2020-11-01`.
pub const LIST_CONTENT_DOCUMENT_ASIN_RELATIONS: Operation = Operation {
    name: "listContentDocumentAsinRelations",
    api: API_APLUS_CONTENT_2020_11_01,
    method: Method::Get,
    path: "/aplus/2020-11-01/contentDocuments/{contentReferenceKey}/asins",
    reads: true,
    rate: 10.0,
    burst: 10,
    roles: &[Role::ProductListing, Role::BrandAnalytics],
    pages: Some(&Pages { find: "nextPageToken", via: Via::Query("pageToken"), filters: Filters::Repeat }),
    parameters: "path contentReferenceKey! text len=1..\n\
        query marketplaceId! text len=1..\n\
        query includedDataSet list:text n=0.. one=METADATA\n\
        query asinSet list:text len=10..\n\
        query pageToken text len=1..",
    ..PLAIN
};

/// `listDeliveryWindowOptions` of `fulfillment-inbound/2024-03-20`.
pub const LIST_DELIVERY_WINDOW_OPTIONS: Operation = Operation {
    name: "listDeliveryWindowOptions",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Get,
    path: "/inbound/fba/2024-03-20/inboundPlans/{inboundPlanId}/shipments/{shipmentId}/deliveryWindowOptions",
    reads: true,
    rate: 2.0,
    burst: 30,
    roles: &[Role::AmazonFulfillment],
    pages: Some(&Pages { find: "pagination.nextToken", via: Via::Query("paginationToken"), filters: Filters::Repeat }),
    parameters: "path inboundPlanId! text len=38..38 chars=a-zA-Z0-9-\n\
        path shipmentId! text len=38..38 chars=a-zA-Z0-9-\n\
        query pageSize int span=1..100\n\
        query paginationToken text len=0..1024",
    ..PLAIN
};

/// `listExpectedPayouts` of `transfers/2024-06-01`.
pub const LIST_EXPECTED_PAYOUTS: Operation = Operation {
    name: "listExpectedPayouts",
    api: API_TRANSFERS_2024_06_01,
    method: Method::Get,
    path: "/finances/transfers/2024-06-01/payouts/expected",
    reads: true,
    rate: 0.5,
    burst: 10,
    roles: &[Role::FinanceAndAccounting],
    pages: Some(&Pages { find: "nextToken", via: Via::Query("nextToken"), filters: Filters::Repeat }),
    parameters: "query marketplaceIds list:text\n\
        query accountType text\n\
        query nextToken text",
    ..PLAIN
};

/// `listFinancialEventGroups` of `finances/v0`.
pub const LIST_FINANCIAL_EVENT_GROUPS: Operation = Operation {
    name: "listFinancialEventGroups",
    api: API_FINANCES_V0,
    method: Method::Get,
    path: "/finances/v0/financialEventGroups",
    reads: true,
    rate: 0.5,
    burst: 30,
    roles: &[Role::FinanceAndAccounting, Role::AccountInformationServiceProvider],
    pages: Some(&Pages { find: "payload.NextToken", via: Via::Query("NextToken"), filters: Filters::Repeat }),
    parameters: "query MaxResultsPerPage int span=1..100\n\
        query FinancialEventGroupStartedBefore time\n\
        query FinancialEventGroupStartedAfter time\n\
        query NextToken text",
    ..PLAIN
};

/// `listFinancialEvents` of `finances/v0`.
pub const LIST_FINANCIAL_EVENTS: Operation = Operation {
    name: "listFinancialEvents",
    api: API_FINANCES_V0,
    method: Method::Get,
    path: "/finances/v0/financialEvents",
    reads: true,
    rate: 0.5,
    burst: 30,
    roles: &[Role::FinanceAndAccounting, Role::AccountInformationServiceProvider],
    life: Life::Ends { on: date(2027, 8, 27), successor: "listTransactions finances/2024-06-19" },
    pages: Some(&Pages { find: "payload.NextToken", via: Via::Query("NextToken"), filters: Filters::Repeat }),
    parameters: "query MaxResultsPerPage int span=1..100\n\
        query PostedAfter time\n\
        query PostedBefore time\n\
        query NextToken text",
    ..PLAIN
};

/// `listFinancialEventsByGroupId` of `finances/v0`.
pub const LIST_FINANCIAL_EVENTS_BY_GROUP_ID: Operation = Operation {
    name: "listFinancialEventsByGroupId",
    api: API_FINANCES_V0,
    method: Method::Get,
    path: "/finances/v0/financialEventGroups/{eventGroupId}/financialEvents",
    reads: true,
    rate: 0.5,
    burst: 30,
    roles: &[Role::FinanceAndAccounting],
    life: Life::Ends { on: date(2027, 8, 27), successor: "listTransactions finances/2024-06-19 with relatedIdentifierName=FINANCIAL_EVENT_GROUP_ID" },
    pages: Some(&Pages { find: "payload.NextToken", via: Via::Query("NextToken"), filters: Filters::Repeat }),
    parameters: "query MaxResultsPerPage int span=1..100\n\
        query PostedAfter time\n\
        query PostedBefore time\n\
        path eventGroupId! text\n\
        query NextToken text",
    ..PLAIN
};

/// `listFinancialEventsByOrderId` of `finances/v0`.
pub const LIST_FINANCIAL_EVENTS_BY_ORDER_ID: Operation = Operation {
    name: "listFinancialEventsByOrderId",
    api: API_FINANCES_V0,
    method: Method::Get,
    path: "/finances/v0/orders/{orderId}/financialEvents",
    reads: true,
    rate: 0.5,
    burst: 30,
    roles: &[Role::FinanceAndAccounting],
    life: Life::Ends { on: date(2027, 8, 27), successor: "listTransactions finances/2024-06-19 with relatedIdentifierName=ORDER_ID" },
    pages: Some(&Pages { find: "payload.NextToken", via: Via::Query("NextToken"), filters: Filters::Repeat }),
    parameters: "path orderId! text\n\
        query MaxResultsPerPage int span=1..100\n\
        query NextToken text",
    ..PLAIN
};

/// `listHandoverSlots` of `easy-ship/2022-03-23`.
pub const LIST_HANDOVER_SLOTS: Operation = Operation {
    name: "listHandoverSlots",
    api: API_EASY_SHIP_2022_03_23,
    method: Method::Post,
    path: "/easyShip/2022-03-23/timeSlot",
    reads: true,
    rate: 1.0,
    burst: 5,
    body: Body::Optional,
    roles: &[Role::DirectToConsumerShipping],
    ..PLAIN
};

/// `listInboundPlanBoxes` of `fulfillment-inbound/2024-03-20`.
pub const LIST_INBOUND_PLAN_BOXES: Operation = Operation {
    name: "listInboundPlanBoxes",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Get,
    path: "/inbound/fba/2024-03-20/inboundPlans/{inboundPlanId}/boxes",
    reads: true,
    rate: 2.0,
    burst: 6,
    roles: &[Role::AmazonFulfillment],
    pages: Some(&Pages { find: "pagination.nextToken", via: Via::Query("paginationToken"), filters: Filters::Repeat }),
    parameters: "path inboundPlanId! text len=38..38 chars=a-zA-Z0-9-\n\
        query pageSize int span=1..1000\n\
        query paginationToken text len=0..1024",
    ..PLAIN
};

/// `listInboundPlanItems` of `fulfillment-inbound/2024-03-20`.
pub const LIST_INBOUND_PLAN_ITEMS: Operation = Operation {
    name: "listInboundPlanItems",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Get,
    path: "/inbound/fba/2024-03-20/inboundPlans/{inboundPlanId}/items",
    reads: true,
    rate: 2.0,
    burst: 6,
    roles: &[Role::AmazonFulfillment],
    pages: Some(&Pages { find: "pagination.nextToken", via: Via::Query("paginationToken"), filters: Filters::Repeat }),
    parameters: "path inboundPlanId! text len=38..38 chars=a-zA-Z0-9-\n\
        query pageSize int span=1..1000\n\
        query paginationToken text len=0..1024",
    ..PLAIN
};

/// `listInboundPlanPallets` of `fulfillment-inbound/2024-03-20`.
pub const LIST_INBOUND_PLAN_PALLETS: Operation = Operation {
    name: "listInboundPlanPallets",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Get,
    path: "/inbound/fba/2024-03-20/inboundPlans/{inboundPlanId}/pallets",
    reads: true,
    rate: 2.0,
    burst: 6,
    roles: &[Role::AmazonFulfillment],
    pages: Some(&Pages { find: "pagination.nextToken", via: Via::Query("paginationToken"), filters: Filters::Repeat }),
    parameters: "path inboundPlanId! text len=38..38 chars=a-zA-Z0-9-\n\
        query pageSize int span=1..1000\n\
        query paginationToken text len=0..1024",
    ..PLAIN
};

/// `listInboundPlans` of `fulfillment-inbound/2024-03-20`.
pub const LIST_INBOUND_PLANS: Operation = Operation {
    name: "listInboundPlans",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Get,
    path: "/inbound/fba/2024-03-20/inboundPlans",
    reads: true,
    rate: 2.0,
    burst: 6,
    roles: &[Role::AmazonFulfillment],
    pages: Some(&Pages { find: "pagination.nextToken", via: Via::Query("paginationToken"), filters: Filters::Repeat }),
    parameters: "query pageSize int span=1..30\n\
        query paginationToken text len=0..1024\n\
        query status text one=ACTIVE|VOIDED|SHIPPED\n\
        query sortBy text one=LAST_UPDATED_TIME|CREATION_TIME\n\
        query sortOrder text one=ASC|DESC",
    ..PLAIN
};

/// `listInboundShipments` of `awd/2024-05-09`.
pub const LIST_INBOUND_SHIPMENTS: Operation = Operation {
    name: "listInboundShipments",
    api: API_AWD_2024_05_09,
    method: Method::Get,
    path: "/awd/2024-05-09/inboundShipments",
    reads: true,
    rate: 1.0,
    burst: 1,
    roles: &[Role::AmazonWarehousingAndDistribution],
    pages: Some(&Pages { find: "nextToken", via: Via::Query("nextToken"), filters: Filters::Repeat }),
    parameters: "query sortBy text one=UPDATED_AT|CREATED_AT\n\
        query sortOrder text one=ASCENDING|DESCENDING\n\
        query shipmentStatus text one=CREATED|SHIPPED|IN_TRANSIT|RECEIVING|DELIVERED|CLOSED|CANCELLED\n\
        query updatedAfter time\n\
        query updatedBefore time\n\
        query maxResults int span=1..200\n\
        query nextToken text",
    ..PLAIN
};

/// `listInventory` of `awd/2024-05-09`.
pub const LIST_INVENTORY: Operation = Operation {
    name: "listInventory",
    api: API_AWD_2024_05_09,
    method: Method::Get,
    path: "/awd/2024-05-09/inventory",
    reads: true,
    rate: 2.0,
    burst: 2,
    roles: &[Role::AmazonWarehousingAndDistribution],
    pages: Some(&Pages { find: "nextToken", via: Via::Query("nextToken"), filters: Filters::Repeat }),
    parameters: "query sku text\n\
        query sortOrder text one=ASCENDING|DESCENDING\n\
        query details text one=SHOW|HIDE\n\
        query nextToken text\n\
        query maxResults int span=1..200",
    ..PLAIN
};

/// `listItemComplianceDetails` of `fulfillment-inbound/2024-03-20`.
pub const LIST_ITEM_COMPLIANCE_DETAILS: Operation = Operation {
    name: "listItemComplianceDetails",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Get,
    path: "/inbound/fba/2024-03-20/items/compliance",
    reads: true,
    rate: 2.0,
    burst: 6,
    roles: &[Role::AmazonFulfillment],
    parameters: "query mskus! multi:text n=1..100 len=1..255 twice\n\
        query marketplaceId! text len=1..20",
    ..PLAIN
};

/// `listOfferMetrics` of `replenishment/2022-11-07`.
pub const LIST_OFFER_METRICS: Operation = Operation {
    name: "listOfferMetrics",
    api: API_REPLENISHMENT_2022_11_07,
    method: Method::Post,
    path: "/replenishment/2022-11-07/offers/metrics/search",
    reads: true,
    rate: 1.0,
    burst: 1,
    body: Body::Optional,
    roles: &[Role::BrandAnalytics],
    ..PLAIN
};

/// `listOffers` of `replenishment/2022-11-07`.
pub const LIST_OFFERS: Operation = Operation {
    name: "listOffers",
    api: API_REPLENISHMENT_2022_11_07,
    method: Method::Post,
    path: "/replenishment/2022-11-07/offers/search",
    reads: true,
    rate: 1.0,
    burst: 1,
    body: Body::Optional,
    roles: &[Role::BrandAnalytics],
    ..PLAIN
};

/// `listOrders` of `fulfillment-outbound/2026-07-04`.
pub const LIST_ORDERS: Operation = Operation {
    name: "listOrders",
    api: API_FULFILLMENT_OUTBOUND_2026_07_04,
    method: Method::Get,
    path: "/fulfillment/outbound/2026-07-04/orders",
    reads: true,
    rate: 2.0,
    burst: 30,
    roles: &[Role::AmazonFulfillment],
    pages: Some(&Pages { find: "pagination.nextToken", via: Via::Query("pageToken"), filters: Filters::Repeat }),
    parameters: "header x-amzn-fulfillment-service-id text len=..40\n\
        query updatedAfter time\n\
        query pageToken text\n\
        query shipments text one=INCLUDE|EXCLUDE",
    ..PLAIN
};

/// `listOutbounds` of `awd/2024-05-09`.
pub const LIST_OUTBOUNDS: Operation = Operation {
    name: "listOutbounds",
    api: API_AWD_2024_05_09,
    method: Method::Get,
    path: "/awd/2024-05-09/outboundOrders",
    reads: true,
    rate: 1.0,
    burst: 1,
    roles: &[Role::AmazonWarehousingAndDistribution],
    pages: Some(&Pages { find: "nextToken", via: Via::Query("nextToken"), filters: Filters::Repeat }),
    parameters: "query updatedAfter time\n\
        query updatedBefore time\n\
        query sortOrder text one=ASCENDING|DESCENDING\n\
        query maxResults int span=1..100\n\
        query nextToken text",
    ..PLAIN
};

/// `listPackingGroupBoxes` of `fulfillment-inbound/2024-03-20`.
pub const LIST_PACKING_GROUP_BOXES: Operation = Operation {
    name: "listPackingGroupBoxes",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Get,
    path: "/inbound/fba/2024-03-20/inboundPlans/{inboundPlanId}/packingGroups/{packingGroupId}/boxes",
    reads: true,
    rate: 2.0,
    burst: 30,
    roles: &[Role::AmazonFulfillment],
    pages: Some(&Pages { find: "pagination.nextToken", via: Via::Query("paginationToken"), filters: Filters::Repeat }),
    parameters: "path inboundPlanId! text len=38..38 chars=a-zA-Z0-9-\n\
        path packingGroupId! text len=38..38 chars=a-zA-Z0-9-\n\
        query pageSize int span=1..100\n\
        query paginationToken text len=0..1024",
    ..PLAIN
};

/// `listPackingGroupItems` of `fulfillment-inbound/2024-03-20`.
pub const LIST_PACKING_GROUP_ITEMS: Operation = Operation {
    name: "listPackingGroupItems",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Get,
    path: "/inbound/fba/2024-03-20/inboundPlans/{inboundPlanId}/packingGroups/{packingGroupId}/items",
    reads: true,
    rate: 2.0,
    burst: 30,
    roles: &[Role::AmazonFulfillment],
    pages: Some(&Pages { find: "pagination.nextToken", via: Via::Query("paginationToken"), filters: Filters::Repeat }),
    parameters: "path inboundPlanId! text len=38..38 chars=a-zA-Z0-9-\n\
        path packingGroupId! text len=38..38 chars=a-zA-Z0-9-\n\
        query pageSize int span=1..100\n\
        query paginationToken text len=0..1024",
    ..PLAIN
};

/// `listPackingOptions` of `fulfillment-inbound/2024-03-20`.
pub const LIST_PACKING_OPTIONS: Operation = Operation {
    name: "listPackingOptions",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Get,
    path: "/inbound/fba/2024-03-20/inboundPlans/{inboundPlanId}/packingOptions",
    reads: true,
    rate: 2.0,
    burst: 6,
    roles: &[Role::AmazonFulfillment],
    pages: Some(&Pages { find: "pagination.nextToken", via: Via::Query("paginationToken"), filters: Filters::Repeat }),
    parameters: "path inboundPlanId! text len=38..38 chars=a-zA-Z0-9-\n\
        query pageSize int span=1..20\n\
        query paginationToken text len=0..1024",
    ..PLAIN
};

/// `listPayouts` of `transfers/2024-06-01`.
pub const LIST_PAYOUTS: Operation = Operation {
    name: "listPayouts",
    api: API_TRANSFERS_2024_06_01,
    method: Method::Get,
    path: "/finances/transfers/2024-06-01/payouts",
    reads: true,
    rate: 0.5,
    burst: 10,
    roles: &[Role::FinanceAndAccounting],
    pages: Some(&Pages { find: "nextToken", via: Via::Query("nextToken"), filters: Filters::Repeat }),
    parameters: "query marketplaceIds list:text\n\
        query createdAfter time\n\
        query createdBefore time\n\
        query payoutId text\n\
        query accountType text\n\
        query nextToken text",
    ..PLAIN
};

/// `listPlacementOptions` of `fulfillment-inbound/2024-03-20`.
pub const LIST_PLACEMENT_OPTIONS: Operation = Operation {
    name: "listPlacementOptions",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Get,
    path: "/inbound/fba/2024-03-20/inboundPlans/{inboundPlanId}/placementOptions",
    reads: true,
    rate: 2.0,
    burst: 6,
    roles: &[Role::AmazonFulfillment],
    pages: Some(&Pages { find: "pagination.nextToken", via: Via::Query("paginationToken"), filters: Filters::Repeat }),
    parameters: "path inboundPlanId! text len=38..38 chars=a-zA-Z0-9-\n\
        query pageSize int span=1..20\n\
        query paginationToken text len=0..1024",
    ..PLAIN
};

/// `listPrepDetails` of `fulfillment-inbound/2024-03-20`.
pub const LIST_PREP_DETAILS: Operation = Operation {
    name: "listPrepDetails",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Get,
    path: "/inbound/fba/2024-03-20/items/prepDetails",
    reads: true,
    rate: 2.0,
    burst: 30,
    roles: &[Role::AmazonFulfillment],
    parameters: "query marketplaceId! text len=1..20\n\
        query mskus! multi:text n=1..100 len=1..255 twice",
    ..PLAIN
};

/// `listReplenishmentOrders` of `awd/2024-05-09`.
pub const LIST_REPLENISHMENT_ORDERS: Operation = Operation {
    name: "listReplenishmentOrders",
    api: API_AWD_2024_05_09,
    method: Method::Get,
    path: "/awd/2024-05-09/replenishmentOrders",
    reads: true,
    rate: 1.0,
    burst: 1,
    roles: &[Role::AmazonWarehousingAndDistribution],
    pages: Some(&Pages { find: "nextToken", via: Via::Query("nextToken"), filters: Filters::Repeat }),
    parameters: "query updatedAfter time\n\
        query updatedBefore time\n\
        query sortOrder text one=ASCENDING|DESCENDING\n\
        query maxResults int span=1..100\n\
        query nextToken text",
    ..PLAIN
};

/// `listReturnReasonCodes` of `fulfillment-outbound/2020-07-01`.
pub const LIST_RETURN_REASON_CODES: Operation = Operation {
    name: "listReturnReasonCodes",
    api: API_FULFILLMENT_OUTBOUND_2020_07_01,
    method: Method::Get,
    path: "/fba/outbound/2020-07-01/returnReasonCodes",
    reads: true,
    rate: 2.0,
    burst: 30,
    roles: &[Role::AmazonFulfillment],
    parameters: "query sellerSku! text\n\
        query marketplaceId text\n\
        query sellerFulfillmentOrderId text\n\
        query language text",
    ..PLAIN
};

/// `listReturns` of `external-fulfillment-returns/2024-09-11`.
pub const LIST_RETURNS: Operation = Operation {
    name: "listReturns",
    api: API_EXTERNAL_FULFILLMENT_RETURNS_2024_09_11,
    method: Method::Get,
    path: "/externalFulfillment/2024-09-11/returns",
    reads: true,
    rate: 10.0,
    burst: 10,
    roles: &[Role::InventoryAndOrderTracking],
    ceiling: Some(20),
    pages: Some(&Pages { find: "nextToken", via: Via::Query("nextToken"), filters: Filters::Repeat }),
    parameters: "query returnLocationId text\n\
        query rmaId text\n\
        query status text one=CREATED|CARRIER_NOTIFIED_TO_PICK_UP_FROM_CUSTOMER|CARRIER_OUT_FOR_PICK_UP_FROM_CUSTOMER|CUSTOMER_CANCELLED_PICK_UP|CUSTOMER_RESCHEDULED_PICK_UP|PICKED_FROM_CUSTOMER|IN_TRANSIT|OUT_FOR_DELIVERY|DELIVERED|REPLANNED|CUSTOMER_DROPPED_OFF|PARTIALLY_PROCESSED|PROCESSED|REJECTED|CANCELLED\n\
        query reverseTrackingId text\n\
        query createdSince time\n\
        query createdUntil time\n\
        query lastUpdatedSince time\n\
        query lastUpdatedUntil time\n\
        query lastUpdatedAfter time\n\
        query lastUpdatedBefore time\n\
        query maxResults int span=..100\n\
        query nextToken text",
    ..PLAIN
};

/// `listShipmentBoxes` of `fulfillment-inbound/2024-03-20`.
pub const LIST_SHIPMENT_BOXES: Operation = Operation {
    name: "listShipmentBoxes",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Get,
    path: "/inbound/fba/2024-03-20/inboundPlans/{inboundPlanId}/shipments/{shipmentId}/boxes",
    reads: true,
    rate: 2.0,
    burst: 30,
    roles: &[Role::AmazonFulfillment],
    pages: Some(&Pages { find: "pagination.nextToken", via: Via::Query("paginationToken"), filters: Filters::Repeat }),
    parameters: "path inboundPlanId! text len=38..38 chars=a-zA-Z0-9-\n\
        path shipmentId! text len=38..38 chars=a-zA-Z0-9-\n\
        query pageSize int span=1..1000\n\
        query paginationToken text len=0..1024",
    ..PLAIN
};

/// `listShipmentContentUpdatePreviews` of `fulfillment-inbound/2024-03-20`.
pub const LIST_SHIPMENT_CONTENT_UPDATE_PREVIEWS: Operation = Operation {
    name: "listShipmentContentUpdatePreviews",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Get,
    path: "/inbound/fba/2024-03-20/inboundPlans/{inboundPlanId}/shipments/{shipmentId}/contentUpdatePreviews",
    reads: true,
    rate: 2.0,
    burst: 30,
    roles: &[Role::AmazonFulfillment],
    pages: Some(&Pages { find: "pagination.nextToken", via: Via::Query("paginationToken"), filters: Filters::Repeat }),
    parameters: "path inboundPlanId! text len=38..38 chars=a-zA-Z0-9-\n\
        path shipmentId! text len=38..38 chars=a-zA-Z0-9-\n\
        query pageSize int span=1..20\n\
        query paginationToken text len=0..1024",
    ..PLAIN
};

/// `listShipmentItems` of `fulfillment-inbound/2024-03-20`.
pub const LIST_SHIPMENT_ITEMS: Operation = Operation {
    name: "listShipmentItems",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Get,
    path: "/inbound/fba/2024-03-20/inboundPlans/{inboundPlanId}/shipments/{shipmentId}/items",
    reads: true,
    rate: 2.0,
    burst: 30,
    roles: &[Role::AmazonFulfillment],
    pages: Some(&Pages { find: "pagination.nextToken", via: Via::Query("paginationToken"), filters: Filters::Repeat }),
    parameters: "path inboundPlanId! text len=38..38 chars=a-zA-Z0-9-\n\
        path shipmentId! text len=38..38 chars=a-zA-Z0-9-\n\
        query pageSize int span=1..1000\n\
        query paginationToken text len=0..1024",
    ..PLAIN
};

/// `listShipmentPallets` of `fulfillment-inbound/2024-03-20`.
pub const LIST_SHIPMENT_PALLETS: Operation = Operation {
    name: "listShipmentPallets",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Get,
    path: "/inbound/fba/2024-03-20/inboundPlans/{inboundPlanId}/shipments/{shipmentId}/pallets",
    reads: true,
    rate: 2.0,
    burst: 30,
    roles: &[Role::AmazonFulfillment],
    pages: Some(&Pages { find: "pagination.nextToken", via: Via::Query("paginationToken"), filters: Filters::Repeat }),
    parameters: "path inboundPlanId! text len=38..38 chars=a-zA-Z0-9-\n\
        path shipmentId! text len=38..38 chars=a-zA-Z0-9-\n\
        query pageSize int span=1..1000\n\
        query paginationToken text len=0..1024",
    ..PLAIN
};

/// `listSummary` of `finances/2024-06-19`.
pub const LIST_SUMMARY: Operation = Operation {
    name: "listSummary",
    api: API_FINANCES_2024_06_19,
    method: Method::Get,
    path: "/finances/2024-06-19/summary",
    reads: true,
    rate: 0.5,
    burst: 10,
    roles: &[Role::FinanceAndAccounting],
    pages: Some(&Pages { find: "nextToken", via: Via::Query("nextToken"), filters: Filters::Repeat }),
    parameters: "query marketplaceIds list:text\n\
        query accountType text\n\
        query relatedIdentifierName text\n\
        query relatedIdentifierValue text\n\
        query periodStart date\n\
        query periodEnd date\n\
        query nextToken text",
    ..PLAIN
};

/// `listTransactions` of `finances/2024-06-19`.
pub const LIST_TRANSACTIONS: Operation = Operation {
    name: "listTransactions",
    api: API_FINANCES_2024_06_19,
    method: Method::Get,
    path: "/finances/2024-06-19/transactions",
    reads: true,
    rate: 0.5,
    burst: 10,
    roles: &[Role::FinanceAndAccounting],
    pages: Some(&Pages { find: "payload.nextToken", via: Via::Query("nextToken"), filters: Filters::Repeat }),
    parameters: "query postedAfter time\n\
        query postedBefore time\n\
        query marketplaceId text\n\
        query transactionStatus text\n\
        query relatedIdentifierName text\n\
        query relatedIdentifierValue text\n\
        query nextToken text",
    ..PLAIN
};

/// `listTransferSchedules` of `seller-wallet/2024-03-01`.
pub const LIST_TRANSFER_SCHEDULES: Operation = Operation {
    name: "listTransferSchedules",
    api: API_SELLER_WALLET_2024_03_01,
    method: Method::Get,
    path: "/finances/transfers/wallet/2024-03-01/transferSchedules",
    reads: true,
    rate: 1.0,
    burst: 10,
    roles: &[Role::FinanceAndAccounting],
    pages: Some(&Pages { find: "nextPageToken", via: Via::Query("nextPageToken"), filters: Filters::Repeat }),
    parameters: "query accountId! text\n\
        query marketplaceId! text\n\
        query nextPageToken text",
    ..PLAIN
};

/// `listTransportationOptions` of `fulfillment-inbound/2024-03-20`.
pub const LIST_TRANSPORTATION_OPTIONS: Operation = Operation {
    name: "listTransportationOptions",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Get,
    path: "/inbound/fba/2024-03-20/inboundPlans/{inboundPlanId}/transportationOptions",
    reads: true,
    rate: 2.0,
    burst: 6,
    roles: &[Role::AmazonFulfillment],
    pages: Some(&Pages { find: "pagination.nextToken", via: Via::Query("paginationToken"), filters: Filters::Repeat }),
    parameters: "path inboundPlanId! text len=38..38 chars=a-zA-Z0-9-\n\
        query pageSize int span=1..20\n\
        query paginationToken text len=0..1024\n\
        query placementOptionId text len=38..38 chars=a-zA-Z0-9-\n\
        query shipmentId text len=38..38 chars=a-zA-Z0-9-",
    ..PLAIN
};

/// `oneClickShipment` of `shipping/v2`.
pub const ONE_CLICK_SHIPMENT: Operation = Operation {
    name: "oneClickShipment",
    api: API_SHIPPING_V2,
    method: Method::Post,
    path: "/shipping/v2/oneClickShipment",
    reads: false,
    rate: 80.0,
    burst: 100,
    body: Body::Required,
    roles: &[Role::DirectToConsumerShipping],
    parameters: "header x-amzn-shipping-business-id text one=AmazonShipping_US|AmazonShipping_IN|AmazonShipping_UK|AmazonShipping_UAE|AmazonShipping_SA|AmazonShipping_EG|AmazonShipping_IT|AmazonShipping_ES|AmazonShipping_FR|AmazonShipping_JP",
    ..PLAIN
};

/// `patchListingsItem` of `listings-items/2020-09-01`.
pub const PATCH_LISTINGS_ITEM_LISTINGS_ITEMS_2020_09_01: Operation = Operation {
    name: "patchListingsItem",
    api: API_LISTINGS_ITEMS_2020_09_01,
    method: Method::Patch,
    path: "/listings/2020-09-01/items/{sellerId}/{sku}",
    reads: false,
    rate: 5.0,
    burst: 10,
    body: Body::Required,
    roles: &[Role::ProductListing],
    parameters: "path sellerId! text\n\
        path sku! text\n\
        query marketplaceIds! list:text\n\
        query issueLocale text",
    ..PLAIN
};

/// `patchListingsItem` of `listings-items/2021-08-01`.
pub const PATCH_LISTINGS_ITEM_LISTINGS_ITEMS_2021_08_01: Operation = Operation {
    name: "patchListingsItem",
    api: API_LISTINGS_ITEMS_2021_08_01,
    method: Method::Patch,
    path: "/listings/2021-08-01/items/{sellerId}/{sku}",
    reads: false,
    rate: 5.0,
    burst: 5,
    body: Body::Required,
    roles: &[Role::ProductListing, Role::InventoryAndOrderTracking],
    parameters: "path sellerId! text\n\
        path sku! text\n\
        query marketplaceIds! list:text\n\
        query includedData list:text one=identifiers|issues\n\
        query mode text one=VALIDATION_PREVIEW\n\
        query issueLocale text",
    ..PLAIN
};

/// `postContentDocumentApprovalSubmission` of `aplus-content/2020-11-01`.
pub const POST_CONTENT_DOCUMENT_APPROVAL_SUBMISSION: Operation = Operation {
    name: "postContentDocumentApprovalSubmission",
    api: API_APLUS_CONTENT_2020_11_01,
    method: Method::Post,
    path: "/aplus/2020-11-01/contentDocuments/{contentReferenceKey}/approvalSubmissions",
    reads: false,
    rate: 10.0,
    burst: 10,
    roles: &[Role::ProductListing, Role::BrandAnalytics],
    parameters: "path contentReferenceKey! text len=1..\n\
        query marketplaceId! text len=1..",
    ..PLAIN
};

/// `postContentDocumentAsinRelations` of `aplus-content/2020-11-01`.
pub const POST_CONTENT_DOCUMENT_ASIN_RELATIONS: Operation = Operation {
    name: "postContentDocumentAsinRelations",
    api: API_APLUS_CONTENT_2020_11_01,
    method: Method::Post,
    path: "/aplus/2020-11-01/contentDocuments/{contentReferenceKey}/asins",
    reads: false,
    rate: 10.0,
    burst: 10,
    body: Body::Required,
    roles: &[Role::ProductListing, Role::BrandAnalytics],
    parameters: "path contentReferenceKey! text len=1..\n\
        query marketplaceId! text len=1..",
    ..PLAIN
};

/// `postContentDocumentSuspendSubmission` of `aplus-content/2020-11-01`.
pub const POST_CONTENT_DOCUMENT_SUSPEND_SUBMISSION: Operation = Operation {
    name: "postContentDocumentSuspendSubmission",
    api: API_APLUS_CONTENT_2020_11_01,
    method: Method::Post,
    path: "/aplus/2020-11-01/contentDocuments/{contentReferenceKey}/suspendSubmissions",
    reads: false,
    rate: 10.0,
    burst: 10,
    roles: &[Role::ProductListing, Role::BrandAnalytics],
    parameters: "path contentReferenceKey! text len=1..\n\
        query marketplaceId! text len=1..",
    ..PLAIN
};

/// `processShipment` of `external-fulfillment-shipments/2024-09-11`.
pub const PROCESS_SHIPMENT: Operation = Operation {
    name: "processShipment",
    api: API_EXTERNAL_FULFILLMENT_SHIPMENTS_2024_09_11,
    method: Method::Post,
    path: "/externalFulfillment/2024-09-11/shipments/{shipmentId}",
    reads: false,
    rate: 1.0,
    burst: 1,
    body: Body::Optional,
    roles: &[Role::DirectToConsumerShipping],
    parameters: "path shipmentId! text\n\
        query operation! text one=CONFIRM|REJECT",
    ..PLAIN
};

/// `purchaseLabels` of `shipping/v1`.
pub const PURCHASE_LABELS: Operation = Operation {
    name: "purchaseLabels",
    api: API_SHIPPING_V1,
    method: Method::Post,
    path: "/shipping/v1/shipments/{shipmentId}/purchaseLabels",
    reads: false,
    rate: 5.0,
    burst: 15,
    body: Body::Required,
    roles: &[Role::DirectToConsumerShipping],
    life: Life::Superseded { successor: "purchaseShipment shipping/v2" },
    parameters: "path shipmentId! text",
    ..PLAIN
};

/// `purchaseShipment` of `shipping/v1`.
pub const PURCHASE_SHIPMENT_SHIPPING_V1: Operation = Operation {
    name: "purchaseShipment",
    api: API_SHIPPING_V1,
    method: Method::Post,
    path: "/shipping/v1/purchaseShipment",
    reads: false,
    rate: 5.0,
    burst: 15,
    body: Body::Required,
    roles: &[Role::DirectToConsumerShipping],
    life: Life::Superseded { successor: "oneClickShipment shipping/v2" },
    ..PLAIN
};

/// `purchaseShipment` of `shipping/v2`.
pub const PURCHASE_SHIPMENT_SHIPPING_V2: Operation = Operation {
    name: "purchaseShipment",
    api: API_SHIPPING_V2,
    method: Method::Post,
    path: "/shipping/v2/shipments",
    reads: false,
    rate: 80.0,
    burst: 100,
    body: Body::Required,
    roles: &[Role::DirectToConsumerShipping],
    parameters: "header x-amzn-IdempotencyKey text\n\
        header x-amzn-shipping-business-id text one=AmazonShipping_US|AmazonShipping_IN|AmazonShipping_UK|AmazonShipping_UAE|AmazonShipping_SA|AmazonShipping_EG|AmazonShipping_IT|AmazonShipping_ES|AmazonShipping_FR|AmazonShipping_JP",
    ..PLAIN
};

/// `putListingsItem` of `listings-items/2020-09-01`.
pub const PUT_LISTINGS_ITEM_LISTINGS_ITEMS_2020_09_01: Operation = Operation {
    name: "putListingsItem",
    api: API_LISTINGS_ITEMS_2020_09_01,
    method: Method::Put,
    path: "/listings/2020-09-01/items/{sellerId}/{sku}",
    reads: false,
    rate: 5.0,
    burst: 10,
    body: Body::Required,
    roles: &[Role::ProductListing],
    parameters: "path sellerId! text\n\
        path sku! text\n\
        query marketplaceIds! list:text\n\
        query issueLocale text",
    ..PLAIN
};

/// `putListingsItem` of `listings-items/2021-08-01`.
pub const PUT_LISTINGS_ITEM_LISTINGS_ITEMS_2021_08_01: Operation = Operation {
    name: "putListingsItem",
    api: API_LISTINGS_ITEMS_2021_08_01,
    method: Method::Put,
    path: "/listings/2021-08-01/items/{sellerId}/{sku}",
    reads: false,
    rate: 5.0,
    burst: 10,
    body: Body::Required,
    roles: &[Role::ProductListing, Role::InventoryAndOrderTracking],
    parameters: "path sellerId! text\n\
        path sku! text\n\
        query marketplaceIds! list:text n=..1\n\
        query includedData list:text one=identifiers|issues\n\
        query mode text one=VALIDATION_PREVIEW\n\
        query issueLocale text",
    ..PLAIN
};

/// `putTransportDetails` of `fulfillment-inbound/v0`.
pub const PUT_TRANSPORT_DETAILS: Operation = Operation {
    name: "putTransportDetails",
    api: API_FULFILLMENT_INBOUND_V0,
    method: Method::Put,
    path: "/fba/inbound/v0/shipments/{shipmentId}/transport",
    reads: false,
    rate: 1.0,
    burst: 1,
    life: Life::Removed { on: date(2025, 1, 21), successor: "updateShipmentTrackingDetails fulfillment-inbound/2024-03-20" },
    parameters: "path shipmentId! text",
    ..PLAIN
};

/// `recordActionFeedback` of `app-integrations/2024-04-01`.
pub const RECORD_ACTION_FEEDBACK: Operation = Operation {
    name: "recordActionFeedback",
    api: API_APP_INTEGRATIONS_2024_04_01,
    method: Method::Post,
    path: "/appIntegrations/2024-04-01/notifications/{notificationId}/feedback",
    reads: false,
    rate: 1.0,
    burst: 5,
    body: Body::Required,
    roles: &[Role::SellingPartnerInsights],
    parameters: "path notificationId! text",
    ..PLAIN
};

/// `rescheduleAppointmentForServiceJobByServiceJobId` of `services/v1`.
pub const RESCHEDULE_APPOINTMENT_FOR_SERVICE_JOB_BY_SERVICE_JOB_ID: Operation = Operation {
    name: "rescheduleAppointmentForServiceJobByServiceJobId",
    api: API_SERVICES_V1,
    method: Method::Post,
    path: "/service/v1/serviceJobs/{serviceJobId}/appointments/{appointmentId}",
    reads: false,
    rate: 5.0,
    burst: 20,
    body: Body::Required,
    roles: &[Role::ProfessionalServices],
    parameters: "path serviceJobId! text len=1..100\n\
        path appointmentId! text len=1..100",
    ..PLAIN
};

/// `retrieveInvoice` of `external-fulfillment-shipments/2024-09-11`.
pub const RETRIEVE_INVOICE: Operation = Operation {
    name: "retrieveInvoice",
    api: API_EXTERNAL_FULFILLMENT_SHIPMENTS_2024_09_11,
    method: Method::Get,
    path: "/externalFulfillment/2024-09-11/shipments/{shipmentId}/invoice",
    reads: true,
    rate: 1.0,
    burst: 1,
    roles: &[Role::DirectToConsumerShipping],
    parameters: "path shipmentId! text",
    ..PLAIN
};

/// `retrieveShippingLabel` of `shipping/v1`.
pub const RETRIEVE_SHIPPING_LABEL: Operation = Operation {
    name: "retrieveShippingLabel",
    api: API_SHIPPING_V1,
    method: Method::Post,
    path: "/shipping/v1/shipments/{shipmentId}/containers/{trackingId}/label",
    reads: false,
    rate: 5.0,
    burst: 15,
    body: Body::Required,
    roles: &[Role::DirectToConsumerShipping],
    life: Life::Superseded { successor: "getShipmentDocuments shipping/v2" },
    parameters: "path shipmentId! text\n\
        path trackingId! text",
    ..PLAIN
};

/// `retrieveShippingOptions` of `external-fulfillment-shipments/2024-09-11`.
pub const RETRIEVE_SHIPPING_OPTIONS: Operation = Operation {
    name: "retrieveShippingOptions",
    api: API_EXTERNAL_FULFILLMENT_SHIPMENTS_2024_09_11,
    method: Method::Get,
    path: "/externalFulfillment/2024-09-11/shipments/{shipmentId}/shippingOptions",
    reads: true,
    rate: 1.0,
    burst: 1,
    roles: &[Role::DirectToConsumerShipping],
    parameters: "path shipmentId! text\n\
        query packageId! text",
    ..PLAIN
};

/// `rotateApplicationClientSecret` of `application/2023-11-30`.
pub const ROTATE_APPLICATION_CLIENT_SECRET: Operation = Operation {
    name: "rotateApplicationClientSecret",
    api: API_APPLICATION_2023_11_30,
    method: Method::Post,
    path: "/applications/2023-11-30/clientSecret",
    reads: false,
    rate: 0.0167,
    burst: 1,
    access: Access::Grantless("sellingpartnerapi::client_credential:rotation"),
    ..PLAIN
};

/// `scheduleSelfShipAppointment` of `fulfillment-inbound/2024-03-20`.
pub const SCHEDULE_SELF_SHIP_APPOINTMENT: Operation = Operation {
    name: "scheduleSelfShipAppointment",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Post,
    path: "/inbound/fba/2024-03-20/inboundPlans/{inboundPlanId}/shipments/{shipmentId}/selfShipAppointmentSlots/{slotId}/schedule",
    reads: false,
    rate: 2.0,
    burst: 2,
    body: Body::Required,
    roles: &[Role::AmazonFulfillment],
    parameters: "path inboundPlanId! text len=38..38 chars=a-zA-Z0-9-\n\
        path shipmentId! text len=38..38 chars=a-zA-Z0-9-\n\
        path slotId! text len=38..38 chars=a-zA-Z0-9-",
    ..PLAIN
};

/// `searchCatalogItems` of `catalog-items/2020-12-01`.
pub const SEARCH_CATALOG_ITEMS_CATALOG_ITEMS_2020_12_01: Operation = Operation {
    name: "searchCatalogItems",
    api: API_CATALOG_ITEMS_2020_12_01,
    method: Method::Get,
    path: "/catalog/2020-12-01/items",
    reads: true,
    rate: 2.0,
    burst: 2,
    roles: &[Role::ProductListing],
    pages: Some(&Pages { find: "pagination.nextToken", via: Via::Query("pageToken"), filters: Filters::Repeat }),
    parameters: "query keywords! list:text\n\
        query marketplaceIds! list:text n=..1\n\
        query includedData list:text one=identifiers|images|productTypes|salesRanks|summaries|variations|vendorDetails\n\
        query brandNames list:text\n\
        query classificationIds list:text\n\
        query pageSize int span=..20\n\
        query pageToken text\n\
        query keywordsLocale text\n\
        query locale text",
    ..PLAIN
};

/// `searchCatalogItems` of `catalog-items/2022-04-01`.
pub const SEARCH_CATALOG_ITEMS_CATALOG_ITEMS_2022_04_01: Operation = Operation {
    name: "searchCatalogItems",
    api: API_CATALOG_ITEMS_2022_04_01,
    method: Method::Get,
    path: "/catalog/2022-04-01/items",
    reads: true,
    rate: 2.0,
    burst: 2,
    roles: &[Role::ProductListing],
    ceiling: Some(500),
    pages: Some(&Pages { find: "pagination.nextToken", via: Via::Query("pageToken"), filters: Filters::Repeat }),
    parameters: "query identifiers list:text n=..20\n\
        query identifiersType text one=ASIN|EAN|GTIN|ISBN|JAN|MINSAN|SKU|UPC\n\
        query marketplaceIds! list:text n=..1\n\
        query includedData list:text one=attributes|classifications|dimensions|identifiers|images|productTypes|relationships|salesRanks|summaries|vendorDetails\n\
        query locale text\n\
        query sellerId text\n\
        query keywords list:text n=..20\n\
        query brandNames list:text\n\
        query classificationIds list:text\n\
        query pageSize int span=..20\n\
        query pageToken text\n\
        query keywordsLocale text",
    ..PLAIN
};

/// `searchContentDocuments` of `aplus-content/2020-11-01`.
pub const SEARCH_CONTENT_DOCUMENTS: Operation = Operation {
    name: "searchContentDocuments",
    api: API_APLUS_CONTENT_2020_11_01,
    method: Method::Get,
    path: "/aplus/2020-11-01/contentDocuments",
    reads: true,
    rate: 10.0,
    burst: 10,
    roles: &[Role::ProductListing, Role::BrandAnalytics],
    pages: Some(&Pages { find: "nextPageToken", via: Via::Query("pageToken"), filters: Filters::Repeat }),
    parameters: "query marketplaceId! text len=1..\n\
        query pageToken text len=1..",
    ..PLAIN
};

/// `searchContentPublishRecords` of `aplus-content/2020-11-01`.
pub const SEARCH_CONTENT_PUBLISH_RECORDS: Operation = Operation {
    name: "searchContentPublishRecords",
    api: API_APLUS_CONTENT_2020_11_01,
    method: Method::Get,
    path: "/aplus/2020-11-01/contentPublishRecords",
    reads: true,
    rate: 10.0,
    burst: 10,
    roles: &[Role::ProductListing, Role::BrandAnalytics],
    pages: Some(&Pages { find: "nextPageToken", via: Via::Query("pageToken"), filters: Filters::Repeat }),
    parameters: "query marketplaceId! text len=1..\n\
        query asin! text len=10..\n\
        query pageToken text len=1..",
    ..PLAIN
};

/// `searchDefinitionsProductTypes` of `product-types/2020-09-01`.
pub const SEARCH_DEFINITIONS_PRODUCT_TYPES: Operation = Operation {
    name: "searchDefinitionsProductTypes",
    api: API_PRODUCT_TYPES_2020_09_01,
    method: Method::Get,
    path: "/definitions/2020-09-01/productTypes",
    reads: true,
    rate: 5.0,
    burst: 10,
    roles: &[Role::ProductListing, Role::InventoryAndOrderTracking],
    ceiling: Some(100),
    parameters: "query keywords list:text\n\
        query marketplaceIds! list:text\n\
        query itemName text\n\
        query locale text\n\
        query searchLocale text",
    ..PLAIN
};

/// `searchListingsItems` of `listings-items/2021-08-01`.
pub const SEARCH_LISTINGS_ITEMS: Operation = Operation {
    name: "searchListingsItems",
    api: API_LISTINGS_ITEMS_2021_08_01,
    method: Method::Get,
    path: "/listings/2021-08-01/items/{sellerId}",
    reads: true,
    rate: 5.0,
    burst: 5,
    roles: &[Role::ProductListing, Role::InventoryAndOrderTracking],
    pages: Some(&Pages { find: "pagination.nextToken", via: Via::Query("pageToken"), filters: Filters::Repeat }),
    parameters: "path sellerId! text\n\
        query marketplaceIds! list:text\n\
        query issueLocale text\n\
        query includedData list:text one=summaries|attributes|issues|offers|fulfillmentAvailability|procurement|relationships|productTypes\n\
        query identifiers list:text n=..20\n\
        query identifiersType text one=ASIN|EAN|FNSKU|GTIN|ISBN|JAN|MINSAN|SKU|UPC\n\
        query variationParentSku text\n\
        query packageHierarchySku text\n\
        query createdAfter time\n\
        query createdBefore time\n\
        query lastUpdatedAfter time\n\
        query lastUpdatedBefore time\n\
        query withIssueSeverity list:text one=WARNING|ERROR\n\
        query withStatus list:text one=BUYABLE|DISCOVERABLE\n\
        query withoutStatus list:text one=BUYABLE|DISCOVERABLE\n\
        query sortBy text one=sku|createdDate|lastUpdatedDate\n\
        query sortOrder text one=ASC|DESC\n\
        query pageSize int span=..20\n\
        query pageToken text",
    ..PLAIN
};

/// `searchOrders` of `orders/2026-01-01`.
pub const SEARCH_ORDERS: Operation = Operation {
    name: "searchOrders",
    api: API_ORDERS_2026_01_01,
    method: Method::Get,
    path: "/orders/2026-01-01/orders",
    reads: true,
    rate: 0.0056,
    burst: 20,
    roles: &[Role::InventoryAndOrderTracking, Role::AmazonFulfillment, Role::BuyerCommunication, Role::BuyerSolicitation, Role::FinanceAndAccounting, Role::Pricing, Role::ProductListing, Role::ProfessionalServices, Role::SellingPartnerInsights, Role::DirectToConsumerShipping, Role::TaxInvoicing, Role::TaxRemittance],
    pages: Some(&Pages { find: "pagination.nextToken", via: Via::Query("paginationToken"), filters: Filters::Repeat }),
    parameters: "query createdAfter time\n\
        query createdBefore time\n\
        query lastUpdatedAfter time\n\
        query lastUpdatedBefore time\n\
        query fulfillmentStatuses list:text one=PENDING_AVAILABILITY|PENDING|UNSHIPPED|PARTIALLY_SHIPPED|SHIPPED|CANCELLED|UNFULFILLABLE\n\
        query marketplaceIds list:text n=..50\n\
        query fulfilledBy list:text one=MERCHANT|AMAZON\n\
        query maxResultsPerPage int\n\
        query paginationToken text\n\
        query includedData list:text one=BUYER|RECIPIENT|PROCEEDS|EXPENSE|PROMOTION|CANCELLATION|FULFILLMENT|PACKAGES|TAX|PAYMENT|FULFILLMENT_ORDERS",
    ..PLAIN
};

/// `searchPromotions` of `promotions/2025-12-01`.
pub const SEARCH_PROMOTIONS: Operation = Operation {
    name: "searchPromotions",
    api: API_PROMOTIONS_2025_12_01,
    method: Method::Get,
    path: "/promotions/2025-12-01/promotions",
    reads: true,
    rate: 0.1,
    burst: 4,
    roles: &[Role::Pricing],
    parameters: "query marketplaceIds! list:text\n\
        query locale text\n\
        query statuses list:text\n\
        query asins list:text\n\
        query skus list:text\n\
        query promotionTypes list:text\n\
        query startDateBefore time\n\
        query startDateAfter time\n\
        query endDateBefore time\n\
        query endDateAfter time\n\
        query updateDateAfter time\n\
        query updateDateBefore time\n\
        query paginationToken text\n\
        query revision text\n\
        query limit int\n\
        query includedData list:text",
    ..PLAIN
};

/// `sendInvoice` of `messaging/v1`.
pub const SEND_INVOICE: Operation = Operation {
    name: "sendInvoice",
    api: API_MESSAGING_V1,
    method: Method::Post,
    path: "/messaging/v1/orders/{amazonOrderId}/messages/invoice",
    reads: false,
    rate: 1.0,
    burst: 5,
    body: Body::Required,
    roles: &[Role::BuyerCommunication],
    parameters: "path amazonOrderId! text\n\
        query marketplaceIds! list:text n=..1",
    ..PLAIN
};

/// `sendTestNotification` of `notifications/v1`.
pub const SEND_TEST_NOTIFICATION: Operation = Operation {
    name: "sendTestNotification",
    api: API_NOTIFICATIONS_V1,
    method: Method::Post,
    path: "/notifications/v1/subscriptions/{notificationType}/testNotification",
    reads: false,
    rate: 1.0,
    burst: 5,
    body: Body::Required,
    roles: &[Role::SellingPartnerInsights, Role::InventoryAndOrderTracking, Role::AmazonFulfillment, Role::ProductListing, Role::Pricing, Role::FinanceAndAccounting, Role::BrandAnalytics],
    access: Access::Grantless("sellingpartnerapi::notifications"),
    parameters: "path notificationType! text",
    ..PLAIN
};

/// `setAppointmentFulfillmentData` of `services/v1`.
pub const SET_APPOINTMENT_FULFILLMENT_DATA: Operation = Operation {
    name: "setAppointmentFulfillmentData",
    api: API_SERVICES_V1,
    method: Method::Put,
    path: "/service/v1/serviceJobs/{serviceJobId}/appointments/{appointmentId}/fulfillment",
    reads: false,
    rate: 5.0,
    burst: 20,
    body: Body::Required,
    roles: &[Role::ProfessionalServices],
    parameters: "path serviceJobId! text len=1..100\n\
        path appointmentId! text len=1..100",
    ..PLAIN
};

/// `setPackingInformation` of `fulfillment-inbound/2024-03-20`.
pub const SET_PACKING_INFORMATION: Operation = Operation {
    name: "setPackingInformation",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Post,
    path: "/inbound/fba/2024-03-20/inboundPlans/{inboundPlanId}/packingInformation",
    reads: false,
    rate: 2.0,
    burst: 2,
    body: Body::Required,
    roles: &[Role::AmazonFulfillment],
    parameters: "path inboundPlanId! text len=38..38 chars=a-zA-Z0-9-",
    ..PLAIN
};

/// `setPrepDetails` of `fulfillment-inbound/2024-03-20`.
pub const SET_PREP_DETAILS: Operation = Operation {
    name: "setPrepDetails",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Post,
    path: "/inbound/fba/2024-03-20/items/prepDetails",
    reads: false,
    rate: 2.0,
    burst: 30,
    body: Body::Required,
    roles: &[Role::AmazonFulfillment],
    ..PLAIN
};

/// `submitAcknowledgement` of `vendor-direct-fulfillment-orders/v1`.
pub const SUBMIT_ACKNOWLEDGEMENT_VENDOR_DIRECT_FULFILLMENT_ORDERS_V1: Operation = Operation {
    name: "submitAcknowledgement",
    api: API_VENDOR_DIRECT_FULFILLMENT_ORDERS_V1,
    method: Method::Post,
    path: "/vendor/directFulfillment/orders/v1/acknowledgements",
    reads: false,
    rate: 10.0,
    burst: 10,
    body: Body::Required,
    roles: &[Role::DirectToConsumerShipping],
    ..PLAIN
};

/// `submitAcknowledgement` of `vendor-direct-fulfillment-orders/2021-12-28`.
pub const SUBMIT_ACKNOWLEDGEMENT_VENDOR_DIRECT_FULFILLMENT_ORDERS_2021_12_28: Operation = Operation {
    name: "submitAcknowledgement",
    api: API_VENDOR_DIRECT_FULFILLMENT_ORDERS_2021_12_28,
    method: Method::Post,
    path: "/vendor/directFulfillment/orders/2021-12-28/acknowledgements",
    reads: false,
    rate: 10.0,
    burst: 10,
    body: Body::Required,
    roles: &[Role::DirectToConsumerShipping],
    ..PLAIN
};

/// `submitAcknowledgement` of `vendor-orders/v1`.
pub const SUBMIT_ACKNOWLEDGEMENT_VENDOR_ORDERS_V1: Operation = Operation {
    name: "submitAcknowledgement",
    api: API_VENDOR_ORDERS_V1,
    method: Method::Post,
    path: "/vendor/orders/v1/acknowledgements",
    reads: false,
    rate: 10.0,
    burst: 10,
    body: Body::Required,
    roles: &[Role::AmazonFulfillment],
    ..PLAIN
};

/// `submitFulfillmentOrderStatusUpdate` of `fulfillment-outbound/2020-07-01`.
pub const SUBMIT_FULFILLMENT_ORDER_STATUS_UPDATE: Operation = Operation {
    name: "submitFulfillmentOrderStatusUpdate",
    api: API_FULFILLMENT_OUTBOUND_2020_07_01,
    method: Method::Put,
    path: "/fba/outbound/2020-07-01/fulfillmentOrders/{sellerFulfillmentOrderId}/status",
    reads: false,
    rate: 1.0,
    burst: 1,
    body: Body::Required,
    roles: &[Role::AmazonFulfillment],
    life: Life::Superseded { successor: "updateOrderStatus fulfillment-outbound/2026-07-04" },
    parameters: "path sellerFulfillmentOrderId! text len=..40",
    ..PLAIN
};

/// `submitInventoryUpdate` of `vendor-direct-fulfillment-inventory/v1`.
pub const SUBMIT_INVENTORY_UPDATE: Operation = Operation {
    name: "submitInventoryUpdate",
    api: API_VENDOR_DIRECT_FULFILLMENT_INVENTORY_V1,
    method: Method::Post,
    path: "/vendor/directFulfillment/inventory/v1/warehouses/{warehouseId}/items",
    reads: false,
    rate: 10.0,
    burst: 10,
    body: Body::Required,
    roles: &[Role::DirectToConsumerShipping, Role::AmazonFulfillment],
    parameters: "path warehouseId! text",
    ..PLAIN
};

/// `submitInvoice` of `delivery-invoicing/2022-07-01`.
pub const SUBMIT_INVOICE_DELIVERY_INVOICING_2022_07_01: Operation = Operation {
    name: "submitInvoice",
    api: API_DELIVERY_INVOICING_2022_07_01,
    method: Method::Post,
    path: "/delivery/2022-07-01/invoice",
    reads: false,
    rate: 1.133,
    burst: 25,
    body: Body::Required,
    roles: &[Role::TaxInvoicing],
    parameters: "query orderId text\n\
        query shipmentId text",
    ..PLAIN
};

/// `submitInvoice` of `shipment-invoicing/v0`.
pub const SUBMIT_INVOICE_SHIPMENT_INVOICING_V0: Operation = Operation {
    name: "submitInvoice",
    api: API_SHIPMENT_INVOICING_V0,
    method: Method::Post,
    path: "/fba/outbound/brazil/v0/shipments/{shipmentId}/invoice",
    reads: false,
    rate: 1.133,
    burst: 25,
    body: Body::Required,
    roles: &[Role::TaxInvoicing],
    parameters: "path shipmentId! text",
    ..PLAIN
};

/// `submitInvoice` of `vendor-direct-fulfillment-payments/v1`.
pub const SUBMIT_INVOICE_VENDOR_DIRECT_FULFILLMENT_PAYMENTS_V1: Operation = Operation {
    name: "submitInvoice",
    api: API_VENDOR_DIRECT_FULFILLMENT_PAYMENTS_V1,
    method: Method::Post,
    path: "/vendor/directFulfillment/payments/v1/invoices",
    reads: false,
    rate: 10.0,
    burst: 10,
    body: Body::Required,
    roles: &[Role::DirectToConsumerShipping, Role::AmazonFulfillment],
    ..PLAIN
};

/// `submitInvoices` of `vendor-invoices/v1`.
pub const SUBMIT_INVOICES: Operation = Operation {
    name: "submitInvoices",
    api: API_VENDOR_INVOICES_V1,
    method: Method::Post,
    path: "/vendor/payments/v1/invoices",
    reads: false,
    rate: 10.0,
    burst: 10,
    body: Body::Required,
    roles: &[Role::AmazonFulfillment],
    ..PLAIN
};

/// `submitNdrFeedback` of `shipping/v2`.
pub const SUBMIT_NDR_FEEDBACK: Operation = Operation {
    name: "submitNdrFeedback",
    api: API_SHIPPING_V2,
    method: Method::Post,
    path: "/shipping/v2/ndrFeedback",
    reads: false,
    rate: 80.0,
    burst: 100,
    body: Body::Required,
    roles: &[Role::DirectToConsumerShipping],
    parameters: "header x-amzn-shipping-business-id text one=AmazonShipping_US|AmazonShipping_IN|AmazonShipping_UK|AmazonShipping_UAE|AmazonShipping_SA|AmazonShipping_EG|AmazonShipping_IT|AmazonShipping_ES|AmazonShipping_FR|AmazonShipping_JP",
    ..PLAIN
};

/// `submitShipmentConfirmations` of `vendor-direct-fulfillment-shipping/v1`.
pub const SUBMIT_SHIPMENT_CONFIRMATIONS_VENDOR_DIRECT_FULFILLMENT_SHIPPING_V1: Operation = Operation {
    name: "submitShipmentConfirmations",
    api: API_VENDOR_DIRECT_FULFILLMENT_SHIPPING_V1,
    method: Method::Post,
    path: "/vendor/directFulfillment/shipping/v1/shipmentConfirmations",
    reads: false,
    rate: 10.0,
    burst: 10,
    body: Body::Required,
    roles: &[Role::DirectToConsumerShipping],
    ..PLAIN
};

/// `submitShipmentConfirmations` of `vendor-direct-fulfillment-shipping/2021-12-28`.
pub const SUBMIT_SHIPMENT_CONFIRMATIONS_VENDOR_DIRECT_FULFILLMENT_SHIPPING_2021_12_28: Operation = Operation {
    name: "submitShipmentConfirmations",
    api: API_VENDOR_DIRECT_FULFILLMENT_SHIPPING_2021_12_28,
    method: Method::Post,
    path: "/vendor/directFulfillment/shipping/2021-12-28/shipmentConfirmations",
    reads: false,
    rate: 10.0,
    burst: 10,
    body: Body::Required,
    roles: &[Role::DirectToConsumerShipping],
    ..PLAIN
};

/// `submitShipmentStatusUpdates` of `vendor-direct-fulfillment-shipping/v1`.
pub const SUBMIT_SHIPMENT_STATUS_UPDATES_VENDOR_DIRECT_FULFILLMENT_SHIPPING_V1: Operation = Operation {
    name: "submitShipmentStatusUpdates",
    api: API_VENDOR_DIRECT_FULFILLMENT_SHIPPING_V1,
    method: Method::Post,
    path: "/vendor/directFulfillment/shipping/v1/shipmentStatusUpdates",
    reads: false,
    rate: 10.0,
    burst: 10,
    body: Body::Required,
    roles: &[Role::DirectToConsumerShipping],
    ..PLAIN
};

/// `submitShipmentStatusUpdates` of `vendor-direct-fulfillment-shipping/2021-12-28`.
pub const SUBMIT_SHIPMENT_STATUS_UPDATES_VENDOR_DIRECT_FULFILLMENT_SHIPPING_2021_12_28: Operation = Operation {
    name: "submitShipmentStatusUpdates",
    api: API_VENDOR_DIRECT_FULFILLMENT_SHIPPING_2021_12_28,
    method: Method::Post,
    path: "/vendor/directFulfillment/shipping/2021-12-28/shipmentStatusUpdates",
    reads: false,
    rate: 10.0,
    burst: 10,
    body: Body::Required,
    roles: &[Role::DirectToConsumerShipping],
    ..PLAIN
};

/// `submitShippingLabelRequest` of `vendor-direct-fulfillment-shipping/v1`.
pub const SUBMIT_SHIPPING_LABEL_REQUEST_VENDOR_DIRECT_FULFILLMENT_SHIPPING_V1: Operation = Operation {
    name: "submitShippingLabelRequest",
    api: API_VENDOR_DIRECT_FULFILLMENT_SHIPPING_V1,
    method: Method::Post,
    path: "/vendor/directFulfillment/shipping/v1/shippingLabels",
    reads: false,
    rate: 10.0,
    burst: 10,
    body: Body::Required,
    roles: &[Role::DirectToConsumerShipping],
    ..PLAIN
};

/// `submitShippingLabelRequest` of `vendor-direct-fulfillment-shipping/2021-12-28`.
pub const SUBMIT_SHIPPING_LABEL_REQUEST_VENDOR_DIRECT_FULFILLMENT_SHIPPING_2021_12_28: Operation = Operation {
    name: "submitShippingLabelRequest",
    api: API_VENDOR_DIRECT_FULFILLMENT_SHIPPING_2021_12_28,
    method: Method::Post,
    path: "/vendor/directFulfillment/shipping/2021-12-28/shippingLabels",
    reads: false,
    rate: 10.0,
    burst: 10,
    body: Body::Required,
    roles: &[Role::DirectToConsumerShipping],
    ..PLAIN
};

/// `unlinkCarrierAccount` of `shipping/v2`.
pub const UNLINK_CARRIER_ACCOUNT: Operation = Operation {
    name: "unlinkCarrierAccount",
    api: API_SHIPPING_V2,
    method: Method::Put,
    path: "/shipping/v2/carrierAccounts/{carrierId}/unlink",
    reads: false,
    rate: 80.0,
    burst: 100,
    body: Body::Required,
    roles: &[Role::DirectToConsumerShipping],
    parameters: "path carrierId! text\n\
        header x-amzn-shipping-business-id text one=AmazonShipping_US|AmazonShipping_IN|AmazonShipping_UK|AmazonShipping_UAE|AmazonShipping_SA|AmazonShipping_EG|AmazonShipping_IT|AmazonShipping_ES|AmazonShipping_FR|AmazonShipping_JP",
    ..PLAIN
};

/// `updateContentDocument` of `aplus-content/2020-11-01`.
pub const UPDATE_CONTENT_DOCUMENT: Operation = Operation {
    name: "updateContentDocument",
    api: API_APLUS_CONTENT_2020_11_01,
    method: Method::Post,
    path: "/aplus/2020-11-01/contentDocuments/{contentReferenceKey}",
    reads: false,
    rate: 10.0,
    burst: 10,
    body: Body::Required,
    roles: &[Role::ProductListing, Role::BrandAnalytics],
    parameters: "path contentReferenceKey! text len=1..\n\
        query marketplaceId! text len=1..",
    ..PLAIN
};

/// `updateFulfillmentOrder` of `fulfillment-outbound/2020-07-01`.
pub const UPDATE_FULFILLMENT_ORDER: Operation = Operation {
    name: "updateFulfillmentOrder",
    api: API_FULFILLMENT_OUTBOUND_2020_07_01,
    method: Method::Put,
    path: "/fba/outbound/2020-07-01/fulfillmentOrders/{sellerFulfillmentOrderId}",
    reads: false,
    rate: 2.0,
    burst: 30,
    body: Body::Required,
    roles: &[Role::AmazonFulfillment],
    life: Life::Superseded { successor: "updateOrder fulfillment-outbound/2026-07-04" },
    parameters: "path sellerFulfillmentOrderId! text len=..40",
    ..PLAIN
};

/// `updateInbound` of `awd/2024-05-09`.
pub const UPDATE_INBOUND: Operation = Operation {
    name: "updateInbound",
    api: API_AWD_2024_05_09,
    method: Method::Put,
    path: "/awd/2024-05-09/inboundOrders/{orderId}",
    reads: false,
    rate: 1.0,
    burst: 1,
    body: Body::Required,
    roles: &[Role::AmazonWarehousingAndDistribution],
    parameters: "path orderId! text",
    ..PLAIN
};

/// `updateInboundPlanName` of `fulfillment-inbound/2024-03-20`.
pub const UPDATE_INBOUND_PLAN_NAME: Operation = Operation {
    name: "updateInboundPlanName",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Put,
    path: "/inbound/fba/2024-03-20/inboundPlans/{inboundPlanId}/name",
    reads: false,
    rate: 2.0,
    burst: 30,
    body: Body::Required,
    roles: &[Role::AmazonFulfillment],
    parameters: "path inboundPlanId! text len=38..38 chars=a-zA-Z0-9-",
    ..PLAIN
};

/// `updateInboundShipment` of `fulfillment-inbound/v0`.
pub const UPDATE_INBOUND_SHIPMENT: Operation = Operation {
    name: "updateInboundShipment",
    api: API_FULFILLMENT_INBOUND_V0,
    method: Method::Put,
    path: "/fba/inbound/v0/shipments/{shipmentId}",
    reads: false,
    rate: 1.0,
    burst: 1,
    life: Life::Removed { on: date(2025, 1, 21), successor: "updateShipmentName fulfillment-inbound/2024-03-20" },
    parameters: "path shipmentId! text",
    ..PLAIN
};

/// `updateInboundShipmentTransportDetails` of `awd/2024-05-09`.
pub const UPDATE_INBOUND_SHIPMENT_TRANSPORT_DETAILS: Operation = Operation {
    name: "updateInboundShipmentTransportDetails",
    api: API_AWD_2024_05_09,
    method: Method::Put,
    path: "/awd/2024-05-09/inboundShipments/{shipmentId}/transport",
    reads: false,
    rate: 1.0,
    burst: 1,
    body: Body::Required,
    roles: &[Role::AmazonWarehousingAndDistribution],
    parameters: "path shipmentId! text len=1..",
    ..PLAIN
};

/// `updateItemComplianceDetails` of `fulfillment-inbound/2024-03-20`.
pub const UPDATE_ITEM_COMPLIANCE_DETAILS: Operation = Operation {
    name: "updateItemComplianceDetails",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Put,
    path: "/inbound/fba/2024-03-20/items/compliance",
    reads: false,
    rate: 2.0,
    burst: 6,
    body: Body::Required,
    roles: &[Role::AmazonFulfillment],
    parameters: "query marketplaceId! text len=1..20",
    ..PLAIN
};

/// `updateMedia` of `aplus-content/2020-11-01`.
pub const UPDATE_MEDIA: Operation = Operation {
    name: "updateMedia",
    api: API_APLUS_CONTENT_2020_11_01,
    method: Method::Patch,
    path: "/aplus/2020-11-01/media/{mediaId}",
    reads: false,
    rate: 10.0,
    burst: 10,
    body: Body::Required,
    roles: &[Role::ProductListing, Role::BrandAnalytics],
    parameters: "path mediaId! text\n\
        query associatedMediaId text",
    ..PLAIN
};

/// `updateOrder` of `fulfillment-outbound/2026-07-04`.
pub const UPDATE_ORDER: Operation = Operation {
    name: "updateOrder",
    api: API_FULFILLMENT_OUTBOUND_2026_07_04,
    method: Method::Put,
    path: "/fulfillment/outbound/2026-07-04/orders/{orderId}",
    reads: false,
    rate: 2.0,
    burst: 30,
    body: Body::Required,
    roles: &[Role::AmazonFulfillment],
    parameters: "header x-amzn-fulfillment-service-id text len=..40\n\
        path orderId! text len=..40",
    ..PLAIN
};

/// `updateOrderStatus` of `fulfillment-outbound/2026-07-04`.
pub const UPDATE_ORDER_STATUS: Operation = Operation {
    name: "updateOrderStatus",
    api: API_FULFILLMENT_OUTBOUND_2026_07_04,
    method: Method::Put,
    path: "/fulfillment/outbound/2026-07-04/orders/{orderId}/status",
    reads: false,
    rate: 1.0,
    burst: 1,
    body: Body::Required,
    roles: &[Role::AmazonFulfillment],
    parameters: "header x-amzn-fulfillment-service-id text len=..40\n\
        path orderId! text len=..40",
    ..PLAIN
};

/// `updateOutbound` of `awd/2024-05-09`.
pub const UPDATE_OUTBOUND: Operation = Operation {
    name: "updateOutbound",
    api: API_AWD_2024_05_09,
    method: Method::Put,
    path: "/awd/2024-05-09/outboundOrders/{orderId}",
    reads: false,
    rate: 1.0,
    burst: 1,
    body: Body::Required,
    roles: &[Role::AmazonWarehousingAndDistribution],
    parameters: "path orderId! text",
    ..PLAIN
};

/// `updatePackage` of `external-fulfillment-shipments/2024-09-11`.
pub const UPDATE_PACKAGE_EXTERNAL_FULFILLMENT_SHIPMENTS_2024_09_11: Operation = Operation {
    name: "updatePackage",
    api: API_EXTERNAL_FULFILLMENT_SHIPMENTS_2024_09_11,
    method: Method::Put,
    path: "/externalFulfillment/2024-09-11/shipments/{shipmentId}/packages/{packageId}",
    reads: false,
    rate: 1.0,
    burst: 1,
    body: Body::Required,
    roles: &[Role::DirectToConsumerShipping],
    parameters: "path shipmentId! text\n\
        path packageId! text",
    ..PLAIN
};

/// `updatePackage` of `fulfillment-outbound/2026-07-04`.
pub const UPDATE_PACKAGE_FULFILLMENT_OUTBOUND_2026_07_04: Operation = Operation {
    name: "updatePackage",
    api: API_FULFILLMENT_OUTBOUND_2026_07_04,
    method: Method::Put,
    path: "/fulfillment/outbound/2026-07-04/orders/{orderId}/packages/{packageId}",
    reads: false,
    rate: 1.0,
    burst: 1,
    body: Body::Required,
    roles: &[Role::AmazonFulfillment],
    parameters: "header x-amzn-fulfillment-service-id text len=..40\n\
        path orderId! text len=..40\n\
        path packageId! text",
    ..PLAIN
};

/// `updatePackageStatus` of `external-fulfillment-shipments/2024-09-11`.
pub const UPDATE_PACKAGE_STATUS: Operation = Operation {
    name: "updatePackageStatus",
    api: API_EXTERNAL_FULFILLMENT_SHIPMENTS_2024_09_11,
    method: Method::Patch,
    path: "/externalFulfillment/2024-09-11/shipments/{shipmentId}/packages/{packageId}",
    reads: false,
    rate: 1.0,
    burst: 1,
    body: Body::Optional,
    roles: &[Role::DirectToConsumerShipping],
    parameters: "path shipmentId! text\n\
        path packageId! text\n\
        query status text one=SHIPPED",
    ..PLAIN
};

/// `updateReservation` of `services/v1`.
pub const UPDATE_RESERVATION: Operation = Operation {
    name: "updateReservation",
    api: API_SERVICES_V1,
    method: Method::Put,
    path: "/service/v1/reservation/{reservationId}",
    reads: false,
    rate: 5.0,
    burst: 20,
    body: Body::Required,
    roles: &[Role::ProfessionalServices],
    parameters: "path reservationId! text len=1..100\n\
        query marketplaceIds! list:text n=..1",
    ..PLAIN
};

/// `updateSandboxShipment` of `external-fulfillment-shipments/2024-09-11`.
pub const UPDATE_SANDBOX_SHIPMENT: Operation = Operation {
    name: "updateSandboxShipment",
    api: API_EXTERNAL_FULFILLMENT_SHIPMENTS_2024_09_11,
    method: Method::Patch,
    path: "/externalFulfillment/2024-09-11/shipments/{shipmentId}",
    reads: false,
    rate: 1.0,
    burst: 1,
    body: Body::Required,
    roles: &[Role::DirectToConsumerShipping],
    sandbox_only: true,
    parameters: "path shipmentId! text",
    ..PLAIN
};

/// `updateSchedule` of `services/v1`.
pub const UPDATE_SCHEDULE: Operation = Operation {
    name: "updateSchedule",
    api: API_SERVICES_V1,
    method: Method::Put,
    path: "/service/v1/serviceResources/{resourceId}/schedules",
    reads: false,
    rate: 5.0,
    burst: 20,
    body: Body::Required,
    roles: &[Role::ProfessionalServices],
    parameters: "path resourceId! text len=1..100\n\
        query marketplaceIds! list:text n=..1",
    ..PLAIN
};

/// `updateScheduledPackages` of `easy-ship/2022-03-23`.
pub const UPDATE_SCHEDULED_PACKAGES: Operation = Operation {
    name: "updateScheduledPackages",
    api: API_EASY_SHIP_2022_03_23,
    method: Method::Patch,
    path: "/easyShip/2022-03-23/package",
    reads: false,
    rate: 1.0,
    burst: 5,
    body: Body::Optional,
    roles: &[Role::DirectToConsumerShipping],
    ..PLAIN
};

/// `updateShipmentName` of `fulfillment-inbound/2024-03-20`.
pub const UPDATE_SHIPMENT_NAME: Operation = Operation {
    name: "updateShipmentName",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Put,
    path: "/inbound/fba/2024-03-20/inboundPlans/{inboundPlanId}/shipments/{shipmentId}/name",
    reads: false,
    rate: 2.0,
    burst: 30,
    body: Body::Required,
    roles: &[Role::AmazonFulfillment],
    parameters: "path inboundPlanId! text len=38..38 chars=a-zA-Z0-9-\n\
        path shipmentId! text len=38..38 chars=a-zA-Z0-9-",
    ..PLAIN
};

/// `updateShipmentSourceAddress` of `fulfillment-inbound/2024-03-20`.
pub const UPDATE_SHIPMENT_SOURCE_ADDRESS: Operation = Operation {
    name: "updateShipmentSourceAddress",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Put,
    path: "/inbound/fba/2024-03-20/inboundPlans/{inboundPlanId}/shipments/{shipmentId}/sourceAddress",
    reads: false,
    rate: 2.0,
    burst: 30,
    body: Body::Required,
    roles: &[Role::AmazonFulfillment],
    parameters: "path inboundPlanId! text len=38..38 chars=a-zA-Z0-9-\n\
        path shipmentId! text len=38..38 chars=a-zA-Z0-9-",
    ..PLAIN
};

/// `updateShipmentStatus` of `orders/v0`.
pub const UPDATE_SHIPMENT_STATUS: Operation = Operation {
    name: "updateShipmentStatus",
    api: API_ORDERS_V0,
    method: Method::Post,
    path: "/orders/v0/orders/{orderId}/shipment",
    reads: false,
    rate: 5.0,
    burst: 15,
    body: Body::Required,
    roles: &[Role::InventoryAndOrderTracking, Role::DirectToConsumerShipping],
    parameters: "path orderId! text",
    ..PLAIN
};

/// `updateShipmentTrackingDetails` of `fulfillment-inbound/2024-03-20`.
pub const UPDATE_SHIPMENT_TRACKING_DETAILS: Operation = Operation {
    name: "updateShipmentTrackingDetails",
    api: API_FULFILLMENT_INBOUND_2024_03_20,
    method: Method::Put,
    path: "/inbound/fba/2024-03-20/inboundPlans/{inboundPlanId}/shipments/{shipmentId}/trackingDetails",
    reads: false,
    rate: 2.0,
    burst: 2,
    body: Body::Required,
    roles: &[Role::AmazonFulfillment],
    parameters: "path inboundPlanId! text len=38..38 chars=a-zA-Z0-9-\n\
        path shipmentId! text len=38..38 chars=a-zA-Z0-9-",
    ..PLAIN
};

/// `updateSupplySource` of `supply-sources/2020-07-01`.
pub const UPDATE_SUPPLY_SOURCE: Operation = Operation {
    name: "updateSupplySource",
    api: API_SUPPLY_SOURCES_2020_07_01,
    method: Method::Put,
    path: "/supplySources/2020-07-01/supplySources/{supplySourceId}",
    reads: false,
    rate: 1.0,
    burst: 1,
    body: Body::Optional,
    roles: &[Role::InventoryAndOrderTracking],
    parameters: "path supplySourceId! text",
    ..PLAIN
};

/// `updateSupplySourceStatus` of `supply-sources/2020-07-01`.
pub const UPDATE_SUPPLY_SOURCE_STATUS: Operation = Operation {
    name: "updateSupplySourceStatus",
    api: API_SUPPLY_SOURCES_2020_07_01,
    method: Method::Put,
    path: "/supplySources/2020-07-01/supplySources/{supplySourceId}/status",
    reads: false,
    rate: 20.0,
    burst: 20,
    body: Body::Optional,
    roles: &[Role::InventoryAndOrderTracking],
    parameters: "path supplySourceId! text",
    ..PLAIN
};

/// `updateTransferSchedule` of `seller-wallet/2024-03-01`.
pub const UPDATE_TRANSFER_SCHEDULE: Operation = Operation {
    name: "updateTransferSchedule",
    api: API_SELLER_WALLET_2024_03_01,
    method: Method::Put,
    path: "/finances/transfers/wallet/2024-03-01/transferSchedules",
    reads: false,
    rate: 1.0,
    burst: 10,
    body: Body::Required,
    roles: &[Role::FinanceAndAccounting],
    parameters: "header destAccountDigitalSignature! text\n\
        header amountDigitalSignature! text\n\
        query marketplaceId! text",
    ..PLAIN
};

/// `updateVerificationStatus` of `orders/v0`.
pub const UPDATE_VERIFICATION_STATUS: Operation = Operation {
    name: "updateVerificationStatus",
    api: API_ORDERS_V0,
    method: Method::Patch,
    path: "/orders/v0/orders/{orderId}/regulatedInfo",
    reads: false,
    rate: 0.5,
    burst: 30,
    body: Body::Required,
    roles: &[Role::InventoryAndOrderTracking, Role::AmazonFulfillment, Role::BuyerCommunication, Role::BuyerSolicitation, Role::FinanceAndAccounting, Role::Pricing, Role::ProductListing, Role::ProfessionalServices, Role::SellingPartnerInsights, Role::DirectToConsumerShipping, Role::TaxInvoicing, Role::TaxRemittance],
    parameters: "path orderId! text",
    ..PLAIN
};

/// `validateContentDocumentAsinRelations` of `aplus-content/2020-11-01`.
pub const VALIDATE_CONTENT_DOCUMENT_ASIN_RELATIONS: Operation = Operation {
    name: "validateContentDocumentAsinRelations",
    api: API_APLUS_CONTENT_2020_11_01,
    method: Method::Post,
    path: "/aplus/2020-11-01/contentAsinValidations",
    reads: true,
    rate: 10.0,
    burst: 10,
    body: Body::Required,
    roles: &[Role::ProductListing, Role::BrandAnalytics],
    parameters: "query marketplaceId! text len=1..\n\
        query asinSet list:text len=10..",
    ..PLAIN
};

/// `voidTransport` of `fulfillment-inbound/v0`.
pub const VOID_TRANSPORT: Operation = Operation {
    name: "voidTransport",
    api: API_FULFILLMENT_INBOUND_V0,
    method: Method::Post,
    path: "/fba/inbound/v0/shipments/{shipmentId}/transport/void",
    reads: false,
    rate: 1.0,
    burst: 1,
    life: Life::Removed { on: date(2025, 1, 21), successor: "cancelInboundPlan fulfillment-inbound/2024-03-20" },
    parameters: "path shipmentId! text",
    ..PLAIN
};

/// All of them, by name.
pub(super) static OPERATIONS: [Operation; 398] = [
    AUTHORIZATION,
    CREATE_WARRANTY,
    GET_ATTRIBUTES,
    GET_SHIPMENT_DETAILS_VENDOR_SHIPMENTS_V1,
    GET_SHIPMENT_LABELS,
    SUBMIT_SHIPMENT_CONFIRMATIONS_VENDOR_SHIPMENTS_V1,
    SUBMIT_SHIPMENTS,
    ADD_APPOINTMENT_FOR_SERVICE_JOB_BY_SERVICE_JOB_ID,
    ADD_INVENTORY,
    ARCHIVE_SUPPLY_SOURCE,
    ASSIGN_APPOINTMENT_RESOURCES,
    BATCH_INVENTORY,
    CANCEL_FEED,
    CANCEL_FULFILLMENT_ORDER,
    CANCEL_INBOUND,
    CANCEL_INBOUND_PLAN,
    CANCEL_ORDER,
    CANCEL_QUERY,
    CANCEL_REPORT,
    CANCEL_REPORT_SCHEDULE,
    CANCEL_RESERVATION,
    CANCEL_SELF_SHIP_APPOINTMENT,
    CANCEL_SERVICE_JOB_BY_SERVICE_JOB_ID,
    CANCEL_SHIPMENT_MERCHANT_FULFILLMENT_V0,
    CANCEL_SHIPMENT_SHIPPING_V1,
    CANCEL_SHIPMENT_SHIPPING_V2,
    CHECK_INBOUND_ELIGIBILITY,
    COMPLETE_SERVICE_JOB_BY_SERVICE_JOB_ID,
    CONFIRM_CUSTOMIZATION_DETAILS,
    CONFIRM_DELIVERY_WINDOW_OPTIONS,
    CONFIRM_INBOUND,
    CONFIRM_OUTBOUND,
    CONFIRM_PACKING_OPTION,
    CONFIRM_PLACEMENT_OPTION,
    CONFIRM_PREORDER,
    CONFIRM_REPLENISHMENT_ORDER,
    CONFIRM_SHIPMENT,
    CONFIRM_SHIPMENT_CONTENT_UPDATE_PREVIEW,
    CONFIRM_TRANSPORT,
    CONFIRM_TRANSPORTATION_OPTIONS,
    CREATE_CLAIM,
    CREATE_CONFIRM_DELIVERY_DETAILS,
    CREATE_CONFIRM_ORDER_DETAILS,
    CREATE_CONFIRM_SERVICE_DETAILS,
    CREATE_CONTAINER_LABEL,
    CREATE_CONTENT_DOCUMENT,
    CREATE_DESTINATION,
    CREATE_DIGITAL_ACCESS_KEY,
    CREATE_FEED,
    CREATE_FEED_DOCUMENT,
    CREATE_FULFILLMENT_ORDER,
    CREATE_FULFILLMENT_RETURN,
    CREATE_GOVERNMENT_INVOICE,
    CREATE_INBOUND,
    CREATE_INBOUND_PLAN,
    CREATE_INBOUND_SHIPMENT,
    CREATE_INBOUND_SHIPMENT_PLAN,
    CREATE_INVENTORY_ITEM,
    CREATE_INVOICES_EXPORT,
    CREATE_LEGAL_DISCLOSURE,
    CREATE_MARKETPLACE_ITEM_LABELS,
    CREATE_MEDIA,
    CREATE_NOTIFICATION,
    CREATE_ORDER,
    CREATE_OUTBOUND,
    CREATE_PACKAGES,
    CREATE_PRODUCT_REVIEW_AND_SELLER_FEEDBACK_SOLICITATION,
    CREATE_QUERY,
    CREATE_REPLENISHMENT_ORDER,
    CREATE_REPORT,
    CREATE_REPORT_SCHEDULE,
    CREATE_RESERVATION,
    CREATE_RESTRICTED_DATA_TOKEN,
    CREATE_SANDBOX_LOCATION,
    CREATE_SANDBOX_SHIPMENT,
    CREATE_SCHEDULED_PACKAGE,
    CREATE_SCHEDULED_PACKAGE_BULK,
    CREATE_SERVICE_DOCUMENT_UPLOAD_DESTINATION,
    CREATE_SHIPMENT_MERCHANT_FULFILLMENT_V0,
    CREATE_SHIPMENT_SHIPPING_V1,
    CREATE_SHIPPING_LABELS,
    CREATE_SUBSCRIPTION,
    CREATE_SUPPLY_SOURCE,
    CREATE_TRANSACTION,
    CREATE_TRANSFER_SCHEDULE,
    CREATE_UNEXPECTED_PROBLEM,
    CREATE_UPLOAD_DESTINATION_FOR_RESOURCE,
    DELETE_DESTINATION,
    DELETE_INVENTORY_ITEM,
    DELETE_LISTINGS_ITEM_LISTINGS_ITEMS_2020_09_01,
    DELETE_LISTINGS_ITEM_LISTINGS_ITEMS_2021_08_01,
    DELETE_NOTIFICATIONS,
    DELETE_SCHEDULE_TRANSACTION,
    DELETE_SUBSCRIPTION_BY_ID,
    DELIVERY_OFFERS,
    DIRECT_PURCHASE_SHIPMENT,
    ESTIMATE_TRANSPORT,
    GENERATE_COLLECTION_FORM,
    GENERATE_DELIVERY_WINDOW_OPTIONS,
    GENERATE_INVOICE,
    GENERATE_ORDER_SCENARIOS,
    GENERATE_PACKING_OPTIONS,
    GENERATE_PLACEMENT_OPTIONS,
    GENERATE_SELF_SHIP_APPOINTMENT_SLOTS,
    GENERATE_SHIP_LABELS,
    GENERATE_SHIPMENT_CONTENT_UPDATE_PREVIEWS,
    GENERATE_TRANSPORTATION_OPTIONS,
    GET_ACCESS_POINTS,
    GET_ACCOUNT_SELLER_WALLET_2024_03_01,
    GET_ACCOUNT_SELLERS_V1,
    GET_ACCOUNT_SHIPPING_V1,
    GET_ADDITIONAL_INPUTS,
    GET_ADDITIONAL_SELLER_INPUTS,
    GET_APPOINTMENT_SLOTS,
    GET_APPOINTMMENT_SLOTS_BY_JOB_ID,
    GET_AUTHORIZATION_CODE,
    GET_BILL_OF_LADING,
    GET_BROWSE_NODE_RETURN_TOPICS,
    GET_BROWSE_NODE_RETURN_TRENDS,
    GET_BROWSE_NODE_REVIEW_TOPICS,
    GET_BROWSE_NODE_REVIEW_TRENDS,
    GET_CARRIER_ACCOUNT_FORM_INPUTS,
    GET_CARRIER_ACCOUNTS,
    GET_CASE,
    GET_CATALOG_ITEM_CATALOG_ITEMS_V0,
    GET_CATALOG_ITEM_CATALOG_ITEMS_2020_12_01,
    GET_CATALOG_ITEM_CATALOG_ITEMS_2022_04_01,
    GET_COLLECTION_FORM,
    GET_COLLECTION_FORM_HISTORY,
    GET_COMPETITIVE_PRICING,
    GET_COMPETITIVE_SUMMARY,
    GET_CONTENT_DOCUMENT,
    GET_CUSTOMER_INVOICE_VENDOR_DIRECT_FULFILLMENT_SHIPPING_V1,
    GET_CUSTOMER_INVOICE_VENDOR_DIRECT_FULFILLMENT_SHIPPING_2021_12_28,
    GET_CUSTOMER_INVOICES_VENDOR_DIRECT_FULFILLMENT_SHIPPING_V1,
    GET_CUSTOMER_INVOICES_VENDOR_DIRECT_FULFILLMENT_SHIPPING_2021_12_28,
    GET_DEFINITIONS_PRODUCT_TYPE,
    GET_DELIVERY_CHALLAN_DOCUMENT,
    GET_DESTINATION,
    GET_DESTINATIONS,
    GET_DOCUMENT,
    GET_ELIGIBLE_SHIPMENT_SERVICES,
    GET_FEATURE_INVENTORY,
    GET_FEATURE_SKU,
    GET_FEATURED_OFFER_EXPECTED_PRICE_BATCH,
    GET_FEATURES,
    GET_FEED,
    GET_FEED_DOCUMENT,
    GET_FEEDS,
    GET_FIXED_SLOT_CAPACITY,
    GET_FULFILLMENT_ORDER,
    GET_FULFILLMENT_PREVIEW,
    GET_GOVERNMENT_INVOICE_DOCUMENT,
    GET_GOVERNMENT_INVOICE_STATUS,
    GET_INBOUND,
    GET_INBOUND_OPERATION_STATUS,
    GET_INBOUND_PLAN,
    GET_INBOUND_SHIPMENT,
    GET_INBOUND_SHIPMENT_LABELS,
    GET_INVENTORY_SUMMARIES,
    GET_INVOICE_FINANCES_INVOICES_2026_06_25,
    GET_INVOICE_INVOICES_2024_06_19,
    GET_INVOICE_HEADERS,
    GET_INVOICE_STATUS_DELIVERY_INVOICING_2022_07_01,
    GET_INVOICE_STATUS_SHIPMENT_INVOICING_V0,
    GET_INVOICES,
    GET_INVOICES_ATTRIBUTES,
    GET_INVOICES_DOCUMENT,
    GET_INVOICES_EXPORT,
    GET_INVOICES_EXPORTS,
    GET_ITEM_BROWSE_NODE,
    GET_ITEM_ELIGIBILITY_PREVIEW,
    GET_ITEM_OFFERS,
    GET_ITEM_OFFERS_BATCH,
    GET_ITEM_REVIEW_TOPICS,
    GET_ITEM_REVIEW_TRENDS,
    GET_LABEL_PAGE_TYPES,
    GET_LABELS,
    GET_LISTING_OFFERS,
    GET_LISTING_OFFERS_BATCH,
    GET_LISTINGS_ITEM,
    GET_LISTINGS_RESTRICTIONS,
    GET_MARKETPLACE_PARTICIPATIONS,
    GET_MEDIA,
    GET_MESSAGING_ACTIONS_FOR_ORDER,
    GET_MY_FEES_ESTIMATE_FOR_ASIN,
    GET_MY_FEES_ESTIMATE_FOR_SKU,
    GET_MY_FEES_ESTIMATES,
    GET_OFFERS,
    GET_ORDER_FULFILLMENT_OUTBOUND_2026_07_04,
    GET_ORDER_ORDERS_V0,
    GET_ORDER_ORDERS_2026_01_01,
    GET_ORDER_VENDOR_DIRECT_FULFILLMENT_ORDERS_V1,
    GET_ORDER_VENDOR_DIRECT_FULFILLMENT_ORDERS_2021_12_28,
    GET_ORDER_ADDRESS,
    GET_ORDER_BUYER_INFO,
    GET_ORDER_ITEMS,
    GET_ORDER_ITEMS_BUYER_INFO,
    GET_ORDER_METRICS,
    GET_ORDER_PREVIEW,
    GET_ORDER_REGULATED_INFO,
    GET_ORDER_SCENARIOS,
    GET_ORDERS_ORDERS_V0,
    GET_ORDERS_VENDOR_DIRECT_FULFILLMENT_ORDERS_V1,
    GET_ORDERS_VENDOR_DIRECT_FULFILLMENT_ORDERS_2021_12_28,
    GET_OUTBOUND,
    GET_PACKAGE_TRACKING_DETAILS,
    GET_PACKING_SLIP_VENDOR_DIRECT_FULFILLMENT_SHIPPING_V1,
    GET_PACKING_SLIP_VENDOR_DIRECT_FULFILLMENT_SHIPPING_2021_12_28,
    GET_PACKING_SLIPS_VENDOR_DIRECT_FULFILLMENT_SHIPPING_V1,
    GET_PACKING_SLIPS_VENDOR_DIRECT_FULFILLMENT_SHIPPING_2021_12_28,
    GET_PAYMENT_METHODS,
    GET_PREORDER_INFO,
    GET_PREP_INSTRUCTIONS,
    GET_PRICING,
    GET_PROMOTION,
    GET_PURCHASE_ORDER,
    GET_PURCHASE_ORDERS,
    GET_PURCHASE_ORDERS_STATUS,
    GET_QUERIES,
    GET_QUERY,
    GET_RANGE_SLOT_CAPACITY,
    GET_RATES_SHIPPING_V1,
    GET_RATES_SHIPPING_V2,
    GET_REMITTANCE,
    GET_REMITTANCE_HEADERS,
    GET_REPLENISHMENT_ORDER,
    GET_REPORT,
    GET_REPORT_DOCUMENT,
    GET_REPORT_SCHEDULE,
    GET_REPORT_SCHEDULES,
    GET_REPORTS,
    GET_RETURN,
    GET_SCHEDULED_PACKAGE,
    GET_SELECTION,
    GET_SELF_SHIP_APPOINTMENT_SLOTS,
    GET_SELLING_PARTNER_METRICS,
    GET_SERVICE_JOB_BY_SERVICE_JOB_ID,
    GET_SERVICE_JOBS,
    GET_SHIPMENT_EXTERNAL_FULFILLMENT_SHIPMENTS_2024_09_11,
    GET_SHIPMENT_FULFILLMENT_INBOUND_2024_03_20,
    GET_SHIPMENT_MERCHANT_FULFILLMENT_V0,
    GET_SHIPMENT_SHIPPING_V1,
    GET_SHIPMENT_CONTENT_UPDATE_PREVIEW,
    GET_SHIPMENT_DETAILS_SHIPMENT_INVOICING_V0,
    GET_SHIPMENT_DOCUMENTS,
    GET_SHIPMENT_ITEMS,
    GET_SHIPMENT_ITEMS_BY_SHIPMENT_ID,
    GET_SHIPMENT_TRACKING,
    GET_SHIPMENTS_EXTERNAL_FULFILLMENT_SHIPMENTS_2024_09_11,
    GET_SHIPMENTS_FULFILLMENT_INBOUND_V0,
    GET_SHIPPING_LABEL_VENDOR_DIRECT_FULFILLMENT_SHIPPING_V1,
    GET_SHIPPING_LABEL_VENDOR_DIRECT_FULFILLMENT_SHIPPING_2021_12_28,
    GET_SHIPPING_LABELS_VENDOR_DIRECT_FULFILLMENT_SHIPPING_V1,
    GET_SHIPPING_LABELS_VENDOR_DIRECT_FULFILLMENT_SHIPPING_2021_12_28,
    GET_SOLICITATION_ACTIONS_FOR_ORDER,
    GET_SUBSCRIPTION,
    GET_SUBSCRIPTION_BY_ID,
    GET_SUBSCRIPTIONS,
    GET_SUPPLY_SOURCE,
    GET_SUPPLY_SOURCES,
    GET_TRACKING,
    GET_TRACKING_INFORMATION,
    GET_TRANSACTION_SELLER_WALLET_2024_03_01,
    GET_TRANSACTION_VENDOR_TRANSACTION_STATUS_V1,
    GET_TRANSACTION_STATUS_VENDOR_DIRECT_FULFILLMENT_TRANSACTIONS_V1,
    GET_TRANSACTION_STATUS_VENDOR_DIRECT_FULFILLMENT_TRANSACTIONS_2021_12_28,
    GET_TRANSFER_PREVIEW,
    GET_TRANSFER_SCHEDULE,
    GET_TRANSPORT_DETAILS,
    GET_UNMANIFESTED_SHIPMENTS,
    GET_VEHICLES,
    INITIATE_PAYOUT,
    LINK_CARRIER_ACCOUNT_SHIPPING_V2_POST,
    LINK_CARRIER_ACCOUNT_SHIPPING_V2_PUT,
    LIST_ACCOUNT_BALANCES,
    LIST_ACCOUNT_TRANSACTIONS,
    LIST_ACCOUNTS,
    LIST_ALL_FULFILLMENT_ORDERS,
    LIST_BALANCES,
    LIST_CASES,
    LIST_CATALOG_CATEGORIES,
    LIST_CATALOG_ITEMS,
    LIST_CONTACTS,
    LIST_CONTENT_DOCUMENT_ASIN_RELATIONS,
    LIST_DELIVERY_WINDOW_OPTIONS,
    LIST_EXPECTED_PAYOUTS,
    LIST_FINANCIAL_EVENT_GROUPS,
    LIST_FINANCIAL_EVENTS,
    LIST_FINANCIAL_EVENTS_BY_GROUP_ID,
    LIST_FINANCIAL_EVENTS_BY_ORDER_ID,
    LIST_HANDOVER_SLOTS,
    LIST_INBOUND_PLAN_BOXES,
    LIST_INBOUND_PLAN_ITEMS,
    LIST_INBOUND_PLAN_PALLETS,
    LIST_INBOUND_PLANS,
    LIST_INBOUND_SHIPMENTS,
    LIST_INVENTORY,
    LIST_ITEM_COMPLIANCE_DETAILS,
    LIST_OFFER_METRICS,
    LIST_OFFERS,
    LIST_ORDERS,
    LIST_OUTBOUNDS,
    LIST_PACKING_GROUP_BOXES,
    LIST_PACKING_GROUP_ITEMS,
    LIST_PACKING_OPTIONS,
    LIST_PAYOUTS,
    LIST_PLACEMENT_OPTIONS,
    LIST_PREP_DETAILS,
    LIST_REPLENISHMENT_ORDERS,
    LIST_RETURN_REASON_CODES,
    LIST_RETURNS,
    LIST_SHIPMENT_BOXES,
    LIST_SHIPMENT_CONTENT_UPDATE_PREVIEWS,
    LIST_SHIPMENT_ITEMS,
    LIST_SHIPMENT_PALLETS,
    LIST_SUMMARY,
    LIST_TRANSACTIONS,
    LIST_TRANSFER_SCHEDULES,
    LIST_TRANSPORTATION_OPTIONS,
    ONE_CLICK_SHIPMENT,
    PATCH_LISTINGS_ITEM_LISTINGS_ITEMS_2020_09_01,
    PATCH_LISTINGS_ITEM_LISTINGS_ITEMS_2021_08_01,
    POST_CONTENT_DOCUMENT_APPROVAL_SUBMISSION,
    POST_CONTENT_DOCUMENT_ASIN_RELATIONS,
    POST_CONTENT_DOCUMENT_SUSPEND_SUBMISSION,
    PROCESS_SHIPMENT,
    PURCHASE_LABELS,
    PURCHASE_SHIPMENT_SHIPPING_V1,
    PURCHASE_SHIPMENT_SHIPPING_V2,
    PUT_LISTINGS_ITEM_LISTINGS_ITEMS_2020_09_01,
    PUT_LISTINGS_ITEM_LISTINGS_ITEMS_2021_08_01,
    PUT_TRANSPORT_DETAILS,
    RECORD_ACTION_FEEDBACK,
    RESCHEDULE_APPOINTMENT_FOR_SERVICE_JOB_BY_SERVICE_JOB_ID,
    RETRIEVE_INVOICE,
    RETRIEVE_SHIPPING_LABEL,
    RETRIEVE_SHIPPING_OPTIONS,
    ROTATE_APPLICATION_CLIENT_SECRET,
    SCHEDULE_SELF_SHIP_APPOINTMENT,
    SEARCH_CATALOG_ITEMS_CATALOG_ITEMS_2020_12_01,
    SEARCH_CATALOG_ITEMS_CATALOG_ITEMS_2022_04_01,
    SEARCH_CONTENT_DOCUMENTS,
    SEARCH_CONTENT_PUBLISH_RECORDS,
    SEARCH_DEFINITIONS_PRODUCT_TYPES,
    SEARCH_LISTINGS_ITEMS,
    SEARCH_ORDERS,
    SEARCH_PROMOTIONS,
    SEND_INVOICE,
    SEND_TEST_NOTIFICATION,
    SET_APPOINTMENT_FULFILLMENT_DATA,
    SET_PACKING_INFORMATION,
    SET_PREP_DETAILS,
    SUBMIT_ACKNOWLEDGEMENT_VENDOR_DIRECT_FULFILLMENT_ORDERS_V1,
    SUBMIT_ACKNOWLEDGEMENT_VENDOR_DIRECT_FULFILLMENT_ORDERS_2021_12_28,
    SUBMIT_ACKNOWLEDGEMENT_VENDOR_ORDERS_V1,
    SUBMIT_FULFILLMENT_ORDER_STATUS_UPDATE,
    SUBMIT_INVENTORY_UPDATE,
    SUBMIT_INVOICE_DELIVERY_INVOICING_2022_07_01,
    SUBMIT_INVOICE_SHIPMENT_INVOICING_V0,
    SUBMIT_INVOICE_VENDOR_DIRECT_FULFILLMENT_PAYMENTS_V1,
    SUBMIT_INVOICES,
    SUBMIT_NDR_FEEDBACK,
    SUBMIT_SHIPMENT_CONFIRMATIONS_VENDOR_DIRECT_FULFILLMENT_SHIPPING_V1,
    SUBMIT_SHIPMENT_CONFIRMATIONS_VENDOR_DIRECT_FULFILLMENT_SHIPPING_2021_12_28,
    SUBMIT_SHIPMENT_STATUS_UPDATES_VENDOR_DIRECT_FULFILLMENT_SHIPPING_V1,
    SUBMIT_SHIPMENT_STATUS_UPDATES_VENDOR_DIRECT_FULFILLMENT_SHIPPING_2021_12_28,
    SUBMIT_SHIPPING_LABEL_REQUEST_VENDOR_DIRECT_FULFILLMENT_SHIPPING_V1,
    SUBMIT_SHIPPING_LABEL_REQUEST_VENDOR_DIRECT_FULFILLMENT_SHIPPING_2021_12_28,
    UNLINK_CARRIER_ACCOUNT,
    UPDATE_CONTENT_DOCUMENT,
    UPDATE_FULFILLMENT_ORDER,
    UPDATE_INBOUND,
    UPDATE_INBOUND_PLAN_NAME,
    UPDATE_INBOUND_SHIPMENT,
    UPDATE_INBOUND_SHIPMENT_TRANSPORT_DETAILS,
    UPDATE_ITEM_COMPLIANCE_DETAILS,
    UPDATE_MEDIA,
    UPDATE_ORDER,
    UPDATE_ORDER_STATUS,
    UPDATE_OUTBOUND,
    UPDATE_PACKAGE_EXTERNAL_FULFILLMENT_SHIPMENTS_2024_09_11,
    UPDATE_PACKAGE_FULFILLMENT_OUTBOUND_2026_07_04,
    UPDATE_PACKAGE_STATUS,
    UPDATE_RESERVATION,
    UPDATE_SANDBOX_SHIPMENT,
    UPDATE_SCHEDULE,
    UPDATE_SCHEDULED_PACKAGES,
    UPDATE_SHIPMENT_NAME,
    UPDATE_SHIPMENT_SOURCE_ADDRESS,
    UPDATE_SHIPMENT_STATUS,
    UPDATE_SHIPMENT_TRACKING_DETAILS,
    UPDATE_SUPPLY_SOURCE,
    UPDATE_SUPPLY_SOURCE_STATUS,
    UPDATE_TRANSFER_SCHEDULE,
    UPDATE_VERIFICATION_STATUS,
    VALIDATE_CONTENT_DOCUMENT_ASIN_RELATIONS,
    VOID_TRANSPORT,
];
