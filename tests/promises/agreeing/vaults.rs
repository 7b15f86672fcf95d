//! The vault: a secret opens under its own context and no other, whichever key is the present one.

use super::{Known, Random, emulator, memory, noticed, play};
use sellerport_aws::Aws;
use sellerport_core::ports::Vault;
use sellerport_core::token::{Opened, Purpose, Sealed, SealingContext, VaultError};
use sellerport_tests::memory::Memory;
use std::cell::{Cell, RefCell};

const STEPS: usize = 600;

#[derive(Debug)]
enum Operation {
    /// Another key, or the same, is the present one.
    Turn(u32),
    Seal(SealingContext, String),
    /// The ciphertext of that many seals ago; with one character altered where a place is given.
    Open {
        ago: usize,
        context: SealingContext,
        altered: Option<usize>,
    },
    /// What is no ciphertext at all.
    OpenOther(&'static str, SealingContext),
}

#[derive(Debug, Clone, PartialEq)]
enum Answer {
    Turned,
    Sealed,
    Opened(String, bool),
    Foreign,
    Failed(String),
}

const KNOWN: [Known<Operation, Answer>; 1] = [Known {
    why: "the emulator opens what was altered behind the context, to another text; KMS refuses it, as memory does",
    level: |operation, answer| match (operation, answer) {
        (Operation::Open { altered: Some(_), .. }, Answer::Opened(..)) => Answer::Foreign,
        (_, answer) => answer,
    },
}];

fn context(random: &mut Random) -> SealingContext {
    SealingContext {
        tenant: random.pick(&["main", "other"]).to_owned().try_into().unwrap(),
        connection: random.pick(&["c1", "c2"]).to_owned().try_into().unwrap(),
        generation: random.pick(&[1, 2, u64::MAX]),
        purpose: random.pick(&[Purpose::Refresh, Purpose::Access, Purpose::Import]),
    }
}

fn draw(random: &mut Random, sealed: &RefCell<Vec<SealingContext>>) -> Operation {
    let (mut sealed, own) = (sealed.borrow_mut(), random.once_in(2));
    match random.below(10) {
        0 => Operation::Turn(random.pick(&[1, 2])),
        1..4 => {
            sealed.push(context(random));
            let most = random.pick(&[1, 40, 1000]);
            Operation::Seal(sealed.last().cloned().unwrap(), format!("A{}", random.text(most)))
        }
        4..9 if !sealed.is_empty() => {
            let ago = random.below(sealed.len().min(12));
            let mut context = sealed[sealed.len() - 1 - ago].clone();
            if !own {
                // Wrong in one part, or by chance in none.
                let other = self::context(random);
                match random.below(4) {
                    0 => context.tenant = other.tenant,
                    1 => context.connection = other.connection,
                    2 => context.generation = other.generation,
                    _ => context.purpose = other.purpose,
                }
            }
            Operation::Open { ago, context, altered: random.once_in(6).then(|| random.below(1000)) }
        }
        _ => Operation::OpenOther(random.pick(&["", "AAAA", "no base64", "QUJDREVGRw=="]), context(random)),
    }
}

/// A vault with two keys.
trait Keyed: Vault {
    fn turn(&self, key: u32);
}

impl Keyed for Memory {
    fn turn(&self, key: u32) {
        self.key.set(key);
    }
}

/// The emulator; each key is an environment of its own.
struct Emulated {
    keys: [Aws; 2],
    present: Cell<usize>,
}

impl Vault for Emulated {
    async fn seal(&self, context: &SealingContext, secret: &str) -> Result<Sealed, VaultError> {
        self.keys[self.present.get()].seal(context, secret).await
    }

    async fn open(&self, context: &SealingContext, sealed: &Sealed) -> Result<Opened, VaultError> {
        self.keys[self.present.get()].open(context, sealed).await
    }
}

impl Keyed for Emulated {
    fn turn(&self, key: u32) {
        self.present.set(usize::from(key == 2));
    }
}

/// One character of a ciphertext, another one instead.
fn alter(sealed: &Sealed, place: usize) -> Sealed {
    let mut text = sealed.0.clone().into_bytes();
    let place = place % (text.len() - 4); // base64 may end in padding
    text[place] = if text[place] == b'A' { b'B' } else { b'A' };
    Sealed(String::from_utf8(text).unwrap())
}

async fn apply(vault: &impl Keyed, all: &RefCell<Vec<Sealed>>, operation: &Operation) -> Answer {
    let (context, sealed) = match operation {
        Operation::Turn(key) => {
            vault.turn(*key);
            return Answer::Turned;
        }
        Operation::Seal(context, secret) => {
            return match vault.seal(context, secret).await {
                Ok(sealed) => {
                    all.borrow_mut().push(sealed);
                    Answer::Sealed
                }
                Err(error) => Answer::Failed(format!("{error:?}")),
            };
        }
        Operation::Open { ago, context, altered } => {
            let all = all.borrow();
            let sealed = &all[all.len() - 1 - ago];
            (context, altered.map_or_else(|| sealed.clone(), |place| alter(sealed, place)))
        }
        Operation::OpenOther(text, context) => (context, Sealed((*text).to_owned())),
    };
    match vault.open(context, &sealed).await {
        Ok(opened) => Answer::Opened(opened.secret, opened.outdated),
        Err(VaultError::Foreign) => Answer::Foreign,
        Err(error) => Answer::Failed(format!("{error:?}")),
    }
}

async fn compare(other: &impl Keyed) -> Result<(), String> {
    let (memory, contexts) = (memory(), RefCell::default());
    let (mine, theirs) = (RefCell::default(), RefCell::default());
    let here = async |operation: &Operation| apply(&memory, &mine, operation).await;
    let there = async |operation: &Operation| apply(other, &theirs, operation).await;
    play("vault", STEPS, &KNOWN, |random| draw(random, &contexts), here, there).await
}

#[tokio::test]
async fn memory_and_kms_agree_on_every_one_of_600_random_operations() {
    let Some((emulator, _)) = emulator() else { return };
    let keys = [emulator.aws(), emulator.aws_under_another_key()];
    compare(&Emulated { keys, present: Cell::new(0) }).await.unwrap();
}

/// Memory, and what could be wrong with it.
struct Faulty {
    memory: Memory,
    fault: Fault,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Fault {
    None,
    GenerationIgnored,
    PurposeIgnored,
    ConnectionIgnored,
    NeverOutdated,
}

impl Faulty {
    fn bent(&self, context: &SealingContext) -> SealingContext {
        let mut context = context.clone();
        match self.fault {
            Fault::GenerationIgnored => context.generation = 0,
            Fault::PurposeIgnored => context.purpose = Purpose::Refresh,
            Fault::ConnectionIgnored => context.connection = "c".to_owned().try_into().unwrap(),
            Fault::None | Fault::NeverOutdated => {}
        }
        context
    }
}

impl Vault for Faulty {
    async fn seal(&self, context: &SealingContext, secret: &str) -> Result<Sealed, VaultError> {
        self.memory.seal(&self.bent(context), secret).await
    }

    async fn open(&self, context: &SealingContext, sealed: &Sealed) -> Result<Opened, VaultError> {
        let opened = self.memory.open(&self.bent(context), sealed).await?;
        Ok(Opened { outdated: opened.outdated && self.fault != Fault::NeverOutdated, ..opened })
    }
}

impl Keyed for Faulty {
    fn turn(&self, key: u32) {
        self.memory.turn(key);
    }
}

#[tokio::test]
async fn a_vault_that_ignores_a_part_of_the_context_would_be_noticed() {
    compare(&Faulty { memory: memory(), fault: Fault::None }).await.unwrap();
    for fault in
        [Fault::GenerationIgnored, Fault::PurposeIgnored, Fault::ConnectionIgnored, Fault::NeverOutdated]
    {
        noticed(&fault, compare(&Faulty { memory: memory(), fault }).await);
    }
}
