//! The reference page of the tables, and their definitions in the template.

use super::column::Kind;
use super::{Rows, TABLES, Table};

/// The page `docs/tables.md`.
pub fn page() -> String {
    let mut page = HEAD.to_owned();
    for table in TABLES {
        page += &format!("\n### {}\n\nOne row per {}. Domain `{}`", table.name, table.row, table.domain);
        page += match table.rows {
            Rows::Record => ".\n",
            Rows::Each(_) => "; `position` counts the rows of a record.\n",
        };
        page += "\n| column | type | what it says |\n|---|---|---|\n";
        let shared = |name: &str| COMMON.contains(&name);
        for column in table.columns().iter().filter(|column| !shared(column.name)) {
            page += &format!("| `{}` | {} | {} |\n", column.name, column.kind.sql(), column.doc);
        }
    }
    page
}

/// The columns that all tables share, told once.
const COMMON: [&str; 13] = [
    "tenant",
    "connection",
    "seller",
    "marketplace",
    "entity",
    "record_key",
    "updated_at",
    "updated_at_raw",
    "fetched_at",
    "request_id",
    "object",
    "line",
    "payload",
];

const HEAD: &str = "\
# Tables

What landed as files of JSON becomes typed tables, two days after it landed: Parquet files under
`tables/<table>/date=<day of landing>/tenant=…/connection=…/`. `make query` opens them in DuckDB, together with what has
landed since; in AWS they are the tables of the Glue database that is named like the stack. This page is written by
`make tables` from `shared/core/src/tables`; a test notices when it is stale.

- `<table>` is a view of the newest version of each record ([views.sql](views.sql)), `<table>_versions` has all that were
  fetched. Versions of one record have the same `tenant`, `connection`, `entity` and `record_key`.
- The view `settlement_check` holds each settlement's own total against its rows and against the transactions that name it.
- **Types.** Decimals are exact, 18 digits, never rounded. A `timestamp` is in UTC. A currency stands beside each amount.
  `\"\"` and null are empty. `true`, `\"true\"`, `Y` and `1` are true.
- **What does not fit** its column (text in a number, `01/02/2026`, `1,234` in a settlement) is empty there, counted in
  the log of `shape`, and stays in `payload`, Amazon's own JSON of the row. Where Amazon writes a time or an amount in
  many ways, its text stands beside it as `<column>_raw`.
- **No buyers' data.** No column holds a buyer's name, address or words. Records with personal data are not made into
  tables.
- A column keeps its name and its type. New ones may come.

## In every table

| column | type | what it says |
|---|---|---|
| `tenant` | varchar | Whose data it is. |
| `connection` | varchar | The connection that fetched it. |
| `seller` | varchar | Amazon's id of the seller or vendor. |
| `marketplace` | varchar | Amazon's id of the store, where the record names one. |
| `entity` | varchar | What the record is. |
| `record_key` | varchar | Names the record within its connection and entity; empty where Amazon left it out. |
| `updated_at`, `updated_at_raw` | timestamp, varchar | When the record last changed, and the same as Amazon wrote it. |
| `fetched_at` | timestamp | When it was fetched. |
| `request_id` | varchar | Amazon's id of the call that brought it. |
| `object`, `line` | varchar, bigint | The object below `records/` that holds it, and its line there, from 1. |
| `payload` | varchar | The row as Amazon sent it, JSON. |
| `date` | date | The day on which the pass began that landed it, in UTC. |

## The tables
";

/// The first line of the template's generated part.
pub const TEMPLATE_FROM: &str =
    "  # ---- tables of the lake: written by `make tables` from shared/core/src/tables; do not edit\n";
/// The line after it.
pub const TEMPLATE_TO: &str = "  # ---- end of the tables of the lake\n";

/// The tables as the template defines them for Athena. Days are known without a crawler: a partition is projected for
/// each of the last [`PROJECTED_DAYS`].
pub fn template() -> String {
    TABLES.iter().map(|table| definition(table)).collect()
}

/// Days that Athena looks into: no record lives longer (18 months), and none has a later day than today.
pub const PROJECTED_DAYS: u32 = 548;

fn definition(table: &Table) -> String {
    let id: String = table
        .name
        .split('_')
        .flat_map(|word| {
            let (first, rest) = word.split_at(1);
            [first.to_uppercase(), rest.to_owned()]
        })
        .collect();
    let columns: Vec<String> = table
        .columns()
        .iter()
        .map(|column| format!("{{Name: {}, Type: {}}}", column.name, hive(column.kind)))
        .collect();
    let mut lines = vec![String::new()];
    for column in columns {
        let last = lines.len() - 1;
        if !lines[last].is_empty() && lines[last].len() + column.len() > 96 {
            lines.push(String::new());
        }
        let last = lines.len() - 1;
        lines[last] += &format!("{column}, ");
    }
    let columns: Vec<_> = lines.iter().map(|line| format!("            {}\n", line.trim_end())).collect();
    let (name, row) = (table.name, table.row);
    format!(
        "  Lake{id}:
    Type: AWS::Glue::Table
    Condition: HasCatalog
    Properties:
      CatalogId: !Ref AWS::AccountId
      DatabaseName: !Ref LakeDatabase
      TableInput:
        Name: {name}_versions
        Description: \"One row per {row}.\"
        TableType: EXTERNAL_TABLE
        Parameters:
          classification: parquet
          projection.enabled: \"true\"
          projection.date.type: date
          projection.date.format: yyyy-MM-dd
          projection.date.range: NOW-{PROJECTED_DAYS}DAYS,NOW
          storage.location.template: !Sub \"s3://${{LakeBucket}}/tables/{name}/date=${{!date}}/\"
        PartitionKeys: [{{Name: date, Type: date}}]
        StorageDescriptor:
          Location: !Sub \"s3://${{LakeBucket}}/tables/{name}/\"
          InputFormat: org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat
          OutputFormat: org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat
          SerdeInfo: {{SerializationLibrary: org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe}}
          Columns: [
{columns}          ]
",
        columns = columns.concat(),
    )
}

/// A type's name in Glue.
pub fn hive(kind: Kind) -> String {
    match kind {
        Kind::Text => "string".to_owned(),
        // A comma would end an entry of the list.
        Kind::Decimal(_) | Kind::LocalDecimal(_) => format!("\"{}\"", kind.sql()),
        Kind::Integer | Kind::Boolean | Kind::Instant | Kind::Date | Kind::MonthFirst => kind.sql(),
    }
}
