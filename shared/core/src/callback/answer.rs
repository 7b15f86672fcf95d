//! Reading what Amazon's redirect carries. Pure: nothing is looked up and nothing is spent.

use crate::ids::SellerId;
use crate::message::Refusal;
use crate::secret::{AuthorizationCode, Ticket};
use percent_encoding::percent_decode_str;

/// Longest query that is read. Amazon's own are far below 1 KiB; a code alone may take 4 KiB.
pub const QUERY_MAX: usize = 8 * 1024;

/// Longest code that is taken for one.
pub const CODE_MAX: usize = 4096;

/// What came back.
#[derive(Debug)]
pub enum Answer {
    /// The seller approved.
    Approved {
        /// Our state.
        state: Ticket,
        /// Amazon's one-time code.
        code: AuthorizationCode,
        /// Who approved: a claim, not a proof.
        seller: SellerId,
    },
    /// The seller declined.
    Declined {
        /// Our state.
        state: Ticket,
    },
}

const STATE: &str = "state";
const CODE: &str = "spapi_oauth_code";
const SELLER: &str = "selling_partner_id";
const ERROR: &str = "error";

/// Reads the query string. Parameters that are not ours are ignored.
pub fn read(query: &str) -> Result<Answer, Refusal> {
    if query.len() > QUERY_MAX {
        return Err(Refusal::CallbackTooLong);
    }
    let state = one(query, STATE)?.ok_or(Refusal::CallbackMissing(STATE))?;
    let state = Ticket::parse(&state).ok_or(Refusal::CallbackFormat(STATE))?;
    if one(query, ERROR)?.is_some() {
        return Ok(Answer::Declined { state });
    }
    let code = one(query, CODE)?.ok_or(Refusal::CallbackMissing(CODE))?;
    if code.len() > CODE_MAX || !code.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(Refusal::CallbackFormat(CODE));
    }
    let seller = one(query, SELLER)?.ok_or(Refusal::CallbackMissing(SELLER))?;
    let seller = SellerId::parse(&seller).map_err(|_| Refusal::CallbackFormat(SELLER))?;
    Ok(Answer::Approved { state, code: AuthorizationCode::new(code), seller })
}

/// The one value of a parameter; an empty one is as good as none.
fn one(query: &str, name: &'static str) -> Result<Option<String>, Refusal> {
    let mut values = query.split('&').filter_map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (key == name).then_some(value)
    });
    let Some(value) = values.next() else { return Ok(None) };
    if values.next().is_some() {
        return Err(Refusal::CallbackDuplicate(name));
    }
    let spaced = value.replace('+', " ");
    let text = percent_decode_str(&spaced).decode_utf8().map_err(|_| Refusal::CallbackFormat(name))?;
    Ok((!text.is_empty()).then(|| text.into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state() -> String {
        "s".repeat(43)
    }

    fn refusal(query: &str) -> Refusal {
        read(query).unwrap_err()
    }

    #[test]
    fn an_approval_is_read_with_parameters_of_no_concern_beside_it() {
        let query = format!(
            "state={}&spapi_oauth_code=AN%2Fx&selling_partner_id=A2EX&version=beta&mws_auth_token=",
            state()
        );
        let Answer::Approved { code, seller, .. } = read(&query).unwrap() else { panic!("approved") };
        assert_eq!((code.expose(), seller.as_str()), ("AN/x", "A2EX"));
    }

    #[test]
    fn what_is_missing_is_named() {
        let (state, code) = (format!("state={}", state()), "spapi_oauth_code=C");
        assert_eq!(refusal(""), Refusal::CallbackMissing("state"));
        assert_eq!(refusal("state=&spapi_oauth_code=C"), Refusal::CallbackMissing("state"));
        assert_eq!(refusal(&state), Refusal::CallbackMissing("spapi_oauth_code"));
        assert_eq!(refusal(&format!("{state}&{code}")), Refusal::CallbackMissing("selling_partner_id"));
    }

    #[test]
    fn a_parameter_sent_twice_is_refused_even_if_it_is_the_same() {
        let query = format!("state={}&spapi_oauth_code=A&spapi_oauth_code=B", state());
        assert_eq!(refusal(&query), Refusal::CallbackDuplicate("spapi_oauth_code"));
        assert_eq!(refusal("state=a&state=a"), Refusal::CallbackDuplicate("state"));
    }

    #[test]
    fn what_amazon_never_sends_is_refused_before_anything_is_spent() {
        let with_code =
            |code: &str| format!("state={}&spapi_oauth_code={code}&selling_partner_id=A2", state());
        assert_eq!(refusal(&format!("state={}", "s".repeat(42))), Refusal::CallbackFormat("state"));
        assert_eq!(refusal(&format!("state={}", "é".repeat(43))), Refusal::CallbackFormat("state"));
        for code in ["a%0d%0aSet-Cookie", "%ff%fe", "a%20b", "a+b", &"c".repeat(4097)] {
            assert_eq!(refusal(&with_code(code)), Refusal::CallbackFormat("spapi_oauth_code"));
        }
        assert!(read(&with_code(&"c".repeat(4096))).is_ok());
        let traversal = format!("state={}&spapi_oauth_code=C&selling_partner_id=../../x", state());
        assert_eq!(refusal(&traversal), Refusal::CallbackFormat("selling_partner_id"));
        assert_eq!(refusal(&"x".repeat(8193)), Refusal::CallbackTooLong);
    }

    #[test]
    fn a_decline_needs_a_state_too() {
        let query = format!("error=access_denied&state={}", state());
        assert!(matches!(read(&query).unwrap(), Answer::Declined { .. }));
        assert_eq!(refusal("error=access_denied"), Refusal::CallbackMissing("state"));
    }
}
