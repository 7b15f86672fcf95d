-- The newest version of each record: one view for each table. Written by `make tables`; do not edit.
-- Athena: run each statement once in the database that the template made, and again after an update.
-- DuckDB: `make query` runs them.
--
-- A record's time of change counts, and where Amazon gives none the time of fetching. Records without a key are each
-- one of their own. Items belong to the newest version of their record, so that an item that was taken away is gone.

CREATE OR REPLACE VIEW orders AS
SELECT tenant, connection, seller, marketplace, entity, record_key, updated_at, updated_at_raw, fetched_at,
  request_id, object, line, order_id, seller_order_id, created_time, last_updated_time, sales_channel,
  marketplace_id, marketplace_name, programs, status, fulfilled_by, service_level, ship_by_earliest,
  ship_by_latest, deliver_by_earliest, deliver_by_latest, total, total_currency, items_total,
  items_total_currency, shipping_total, shipping_total_currency, tax_total, tax_total_currency, discount_total,
  discount_total_currency, invoice_status, packages, payload, date
FROM (
  SELECT *, row_number() OVER (
    PARTITION BY tenant, connection, entity, coalesce(record_key, object || '#' || cast(line AS varchar))
    ORDER BY coalesce(updated_at, fetched_at) DESC, fetched_at DESC, object DESC, line DESC) AS place
  FROM orders_versions
) WHERE place = 1;

CREATE OR REPLACE VIEW order_items AS
SELECT tenant, connection, seller, marketplace, entity, record_key, updated_at, updated_at_raw, fetched_at,
  request_id, object, line, position, order_id, created_time, marketplace_id, status, fulfilled_by,
  order_item_id, asin, sku, title, item_condition, quantity_ordered, quantity_fulfilled, quantity_unfulfilled,
  unit_price, unit_price_currency, price_designation, proceeds_total, proceeds_total_currency, item_amount,
  item_amount_currency, shipping_amount, shipping_amount_currency, tax_amount, tax_amount_currency,
  discount_amount, discount_amount_currency, points_granted, measure, measure_unit, promotions, cancelled_by,
  cancel_reason, tax_model, payload, date
FROM (
  SELECT item.*, row_number() OVER (PARTITION BY item.object, item.line, item.position ORDER BY item.fetched_at) AS place
  FROM order_items_versions item JOIN orders record ON item.object = record.object AND item.line = record.line
) WHERE place = 1;

CREATE OR REPLACE VIEW order_lines AS
SELECT tenant, connection, seller, marketplace, entity, record_key, updated_at, updated_at_raw, fetched_at,
  request_id, object, line, order_id, seller_order_id, created_time, created_time_raw, last_updated_time,
  last_updated_time_raw, status, item_status, fulfilled_by, sales_channel, service_level, sku, asin, title,
  quantity_ordered, currency, item_amount, item_tax, shipping_amount, shipping_tax, gift_wrap_amount,
  gift_wrap_tax, item_discount, shipping_discount, promotion_ids, business_order, price_designation,
  ship_country, payload, date
FROM (
  SELECT *, row_number() OVER (
    PARTITION BY tenant, connection, entity, coalesce(record_key, object || '#' || cast(line AS varchar))
    ORDER BY coalesce(updated_at, fetched_at) DESC, fetched_at DESC, object DESC, line DESC) AS place
  FROM order_lines_versions
) WHERE place = 1;

CREATE OR REPLACE VIEW finances AS
SELECT tenant, connection, seller, marketplace, entity, record_key, updated_at, updated_at_raw, fetched_at,
  request_id, object, line, transaction_id, transaction_type, transaction_status, description, posted_date,
  total, total_currency, marketplace_id, marketplace_name, account_type, order_id, shipment_id, refund_id,
  settlement_id, event_group_id, release_transaction_id, deferral_reason, maturity_date, breakdowns, payload,
  date
FROM (
  SELECT *, row_number() OVER (
    PARTITION BY tenant, connection, entity, coalesce(record_key, object || '#' || cast(line AS varchar))
    ORDER BY coalesce(updated_at, fetched_at) DESC, fetched_at DESC, object DESC, line DESC) AS place
  FROM finances_versions
) WHERE place = 1;

CREATE OR REPLACE VIEW finance_items AS
SELECT tenant, connection, seller, marketplace, entity, record_key, updated_at, updated_at_raw, fetched_at,
  request_id, object, line, position, transaction_id, transaction_type, transaction_status, posted_date,
  marketplace_id, order_id, description, total, total_currency, order_item_id, asin, sku, quantity,
  fulfillment_network, breakdowns, payload, date
FROM (
  SELECT item.*, row_number() OVER (PARTITION BY item.object, item.line, item.position ORDER BY item.fetched_at) AS place
  FROM finance_items_versions item JOIN finances record ON item.object = record.object AND item.line = record.line
) WHERE place = 1;

CREATE OR REPLACE VIEW payouts AS
SELECT tenant, connection, seller, marketplace, entity, record_key, updated_at, updated_at_raw, fetched_at,
  request_id, object, line, payout_id, marketplace_id, account_type, status, payout_type, total,
  total_currency, payment_method, payment_rail, trace_id, created_time, period_start, period_end,
  settlement_id, status_history, payload, date
FROM (
  SELECT *, row_number() OVER (
    PARTITION BY tenant, connection, entity, coalesce(record_key, object || '#' || cast(line AS varchar))
    ORDER BY coalesce(updated_at, fetched_at) DESC, fetched_at DESC, object DESC, line DESC) AS place
  FROM payouts_versions
) WHERE place = 1;

CREATE OR REPLACE VIEW settlements AS
SELECT tenant, connection, seller, marketplace, entity, record_key, updated_at, updated_at_raw, fetched_at,
  request_id, object, line, settlement_id, settlement_start, settlement_start_raw, settlement_end,
  settlement_end_raw, deposit_date, deposit_date_raw, total_amount, total_amount_raw, currency,
  transaction_type, order_id, merchant_order_id, adjustment_id, shipment_id, marketplace_name, amount_type,
  amount_description, amount, amount_raw, fulfillment_id, posted_date, posted_date_raw, posted_time,
  posted_time_raw, order_item_id, merchant_order_item_id, merchant_adjustment_item_id, sku, quantity,
  promotion_id, payload, date
FROM (
  SELECT *, row_number() OVER (
    PARTITION BY tenant, connection, entity, coalesce(record_key, object || '#' || cast(line AS varchar))
    ORDER BY coalesce(updated_at, fetched_at) DESC, fetched_at DESC, object DESC, line DESC) AS place
  FROM settlements_versions
) WHERE place = 1;

CREATE OR REPLACE VIEW inventory AS
SELECT tenant, connection, seller, marketplace, entity, record_key, updated_at, updated_at_raw, fetched_at,
  request_id, object, line, sku, fnsku, asin, item_condition, product_name, last_updated_time, total_quantity,
  fulfillable_quantity, inbound_working_quantity, inbound_shipped_quantity, inbound_receiving_quantity,
  reserved_quantity, reserved_orders_quantity, reserved_transfer_quantity, reserved_processing_quantity,
  researching_quantity, unfulfillable_quantity, customer_damaged_quantity, warehouse_damaged_quantity,
  distributor_damaged_quantity, carrier_damaged_quantity, defective_quantity, expired_quantity, payload, date
FROM (
  SELECT *, row_number() OVER (
    PARTITION BY tenant, connection, entity, coalesce(record_key, object || '#' || cast(line AS varchar))
    ORDER BY coalesce(updated_at, fetched_at) DESC, fetched_at DESC, object DESC, line DESC) AS place
  FROM inventory_versions
) WHERE place = 1;

CREATE OR REPLACE VIEW ledger AS
SELECT tenant, connection, seller, marketplace, entity, record_key, updated_at, updated_at_raw, fetched_at,
  request_id, object, line, ledger_date, ledger_date_raw, fnsku, asin, sku, title, disposition, location,
  store, starting_balance, in_transit, receipts, customer_shipments, customer_returns, vendor_returns,
  transfers, found, lost, damaged, disposed, other_events, unknown_events, ending_balance, payload, date
FROM (
  SELECT *, row_number() OVER (
    PARTITION BY tenant, connection, entity, coalesce(record_key, object || '#' || cast(line AS varchar))
    ORDER BY coalesce(updated_at, fetched_at) DESC, fetched_at DESC, object DESC, line DESC) AS place
  FROM ledger_versions
) WHERE place = 1;

CREATE OR REPLACE VIEW awd AS
SELECT tenant, connection, seller, marketplace, entity, record_key, updated_at, updated_at_raw, fetched_at,
  request_id, object, line, sku, onhand_quantity, inbound_quantity, available_quantity, reserved_quantity,
  replenishment_quantity, expirations, payload, date
FROM (
  SELECT *, row_number() OVER (
    PARTITION BY tenant, connection, entity, coalesce(record_key, object || '#' || cast(line AS varchar))
    ORDER BY coalesce(updated_at, fetched_at) DESC, fetched_at DESC, object DESC, line DESC) AS place
  FROM awd_versions
) WHERE place = 1;

CREATE OR REPLACE VIEW listings AS
SELECT tenant, connection, seller, marketplace, entity, record_key, updated_at, updated_at_raw, fetched_at,
  request_id, object, line, sku, asin, title, fnsku, product_type, item_condition, status, price,
  price_currency, price_raw, business_price, business_price_currency, fulfillment_channel, quantity,
  pending_quantity, created_time, created_time_raw, last_updated_time, listing_id, product_id, product_id_type,
  shipping_group, issues, payload, date
FROM (
  SELECT *, row_number() OVER (
    PARTITION BY tenant, connection, entity, coalesce(record_key, object || '#' || cast(line AS varchar))
    ORDER BY coalesce(updated_at, fetched_at) DESC, fetched_at DESC, object DESC, line DESC) AS place
  FROM listings_versions
) WHERE place = 1;

CREATE OR REPLACE VIEW catalog AS
SELECT tenant, connection, seller, marketplace, entity, record_key, updated_at, updated_at_raw, fetched_at,
  request_id, object, line, asin, marketplace_id, title, brand, manufacturer, model_number, part_number, color,
  size, style, package_quantity, release_date, item_classification, display_group, adult_product,
  trade_in_eligible, product_type, browse_class, package_weight, package_weight_unit, identifiers, images,
  relationships, payload, date
FROM (
  SELECT *, row_number() OVER (
    PARTITION BY tenant, connection, entity, coalesce(record_key, object || '#' || cast(line AS varchar))
    ORDER BY coalesce(updated_at, fetched_at) DESC, fetched_at DESC, object DESC, line DESC) AS place
  FROM catalog_versions
) WHERE place = 1;

CREATE OR REPLACE VIEW catalog_ranks AS
SELECT tenant, connection, seller, marketplace, entity, record_key, updated_at, updated_at_raw, fetched_at,
  request_id, object, line, position, asin, classification_id, title, sales_rank, link, payload, date
FROM (
  SELECT item.*, row_number() OVER (PARTITION BY item.object, item.line, item.position ORDER BY item.fetched_at) AS place
  FROM catalog_ranks_versions item JOIN catalog record ON item.object = record.object AND item.line = record.line
) WHERE place = 1;

CREATE OR REPLACE VIEW fees AS
SELECT tenant, connection, seller, marketplace, entity, record_key, updated_at, updated_at_raw, fetched_at,
  request_id, object, line, sku, marketplace_id, fulfilled_by_amazon, status, estimated_time, price,
  price_currency, total_fees, total_fees_currency, referral_fee, referral_fee_currency, closing_fee,
  closing_fee_currency, fulfillment_fee, fulfillment_fee_currency, error_code, error_message, payload, date
FROM (
  SELECT *, row_number() OVER (
    PARTITION BY tenant, connection, entity, coalesce(record_key, object || '#' || cast(line AS varchar))
    ORDER BY coalesce(updated_at, fetched_at) DESC, fetched_at DESC, object DESC, line DESC) AS place
  FROM fees_versions
) WHERE place = 1;

CREATE OR REPLACE VIEW fee_details AS
SELECT tenant, connection, seller, marketplace, entity, record_key, updated_at, updated_at_raw, fetched_at,
  request_id, object, line, position, sku, marketplace_id, fee_type, fee, fee_currency, promotion,
  promotion_currency, tax, tax_currency, final_fee, final_fee_currency, included, payload, date
FROM (
  SELECT item.*, row_number() OVER (PARTITION BY item.object, item.line, item.position ORDER BY item.fetched_at) AS place
  FROM fee_details_versions item JOIN fees record ON item.object = record.object AND item.line = record.line
) WHERE place = 1;

CREATE OR REPLACE VIEW returns AS
SELECT tenant, connection, seller, marketplace, entity, record_key, updated_at, updated_at_raw, fetched_at,
  request_id, object, line, returned_time, returned_time_raw, order_id, sku, asin, fnsku, product_name,
  quantity, fulfillment_center, disposition, reason, status, license_plate_number, payload, date
FROM (
  SELECT *, row_number() OVER (
    PARTITION BY tenant, connection, entity, coalesce(record_key, object || '#' || cast(line AS varchar))
    ORDER BY coalesce(updated_at, fetched_at) DESC, fetched_at DESC, object DESC, line DESC) AS place
  FROM returns_versions
) WHERE place = 1;

CREATE OR REPLACE VIEW mfnreturns AS
SELECT tenant, connection, seller, marketplace, entity, record_key, updated_at, updated_at_raw, fetched_at,
  request_id, object, line, order_id, order_date, order_date_raw, return_request_date, return_request_date_raw,
  return_request_status, rma_id, merchant_rma_id, label_type, label_cost, currency, return_carrier,
  tracking_id, label_payer, a_to_z_claim, is_prime, asin, sku, product_name, quantity, reason, in_policy,
  return_type, resolution, invoice_number, return_delivery_date, return_delivery_date_raw, order_amount,
  order_quantity, refunded_amount, safe_t_action_reason, safe_t_claim_id, safe_t_claim_state,
  safe_t_claim_date, safe_t_claim_date_raw, safe_t_reimbursement, category, payload, date
FROM (
  SELECT *, row_number() OVER (
    PARTITION BY tenant, connection, entity, coalesce(record_key, object || '#' || cast(line AS varchar))
    ORDER BY coalesce(updated_at, fetched_at) DESC, fetched_at DESC, object DESC, line DESC) AS place
  FROM mfnreturns_versions
) WHERE place = 1;

CREATE OR REPLACE VIEW reimbursements AS
SELECT tenant, connection, seller, marketplace, entity, record_key, updated_at, updated_at_raw, fetched_at,
  request_id, object, line, approved_time, approved_time_raw, reimbursement_id, case_id, order_id, reason, sku,
  fnsku, asin, product_name, item_condition, currency, amount_per_unit, amount_total, quantity_cash,
  quantity_inventory, quantity_total, original_reimbursement_id, original_reimbursement_type, payload, date
FROM (
  SELECT *, row_number() OVER (
    PARTITION BY tenant, connection, entity, coalesce(record_key, object || '#' || cast(line AS varchar))
    ORDER BY coalesce(updated_at, fetched_at) DESC, fetched_at DESC, object DESC, line DESC) AS place
  FROM reimbursements_versions
) WHERE place = 1;

CREATE OR REPLACE VIEW sales AS
SELECT tenant, connection, seller, marketplace, entity, record_key, updated_at, updated_at_raw, fetched_at,
  request_id, object, line, sales_date, sales_interval, orders, order_items, units_ordered, ordered_sales,
  ordered_sales_currency, average_price, average_price_currency, payload, date
FROM (
  SELECT *, row_number() OVER (
    PARTITION BY tenant, connection, entity, coalesce(record_key, object || '#' || cast(line AS varchar))
    ORDER BY coalesce(updated_at, fetched_at) DESC, fetched_at DESC, object DESC, line DESC) AS place
  FROM sales_versions
) WHERE place = 1;

CREATE OR REPLACE VIEW traffic AS
SELECT tenant, connection, seller, marketplace, entity, record_key, updated_at, updated_at_raw, fetched_at,
  request_id, object, line, sales_date, parent_asin, child_asin, sku, ordered_sales, ordered_sales_currency,
  ordered_sales_b2b, ordered_sales_b2b_currency, units_ordered, units_ordered_b2b, order_items,
  order_items_b2b, page_views, browser_page_views, mobile_page_views, sessions, browser_sessions,
  mobile_sessions, buy_box_percentage, unit_session_percentage, payload, date
FROM (
  SELECT *, row_number() OVER (
    PARTITION BY tenant, connection, entity, coalesce(record_key, object || '#' || cast(line AS varchar))
    ORDER BY coalesce(updated_at, fetched_at) DESC, fetched_at DESC, object DESC, line DESC) AS place
  FROM traffic_versions
) WHERE place = 1;

CREATE OR REPLACE VIEW traffic_days AS
SELECT tenant, connection, seller, marketplace, entity, record_key, updated_at, updated_at_raw, fetched_at,
  request_id, object, line, sales_date, ordered_sales, ordered_sales_currency, ordered_sales_b2b,
  ordered_sales_b2b_currency, units_ordered, units_ordered_b2b, order_items, average_price,
  average_price_currency, shipped_sales, shipped_sales_currency, units_shipped, orders_shipped, units_refunded,
  refund_rate, claims_granted, claims_amount, claims_amount_currency, page_views, browser_page_views,
  mobile_page_views, sessions, browser_sessions, mobile_sessions, buy_box_percentage,
  order_item_session_percentage, unit_session_percentage, average_offer_count, average_parent_items,
  feedback_received, negative_feedback_received, payload, date
FROM (
  SELECT *, row_number() OVER (
    PARTITION BY tenant, connection, entity, coalesce(record_key, object || '#' || cast(line AS varchar))
    ORDER BY coalesce(updated_at, fetched_at) DESC, fetched_at DESC, object DESC, line DESC) AS place
  FROM traffic_days_versions
) WHERE place = 1;

CREATE OR REPLACE VIEW inbound AS
SELECT tenant, connection, seller, marketplace, entity, record_key, updated_at, updated_at_raw, fetched_at,
  request_id, object, line, shipment_id, name, status, destination, label_prep_type, cases_required,
  box_contents_source, need_by_date, box_fee_units, box_fee, box_fee_currency, payload, date
FROM (
  SELECT *, row_number() OVER (
    PARTITION BY tenant, connection, entity, coalesce(record_key, object || '#' || cast(line AS varchar))
    ORDER BY coalesce(updated_at, fetched_at) DESC, fetched_at DESC, object DESC, line DESC) AS place
  FROM inbound_versions
) WHERE place = 1;

CREATE OR REPLACE VIEW inbounditems AS
SELECT tenant, connection, seller, marketplace, entity, record_key, updated_at, updated_at_raw, fetched_at,
  request_id, object, line, shipment_id, sku, fnsku, quantity_shipped, quantity_received, quantity_in_case,
  release_date, prep, payload, date
FROM (
  SELECT *, row_number() OVER (
    PARTITION BY tenant, connection, entity, coalesce(record_key, object || '#' || cast(line AS varchar))
    ORDER BY coalesce(updated_at, fetched_at) DESC, fetched_at DESC, object DESC, line DESC) AS place
  FROM inbounditems_versions
) WHERE place = 1;

CREATE OR REPLACE VIEW outbound AS
SELECT tenant, connection, seller, marketplace, entity, record_key, updated_at, updated_at_raw, fetched_at,
  request_id, object, line, fulfillment_order_id, displayable_order_id, marketplace_id, status, shipping_speed,
  fulfillment_action, fulfillment_policy, displayable_order_date, received_time, status_updated_time,
  delivery_earliest, delivery_latest, payload, date
FROM (
  SELECT *, row_number() OVER (
    PARTITION BY tenant, connection, entity, coalesce(record_key, object || '#' || cast(line AS varchar))
    ORDER BY coalesce(updated_at, fetched_at) DESC, fetched_at DESC, object DESC, line DESC) AS place
  FROM outbound_versions
) WHERE place = 1;

CREATE OR REPLACE VIEW account AS
SELECT tenant, connection, seller, marketplace, entity, record_key, updated_at, updated_at_raw, fetched_at,
  request_id, object, line, marketplace_id, marketplace_name, country, currency, language, domain_name,
  store_name, participating, suspended_listings, payload, date
FROM (
  SELECT *, row_number() OVER (
    PARTITION BY tenant, connection, entity, coalesce(record_key, object || '#' || cast(line AS varchar))
    ORDER BY coalesce(updated_at, fetched_at) DESC, fetched_at DESC, object DESC, line DESC) AS place
  FROM account_versions
) WHERE place = 1;

CREATE OR REPLACE VIEW vendororders AS
SELECT tenant, connection, seller, marketplace, entity, record_key, updated_at, updated_at_raw, fetched_at,
  request_id, object, line, purchase_order_number, state, purchase_order_type, ordered_time, changed_time,
  state_changed_time, payment_method, buying_party, selling_party, ship_to_party, bill_to_party, ship_window,
  delivery_window, deal_code, payload, date
FROM (
  SELECT *, row_number() OVER (
    PARTITION BY tenant, connection, entity, coalesce(record_key, object || '#' || cast(line AS varchar))
    ORDER BY coalesce(updated_at, fetched_at) DESC, fetched_at DESC, object DESC, line DESC) AS place
  FROM vendororders_versions
) WHERE place = 1;

CREATE OR REPLACE VIEW vendororder_items AS
SELECT tenant, connection, seller, marketplace, entity, record_key, updated_at, updated_at_raw, fetched_at,
  request_id, object, line, position, purchase_order_number, state, ordered_time, item_number, asin,
  vendor_product, ordered_quantity, ordered_unit, unit_size, back_order_allowed, net_cost, net_cost_currency,
  list_price, list_price_currency, payload, date
FROM (
  SELECT item.*, row_number() OVER (PARTITION BY item.object, item.line, item.position ORDER BY item.fetched_at) AS place
  FROM vendororder_items_versions item JOIN vendororders record ON item.object = record.object AND item.line = record.line
) WHERE place = 1;

CREATE OR REPLACE VIEW vendorshipments AS
SELECT tenant, connection, seller, marketplace, entity, record_key, updated_at, updated_at_raw, fetched_at,
  request_id, object, line, shipment_id, transaction_type, buyer_reference, status, status_time,
  transaction_time, created_time, confirmed_time, freight_term, selling_party, ship_from_party, ship_to_party,
  carton_count, weight, weight_unit, payload, date
FROM (
  SELECT *, row_number() OVER (
    PARTITION BY tenant, connection, entity, coalesce(record_key, object || '#' || cast(line AS varchar))
    ORDER BY coalesce(updated_at, fetched_at) DESC, fetched_at DESC, object DESC, line DESC) AS place
  FROM vendorshipments_versions
) WHERE place = 1;

CREATE OR REPLACE VIEW vendorshipment_items AS
SELECT tenant, connection, seller, marketplace, entity, record_key, updated_at, updated_at_raw, fetched_at,
  request_id, object, line, position, shipment_id, status, item_number, asin, vendor_product, shipped_quantity,
  shipped_unit, unit_size, maximum_price, maximum_price_currency, payload, date
FROM (
  SELECT item.*, row_number() OVER (PARTITION BY item.object, item.line, item.position ORDER BY item.fetched_at) AS place
  FROM vendorshipment_items_versions item JOIN vendorshipments record ON item.object = record.object AND item.line = record.line
) WHERE place = 1;

CREATE OR REPLACE VIEW vendorsales AS
SELECT tenant, connection, seller, marketplace, entity, record_key, updated_at, updated_at_raw, fetched_at,
  request_id, object, line, period_start, period_end, asin, ordered_revenue, ordered_revenue_currency,
  ordered_units, shipped_revenue, shipped_revenue_currency, shipped_cogs, shipped_cogs_currency, shipped_units,
  customer_returns, payload, date
FROM (
  SELECT *, row_number() OVER (
    PARTITION BY tenant, connection, entity, coalesce(record_key, object || '#' || cast(line AS varchar))
    ORDER BY coalesce(updated_at, fetched_at) DESC, fetched_at DESC, object DESC, line DESC) AS place
  FROM vendorsales_versions
) WHERE place = 1;

CREATE OR REPLACE VIEW vendorsales_totals AS
SELECT tenant, connection, seller, marketplace, entity, record_key, updated_at, updated_at_raw, fetched_at,
  request_id, object, line, period_start, period_end, ordered_revenue, ordered_revenue_currency, ordered_units,
  shipped_revenue, shipped_revenue_currency, shipped_cogs, shipped_cogs_currency, shipped_units,
  customer_returns, payload, date
FROM (
  SELECT *, row_number() OVER (
    PARTITION BY tenant, connection, entity, coalesce(record_key, object || '#' || cast(line AS varchar))
    ORDER BY coalesce(updated_at, fetched_at) DESC, fetched_at DESC, object DESC, line DESC) AS place
  FROM vendorsales_totals_versions
) WHERE place = 1;

CREATE OR REPLACE VIEW vendorstock AS
SELECT tenant, connection, seller, marketplace, entity, record_key, updated_at, updated_at_raw, fetched_at,
  request_id, object, line, period_start, period_end, asin, vendor_confirmation_rate, net_received,
  net_received_currency, net_received_units, open_purchase_order_units, average_lead_time_days,
  sell_through_rate, unfilled_units, sellable_onhand, sellable_onhand_currency, sellable_onhand_units,
  unsellable_onhand, unsellable_onhand_currency, unsellable_onhand_units, aged, aged_currency, aged_units,
  unhealthy, unhealthy_currency, unhealthy_units, out_of_stock_rate, receive_fill_rate, payload, date
FROM (
  SELECT *, row_number() OVER (
    PARTITION BY tenant, connection, entity, coalesce(record_key, object || '#' || cast(line AS varchar))
    ORDER BY coalesce(updated_at, fetched_at) DESC, fetched_at DESC, object DESC, line DESC) AS place
  FROM vendorstock_versions
) WHERE place = 1;

CREATE OR REPLACE VIEW vendorstock_totals AS
SELECT tenant, connection, seller, marketplace, entity, record_key, updated_at, updated_at_raw, fetched_at,
  request_id, object, line, period_start, period_end, vendor_confirmation_rate, net_received,
  net_received_currency, net_received_units, open_purchase_order_units, average_lead_time_days,
  sell_through_rate, unfilled_units, sellable_onhand, sellable_onhand_currency, sellable_onhand_units,
  unsellable_onhand, unsellable_onhand_currency, unsellable_onhand_units, aged, aged_currency, aged_units,
  unhealthy, unhealthy_currency, unhealthy_units, out_of_stock_rate, receive_fill_rate, payload, date
FROM (
  SELECT *, row_number() OVER (
    PARTITION BY tenant, connection, entity, coalesce(record_key, object || '#' || cast(line AS varchar))
    ORDER BY coalesce(updated_at, fetched_at) DESC, fetched_at DESC, object DESC, line DESC) AS place
  FROM vendorstock_totals_versions
) WHERE place = 1;

CREATE OR REPLACE VIEW vendortraffic AS
SELECT tenant, connection, seller, marketplace, entity, record_key, updated_at, updated_at_raw, fetched_at,
  request_id, object, line, period_start, period_end, asin, glance_views, payload, date
FROM (
  SELECT *, row_number() OVER (
    PARTITION BY tenant, connection, entity, coalesce(record_key, object || '#' || cast(line AS varchar))
    ORDER BY coalesce(updated_at, fetched_at) DESC, fetched_at DESC, object DESC, line DESC) AS place
  FROM vendortraffic_versions
) WHERE place = 1;

CREATE OR REPLACE VIEW vendortraffic_totals AS
SELECT tenant, connection, seller, marketplace, entity, record_key, updated_at, updated_at_raw, fetched_at,
  request_id, object, line, period_start, period_end, glance_views, payload, date
FROM (
  SELECT *, row_number() OVER (
    PARTITION BY tenant, connection, entity, coalesce(record_key, object || '#' || cast(line AS varchar))
    ORDER BY coalesce(updated_at, fetched_at) DESC, fetched_at DESC, object DESC, line DESC) AS place
  FROM vendortraffic_totals_versions
) WHERE place = 1;

-- Each settlement's own total beside the sum of its rows and of the transactions that name it. Both differences are nought
-- where everything has landed; `transactions_differ` is empty where no transaction of it has. `reserves` are rows that Amazon
-- carries from one settlement to the next without a transaction; `unread` counts amounts that cannot be read for sure.
CREATE OR REPLACE VIEW settlement_check AS
SELECT paid.tenant, paid.connection, paid.settlement_id, paid.settlement_start, paid.settlement_end, paid.currency,
  paid.total, paid.rows_total, paid.total - paid.rows_total AS rows_differ, paid.lines, paid.unread, paid.reserves,
  told.transactions_total, told.transactions,
  paid.total - paid.reserves - told.transactions_total AS transactions_differ
FROM (
  SELECT tenant, connection, settlement_id, max(settlement_start) AS settlement_start, max(settlement_end) AS settlement_end,
    max(currency) AS currency, max(total_amount) AS total, coalesce(sum(amount), 0) AS rows_total, count(amount_raw) AS lines,
    sum(CASE WHEN amount IS NULL AND amount_raw IS NOT NULL OR total_amount IS NULL AND total_amount_raw IS NOT NULL
      THEN 1 ELSE 0 END) AS unread,
    coalesce(sum(CASE WHEN lower(amount_description) LIKE '%reserve amount%' THEN amount END), 0) AS reserves
  FROM settlements WHERE settlement_id IS NOT NULL GROUP BY tenant, connection, settlement_id
) paid LEFT JOIN (
  SELECT tenant, connection, settlement_id, sum(total) AS transactions_total, count(*) AS transactions
  FROM finances WHERE transaction_type <> 'Transfer' AND transaction_status <> 'DEFERRED' AND settlement_id IS NOT NULL
  GROUP BY tenant, connection, settlement_id
) told ON told.tenant = paid.tenant AND told.connection = paid.connection AND told.settlement_id = paid.settlement_id;
