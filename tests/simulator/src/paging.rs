//! Pages of an operation that reads data: what a token continues, how long it lives, and what faults do to it.

use jiff::{SignedDuration, Timestamp};

use crate::ask::Ask;
use crate::chance::of_text;
use crate::faults::FaultKind;
use crate::page_token::{LIFE, PageToken};
use crate::problem::Problem;

/// How an operation pages.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    /// The parameter that carries the token.
    pub(crate) token: &'static str,
    /// How long a token lives.
    pub(crate) life: SignedDuration,
    /// The token stands for the filters of the first page; whatever else is sent with it is not read.
    pub(crate) alone: bool,
    /// Parameters that may change from page to page.
    pub(crate) free: &'static [&'static str],
}

impl Style {
    /// A token that wants the first page's parameters with it and lives for a day.
    pub(crate) const fn repeated(token: &'static str, free: &'static [&'static str]) -> Self {
        Self { token, life: LIFE, alone: false, free }
    }

    /// A token that stands for the first page's parameters.
    pub(crate) const fn alone(token: &'static str) -> Self {
        Self { token, life: LIFE, alone: true, free: &[] }
    }

    pub(crate) const fn living(self, life: SignedDuration) -> Self {
        Self { life, ..self }
    }
}

/// Where a page begins.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    place: PageToken,
    key: u64,
    now: Timestamp,
    shortest: Option<usize>,
    fault: Option<FaultKind>,
    presented: Option<String>,
}

impl Page {
    /// The page that is asked for: the first one, or the one that the token leads to.
    pub(crate) fn open(ask: &Ask<'_>, style: &Style) -> Result<Self, Problem> {
        let key = ask.inside.book.key;
        let kept = |name: &str| name != style.token && name != "QueryType" && !style.free.contains(&name);
        let mut fixed: Vec<_> = ask.query.iter().filter(|(name, _)| kept(name)).cloned().collect();
        fixed.sort();
        let written: Vec<_> = fixed.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let path = ask.variables.join("/");
        let search = match style.alone {
            true => of_text(ask.operation),
            false => of_text(&format!("{} {path} {}", ask.operation, written.join("&"))),
        };
        let place = match ask.value(style.token) {
            None => PageToken {
                seller: ask.seller.id.clone(),
                search,
                as_of: ask.now,
                issued: ask.now,
                from: 0,
                late: ask.inside.dial.lateness(ask.operation, &ask.seller.id),
                carried: if style.alone { fixed } else { Vec::new() },
            },
            Some(token) => PageToken::read(token, key, ask.now, style.life)
                .filter(|_| ask.fault != Some(&FaultKind::OldToken))
                .filter(|token| token.seller == ask.seller.id && token.search == search)
                .ok_or_else(|| Problem::input(format!("The {} is invalid or has expired.", style.token)))?,
        };
        Ok(Self {
            place,
            key,
            now: ask.now,
            shortest: ask.inside.dial.page_limit(ask.operation, &ask.seller.id),
            fault: ask.fault.cloned(),
            presented: ask.value(style.token).map(str::to_owned),
        })
    }

    /// The moment of the first page, as of which every page shows the world.
    pub(crate) fn as_of(&self) -> Timestamp {
        self.place.as_of
    }

    /// The call with the filters of the first page, where the token stands for them.
    pub(crate) fn filters<'a>(&'a self, ask: &Ask<'a>) -> Ask<'a> {
        if self.presented.is_some() { Ask { query: &self.place.carried, ..*ask } } else { *ask }
    }

    /// Whether something that changed then is to be seen yet, as far as the fault dial has a say.
    pub(crate) fn shows(&self, key: &str, changed: Timestamp) -> bool {
        self.place.late.is_none_or(|late| changed <= late.seen_as_of(of_text(key), self.place.as_of))
    }

    /// This page of everything, and the token of the next one if there is more.
    pub(crate) fn cut<T>(self, mut all: Vec<T>, size: usize) -> (Vec<T>, Option<String>) {
        let size = self.shortest.map_or(size, |shortest| shortest.min(size)).max(1);
        let count = all.len();
        let upto = self.place.from.saturating_add(size).min(count);
        let from = match self.fault {
            Some(FaultKind::OverlappingPages { orders }) => self.place.from.saturating_sub(orders),
            _ => self.place.from.min(count),
        };
        let write =
            |from: usize, issued: Timestamp| PageToken { from, issued, ..self.place.clone() }.write(self.key);
        let next = match self.fault {
            Some(FaultKind::RepeatedToken) => {
                Some(self.presented.clone().unwrap_or_else(|| write(self.place.from, self.now)))
            }
            Some(FaultKind::CyclingTokens { pages }) => {
                let round = upto >= count || upto >= size.saturating_mul(pages);
                Some(write(if round { 0 } else { upto }, self.place.as_of))
            }
            Some(FaultKind::EmptyPages) => return (Vec::new(), Some(write(self.place.from, self.now))),
            _ => (upto < count).then(|| write(upto, self.now)),
        };
        all.truncate(upto);
        let mut page = all.split_off(from.min(upto));
        if self.fault == Some(FaultKind::ReorderedPages) {
            page.reverse();
        }
        (page, next)
    }
}
