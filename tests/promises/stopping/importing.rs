//! Refresh tokens are imported, and the function dies on the way.

use super::*;
use sellerport_core::application::Application;
use sellerport_core::ids::{TenantId, UserId};
use sellerport_core::imports::{Import, State, begin, read};

/// Three accounts, the tokens so long that each is a part of its own.
const ACCOUNTS: [&str; 3] = ["A2IMPORT01", "A2IMPORT02", "A2IMPORT03"];

/// Imports a file, of which one token may be dead. A person who saw an error looks, and sends it again where
/// nothing is to be seen of it.
async fn imported(plan: Plan, dead: bool) -> Ran {
    let hut = Hut::build().await;
    let mut file = "seller_id,region,refresh_token\n".to_owned();
    for (n, account) in ACCOUNTS.into_iter().enumerate() {
        let token = format!("Atzr|{n}{}", "x".repeat(2000));
        if !(dead && n == 1) {
            hut.amazon.alive.borrow_mut().insert(token.clone());
        }
        file.push_str(&format!("{account},NA,{token}\n"));
    }
    let (tenant, user) = (TenantId::parse("main").unwrap(), UserId::parse("owner").unwrap());
    let applications = Application::all(&hut.cloud).await.unwrap();
    hut.cloud.stops.follow(plan);
    hut.watched.set(true);
    for _ in 0..3 {
        if Import::latest(&hut.cloud, &tenant, 1).await.unwrap().is_empty() {
            let lines = read(file.as_bytes(), &applications).unwrap();
            drop(hut.cloud.stops.run(begin(&hut.cloud, &tenant, &user, lines)).await);
        }
        hut.pass(MINUTE * 2).await;
    }
    hut.pass(MINUTE * 35).await;
    let verdict = all_or_none(&hut, &tenant, dead).await;
    hut.ran(verdict)
}

async fn all_or_none(hut: &Hut, tenant: &TenantId, dead: bool) -> Result<(), String> {
    let all = Import::latest(&hut.cloud, tenant, 9).await.map_err(|error| error.to_string())?;
    let [import] = all.as_slice() else { return Err(format!("{} imports", all.len())) };
    that(import.ended() && import.parts == 3, || format!("not at its end: {import:?}"))?;
    let wanted = if dead { State::Refused } else { State::Done };
    that(import.state == wanted, || format!("{:?}: {:?}", import.state, import.faults))?;
    if dead {
        that(hut.cloud.connections().is_empty(), || "a claim or a connection is left".to_owned())?;
        return invariants(hut);
    }
    for account in ACCOUNTS {
        let found = hut.of(account);
        let once = found.len() == 1 && found.iter().all(|one| one.generation == 1);
        that(once, || format!("{account}: {found:?}"))?;
    }
    goes_on(hut).await
}

#[tokio::test]
async fn an_import_that_is_stopped_anywhere_stores_every_line_once() {
    survived("an import", 1, async |plan| imported(plan, false).await).await;
    outlived("an import", async |plan| imported(plan, false).await).await;
}

#[tokio::test]
async fn an_import_with_a_dead_token_that_is_stopped_anywhere_leaves_nothing() {
    survived("a refused import", 1, async |plan| imported(plan, true).await).await;
    outlived("a refused import", async |plan| imported(plan, true).await).await;
}
