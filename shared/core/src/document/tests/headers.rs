//! L56: columns by name, whatever the language and whatever is new.

use super::super::aliases::{ALIASES, PLACEHOLDERS};
use super::*;
use std::collections::HashSet;

const LISTINGS: Layout = Layout {
    format: Format::Tabs,
    columns: &["item-name", "seller-sku", "price", "quantity", "fulfillment-channel", "status"],
    required: &["seller-sku"],
};

fn named(header: &str) -> (Vec<String>, Summary) {
    let row = vec!["v"; header.split('\t').count()].join("\t");
    let (lines, summary) = read(LISTINGS, format!("{header}\n{row}\n")).unwrap();
    let object: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(payloads(&lines)[0]).unwrap();
    (object.keys().cloned().collect(), summary)
}

fn sorted(names: &[&str]) -> Vec<String> {
    let mut names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
    names.sort();
    names
}

#[test]
fn l56_a_header_in_any_language_gives_amazons_own_names() {
    for header in [
        "item-name\tseller-sku\tprice\tquantity\tfulfilment-channel\tstatus",
        "商品名\t出品者SKU\t価格\t数量\tフルフィルメント・チャンネル\tステータス",
        "Artikelbezeichnung\tHändler-SKU\tPreis\tMenge\tVersender\tStatus",
        "nom-produit\tsku-vendeur\tprix\tquantité\tcanal-traitement\tétat",
        "Nome dell'articolo\tSKU venditore\tPrezzo\tQuantità\tCanale di gestione\tstato",
        "Título del producto\tSKU del vendedor\tPrecio\tCantidad\tCanal de gestión logística\testado",
        "nazwa-produktu\tsku-sprzedawcy\tcena\tilość\tkanał-realizacji\tStatus",
        "item-name (ürün adı)\tseller-sku (satıcı sku)\tprice (fiyat)\tquantity (adet)\tfulfillment-channel (dağıtım kanalı)\tdurum",
        "اسم-المنتج\tsku-البائع\tالسعر\tالكمية\tقناة-الشحن\tالحالة",
        "商品名称\t卖家 SKU\t价格\t数量\t配送渠道\t状态",
        "Item Name\tSeller SKU\tPRICE\tQuantity\tFulfillment_Channel\tStatus",
    ] {
        let (names, summary) = named(header);
        assert_eq!(names, sorted(LISTINGS.columns), "{header}");
        assert!(summary.unknown.is_empty() && summary.missing.is_empty(), "{header}: {summary:?}");
    }
}

#[test]
fn l56_a_column_nobody_knows_keeps_its_name_and_is_reported() {
    let (names, summary) = named("seller-sku\tBrandneu\tprice\tquantity\tstatus");
    assert_eq!(names, sorted(&["seller-sku", "Brandneu", "price", "quantity", "status"]));
    assert_eq!(summary.unknown, ["Brandneu"]);
    assert_eq!(summary.missing, ["item-name", "fulfillment-channel"]);
}

#[test]
fn columns_that_amazon_retired_may_share_a_name() {
    for placeholder in PLACEHOLDERS {
        let header = format!("seller-sku\t{placeholder}\tprice\t{placeholder}\t{placeholder}");
        let (names, summary) = named(&header);
        let (second, third) = (format!("{placeholder} (4)"), format!("{placeholder} (5)"));
        assert_eq!(names, sorted(&["seller-sku", placeholder, "price", &second, &third]));
        assert!(summary.unknown.is_empty());
    }
}

#[test]
fn a_column_that_has_the_name_itself_comes_before_its_translation() {
    let (names, summary) = named("SKU venditore\tprice\tseller-sku");
    assert_eq!(names, sorted(&["SKU venditore", "price", "seller-sku"]));
    assert_eq!(summary.unknown, ["SKU venditore"]);
}

#[test]
fn the_first_row_of_a_report_without_a_header_is_not_taken_for_one() {
    match read(LISTINGS, "CANARY buyer\tB-1\t9.99\n") {
        Err(DocumentError::Header { column, what: "no known column" }) => assert_eq!(column, "item-name"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn more_columns_than_any_report_has_are_refused() {
    let header = |count: usize| (0..count).map(|n| format!("c{n}")).collect::<Vec<_>>().join("\t");
    assert!(read(TABS, header(COLUMNS_MAX)).is_ok());
    assert_eq!(code(read(TABS, header(COLUMNS_MAX + 1))), "E_DOC_HEADER");
}

#[test]
fn no_name_is_translated_in_two_ways() {
    let names: HashSet<_> = ALIASES.iter().map(|(local, _)| local.to_lowercase()).collect();
    assert_eq!(names.len(), ALIASES.len());
    for (local, name) in ALIASES {
        assert!(name.is_ascii() && local != name, "{local}");
    }
}
