use super::*;
use crate::call::{Call, encode};
use crate::catalogue::Operation;
use jiff::Timestamp;

fn ask<'a>(stores: &'a [String]) -> Ask<'a> {
    let window = Window {
        after: "2026-01-01T00:00:00Z".parse::<Timestamp>().unwrap(),
        before: "2026-01-02T00:00:00Z".parse().unwrap(),
    };
    Ask { window, way: Way::Onward, stores, seller: "A1SELLER" }
}

/// The calls of every source that walks pages.
fn paged(token: Option<&str>) -> Vec<(&'static str, &'static Operation, Call)> {
    let stores = ["ATVPDKIKX0DER".to_owned()];
    let mut calls = Vec::new();
    for domain in DOMAINS {
        for source in domain.sources() {
            match source {
                Source::Pages(pages) => {
                    calls.push((domain.name, pages.operation, pages.call(ask(&stores), token).unwrap()));
                }
                Source::Lookup(lookup) => {
                    let list = &lookup.list;
                    calls.push((domain.name, list.operation, list.call(ask(&stores), token).unwrap()));
                }
                Source::Report(_) | Source::Single(_) => {}
            }
        }
    }
    calls
}

#[test]
fn l31_a_page_token_goes_back_as_it_came() {
    for token in ["a+/=", "%2B%2F", "a b&c=d", "日本=="] {
        for (name, operation, call) in paged(Some(token)) {
            let sent = call.target();
            let encoded = encode(token);
            assert!(operation.pages.is_none() || sent.contains(&format!("={encoded}")), "{name}: {sent}");
        }
    }
}

#[test]
fn every_domain_asks_as_its_operations_want_it() {
    // The catalogue refuses what Amazon's model refuses.
    assert!(
        paged(None).len()
            >= DOMAINS.iter().filter(|domain| matches!(domain.source, Source::Pages(_))).count()
    );
    let stores = ["ATVPDKIKX0DER".to_owned()];
    for domain in DOMAINS {
        for source in domain.sources() {
            match source {
                Source::Pages(_) => {}
                Source::Single(single) => drop(single.call("123-1234567-1234567").unwrap()),
                Source::Lookup(lookup) => {
                    lookup.call(ask(&stores), &["a|1.00|USD".to_owned(), "b|2|USD".to_owned()]).unwrap();
                }
                Source::Report(report) => {
                    if !matches!(report.made, Made::ByAmazon) {
                        report.ask(ask(&stores), None).unwrap();
                    }
                    report.list(ask(&stores), Timestamp::UNIX_EPOCH, None, None).unwrap();
                    report.list(ask(&stores), Timestamp::UNIX_EPOCH, None, Some("token")).unwrap();
                    report.look("1").unwrap();
                    report.locate("1").unwrap();
                }
            }
        }
    }
}

#[test]
fn every_domain_is_what_a_template_and_a_window_can_bear() {
    for domain in DOMAINS {
        let name = domain.name;
        assert!(!name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase()), "{name}");
        assert!(!domain.entity.is_empty() && !domain.reads.is_empty(), "{name}");
        assert!(domain.cadence <= domain.cadence_quiet, "{name}");
        assert!(domain.shortest <= domain.longest, "{name}");
        if domain.by_day {
            // A window of whole days is never due before a day is over.
            assert!(domain.cadence >= DAY && domain.shortest >= DAY, "{name}");
            assert_eq!(domain.overlap.as_secs() % DAY.as_secs(), 0, "{name}");
            assert_eq!(domain.lookback.as_secs() % DAY.as_secs(), 0, "{name}");
        }
        for operation in domain.sources().flat_map(Source::operations) {
            let opens =
                operation.roles.is_empty() || domain.roles.iter().any(|role| operation.roles.contains(role));
            assert!(opens, "{name}: {} needs another role than {}", operation.name, domain.role());
        }
    }
    let names: std::collections::HashSet<_> = DOMAINS.iter().map(|domain| domain.name).collect();
    assert_eq!(names.len(), DOMAINS.len());
}
