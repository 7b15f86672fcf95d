//! Column names in a store's own language, where Amazon translates them: in the reports of listings. Columns that are
//! not named here keep their English names there, too.

use crate::marketplaces::Marketplace;

/// The reports whose columns are translated.
const TRANSLATED: [&str; 6] = [
    "GET_MERCHANT_LISTINGS_ALL_DATA",
    "GET_MERCHANT_LISTINGS_DATA",
    "GET_MERCHANT_LISTINGS_INACTIVE_DATA",
    "GET_MERCHANT_CANCELLED_LISTINGS_DATA",
    "GET_MERCHANT_LISTINGS_DATA_BACK_COMPAT",
    "GET_FLAT_FILE_OPEN_LISTINGS_DATA",
];

/// English, German, French, Japanese.
#[rustfmt::skip]
const NAMES: [[&str; 4]; 17] = [
    ["item-name", "Artikelbezeichnung", "nom-produit", "商品名"],
    ["listing-id", "listing-id", "listing-id", "出品ID"],
    ["seller-sku", "Händler-SKU", "sku-vendeur", "出品者SKU"],
    ["sku", "Händler-SKU", "sku-vendeur", "出品者SKU"],
    ["price", "Preis", "price", "価格"],
    ["quantity", "Menge", "quantity", "数量"],
    ["open-date", "Erstellungsdatum", "open-date", "出品日"],
    ["product-id-type", "Produkt-ID-Typ", "type-id-produit", "商品IDタイプ"],
    ["item-note", "item-note", "item-note", "コンディション説明"],
    ["item-condition", "Artikelzustand", "état-produit", "コンディション"],
    ["asin1", "ASIN 1", "asin1", "ASIN 1"],
    ["will-ship-internationally", "will-ship-internationally", "will-ship-internationally", "国外へ配送可"],
    ["expedited-shipping", "expedited-shipping", "expedited-shipping", "迅速な配送"],
    ["product-id", "Produkt-ID", "id-produit", "商品ID"],
    ["pending-quantity", "pending-quantity", "pending-quantity", "在庫数"],
    ["fulfillment-channel", "Versender", "canal-traitement", "フルフィルメント・チャンネル"],
    ["status", "Status", "état", "ステータス"],
];

/// The column's name in this report of this store's.
pub(crate) fn name(report_type: &str, store: &Marketplace, column: &str) -> String {
    let language = match store.language.get(..2) {
        Some("de") => 1,
        Some("fr") => 2,
        Some("ja") => 3,
        _ => 0,
    };
    let names = NAMES.iter().find(|names| names[0] == column);
    let translated = names.filter(|_| TRANSLATED.contains(&report_type)).map(|names| names[language]);
    translated.unwrap_or(column).to_owned()
}
