//! The planted bugs of `tests/planted/bugs.json` still have their place in the code. `make planted` plants each and
//! runs the tests that must notice it.

use serde_json::Value;
use std::path::Path;

#[test]
fn each_planted_bug_has_exactly_one_place() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let list = std::fs::read_to_string(root.join("tests/planted/bugs.json")).unwrap();
    let bugs: Vec<Value> = serde_json::from_str(&list).unwrap();
    assert!(bugs.len() >= 14);
    for bug in &bugs {
        let file = root.join(bug["file"].as_str().unwrap());
        let source = std::fs::read_to_string(&file).unwrap();
        let also = bug["also"].as_array().into_iter().flatten().map(|pair| &pair[0]);
        for find in std::iter::once(&bug["find"]).chain(also) {
            let times = source.matches(find.as_str().unwrap()).count();
            assert_eq!(times, 1, "bug {}: {find} in {}", bug["bug"], file.display());
        }
    }
}
