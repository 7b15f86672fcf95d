//! One value: from the JSON that Amazon sent to a cell. What does not fit becomes nothing and is counted; it is
//! never rounded, cut or guessed, and stays in the payload.

use super::column::{Kind, PRECISION};
use super::moments::{date, days, instant, month_first};
use std::borrow::Cow;

/// A value in a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Text, never empty.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A decimal number without its point: 95.0000 is 950000.
    Decimal(i64),
    /// Yes or no.
    Boolean(bool),
    /// Microseconds since 1970, in UTC.
    Instant(i64),
    /// Days since 1970.
    Date(i32),
}

/// There is a value, and it is none of its column's type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Misfit;

/// Reads a value of this kind from its JSON. `null` and `""` are nothing.
pub(super) fn read(kind: Kind, json: &str) -> Result<Option<Cell>, Misfit> {
    match scalar(json)? {
        Some(found) => text(kind, &found),
        None => Ok(None),
    }
}

/// Reads a value of this kind from its text.
pub(super) fn text(kind: Kind, text: &str) -> Result<Option<Cell>, Misfit> {
    if kind == Kind::Text {
        return Ok((!text.is_empty()).then(|| Cell::Text(text.to_owned())));
    }
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let cell = match kind {
        Kind::Text => None,
        Kind::Integer => decimal(text, 0).map(Cell::Integer),
        Kind::Decimal(scale) => decimal(text, scale).map(Cell::Decimal),
        Kind::LocalDecimal(scale) => local(text).and_then(|text| decimal(&text, scale)).map(Cell::Decimal),
        Kind::Boolean => boolean(text).map(Cell::Boolean),
        Kind::Instant => instant(text).map(|at| Cell::Instant(at.as_microsecond())),
        Kind::Date => date(text).map(days),
        Kind::MonthFirst => month_first(text).or_else(|| date(text)).map(days),
    };
    cell.map(Some).ok_or(Misfit)
}

/// The text of a value: a string's content, anything else as it is written.
fn scalar(json: &str) -> Result<Option<Cow<'_, str>>, Misfit> {
    match json.as_bytes().first() {
        None | Some(b'n') => Ok(None),
        Some(b'"') => {
            let text: String = serde_json::from_str(json).map_err(|_| Misfit)?;
            Ok((!text.is_empty()).then_some(Cow::Owned(text)))
        }
        Some(_) => Ok(Some(Cow::Borrowed(json))),
    }
}

/// `true`, `"True"`, `yes`, `1` and their opposites: Amazon sends all of them (L54).
fn boolean(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "y" | "1" => Some(true),
        "false" | "no" | "n" | "0" => Some(false),
        _ => None,
    }
}

/// A number with a point, digits as they stand: `-1.50`, `2E+3`. More digits behind the point than the column has,
/// zeros apart, do not fit.
fn decimal(text: &str, scale: u8) -> Option<i64> {
    let (text, exponent) = match text.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let plain = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() && fraction.is_empty() || !plain(whole) || !plain(fraction) {
        return None;
    }
    let mut digits: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
    // How many digits stand behind the column's last one.
    let behind = i32::try_from(fraction.len()).ok()?.saturating_sub(exponent);
    let surplus = behind.saturating_sub(i32::from(scale));
    for _ in 0..surplus.min(MOST_DIGITS) {
        if digits.pop().unwrap_or(b'0') != b'0' {
            return None;
        }
    }
    let lacking = usize::try_from(surplus.min(0).unsigned_abs()).ok()?;
    let significant = digits.iter().skip_while(|digit| **digit == b'0').count();
    if significant > 0 && significant + lacking > usize::from(PRECISION) || surplus > MOST_DIGITS {
        return None;
    }
    let padding = if significant == 0 { 0 } else { lacking };
    let zeros = std::iter::repeat_n(b'0', padding);
    let number = digits
        .into_iter()
        .chain(zeros)
        .fold(0_i64, |sum, digit| sum.wrapping_mul(10).wrapping_add(i64::from(digit - b'0')));
    Some(if negative { -number } else { number })
}

/// Digits behind a point that are looked at; a longer number is no amount.
const MOST_DIGITS: i32 = 1000;

/// A store's own format to one with a point: `1.234,56`, `1,234.56`, `1 234,56`, `95,00`. One separator before
/// exactly three digits could mean either, so it fits nothing.
fn local(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\'')).collect();
    let last = text.rfind([',', '.']);
    let Some(last) = last else { return Some(text) };
    let (whole, fraction) = (&text[..last], &text[last + 1..]);
    let separator = if text[last..].starts_with(',') { ',' } else { '.' };
    if whole.contains(separator) {
        // Twice the same: they stand between thousands.
        let groups_of_three = text.split(separator).skip(1).all(|group| group.len() == 3);
        return (groups_of_three && !whole.contains(if separator == ',' { '.' } else { ',' }))
            .then(|| text.replace(separator, ""));
    }
    if !whole.contains([',', '.']) && fraction.len() == 3 {
        return None;
    }
    Some(format!("{}.{fraction}", whole.replace([',', '.'], "")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(kind: Kind, json: &str) -> Result<Option<Cell>, Misfit> {
        read(kind, json)
    }

    #[test]
    fn an_amount_is_exact_or_nothing() {
        let money = Kind::Decimal(4);
        let fits = [
            ("1.50", 15_000),
            (r#""1.50""#, 15_000),
            (r#""-0.01""#, -100),
            ("0.1", 1_000),
            ("7", 70_000),
            ("1E+2", 1_000_000),
            ("12.5e-1", 12_500),
            (r#"" 3.10000000 ""#, 31_000),
            ("99999999999999.9999", 999_999_999_999_999_999),
            ("0e99", 0),
        ];
        for (json, value) in fits {
            assert_eq!(one(money, json), Ok(Some(Cell::Decimal(value))), "{json}");
        }
        for json in [
            "0.00001",
            "100000000000000",
            r#""1,50""#,
            r#""abc""#,
            "1e99",
            r#"".""#,
            r#""--1""#,
            "true",
            "{}",
        ] {
            assert_eq!(one(money, json), Err(Misfit), "{json}");
        }
        for json in ["null", r#""""#, r#"" ""#] {
            assert_eq!(one(money, json), Ok(None), "{json}");
        }
    }

    #[test]
    fn a_stores_own_format_is_read_and_never_guessed() {
        let local = Kind::LocalDecimal(4);
        let fits = [
            ("95,00", 950_000),
            ("-1.234,56", -12_345_600),
            ("1,234.56", 12_345_600),
            ("1\u{a0}234,5", 12_345_000),
            ("1.234.567", 12_345_670_000),
            ("12.5", 125_000),
            ("1200", 12_000_000),
        ];
        for (text, value) in fits {
            assert_eq!(one(local, &format!("\"{text}\"")), Ok(Some(Cell::Decimal(value))), "{text}");
        }
        for text in ["1,234", "1.234", "1,23,456", "1.2,3.4", "EUR 5"] {
            assert_eq!(one(local, &format!("\"{text}\"")), Err(Misfit), "{text}");
        }
    }

    #[test]
    fn l54_a_yes_is_a_yes_in_whichever_way_amazon_sends_it() {
        for json in ["true", r#""true""#, r#""TRUE""#, r#""Yes""#, "1"] {
            assert_eq!(one(Kind::Boolean, json), Ok(Some(Cell::Boolean(true))), "{json}");
        }
        for json in ["false", r#""false""#, r#""N""#, r#""0""#] {
            assert_eq!(one(Kind::Boolean, json), Ok(Some(Cell::Boolean(false))), "{json}");
        }
        assert_eq!(one(Kind::Boolean, r#""maybe""#), Err(Misfit));
        assert_eq!(one(Kind::Boolean, r#""""#), Ok(None));
    }

    #[test]
    fn text_is_kept_as_it_came_and_lists_as_their_json() {
        let text = |json: &str| one(Kind::Text, json);
        assert_eq!(text(r#""a \"b\" 日本 ""#), Ok(Some(Cell::Text("a \"b\" 日本 ".into()))));
        assert_eq!(text("12.50"), Ok(Some(Cell::Text("12.50".into()))));
        assert_eq!(text(r#"["AMAZON_BUSINESS"]"#), Ok(Some(Cell::Text(r#"["AMAZON_BUSINESS"]"#.into()))));
        assert_eq!(one(Kind::Integer, r#""3.0""#), Ok(Some(Cell::Integer(3))));
        assert_eq!(one(Kind::Integer, "3.5"), Err(Misfit));
    }

    proptest::proptest! {
        #[test]
        fn no_text_stops_the_reading(text: String, scale in 0_u8..8) {
            let json = serde_json::to_string(&text).unwrap();
            for kind in [Kind::Text, Kind::Integer, Kind::Decimal(scale), Kind::LocalDecimal(scale), Kind::Boolean,
                Kind::Instant, Kind::Date, Kind::MonthFirst] {
                drop(read(kind, &json));
            }
        }

        #[test]
        fn what_was_written_with_a_point_is_read_back(number in -999_999_999_999_i64..999_999_999_999, scale in 0_u8..6) {
            let power = 10_i64.pow(u32::from(scale));
            let text = format!("{}{}.{:0width$}", if number < 0 { "-" } else { "" }, number.abs() / power,
                number.abs() % power, width = usize::from(scale.max(1)));
            let text = if scale == 0 { number.to_string() } else { text };
            proptest::prop_assert_eq!(decimal(&text, scale), Some(number));
        }
    }
}
