//! Numbers that look random and are a pure function of where they are asked for.
//! No generator is kept: the same question always has the same answer, in any order of asking.

/// Mixes one 64-bit number into another that shares nothing visible with it (the finaliser of `SplitMix64`).
pub(crate) fn mix(mut x: u64) -> u64 {
    x = x.wrapping_add(0x9E37_79B9_7F4A_7C15);
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// One number for a text.
pub(crate) fn of_text(text: &str) -> u64 {
    text.bytes().fold(0xCBF2_9CE4_8422_2325, |sum, byte| mix(sum ^ u64::from(byte)))
}

/// A text in the form of a UUID.
pub(crate) fn uuid(seed: u64) -> String {
    let text = format!("{:016x}{:016x}", mix(seed), mix(!seed));
    format!("{}-{}-{}-{}-{}", &text[..8], &text[8..12], &text[12..16], &text[16..20], &text[20..])
}

/// A subject about which any number of independent questions can be asked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Chance(u64);

impl Chance {
    /// The subject that these two numbers name.
    pub(crate) fn of(seed: u64, subject: u64) -> Self {
        Self(mix(seed ^ mix(subject)))
    }

    /// A number for this question.
    pub(crate) fn number(self, question: &str) -> u64 {
        mix(self.0 ^ of_text(question))
    }

    /// A number in `0..bound` for this question (0 when the bound is 0).
    pub(crate) fn below(self, question: &str, bound: u64) -> u64 {
        self.number(question).checked_rem(bound).unwrap_or(0)
    }

    /// True in about `percent` of all subjects.
    pub(crate) fn in_percent(self, question: &str, percent: u64) -> bool {
        self.below(question, 100) < percent
    }

    /// One of these for this question. The list must not be empty.
    pub(crate) fn pick<'a, T>(self, question: &str, from: &'a [T]) -> &'a T {
        let place = self.below(question, from.len() as u64);
        &from[usize::try_from(place).unwrap_or(0)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_question_has_the_same_answer() {
        let one = Chance::of(7, 1);
        assert_eq!(one.number("price"), Chance::of(7, 1).number("price"));
        assert_ne!(one.number("price"), one.number("tax"));
        assert_ne!(one.number("price"), Chance::of(8, 1).number("price"));
    }
}
