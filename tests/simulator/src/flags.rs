//! The program's flags: `--name value`, read by hand.

use std::path::PathBuf;

use sellerport_simulator::{Options, Revocation, SimClock, Stage};

/// The port when none is said.
const DEFAULT_PORT: u16 = 8_600;

/// What `--help` prints.
pub(crate) const HELP: &str = "\
simulator: a stand-in for Amazon's login, consent page and Selling Partner API, on this machine only

  --port N             port on 127.0.0.1 (default 8600; 0 takes a free one)
  --redirect-uri URI   where the consent page may send a seller back to; may repeat.
                       http is accepted for this machine only
  --login-uri URI      where the Appstore sends a seller who starts there
  --stage WORD         draft (default: the consent link needs version=beta) or published
  --consent-limit N    sellers that may authorize the application (default: 25 for a draft, else no limit)
  --seed N             seed of the sellers' orders (default 1)
  --orders-per-day N   orders a day of the largest account; the others keep their proportion (default about 20.7)
  --clock TIME         a fixed time instead of the system's, for example 2026-11-20T10:00:00Z
  --revocation WORD    at-once (default) or at-expiry: what becomes of access tokens when a seller revokes
  --state FILE         keep grants, tokens and applications over a restart
  --examples FOLDER    add the account of Amazon's own examples, from orders_2026-01-01.json in this folder
  --models FOLDER      hold every request and answer against the official models in this folder
  --proxy-port N       open the HTTPS door for unmodified clients (0 takes a free port; off by default)
  --ca-file FILE       write the certificate of the door's authority there (PEM)
  --help               this text
";

/// Reads the flags; `None` when help was asked for.
///
/// # Errors
/// A sentence that names the flag.
pub(crate) fn read(arguments: impl IntoIterator<Item = String>) -> Result<Option<Options>, String> {
    let mut options = Options { port: DEFAULT_PORT, ..Options::default() };
    let mut arguments = arguments.into_iter();
    while let Some(flag) = arguments.next() {
        if flag == "--help" || flag == "-h" {
            return Ok(None);
        }
        let mut value = || arguments.next().ok_or_else(|| format!("{flag} needs a value"));
        match flag.as_str() {
            "--port" => options.port = parse(&flag, &value()?)?,
            "--redirect-uri" => options.redirect_uris.push(own_uri(&flag, value()?)?),
            "--login-uri" => options.login_uri = Some(own_uri(&flag, value()?)?),
            "--stage" => {
                options.stage =
                    choose(&flag, &value()?, &[("draft", Stage::Draft), ("published", Stage::Published)])?;
            }
            "--consent-limit" => options.consent_limit = Some(parse(&flag, &value()?)?),
            "--seed" => options.seed = parse(&flag, &value()?)?,
            "--orders-per-day" => options.orders_per_day = Some(parse(&flag, &value()?)?),
            "--clock" => options.clock = SimClock::fixed(parse(&flag, &value()?)?),
            "--revocation" => {
                let words = [("at-once", Revocation::AtOnce), ("at-expiry", Revocation::AtExpiry)];
                options.revocation = choose(&flag, &value()?, &words)?;
            }
            "--state" => options.state = Some(PathBuf::from(value()?)),
            "--examples" => options.examples = Some(PathBuf::from(value()?)),
            "--models" => options.models = Some(PathBuf::from(value()?)),
            "--proxy-port" => options.proxy_port = Some(parse(&flag, &value()?)?),
            "--ca-file" => options.ca_file = Some(PathBuf::from(value()?)),
            _ => return Err(format!("{flag} is not a flag of this program; see --help")),
        }
    }
    Ok(Some(options))
}

fn parse<T: std::str::FromStr>(flag: &str, value: &str) -> Result<T, String> {
    value.parse().map_err(|_| format!("{flag} cannot be {value:?}; see --help"))
}

fn choose<T: Copy>(flag: &str, value: &str, words: &[(&str, T)]) -> Result<T, String> {
    let chosen = words.iter().find(|(word, _)| *word == value).map(|(_, choice)| *choice);
    chosen.ok_or_else(|| format!("{flag} cannot be {value:?}; see --help"))
}

fn own_uri(flag: &str, uri: String) -> Result<String, String> {
    let refusal =
        format!("{flag} cannot be {uri:?}: it must be https, or http on this machine, without a fragment");
    if sellerport_simulator::may_register(&uri) { Ok(uri) } else { Err(refusal) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flags(line: &str) -> Result<Option<Options>, String> {
        read(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn a_redirect_uri_may_repeat() {
        let options = flags("--redirect-uri https://a/cb --redirect-uri http://localhost:1/cb --port 0")
            .unwrap()
            .unwrap();
        assert_eq!(options.redirect_uris.len(), 2);
        assert_eq!(options.port, 0);
    }

    #[test]
    fn a_wrong_flag_is_named() {
        assert!(flags("--prot 1").unwrap_err().starts_with("--prot is not a flag"));
        assert!(flags("--port many").unwrap_err().starts_with("--port cannot be"));
        assert!(flags("--redirect-uri http://example.com/").unwrap_err().contains("must be https"));
        assert_eq!(flags("--state").unwrap_err(), "--state needs a value");
        assert!(flags("--help").unwrap().is_none());
    }
}
