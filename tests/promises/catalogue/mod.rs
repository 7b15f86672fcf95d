//! The catalogue of operations: every known name leads somewhere, and Amazon's own models and examples agree.

pub(crate) mod examples;
mod fields;
mod schemas;

use sellerport_core::catalogue::{self, Unfound};
use sellerport_tests::house::models;
use std::path::Path;
use std::process::Command;

/// Names under which people know Amazon's operations.
const NAMES: &str = include_str!("names.txt");

#[test]
fn every_known_name_leads_to_its_operation_or_to_its_successor() {
    let names: Vec<&str> = NAMES.lines().filter(|line| !line.starts_with('#')).collect();
    assert!(names.len() >= 200, "{} names", names.len());
    for line in names {
        let words: Vec<&str> = line.split(' ').collect();
        let found = match words[..] {
            [name, version, method, path] => {
                let exact = |one: &&catalogue::Operation| {
                    one.name == name && one.path == path && one.method.as_str() == method
                };
                let known = catalogue::all().iter().find(exact).unwrap_or_else(|| panic!("{line}"));
                assert_eq!(known.api.version, version, "{line}");
                catalogue::find(name, Some(&format!("{} {method}", known.api))) == Ok(known)
            }
            [name, version, "removed"] => {
                matches!(catalogue::find(name, Some(version)), Err(Unfound::Removed { .. }))
            }
            _ => false,
        };
        assert!(found, "{line}");
    }
}

#[test]
fn l15_the_catalogue_says_what_amazons_models_say() {
    let Some(folder) = models() else {
        println!("left out: Amazon's official models are not at hand (SPAPI_MODELS)");
        return;
    };
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let made = Command::new("python3")
        .arg(project.join("infra/catalogue/make.py"))
        .arg("--print")
        .arg(folder)
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let kept = std::fs::read(project.join("shared/core/src/catalogue/operations.rs")).unwrap();
    assert!(made.stdout == kept, "`make catalogue MODELS=…` changes operations.rs: look at the difference");
}
