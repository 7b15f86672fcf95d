//! Columns whose names Amazon translates: most of all those of the listings reports, in the language of the store or
//! of the seller, and not at all the same way in each.
//!
//! Amazon documents none of it. These are names that users of the reports have published, and where those disagree
//! the place of the column in the report decided. A name that is missing here does no harm: the column keeps its own
//! name and is reported (L56). Reports that take the option `preferredReportDocumentLocale=en_US` are not translated
//! (developer-docs.amazon.com/sp-api/docs/report-type-values-inventory).

/// A column's name elsewhere, and the name that Amazon's documentation gives it.
#[rustfmt::skip]
pub(super) const ALIASES: &[(&str, &str)] = &[
    // English.
    ("fulfilment-channel", "fulfillment-channel"), ("ASIN 1", "asin1"), ("ASIN1", "asin1"),
    ("Country/Region Code", "Country"),
    // Japan.
    ("商品名", "item-name"), ("商品の説明", "item-description"), ("出品ID", "listing-id"),
    ("出品者SKU", "seller-sku"), ("価格", "price"), ("数量", "quantity"), ("出品日", "open-date"),
    ("商品IDタイプ", "product-id-type"), ("コンディション説明", "item-note"), ("コンディション", "item-condition"),
    ("国外へ配送可", "will-ship-internationally"), ("迅速な配送", "expedited-shipping"), ("商品ID", "product-id"),
    ("在庫数", "pending-quantity"), ("フルフィルメント・チャンネル", "fulfillment-channel"), ("ステータス", "status"),
    // German.
    ("Artikelbezeichnung", "item-name"), ("Artikelbeschreibung", "item-description"),
    ("Angebotsnummer", "listing-id"), ("Händler-SKU", "seller-sku"), ("Preis", "price"), ("Menge", "quantity"),
    ("Erstellungsdatum", "open-date"), ("Artikel ist Marketplace-Angebot", "item-is-marketplace"),
    ("Produkt-ID-Typ", "product-id-type"), ("Anmerkung zum Artikel", "item-note"),
    ("Artikelzustand", "item-condition"), ("Internationaler Versand", "will-ship-internationally"),
    ("Expressversand", "expedited-shipping"), ("Produkt-ID", "product-id"), ("hinzufügen-löschen", "add-delete"),
    ("Anzahl Bestellungen", "pending-quantity"), ("Versender", "fulfillment-channel"),
    ("Händlerversandgruppe", "merchant-shipping-group"), ("Mindestbestellmenge", "Minimum order quantity"),
    ("Restposten verkaufen", "Sell remainder"),
    // French.
    ("nom-produit", "item-name"), ("id-offre", "listing-id"), ("sku-vendeur", "seller-sku"), ("prix", "price"),
    ("quantité", "quantity"), ("date-ouverture", "open-date"), ("type-id-produit", "product-id-type"),
    ("note-état-article", "item-note"), ("état-produit", "item-condition"),
    ("expédition-international", "will-ship-internationally"), ("livraison-express", "expedited-shipping"),
    ("id-produit", "product-id"), ("canal-traitement", "fulfillment-channel"),
    ("groupe-expédition-vendeur", "merchant-shipping-group"), ("état", "status"),
    ("Vendre le stock restant", "Sell remainder"),
    // Italian.
    ("Nome dell'articolo", "item-name"), ("Descrizione dell'articolo", "item-description"),
    ("Numero offerta", "listing-id"), ("SKU venditore", "seller-sku"), ("Prezzo", "price"),
    ("Quantità", "quantity"), ("Data di creazione", "open-date"),
    ("Articolo per la vendita", "item-is-marketplace"), ("Tipo di identificativo del prodotto", "product-id-type"),
    ("Note sull'articolo", "item-note"), ("Condizione dell'articolo", "item-condition"),
    ("Spedizione internazionale", "will-ship-internationally"), ("Spedizione Express", "expedited-shipping"),
    ("Identificativo del prodotto", "product-id"), ("Aggiungi o elimina", "add-delete"),
    ("Quantità in sospeso", "pending-quantity"), ("Canale di gestione", "fulfillment-channel"),
    ("gruppo-spedizione-venditore", "merchant-shipping-group"), ("stato", "status"),
    ("Quantità minima per ordine", "Minimum order quantity"), ("Vendi rimanenze", "Sell remainder"),
    // Spanish.
    ("Título del producto", "item-name"), ("Descripción del producto", "item-description"),
    ("Identificador del listing", "listing-id"), ("SKU del vendedor", "seller-sku"), ("Precio", "price"),
    ("Cantidad", "quantity"), ("Fecha de creación", "open-date"), ("Producto para vender", "item-is-marketplace"),
    ("Tipo de identificador de producto", "product-id-type"), ("Nota sobre el producto", "item-note"),
    ("Estado del producto", "item-condition"), ("Envío internacional", "will-ship-internationally"),
    ("Envío urgente", "expedited-shipping"), ("Identificador del producto", "product-id"),
    ("Añadir o eliminar", "add-delete"), ("Cantidad pendiente", "pending-quantity"),
    ("Canal de gestión logística", "fulfillment-channel"), ("estado", "status"),
    ("Cantidad de pedido mínima", "Minimum order quantity"), ("Vender las unidades restantes", "Sell remainder"),
    // Polish.
    ("nazwa-produktu", "item-name"), ("opis-produktu", "item-description"),
    ("identyfikator-oferty", "listing-id"), ("sku-sprzedawcy", "seller-sku"), ("cena", "price"),
    ("ilość", "quantity"), ("data-otwarcia", "open-date"), ("typ-identyfikatora-produktu", "product-id-type"),
    ("uwaga-o-produkcie", "item-note"), ("stan-produktu", "item-condition"),
    ("wysyłka-międzynarodowa", "will-ship-internationally"), ("przyspieszona-wysyłka", "expedited-shipping"),
    ("identyfikator-produktu", "product-id"), ("dodaj-usuń", "add-delete"),
    ("ilość-oczekująca", "pending-quantity"), ("kanał-realizacji", "fulfillment-channel"),
    ("grupa-wysyłki-sprzedawcy", "merchant-shipping-group"),
    // Turkish; its other columns have the translation beside the name.
    ("durum", "status"), ("Minimum sipariş adedi", "Minimum order quantity"), ("Elde kalanı sat", "Sell remainder"),
    // Arabic.
    ("اسم-المنتج", "item-name"), ("وصف-المنتج", "item-description"), ("رقم-العرض", "listing-id"),
    ("sku-البائع", "seller-sku"), ("السعر", "price"), ("الكمية", "quantity"), ("تاريخ-مفتوح", "open-date"),
    ("نوع-رقم-المنتج", "product-id-type"), ("ملاحظة-المنتج", "item-note"), ("حالة-المنتج", "item-condition"),
    ("شحن-مستعجل", "expedited-shipping"), ("رقم-المنتج", "product-id"), ("إضافة-حذف", "add-delete"),
    ("كمية-منتظرة", "pending-quantity"), ("قناة-الشحن", "fulfillment-channel"), ("الحالة", "status"),
    // Chinese, for sellers whose account is in it.
    ("商品名称", "item-name"), ("商品描述", "item-description"), ("卖家 SKU", "seller-sku"), ("价格", "price"),
    ("开售日期", "open-date"), ("是否为商城中的商品", "item-is-marketplace"), ("商品编码类型", "product-id-type"),
    ("商品备注", "item-note"), ("商品状况", "item-condition"), ("国际配送", "will-ship-internationally"),
    ("加急配送", "expedited-shipping"), ("商品编码", "product-id"), ("添加-删除", "add-delete"),
    ("等待购买数量", "pending-quantity"), ("配送渠道", "fulfillment-channel"),
    ("卖家配送组", "merchant-shipping-group"), ("状态", "status"),
];

/// Names that stand above several columns of one report, each of which means nothing any more. The second and later
/// ones get their number behind the name.
pub(super) const PLACEHOLDERS: &[&str] = &["Deprecated column", "Columna en desuso", "不适用项目"];
