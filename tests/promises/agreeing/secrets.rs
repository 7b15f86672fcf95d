//! The applications' credentials: what was replaced is in force and what was before stays readable, and a function
//! goes on with its copy until Amazon refuses it.

use super::{Random, emulator, memory, noticed, play};
use sellerport_aws::Aws;
use sellerport_core::ids::ApplicationSlug;
use sellerport_core::ports::{CredentialStore as _, Credentials as _};
use sellerport_tests::emulator::Emulator;
use sellerport_tests::memory::{Memory, credentials};
use sellerport_tests::stub::aws_answering;
use serde_json::json;

const STEPS: usize = 200;

#[derive(Debug)]
enum Operation {
    Replace(ApplicationSlug, &'static str, &'static str),
    Current(ApplicationSlug),
    Refused(ApplicationSlug),
    Before(ApplicationSlug),
}

#[derive(Debug, Clone, PartialEq)]
enum Answer {
    Done,
    Found(String, String),
    Nothing,
}

fn draw(random: &mut Random, run: &str) -> Operation {
    let application = ApplicationSlug::parse(&format!("{run}-{}", random.pick(&["a", "b"]))).unwrap();
    match random.below(8) {
        0..2 => {
            Operation::Replace(application, random.pick(&["one", "two"]), random.pick(&["x", "y", "ü\"\\"]))
        }
        2..5 => Operation::Current(application),
        5 => Operation::Refused(application),
        _ => Operation::Before(application),
    }
}

/// Where credentials are kept, with a look at those before.
trait Keeper {
    async fn apply(&self, operation: &Operation) -> Answer;
}

impl Keeper for Memory {
    async fn apply(&self, operation: &Operation) -> Answer {
        match operation {
            Operation::Replace(application, id, secret) => {
                self.replace(application, &credentials(id, secret)).await.unwrap();
                Answer::Done
            }
            Operation::Current(application) => match self.current(application).await {
                Ok(found) => Answer::Found(found.client_id, found.client_secret.expose().to_owned()),
                Err(_) => Answer::Nothing,
            },
            Operation::Refused(application) => {
                self.refused(application);
                Answer::Done
            }
            Operation::Before(application) => {
                let all = self.credentials.borrow();
                let before = all.get(application).and_then(|all| all.iter().nth_back(1));
                before.map_or(Answer::Nothing, |found| {
                    Answer::Found(found.client_id.clone(), found.client_secret.expose().to_owned())
                })
            }
        }
    }
}

/// The emulator, in the two functions that are at work: one replaces, the other reads and keeps a copy. Memory is
/// both at once.
struct Emulated {
    emulator: Emulator,
    rotate: Aws,
    refresh: Aws,
}

impl Keeper for Emulated {
    async fn apply(&self, operation: &Operation) -> Answer {
        match operation {
            Operation::Replace(application, id, secret) => {
                self.rotate.replace(application, &credentials(id, secret)).await.unwrap();
                Answer::Done
            }
            Operation::Current(application) => match self.refresh.current(application).await {
                Ok(found) => Answer::Found(found.client_id, found.client_secret.expose().to_owned()),
                Err(_) => Answer::Nothing,
            },
            Operation::Refused(application) => {
                self.refresh.refused(application);
                Answer::Done
            }
            Operation::Before(application) => {
                let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
                let before = self.emulator.secret(application.as_str(), "AWSPREVIOUS");
                before.map_or(Answer::Nothing, |pair| {
                    Answer::Found(text(&pair["client_id"]), text(&pair["client_secret"]))
                })
            }
        }
    }
}

async fn compare(other: &impl Keeper, run: &str) -> Result<(), String> {
    let memory = memory();
    let (here, there) =
        (async |o: &Operation| memory.apply(o).await, async |o: &Operation| other.apply(o).await);
    play("secrets", STEPS, &[], |random| draw(random, run), here, there).await
}

#[tokio::test]
async fn memory_and_secrets_manager_agree_on_every_one_of_200_random_operations() {
    let Some((emulator, run)) = emulator() else { return };
    let (rotate, refresh) = (emulator.aws(), emulator.aws());
    compare(&Emulated { emulator, rotate, refresh }, &run).await.unwrap();
}

/// Memory, and what could be wrong with it.
struct Faulty {
    memory: Memory,
    fault: Fault,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Fault {
    None,
    CopyNeverDropped,
    CopyNeverKept,
    EarlierPairNotTakenAgain,
}

impl Keeper for Faulty {
    async fn apply(&self, operation: &Operation) -> Answer {
        match (self.fault, operation) {
            (Fault::CopyNeverDropped, Operation::Refused(_)) => return Answer::Done,
            (Fault::CopyNeverKept, Operation::Current(application)) => self.memory.refused(application),
            (Fault::EarlierPairNotTakenAgain, Operation::Replace(application, id, secret)) => {
                let all = self.memory.credentials.borrow();
                let same = |one: &sellerport_core::lwa::ApplicationCredentials| {
                    one.client_id == *id && one.client_secret.expose() == *secret
                };
                if all.get(application).is_some_and(|all| all.iter().any(same)) {
                    return Answer::Done;
                }
            }
            _ => {}
        }
        self.memory.apply(operation).await
    }
}

#[tokio::test]
async fn a_store_that_keeps_or_forgets_the_wrong_credentials_would_be_noticed() {
    compare(&Faulty { memory: memory(), fault: Fault::None }, "control").await.unwrap();
    for fault in [Fault::CopyNeverDropped, Fault::CopyNeverKept, Fault::EarlierPairNotTakenAgain] {
        noticed(&fault, compare(&Faulty { memory: memory(), fault }, "control").await);
    }
}

#[tokio::test]
async fn an_earlier_pair_comes_into_force_again_though_secrets_manager_ignores_a_version_that_it_knows() {
    let mut versions: Vec<(String, serde_json::Value)> = Vec::new();
    let mut present = 0;
    let aws = aws_answering(move |operation, asked| match operation {
        "GetSecretValue" if versions.is_empty() => (400, json!({"__type": "ResourceNotFoundException"})),
        "GetSecretValue" => {
            (200, json!({"VersionId": versions[present].0, "SecretString": versions[present].1}))
        }
        "PutSecretValue" if versions.is_empty() => (400, json!({"__type": "ResourceNotFoundException"})),
        "PutSecretValue" | "CreateSecret" => {
            // As AWS has it, and the emulator has not.
            let id = asked["ClientRequestToken"].as_str().unwrap().to_owned();
            if versions.iter().all(|(known, _)| *known != id) {
                versions.push((id, asked["SecretString"].clone()));
                present = versions.len() - 1;
            }
            assert!(versions.len() <= 4, "a repeat writes nothing");
            (200, json!({}))
        }
        _ => panic!("{operation}"),
    });
    let application = ApplicationSlug::parse("main").unwrap();
    for secret in ["a", "a", "b", "b", "a", "b"] {
        aws.replace(&application, &credentials("id", secret)).await.unwrap();
        let found = aws.current(&application).await.unwrap();
        assert_eq!(found.client_secret.expose(), secret);
    }
}
