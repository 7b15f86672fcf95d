//! What `make tables` and `make query` run: writes the pages of domains and tables anew, and shapes a folder's days on this machine.
#![allow(clippy::print_stdout, reason = "a program for people")]

use sellerport_core::domains;
use sellerport_core::tables::day::Day;
use sellerport_core::tables::{Envelope, Shaper, TABLES, reference, views};
use sellerport_tables::{Lines, PART_BYTES, Part, Seen};
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

type Outcome = Result<(), Box<dyn Error>>;

fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["write", project] => write(Path::new(project)),
        ["days", lake] => days(Path::new(lake)),
        _ => Err("usage: tables write <project folder> | tables days <lake folder>".into()),
    }
}

/// Writes what is generated from the domains and the tables.
fn write(project: &Path) -> Outcome {
    fs::write(project.join("docs/domains.md"), domains::reference::page())?;
    fs::write(project.join("docs/tables.md"), reference::page())?;
    fs::write(project.join("docs/views.sql"), views::all())?;
    let template = project.join("infra/template.yaml");
    let text = fs::read_to_string(&template)?;
    let (before, rest) =
        text.split_once(reference::TEMPLATE_FROM).ok_or("the template has no place for tables")?;
    let (_, after) = rest.split_once(reference::TEMPLATE_TO).ok_or("the template's tables have no end")?;
    let (from, to) = (reference::TEMPLATE_FROM, reference::TEMPLATE_TO);
    fs::write(&template, format!("{before}{from}{}{to}{after}", reference::template()))?;
    println!(
        "docs/domains.md, docs/tables.md, docs/views.sql and infra/template.yaml have {} tables",
        TABLES.len()
    );
    Ok(())
}

/// Makes `now/` of every day in `records/` that has no rows in `tables/` yet, and an empty file of each table, which
/// tells readers its columns.
fn days(lake: &Path) -> Outcome {
    for table in TABLES {
        put(lake, &format!("columns/{}.parquet", table.name), Part::new(table)?.finish()?)?;
    }
    let mut by_day: BTreeMap<Day, BTreeSet<String>> = BTreeMap::new();
    for key in files(lake, "records")? {
        if let Some(day) = Day::of_object(&key) {
            by_day.entry(day).or_default().insert(key);
        }
    }
    let now = lake.join("now");
    if now.exists() {
        fs::remove_dir_all(&now)?;
    }
    let mut open = 0;
    for (day, objects) in &by_day {
        let Some(shaper) = Shaper::of(&day.domain) else { continue };
        if shaper.tables().any(|table| lake.join(day.rows(table.name)).exists()) {
            continue;
        }
        open += 1;
        shape(lake, day, objects, &shaper)?;
    }
    println!("{} days landed; {open} of them are not tables yet and were read as they landed", by_day.len());
    Ok(())
}

fn shape(lake: &Path, day: &Day, objects: &BTreeSet<String>, shaper: &Shaper) -> Outcome {
    let fresh = || shaper.tables().map(Part::new).collect::<Result<Vec<_>, _>>();
    let (mut parts, mut number, mut seen) = (fresh()?, 0, Seen::default());
    let mut ordered: Vec<_> = objects
        .iter()
        .map(|key| Ok((fs::metadata(lake.join(key))?.modified()?, key)))
        .collect::<std::io::Result<_>>()?;
    ordered.sort();
    for (_, key) in ordered {
        let (mut lines, mut line, mut failed) = (Lines::default(), 0, None);
        let mut take = |text: &[u8]| {
            line += 1;
            let record = std::str::from_utf8(text).ok().and_then(|text| Envelope::read(text).ok());
            let Some(record) = record.filter(|record| !seen.again(record)) else { return };
            for (table, row) in shaper.rows(&record, key.trim_start_matches("records/"), line).rows {
                failed = failed.take().or(parts[table].push(row).err());
            }
        };
        // What is no gzip to its end gives what can be read of it, as in AWS.
        if lines.feed(&fs::read(lake.join(key))?, &mut take).is_ok() {
            drop(lines.finish(&mut take));
        }
        failed.map_or(Ok(()), Err)?;
        if parts.iter().map(Part::bytes).sum::<usize>() >= PART_BYTES {
            close(lake, day, shaper, std::mem::replace(&mut parts, fresh()?), &mut number)?;
        }
    }
    close(lake, day, shaper, parts, &mut number)
}

fn close(lake: &Path, day: &Day, shaper: &Shaper, parts: Vec<Part>, number: &mut u32) -> Outcome {
    for (table, part) in shaper.tables().zip(parts).filter(|(_, part)| part.rows() > 0) {
        put(lake, &day.part(table.name, *number).replacen("tables/", "now/", 1), part.finish()?)?;
    }
    *number += 1;
    Ok(())
}

fn put(lake: &Path, key: &str, body: Vec<u8>) -> Outcome {
    let file = lake.join(key);
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(fs::write(file, body)?)
}

/// The keys of all files below a folder of the lake.
fn files(lake: &Path, below: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let (mut keys, mut folders) = (Vec::new(), vec![lake.join(below)]);
    while let Some(folder) = folders.pop().filter(|folder: &PathBuf| folder.exists()) {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Some(key) =
                path.strip_prefix(lake)?.to_str().filter(|key| key.ends_with(".ndjson.gz"))
            {
                keys.push(key.to_owned());
            }
        }
    }
    Ok(keys)
}
