//! What the simulated accounts sell and to whom. Every word is invented; there is no real person here.

/// One article: titles in five languages and a price in euro cents.
#[derive(Debug)]
pub(crate) struct Article {
    pub(crate) sku: &'static str,
    pub(crate) asin: &'static str,
    pub(crate) euro_cents: i64,
    en: &'static str,
    de: &'static str,
    fr: &'static str,
    ja: &'static str,
}

impl Article {
    /// The title in the language of a store (`de_DE`); English where there is none.
    pub(crate) fn title(&self, language: &str) -> &'static str {
        match language.get(..2) {
            Some("de") => self.de,
            Some("fr") => self.fr,
            Some("ja") => self.ja,
            _ => self.en,
        }
    }
}

/// Everything that is sold.
#[rustfmt::skip]
pub(crate) const ARTICLES: [Article; 10] = [
    Article { sku: "KTL-STEEL-17", asin: "B0SIM00001", euro_cents: 3_499, en: "Stainless Steel Kettle, 1.7 L", de: "Wasserkocher aus Edelstahl, 1,7 l", fr: "Bouilloire en acier inoxydable, 1,7 l", ja: "ステンレス電気ケトル 1.7L" },
    Article { sku: "MUG-BLUE-2", asin: "B0SIM00002", euro_cents: 1_250, en: "Stoneware Mug, Blue, Set of 2", de: "Steingutbecher, blau, 2 Stück", fr: "Mugs en grès, bleu, lot de 2", ja: "陶器マグカップ 青 2個セット" },
    Article { sku: "TWL-COT-70", asin: "B0SIM00003", euro_cents: 1_890, en: "Cotton Bath Towel, 70 x 140 cm", de: "Duschtuch aus Baumwolle, 70 x 140 cm, für große Leute", fr: "Drap de bain en coton, 70 x 140 cm, très épais", ja: "綿バスタオル 70×140cm" },
    Article { sku: "LMP-DESK-LED", asin: "B0SIM00004", euro_cents: 4_590, en: "LED Desk Lamp \"Nordlys\" & Clamp", de: "LED-Schreibtischlampe \"Nordlys\" mit Klemmfuß", fr: "Lampe de bureau LED « Nordlys » à pince", ja: "LEDデスクライト「ノルドリス」クランプ式" },
    Article { sku: "NTB-A5-DOT", asin: "B0SIM00005", euro_cents: 895, en: "Dotted Notebook A5, 160 Pages", de: "Notizbuch A5, gepunktet, 160 Seiten", fr: "Carnet pointillé A5, 160 pages", ja: "ドット方眼ノート A5 160ページ" },
    Article { sku: "PAN-CAST-26", asin: "B0SIM00006", euro_cents: 5_295, en: "Cast Iron Skillet, 26 cm", de: "Gusseiserne Pfanne, Ø 26 cm", fr: "Poêle en fonte, Ø 26 cm", ja: "鋳鉄スキレット 26cm" },
    Article { sku: "TEA-SEN-100", asin: "B0SIM00007", euro_cents: 1_580, en: "Sencha Green Tea, 100 g", de: "Sencha-Grüntee, 100 g", fr: "Thé vert sencha, 100 g", ja: "煎茶 100g" },
    Article { sku: "BAG-CANVAS", asin: "B0SIM00008", euro_cents: 2_450, en: "Canvas Tote Bag, Natural", de: "Stofftasche aus Segeltuch, natur", fr: "Sac cabas en toile, écru", ja: "帆布トートバッグ 生成り" },
    Article { sku: "KNF-CHEF-20", asin: "B0SIM00009", euro_cents: 6_900, en: "Chef's Knife, 20 cm <Hand-forged>", de: "Kochmesser, 20 cm <handgeschmiedet>", fr: "Couteau de chef, 20 cm <forgé à la main>", ja: "三徳包丁 20cm <手打ち>" },
    Article { sku: "CND-SOY-3", asin: "B0SIM00010", euro_cents: 2_125, en: "Soy Candles, Set of 3", de: "Sojakerzen, 3er-Set", fr: "Bougies de soja, lot de 3", ja: "ソイキャンドル 3個セット" },
];

/// The article with this name.
pub(crate) fn article(sku: &str) -> Option<&'static Article> {
    ARTICLES.iter().find(|article| article.sku == sku)
}

/// Invented given names.
pub(crate) const GIVEN: [&str; 8] = [
    "Test-Ada",
    "Test-Bruno",
    "Test-Chloé",
    "Test-Dörte",
    "Test-Emi",
    "Test-Farid",
    "Test-Greta",
    "Test-Haruto",
];
/// Invented family names.
pub(crate) const FAMILY: [&str; 6] = ["Mustermann", "Example", "Exemple", "O'Sample", "テスト", "Synthetic"];

/// Minor units of a currency in one unit: 100 cents, but the yen has none.
pub(crate) fn minor_units(currency: &str) -> i64 {
    if currency == "JPY" { 1 } else { 100 }
}

/// An amount of euro cents in the minor unit of another currency, at rates that never change.
pub(crate) fn convert(euro_cents: i64, currency: &str) -> i64 {
    let hundredths = match currency {
        "USD" => 110,
        "CAD" | "SGD" => 150,
        "GBP" => 85,
        "AUD" => 165,
        "JPY" => 160,
        "MXN" | "ZAR" => 2_000,
        "BRL" | "SEK" | "TRY" => 1_100,
        "PLN" | "AED" | "SAR" => 420,
        "EGP" => 5_300,
        "INR" => 9_200,
        _ => 100,
    };
    euro_cents * hundredths / 100
}

/// A decimal amount: `34.99`, or `5598` in yen.
pub(crate) fn decimal(minor: i64, currency: &str) -> String {
    match minor_units(currency) {
        1 => minor.to_string(),
        units => {
            format!("{}{}.{:02}", if minor < 0 { "-" } else { "" }, minor.abs() / units, minor.abs() % units)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_in_the_currencys_own_units() {
        assert_eq!(decimal(convert(3_499, "USD"), "USD"), "38.48");
        assert_eq!(decimal(convert(3_499, "JPY"), "JPY"), "5598");
        assert_eq!(decimal(-5, "EUR"), "-0.05");
    }

    #[test]
    fn titles_follow_the_stores_language() {
        assert_eq!(ARTICLES[0].title("ja_JP"), "ステンレス電気ケトル 1.7L");
        assert_eq!(ARTICLES[0].title("pl_PL"), ARTICLES[0].title("en_US"));
    }
}
