//! The newest version of each record, as SQL that Athena and DuckDB both read. `<table>_versions` are the files,
//! `<table>` is the view that people want.

use super::{Rows, TABLES, Table};

/// The statements that make all views, in an order in which they can be run.
pub fn all() -> String {
    let mut sql = HEAD.to_owned();
    for table in TABLES {
        sql += "\n";
        sql += &view(table);
    }
    sql + SETTLEMENT_CHECK
}

/// Each settlement's own total beside its rows and beside the transactions that name it. A transaction counts once, as it
/// is now: what is deferred names no settlement yet, and the payout itself is none of what it pays. Reserves that Amazon
/// carries from one settlement to the next are rows without a transaction.
const SETTLEMENT_CHECK: &str = "
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
";

const HEAD: &str = "\
-- The newest version of each record: one view for each table. Written by `make tables`; do not edit.
-- Athena: run each statement once in the database that the template made, and again after an update.
-- DuckDB: `make query` runs them.
--
-- A record's time of change counts, and where Amazon gives none the time of fetching. Records without a key are each
-- one of their own. Items belong to the newest version of their record, so that an item that was taken away is gone.
";

/// The statement that makes a table's view.
fn view(table: &Table) -> String {
    let names: Vec<_> = table.columns().iter().map(|column| column.name).collect();
    let columns = wrapped(&names);
    match record_of(table) {
        None => format!(
            "CREATE OR REPLACE VIEW {name} AS
SELECT {columns}
FROM (
  SELECT *, row_number() OVER (
    PARTITION BY tenant, connection, entity, coalesce(record_key, object || '#' || cast(line AS varchar))
    ORDER BY coalesce(updated_at, fetched_at) DESC, fetched_at DESC, object DESC, line DESC) AS place
  FROM {name}_versions
) WHERE place = 1;
",
            name = table.name,
        ),
        Some(record) => format!(
            "CREATE OR REPLACE VIEW {name} AS
SELECT {columns}
FROM (
  SELECT item.*, row_number() OVER (PARTITION BY item.object, item.line, item.position ORDER BY item.fetched_at) AS place
  FROM {name}_versions item JOIN {record} record ON item.object = record.object AND item.line = record.line
) WHERE place = 1;
",
            name = table.name,
            record = record.name,
        ),
    }
}

/// The table of the records that a table's rows are entries of.
fn record_of(table: &Table) -> Option<&'static Table> {
    let whole =
        |other: &&Table| other.domain == table.domain && other.rows == Rows::Record && other.of == table.of;
    TABLES.iter().copied().find(whole).filter(|_| table.rows != Rows::Record)
}

/// Names with commas, in lines of a readable length.
fn wrapped(names: &[&str]) -> String {
    let mut lines = vec![String::new()];
    for name in names.iter().chain(&["date"]) {
        let last = lines.len() - 1;
        if lines[last].len() + name.len() > 110 {
            lines.push(format!("  {name}, "));
        } else {
            lines[last] += &format!("{name}, ");
        }
    }
    lines.iter().map(|line| line.trim_end()).collect::<Vec<_>>().join("\n").trim_end_matches(',').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_entries_has_a_table_of_its_records_before_it() {
        for (number, table) in TABLES.iter().enumerate().filter(|(_, table)| table.rows != Rows::Record) {
            let record = record_of(table).unwrap_or_else(|| panic!("{} has no records", table.name));
            let before = TABLES.iter().position(|other| other.name == record.name).unwrap();
            assert!(before < number, "{} comes before {}", table.name, record.name);
        }
    }
}
