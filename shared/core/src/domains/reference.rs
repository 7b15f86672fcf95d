//! The reference page of the domains, made from their constants.

use super::{
    Bulk, DAY, DOMAINS, Domain, Heads, Key, Lookup, Made, Report, STORE, Source, Stores, Sweep, Totals,
    WINDOW_DAY,
};
use crate::catalogue::Operation;
use crate::document::Format;
use crate::marketplaces::Kind;
use crate::tables;
use jiff::SignedDuration;

/// The page `docs/domains.md`.
pub fn page() -> String {
    let mut page = HEAD.to_owned();
    for domain in DOMAINS {
        let (name, whose) = (domain.name, whose(domain));
        let (often, back) = (often(domain), back(domain));
        page += &format!("| [{name}](#{name}) | {whose} | {} | {often} | {back} |\n", brief(&domain.source));
    }
    for domain in DOMAINS {
        page += &section(domain);
    }
    page
}

const HEAD: &str = "\
# Domains

What is fetched, from where and how often. A domain is constants in one file of `shared/core/src/domains`; this page is
written from them by `make tables`, and a test notices when it is stale. What becomes of the records is in
[tables.md](tables.md).

- **Every** is how often a window is asked for where much changes, and where little does; between these it follows what
  changes. A notification of Amazon's makes the next run sooner.
- A **window** begins before the cursor by the overlap and ends before now by the lag. The **history** is fetched beside
  the present, newest first, in windows of their own.
- A **key** names a record within its connection and entity; parts have a bar between them. `the store` and `the day` are
  those that were asked for.

| domain | of | from | every | history |
|---|---|---|---|---|
";

fn section(domain: &Domain) -> String {
    let mut rows = vec![("role", domain.role()), ("from", from(&domain.source))];
    if let Some(Bulk { above, longest, source }) = &domain.bulk {
        let above =
            format!("above {above} changes an hour: {}, at most {} at once", from(source), span(*longest));
        rows.push(("instead,", above));
    }
    if let Some(single) = &domain.single {
        rows.push(("one by one", format!("{}, for a few that notifications name", from(single))));
    }
    rows.push(("key", key(heads(&domain.source))));
    if !heads(&domain.source).updated.is_empty() {
        rows.push(("time of change", format!("`{}`", heads(&domain.source).updated)));
    }
    rows.push(("stores", stores(domain.stores).to_owned()));
    rows.push(("every", often(domain)));
    if !domain.is_picture() {
        rows.push(("window", window(domain)));
    }
    rows.push(("history", back(domain)));
    rows.extend(again(domain).map(|again| ("again", again)));
    rows.extend(held_against(domain).map(|against| ("held against", against)));
    if !domain.without.is_empty() {
        let fields: Vec<_> = domain.without.iter().map(|field| format!("`{field}`")).collect();
        rows.push(("never kept", fields.join(", ")));
    }
    if domain.personal {
        let personal = "yes: closed until an operator opens it, in a place of its own, for 30 days at most";
        rows.push(("personal data", personal.to_owned()));
    }
    let tables: Vec<_> = tables::of_domain(domain.name)
        .map(|table| format!("[`{}`](tables.md#{})", table.name, table.name))
        .collect();
    rows.push(("tables", if tables.is_empty() { "none".to_owned() } else { tables.join(", ") }));
    let rows: String = rows.into_iter().map(|(what, says)| format!("| {what} | {says} |\n")).collect();
    format!(
        "\n## {}\n\n{} A record is a `{}`.\n\n| | |\n|---|---|\n{rows}",
        domain.name, domain.reads, domain.entity
    )
}

fn whose(domain: &Domain) -> &'static str {
    match domain.kind {
        Kind::Seller => "sellers",
        Kind::Vendor => "vendors",
    }
}

/// The source in a word.
fn brief(source: &Source) -> &'static str {
    match source {
        Source::Pages(_) => "pages",
        Source::Lookup(_) => "lookup",
        Source::Report(Report { made: Made::Asked, .. }) => "report",
        Source::Report(Report { made: Made::ByAmazon, .. }) => "report, listed",
        Source::Report(Report { made: Made::Query(_), .. }) => "Data Kiosk",
        Source::Single(_) => "single reads",
    }
}

fn from(source: &Source) -> String {
    match source {
        Source::Pages(pages) => format!("pages of {}", operation(pages.operation)),
        Source::Lookup(Lookup { list, operation: about, at_once, .. }) => {
            let (list, about) = (operation(list.operation), operation(about));
            format!("{about}, {at_once} in a call, about what the pages of {list} name")
        }
        Source::Report(report) => {
            let Report { kind, made, .. } = report;
            let how = match made {
                Made::Asked => format!("the report `{kind}`"),
                Made::ByAmazon => {
                    format!("the report `{kind}`, which Amazon makes by itself: listed, never asked for")
                }
                Made::Query(_) => format!("the Data Kiosk data set `{kind}`"),
            };
            let lists = match report.layout.format {
                Format::Arrays(lists) => format!(", its lists `{}`", lists.join("` and `")),
                Format::Tabs | Format::Commas | Format::Lines => String::new(),
            };
            format!("{how}{lists}")
        }
        Source::Single(single) => operation(single.operation),
    }
}

/// An operation with its version, as far as its path tells.
fn operation(operation: &Operation) -> String {
    let version = operation.path.split('/').nth(2).unwrap_or_default();
    format!("`{}` {version}", operation.name)
}

fn heads(source: &Source) -> &Heads {
    match source {
        Source::Pages(pages) => &pages.heads,
        Source::Lookup(lookup) => &lookup.heads,
        Source::Report(report) => &report.heads,
        Source::Single(single) => &single.heads,
    }
}

fn key(heads: &Heads) -> String {
    let fields = |paths: &[&str]| {
        let named = paths.iter().map(|path| match *path {
            STORE => "the store".to_owned(),
            WINDOW_DAY => "the day".to_owned(),
            path => format!("`{path}`"),
        });
        named.collect::<Vec<_>>().join(", ")
    };
    match heads.key {
        Key::Fields(paths) => fields(paths),
        Key::Place(paths) => format!("{}, the row's place in its document", fields(paths)),
        Key::Counted(paths) => format!("{}, a number among those that have them in common", fields(paths)),
        Key::Whole => "a digest of all of it, a number among equal ones".to_owned(),
    }
}

fn stores(stores: Stores) -> &'static str {
    match stores {
        Stores::Together => "all in one call",
        Stores::Each => "one after the other",
        Stores::One => "one stands for all: the answer is about the account's region",
    }
}

fn often(domain: &Domain) -> String {
    match domain.cadence == domain.cadence_quiet {
        true => span(domain.cadence),
        false => format!("{} to {}", span(domain.cadence), span(domain.cadence_quiet)),
    }
}

fn back(domain: &Domain) -> String {
    if domain.is_picture() { "the present only".to_owned() } else { span(domain.lookback) }
}

fn window(domain: &Domain) -> String {
    let days = if domain.by_day { "whole days (UTC); " } else { "" };
    format!(
        "{days}overlap {}, lag {}, at most {}, halved to no less than {} where Amazon fails over it",
        span(domain.overlap),
        span(domain.lag),
        span(domain.longest),
        span(domain.shortest)
    )
}

fn again(domain: &Domain) -> Option<String> {
    let every = match domain.sweep_every == domain.sweep_quiet {
        true => span(domain.sweep_every),
        false => format!("{} to {}", span(domain.sweep_every), span(domain.sweep_quiet)),
    };
    match &domain.sweep {
        Sweep::None => None,
        Sweep::Back(back) => Some(format!("every {every}, {} further back", span(*back))),
        Sweep::Whole(source) => Some(format!("every {every} all of it, from {}", from(source))),
        Sweep::Again => Some(format!("every {every} the whole history")),
    }
}

fn held_against(domain: &Domain) -> Option<String> {
    let check = domain.check.as_ref();
    let counted = check.map(|check| format!("{}, counted every {}", from(&check.source), span(check.every)));
    counted.or_else(|| {
        let Totals { against, told_after, .. } = domain.totals.as_ref()?;
        Some(format!("{}, those that name it, counted {} after it landed", from(against), span(*told_after)))
    })
}

/// A stretch of time in the largest unit that divides it.
fn span(of: SignedDuration) -> String {
    let seconds = of.as_secs();
    let count = |unit: i64, one: &str, many: &str| {
        let count = seconds / unit;
        (seconds % unit == 0 && count > 0).then(|| format!("{count} {}", if count == 1 { one } else { many }))
    };
    count(DAY.as_secs(), "day", "days")
        .or_else(|| count(3600, "hour", "hours"))
        .or_else(|| count(60, "minute", "minutes"))
        .unwrap_or_else(|| if seconds == 0 { "none".to_owned() } else { format!("{seconds} s") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_domain_has_a_section_with_its_source_its_key_and_its_tables() {
        let page = page();
        for domain in DOMAINS {
            let (_, section) = page.split_once(&format!("\n## {}\n", domain.name)).unwrap();
            let section = section.split("\n## ").next().unwrap();
            for row in ["role", "from", "key", "stores", "every", "history", "tables"] {
                let told = section.lines().find(|line| line.starts_with(&format!("| {row} |")));
                assert!(told.is_some_and(|line| line.len() > row.len() + 8), "{}: {row}", domain.name);
            }
            assert!(page.contains(&format!("| [{0}](#{0}) |", domain.name)));
            assert_eq!(domain.personal, section.contains("personal data"), "{}", domain.name);
        }
    }

    #[test]
    fn a_stretch_of_time_is_told_in_its_largest_whole_unit() {
        let told = [90, 120, 5_400, 7_200, 86_400, 2_592_000, 0].map(|s| span(SignedDuration::from_secs(s)));
        assert_eq!(told, ["90 s", "2 minutes", "90 minutes", "2 hours", "1 day", "30 days", "none"]);
    }
}
