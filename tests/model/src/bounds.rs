//! How much may go wrong in one run.

use crate::model::Protocol;
use crate::state::Budget;

/// Nothing goes wrong.
pub const NOTHING: Budget = Budget {
    expiries: 0,
    asks: 0,
    marks: 0,
    duplicates: 0,
    crashes: 0,
    failures: 0,
    pauses: 0,
    consents: 0,
    revocations: 0,
    spurious: 0,
    rotations: 0,
    refusals: 0,
    silences: 0,
};

/// A protocol with so many refresh workers and this budget.
pub const fn protocol(workers: usize, budget: Budget) -> Protocol {
    Protocol { workers, parallel: false, budget, removed: 0 }
}

/// Small mixes of what may happen, each of which is explored to its end.
pub const MIXES: [(&str, Protocol); 9] = [
    ("two workers race", protocol(2, Budget { asks: 1, duplicates: 1, marks: 1, expiries: 1, ..NOTHING })),
    ("workers and tables fail", protocol(2, Budget { asks: 1, crashes: 1, failures: 1, ..NOTHING })),
    (
        "the tables fail after they acted",
        protocol(2, Budget { asks: 1, duplicates: 1, failures: 1, ..NOTHING }),
    ),
    (
        "a worker stands still",
        protocol(2, Budget { asks: 1, pauses: 1, rotations: 1, spurious: 1, ..NOTHING }),
    ),
    (
        "Amazon answers as it likes",
        protocol(2, Budget { asks: 1, spurious: 2, rotations: 1, refusals: 1, silences: 1, ..NOTHING }),
    ),
    ("the seller reconnects", protocol(2, Budget { consents: 1, revocations: 1, spurious: 1, ..NOTHING })),
    (
        "a consent is interrupted",
        protocol(1, Budget { consents: 1, duplicates: 1, crashes: 1, silences: 1, ..NOTHING }),
    ),
    (
        "two consents come back at once",
        Protocol { parallel: true, ..protocol(1, Budget { consents: 2, silences: 1, ..NOTHING }) },
    ),
    (
        "the connection moves while a token is replaced",
        protocol(2, Budget { marks: 4, rotations: 1, ..NOTHING }),
    ),
];

/// Larger mixes for the long run, each explored to its end as well: what waits for long meets what is new.
pub const LARGE: [(&str, Protocol); 4] = [
    (
        "three workers race, and one dies",
        protocol(3, Budget { asks: 1, duplicates: 1, crashes: 1, marks: 1, expiries: 1, ..NOTHING }),
    ),
    (
        "a seller consents twice, and may lose and withdraw it",
        protocol(2, Budget { consents: 2, revocations: 1, crashes: 1, silences: 1, ..NOTHING }),
    ),
    (
        "a worker stands still, another dies, the tables fail, Amazon is wrong",
        protocol(
            2,
            Budget { asks: 1, pauses: 1, crashes: 1, failures: 1, rotations: 1, spurious: 1, ..NOTHING },
        ),
    ),
    (
        "a worker stands still while grants come and go",
        protocol(2, Budget { asks: 1, pauses: 1, rotations: 1, consents: 1, revocations: 1, ..NOTHING }),
    ),
];
