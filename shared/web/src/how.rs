//! How a stream is fetched at present, and why so: the cheaper way is chosen by volume.

use crate::pages::plain::grouped;
use jiff::Timestamp;
use sellerport_core::domains::{Domain, Source};
use sellerport_core::stream::{Stream, Way};

/// The source of the present.
pub(crate) struct How {
    /// A stable word: `pages`, `lookup` or `report`.
    pub(crate) by: &'static str,
    /// In plain words, with the reason where there is a choice.
    pub(crate) says: String,
}

/// How it is fetched.
pub(crate) fn how(stream: &Stream, domain: &Domain, now: Timestamp) -> How {
    let (by, way) = match domain.source_of(Way::Onward, stream.is_bulk(domain)) {
        Source::Pages(_) | Source::Single(_) => ("pages", "by pages"),
        Source::Lookup(_) => ("lookup", "by pages, and calls about what they name"),
        Source::Report(_) => ("report", "by report"),
    };
    let reason = domain.bulk.as_ref().map(|bulk| reason(stream.changes_an_hour, bulk.above));
    let today = stream.names.read_today(now);
    let singly = stream.reads_names(domain).then(|| format!("; single reads on notification: {today} today"));
    How { by, says: format!("{way}{}{}", reason.unwrap_or_default(), singly.unwrap_or_default()) }
}

fn reason(changes: Option<f64>, carried: f64) -> String {
    let whole = |number: f64| grouped(number.round() as u64);
    let carried_up_to = whole(carried);
    match changes {
        None => ": how much changes is not known yet".to_owned(),
        Some(changes) if changes > carried => {
            format!(": {} changes an hour, more than {carried_up_to}", whole(changes))
        }
        Some(changes) if changes < 1.5 => {
            format!(": one change an hour or fewer, not more than {carried_up_to}")
        }
        Some(changes) => format!(": {} changes an hour, not more than {carried_up_to}", whole(changes)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sellerport_core::domains::{FEES, FINANCES, ORDERS, SETTLEMENTS};
    use sellerport_core::ids::{ConnectionId, TenantId};

    fn of(domain: &Domain, changes: Option<f64>) -> (&'static str, String) {
        let (tenant, connection) = (TenantId::parse("t").unwrap(), ConnectionId::parse("c").unwrap());
        let now = Timestamp::UNIX_EPOCH;
        let mut stream = Stream::new(&tenant, &connection, domain, 1, now);
        stream.changes_an_hour = changes;
        let how = how(&stream, domain, now);
        (how.by, how.says)
    }

    #[test]
    fn the_way_that_is_chosen_says_why_in_figures() {
        for (changes, by, says) in [
            (None, "pages", "by pages: how much changes is not known yet"),
            (
                Some(0.3),
                "pages",
                "by pages: one change an hour or fewer, not more than 1,400; single reads on notification: 0 today",
            ),
            (
                Some(12.0),
                "pages",
                "by pages: 12 changes an hour, not more than 1,400; single reads on notification: 0 today",
            ),
            (Some(125.2), "pages", "by pages: 125 changes an hour, not more than 1,400"),
            (Some(1_400.0), "pages", "by pages: 1,400 changes an hour, not more than 1,400"),
            (Some(4_100.0), "report", "by report: 4,100 changes an hour, more than 1,400"),
        ] {
            assert_eq!(of(&ORDERS, changes), (by, says.to_owned()));
        }
    }

    #[test]
    fn where_there_is_no_choice_the_way_alone_is_told() {
        assert_eq!(of(&FINANCES, Some(9e3)), ("pages", "by pages".to_owned()));
        assert_eq!(of(&SETTLEMENTS, None), ("report", "by report".to_owned()));
        assert_eq!(of(&FEES, None).0, "lookup");
    }
}
