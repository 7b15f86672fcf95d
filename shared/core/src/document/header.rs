//! A table's header: which columns there are, under the names that Amazon's documentation gives them.

use super::aliases::{ALIASES, PLACEHOLDERS};
use super::summary::Tally;
use super::{COLUMNS_MAX, DocumentError, Format, Layout, fields};
use std::collections::HashSet;

/// The columns of a document, in its order.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) names: Vec<String>,
    /// Whether fields are enclosed in quotes though nothing else is quoted.
    pub(super) enclosed: bool,
}

impl Header {
    /// Reads the first line. A localized name becomes Amazon's own where the layout has that column; a name nobody
    /// knows stays as it is and counts as drift (L56). Two columns of one name, or none of a name that is
    /// required, are an error: every row would be wrong.
    pub(super) fn read(line: &str, layout: &Layout, tally: &mut Tally) -> Result<Self, DocumentError> {
        let enclosed = layout.format == Format::Tabs && line.split('\t').all(fields::is_enclosed);
        let fields = fields::split(line, layout.format, enclosed)
            .map_err(|what| DocumentError::Header { column: "1".to_owned(), what })?;
        if fields.len() > COLUMNS_MAX {
            return Err(DocumentError::Header { column: fields.len().to_string(), what: "too many columns" });
        }
        let (mut names, mut taken) = (Vec::with_capacity(fields.len()), HashSet::new());
        for (at, field) in fields.iter().enumerate() {
            let own = field.trim();
            // A column that has the name itself comes before one that is only translated to it.
            let free = |name: &&str| {
                !taken.contains(*name) && (*name == own || !fields.iter().any(|field| field.trim() == *name))
            };
            let known = canonical(own, layout.columns).filter(free);
            if known.is_none() && !layout.columns.is_empty() && !PLACEHOLDERS.contains(&own) {
                tally.unknown(own);
            }
            let name = match known.unwrap_or(own) {
                "" => format!("column {}", at + 1),
                name if taken.contains(name) && PLACEHOLDERS.contains(&name) => {
                    format!("{name} ({})", at + 1)
                }
                name => name.to_owned(),
            };
            if !taken.insert(name.clone()) {
                // The name itself only where it is none that the document made up.
                let shown = canonical(own, layout.columns).filter(|_| !layout.columns.is_empty());
                let shown = shown.map_or_else(|| (at + 1).to_string(), str::to_owned);
                return Err(DocumentError::Header { column: shown, what: "twice" });
            }
            names.push(name);
        }
        let absent = |name: &&&str| !taken.contains(**name);
        if let (Some(first), true) = (layout.columns.first(), layout.columns.iter().all(|name| absent(&name)))
        {
            return Err(DocumentError::Header { column: (*first).to_owned(), what: "no known column" });
        }
        if let Some(name) = layout.required.iter().find(absent) {
            return Err(DocumentError::Header { column: (*name).to_owned(), what: "missing" });
        }
        tally.missing = layout.columns.iter().filter(absent).copied().collect();
        tally.count_for(names.clone());
        Ok(Self { names, enclosed })
    }
}

/// The layout's name for a column: itself, its translation, or what differs from it in case, spaces and hyphens
/// only. Without a layout every name is as good as any.
fn canonical<'a>(own: &'a str, columns: &[&'static str]) -> Option<&'a str> {
    if columns.is_empty() {
        return (!own.is_empty()).then_some(own);
    }
    let find = |name: &str| columns.iter().copied().find(|column| *column == name);
    let folded = fold(own);
    let alias = || ALIASES.iter().filter(|(local, _)| fold(local) == folded).find_map(|(_, name)| find(name));
    // `item-name (ürün adı)`: Turkey's reports give the translation beside the name.
    let beside = || own.split_once(" (").and_then(|(name, _)| find(name));
    let alike = || columns.iter().copied().find(|column| fold(column) == folded);
    find(own).or_else(alias).or_else(beside).or_else(alike)
}

fn fold(name: &str) -> String {
    let plain = |c: char| if matches!(c, ' ' | '_' | '\u{a0}') { '-' } else { c };
    name.trim().to_lowercase().chars().map(plain).collect()
}
