//! Chance that comes out the same each time.

use serde_json::{Map, Value, json};

/// splitmix64.
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 and less than this.
    pub(super) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap()
    }

    /// Once in so many times.
    pub(super) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of these; what stands there twice comes twice as often.
    pub(super) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// A text of up to so many characters, some of them more than a byte.
    pub(super) fn text(&mut self, most: usize) -> String {
        let length = self.below(most + 1);
        (0..length)
            .map(|_| self.pick(&['a', 'b', 'Z', '0', '|', '"', '\\', '\n', ' ', 'ü', '本', '🜁']))
            .collect()
    }

    /// A document as rows have them.
    pub(super) fn document(&mut self) -> Map<String, Value> {
        const FIELDS: [&str; 7] = ["text", "number", "list", "nested", "nothing", "due_at", "名"];
        (0..self.below(6)).map(|_| (self.pick(&FIELDS).to_owned(), self.value(2))).collect()
    }

    fn value(&mut self, depth: usize) -> Value {
        match self.below(if depth == 0 { 7 } else { 9 }) {
            0 => Value::Null,
            1 => json!(self.once_in(2)),
            2 => json!(self.pick(&[0, 1, -1, 42, i64::MIN, i64::MAX])),
            3 => json!(self.pick(&[0, 1_u64 << 53, u64::MAX])),
            4 => json!(self.pick(&[0.0056, -2.5, 1e-7, 2.0, -40.0, 0.1, 123_456_789.125])),
            5 => json!(self.text(12)),
            6 => json!("2026-11-21T10:00:00Z"),
            7 => (0..self.below(4)).map(|_| self.value(depth - 1)).collect(),
            _ => {
                Value::Object((0..self.below(3)).map(|n| (format!("f{n}"), self.value(depth - 1))).collect())
            }
        }
    }
}
