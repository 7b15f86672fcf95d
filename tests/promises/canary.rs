//! No secret anywhere (T25, in one process): every secret that the simulator ever issued is looked for in
//! everything that was written or answered. The deployed stack has the same search after `make demo`.

use jiff::SignedDuration;
use sellerport_simulator::{Fault, FaultKind};
use sellerport_tests::house::{House, NORTHWIND, RHEINHAUS};

/// The forms in which a secret usually slips out.
fn forms(secret: &str) -> Vec<String> {
    let encoded: String = form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let hex: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
    let ends = [secret[..12].to_owned(), secret[secret.len() - 12..].to_owned()];
    let mut forms = vec![secret.to_owned(), encoded, hex, secret.escape_default().to_string()];
    // The first characters of a token are its kind, the same for all.
    forms.extend(ends.into_iter().skip(1));
    forms
}

fn everything(house: &House, answers: &[String]) -> String {
    let mut hay = String::new();
    for row in house.cloud.rows.borrow().values() {
        hay.push_str(&format!("{row:?}\n"));
    }
    let messages = house.cloud.messages.borrow();
    let dead = house.cloud.dead.borrow();
    hay.extend(messages.iter().chain(dead.iter()).map(|message| format!("{message:?}\n")));
    hay.extend(house.cloud.events.borrow().iter().map(|event| format!("{event:?}\n")));
    hay.extend(house.cloud.objects.borrow().keys().cloned());
    hay.extend(house.records().iter().map(ToString::to_string));
    hay.extend(answers.iter().cloned());
    hay.push_str(&format!("{:?}", house.cloud.credentials.borrow()));
    hay
}

fn hits(house: &House, hay: &str) -> usize {
    let secrets = house.world().secrets_issued();
    assert!(secrets.len() >= 8, "client secret, codes, refresh and access tokens");
    secrets.iter().flat_map(|secret| forms(secret)).filter(|form| hay.contains(form.as_str())).count()
}

#[tokio::test]
async fn t25_no_secret_is_in_any_row_message_event_object_or_answer() {
    let house = House::start().await;
    let mut answers = Vec::new();
    let mut browser = house.signed_in("owner", "main").await;
    for (seller, country) in [(NORTHWIND, "US"), (RHEINHAUS, "DE")] {
        answers.push(format!("{:?}", browser.connect(seller, country).await));
    }
    house.pass(SignedDuration::from_mins(2)).await;
    for kind in [FaultKind::InvalidGrant, FaultKind::InvalidClient, FaultKind::Html, FaultKind::Truncated] {
        house.world().set_fault(Fault::next(1, "lwa", kind));
        answers.push(format!("{:?}", browser.connect("A1MAPLELEAF02CA", "CA").await));
    }
    house.world().set_fault(Fault::next(2, "searchOrders", FaultKind::Status { status: 401 }));
    house.pass(SignedDuration::from_mins(70)).await;
    house.world().revoke(NORTHWIND);
    house.pass(SignedDuration::from_mins(20)).await;
    let id = house.connection(NORTHWIND).id;
    for address in ["/".to_owned(), format!("/connections/{id}"), "/api/connections".to_owned()] {
        answers.push(format!("{:?}", browser.get(&address).await));
    }
    let hay = everything(&house, &answers);
    assert_eq!(hits(&house, &hay), 0, "in {} bytes", hay.len());

    // The control: one that did slip out is found, in any of its forms.
    let secret = house.world().secrets_issued().pop().unwrap();
    for form in forms(&secret) {
        assert!(hits(&house, &format!("{hay}{form}")) > 0, "a planted secret is found");
    }
}
