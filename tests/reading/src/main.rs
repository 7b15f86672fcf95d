//! Makes documents and pages like Amazon's, and reads them with the product's own code; `make documents` measures
//! it beside what else reads such files. Rows go to the standard output as NDJSON, what was found to the other one.
//!
//! `reading make report FILE MB`, `reading make pages FILE COUNT`, `reading report FILE`, `reading pages FILE`,
//! `reading large GB`.
#![allow(clippy::print_stderr, reason = "what was found is this program's answer")]

mod make;
mod read;

use peak_alloc::PeakAlloc;
use std::io;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

fn main() -> io::Result<()> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let given: Vec<&str> = given.iter().map(String::as_str).collect();
    let number = |text: &str| text.parse::<u64>().map_err(io::Error::other);
    let found = match given.as_slice() {
        ["make", "report", file, megabytes] => make::report(file, number(megabytes)? * 1_000_000)?,
        ["make", "pages", file, count] => make::pages(file, number(count)?)?,
        ["report", file] => read::report(file)?,
        ["pages", file] => read::pages(file)?,
        ["large", gigabytes] => read::large(number(gigabytes)? * 1_000_000_000, &MEMORY)?,
        _ => return Err(io::Error::other("see the top of tests/reading/src/main.rs")),
    };
    eprintln!("{found}");
    Ok(())
}
